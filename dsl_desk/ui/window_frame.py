"""The window's own parts around a page: how they are laid out for a width and a kind of page, and how focus moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QFocusFrame, QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.ui.halt_bar import HaltBar
from dsl_desk.ui.messages import announce
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.reading_order import order_tabs, reading_order
from dsl_desk.ui.shell import Header, HelpPane, Nav, PageHost, Place
from dsl_desk.ui.tokens import Role, Size, Space
from dsl_desk.ui.widgets.form_part import FormPart
from dsl_desk.ui.widgets.layouts import Panel, Scroller
from dsl_desk.ui.widgets.strips import HoldState


class WindowFrame(QWidget):
    """Header, places, page, help and halt bar; what lies above them is decided in `MainWindow`."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app, self._is_locked = app, False
        self._help_hidden = False
        self._help_asked: Page | None = None
        self._held: tuple[tuple[str, str, HoldState], ...] = ()
        self._make_parts()
        self.ring = QFocusFrame(self)
        self.ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        app.focusChanged.connect(self._on_focus_changed)

    def _make_parts(self) -> None:
        self._frame = QWidget(self)
        self._header, self._nav, self._help, self.bar = Header(), Nav(), HelpPane(), HaltBar()
        self._host = PageHost()
        self._rail = Panel(margins=0, edge="right")
        self._rail.setFixedWidth(Size.RAIL)
        self._rail_scroller = Scroller()
        self._rail.body.addWidget(self._rail_scroller)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for part in (self._nav, self._rail):
            middle.addWidget(part)
        middle.addWidget(self._host, 1)
        middle.addWidget(self._help)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(middle, 1)
        column.addWidget(self.bar)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._host.page

    def _show_in_its_room(self) -> None:
        """Show the page once header, places and help have taken their room, so that it is laid out once."""
        column = self._frame.layout()
        if column is not None:
            column.activate()
        self._host.show_page()

    def _order_tabs(self) -> None:
        """Tab goes as one reads, as the parts stand at this moment; the halt button comes last."""
        if self.page is not None:
            order_tabs(self._header, self._nav, self._rail, self.page, self._help, self.bar)

    def focusNextPrevChild(self, step_on: bool) -> bool:
        """Tab: put in the order of reading when the key is pressed, so that what comes and goes need not tell."""
        self._order_tabs()
        return super().focusNextPrevChild(step_on)

    def set_places(self, places: Sequence[Place]) -> None:
        """The places one can go to."""
        self._nav.set_places(places)

    def set_place(self, key: str) -> None:
        """Where one is."""
        self._nav.set_place(key)

    def set_count(self, key: str, count: int) -> None:
        """How many things wait at a place."""
        self._nav.set_count(key, count)

    def set_held(self, audiences: Sequence[tuple[str, str, HoldState]]) -> None:
        """Who must not be told yet in the case that is open: on this page and on every one that follows.

        None where no case is open; the page of the case that is being left keeps its list until the next one has come.
        """
        self._held = tuple(audiences)
        if self._held:
            self._carry_held()

    def _carry_held(self) -> None:
        if self.page is not None:
            self.page.show_held(self._held)

    @property
    def frame(self) -> QWidget:
        """Everything but the stop, which lies above it: what a pointer may be drawn on."""
        return self._frame

    @property
    def page_host(self) -> QWidget:
        """Where pages stand; a card laid over a page belongs here, so that the stop covers it too."""
        return self._host

    def landmark(self, part: str) -> QWidget | None:
        """A part that a look round points at, by its name, where it is in sight."""
        parts = {"new": self._nav.new_concern, "halt": self.bar.button, "lock": self._header.lock}
        found = parts.get(part) or self._nav.item(part) or (self._header.help if part == "help" else None)
        if found is None or not found.isVisible():
            return None
        scroller = _scroller_of(found)
        if scroller is not None:
            scroller.ensureWidgetVisible(found, 0, 8)
        return found

    def announce(self, words: str) -> None:
        """Say something to a screen reader alone."""
        announce(self, words)

    def toggle_help(self) -> None:
        """Show or hide the help beside the page."""
        self._help_hidden = self._help.isVisibleTo(self._frame)
        self._help_asked = None if self._help_hidden else self.page
        self._fit(help_wanted=not self._help_hidden)
        if self._help.isVisibleTo(self._frame):
            self._help.hide_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.page is not None:
            self.page.focus_first()

    def _next_pane(self, step: int) -> None:
        """F6: from one part of the window to the next."""
        panes = [pane for pane in (self._header, self._nav, self.page, self._help, self.bar) if pane is not None]
        stops = [(pane, first) for pane in panes if pane.isVisible() and (first := _first_stop(pane)) is not None]
        focused = self._app.focusWidget()
        here = next((i for i, (pane, _) in enumerate(stops) if focused and pane.isAncestorOf(focused)), 0)
        if stops:
            stops[(here + step) % len(stops)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set_rail(self, page: Page) -> None:
        old = self._rail_scroller.takeWidget()
        if old is not None:
            old.hide()
            old.setParent(self._host)
        if page.rail is not None:
            self._rail_scroller.setWidget(page.rail)
            page.rail.show()

    def _fit(self, *, help_wanted: bool | None = None) -> None:
        """Lay out for the width and height there are, and for the kind of page."""
        narrow, short = self.width() < Size.NARROW, self.height() < Size.SHORT
        page = self.page
        place = page is not None and page.kind is PageKind.PLACE and not self._is_locked
        has_help = page is not None and bool(page.help_topic)
        if help_wanted is None:  # a place, a session and the door have their room for themselves: help is a key away
            alone = (PageKind.PLACE, PageKind.SESSION, PageKind.GATE)
            beside = (
                page is not None and page.kind not in alone and not narrow and page.leaves(self.width() - Size.HELP)
            )
            help_wanted = (beside and not self._help_hidden) or (page is not None and page is self._help_asked)
        shown = has_help and help_wanted
        over = narrow and shown
        self._nav.setVisible(place and not over)
        self._nav.set_narrow(narrow)
        self._rail.setVisible(page is not None and page.rail is not None and not narrow)
        self._help.setVisible(shown)
        alone_now = over and place  # a place's lists and columns cannot be squeezed beside it: help is read alone
        self._host.setVisible(not alone_now)
        beside_width = min(Size.HELP, max(240, self.width() // 2)) if narrow else Size.HELP
        self._help.setFixedWidth(self.width() if alone_now else beside_width)
        self._header.set_room(narrow=narrow, short=short, place=place, has_help=has_help and not shown)
        self.bar.set_short(short)
        if page is not None:
            page.set_room(narrow=narrow, short=short)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """Put the ring around what has the focus; fields show it themselves."""
        if now is None or now.window() is not self:
            self._bare()
            return
        if self._app.mouseButtons() is Qt.MouseButton.NoButton:  # what is being pressed stays under the pointer
            self._bring_into_sight(now)
        if now.property("draws_focus"):
            self._bare()
        else:
            self.ring.setWidget(now)

    def _bring_into_sight(self, focused: QWidget) -> None:
        """Scroll to what has the focus, with what is asked there; what the page is for comes too where all fit."""
        scroller = _scroller_of(focused)
        content = scroller.widget() if scroller is not None else None
        if scroller is None or content is None or not content.isAncestorOf(focused):
            return
        room = scroller.viewport().height()
        whole = _asked_by(focused, content)
        if whole.height() <= room - 2 * Space.S:
            focused = whole
        primary = self.page.primary if self.page is not None else None
        if primary is not None and primary.isVisible() and content.isAncestorOf(primary):
            top = focused.mapTo(content, QPoint(0, 0)).y()
            end = primary.mapTo(content, QPoint(0, primary.height())).y()
            if 0 <= end - top <= room - Space.XXL:
                scroller.ensureWidgetVisible(primary, 0, Space.S)
        above = focused.mapTo(scroller.viewport(), QPoint(0, 0)).y()
        in_sight = Space.XS <= above <= room - focused.height() - Space.XS  # with its ring; then nothing need move
        if focused.height() <= room and not in_sight:
            scroller.ensureWidgetVisible(focused, 0, 24)

    def _bare(self) -> None:
        """Nothing wears the ring."""
        self.ring.setWidget(None)  # type: ignore[arg-type]  # the stub forbids None, Qt takes it
        self.ring.setParent(self)  # it stands beside what wore it, and would be taken down with that page

    def keep_in_sight(self) -> None:
        """After another size, what one types in is still in sight."""
        focused = self._app.focusWidget()
        scroller = _scroller_of(focused) if focused is not None and focused.window() is self else None
        if focused is not None and scroller is not None:
            scroller.verticalScrollBar().setValue(0)
            self._bring_into_sight(focused)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white paper."""
        begin(self).fillRect(self.rect(), colour(self, Role.PAGE))


def _first_stop(pane: QWidget) -> QWidget | None:
    reachable = (w for w in reading_order(pane) if w.isVisible() and w.isEnabled())
    return next(reachable, None)


def _asked_by(focused: QWidget, content: QWidget) -> QWidget:
    """The question, label and hint that belong to what has the focus; itself where it has none."""
    at: QWidget | None = focused
    while at is not None and at is not content:
        if isinstance(at, FormPart):
            return at
        at = at.parentWidget()
    return focused


def _scroller_of(widget: QObject) -> Scroller | None:
    at: QObject | None = widget
    while at is not None:
        if isinstance(at, Scroller):
            return at
        at = at.parent()
    return None
