"""A file that somebody brings, as an exhibit: asked first, chosen, sealed; a stop ends it at its next chunk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.case import Offered
from dsl_desk.domain.words import StrandId
from dsl_desk.services.material import file_from
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.review.capture import CaptureServices
from dsl_desk.ui.review.exhibit_panel import ExhibitPanel
from dsl_desk.ui.review.seen import ReviewSeen, review_seen
from dsl_desk.ui.widgets import ask_file


class Bringing(QObject):
    """Takes files in; a halt or a lock drops every one that is not sealed yet, also where its page was left.

    Signals: `taken(ReviewSeen)` when it is sealed.
    """

    taken = Signal(object)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], CaptureServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._jobs: list[Job] = []
        window.halt.covered.connect(self.drop)
        window.locked.connect(self.drop)

    def ask_first(self, strand: StrandId, panel: ExhibitPanel, offered: Offered) -> None:
        """The questions are answered: may it come in at all? No file is chosen before."""
        self._pool.start(
            lambda _: self._services().exhibits.may_come_in(strand, offered), owner=panel,
            done=lambda _: self._choose(strand, panel, offered), failed=panel.show_refused,
        )  # fmt: skip

    def _choose(self, strand: StrandId, panel: ExhibitPanel, offered: Offered) -> None:
        if self._window.page is panel and not self._window.is_locked:
            title = self.tr("Choose the file")
            ask_file(panel, title, on_picked=lambda path: self.take_in(strand, panel, offered, path))

    def take_in(self, strand: StrandId, panel: ExhibitPanel, offered: Offered, path: Path) -> None:
        """Seal it; what is cancelled or refused keeps nothing of the file."""
        large = panel.large.isChecked()
        panel.show_running(running=True)

        def work(job: Job) -> ReviewSeen:
            services = self._services()
            case = services.exhibits.take_in(strand, offered, [file_from(path)], larger_allowed=large, progress=job)
            return review_seen(case, services.book.school(), services.book.now())

        def over() -> None:
            if job in self._jobs:
                self._jobs.remove(job)

        def done(seen: ReviewSeen) -> None:
            over()
            self.taken.emit(seen)

        def failed(words: str) -> None:
            over()
            panel.show_refused(words)

        job = self._pool.start(
            work, owner=panel, done=done, failed=failed,
            cancelled=lambda: failed(self.tr("Cancelled. Nothing of the file was kept.")),
            progressed=panel.bar.show_part,
        )  # fmt: skip
        self._jobs.append(job)
        panel.cancel_requested.connect(job.cancel)

    def drop(self) -> None:
        """End each at its next chunk."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()
