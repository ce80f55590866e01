"""Two panes side by side, such as a form and what is recorded already."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.reading_order import focus_kept
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets.layouts import Line, Scroller

_ANY_WIDTH = 16_777_215


class Panes(QWidget):
    """Two panes side by side that scroll by themselves; in a short or narrow window the page scrolls both as one."""

    def __init__(
        self, left: QWidget, right: QWidget, *, side_width: int = 400, stacks_below: int = 800,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._side, self._below, self._margin, self._short = side_width, stacks_below, Space.XXL, False
        self._pair = (_padded(left), _padded(right))
        self._scrollers = (Scroller(), Scroller())
        self._rule = Line(upright=True)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._scrollers[0], 1)
        self._box.addWidget(self._rule)
        self._box.addWidget(self._scrollers[1])
        self._scrollers[1].setFixedWidth(side_width)
        self._standing: tuple[bool, bool] | None = None
        self._arrange()

    @property
    def stacked(self) -> bool:
        """Whether one pane stands under the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    @property
    def scrolls(self) -> bool:
        """Whether each pane scrolls by itself."""
        return self._standing is not None and self._standing[0]

    def set_room(self, *, margin: int, short: bool) -> None:
        """How far its words stand from the window's edges, and whether there is height to scroll in."""
        self._margin, self._short = margin, short
        self._arrange()
        self._keep_clear()

    def bring(self, part: QWidget | None) -> None:
        """Scroll the left pane to a part of it, or to its beginning; where the page scrolls both, nothing moves."""
        if part is None:
            self._scrollers[0].verticalScrollBar().setValue(0)
        elif self.scrolls:
            self._scrollers[0].ensureWidgetVisible(part, 0, 2 * part.height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its panes: they stack where they do not fit beside each other."""
        width = max(part.minimumSizeHint().width() for part in self._pair)
        return QSize(width, 120 if self.scrolls else super().minimumSizeHint().height())

    def _arrange(self) -> None:
        down = 0 < self.width() < self._below
        standing = (not down and not self._short, down)
        if standing == self._standing:
            return
        self._standing = standing
        with focus_kept(self):
            self._put(by_themselves=standing[0], down=down)
        grows = QSizePolicy.Policy.Expanding if standing[0] else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Expanding, grows)
        self._keep_clear()
        self.updateGeometry()

    def _put(self, *, by_themselves: bool, down: bool) -> None:
        """Each pane into its scroller, or both straight into the page."""
        left, right = self._pair
        for scroller, part in zip(self._scrollers, self._pair, strict=True):
            if scroller.widget() is not None:
                scroller.takeWidget()
            self._box.removeWidget(part)
        way = QBoxLayout.Direction
        self._box.setDirection(way.TopToBottom if down else way.LeftToRight)
        if by_themselves:
            right.setMinimumWidth(0)
            right.setMaximumWidth(_ANY_WIDTH)
            for scroller, part in zip(self._scrollers, self._pair, strict=True):
                scroller.setWidget(part)
        else:
            self._box.insertWidget(0, left, 0 if down else 1)
            self._box.addWidget(right)
            right.setMinimumWidth(0 if down else self._side)
            right.setMaximumWidth(_ANY_WIDTH if down else self._side)
        for part in self._pair:
            part.show()
        for scroller in self._scrollers:
            scroller.setVisible(by_themselves)
        self._rule.setVisible(not down)

    def _keep_clear(self) -> None:
        for at, part in enumerate(self._pair):
            outer, inner = self._margin, self._margin if self.stacked else Space.XL
            box = part.layout()
            if box is not None:
                box.setContentsMargins(inner if at else outer, Space.M, outer if at else inner, Space.M)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack or stand side by side."""
        super().resizeEvent(event)
        self._arrange()


def _padded(part: QWidget) -> QWidget:
    """A part with room around it, in which focus rings are not cut off."""
    room = QWidget()
    box = QVBoxLayout(room)
    box.addWidget(part)
    box.addStretch(1)
    return room
