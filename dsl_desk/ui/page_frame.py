"""How a page is built and laid out: title, strip, body, actions and foot, for every kind and every size."""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from dsl_desk.ui.painting import begin, colour, hairline
from dsl_desk.ui.reading_order import focus_kept, parts_of
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Flow, Scroller, height_for
from dsl_desk.ui.widgets.notices import ErrorSummary, Notice
from dsl_desk.ui.widgets.panes import Panes
from dsl_desk.ui.widgets.steps import StepRail
from dsl_desk.ui.widgets.strips import FactStrip, HoldBackStrip
from dsl_desk.ui.widgets.text import Icon, Text
from dsl_desk.ui.widgets.tiles import TileGroup


class PageKind(enum.Enum):
    """What a page is for, and so how it stands in the window."""

    PLACE = "place"
    ASSISTANT = "assistant"
    QUESTION = "question"
    SESSION = "session"
    GATE = "gate"


_MARGIN = {PageKind.PLACE: Space.XXL, PageKind.SESSION: 28}
_MEASURE = {
    PageKind.QUESTION: Size.MEASURE_QUESTION,
    PageKind.GATE: Size.MEASURE_GATE,
    PageKind.ASSISTANT: Size.MEASURE_FORM,
}
_LOOK = {PageKind.QUESTION: Look.QUESTION}


