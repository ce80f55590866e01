"""Joins the page of a redacted copy to its services: shown for a reason, then sealed as an exhibit of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dsl_desk.domain.words import Mark, StrandId
from dsl_desk.services.exhibits import ExhibitService
from dsl_desk.services.preview import Area
from dsl_desk.services.redaction import RedactionService
from dsl_desk.ui.case.redact_panel import RedactPanel
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow


class RedactServices(Protocol):
    """What an open desk offers to redacted copies."""

    @property
    def exhibits(self) -> ExhibitService:
        """Material."""
        ...

    @property
    def redaction(self) -> RedactionService:
        """Copies with parts covered for good."""
        ...


class RedactPresenter(QObject):
    """One copy at a time.

    Signals: `left(strand, mark)` back to the exhibit, `made(strand, mark, original)` when a copy is sealed.
    """

    left = Signal(object, str)
    made = Signal(object, str, str)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], RedactServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self.page: RedactPanel | None = None
        window.halt.covered.connect(self.cover)
        window.locked.connect(self.cover)

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before marked stays."""
        page, self.page = self.page, None
        let_go(self._window, page)

    def cover(self) -> None:
        """Nothing of a picture stays on screen."""
        if self.page is not None:
            self.page.cover()

    def open(self, strand: StrandId, mark: str, shows: str) -> None:
        """Begin a copy of one exhibit."""
        page = RedactPanel(mark, shows, self._window)
        page.hide()
        old, self.page = self.page, page
        page.back_requested.connect(lambda: self.left.emit(strand, mark))
        page.uncover_requested.connect(lambda reason: self._uncover(page, strand, mark, reason))
        page.copy_requested.connect(lambda areas, why, says: self._make(page, strand, mark, areas, why, says))
        self._window.show_page(page)
        let_go(self._window, old)

    def _uncover(self, page: RedactPanel, strand: StrandId, mark: str, reason: str) -> None:
        why = self.tr("To make a redacted copy: {reason}").format(reason=reason)
        self._pool.start(
            lambda _: self._services().exhibits.uncover(strand, Mark(mark), why).png, owner=page,
            done=lambda png: page.show_picture(QImage.fromData(png)), failed=page.show_refused,
        )  # fmt: skip

    def _make(
        self, page: RedactPanel, strand: StrandId, mark: str, areas: tuple[tuple[float, float, float, float], ...],
        why: str, shows: str,
    ) -> None:  # fmt: skip
        wanted = [Area(left=left, top=top, right=right, bottom=bottom) for left, top, right, bottom in areas]

        def work(_: Job) -> str:
            case = self._services().redaction.redact(strand, Mark(mark), wanted, why, description=shows)
            return str(case.exhibits[-1].mark)

        self._pool.start(
            work, owner=page, done=lambda copy: self.made.emit(strand, copy, mark), failed=page.show_refused
        )
