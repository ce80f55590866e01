"""The one window: header, places, page, help, halt bar; and above them the stop and the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from dsl_desk.ui.halt import HaltScreen, KeyWatch, Stopped, clear_the_screen
from dsl_desk.ui.halt_bar import BarMode
from dsl_desk.ui.lock import IdleWatch, LockWarning
from dsl_desk.ui.messages import announce
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Size
from dsl_desk.ui.widgets.fields import PassphraseField
from dsl_desk.ui.widgets.notices import NoticeKind
from dsl_desk.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from dsl_desk.domain.moments import Moment


class MainWindow(WindowFrame):
    """The desk's window.

    Signals: `place_requested(key)`, `new_concern_requested`, `search_requested(words)`, `locked` (content is already
    covered: keep drafts, forget keys), `page_changed(page)`, `closing`.
    """

    place_requested = Signal(str)
    new_concern_requested = Signal()
    search_requested = Signal(str)
    locked = Signal()
    page_changed = Signal(object)
    closing = Signal()

    def __init__(self, app: QApplication, now: Callable[[], Moment], *, lock_after_s: int = 300) -> None:
        super().__init__(app)
        self._lock_page: Page | None = None
        self._standing: Stopped | None = None
        self.halt = HaltScreen(self)
        self._focus: dict[int, QWidget] = {}
        self._before_lock: Page | None = None
        self._untold: tuple[Page | None, str, NoticeKind] | None = None
        self._person, self._ajar = "", False
        self.setWindowTitle(self.tr("DSL Desk"))
        self.setMinimumSize(Size.LEAST_WIDTH, Size.LEAST_HEIGHT)
        self._connect_parts()
        self.idle = IdleWatch(now, after_s=lock_after_s, parent=self)
        self._warning = LockWarning(self)
        self.idle.warned.connect(self._warning.show_seconds)
        self.idle.calmed.connect(self._warning.hide)
        self.idle.due.connect(self.lock_now)
        self.keys = KeyWatch(app, self, lambda: self.halt.is_up or self._is_locked)
        self.keys.halt_pressed.connect(self.halt_now)
        self.keys.lock_pressed.connect(self.lock_now)
        self.keys.alive.connect(self.idle.touch)
        self._make_shortcuts()
        self.resize(1366, 768)

    # -- pages

    def show_page(self, page: Page) -> None:
        """Show a page; its maker keeps it alive. The page before is hidden, not deleted."""
        if self._is_locked and page is not self._lock_page:
            self._before_lock = page
            return
        old = self.page
        if old is not None and old is not page:
            self._remember_focus(old)
            old.looking_changed.disconnect(self._on_looking_changed)
        if old is not page:
            page.looking_changed.connect(self._on_looking_changed)
        self._host.put(page)
        self._carry_held()
        self._help.show_help(page.help_topic)
        self._fit()
        self._set_rail(page)
        self._show_in_its_room()
        self._on_looking_changed()
        if not self.halt.is_up:
            page.shown()
            self._focus_page(page)
        announce(self, page.title.text())
        self.page_changed.emit(page)

    def _focus_page(self, page: Page) -> None:
        kept = self._focus.pop(id(page), None)
        if page.kind is PageKind.GATE:  # one comes to the door to type, whatever was pressed there last
            kept = None
        if kept is not None and kept.isVisible() and kept.isEnabled():
            kept.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.focus_first()

    def _remember_focus(self, page: Page) -> None:
        focused = self._app.focusWidget()
        if focused is not None and page.isAncestorOf(focused):
            self._focus[id(page)] = focused
            focused.destroyed.connect(partial(self._forget_focus, id(page)))

    def _forget_focus(self, key: int, *_: object) -> None:
        self._focus.pop(key, None)

    # -- what stands around a page

    def set_desk(self, name: str) -> None:
        """Whose desk this is; never the window's title, which other programs can read."""
        self._header.desk.set_words(name)
        self.halt.set_desk(name)

    def set_person(self, words: str) -> None:
        """Who is signed in: name and role, or nothing."""
        self._person = words
        self._header.who.set_words(words or self.tr("Nobody is signed in"))
        self._header.lock.setVisible(bool(words))
        if words and not self.idle.running and not self._is_locked:
            self.idle.start()
        elif not words:
            self.idle.stop()
        self._on_looking_changed()

    def set_ajar(self, ajar: bool) -> None:
        """Whether the desk is open with nobody signed in, as two codes open it: it locks as it does everywhere."""
        self._ajar = ajar
        self._header.lock.setVisible(ajar or self.has_person)
        if ajar:
            self.idle.start()
        elif not self._person:
            self.idle.stop()

    @property
    def has_person(self) -> bool:
        """Whether somebody is signed in."""
        return bool(self._person)

    def tell(self, words: str, kind: NoticeKind = NoticeKind.OK) -> None:
        """Say on the page what happened, what was saved, what comes next; behind the lock, once it is back in sight."""
        if self._is_locked:
            self._untold = (self._before_lock, words, kind) if self._before_lock is not None else None
        elif self.page is not None:
            at = self._app.focusWidget()
            writes = isinstance(at, QLineEdit | QPlainTextEdit) and self.page.isAncestorOf(at)
            self.page.show_notice(words, kind, bring=not writes)

    @Slot()
    def _on_looking_changed(self) -> None:
        page = self.page
        if not self._person:
            self.bar.set_mode(BarMode.LOCKED)
        elif page is not None and page.looking:
            self.bar.set_mode(BarMode.LOOKING)
        elif page is not None and page.halted:
            self.bar.set_mode(BarMode.HALTED)
        else:
            self.bar.set_mode(BarMode.NORMAL)

    # -- halt

    @Slot()
    def halt_now(self) -> None:
        """Cover everything, then ask which of the two stops it is; nothing of an open dialog is accepted."""
        if self.halt.is_up and self.halt.state.value in ("asking", "stopped", "locked"):
            return
        self._cover()
        if self._is_locked or not self._person:
            self.halt.show_while_locked()
        else:
            self.halt.ask()
        clear_the_screen(self)
        self.activateWindow()

    def show_stopped(self, stopped: Stopped) -> None:
        """Show what to do now; called at once by the presenter that hears `halt.chosen`.

        Behind the lock it waits: above the lock page it would tell a passer-by of the case, and nobody could unlock.
        """
        if self._is_locked:
            self._standing = stopped
            return
        self._cover()
        self.halt.show_stopped(stopped)

    def release(self) -> None:
        """Take the stop page away: two people recorded why, or the case's own page takes over."""
        self.halt.put_away()
        self._uncover()

    def _cover(self) -> None:
        if self.page is not None and self._frame.isVisible():
            self._remember_focus(self.page)
        self._bare()
        self._frame.hide()
        self.halt.setGeometry(self.rect())

    def _uncover(self) -> None:
        self._frame.show()
        if self.page is not None:
            self._focus_page(self.page)

    @Slot()
    def _on_halt_gone(self) -> None:
        """The screen was taken away by its own button: show what lay below."""
        if not self.halt.is_up:
            self._uncover()

    # -- lock

    def set_lock_page(self, page: Page) -> None:
        """The page that is shown while the desk is locked."""
        self._lock_page = page

    @Slot()
    def lock_now(self) -> None:
        """Cover everything at once; unlocking comes back to the same page and field.

        What two codes opened is nobody's, and nobody comes back to it.
        """
        if self._lock_page is None or not (self._ajar or (self._person and not self._is_locked)):
            return
        if self.page is not None and self._frame.isVisible():
            self._remember_focus(self.page)
        self._bare()
        if self._person:
            self._before_lock, self._is_locked = self.page, True
        self._ajar = False
        standing = self.halt.standing
        self.halt.put_away()
        self._standing = standing
        self.idle.stop()
        self.set_person("")
        self.show_page(self._lock_page)
        self._frame.show()
        clear_the_screen(self)
        for secret in self.findChildren(PassphraseField):
            secret.clear()  # typed for one act at that moment; whoever unlocks next is perhaps somebody else
        self.locked.emit()

    @property
    def is_locked(self) -> bool:
        """Whether the lock page stands over everything."""
        return self._is_locked

    def unlocked(self, person: str) -> None:
        """Somebody unlocked: back to the same page and the same field; a stop on this laptop stays."""
        self._is_locked = False
        if self.halt.is_up:
            self.halt.put_away()
            self._frame.show()
        self.set_person(person)
        page, self._before_lock = self._before_lock, None
        if page is not None and isValid(page):
            self.show_page(page)
        elif page is not None:  # what was begun on it came to its end behind the lock
            self.place_requested.emit("home")
        untold, self._untold = self._untold, None
        told_here = untold is not None and untold[0] is page and self.page is not self._lock_page
        if untold is not None and told_here:  # to somebody else another page is shown, and nothing told
            self.tell(*untold[1:])
        if self._standing is not None and self._standing.stays:
            self.show_stopped(self._standing)
        self._standing = None

    # -- how it is built

    def _connect_parts(self) -> None:
        self.halt.raise_()
        self._header.lock_requested.connect(self.lock_now)
        self._header.help_requested.connect(self.toggle_help)
        self._header.search_requested.connect(self.search_requested)
        self._help.hide_requested.connect(self.toggle_help)
        self._nav.place_requested.connect(self.place_requested)
        self._nav.new_concern_requested.connect(self.new_concern_requested)
        self.bar.halt_requested.connect(self.halt_now)
        self.halt.lock_requested.connect(self.lock_now)
        self.halt.uncovered.connect(self._on_halt_gone)
        self._header.who.set_words(self.tr("Nobody is signed in"))
        self._header.lock.hide()
        self.bar.set_mode(BarMode.LOCKED)

    def _make_shortcuts(self) -> None:
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F1", self.toggle_help),
            ("F6", lambda: self._next_pane(1)),
            ("Shift+F6", lambda: self._next_pane(-1)),
            ("Ctrl+Return", self._primary),
            ("Ctrl+Enter", self._primary),
            ("Alt+Left", self._go_back),
            ("Ctrl+N", self.new_concern_requested.emit),
            ("Ctrl+F", self._search),
        )
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda act=act: None if self._closed_to_keys() else act())

    def _closed_to_keys(self) -> bool:
        return self.halt.is_up

    def _primary(self) -> None:
        page = self.page
        if page is not None and page.primary is not None and page.primary.isEnabled():
            page.primary.click()

    def _go_back(self) -> None:
        if self.page is not None:
            self.page.back_requested.emit()

    def _search(self) -> None:
        if self._header.search.isVisible():
            self._header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._header.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._frame.setGeometry(self.rect())
        self.halt.setGeometry(self.rect())
        self._warning.place()
        self._fit()
        QTimer.singleShot(0, self, self.keep_in_sight)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked at the end: drafts are kept, the desk locks."""
        self.closing.emit()
        event.accept()