class PageFrame(QWidget):
    """Everything about a page but what it says.

    Signals: `back_requested`, `primary_requested` (the main button, or Ctrl+Enter), `looking_changed(bool)`.
    """

    back_requested = Signal()
    primary_requested = Signal()
    looking_changed = Signal(bool)

    def __init__(
        self, kind: PageKind, title: str, *, hint: str, subtitle: str, back: str, rail: StepRail | None,
        width: int | None, parent: QWidget | None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.kind, self.rail = kind, rail
        self._narrow, self._short = False, False
        self._grows: bool | None = None
        self._strip: QWidget | None = None
        self.hold_back: HoldBackStrip | None = None
        """Who must not be told yet; made when the window first says so (`show_held`)."""
        self._strip_box = QVBoxLayout()
        self._panes: Panes | None = None
        self._measure = width if width is not None else _MEASURE.get(kind)
        self.title = Text(title, _LOOK.get(kind, Look.TITLE))
        self._make_way_back(back)
        self._make_top(hint, subtitle)
        self._make_body()
        self._make_actions()
        self.setAccessibleName(title)
        self._arrange()

    def _make_way_back(self, back: str) -> None:
        self._back = Button(back, Kind.QUIET, icon="arrow-left")
        self._back.clicked.connect(self.back_requested)
        self._position = Text("", Look.STRONG, Role.TEXT2, wrap=False)
        self._back_row = QWidget()
        row = QHBoxLayout(self._back_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._position)
        # Hidden, never shown, before they have a parent: a part shown alone would be a window of its own.
        self._back.setHidden(not back)
        if not back:
            self._back_row.hide()

    def _make_top(self, hint: str, subtitle: str) -> None:
        self._subtitle = Text(subtitle, role=Role.TEXT2)
        if not subtitle:
            self._subtitle.hide()
        self._hint = Text(hint, Look.READ, Role.TEXT2)
        if not hint:
            self._hint.hide()
        self._head_host = QWidget()
        self._head_flow = Flow(self._head_host, gap=14)
        self._head_host.setSizePolicy(_policy(QSizePolicy.Policy.Preferred, hfw=True))
        self._head_host.setVisible(False)
        self.errors = ErrorSummary()
        self._notice = Notice("")
        self._notice.setVisible(False)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        self._title_row = QHBoxLayout()
        self._title_row.setSpacing(Space.L)
        in_line = self.kind is PageKind.SESSION  # there every line of height belongs to the form
        level = Qt.AlignmentFlag.AlignVCenter if in_line else Qt.AlignmentFlag(0)
        self._title_row.addWidget(self.title, 0 if in_line else 1, level)
        head.addLayout(self._title_row)
        if in_line:
            self._title_row.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            head.addWidget(self._subtitle)
        self._title_row.addWidget(self._head_host, 0, Qt.AlignmentFlag.AlignTop)

    def _make_body(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._body_host = QWidget()
        self._body = QVBoxLayout(self._body_host)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._gaps: list[tuple[QSpacerItem, int]] = []
        self._gap_above: dict[QWidget, QSpacerItem] = {}
        self._shut_gaps: set[QSpacerItem] = set()
        """Room above parts that are not shown."""
        self._emblem = Icon("notebook-tabs", 40, Role.INK)
        self._emblem.hide()
        column.addWidget(self._emblem)
        self._gap_after: dict[QWidget, QSpacerItem] = {}
        self._add_gap(column, self._emblem, 0)
        column.addWidget(self._back_row)
        self._told = QWidget()
        told = QVBoxLayout(self._told)
        told.setSpacing(Space.L)
        told.addWidget(self._notice)
        told.addWidget(self.errors)
        column.addWidget(self._told)
        column.addWidget(self._head)
        self._add_gap(column, self._head, 0)
        column.addWidget(self._hint)
        self._add_gap(column, self._hint, Space.L)
        column.addWidget(self._body_host)
        column.addStretch(1)
        self._make_crown()
        self._make_host()

    def _add_gap(self, column: QVBoxLayout, after: QWidget, length: int) -> None:
        """Room after a part of the column; kept here, for Qt's own items are not asked for (see `parts_of`)."""
        gap = QSpacerItem(0, length, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._gap_after[after] = gap
        column.addItem(gap)

    def _make_host(self) -> None:
        """What scrolls: the column, as wide as its measure."""
        self._host = QWidget()
        outer = QVBoxLayout(self._host)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        if self.kind is PageKind.GATE:
            self._row.addStretch(1)
        self._row.addWidget(self._column, 10_000 if self._measure else 1)
        self._row.addStretch(1 if self._measure else 0)
        if self._measure:
            self._column.setMaximumWidth(self._measure)
        outer.addLayout(self._row, 1)
        self.scroller = Scroller(self._host, self)
        self.scroller.verticalScrollBar().rangeChanged.connect(lambda *_: self.update())
        self._host.installEventFilter(self)

    def _make_crown(self) -> None:
        """Title and strip of a case or a session: they stay while the body scrolls, unless the window is short."""
        self._crown = QWidget(self)
        box = QVBoxLayout(self._crown)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._crown_head = QVBoxLayout()
        box.addLayout(self._crown_head)
        box.addLayout(self._strip_box)
        self._crown.hide()

    def _make_actions(self) -> None:
        self._actions, host = QWidget(self), QWidget()
        box = QHBoxLayout(self._actions)
        host.setSizePolicy(_policy(QSizePolicy.Policy.Expanding, hfw=True))
        self._actions_flow = Flow(host, gap=Space.L)
        self._below, self._below_box = QWidget(self), QVBoxLayout()
        below = QHBoxLayout(self._below)
        gate = self.kind is PageKind.GATE
        box.addWidget(host)
        below.addLayout(self._below_box)
        column = self._column.layout()
        if gate and isinstance(column, QVBoxLayout):  # at the gate everything stands in one narrow column
            column.insertWidget(column.count() - 1, self._actions)
            column.insertWidget(column.count() - 1, self._below)
        self._actions.setVisible(False)
        self._below.setVisible(False)
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        foot.setSpacing(Space.S)
        self._foot_words = Text("", Look.CAPTION, Role.TEXT2, wrap=False)
        foot.addWidget(Icon("check", 16, Role.TEXT2))
        foot.addWidget(self._foot_words, 1)
        self._foot.setVisible(False)
        self._has_foot = False

    def set_room(self, *, narrow: bool, short: bool) -> None:
        """Called by the window: fit a narrow or short one."""
        self._narrow, self._short = narrow, short
        if self.kind is PageKind.QUESTION:
            self.title.set_look(Look.QUESTION_SHORT if short else Look.QUESTION)
        for tiles in self.findChildren(TileGroup):
            tiles.set_short(short)
        self._set_gaps()
        if self.rail is not None:
            at, of = self.rail.position
            asks = self.kind is PageKind.QUESTION and self.rail.asks
            words = self.tr("Question {at} of {of}") if asks else self.tr("Step {at} of {of}")
            self._position.set_words(words.format(at=at, of=of) if narrow else "")
            self._back_row.setVisible(narrow or bool(self._back.text()))
        self._arrange()

    def _shut_gaps_of_hidden(self) -> None:
        """No room above what was taken away, by whomever."""
        shut = {gap for part, gap in self._gap_above.items() if isValid(part) and _is_taken_away(part)}
        if shut != self._shut_gaps:
            self._shut_gaps = shut
            self._set_gaps()
            for part in (self._body_host, self._column):  # all that keeps how tall the body was
                part.updateGeometry()
            self._row.invalidate()

    def _set_gaps(self) -> None:
        """The room between parts of the body: half of it in a short window, none above what is not shown."""
        for gap, length in self._gaps:
            tall = 0 if gap in self._shut_gaps else length // 2 if self._short else length
            gap.changeSize(0, tall, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._body.invalidate()

    @property
    def _strips(self) -> list[QWidget]:
        """What stands below the title: who must not be told, then what is the page's own."""
        held = () if self.hold_back is None or self.hold_back.isHidden() else (self.hold_back,)
        return [*held, *(() if self._strip is None else (self._strip,))]

    def _arrange(self) -> None:
        """Put title and strip where the window's height allows, and set the distances that go with it."""
        short, panes = self._short, self._panes
        crowned = bool(self._strips) or panes is not None or self.kind is PageKind.SESSION
        crowned = crowned or self._head.parent() is self._crown  # what stands there has no way back
        margin = _MARGIN.get(self.kind, Space.XXXL)
        margin = min(margin, Space.XL) if self._narrow else margin
        top, bottom = (Space.S, Space.S) if short else (20, Space.XL)
        if panes is None:
            self._row.setContentsMargins(margin, Space.M if crowned else top, margin, bottom)
        else:  # panes reach from edge to edge and keep their words clear themselves
            self._row.setContentsMargins(0, 0, 0, 0)
            panes.set_room(margin=margin, short=short)
        self._tell_apart(margin if panes is not None else 0)
        self._stack_head()
        self._place_crown(margin, top, crowned=crowned)
        self._keep_clear(margin)
        column = self._column.layout()
        if isinstance(column, QVBoxLayout):
            self._space(column, short=short, crowned=crowned)
        self._relayout()

    def _place_crown(self, margin: int, top: int, *, crowned: bool) -> None:
        """Title and strip above what scrolls; in a short window they scroll with it."""
        outer = self._host.layout()
        if crowned and self._head.parent() is not self._crown:
            self._crown_head.addWidget(self._back_row)
            self._crown_head.addWidget(self._head)
        under = Space.M if self._strips or self._panes is not None else 0
        self._crown_head.setContentsMargins(margin, top - 4, margin, under)
        scrolls = crowned and self._short
        if isinstance(outer, QVBoxLayout) and scrolls is (self._crown.parent() is self):
            with focus_kept(self._crown):
                if scrolls:
                    outer.insertWidget(0, self._crown)
                else:
                    outer.removeWidget(self._crown)
                    self._crown.setParent(self)
                self._crown.setVisible(crowned)
        self._crown.setVisible(crowned)
        for part in self._strips:
            if isinstance(part, HoldBackStrip | FactStrip):
                part.set_short(self._short)
            if (inside := part.layout()) is not None:  # its first word stands below the title's
                around = inside.contentsMargins()
                inside.setContentsMargins(margin, around.top(), margin, around.bottom())

    def _keep_clear(self, margin: int) -> None:
        """The distances of emblem, way back, actions and foot from what is around them."""
        short, gate = self._short, self.kind is PageKind.GATE
        self._emblem.setVisible(gate and not short and not self._back.text())
        back = self._back_row.layout()
        if back is not None:
            below = Space.L if self.kind is PageKind.QUESTION else Space.S
            back.setContentsMargins(0, 0, 0, Space.XS if short else below)
        for part in (self._actions, self._below, self._foot):
            box = part.layout()
            if box is not None:
                under = 20 if part is self._foot else Space.S if short else Space.M
                side = 0 if gate else margin
                above = 0 if part is self._foot else Space.L if gate else Space.S
                box.setContentsMargins(side, above, side, under)

    def _tell_apart(self, side: int) -> None:
        """What was said and what is wrong stand above everything else; they take no room while nothing is."""
        self._told.setVisible(not (self._notice.isHidden() and self.errors.isHidden()))
        box = self._told.layout()
        if box is not None:
            box.setContentsMargins(side, Space.M if side else 0, side, Space.S if side else Space.L)

    def _space(self, column: QVBoxLayout, *, short: bool, crowned: bool) -> None:
        """Set the distances between the parts of the column: none around what is not shown."""
        fixed, least = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        after = {
            self._emblem: Space.L,
            self._head: (Space.XS if short else Space.S) if self._hint.text() else 0,
        }
        for part, gap in self._gap_after.items():
            if part is self._hint:
                bare = crowned and not self._hint.text()
                gap.changeSize(0, 0 if bare else Space.S if short else 20, least, fixed)
            else:
                gap.changeSize(0, after[part] if part.isVisibleTo(self._column) else 0, least, fixed)
        column.invalidate()

    def _relayout(self) -> None:
        """Place the parts where the page is seen; before, each change would place them for a room it never has."""
        if self.isVisible():
            self.lay_out()

    def lay_out(self) -> None:
        """Place the parts: the actions follow the body, or stay below it while it scrolls."""
        self._shut_gaps_of_hidden()
        width, height, top = self.width(), self.height(), 0
        if not self._crown.isHidden() and self._crown.parent() is self:
            top = height_for(self._crown, width)
            self._crown.setGeometry(0, 0, width, top)
        parts = () if self.kind is PageKind.GATE else (self._actions, self._below)
        shown = [(part, height_for(part, width)) for part in parts if not part.isHidden()]
        self._foot.setVisible(self._has_foot and not self._short)
        foot = height_for(self._foot, width) if not self._foot.isHidden() else 0
        acts, room = sum(tall for _, tall in shown), height - top
        grows = self._share_room()
        content = self.scroller.content_height(width)
        fills = self.kind is PageKind.SESSION or grows or (self._panes is not None and self._panes.scrolls)
        body = max(60, room - acts - foot)
        if not fills:
            body = min(body, content)
        if self.kind is PageKind.GATE:
            top += max(0, (room - acts - foot - content) // 3)
        self.scroller.setGeometry(0, top, width, body)
        below = top + body
        for part, tall in shown:
            part.setGeometry(0, below, width, tall)
            below += tall
        self._foot.setGeometry(0, height - foot, width, foot)

    def _share_room(self) -> bool:
        """What can grow takes the room that is left; else it stays empty below. True where something grows."""
        column = self._column.layout()
        grows = bool(self._body.expandingDirections() & Qt.Orientation.Vertical)
        if isinstance(column, QVBoxLayout) and grows is not self._grows:  # each setting asks for another layout
            self._grows = grows
            column.setStretchFactor(self._body_host, 1 if grows else 0)
            column.setStretch(column.count() - 1, 0 if grows else 1)
        return grows

    def _stack_head(self) -> None:
        """What belongs to the title stands right of it, or below it where both do not fit on one line."""
        head = self._head.layout()
        if self._head_host.isHidden() or not isinstance(head, QVBoxLayout):
            return
        parts = [
            part for part in parts_of(self._title_row) if isinstance(part, QWidget) and part is not self._head_host
        ]
        beside = sum(part.sizeHint().width() + Space.L for part in parts if not part.isHidden())
        stacked = beside + self._head_flow.sizeHint().width() > self.width() - 2 * Space.XL
        if stacked is (self._title_row.indexOf(self._head_host) < 0):
            return
        with focus_kept(self._head_host):
            if stacked:
                self._title_row.removeWidget(self._head_host)
                head.insertWidget(1, self._head_host)
                head.setSpacing(Space.S)  # a ring around a button is clear of the words below it
            else:
                head.removeWidget(self._head_host)
                head.setSpacing(2)
                self._title_row.addWidget(self._head_host, 0, Qt.AlignmentFlag.AlignTop)

    def showEvent(self, event: QShowEvent) -> None:
        """Place what changed while it was hidden."""
        super().showEvent(event)
        self._stack_head()
        self._relayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._stack_head()
        self._relayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the parts anew when the body has grown or shrunk."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._host:
            QTimer.singleShot(0, self, self._relayout)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white paper."""
        painter = begin(self)
        painter.fillRect(self.rect(), colour(self, Role.PAGE))
        if self._actions.parent() is self and not self._actions.isHidden() and self._goes_on_below():
            line = hairline(self)
            painter.fillRect(0, self._actions.y(), self.width(), line, colour(self, Role.LINE))

    def _goes_on_below(self) -> bool:
        """Whether something scrolls away under the actions."""
        return self.scroller.verticalScrollBar().maximum() > 0 or (self._panes is not None and self._panes.scrolls)


def _is_taken_away(part: QWidget) -> bool:
    """Whether somebody hid it; what has only not been shown yet comes with its page."""
    return part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _policy(across: QSizePolicy.Policy, *, hfw: bool) -> QSizePolicy:
    policy = QSizePolicy(across, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(hfw)
    return policy
