"""The answers to one question as large tiles, equal in size; nothing is ever preset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from dsl_desk.ui.painting import (
    Paragraph,
    begin,
    colour,
    draw_round,
    exact,
    hairline,
    outline,
    split_mnemonic,
)
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.form_part import OneOf


class Tile(QRadioButton):
    """A radio button painted large; the whole area can be hit."""

    def __init__(self, label: str, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        plain, at = split_mnemonic(label)
        self._compact = compact
        self._words = Paragraph.of(plain, Look.MEDIUM if compact else Look.HEADING, underline=at)
        self.setAccessibleName(plain)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_compact(self, compact: bool) -> None:
        """Take less height, where the window is short."""
        self._compact = compact
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """88 tall in a question, 44 in forms."""
        one = self._words.fit()
        height = Size.TILE_COMPACT if self._compact else Size.TILE
        around = 58 if self._compact else 70
        return QSize(exact(one.natural_width) + around, max(height, exact(one.height) + 16))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole tile answers."""
        return self.rect().contains(pos)

    def event(self, event: QEvent) -> bool:
        """Show hover at once."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the round button and the words."""
        painter, on = begin(self), self.isChecked()
        edge = colour(self, Role.ACCENT if on else Role.EDGE)
        over = Role.QUIET_SOFT if self.isDown() else Role.HOVER if self.underMouse() else Role.PAGE
        ground = Role.ACCENT_SOFT if on else over
        outline(
            painter, QRectF(self.rect()), edge, 2 if on else hairline(self), Size.RADIUS_PANEL, colour(self, ground)
        )
        size = 20 if self._compact else 22
        left, middle = (13 if self._compact else 20), self.height() / 2
        draw_round(painter, QRectF(left, middle - size / 2, size, size), self, on=on)
        words = self._words.fit()
        gap = 11 if self._compact else 12
        words.draw(painter, QPointF(left + size + gap, middle - words.height / 2), colour(self, Role.TEXT))


class TileGroup(OneOf):
    """One question's answers, equal in size.

    Signals: `answered(key)` when an answer is chosen.
    """

    answered = Signal(str)

    def __init__(
        self, name: str, answers: Sequence[tuple[str, str]], *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, Space.S, parent)
        self._tiles = tuple(Tile(label, compact=compact) for _, label in answers)
        self._column.addWidget(self._error)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._column.addLayout(self._box)
        self._compact = compact
        self._box.setSpacing(Space.M if compact else Space.L)
        for (key, _), tile in zip(answers, self._tiles, strict=True):
            self._offer(key, tile)
            self._box.addWidget(tile, 1)
        self.chosen.connect(self.answered)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Its tiles in order."""
        return self._tiles

    @property
    def answer(self) -> str | None:
        """The key of the chosen answer, or None."""
        return self.key

    def set_answer(self, key: str | None) -> None:
        """Show an answer given earlier, or none."""
        self.set_key(key)

    def set_short(self, short: bool) -> None:
        """Take less height in a short window."""
        for tile in self._tiles:
            tile.set_compact(self._compact or short)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest tile: the tiles stack where they do not fit beside each other."""
        widest = max((tile.sizeHint().width() for tile in self._tiles), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack where the tiles do not fit beside each other."""
        super().resizeEvent(event)
        widest = max((tile.sizeHint().width() for tile in self._tiles), default=0)
        needed = widest * len(self._tiles) + self._box.spacing() * (len(self._tiles) - 1)
        needed += self._column.contentsMargins().left()
        down = self.width() < needed
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
