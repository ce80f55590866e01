"""The places of the desk at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.enter import pressed_by_enter
from dsl_desk.ui.widgets.layouts import Scroller


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place one can go to."""

    key: str
    words: str
    icon: str
    at_foot: bool = False


class NavItem(QAbstractButton):
    """One place: icon, word, and how many things wait there."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place, self._count, self._narrow = place, 0, False
        self.here = False
        self.setText(place.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)

    def set_here(self, here: bool) -> None:
        """Say whether one is there; still a button to press, for whoever only hears it."""
        self.here = here
        self.setAccessibleDescription(self.tr("You are here") if here else "")
        self.update()

    def set_count(self, count: int) -> None:
        """Say how many things wait there."""
        self._count = count
        waiting = self.tr("{n} waiting").format(n=count)
        self.setAccessibleName(f"{self.place.words}, {waiting}" if count else self.place.words)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, the word as its tip."""
        self._narrow = narrow
        self.setToolTip(self.place.words if narrow else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """40 tall."""
        words = Paragraph.of(self.place.words, Look.STRONG).fit()
        return QSize(40 if self._narrow else exact(words.natural_width) + 58, max(40, exact(words.height) + 14))

    def minimumSizeHint(self) -> QSize:
        """Never less than its icon."""
        return QSize(40, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as Space does."""
        if pressed_by_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; where one is has a bar and a soft ground."""
        painter, colours, here = begin(self), colours_of(self), self.here
        rect = QRectF(self.rect())
        if here:
            edge = 2 if colours.contrast else 0
            outline(painter, rect, colour(self, Role.TEXT), edge, Size.RADIUS, colour(self, Role.ACCENT_SOFT))
            painter.fillRect(QRectF(0 if not edge else 4, rect.height() / 2 - 10, 3, 20), colour(self, Role.ACCENT))
        elif self.underMouse() or self.isDown():
            ground = colour(self, Role.QUIET_SOFT if self.isDown() else Role.HOVER)
            edge = 1 if colours.contrast else 0
            outline(painter, rect, colour(self, Role.LINK), edge, Size.RADIUS, ground)
        left = (rect.width() - 20) / 2 if self._narrow else 14
        ink = colour(self, Role.INK if here else Role.TEXT)
        draw_icon(painter, self.place.icon, QRectF(left, rect.height() / 2 - 10, 20, 20), ink, heavy=colours.contrast)
        if self._narrow:
            return
        words = Paragraph.of(self.place.words, Look.STRONG if here else Look.BODY).fit()
        words.draw(painter, QPointF(46, rect.height() / 2 - words.height / 2), colour(self, Role.TEXT))
        if self._count:
            count = Paragraph.of(str(self._count), Look.STRONG).fit()
            at = QPointF(rect.width() - 14 - count.natural_width, rect.height() / 2 - count.height / 2)
            count.draw(painter, at, colour(self, Role.TEXT2))


class Nav(QWidget):
    """The places, with "New concern" above them.

    Signals: `place_requested(key)`, `new_concern_requested`.
    """

    place_requested = Signal(str)
    new_concern_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, NavItem] = {}
        self._narrow = False
        self.new_concern = Button(self.tr("&New concern"), icon="plus", name=self.tr("New concern"))
        self.new_concern.setMinimumHeight(40)
        self.new_concern.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.new_concern.clicked.connect(self.new_concern_requested)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.M, Space.L, Space.M, Space.M)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self.new_concern)
        self._column.addSpacing(10)
        self._scroller = Scroller(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(self._scroller)

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these places; those at the foot stand apart."""
        for item in self._items.values():
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = {}
        sprung = False
        for place in places:
            if place.at_foot and not sprung:
                self._column.addStretch(1)
                sprung = True
            item = NavItem(place)
            item.clicked.connect(lambda _=False, key=place.key: self.place_requested.emit(key))
            self._items[place.key] = item
            item.set_narrow(self._narrow)
            self._column.addWidget(item)
        if not sprung:
            self._column.addStretch(1)

    def item(self, key: str) -> NavItem | None:
        """The line of a place."""
        return self._items.get(key)

    def set_place(self, key: str) -> None:
        """Show where one is; "New concern" stands out on Home alone."""
        for known, item in self._items.items():
            item.set_here(known == key)
        self.new_concern.set_kind(Kind.PRIMARY if key == "home" else Kind.SECONDARY)

    def set_count(self, key: str, count: int) -> None:
        """Say how many things wait at a place."""
        if key in self._items:
            self._items[key].set_count(count)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone in a narrow window."""
        self._narrow = narrow
        self.setFixedWidth(Size.NAV_NARROW if narrow else Size.NAV)
        self.new_concern.set_icon_only(narrow)
        side = Space.M if not narrow else 3
        self._column.setContentsMargins(side, Space.S if narrow else Space.L, side, Space.M)
        for item in self._items.values():
            item.set_narrow(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(self.width() - line, 0, line, self.height()), colour(self, Role.LINE))
