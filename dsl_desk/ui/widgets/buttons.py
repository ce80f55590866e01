"""Buttons: one primary on a page, the rest quieter; the halt button looks like nothing else."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dsl_desk.ui.painting import (
    Paragraph,
    begin,
    colour,
    colours_of,
    draw_icon,
    draw_key,
    exact,
    hairline,
    key_width,
    outline,
    split_mnemonic,
)
from dsl_desk.ui.tokens import Look, Role, Size
from dsl_desk.ui.widgets.enter import pressed_by_enter


class Kind(enum.Enum):
    """How much a button stands out."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    HALT = "halt"
    STOP = "stop"


_LOOKS = {
    Kind.PRIMARY: Look.STRONG,
    Kind.SECONDARY: Look.MEDIUM,
    Kind.QUIET: Look.MEDIUM,
    Kind.HALT: Look.HEADING,
    Kind.STOP: Look.READ_STRONG,
}
_PADDING = {Kind.PRIMARY: 17, Kind.SECONDARY: 17, Kind.QUIET: 0, Kind.HALT: 20, Kind.STOP: 24}
_GAP, _ICON = 10, {Kind.HALT: 20, Kind.STOP: 20}


@dataclass(frozen=True, slots=True)
class _Ink:
    fill: QColor | None
    edge: QColor
    words: QColor
    line: float


class Button(QPushButton):
    """A verb and a thing ("Record sighting"); never a default by habit."""

    def __init__(
        self,
        label: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        icon_after: str = "",
        keys: str = "",
        tall: bool | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self._icon, self._after, self.keys = kind, icon, icon_after, keys
        self._tall = kind in (Kind.PRIMARY, Kind.HALT, Kind.STOP) if tall is None else tall
        self._icon_only, self._words = False, Paragraph.of("", _LOOKS[kind])
        self._look: Look | None = None
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if kind is Kind.STOP:
            self.setProperty("on_stop", True)
        self.set_label(label, name=name)

    def set_label(self, label: str, *, name: str = "") -> None:
        """Show other words; `name` is what a screen reader says where the words alone say too little."""
        self.setText(label)
        plain, at = split_mnemonic(label)
        self._words = Paragraph.of(plain, self._look or _LOOKS[self.kind], underline=at).fit()
        self.setAccessibleName(name or plain)
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Set its words larger than those of its kind: one of two great answers."""
        if look is not self._look:
            self._look = look
            self.set_label(self.text(), name=self.accessibleName())

    def set_icon_only(self, only: bool) -> None:
        """Show the icon alone, the words as its tip (narrow windows)."""
        self._icon_only = only
        self.setToolTip(self.accessibleName() if only else "")
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Let it stand out more or less."""
        if kind is not self.kind:
            self.kind = kind
            self.set_label(self.text(), name=self.accessibleName())

    def _content_width(self) -> float:
        size = self._icon_size()
        if self._icon_only:
            return size
        width = self._words.natural_width
        width += (size + _GAP) if self._icon else 0
        width += (size + _GAP) if self._after else 0
        width += (key_width(self.keys, _LOOKS[self.kind]) + _GAP) if self.keys else 0
        return width if self._words.natural_width else width - _GAP

    def _icon_size(self) -> int:
        return _ICON.get(self.kind, 18)

    def sizeHint(self) -> QSize:
        """As wide as its words, as tall as its kind."""
        height = Size.PRIMARY if self._tall else Size.BUTTON
        if self.kind is Kind.QUIET:
            height = 28
        padding = 12 if self._icon_only else _PADDING[self.kind]
        width = exact(self._content_width()) + 2 * padding
        return QSize(max(width, Size.TARGET), max(height, exact(self._words.height) + 8))

    def minimumSizeHint(self) -> QSize:
        """It is never shown smaller than its words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that wears the ring, as Space does; on the stop page no key does so by habit."""
        if pressed_by_enter(event) and self.kind is not Kind.STOP:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours of the moment."""
        painter, ink = begin(self), self._inks()
        rect = QRectF(self.rect())
        if self.kind is not Kind.QUIET:
            outline(painter, rect, ink.edge, ink.line, Size.RADIUS, ink.fill)
        elif self.isDown():
            outline(painter, rect, ink.edge, 0, 4, colour(self, Role.HOVER))
        words, middle, size = self._words, rect.center().y(), self._icon_size()
        heavy = colours_of(self).contrast
        x = rect.center().x() - self._content_width() / 2
        if self.kind is Kind.QUIET:
            x = _PADDING[self.kind]
        if self._icon:
            draw_icon(painter, self._icon, QRectF(x, middle - size / 2, size, size), ink.words, heavy=heavy)
            x += size + _GAP
        if self._icon_only:
            return
        words.draw(painter, QPointF(x, middle - words.height / 2), ink.words)
        if self.kind is Kind.QUIET and self.underMouse() and self.isEnabled():
            base = middle + words.height / 2
            painter.drawLine(QPointF(x, base), QPointF(x + words.natural_width, base))
        x += words.natural_width + _GAP if words.natural_width else 0
        if self._after:
            draw_icon(painter, self._after, QRectF(x, middle - size / 2, size, size), ink.words, heavy=heavy)
            x += size + _GAP
        if self.keys:
            width = key_width(self.keys, _LOOKS[self.kind])
            draw_key(painter, self.keys, x + width, middle, ink.words, _LOOKS[self.kind])

    def _inks(self) -> _Ink:
        over, down, line = self.underMouse(), self.isDown(), hairline(self)
        if not self.isEnabled():
            fill = None if self.kind is Kind.QUIET else colour(self, Role.QUIET_SOFT)
            return _Ink(fill, colour(self, Role.EDGE), colour(self, Role.TEXT2), line)
        match self.kind:
            case Kind.PRIMARY:
                fill = colour(self, Role.ACCENT_HOVER if over or down else Role.ACCENT)
                return _Ink(fill, fill, colour(self, Role.ON_ACCENT), 0)
            case Kind.HALT:
                fill = colour(self, Role.HALT_HOVER if over or down else Role.HALT)
                return _Ink(fill, colour(self, Role.HALT_EDGE), colour(self, Role.ON_HALT), line)
            case Kind.STOP:
                white = colour(self, Role.ON_STOP)
                if down or over:
                    return _Ink(white, white, colour(self, Role.STOP), 2)
                return _Ink(None, white, white, 2)
            case Kind.QUIET:
                words = colour(self, Role.LINK)
                return _Ink(None, words, words, 0)
            case Kind.SECONDARY:
                fill = colour(self, Role.QUIET_SOFT if down else Role.HOVER if over else Role.PAGE)
                edge = Role.LINK if over and colours_of(self).contrast else Role.EDGE
                return _Ink(fill, colour(self, edge), colour(self, Role.TEXT), line)
