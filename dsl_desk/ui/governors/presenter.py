"""Joins the summary to its service: preview as a job, facts beside the counts, release by two."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject

from dsl_desk.domain.moments import Moment
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.governors import GovernorService, Period, Released, published_facts
from dsl_desk.services.material import SummarySeen, summary_seen
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.register_facts import facts_of
from dsl_desk.services.registers import RegisterService
from dsl_desk.ui.governors.facts_panel import FactsPanel
from dsl_desk.ui.governors.panel import PeriodPanel, SummaryPanel
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind

P = TypeVar("P", bound=Page)
DRAFT = "governors"
_PERIOD = ("label", "first", "last")


class GovernorServices(Protocol):
    """What an open desk offers to the summary."""

    @property
    def book(self) -> CaseBook:
        """Keeps what was typed."""
        ...

    @property
    def governors(self) -> GovernorService:
        """Summaries."""
        ...

    @property
    def printing(self) -> PrintingService:
        """Papers."""
        ...

    @property
    def registers(self) -> RegisterService:
        """What the school keeps beside its cases."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...


class GovernorPresenter(QObject):
    """Period, preview, facts, release."""

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], GovernorServices], papers: PapersPresenter,
        now: Callable[[], Moment],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._now = now
        self._window, self._pool, self._services, self._papers = window, pool, services, papers
        self._page: Page | None = None
        self._paper: Paper | None = None
        self._period: Period | None = None
        self._facts: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        window.locked.connect(self._keep)

    def open(self) -> None:
        """Begin with the period; what was typed before is still there."""
        self._keep()
        self._pool.start(
            lambda _: DraftService(self._services().book).find(DRAFT), owner=self, done=self._show_period,
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        page, self._page, self._paper, self._period, self._facts = self._page, None, None, None, {}
        self._offered = {}
        let_go(self._window, page)

    def _show_period(self, draft: Unfinished | None) -> None:
        words = {key: str(value) for key, value in draft.words.items()} if draft else {}
        self._facts = {key: value for key, value in words.items() if key not in _PERIOD}
        self._period = None
        if all(words.get(name) for name in _PERIOD):
            self._period = Period(label=words["label"], first=words["first"], last=words["last"])
        made = PeriodPanel(lambda: self._now().local, self._period, self._window)
        self._show(made).preview_requested.connect(self._preview)

    def _show(self, page: P) -> P:
        page.hide()
        old, self._page = self._page, page
        self._window.show_page(page)
        let_go(self._window, old)
        return page

    def _preview(self, period: Period) -> None:
        page, self._period, facts = self._page, period, dict(self._facts)
        if page is None:
            return

        def work(job: Job) -> tuple[SummarySeen, dict[str, str]]:
            services = self._services()
            _save(services.book, period, facts)
            preview = services.governors.preview(
                period, facts=published_facts(facts, "filtering"), other_facts=published_facts(facts, "other"),
                progress=job,
            )  # fmt: skip
            beyond = ", ".join(services.book.school().procedure.governors.beyond_counts)
            return summary_seen(preview, services.printing, beyond), facts_of(services.registers, period)

        self._pool.start(
            work,
            owner=page,
            done=lambda found: self._show_preview(*found),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )

    def _show_preview(self, seen: SummarySeen, offered: dict[str, str]) -> None:
        self._paper, self._offered = seen.paper, offered
        panel = self._show(SummaryPanel(seen, self._window))
        panel.back_requested.connect(self.open)
        panel.printed_requested.connect(lambda: self._show_paper(panel))
        panel.facts_requested.connect(lambda: self._show_facts(seen.beyond))
        panel.release_requested.connect(lambda first, second: self._release(panel, seen, first, second))

    # -- facts

    def _show_facts(self, beyond: str) -> None:
        panel = self._show(FactsPanel(beyond, {**self._offered, **self._facts}, self._window))
        if self._offered.keys() - self._facts.keys():
            words = self.tr("What the registers say of the period stands in the lines already. Change it as you like.")
            panel.show_notice(words, NoticeKind.PLAIN)
        panel.back_requested.connect(lambda: self._with_facts(panel.typed()))
        panel.facts_given.connect(self._with_facts)

    def _with_facts(self, facts: dict[str, str]) -> None:
        self._facts = facts
        if self._period is not None:
            self._preview(self._period)

    def _keep(self) -> None:
        """What was typed of the facts is kept, also when the desk locks."""
        page, period = self._page, self._period
        if isinstance(page, FactsPanel) and period is not None:
            self._facts = page.typed()
            facts = dict(self._facts)
            self._pool.start(lambda _: _save(self._services().book, period, facts), owner=self, urgent=True)

    # -- release

    def _show_paper(self, panel: SummaryPanel) -> None:
        if self._paper is not None:
            self._papers.show(
                self._paper,
                title=self.tr("Governor summary"),
                back=self.tr("Back to the summary"),
                on_back=lambda: self._window.show_page(panel),
            )

    def _release(self, panel: SummaryPanel, seen: SummarySeen, first: Proof, second: Proof) -> None:
        def work(_: Job) -> Released:
            services = self._services()
            one = services.prove(first.sign_in_name, first.passphrase)
            other = services.prove(second.sign_in_name, second.passphrase)
            released = services.governors.release(seen.preview, (one, other))
            DraftService(services.book).drop_page(DRAFT, None)
            return released

        def done(released: Released) -> None:
            self._paper = released.page
            panel.show_released()

        self._pool.start(work, owner=panel, done=done, failed=panel.show_refused)


def _save(book: CaseBook, period: Period, facts: Mapping[str, str]) -> None:
    """Keep period and facts until the summary is released."""
    drafts = DraftService(book)
    words: dict[str, object] = {"label": period.label, "first": period.first, "last": period.last, **facts}
    before = drafts.find(DRAFT)
    drafts.save(Unfinished(page=DRAFT, words=words, draft=before.draft if before else None))
