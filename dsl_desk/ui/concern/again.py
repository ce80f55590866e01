"""The questions once more, because facts changed: stricter at once, milder only by advice and two (flows 1, 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import Signal

from dsl_desk.domain.case_entries import TriageAnswered
from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.triage import Answers, Question
from dsl_desk.domain.words import Answer, Grade, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.case_things import local_words
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.routes import route_taken
from dsl_desk.services.triage import Asked, TriageResult, TriageService
from dsl_desk.ui.concern.again_panels import ChangePanel, OutcomePanel
from dsl_desk.ui.concern.drafted import DraftedPages
from dsl_desk.ui.concern.page import ConcernPage
from dsl_desk.ui.concern.question_panel import AboutPanel, DangerPanel, QuestionPanel
from dsl_desk.ui.concern.rails import back_words, rail_of
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import StepRail

WHY = "why"
DRAFT = "questions"


class AgainServices(Protocol):
    """What an open desk offers to the questions."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def triage(self) -> TriageService:
        """The questions."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How the questions were answered last, and how the case stands."""

    strand: StrandId
    reference: str
    grade: Grade
    stays: bool
    why: tuple[str, ...]
    about: SubjectKind
    answers: dict[str, str]
    when: str
    """Who answered and when; empty where they never were."""
    questions: dict[str, Asked]
    above: str
    leads: str = ""
    """Where the route that the case follows is not the one that fits: which does, and why."""


class AgainPresenter(DraftedPages):
    """Answers anew for one case.

    Signals: `left(strand)` back to the case, `advice_requested(strand)`, `shut_out` where the case is not theirs to
    read any more.
    """

    left = Signal(object)
    advice_requested = Signal(object)
    shut_out = Signal()

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], AgainServices], now: Callable[[], Moment]
    ) -> None:
        super().__init__(window, pool, services, now, DRAFT)
        self._services = services
        self._before: Before | None = None
        self._at = ""

    def open(self, strand: StrandId) -> None:
        """Begin, or go on with what was begun."""

        def work(_: Job) -> tuple[Before, Unfinished | None]:
            services = self._services()
            return before(services, strand), DraftService(services.book).find(DRAFT, strand)

        self._pool.start(work, owner=self, done=lambda found: self._begin(*found), failed=self._refused)

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        super().start_anew()
        self._before = None

    def _begin(self, found: Before, draft: Unfinished | None) -> None:
        self._before = found
        kept = draft or Unfinished(page=DRAFT, strand=found.strand)
        self._go_on(SoFar.of(draft.words) if draft else SoFar(about=found.about.value, page=WHY), kept)
        if draft is not None and self._page is not None:
            words = self.tr("You were answering this at {time}. It is as you left it.").format(time=draft.time)
            self._page.show_notice(words)

    # -- pages

    def _pages(self) -> list[str]:
        pages = self._so_far.pages()
        return [WHY, *pages[: pages.index("result")]]

    def _show(self, key: str) -> None:
        key = key if key in self._pages() else WHY
        self._at = self._so_far.page = key
        self._put(self._make(key))

    def _make(self, key: str) -> ConcernPage:
        found = self._before
        if found is None:
            raise RuntimeError("no page before the case was read")
        so_far, rail = self._so_far, self._rail(key)
        back = self.tr("Back to {ref}").format(ref=found.reference)
        if key == WHY:
            given = [(self._asked(question), _SAID.get(answer, answer)) for question, answer in found.answers.items()]
            return ChangePanel(found.when, given, found.why, so_far.words.get(WHY, ""), rail, back=back)
        back = self.tr("Back to what has changed") if key == "q1" else back_words(so_far, key)
        match key:
            case "about":
                return AboutPanel(found.questions["2"], so_far, rail, back=back)
            case "danger":
                return DangerPanel(rail, back=back)
            case _:
                return QuestionPanel(found.questions[key.removeprefix("q")], found.above, so_far, rail, back=back)

    def _asked(self, question: str) -> str:
        asked = self._before.questions.get(question) if self._before else None
        return f"{question}  {asked.text}" if asked else question

    def _rail(self, key: str) -> StepRail:
        return rail_of(self._so_far, "q1" if key == WHY else key, title=self.tr("Questions again"))

    # -- going on and back

    def _on_back(self) -> None:
        if self._page is None or self._busy:
            return
        if isinstance(self._page, OutcomePanel):
            self._leave()
            return
        self._page.collect(self._so_far)
        pages = self._pages()
        at = pages.index(self._at)
        if at == 0:
            self._on_later()
        else:
            self._show(pages[at - 1])

    def _on_continue(self) -> None:
        page = self._page
        if page is None or self._busy:
            return
        if isinstance(page, OutcomePanel):
            self._leave()
            return
        if not page.show_problems(page.problems()):
            return
        page.collect(self._so_far)
        pages = self._pages()
        at = pages.index(self._at)
        if at + 1 < len(pages):
            self._show(pages[at + 1])
        else:
            self._record()

    def _say_left(self) -> None:
        if self._before is not None:
            self.left.emit(self._before.strand)

    def _is_draft(self) -> bool:
        return not self._busy and not isinstance(self._page, OutcomePanel)

    # -- recording

    def _record(self) -> None:
        """A stricter answer stops at once: the page first, the entry right behind it."""
        found, so_far = self._before, self._so_far
        if found is None:
            return
        rises = so_far.grade.rank > found.grade.rank
        self._timer.stop()
        self._set_busy(busy=True)
        if rises:
            at = f"{self._now().local:%H:%M}"
            self._window.show_stopped(Stopped(grade=so_far.grade, time=at, reference=found.reference))
        answers = told_why(found, so_far)

        def work(_: Job) -> tuple[TriageResult, Before | None]:
            services = self._services()
            result = services.triage.answer(found.strand, answers)
            DraftService(services.book).drop_page(DRAFT, found.strand)
            try:
                return result, before(services, found.strand)
            except NotReadableError:
                return result, None  # it is about somebody else now: who answered may not read it any more

        self._pool.start(
            work, owner=self, done=lambda got: self._on_recorded(found, *got), failed=self._refused, urgent=rises
        )

    def _on_recorded(self, was: Before, result: TriageResult, now: Before | None) -> None:
        self._set_busy(busy=False)
        if now is None:
            page, self._page = self._page, None
            self.shut_out.emit()
            let_go(self._window, page)
            return
        self._before, self._kept = now, Unfinished(page=DRAFT, strand=now.strand)
        panel = OutcomePanel(
            was.grade, now.grade, asked=self._so_far.grade, sentences=result.sentences, why=now.why,
            rail=rail_of(self._so_far, "result", title=self.tr("Questions again")), reference=now.reference,
            leads=now.leads,
        )  # fmt: skip
        panel.advice_requested.connect(lambda: self.advice_requested.emit(now.strand))
        self._put(panel)
        if now.stays:
            at = f"{self._now().local:%H:%M}"
            self._window.show_stopped(Stopped(grade=now.grade, time=at, reference=now.reference, stays=True))


