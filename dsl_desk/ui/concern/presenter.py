"""Leads through a new concern page by page; every act is done by the services, on the store's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.routing import Known
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.services.case_place import CasePlaceService, CaseSeen
from dsl_desk.services.concern import Begun
from dsl_desk.services.drafts import CONCERN, DraftService, Unfinished
from dsl_desk.services.known_people import KnownPeople, KnownPerson
from dsl_desk.ui.concern import recording
from dsl_desk.ui.concern.drafted import DraftedPages
from dsl_desk.ui.concern.material import ConcernDesk, Material, material
from dsl_desk.ui.concern.page import ConcernPage
from dsl_desk.ui.concern.pages import make
from dsl_desk.ui.concern.people_panel import PeoplePanel, PersonPanel
from dsl_desk.ui.concern.question_panel import AboutPanel, ResultPanel, WhoPanel
from dsl_desk.ui.concern.rails import rail_of
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.concern.words_panel import CheckPanel, KeptPanel
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind


class ConcernPresenter(DraftedPages):
    """A new concern from the first question to the record.

    Signals: `case_requested(strand, words)` when it is recorded, `left` when somebody leaves it, `case_known(strand)`
    as soon as there is a case that its pages are about; drafts are kept.
    """

    case_requested = Signal(object, str)
    case_known = Signal(object)
    left = Signal()

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], ConcernDesk], now: Callable[[], Moment]
    ) -> None:
        super().__init__(window, pool, services, now, CONCERN)
        self._services = services
        self._material: Material | None = None
        self._stop_time = ""

    def start(self) -> None:
        """Begin, or go on with what was begun."""
        if self._page is not None and self._window.page is self._page:
            return

        def work(_: object) -> tuple[Material, Unfinished | None]:
            desk = self._services()
            draft = DraftService(desk.book).find(CONCERN)
            begun = str(draft.words.get("strand", "")) if draft else ""
            return material(desk, StrandId(begun) if begun else None), draft

        self._pool.start(work, owner=self, done=self._begin, failed=self._refused)

    def _begin(self, found: tuple[Material, Unfinished | None]) -> None:
        self._material, draft = found
        if draft is not None and (begun := str(draft.words.get("strand", ""))):
            self.case_known.emit(StrandId(begun))
        self._go_on(SoFar.of(draft.words) if draft else SoFar(), draft or Unfinished(page=CONCERN))
        if draft is not None and self._page is not None:
            words = self.tr("You were writing this at {time}. It is as you left it.").format(time=draft.time)
            self._page.show_notice(words)
            self._page.add_action(self.tr("Start a&gain with an empty one")).clicked.connect(self._start_again)

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        super().start_anew()
        self._stop_time = ""

    def tell(self, strand: StrandId) -> None:
        """Write down the story of a case that was stopped before it was told."""

        def work(_: object) -> tuple[Material, CaseSeen, Unfinished | None]:
            desk = self._services()
            seen = CasePlaceService(desk.book).see(strand)
            return material(desk, strand), seen, DraftService(desk.book).find(CONCERN)

        def done(found: tuple[Material, CaseSeen, Unfinished | None]) -> None:
            things, seen, draft = found
            if draft is not None and draft.words.get("strand") == str(strand):
                self._begin((things, draft))
                return
            self._material = things
            told = SoFar(about=seen.about.value, page="people", strand=str(strand), reference=seen.reference)
            self._go_on(told, Unfinished(page=CONCERN))

        self._pool.start(work, owner=self, done=done, failed=self._refused)

    def _start_again(self) -> None:
        old, self._so_far, self._kept, self._saved = self._kept, SoFar(), Unfinished(page=CONCERN), {}
        self._pool.start(lambda _: DraftService(self._services().book).drop(old), owner=self)
        if self._material is not None:
            self._material = replace(self._material, known=Known())
        self._show("q1")

    # -- pages

    def _show(self, key: str) -> None:
        pages = self._so_far.pages()
        key = key if key in pages else next((page for page in pages if not self._settled(page)), "q1")
        self._so_far.page = key
        self._put(self._make(key))

    def _change(self, key: str) -> None:
        """One line of the last page is changed."""
        self._so_far.kind_was = self._so_far.words.get("category", "")
        self._show(key)

    def _settled(self, key: str) -> bool:
        return key.removeprefix("q") in self._so_far.answers

    def _make(self, key: str) -> ConcernPage:
        if self._material is None:
            raise RuntimeError("no page before the desk was asked")
        page = make(key, self._material, self._so_far, lambda: self._now().local)
        match page:
            case ResultPanel() if page.show_stop is not None:
                page.show_stop.clicked.connect(self._show_stop)
            case CheckPanel():
                page.change_requested.connect(self._change)
            case PeoplePanel():
                self._join_people(page)
            case _:
                pass
        return page

    def _join_people(self, page: PeoplePanel) -> None:
        page.typed.connect(lambda words: self._find(page, words))
        page.chosen.connect(lambda person: self._put(self._make_person(person.name, person)))
        page.new_requested.connect(lambda name: self._put(self._make_person(name, None)))

    def _make_person(self, name: str, known: KnownPerson | None) -> ConcernPage:
        page = PersonPanel(name, known, rail_of(self._so_far, "people"), back=self.tr("Back to the people"))
        if page.not_them is not None:
            page.not_them.clicked.connect(lambda: self._show("people"))
        return page

    def _find(self, page: PeoplePanel, words: str) -> None:
        def work(_: object) -> tuple[KnownPerson, ...]:
            desk = self._services()
            return KnownPeople(desk.book, desk.listing).find(words) if len(words.strip()) > 1 else ()

        self._pool.start(work, owner=self, done=lambda found: self._on_found(page, found))  # the page may go meanwhile

    def _on_found(self, page: PeoplePanel, found: tuple[KnownPerson, ...]) -> None:
        if self._page is not page:
            return
        page.show_found(found)
        self._window.announce(self.tr("{n} found").format(n=len(found)))

    # -- going on and back

    def _on_back(self) -> None:
        if self._page is None or self._busy:
            return
        self._page.collect(self._so_far)
        if isinstance(self._page, PersonPanel):
            self._show("people")
            return
        pages = self._so_far.pages()
        at = pages.index(self._so_far.page)
        if (
            at == 0
            or (self._so_far.strand and not self._so_far.answers and self._so_far.page == "people")
            or (self._so_far.strand and self._so_far.page == "result")
        ):
            self._on_later()
        else:
            self._show(pages[at - 1])

    def _on_continue(self) -> None:
        page = self._page
        if page is None or self._busy or not page.show_problems(page.problems()):
            return
        if isinstance(page, KeptPanel):
            self._leave()
            return
        page.collect(self._so_far)
        if isinstance(page, PersonPanel):
            self._so_far.people.append(page.linked())
            self._show("people")
            return
        match self._so_far.page:
            case "about" | "who":
                self._ask_care()
            case "check":
                self._record()
            case _:
                self._next()

    def _next(self) -> None:
        key = self._so_far.after(self._so_far.page)
        if key == "result" and self._so_far.grade is not Grade.OPEN and not self._so_far.strand:
            self._stop()
        else:
            self._show(key)

    def _ask_care(self) -> None:
        """Before a word is written: may it be kept here at all, and who will read it?"""
        pages, so_far = self._so_far.pages(), self._so_far
        if pages[pages.index(so_far.page) + 1] == "who":
            self._next()
            return
        about = recording.about_of(so_far)
        self._set_busy(busy=True)
        self._pool.start(
            lambda _: self._services().concern.care(about), owner=self, done=lambda _: self._after_care(),
            failed=self._on_care_refused,
        )  # fmt: skip

    def _after_care(self) -> None:
        self._set_busy(busy=False)
        self._next()

    def _on_care_refused(self, words: str) -> None:
        self._set_busy(busy=False)
        if isinstance(self._page, AboutPanel | WhoPanel):
            self._page.show_problems([(self._page.field, words)])

    def _say_left(self) -> None:
        self.left.emit()

    def _is_draft(self) -> bool:
        return not isinstance(self._page, KeptPanel)

    # -- the stop, the record, the draft

    def _show_stop(self) -> None:
        time = self._stop_time or f"{self._now().local:%H:%M}"
        self._stop_time = time
        reference = self._so_far.reference
        self._window.show_stopped(Stopped(grade=self._so_far.grade, time=time, reference=reference))

    def _stop(self) -> None:
        """The answers close looking: the stop page at once, the case on record right behind it."""
        self._so_far.page = "result"
        self._put(self._make("result"))
        self._show_stop()
        so_far = self._so_far
        self._set_busy(busy=True)
        self._pool.start(
            lambda _: recording.begin_stopped(self._services(), so_far), owner=self, done=self._on_stop_kept,
            failed=self._on_stop_failed, urgent=True,
        )  # fmt: skip

    def _on_stop_kept(self, begun: Begun) -> None:
        self._set_busy(busy=False)
        self._so_far.strand, self._so_far.reference = str(begun.strand), str(begun.reference)
        self.case_known.emit(begun.strand)
        self._put(self._make("result") if begun.case is not None else self._kept_page(begun))
        self._show_stop()
        if begun.case is None:
            self._forget_draft()
        else:
            self._save()

    def _on_stop_failed(self, words: str) -> None:
        self._set_busy(busy=False)
        self._so_far.page = self._so_far.pages()[self._so_far.pages().index("result") - 1]
        if self._page is not None:
            self._page.show_notice(words, NoticeKind.WARN)

    def _record(self) -> None:
        so_far = self._so_far
        self._set_busy(busy=True)
        self._pool.start(
            lambda _: recording.record(self._services(), so_far), owner=self, done=self._on_recorded,
            failed=self._refused,
        )  # fmt: skip

    def _on_recorded(self, begun: Begun) -> None:
        self._set_busy(busy=False)
        self._forget_draft()
        if begun.case is None:
            self._put(self._kept_page(begun))
            return
        self._timer.stop()
        page, self._page = self._page, None
        self.case_requested.emit(StrandId(begun.strand), self.tr("The concern is recorded. What is next stands here."))
        let_go(self._window, page)

    def _kept_page(self, begun: Begun) -> ConcernPage:
        return KeptPanel(begun.reference, rail_of(self._so_far, "check"))

    def _forget_draft(self) -> None:
        self._timer.stop()
        self._kept, self._so_far = Unfinished(page=CONCERN), SoFar()
        self._saved = self._so_far.as_words()
        self._pool.start(lambda _: DraftService(self._services().book).drop_page(CONCERN, None), owner=self)
