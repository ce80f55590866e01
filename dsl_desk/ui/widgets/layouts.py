"""How parts stand beside each other, and how they stack where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dsl_desk.ui.painting import begin, colour, colours_of, hairline, outline
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.widgets.scrolled import told_plainly

if TYPE_CHECKING:
    ScrollArea = QScrollArea
else:
    ScrollArea = told_plainly(QScrollArea)


def emptied(box: QLayout) -> None:
    """Take every part out of a layout and let it go; what comes in its place is put in afterwards."""
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def in_column(space: int, *, inset: int = 0) -> tuple[QWidget, QVBoxLayout]:
    """A part of a page and the column in which its own parts stand; `inset` is the room on either side."""
    part, column = QWidget(), QVBoxLayout()
    part.setLayout(column)
    column.setContentsMargins(inset, 0, inset, 0)
    column.setSpacing(space)
    return part, column


def in_line(*parts: QWidget) -> QWidget:
    """Parts side by side from the left; what width they leave stays free."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.L)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return host


class Line(QWidget):
    """A hairline between two parts."""

    def __init__(self, role: Role = Role.LINE, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._upright = role, upright
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else free, free if upright else fixed)

    def sizeHint(self) -> QSize:
        """One pixel, two in high contrast."""
        return QSize(hairline(self), hairline(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        begin(self).fillRect(self.rect(), colour(self, self._role))


class Panel(QFrame):
    """A quiet grey ground for things that stand beside the page's own."""

    def __init__(self, *, margins: int = 20, edge: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margins, margins, margins, margins)
        self.body.setSpacing(Space.M)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its one edge."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        edges = {
            "left": QRectF(0, 0, line, self.height()),
            "right": QRectF(self.width() - line, 0, line, self.height()),
            "top": QRectF(0, 0, self.width(), line),
            "bottom": QRectF(0, self.height() - line, self.width(), line),
        }
        if self._edge:
            painter.fillRect(edges[self._edge], colour(self, Role.LINE))
        elif colours_of(self).contrast:  # there the ground alone does not show where it ends
            outline(painter, QRectF(self.rect()), colour(self, Role.LINE), line, 0, None)


class Scroller(ScrollArea):
    """Scrolls its one widget up and down, never sideways; focus is scrolled into sight."""

    def __init__(self, widget: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.viewport().setAutoFillBackground(False)
        if widget is not None:
            self.setWidget(widget)

    def setWidget(self, widget: QWidget) -> None:
        """Take what it scrolls."""
        super().setWidget(widget)
        widget.setAutoFillBackground(False)

    def content_height(self, width: int) -> int:
        """How tall its widget is at a width."""
        widget = self.widget()
        if widget is None:
            return 0
        if widget.hasHeightForWidth():
            return max(widget.heightForWidth(width), 0)
        return max(widget.sizeHint().height(), widget.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It can be short, but not narrower than what it scrolls."""
        widget = self.widget()
        return QSize(widget.minimumSizeHint().width() if widget else 0, 40)


class SideBySide(QWidget):
    """Two parts beside each other, one under the other where the window is narrow."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        ratio: tuple[int, int] = (3, 2),
        stacks_below: int = 720,
        gap: int = Space.XXXL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stacks_below, self._gap, self._parts = stacks_below, gap, (left, right)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._box.addWidget(left, ratio[0])
        self._box.addWidget(right, ratio[1])
        for part in (left, right):
            policy = part.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            part.setSizePolicy(policy)
        self._box.setAlignment(left, Qt.AlignmentFlag.AlignTop)
        self._box.setAlignment(right, Qt.AlignmentFlag.AlignTop)

    @property
    def stacked(self) -> bool:
        """Whether one part stands under the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its parts."""
        widths = [_least(part).width() for part in self._parts if not part.isHidden()]
        return QSize(max(widths, default=0), super().minimumSizeHint().height() if self.stacked else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack or stand side by side."""
        super().resizeEvent(event)
        down = self.width() < self._stacks_below
        if down != self.stacked:
            way = QBoxLayout.Direction
            self._box.setDirection(way.TopToBottom if down else way.LeftToRight)
            self._box.setSpacing(Space.XL if down else self._gap)
            self.updateGeometry()


class Flow(QLayout):
    """Parts in lines like words: what does not fit goes on the next line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.M, line_gap: int = Space.S) -> None:
        super().__init__(parent)
        self._held: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more part."""
        self._held.append(item)

    def add(self, widget: QWidget) -> None:
        """Take one more widget."""
        self.addWidget(widget)  # Qt makes, owns and deletes the item; one made here would be deleted twice

    def count(self) -> int:
        """How many parts it holds."""
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One part."""
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one part back."""
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How tall its lines are at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place its parts."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        width = sum(item.sizeHint().width() + self._gap for item in self._held)
        return QSize(width, max((item.sizeHint().height() for item in self._held), default=0))

    def minimumSize(self) -> QSize:
        """Its widest part."""
        sizes = [item.minimumSize() for item in self._held]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, tall, line = rect.x(), rect.y(), 0, list[tuple[QLayoutItem, int]]()
        for item in (item for item in self._held if not item.isEmpty()):
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                _settle(line, y, tall, move=move)
                x, y, tall, line = rect.x(), y + tall + self._line_gap, 0, []
            line.append((item, x))
            x, tall = x + size.width() + self._gap, max(tall, size.height())
        _settle(line, y, tall, move=move)
        return y + tall - rect.y()


def _settle(line: list[tuple[QLayoutItem, int]], top: int, tall: int, *, move: bool) -> None:
    """Put one line's parts on one middle line."""
    if move:
        for item, x in line:
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(x, top + (tall - size.height()) // 2), size))


def _least(widget: QWidget) -> QSize:
    """The least size a layout gives a part."""
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())


def height_for(widget: QWidget, width: int) -> int:
    """How tall a part is at a width."""
    if widget.hasHeightForWidth():
        return max(0, widget.heightForWidth(width))
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return widget.sizeHint().height()
