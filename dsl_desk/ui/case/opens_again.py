"""How a stopped case opens again: two people apply what was advised, or undo a key that was pressed by mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.case import Case
from dsl_desk.domain.grades import without, worst
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.services.advice import AdviceService
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.ui.case.by_two import ApplyPanel, MistakePanel, StopSeen, advice_seen
from dsl_desk.ui.case.two_people import ProvingDesk, SecondProof, TwoPage, proved
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind


class OpensAgainServices(ProvingDesk, Protocol):
    """What an open desk offers to two who open a case again."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def advice(self) -> AdviceService:
        """Advice, applied by two."""
        ...


class OpensAgain(QObject):
    """One stopped case, and the two who decide.

    Signals: `left(strand)` back to the case, `told(words)` to be said there, `advice_requested(strand)` to write
    advice down.
    """

    left = Signal(object)
    told = Signal(str)
    advice_requested = Signal(object)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], OpensAgainServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._page: TwoPage | None = None

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before typed stays."""
        page, self._page = self._page, None
        let_go(self._window, page)

    def open(self, strand: StrandId) -> None:
        """Two people apply what was advised."""
        self._look(strand, self._show_apply)

    def _look(self, strand: StrandId, done: Callable[[StopSeen], object]) -> None:
        self._pool.start(
            lambda _: _stop_seen(self._services(), strand), owner=self, done=done,
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show(self, page: TwoPage, strand: StrandId) -> None:
        page.hide()
        old, self._page = self._page, page
        page.back_requested.connect(lambda: self._leave(strand))
        self._window.show_page(page)
        let_go(self._window, old)

    def _leave(self, strand: StrandId) -> None:
        page, self._page = self._page, None
        self.left.emit(strand)
        let_go(self._window, page)

    def _show_apply(self, seen: StopSeen) -> None:
        panel = ApplyPanel(seen, self._window)
        panel.record_requested.connect(lambda: self.advice_requested.emit(seen.strand))
        panel.mistake_requested.connect(lambda: self._look(seen.strand, self._show_mistake))
        panel.applied.connect(
            lambda advice, reason, one, other: self._by_two(
                panel, seen.strand, one, other,
                lambda services, pair: services.advice.apply(seen.strand, pair, advice=advice, reason=reason),
            )
        )  # fmt: skip
        self._show(panel, seen.strand)

    def _show_mistake(self, seen: StopSeen) -> None:
        panel = MistakePanel(seen, self._window)
        panel.undone.connect(
            lambda reason, one, other: self._by_two(
                panel, seen.strand, one, other,
                lambda services, pair: services.advice.undo_mistake(seen.strand, pair, reason),
            )
        )  # fmt: skip
        self._show(panel, seen.strand)

    def _by_two(
        self, panel: TwoPage, strand: StrandId, first: Proof, second: SecondProof,
        act: Callable[[OpensAgainServices, tuple[Any, Any]], Case],
    ) -> None:  # fmt: skip
        def work(_: Job) -> Grade:
            services = self._services()
            return act(services, proved(services, first, second)).grade

        def done(grade: Grade) -> None:
            opened = self.tr("Recorded by two. Looking is open again.")
            stays = self.tr("Recorded by two. Part of the stop stays: {grade}.").format(grade=grade.value)
            self.told.emit(opened if grade is Grade.OPEN else stays)
            self._leave(strand)

        job = self._pool.start(work, owner=panel, done=done, failed=lambda words: panel.refuse(words, job))


def _stop_seen(services: OpensAgainServices, strand: StrandId) -> StopSeen:
    case, seen = services.book.load(strand), CasePlaceService(services.book).see(strand)
    left = worst(ground.grade for ground in without(case.grounds, case.grade))
    by_hand = case.is_stopped and all(ground.by_halt for ground in case.grounds if ground.grade is not left)
    return StopSeen(
        strand=strand,
        reference=case.ref,
        me=services.book.me().name,
        grade=case.grade,
        why=seen.stop_words,
        advice=advice_seen(case),
        by_hand=by_hand,
    )
