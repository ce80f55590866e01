"""A page: title, what it is about, and one main thing to do that stays in sight."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.reading_order import open_to_tab
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.choices import TileGroup
from dsl_desk.ui.widgets.fields import Field
from dsl_desk.ui.widgets.layouts import Flow, Scroller, height_for
from dsl_desk.ui.widgets.notices import ErrorSummary, Notice, NoticeKind
from dsl_desk.ui.widgets.steps import StepRail
from dsl_desk.ui.widgets.text import Icon, Text


class PageKind(enum.Enum):
    """What a page is for, and so how it stands in the window."""

    PLACE = "place"
    ASSISTANT = "assistant"
    QUESTION = "question"
    SESSION = "session"
    GATE = "gate"


_MARGIN = {PageKind.PLACE: Space.XXL, PageKind.SESSION: 28}
_MEASURE = {PageKind.QUESTION: Size.MEASURE_QUESTION, PageKind.GATE: Size.MEASURE_GATE}
_LOOK = {PageKind.QUESTION: Look.QUESTION}


class Page(QWidget):
    """One page of the desk; features subclass it and fill `body`.

    Signals: `back_requested`, `primary_requested` (the main button, or Ctrl+Enter).
    """

    help_topic: str = ""
    """Which file of `resources/help` explains it, without its ending; every page of a feature names one."""

    back_requested = Signal()
    primary_requested = Signal()
    looking_changed = Signal(bool)
    parts_changed = Signal()

    def __init__(
        self,
        kind: PageKind,
        title: str,
        *,
        hint: str = "",
        subtitle: str = "",
        back: str = "",
        help_text: str = "",
        rail: StepRail | None = None,
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self.help_text, self.rail = kind, help_text, rail
        self._looking, self._halted, self._narrow, self._short = False, False, False, False
        self._grows: bool | None = None
        self._strip: QWidget | None = None
        self._strip_box = QVBoxLayout()
        self._measure = width if width is not None else _MEASURE.get(kind)
        self.primary: Button | None = None
        self.title = Text(title, _LOOK.get(kind, Look.TITLE))
        self._problem_fields: list[QWidget] = []
        self._make_top(hint, subtitle, back)
        self._make_body()
        self._make_actions()
        self.setAccessibleName(title)
        self._arrange()

    # -- what features use

    @property
    def body(self) -> QVBoxLayout:
        """Where the page's own parts stand, one under another."""
        return self._body

    def add(self, widget: QWidget, *, space: int | None = None, stretch: int = 0) -> None:
        """Add a part below the others, with a distance from the one above; `stretch` lets it take what room is left."""
        if self._body.count():
            self.add_space(Space.L if space is None else space)
        if isinstance(widget, Button):
            self._body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)  # else it would hold the whole column narrow
        else:
            self._body.addWidget(widget, stretch)

    def add_space(self, length: int) -> None:
        """Add room; a short window takes half of it."""
        gap = QSpacerItem(0, length, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._gaps.append((gap, length))
        self._body.addItem(gap)

    def add_below(self, widget: QWidget) -> None:
        """Add a part below the actions (the numbers to ring at the gate)."""
        self._below_box.addWidget(widget)
        self._below.setVisible(True)
        self._relayout()

    def add_to_head(self, widget: QWidget) -> None:
        """Put something right of the title: a status, a button."""
        self._head_flow.add(widget)
        self._head_host.setVisible(True)
        self._head_host.updateGeometry()

    def set_strip(self, widget: QWidget | None) -> None:
        """A strip as wide as the page, under the title of a place or a session."""
        if self._strip is not None:
            self._strip_box.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = widget
        if widget is not None:
            self._strip_box.addWidget(widget)
        self._arrange()

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title.set_words(title)
        self.setAccessibleName(title)

    def set_subtitle(self, words: str) -> None:
        """Show another second line under the title."""
        self._subtitle.set_words(words)
        self._subtitle.setVisible(bool(words))

    def set_back(self, words: str) -> None:
        """Say where the page before is."""
        self._back.set_label(words)
        self._back_row.setVisible(bool(words) or bool(self._position.text()))
        self._back.setVisible(bool(words))

    def set_primary(self, label: str, *, icon: str = "", keys: bool = True) -> Button:
        """The one main thing to do; Ctrl+Enter does it from anywhere on the page."""
        if self.primary is None:
            self.primary = Button(label, Kind.PRIMARY, icon=icon, keys=self.tr("Ctrl+Enter") if keys else "")
            self.primary.clicked.connect(self.primary_requested)
            if self.kind is PageKind.GATE:
                self.primary.setFixedWidth(Size.MEASURE_GATE)
            self._actions_flow.add(self.primary)
        else:
            self.primary.set_label(label)
        self._actions.setVisible(True)
        self._relayout()
        return self.primary

    def add_action(self, label: str, kind: Kind = Kind.SECONDARY, *, icon: str = "") -> Button:
        """Something else one may do, beside the main thing."""
        button = Button(label, kind, icon=icon, tall=kind is not Kind.QUIET)
        self._actions_flow.add(button)
        self._actions.setVisible(True)
        self._relayout()
        return button

    def set_foot(self, words: str) -> None:
        """A quiet line at the bottom: what was saved and when."""
        self._foot_words.set_words(words)
        self._has_foot = bool(words)
        self._relayout()

    def show_problems(self, problems: Sequence[tuple[QWidget, str]]) -> bool:
        """Show what is wrong, on top and at each field; an empty list clears it. True where nothing is wrong."""
        wanted = {id(field): words for field, words in problems}
        for field in self.findChildren(QWidget):
            if isinstance(field, Field):
                field.set_error(wanted.get(id(field), ""))
        self._problem_fields = [field for field, _ in problems]
        self.errors.show_problems([words for _, words in problems])
        self._arrange()
        if problems:
            self.scroller.verticalScrollBar().setValue(0)
            self.errors.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(
                self,
                self.tr("There is a problem")
                if len(problems) == 1
                else self.tr("There are {n} problems").format(n=len(problems)),
                at_once=True,
            )
        return not problems

    def show_notice(self, words: str, kind: NoticeKind = NoticeKind.OK) -> None:
        """Say something on top of the page until it is left; nothing takes it away."""
        self._notice.set_words(words, kind=kind)
        self._notice.setVisible(bool(words))
        self._arrange()
        if words:
            announce(self, words)

    @property
    def looking(self) -> bool:
        """Whether somebody is looking at suspected material through this page (red edge of the halt bar)."""
        return self._looking

    @looking.setter
    def looking(self, looking: bool) -> None:
        self._looking = looking
        self.looking_changed.emit(looking)

    @property
    def halted(self) -> bool:
        """Whether the case of this page is stopped (the halt bar says so; halting again may raise the grade)."""
        return self._halted

    @halted.setter
    def halted(self, halted: bool) -> None:
        self._halted = halted
        self.looking_changed.emit(self._looking)

    def focus_first(self) -> None:
        """Put the focus where work begins; features may choose another place."""
        candidates = self._page_order()
        self.scroller.verticalScrollBar().setValue(0)
        in_sight = (child for child in (*candidates, *self._head_order()) if not child.visibleRegion().isEmpty())
        first = next(in_sight, next(iter(candidates), None))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> None:
        """Called by the window each time the page comes into sight."""

    # -- how it is built

    def _make_top(self, hint: str, subtitle: str, back: str) -> None:
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
        self._subtitle = Text(subtitle, role=Role.TEXT2)
        if not subtitle:
            self._subtitle.hide()
        self._hint = Text(hint, Look.READ, Role.TEXT2)
        if not hint:
            self._hint.hide()
        self._head_host = QWidget()
        self._head_flow = Flow(self._head_host, gap=14)
        self._head_host.setSizePolicy(_policy(QSizePolicy.Policy.Maximum, hfw=True))
        self._head_host.setVisible(False)
        self.errors = ErrorSummary()
        self.errors.field_requested.connect(self._on_field_requested)
        self._notice = Notice("")
        self._notice.setVisible(False)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.L)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self._subtitle)
        head.addLayout(words, 1)
        head.addWidget(self._head_host, 0, Qt.AlignmentFlag.AlignTop)

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
        self._emblem = Icon("notebook-tabs", 40, Role.INK)
        self._emblem.hide()
        column.addWidget(self._emblem)
        column.addSpacing(0)
        column.addWidget(self._back_row)
        for part in (self._notice, self.errors):
            column.addWidget(part)
            column.addSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(0)
        column.addWidget(self._hint)
        column.addSpacing(Space.L)
        column.addWidget(self._body_host)
        column.addStretch(1)
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
        self._host.installEventFilter(self)
        self._make_crown()

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
        for gap, length in self._gaps:
            gap.changeSize(0, length // 2 if short else length, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._body.invalidate()
        if self.rail is not None:
            at, of = self.rail.position
            words = self.tr("Question {at} of {of}") if self.kind is PageKind.QUESTION else self.tr("Step {at} of {of}")
            self._position.set_words(words.format(at=at, of=of) if narrow else "")
            self._back_row.setVisible(narrow or bool(self._back.text()))
        self._arrange()

    def _arrange(self) -> None:
        """Put title and strip where the window's height allows, and set the distances that go with it."""
        short, crowned = self._short, self._strip is not None or self.kind is PageKind.SESSION
        margin = _MARGIN.get(self.kind, Space.XXXL)
        margin = min(margin, Space.XL) if self._narrow else margin
        top, bottom = (Space.S, Space.S) if short else (20, Space.XL)
        self._row.setContentsMargins(margin, Space.M if crowned else top, margin, bottom)
        outer, column = self._host.layout(), self._column.layout()
        if crowned and self._head.parent() is not self._crown:
            self._crown_head.addWidget(self._head)
        self._crown_head.setContentsMargins(margin, top - 4, margin, Space.M if self._strip else 0)
        if isinstance(outer, QVBoxLayout):
            if crowned and short:
                outer.insertWidget(0, self._crown)
            elif crowned and self._crown.parent() is not self:
                outer.removeWidget(self._crown)
                self._crown.setParent(self)
        self._emblem.setVisible(self.kind is PageKind.GATE and not short and not self._back.text())
        self._crown.setVisible(crowned)
        self._crown.raise_()
        back = self._back_row.layout()
        if back is not None:
            below = Space.L if self.kind is PageKind.QUESTION else Space.S
            back.setContentsMargins(0, 0, 0, Space.XS if short else below)
        self._hint.setContentsMargins(0, 0, 0, 0)
        for part in (self._actions, self._below, self._foot):
            box = part.layout()
            if box is not None:
                under = 20 if part is self._foot else Space.S if short else Space.M
                side = 0 if self.kind is PageKind.GATE else margin
                above = 0 if part is self._foot else Space.L if self.kind is PageKind.GATE else Space.S
                box.setContentsMargins(side, above, side, under)
        if isinstance(column, QVBoxLayout):
            self._space(column, short=short, crowned=crowned)
        self._relayout()

    def _space(self, column: QVBoxLayout, *, short: bool, crowned: bool) -> None:
        """Set the distances between the parts of the column: none around what is not shown."""
        fixed, least = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        after = {
            self._emblem: Space.L,
            self._notice: Space.L,
            self.errors: Space.L,
            self._head: (Space.XS if short else Space.S) if self._hint.text() else 0,
        }
        for i in range(column.count() - 1):
            item, gap = column.itemAt(i), column.itemAt(i + 1)
            widget, spacer = item.widget() if item else None, gap.spacerItem() if gap else None
            if spacer is not None and widget in after:
                spacer.changeSize(0, after[widget] if widget.isVisibleTo(self._column) else 0, least, fixed)
            elif spacer is not None and widget is self._hint:
                spacer.changeSize(0, 0 if crowned else Space.S if short else 20, least, fixed)
        column.invalidate()

    def _relayout(self) -> None:
        """Place the parts: the actions follow the body, or stay below it while it scrolls."""
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
        fills = self.kind is PageKind.SESSION or grows
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._relayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the parts anew when the body has grown or shrunk."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._host:
            QTimer.singleShot(0, self, self._on_parts_changed)
        return super().eventFilter(watched, event)

    def _on_parts_changed(self) -> None:
        self._relayout()
        self.parts_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white paper."""
        begin(self).fillRect(self.rect(), colour(self, Role.PAGE))

    def _on_field_requested(self, index: int) -> None:
        field = self._problem_fields[index]
        self.scroller.ensureWidgetVisible(field, 0, 48)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page_order(self) -> list[QWidget]:
        """What can take the focus in the page's own part, in order."""
        return [part for host in (self._body_host, self._actions) for part in open_to_tab(host)]

    def _head_order(self) -> list[QWidget]:
        """What can take the focus beside the title and above it."""
        return [part for host in (self._head_host, self._back_row) for part in open_to_tab(host)]


def _policy(across: QSizePolicy.Policy, *, hfw: bool) -> QSizePolicy:
    policy = QSizePolicy(across, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(hfw)
    return policy
