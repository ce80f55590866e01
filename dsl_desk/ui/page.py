"""A page: title, what it is about, and one main thing to do that stays in sight."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.fields import Field
from dsl_desk.ui.widgets.layouts import Flow, Scroller
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

    back_requested = Signal()
    primary_requested = Signal()
    looking_changed = Signal(bool)

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
        self._looking = False
        self._short = False
        self._measure = width if width is not None else _MEASURE.get(kind)
        self.primary: Button | None = None
        self.title = Text(title, _LOOK.get(kind, Look.TITLE))
        self._problem_fields: list[QWidget] = []
        self._make_top(hint, subtitle, back)
        self._make_body()
        self._make_actions()
        self.setAccessibleName(title)

    # -- what features use

    @property
    def body(self) -> QVBoxLayout:
        """Where the page's own parts stand, one under another."""
        return self._body

    def add(self, widget: QWidget, *, space: int | None = None) -> None:
        """Add a part below the others, with a distance from the one above."""
        if self._body.count():
            self._body.addSpacing(Space.L if space is None else space)
        if isinstance(widget, Button):
            self._body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)  # else it would hold the whole column narrow
        else:
            self._body.addWidget(widget)

    def add_space(self, length: int) -> None:
        """Add room."""
        self._body.addSpacing(length)

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
        self._relayout()

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
        self._foot.setVisible(bool(words))
        self._relayout()

    def show_problems(self, problems: Sequence[tuple[QWidget, str]]) -> bool:
        """Show what is wrong, on top and at each field; an empty list clears it. True where nothing is wrong."""
        wanted = dict((id(field), words) for field, words in problems)
        for field in self.findChildren(QWidget):
            if isinstance(field, Field):
                field.set_error(wanted.get(id(field), ""))
        self._problem_fields = [field for field, _ in problems]
        self.errors.show_problems([words for _, words in problems])
        if problems:
            self.scroller.verticalScrollBar().setValue(0)
            self.errors.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.tr("There is a problem") if len(problems) == 1 else self.tr("There are {n} problems").format(n=len(problems)), at_once=True)
        return not problems

    def show_notice(self, words: str, kind: NoticeKind = NoticeKind.OK) -> None:
        """Say something on top of the page until it is left; nothing takes it away."""
        self._notice.set_words(words, kind=kind)
        self._notice.setVisible(bool(words))
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

    def focus_first(self) -> None:
        """Put the focus where work begins; features may choose another place."""
        for child in self._page_order():
            child.setFocus(Qt.FocusReason.OtherFocusReason)
            return

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
        self._back.setVisible(bool(back))
        self._back_row.setVisible(bool(back))
        self._subtitle = Text(subtitle, role=Role.TEXT2)
        self._subtitle.setVisible(bool(subtitle))
        self._hint = Text(hint, Look.READ, Role.TEXT2)
        self._hint.setVisible(bool(hint))
        self._head_host = QWidget()
        self._head_flow = Flow(self._head_host, gap=14)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._head_host.setSizePolicy(policy)
        self._head_host.setVisible(False)
        self.errors = ErrorSummary()
        self.errors.field_requested.connect(self._on_field_requested)
        self._notice = Notice("")
        self._notice.setVisible(False)

    def _make_body(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.L)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self._subtitle)
        head.addLayout(words, 1)
        head.addWidget(self._head_host, 0, Qt.AlignmentFlag.AlignTop)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self._body_host = QWidget()
        self._body = QVBoxLayout(self._body_host)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        column.addWidget(self._back_row)
        below_back = self._back_row.layout()
        if below_back is not None:
            below_back.setContentsMargins(0, 0, 0, Space.L if self.kind is PageKind.QUESTION else Space.S)
        for part in (self._notice, self.errors):
            column.addWidget(part)
        column.addWidget(self._head)
        column.addWidget(self._hint)
        column.addSpacing(Space.L)
        column.addWidget(self._body_host)
        self._host = QWidget()
        host = QHBoxLayout(self._host)
        margin = _MARGIN.get(self.kind, Space.XXXL)
        host.setContentsMargins(margin, 20, margin, Space.L)
        host.setSpacing(0)
        if self.kind is PageKind.GATE:
            host.addStretch(1)
        host.addWidget(self._column, 10_000 if self._measure else 1)
        host.addStretch(1 if self._measure else 0)
        if self._measure:
            self._column.setMaximumWidth(self._measure)
        self._strip: QWidget | None = None
        self._strip_host = QWidget(self)
        self._strip_box = QVBoxLayout(self._strip_host)
        self._strip_box.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller(self._host, self)
        self._host.installEventFilter(self)

    def _make_actions(self) -> None:
        margin = _MARGIN.get(self.kind, Space.XXXL)
        self._actions = QWidget(self)
        box = QHBoxLayout(self._actions)
        box.setContentsMargins(margin, Space.S, margin, Space.M)
        host = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        host.setSizePolicy(policy)
        if self.kind is PageKind.GATE:
            box.addStretch(1)
            host.setMaximumWidth(Size.MEASURE_GATE)
        self._actions_flow = Flow(host, gap=Space.L)
        box.addWidget(host, 10_000)
        if self.kind is PageKind.GATE:
            box.addStretch(1)
        self._actions.setVisible(False)
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(margin, 0, margin, 20)
        foot.setSpacing(Space.S)
        self._foot_words = Text("", Look.CAPTION, Role.TEXT2, wrap=False)
        foot.addWidget(Icon("check", 16, Role.TEXT2))
        foot.addWidget(self._foot_words, 1)
        self._foot.setVisible(False)

    def set_room(self, *, narrow: bool, short: bool) -> None:
        """Called by the window: fit a narrow or short one."""
        self._short = short
        if self.kind is PageKind.QUESTION:
            self.title.set_look(Look.QUESTION_SHORT if short else Look.QUESTION)
        margin = _MARGIN.get(self.kind, Space.XXXL)
        margin = min(margin, Space.XL) if narrow else margin
        box = self._host.layout()
        if box is not None:
            box.setContentsMargins(margin, Space.S if short else 20, margin, Space.S if short else Space.L)
        for part in (self._actions, self._foot):
            layout = part.layout()
            if layout is not None:
                margins = layout.contentsMargins()
                layout.setContentsMargins(margin, margins.top(), margin, margins.bottom())
        if self.rail is not None:
            at, of = self.rail.position
            words = self.tr("Question {at} of {of}") if self.kind is PageKind.QUESTION else self.tr("Step {at} of {of}")
            self._position.set_words(words.format(at=at, of=of) if narrow else "")
            self._back_row.setVisible(narrow or self._back.isVisibleTo(self._back_row))
        self._relayout()

    def _relayout(self) -> None:
        """Place strip, scroller, actions and foot: the actions follow the body, or stay below it while it scrolls."""
        width, height, top = self.width(), self.height(), 0
        if self._strip is not None:
            tall = _height_for(self._strip, width)
            self._strip_host.setGeometry(0, 0, width, tall)
            top = tall
        self._strip_host.setVisible(self._strip is not None)
        actions = _height_for(self._actions, width) if self._actions.isVisibleTo(self) else 0
        foot = _height_for(self._foot, width) if self._foot.isVisibleTo(self) else 0
        room = height - top - actions
        content = self.scroller.content_height(width)
        if content > room and foot:
            foot = 0 if room < 160 else foot
        room = max(60, room - foot)
        fills = self.kind is PageKind.SESSION or self.kind is PageKind.PLACE
        tall = room if fills or content > room else content
        if self.kind is PageKind.GATE and content + actions < room:
            lift = (height - content - actions) // 3
            top += lift
        self.scroller.setGeometry(0, top, width, tall)
        self._actions.setGeometry(0, top + tall, width, actions)
        self._foot.setGeometry(0, height - foot, width, foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts anew."""
        super().resizeEvent(event)
        self._relayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the parts anew when the body has grown or shrunk."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._host:
            QTimer.singleShot(0, self, self._relayout)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white paper."""
        begin(self).fillRect(self.rect(), colour(self, Role.PAGE))

    def _on_field_requested(self, index: int) -> None:
        field = self._problem_fields[index]
        self.scroller.ensureWidgetVisible(field, 0, 48)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page_order(self) -> list[QWidget]:
        """What can take the focus in the page's own part, in order."""
        found, last = [], self._body_host.nextInFocusChain()
        while last is not None and last is not self._body_host:
            inside = self._body_host.isAncestorOf(last) or self._actions.isAncestorOf(last)
            reachable = bool(last.focusPolicy() & Qt.FocusPolicy.TabFocus) and last.isEnabled()
            if inside and reachable and last.isVisibleTo(self):
                found.append(last)
            last = last.nextInFocusChain()
        return found


def _height_for(widget: QWidget, width: int) -> int:
    if widget.hasHeightForWidth():
        return max(0, widget.heightForWidth(width))
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return widget.sizeHint().height()
