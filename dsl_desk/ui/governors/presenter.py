"""Joins the summary to its service: preview as a job, release by two."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject

from dsl_desk.services.governors import GovernorService, Period, Released
from dsl_desk.services.material import SummarySeen, summary_seen
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.printing import PrintingService
from dsl_desk.ui.governors.panel import PeriodPanel, SummaryPanel
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind

P = TypeVar("P", bound=Page)


class GovernorServices(Protocol):
    """What an open desk offers to the summary."""

    @property
    def governors(self) -> GovernorService:
        """Summaries."""
        ...

    @property
    def printing(self) -> PrintingService:
        """Papers."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...


class GovernorPresenter(QObject):
    """Period, preview, release."""

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], GovernorServices], papers: PapersPresenter
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._papers = window, pool, services, papers
        self._page: Page | None = None
        self._paper: Paper | None = None

    def open(self) -> None:
        """Begin with the period."""
        self._show(PeriodPanel(self._window)).preview_requested.connect(self._preview)

    def _show(self, page: P) -> P:
        page.hide()
        old, self._page = self._page, page
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()
        return page

    def _preview(self, period: Period) -> None:
        page = self._page
        if page is None:
            return

        def work(job: Job) -> SummarySeen:
            services = self._services()
            return summary_seen(services.governors.preview(period, progress=job), services.printing)

        self._pool.start(
            work,
            owner=page,
            done=self._show_preview,
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )

    def _show_preview(self, seen: SummarySeen) -> None:
        self._paper = seen.paper
        panel = self._show(SummaryPanel(seen, self._window))
        panel.back_requested.connect(self.open)
        panel.printed_requested.connect(lambda: self._show_paper(panel))
        panel.release_requested.connect(lambda first, second: self._release(panel, seen, first, second))

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
            return services.governors.release(seen.preview, (one, other))

        def done(released: Released) -> None:
            self._paper = released.page
            panel.show_released()

        self._pool.start(work, owner=panel, done=done, failed=panel.show_refused)
