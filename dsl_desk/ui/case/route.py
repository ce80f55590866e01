"""Joins the page of a case's route to its service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.words import StrandId
from dsl_desk.services.routes import RouteService, RoutesSeen
from dsl_desk.ui.case.route_page import RoutePage
from dsl_desk.ui.case.two_people import SecondProof, proved
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.widgets import NoticeKind


class RouteServices(Protocol):
    """What an open desk offers to the route of a case."""

    @property
    def routes(self) -> RouteService:
        """Routes."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...

    def prove_codes(self, first: str, second: str) -> Any:
        """The school root, opened by two recovery codes, for one act."""
        ...


class RoutePresenter(QObject):
    """The route of one case.

    Signals: `left(strand)` back to the case, `told(words)` to be said there, `advice_requested(strand)`.
    """

    left = Signal(object)
    told = Signal(str)
    advice_requested = Signal(object)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], RouteServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self.page: RoutePage | None = None

    def open(self, strand: StrandId, *, newest: bool = False) -> None:
        """Show the routes of a case as they stand."""
        self._pool.start(
            lambda _: self._services().routes.see(strand, newest=newest), owner=self,
            done=lambda seen: self._show(strand, seen),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def start_anew(self) -> None:
        """Somebody else is signed in."""
        page, self.page = self.page, None
        let_go(self._window, page)

    def _show(self, strand: StrandId, seen: RoutesSeen) -> None:
        page = RoutePage(seen, self._window)
        page.hide()
        old, self.page = self.page, page
        page.back_requested.connect(lambda: self._leave(strand))
        page.record_requested.connect(lambda: self.advice_requested.emit(strand))
        page.version_requested.connect(lambda newest: self.open(strand, newest=newest))
        page.chosen.connect(lambda route, reason: self._choose(strand, seen, route, reason))
        page.eased.connect(lambda *told: self._ease(strand, seen, *told))
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()

    def _leave(self, strand: StrandId) -> None:
        page, self.page = self.page, None
        self.left.emit(strand)
        let_go(self._window, page)

    def _choose(self, strand: StrandId, seen: RoutesSeen, route: str, reason: str) -> None:
        def act(services: RouteServices) -> object:
            return services.routes.choose(strand, route, reason, newest=seen.moves)

        self._keep(strand, seen, route, act)

    def _ease(
        self, strand: StrandId, seen: RoutesSeen, route: str, advice: int, reason: str, first: Proof,
        second: SecondProof,
    ) -> None:  # fmt: skip
        def act(services: RouteServices) -> object:
            pair = proved(services, first, second)
            return services.routes.choose_by_two(strand, pair, route, advice=advice, reason=reason, newest=seen.moves)

        self._keep(strand, seen, route, act)

    def _keep(self, strand: StrandId, seen: RoutesSeen, route: str, act: Callable[[RouteServices], object]) -> None:
        page, offer = self.page, seen.offer(route)
        if page is None or offer is None:
            return

        def done(_: object) -> None:
            self.told.emit(self.tr("The case follows “{title}” now. Nothing recorded was lost.").format(
                title=offer.title
            ))  # fmt: skip
            self._leave(strand)

        def work(_: Job) -> None:
            act(self._services())

        def refused(words: str) -> None:
            page.set_busy(False)
            page.refuse(words, job)

        page.set_busy(True)
        job = self._pool.start(work, owner=page, done=done, failed=refused)
