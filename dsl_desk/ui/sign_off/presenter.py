"""Joins judgement and signature to their services; holds no rules of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Decision, Judgement
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.judgement import JudgementService
from dsl_desk.services.material import file_from
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.sign_off import SignOffService, ToSign
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.proof import Proof, is_wrong_proof
from dsl_desk.ui.sign_off.judge_panel import ActPanel, ConcludePanel, JudgePanel, JudgeSeen, WaitsPanel
from dsl_desk.ui.sign_off.seen import judge_seen, sign_seen
from dsl_desk.ui.sign_off.sign_panel import SignPanel, SignSeen
from dsl_desk.ui.widgets import NoticeKind, ask_file

P = TypeVar("P", bound=Page)


class SignOffServices(Protocol):
    """What an open desk offers to judgement and signature."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def judgement(self) -> JudgementService:
        """Judgements."""
        ...

    @property
    def sign_off(self) -> SignOffService:
        """Signatures."""
        ...

    @property
    def printing(self) -> PrintingService:
        """Papers."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...


class SignOffPresenter(QObject):
    """Judgement, conclusion, action and signature of one case.

    Signals: `left(strand)` back to the case, `next_requested(strand)` on to what is next in it.
    """

    left = Signal(object)
    next_requested = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], SignOffServices], papers: PapersPresenter
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._papers = window, pool, services, papers
        self._strand: StrandId | None = None
        self._to_sign: ToSign | None = None
        self.page: Page | None = None

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        self._strand, self._to_sign = None, None
        page, self.page = self.page, None
        let_go(self._window, page)

    # -- ways in

    def open_judgement(self, strand: StrandId) -> None:
        """Step 13: judge, or what comes after."""
        self._strand = strand
        self._ask(lambda services: _judge_seen(services, strand), self._show_judgement)

    def open_action(self, strand: StrandId) -> None:
        """Step 14: what is done."""
        self._strand = strand
        self._ask(lambda services: services.book.load(strand).ref, self._show_action)

    def open_signing(self, strand: StrandId) -> None:
        """Step 17: both sign."""
        self._strand, self._to_sign = strand, None
        self._ask(lambda services: sign_seen(services.book.load(strand), services.book.school()), self._show_signing)

    def _ask(self, work: Callable[[SignOffServices], object], done: Callable[[Any], object]) -> None:
        self._pool.start(lambda _: work(self._services()), owner=self, done=done, failed=self._refused)

    def _refused(self, words: str) -> None:
        self._window.tell(words, NoticeKind.WARN)

    def _leave(self) -> None:
        self.left.emit(self._strand)

    def _show(self, page: P) -> P:
        page.hide()
        old, self.page = self.page, page
        page.back_requested.connect(self._leave)
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()
        return page

    # -- judgement

    def _show_judgement(self, seen: JudgeSeen) -> None:
        if seen.both and not seen.concluded:
            self._show(ConcludePanel(seen, self._window)).concluded.connect(self._conclude)
        elif seen.i_review and not seen.i_judged:
            self._show(JudgePanel(seen, self._window)).judged.connect(self._judge)
        else:
            self._show_waiting(seen)

    def _show_waiting(self, seen: JudgeSeen) -> None:
        facts = [(name, f"{judgement}. {reasons}") for name, judgement, reasons in seen.visible]
        if seen.concluded:
            title, words = (
                self.tr("What the review came to"),
                self.tr("Both have judged, and the conclusion is written."),
            )
            facts.append((self.tr("Conclusion"), seen.concluded))
        elif seen.i_judged:
            title = self.tr("Your judgement is recorded")
            words = self.tr(
                "{name} judges next, signed in with their own passphrase. Lock the desk and let them unlock it."
            ).format(name=seen.other)
        else:
            title = self.tr("The two reviewers judge")
            words = self.tr(
                "Only the two reviewers of this case judge, each alone and signed in with their own passphrase."
            )
        panel = self._show(WaitsPanel(seen.reference, title, words, facts, self._window))
        panel.lock_requested.connect(self._window.lock_now)
        panel.next_requested.connect(lambda: self.next_requested.emit(self._strand))
        if seen.concluded:
            panel.offer_next()
        elif seen.i_judged:
            panel.offer_lock()

    def _judge(self, judgement: str, reasons: str) -> None:
        self._record(lambda services, strand: services.judgement.judge(strand, Judgement(judgement), reasons))

    def _conclude(self, conclusion: str, outcome: str, severity: str, disagreement: str) -> None:
        self._record(
            lambda services, strand: services.judgement.conclude(
                strand, conclusion, outcome=outcome, severity=severity, disagreement=disagreement
            )
        )

    def _record(self, act: Callable[[SignOffServices, StrandId], Case]) -> None:
        strand, page = self._strand, self.page
        if strand is None or page is None:
            return

        def work(_: Job) -> JudgeSeen:
            services = self._services()
            act(services, strand)
            return _judge_seen(services, strand)

        self._pool.start(
            work, owner=page, done=self._show_judgement, failed=lambda words: page.show_notice(words, NoticeKind.WARN)
        )

    # -- action

    def _show_action(self, reference: str) -> None:
        self._show(ActPanel(reference, self._window)).decided.connect(self._decide)

    def _decide(self, action: str, who: str, by_when: str, reason: str, others: str) -> None:
        strand, page = self._strand, self.page
        if strand is None or page is None:
            return
        self._pool.start(
            lambda _: self._services().judgement.decide_action(
                strand, action=action, who=who, by_when=by_when, reason=reason, others=others
            ),
            owner=page,
            done=lambda _: self._leave(),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )

    # -- signatures

    def _show_signing(self, seen: SignSeen) -> None:
        panel = self._show(SignPanel(seen, self._window))
        panel.read_requested.connect(self._read)
        panel.sign_requested.connect(self._sign)
        panel.decline_requested.connect(self._decline)
        panel.ink_requested.connect(self._print_for_ink)
        panel.scan_requested.connect(self._ask_scan)

    def _panel(self) -> SignPanel | None:
        return self.page if isinstance(self.page, SignPanel) else None

    def _read(self) -> None:
        """Make the form, or take the one the other signed, and show it as it prints."""
        strand, panel = self._strand, self._panel()
        if strand is None or panel is None:
            return

        def work(job: Job) -> ToSign | Paper:
            services = self._services()
            case = services.book.load(strand)
            state = case.sign_off_state()
            if state.is_valid:
                return Paper(name="review-record-signed.pdf", pdf=services.sign_off.papers(case).form)
            signed = set() if state.void_since else {one.account for one in state.signatures}
            asked = next((one.account for one in case.reviewers if one.account not in signed), None)
            if asked is None:
                raise ProcedureError("Name the two reviewers first. Nothing was made.")
            return services.sign_off.prepare(strand, asked, progress=job)

        self._pool.start(work, owner=panel, done=self._show_form, failed=panel.show_refused)

    def _show_form(self, made: ToSign | Paper) -> None:
        panel = self._panel()
        if panel is None:
            return
        paper = made
        if isinstance(made, ToSign):
            self._to_sign = made
            panel.was_read = True
            paper = Paper(name="review-record.pdf", pdf=made.form)
        self._show_paper(paper, self.tr("The review record"), panel)

    def _show_paper(self, paper: Any, title: str, panel: SignPanel) -> None:
        back = self.tr("Back to signing")
        self._papers.show(paper, title=title, back=back, on_back=lambda: self._window.show_page(panel))

    def _sign(self, typed: Proof, agrees: bool, reasons: str) -> None:
        strand, panel, to_sign = self._strand, self._panel(), self._to_sign
        if strand is None or panel is None or to_sign is None:
            return
        decision = Decision.AGREE if agrees else Decision.DISAGREE

        def work(job: Job) -> SignSeen:
            services = self._services()
            signer = services.prove(typed.sign_in_name, typed.passphrase)
            case = services.sign_off.sign(strand, to_sign, signer, decision=decision, reasons=reasons, progress=job)
            return sign_seen(case, services.book.school())

        job = self._pool.start(
            work,
            owner=panel,
            done=self._on_signed,
            failed=lambda words: panel.show_refused(words, proof=is_wrong_proof(job)),
        )

    def _on_signed(self, seen: SignSeen) -> None:
        self._to_sign = None
        self._show_signing(seen)
        left = [signer.name for signer in seen.signers if not signer.signed]
        done = self.tr("Signed by both. Print the form and sign it in ink.")
        words = self.tr("Signed. {name} signs next, now or on another day.").format(name=left[0]) if left else done
        self._window.tell(words)

    def _decline(self, reasons: str) -> None:
        strand, panel = self._strand, self._panel()
        if strand is None or panel is None:
            return
        self._pool.start(
            lambda _: self._services().sign_off.decline(strand, reasons),
            owner=panel,
            done=lambda _: panel.show_notice(self.tr("Recorded, with your reasons: you do not sign this.")),
            failed=panel.show_refused,
        )

    def _print_for_ink(self) -> None:
        strand, panel = self._strand, self._panel()
        if strand is None or panel is None:
            return
        self._pool.start(
            lambda _: self._services().printing.print_form(strand),
            owner=panel,
            done=lambda paper: self._show_paper(paper, self.tr("The review record, for ink"), panel),
            failed=panel.show_refused,
        )

    def _ask_scan(self) -> None:
        panel = self._panel()
        if panel is not None:
            ask_file(
                panel,
                self.tr("Choose the scan of the signed page"),
                filters=[self.tr("Scans (*.pdf *.png *.jpg *.jpeg)")],
                on_picked=self._attach_scan,
            )

    def _attach_scan(self, picked: Path) -> None:
        strand, panel = self._strand, self._panel()
        if strand is None or panel is None:
            return
        ending = picked.suffix.lower()
        media = {".pdf": "application/pdf", ".png": "image/png"}.get(ending, "image/jpeg")
        self._pool.start(
            lambda job: self._services().sign_off.attach_scan(
                strand, file_from(picked), of="form", media_type=media, progress=job
            ),
            owner=panel,
            done=lambda _: panel.show_notice(self.tr("The signed page is attached and tied to what both signed.")),
            failed=panel.show_refused,
        )


def _judge_seen(services: SignOffServices, strand: StrandId) -> JudgeSeen:
    return judge_seen(services.book.load(strand), services.book.school(), services.book.me().account)
