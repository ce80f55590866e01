"""Words that lead somewhere and may take several lines; to a screen reader they are buttons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, exact, split_mnemonic
from dsl_desk.ui.tokens import Look, Role, Size
from dsl_desk.ui.widgets.enter import pressed_by_enter

_INDENT = 32


class WrappingLink(QPushButton):
    """A link whose words wrap."""

    def __init__(
        self, words: str, look: Look, role: Role, *, indent: int = 0, underlined: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(words, parent)
        plain, at = split_mnemonic(words)
        self._words, self._role, self._indent, self._underlined = (
            Paragraph.of(plain, look, underline=at),
            role,
            indent,
            underlined,
        )
        self.setAccessibleName(plain)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its words, and tall enough to hit."""
        return max(Size.TARGET, exact(self._words.height_at(width - self._indent)) + 4)

    def sizeHint(self) -> QSize:
        """Its words on one line up to a readable measure."""
        width = min(exact(self._words.one_line[0]) + self._indent + 1, 600)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Its widest word."""
        return QSize(exact(self._words.least_width) + self._indent + 1, Size.TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows it, as Space does."""
        if pressed_by_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, underlined where they must look like a link or are pointed at."""
        painter, ink = begin(self), colour(self, self._role)
        words = self._words.fit(self.width() - self._indent)
        top = (self.height() - words.height) / 2
        words.draw(painter, QPointF(self._indent, top), ink)
        if self._underlined or self.underMouse():
            for left, base, right in words.baselines():
                y = top + base + 2.5
                painter.drawLine(QPointF(self._indent + left, y), QPointF(self._indent + right, y))


class ProblemLink(WrappingLink):
    """One line of the error summary."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(
            words.replace("&", "&&"), Look.STRONG, Role.DANGER, indent=_INDENT, underlined=True, parent=parent
        )
