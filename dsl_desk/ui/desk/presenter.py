"""Joins Home and the list of cases to the services; looks again each time they come into sight."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.services.case_list import CaseFilter, CaseListService, ListedPage, ListState
from dsl_desk.services.home import MOST, HomeSeen, HomeService, Waiting, WaitingKind
from dsl_desk.ui.desk.case_list import CaseList
from dsl_desk.ui.desk.model import PAGE
from dsl_desk.ui.desk.panel import CasesPanel, HomePanel
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind


class DeskServices(Protocol):
    """What an open desk offers to Home."""

    @property
    def home(self) -> HomeService:
        """What waits."""
        ...

    @property
    def lists(self) -> CaseListService:
        """Lists of cases."""
        ...


class ListPresenter(QObject):
    """Fills one list of cases; an answer that was overtaken by further typing is dropped.

    Signals: `refused(words)`.
    """

    refused = Signal(str)

    def __init__(self, view: CaseList, pool: JobPool, services: Callable[[], DeskServices]) -> None:
        super().__init__(view)
        self._view, self._pool, self._services = view, pool, services
        self._asked = 0
        self._running = False
        self._next: CaseFilter | None = None
        view.filter_changed.connect(self.look)
        view.page_wanted.connect(self._on_page_wanted)

    def look(self, wanted: CaseFilter) -> None:
        """Ask for the first page; while one is asked for, only the last wish waits."""
        self._next = wanted
        if not self._running:
            self._ask()

    def _ask(self) -> None:
        wanted, self._next = self._next, None
        if wanted is None:
            return
        self._running, self._asked = True, self._asked + 1
        self._pool.start(
            lambda _: self._services().lists.page(wanted, 0, PAGE),
            owner=self,
            done=self._on_first,
            failed=self._on_failed,
        )

    def _on_first(self, page: ListedPage) -> None:
        self._running = False
        if self._next is None:
            self._view.show_first(page)
        self._ask()

    def _on_failed(self, words: str) -> None:
        self._running = False
        self.refused.emit(words)
        self._ask()

    def _on_page_wanted(self, offset: int) -> None:
        wanted, asked = self._view.wanted, self._asked

        def done(page: ListedPage) -> None:
            if asked == self._asked:
                self._view.add_page(page)

        self._pool.start(
            lambda _: self._services().lists.page(wanted, offset, PAGE),
            owner=self,
            done=done,
            failed=lambda _: self._view.model.forget_asked(offset),
        )


class DeskPresenter(QObject):
    """Home and Cases.

    Signals: `case_requested(strand)`, `set_up_requested`, `settings_requested(part)`, `backup_requested`,
    `check_requested`, `register_requested(register, item)`.
    """

    register_requested = Signal(str, str)
    case_requested = Signal(str)
    set_up_requested = Signal()
    settings_requested = Signal(str)
    backup_requested = Signal()
    check_requested = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], DeskServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._most = MOST
        self._make()
        window.page_changed.connect(self._on_page_changed)

    def _make(self) -> None:
        self.home, self.cases = HomePanel(self._window), CasesPanel(self._window)
        self._lists = {page: ListPresenter(page.cases, self._pool, self._services) for page in (self.home, self.cases)}
        for page, presenter in self._lists.items():
            page.hide()
            presenter.refused.connect(lambda words, page=page: page.show_notice(words, NoticeKind.WARN))
            page.cases.case_opened.connect(self.case_requested)
        self.home.waiting_opened.connect(self._on_waiting)
        self.home.waiting.more_wanted.connect(self._on_more_wanted)
        self.home.care.set_up_requested.connect(self.set_up_requested)
        self.home.care.backup_requested.connect(self.backup_requested)
        self.home.care.check_requested.connect(self.check_requested)

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before saw stays on these pages."""
        for page in self._lists:
            page.deleteLater()
        self._make()

    def show_home(self) -> None:
        """Go to Home."""
        self._window.set_place("home")
        self._window.show_page(self.home)

    def show_cases(self) -> None:
        """Go to the list of cases."""
        self._window.set_place("cases")
        self._window.show_page(self.cases)

    def search(self, words: str) -> None:
        """Find among all cases, closed ones too; typing goes on in the list's own field."""
        view = self.cases.cases
        view.state.set_key(ListState.ALL.value)
        view.finder.setText(words)
        self.show_cases()
        view.finder.setFocus()
        view.finder.setCursorPosition(len(words))

    def _on_page_changed(self, page: object) -> None:
        if page is self.home:
            self._look(self.home.cases)
            self._most = MOST
            self._pool.start(
                lambda _: self._services().home.look(),
                owner=self.home,
                done=self._on_seen,
                failed=lambda words: self.home.show_notice(words, NoticeKind.WARN),
            )
        elif page is self.cases:
            self._look(self.cases.cases)

    def _look(self, view: CaseList) -> None:
        self._pool.start(lambda _: self._services().lists.choices(), owner=view, done=view.set_choices)
        view.ask_again()

    def _on_more_wanted(self) -> None:
        self._most, told = self._most + MOST, len(self.home.waiting.rows)
        most = self._most

        def done(seen: HomeSeen) -> None:
            self.home.show_home(seen, whole=True)
            if told < len(self.home.waiting.rows) and self._window.page is self.home:
                self.home.waiting.focus_row(told)

        self._pool.start(
            lambda _: self._services().home.look(most),
            owner=self.home,
            done=done,
            failed=lambda words: self.home.show_notice(words, NoticeKind.WARN),
        )

    def _on_seen(self, seen: HomeSeen) -> None:
        fresh = not self.home.waiting.rows
        self.home.show_home(seen)
        self._window.set_count("home", len(seen.waiting))
        if self._window.page is not self.home:
            return
        if fresh and not self.home.cases.finder.text():
            self.home.focus_first()

    def _on_waiting(self, waiting: Waiting) -> None:
        if waiting.kind is WaitingKind.SET_UP:
            self.set_up_requested.emit()
        elif waiting.kind is WaitingKind.CHECK:
            self.check_requested.emit()
        elif waiting.part:
            self.settings_requested.emit(waiting.part)
        elif waiting.register:
            self.register_requested.emit(waiting.register, waiting.item)
        elif waiting.strand is not None:
            self.case_requested.emit(waiting.strand)
