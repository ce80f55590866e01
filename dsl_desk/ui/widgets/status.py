"""A state as icon, words and colour together, so that no meaning hangs on colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, State

_ICON = 18


class Status(QLabel):
    """One state; bare in a list, as a tag beside a title."""

    def __init__(self, state: State, words: str = "", *, tag: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_state(state, words)

    @classmethod
    def of(cls, icon: str, words: str, role: Role, soft: Role = Role.QUIET_SOFT, *, tag: bool = True) -> Status:
        """A tag with words of its own, such as "Asked to sign"."""
        status = cls(State.NOT_STARTED, tag=tag)
        status.set_parts(icon, words, role, soft)
        return status

    def set_state(self, state: State, words: str = "") -> None:
        """Show another state; other words only where a state is said more closely ("Halted: no looking")."""
        self.set_parts(state.icon, words or self.tr(state.words), state.role, state.soft, weighs=state.weighs)

    def set_parts(self, icon: str, words: str, role: Role, soft: Role, *, weighs: bool = True) -> None:
        """Show icon, words and colour."""
        self._icon, self._role, self._soft = icon, role, soft
        look = Look.CAPTION_STRONG if self._tag else Look.STRONG if weighs else Look.MEDIUM
        self._words = Paragraph.of(words, look).fit()
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        width = self._words.natural_width + (16 + 8 + 10 + 7 if self._tag else _ICON + 8)
        return QSize(exact(width) + 1, max(Size.TAG, exact(self._words.height)))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the moment."""
        painter, ink, middle = begin(self), colour(self, self._role), self.height() / 2
        contrast = colours_of(self).contrast
        x, size = (8.0, 16) if self._tag else (0.0, _ICON)
        if self._tag:
            tall = max(Size.TAG, self._words.height + 4)
            box = QRectF(0, middle - tall / 2, self.width(), tall)
            edge = hairline(self) if contrast else 0
            outline(painter, box, ink, edge, Size.RADIUS_TAG, colour(self, self._soft))
        draw_icon(painter, self._icon, QRectF(x, middle - size / 2, size, size), ink, heavy=contrast)
        x += size + (7 if self._tag else 8)
        self._words.draw(painter, QPointF(x, middle - self._words.height / 2), ink)
