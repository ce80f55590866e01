"""What is wrong with an entry, at the entry: the words of the summary on top, an icon, and a red bar beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.tokens import Look, Role
from dsl_desk.ui.widgets.text import Icon, Text

BAR = 4


class ErrorLine(QWidget):
    """The line that says what is wrong; it takes no room while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", Look.STRONG, Role.DANGER)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon("circle-alert", 18, Role.DANGER), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What is wrong, or nothing."""
        return self._words.text()

    def show_words(self, words: str) -> None:
        """Say it; nothing takes it away."""
        self._words.set_words(words)
        self.setVisible(bool(words))


def draw_bar(part: QWidget) -> None:
    """Draw the red bar beside a part that needs a change."""
    begin(part).fillRect(QRectF(0, 0, BAR, part.height()), colour(part, Role.DANGER))
