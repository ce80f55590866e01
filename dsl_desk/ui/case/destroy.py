"""Joins what two people destroy to its services, and shows the certificate as soon as it may print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject

from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.words import Mark, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.destroying import Destroyed, DestroyingService
from dsl_desk.services.disposing import CHECKS, DisposingService
from dsl_desk.services.printing import Page as Paper
from dsl_desk.ui.case.destroy_panel import DestroyPanel, ToGo, WaitsPanel
from dsl_desk.ui.case.two_people import SecondProof, proved
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind

PUT_AWAY = "This certificate was said to be signed already. Look among your papers."
GONE = "The police do not advise any more to destroy this exhibit, or it is gone already."
STAYS = "This record is still to be kept, or was taken up again. Nothing was done."
Act = Callable[["DestroyServices", tuple[Any, Any], tuple[tuple[str, str], ...], str], Destroyed]
Shown = tuple[Destroyed, Paper | None]
"""What was done, and its certificate where it may print."""


class DestroyServices(Protocol):
    """What an open desk offers to what two people destroy."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def destroying(self) -> DestroyingService:
        """What two people destroy, and the certificate."""
        ...

    @property
    def disposing(self) -> DisposingService:
        """What may go."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key."""
        ...

    def prove_codes(self, first: str, second: str) -> Any:
        """The school root, opened by two recovery codes."""
        ...


class DestroyPresenter(QObject):
    """One act of destroying at a time."""

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], DestroyServices], papers: PapersPresenter
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._papers = window, pool, services, papers
        self.page: Page | None = None
        self._back: Callable[[], object] = _nothing
        self._asked_on: PaperPanel | None = None
        """Where somebody said that both copies are signed, and was asked once more."""

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before typed stays."""
        page, self.page, self._asked_on = self.page, None, None
        let_go(self._window, page)

    def open_exhibit(self, strand: StrandId, mark: str, back: Callable[[], object]) -> None:
        """Destroy one exhibit, on the advice of the police that names it."""

        def work(_: Job) -> ToGo:
            services = self._services()
            one = next((one for one in services.destroying.destructible(strand) if one.mark == mark), None)
            if one is None:
                raise ProcedureError(GONE)
            where = self.tr("exhibit {mark}").format(mark=mark)
            facts = ((self.tr("Shows"), one.shows), (self.tr("On whose word"), one.advice))
            return ToGo(title=where, facts=facts, copies=one.older_copies, back=where, me=services.book.me().name)

        def act(services: DestroyServices, two: tuple[Any, Any], _: object, __: str) -> Destroyed:
            return services.destroying.destroy_exhibit(strand, Mark(mark), two)

        self._ask(work, act, back)

    def open_record(self, strand: StrandId, back: Callable[[], object]) -> None:
        """Dispose of a whole record whose time is over."""

        def work(_: Job) -> ToGo:
            services = self._services()
            over = services.disposing.one(strand)
            if over is None:
                raise ProcedureError(STAYS)
            return ToGo(
                title=over.reference, facts=((self.tr("Why it may go"), over.words),), checks=CHECKS,
                back=self.tr("the list"), me=services.book.me().name,
            )  # fmt: skip

        def act(
            services: DestroyServices, two: tuple[Any, Any], findings: tuple[tuple[str, str], ...], consent: str
        ) -> Destroyed:
            return services.destroying.dispose(strand, two, dict(findings), consent=consent)

        self._ask(work, act, back)

    def open_certificate(self, kept: str, back: Callable[[], object]) -> None:
        """Show a certificate that nobody has said to be signed yet, as soon as it may print."""
        self._back = back

        def work(_: Job) -> Shown:
            destroying = self._services().destroying
            one = next((one for one in destroying.certificates.waiting() if one.id == kept), None)
            if one is None:
                raise ProcedureError(PUT_AWAY)
            return _with_paper(self._services(), destroying.found(one))

        self._pool.start(
            work, owner=self, done=lambda shown: self._show_done(shown, self.tr("the list")),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _ask(self, work: Callable[[Job], ToGo], act: Act, back: Callable[[], object]) -> None:
        self._back = back
        self._pool.start(
            work, owner=self, done=lambda to_go: self._show_ask(to_go, act),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show_ask(self, to_go: ToGo, act: Act) -> None:
        page = DestroyPanel(to_go, self._window)
        page.agreed.connect(
            lambda findings, consent, one, other: self._do(page, to_go, act, findings, consent, one, other)
        )
        self._show(page)

    def _do(
        self, page: DestroyPanel, to_go: ToGo, act: Act, findings: tuple[tuple[str, str], ...], consent: str,
        first: Proof, second: SecondProof,
    ) -> None:  # fmt: skip
        def work(_: Job) -> Shown:
            services = self._services()
            return _with_paper(services, act(services, proved(services, first, second), findings, consent))

        job = self._pool.start(
            work, owner=page, done=lambda shown: self._show_done(shown, to_go.back),
            failed=lambda words: page.refuse(words, job),
        )  # fmt: skip

    def _show_done(self, shown: Shown, back_to: str) -> None:
        done, paper = shown
        if paper is not None:
            back, old, self.page = self._back, self.page, None
            panel = self._papers.show(paper, title=self.tr("Disposal certificate"), back=back_to, on_back=back)
            panel.show_notice(self.tr("Destroyed. Print this twice, sign both, and keep them: nothing else proves it."))
            signed = panel.add_action(self.tr("&Both copies are signed"), icon="check")
            signed.clicked.connect(lambda: self._on_signed(panel, done, back))
            let_go(self._window, old)
            return
        page = WaitsPanel(done.waits, back_to, self._window)
        page.finish_requested.connect(lambda: self._finish(page, done, back_to))
        self._show(page)

    def _on_signed(self, panel: PaperPanel, done: Destroyed, back: Callable[[], object]) -> None:
        """It was printed or saved from this page, or they say a second time that it lies before them."""
        if panel.was_taken or self._asked_on is panel:
            self._put_away(panel, done, back)
            return
        self._asked_on = panel
        words = self.tr("It was neither printed nor saved from this page. Where both signed copies lie before you, "
                        "choose it again: the desk then keeps it no longer.")  # fmt: skip
        panel.show_notice(words, NoticeKind.WARN)

    def _put_away(self, panel: PaperPanel, done: Destroyed, back: Callable[[], object]) -> None:
        """The paper exists now: the desk need not keep what it says."""
        self._pool.start(
            lambda _: self._services().destroying.certificates.put_away(done.kept), owner=panel,
            done=lambda _: back(), failed=lambda words: panel.show_notice(words, NoticeKind.WARN),
        )  # fmt: skip

    def _finish(self, page: WaitsPanel, done: Destroyed, back_to: str) -> None:
        def work(_: Job) -> Shown:
            services = self._services()
            return _with_paper(services, services.destroying.finish(done))

        def finished(shown: Shown) -> None:
            if shown[1] is None:
                page.show_waiting(shown[0].waits)
            else:
                self._show_done(shown, back_to)

        self._pool.start(work, owner=page, done=finished, failed=lambda words: page.show_notice(words, NoticeKind.WARN))

    def _show(self, page: Page) -> None:
        page.hide()
        old, self.page = self.page, page
        back = self._back
        page.back_requested.connect(back)
        self._window.show_page(page)
        let_go(self._window, old)


def _with_paper(services: DestroyServices, done: Destroyed) -> Shown:
    return done, services.destroying.certificate(done) if not done.waits else None


def _nothing() -> None:
    """Nowhere to go back to yet."""
