"""A page: title, what it is about, and one main thing to do that stays in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from dsl_desk.ui.messages import announce
from dsl_desk.ui.page_frame import PageFrame, PageKind
from dsl_desk.ui.reading_order import open_to_tab
from dsl_desk.ui.tokens import Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.choices import CheckBox, Choice
from dsl_desk.ui.widgets.fields import Field
from dsl_desk.ui.widgets.notices import NoticeKind
from dsl_desk.ui.widgets.panes import Panes
from dsl_desk.ui.widgets.steps import StepRail
from dsl_desk.ui.widgets.strips import HoldBackStrip, HoldState
from dsl_desk.ui.widgets.tiles import TileGroup

__all__ = ["Page", "PageKind"]


class Page(PageFrame):
    """One page of the desk; features subclass it and fill `body`.

    Signals: `back_requested`, `primary_requested` (the main button, or Ctrl+Enter).
    """

    help_topic: str = ""
    """Which file of `resources/help` explains it, without its ending; every page of a feature names one."""
    about_case = True
    """Whether it is about the case that is open, where one is: then it says who must not be told yet."""
    changes_held = False
    """Whether the hold-back list is changed from here."""
    held_change_requested = Signal()

    def __init__(
        self,
        kind: PageKind,
        title: str,
        *,
        hint: str = "",
        subtitle: str = "",
        back: str = "",
        rail: StepRail | None = None,
        width: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            kind, title, hint=hint, subtitle=subtitle, back=back, rail=rail, width=width, parent=parent
        )  # fmt: skip
        self.primary: Button | None = None
        self._looking, self._halted = False, False
        self._problem_fields: list[QWidget] = []
        self.errors.field_requested.connect(self._on_field_requested)

    @property
    def body(self) -> QVBoxLayout:
        """Where the page's own parts stand, one under another."""
        return self._body

    def add(self, widget: QWidget, *, space: int | None = None, stretch: int = 0) -> None:
        """Add a part below the others, with a distance from the one above; `stretch` lets it take what room is left."""
        if self._body.count():
            self._gap_above[widget] = self.add_space(Space.L if space is None else space)
        if isinstance(widget, Button | CheckBox):
            self._body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)  # else it would hold the whole column narrow
        else:
            self._body.addWidget(widget, stretch)

    def set_panes(self, left: QWidget, right: QWidget, *, side_width: int = 400, stacks_below: int = 800) -> None:
        """Two panes from edge to edge instead of one body; each scrolls by itself where there is room for it."""
        self._panes = Panes(left, right, side_width=side_width, stacks_below=stacks_below)
        self._body.addWidget(self._panes, 1)
        self._arrange()

    def leaves(self, width: int) -> bool:
        """Whether a width is enough for it: two columns are not squeezed for the help beside them."""
        return self._measure is None or self._measure <= width

    def add_space(self, length: int) -> QSpacerItem:
        """Add room; a short window takes half of it."""
        gap = QSpacerItem(0, length, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._gaps.append((gap, length))
        self._body.addItem(gap)
        return gap

    def show_added(self, widget: QWidget, *, shown: bool) -> None:
        """Show or hide a part that was added, and at once the room above it: what is not asked leaves no gap."""
        widget.setVisible(shown)
        self._shut_gaps_of_hidden()

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

    def add_beside_title(self, widget: QWidget) -> None:
        """Put something right behind the words of the title: how the case stands."""
        self._title_row.setStretchFactor(self.title, 0)
        self._title_row.insertWidget(1, widget)
        self._title_row.insertStretch(2, 1)

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

    def show_held(self, audiences: Sequence[tuple[str, str, HoldState]]) -> None:
        """Who must not be told yet, under the title of every page of a case; none takes it away.

        The window calls it for each page it shows (`WindowFrame.set_held`), so that no page of a case can lack it.
        """
        if not self.about_case or self.kind is PageKind.GATE or (self.hold_back is None and not audiences):
            return
        if self.hold_back is None:
            self.hold_back = HoldBackStrip(self)  # with a parent, so that no other thread ever takes it down
            self.hold_back.change.setVisible(self.changes_held)
            self.hold_back.change_requested.connect(self.held_change_requested)
            self._strip_box.insertWidget(0, self.hold_back)
        self.hold_back.show_audiences(audiences)
        self.hold_back.setVisible(bool(audiences))
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

    def set_busy(self, busy: bool) -> None:
        """What was asked for is being done: the main button waits, so that nothing is done twice."""
        if self.primary is not None:
            self.primary.setEnabled(not busy)

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
            if isinstance(field, Field | Choice | TileGroup):
                field.set_error(wanted.get(id(field), ""))
        self._problem_fields = [field for field, _ in problems]
        self.errors.show_problems([words for _, words in problems])
        self._arrange()
        if problems:
            self.scroller.verticalScrollBar().setValue(0)
            self.errors.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._show_summary)  # once it has its place
            announce(
                self,
                self.tr("There is a problem")
                if len(problems) == 1
                else self.tr("There are {n} problems").format(n=len(problems)),
                at_once=True,
            )
        return not problems

    def show_notice(self, words: str, kind: NoticeKind = NoticeKind.OK, *, bring: bool = True) -> None:
        """Say something on top of the page until it is left; nothing takes it away. `bring` scrolls it into sight."""
        self._notice.set_words(words, kind=kind)
        self._notice.setVisible(bool(words))
        self._arrange()
        if words:
            announce(self, words)
        if words and bring:
            QTimer.singleShot(0, self, self._show_notice)  # once it has its place, and the focus has gone where it goes

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

    def _show_notice(self) -> None:
        content = self.scroller.widget()
        if content is not None and content.isAncestorOf(self._notice) and self._notice.isVisible():
            self.scroller.ensureWidgetVisible(self._notice, 0, Space.S)

    def _show_summary(self) -> None:
        self.scroller.ensureWidgetVisible(self.errors, 0, Space.S)

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
