"""After a stop on this very laptop: only the stop page, until two record why it is used again (flows 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.words import Grade
from dsl_desk.services.advice import AdviceService
from dsl_desk.services.stop_at_once import LaptopStops, StopAtOnceService
from dsl_desk.ui.case.by_two import LaptopStop, ResumePanel
from dsl_desk.ui.case.two_people import SecondProof, proved
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind


class ResumeServices(Protocol):
    """What an open desk offers to a laptop that is stopped."""

    @property
    def stop_at_once(self) -> StopAtOnceService:
        """Which cases stopped it."""
        ...

    @property
    def advice(self) -> AdviceService:
        """Records why it is used again."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...

    def prove_codes(self, first: str, second: str) -> Any:
        """The school root, opened by two recovery codes, for one act."""
        ...


class ResumePresenter(QObject):
    """Leads from the stop page to the record by two, and back. Signals: `resumed` when the laptop may be used again."""

    resumed = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], ResumeServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._standing: Stopped | None = None
        self._page: ResumePanel | None = None
        window.halt.resume_requested.connect(self.ask)
        window.locked.connect(self._on_locked)

    def ask(self) -> None:
        """Two people want to say why."""
        self._standing = self._window.halt.standing
        self._pool.start(
            lambda _: self._services().stop_at_once.laptop_stops(), owner=self, done=self._show, failed=self._back_with
        )

    def _show(self, stops: LaptopStops) -> None:
        cases = [LaptopStop(strand=strand, reference=ref, since=since) for strand, ref, since in stops.cases]
        old, page = self._page, ResumePanel(stops.me, cases, unseen=stops.unseen, parent=self._window)
        page.hide()
        self._page = page
        page.back_requested.connect(self._back)
        page.resumed.connect(lambda *said: self._record(page, stops, *said))
        self._window.show_page(page)
        self._window.release()
        if old is not None:
            old.deleteLater()

    def _back(self) -> None:
        """To the stop page: it stands until two have recorded why."""
        standing = self._standing or Stopped(grade=Grade.STOP_IMAGES, time="", stays=True)
        self._on_locked()
        self._window.show_stopped(standing)

    def _back_with(self, words: str) -> None:
        self._back()
        self._window.announce(words)

    def _on_locked(self) -> None:
        """What was typed of secrets is forgotten."""
        if self._page is not None:
            self._page.forget()

    def _record(
        self, page: ResumePanel, stops: LaptopStops, reason: str, police: bool, reference: str, one: Proof,
        other: SecondProof,
    ) -> None:  # fmt: skip
        def work(_: Job) -> LaptopStops:
            services = self._services()
            pair = proved(services, one, other)
            for strand, _ref, _since in stops.cases:
                services.advice.resume_laptop(strand, pair, reason=reason, police_advised=police, reference=reference)
            return services.stop_at_once.laptop_stops()

        job = self._pool.start(work, owner=page, done=self._on_recorded, failed=lambda words: page.refuse(words, job))

    def _on_recorded(self, left: LaptopStops) -> None:
        page, self._page, self._standing = self._page, None, None
        if left.cases or left.unseen:
            self._window.show_stopped(Stopped(grade=Grade.STOP_IMAGES, time="", stays=True))
        else:
            self.resumed.emit()
            words = self.tr("Recorded by two. This laptop is used again; the case stays stopped.")
            self._window.tell(words, NoticeKind.WARN)
        let_go(self._window, page)