_SAID = {Answer.YES.value: "Yes", Answer.NO.value: "No", Answer.NOT_SURE.value: "Not sure"}


def before(services: AgainServices, strand: StrandId) -> Before:
    """How a case stands before its questions are asked again."""
    case, school = services.book.load(strand), services.book.school()
    triage, profile = case.triage(), school.procedure
    data = triage.data if triage else None
    who = ", ".join(school.names.get(account, "somebody") for account in triage.by) if triage else ""
    return Before(
        strand=strand,
        reference=case.ref,
        grade=case.grade,
        stays=case.laptop_stopped,
        why=CasePlaceService(services.book).see(strand).stop_words,
        about=data.about if data else SubjectKind.NOT_KNOWN,
        answers=_given(data),
        when=f"{who}, {local_words(triage.at_local)}" if triage else "",
        questions={one.id: Asked(question=one.id, text=one.text, help=one.help) for one in profile.triage.questions},
        above=profile.triage.above,
        leads=taken.other if (taken := route_taken(case, school.profile_of(case))) else "",
    )


def _given(data: TriageAnswered | None) -> dict[str, str]:
    answers = data.answers if data else ()
    return {one.question: one.answer for one in answers if one.question != Question.ABOUT_WHOM.value}


def told_why(found: Before, so_far: SoFar) -> Answers:
    """The answers, with what has changed in own words beside each answer that differs from the one before."""
    reason, answers = so_far.words.get(WHY, "").strip(), so_far.triage
    changed = [q for q, given in answers.given.items() if found.answers.get(q.value, given.value) != given.value]
    words = dict(answers.words)
    for question in changed or [Question.IN_DANGER]:
        said = (words.get(question, "").strip(), f"Asked again, because: {reason}" if reason else "")
        words[question] = ". ".join(part.rstrip(".") for part in said if part)
    return replace(answers, words=words)
