"""Somebody more belongs to a case: found by the first letters of a name, made sure of on a card, or somebody new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import Halted
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.words import StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.concern import ConcernService
from dsl_desk.services.known_people import KnownPeople, KnownPerson
from dsl_desk.services.listing import ListingService
from dsl_desk.ui.concern.page import ConcernPage
from dsl_desk.ui.concern.people_panel import PeoplePanel, PersonPanel
from dsl_desk.ui.concern.so_far import Linked, SoFar
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind, StepRail, StepState


class PersonServices(Protocol):
    """What an open desk offers to the people of a case."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def concern(self) -> ConcernService:
        """Makes the key of somebody new."""
        ...

    @property
    def listing(self) -> ListingService:
        """Lists."""
        ...

    @property
    def work(self) -> CaseWorkService:
        """Links them."""
        ...


class AddPersonPresenter(QObject):
    """Adds one person to a case.

    Signals: `left(strand)`, `told(words)` to be said there, `shut_out` where the case is not theirs to read any more.
    """

    left = Signal(object)
    told = Signal(str)
    shut_out = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], PersonServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._strand: StrandId | None = None
        self._reference = ""
        self._page: ConcernPage | None = None

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        page, self._page, self._strand = self._page, None, None
        let_go(self._window, page)

    def open(self, strand: StrandId) -> None:
        """Who is it?"""
        self._strand = strand
        self._pool.start(
            lambda _: self._services().book.load(strand).ref, owner=self, done=self._show_search, failed=self._refused
        )

    def _refused(self, words: str) -> None:
        self._window.tell(words, NoticeKind.WARN)

    def _show(self, page: ConcernPage) -> None:
        old, self._page = self._page, page
        page.hide()
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()

    def _rail(self, *, card: bool) -> StepRail:
        first, second = (StepState.DONE, StepState.NOW) if card else (StepState.NOW, StepState.LATER)
        return StepRail(
            self.tr("A person"),
            self._reference,
            [(self.tr("Who it is"), "", first), (self.tr("Make sure, and say their role"), "", second)],
        )

    def _show_search(self, reference: str) -> None:
        self._reference = reference
        page = PeoplePanel(SoFar(), self._rail(card=False), back=self.tr("Back to {ref}").format(ref=reference))
        page.set_primary(self.tr("&Back to the case"))
        if page.later is not None:
            page.later.hide()
        page.back_requested.connect(self._leave)
        page.primary_requested.connect(self._leave)
        page.typed.connect(lambda words: self._find(page, words))
        page.chosen.connect(lambda person: self._show_card(person.name, person))
        page.new_requested.connect(lambda name: self._show_card(name, None))
        self._show(page)

    def _find(self, page: PeoplePanel, words: str) -> None:
        def work(_: Job) -> tuple[KnownPerson, ...]:
            services = self._services()
            return KnownPeople(services.book, services.listing).find(words)

        def done(found: tuple[KnownPerson, ...]) -> None:
            if self._page is page:
                page.show_found(found)

        self._pool.start(work, owner=self, done=done)  # the page may go while names are looked up

    def _show_card(self, name: str, known: KnownPerson | None) -> None:
        page = PersonPanel(name, known, self._rail(card=True), back=self.tr("Back to the search"))
        page.back_requested.connect(lambda: self._show_search(self._reference))
        if page.not_them is not None:
            page.not_them.clicked.connect(lambda: self._show_search(self._reference))
        page.primary_requested.connect(lambda: self._add(page))
        self._show(page)

    def _add(self, page: PersonPanel) -> None:
        strand = self._strand
        if strand is None or not page.show_problems(page.problems()):
            return
        one = page.linked()

        def work(_: Job) -> Case | None:
            services = self._services()
            link = linked(one, one.person or services.concern.new_person())
            return services.work.link_person(strand, link)

        self._pool.start(
            work, owner=page, done=lambda case: self._on_added(one, case),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )  # fmt: skip

    def _on_added(self, one: Linked, case: Case | None) -> None:
        if case is None:
            self.shut_out.emit()
            return
        told, last = self.tr("{name} belongs to the case now.").format(name=one.name), case.entries[-1].payload
        if last is not None and isinstance(last.data, Halted):  # a worker nobody was asked about stops the case
            told += self.tr(" Looking is closed: {why} Ask the police or the LADO first.").format(why=last.data.reason)
        self.told.emit(told)
        self._leave()

    def _leave(self) -> None:
        page, self._page = self._page, None
        self.left.emit(self._strand)
        let_go(self._window, page)


def linked(one: Linked, person: str) -> PersonLinked:
    """The link as the services take it; a role is of this case alone."""
    return PersonLinked(
        person=person, role=PersonRole(one.role), kind=SubjectKind(one.kind), name=one.name, account=one.account,
        year_group=one.year_group, date_of_birth=one.date_of_birth, online_names=one.online,
    )  # fmt: skip
