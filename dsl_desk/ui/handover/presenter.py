"""Joins the pages of a pack to the service: plan, writing with cancel, and what lies on the medium."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from dsl_desk.domain.handing_over_entries import ReceiptAttached
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.handover import HandedOver, Handover, HandoverService
from dsl_desk.services.material import PackFacts, file_from, pack_facts
from dsl_desk.services.ports import Progress
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.printing import PrintingService
from dsl_desk.ui.handover.done_panel import DonePanel
from dsl_desk.ui.handover.plan_panel import PlanPanel, PlanSeen
from dsl_desk.ui.handover.writing_panel import WritingPanel
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.proof import Proof, is_wrong_proof
from dsl_desk.ui.widgets import NoticeKind, ask_file

P = TypeVar("P", bound=Page)


SCANS = "Scans (*.pdf *.png *.jpg *.jpeg)"
_MEDIA = {".pdf": "application/pdf", ".png": "image/png"}


class ReceiptServices(Protocol):
    """What an open desk offers to receipts."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def handover(self) -> HandoverService:
        """Packs."""
        ...


class HandoverServices(ReceiptServices, Protocol):
    """What an open desk offers to handing over."""

    @property
    def printing(self) -> PrintingService:
        """Papers."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...


class Verdict(Protocol):
    """What a check of a pack came to."""

    @property
    def good(self) -> bool:
        """Whether nothing fails."""
        ...

    def lines(self) -> list[str]:
        """In sentences."""
        ...


Verify = Callable[[Path, str | None, Progress | None], Verdict]


class HandoverPresenter(QObject):
    """One pack at a time. Signals: `left(strand)` back to the case."""

    left = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        pool: JobPool,
        services: Callable[[], HandoverServices],
        papers: PapersPresenter,
        verify: Verify,
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._papers, self._verify = papers, verify
        self._strand: StrandId | None = None
        self._reference = ""
        self._number = 0
        self.plan: PlanPanel | None = None
        self.writing: WritingPanel | None = None
        self.done: DonePanel | None = None

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        pages = (self.plan, self.writing, self.done)
        self._strand, self.plan, self.writing, self.done = None, None, None, None
        for page in pages:
            let_go(self._window, page)

    def open(self, strand: StrandId) -> None:
        """Plan a pack of this case."""
        self._strand = strand
        self._pool.start(
            lambda _: _seen(self._services(), strand), owner=self, done=self._show_plan, failed=self._window_refused
        )

    def _window_refused(self, words: str) -> None:
        self._window.tell(words, NoticeKind.WARN)

    def _leave(self) -> None:
        self.left.emit(self._strand)

    def _show_plan(self, seen: PlanSeen) -> None:
        self._reference, self._number = seen.reference, seen.number
        self.plan = self._shown(self.plan, PlanPanel(seen, self._window))
        self.plan.back_requested.connect(self._leave)
        self.plan.make_requested.connect(self._make)
        self._window.show_page(self.plan)

    def _shown(self, old: P | None, new: P) -> P:
        new.hide()
        if old is not None:
            old.deleteLater()
        return new

    def _make(self, plan: Handover, proofs: Sequence[Proof]) -> None:
        strand, panel = self._strand, self.plan
        if strand is None or panel is None:
            return
        panel.forget()
        page = self.writing = self._shown(self.writing, WritingPanel(self._reference, self._number, plan, self._window))
        self._window.show_page(page)

        def work(job: Job) -> tuple[HandedOver, PackFacts]:
            services = self._services()
            sealers = [services.prove(proof.sign_in_name, proof.passphrase) for proof in proofs]
            handed = services.handover.make(strand, plan, sealers, job)
            return handed, pack_facts(handed)

        job = self._pool.start(
            work,
            owner=self,
            done=self._show_done,
            failed=lambda words: self._back_to_plan(words, proof=is_wrong_proof(job)),
            cancelled=self._on_cancelled,
            progressed=page.show_progress,
            long=True,
        )
        page.cancel_requested.connect(job.cancel)

    def _on_cancelled(self) -> None:
        self._back_to_plan(
            self.tr("The pack was cancelled. What was written is removed from the medium; the record says so.")
        )

    def _back_to_plan(self, words: str, *, proof: bool = False) -> None:
        if self.plan is not None:
            self._window.show_page(self.plan)
            self.plan.show_refused(words, proof=proof)

    def _show_done(self, made: tuple[HandedOver, PackFacts]) -> None:
        handed, facts = made
        page = self.done = self._shown(self.done, DonePanel(self._reference, facts, handed.archive_code, self._window))
        page.back_requested.connect(self._leave)
        page.receipt_print_requested.connect(lambda: self._paper(handed.receipt, self.tr("Handover receipt")))
        page.cover_print_requested.connect(lambda: self._paper(handed.cover, self.tr("Cover sheet")))
        page.officer_print_requested.connect(self._print_officer_summary)
        page.verify_requested.connect(lambda: self._verify_again(handed.pack))
        page.receipt_requested.connect(lambda: self._record_receipt(facts.number, None))
        page.receipt_scan_requested.connect(lambda: self._ask_scan(page, facts.number))
        QTimer.singleShot(0, page, lambda: self._window.show_page(page))  # made in one turn, laid out in the next

    def _paper(self, paper: Paper, title: str) -> None:
        page = self.done
        if page is not None:
            back = self.tr("Back to pack {no}").format(no=self._number)
            self._papers.show(paper, title=title, back=back, on_back=lambda: self._window.show_page(page))

    def _print_officer_summary(self) -> None:
        strand, page = self._strand, self.done
        if strand is None or page is None:
            return
        self._pool.start(
            lambda _: self._services().printing.print_officer_summary(strand),
            owner=page,
            done=lambda paper: self._paper(paper, self.tr("Officer summary")),
            failed=page.show_refused,
        )

    def _verify_again(self, pack: Path) -> None:
        page = self.done
        if page is None:
            return
        page.verify.setEnabled(False)
        self._pool.start_aside(
            lambda job: self._verify(pack, None, job),
            owner=page,
            done=lambda verdict: page.show_verified(good=verdict.good, lines=verdict.lines()),
            failed=page.show_refused,
        )

    def _ask_scan(self, page: DonePanel, number: int) -> None:
        ask_file(
            page, self.tr("Choose the scan of the signed receipt"), filters=[self.tr(SCANS)],
            on_picked=lambda path: self._record_receipt(number, path),
        )  # fmt: skip

    def _record_receipt(self, number: int, scan: Path | None) -> None:
        strand, page = self._strand, self.done
        if strand is None or page is None:
            return
        by, reference = page.received_by.text().strip(), page.reference.text().strip()

        def work(job: Job) -> None:
            record_receipt(self._services(), strand, number, by=by, reference=reference, scan=scan, job=job)

        self._pool.start(
            work, owner=page, done=lambda _: page.show_receipt(scanned=scan is not None), failed=page.show_refused
        )


def record_receipt(
    services: ReceiptServices, strand: StrandId, number: int, *, by: str, reference: str, scan: Path | None, job: Job
) -> None:
    """Who signed for a pack, in words alone or with the signed sheet."""
    media = _MEDIA.get(scan.suffix.lower(), "image/jpeg") if scan is not None else ""
    receipt = ReceiptAttached(
        received_by=by, at=services.book.now().at_local, pack=number, reference=reference, media_type=media
    )
    if scan is None:
        services.handover.receipt(strand, receipt)
    else:
        services.handover.receipt_scan(strand, receipt, file_from(scan), job)


def _seen(services: HandoverServices, strand: StrandId) -> PlanSeen:
    case = services.book.load(strand)
    return PlanSeen(
        reference=case.ref,
        kinds=case.pack_kinds(),
        number=case.next_pack_no(),
        sign_off=case.sign_off_state().words(case.last),
        exhibits=len(case.exhibits),
        unfinished=case.unfinished_packs(),
    )
