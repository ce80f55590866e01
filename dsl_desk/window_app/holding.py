"""Who must not be told yet, on every page about a case: read for whatever page comes while a case is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService, Held
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.case.held import audiences
from dsl_desk.ui.case.panel import CasePanel
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page, PageKind


class HoldBackOnPages(QObject):
    """Knows which case the pages are about; the window shows the list on each of them (`WindowFrame.set_held`)."""

    def __init__(self, window: MainWindow, pool: JobPool, book: Callable[[], CaseBook]) -> None:
        super().__init__(window)
        self._window, self._pool, self._book = window, pool, book
        self._strand: StrandId | None = None
        window.page_changed.connect(self._on_page)

    def about(self, strand: StrandId | None) -> None:
        """Pages are about this case from here on; None where they are about none."""
        if strand != self._strand:
            self._strand = strand
            self._window.set_held(())

    def _on_page(self, page: Page) -> None:
        """Another page: it shows the list as it was known, then as it stands; what a case's own pages read is new."""
        strand = self._strand
        if strand is None or not page.about_case or page.kind is PageKind.GATE or self._window.is_locked:
            return
        if isinstance(page, CasePanel | FormPanel):
            return

        def done(held: tuple[Held, ...]) -> None:
            if strand == self._strand and not self._window.is_locked:
                self._window.set_held(audiences(held))

        self._pool.start(
            lambda _: CasePlaceService(self._book()).held(strand), owner=self, done=done, failed=lambda _: None
        )  # a case that is not theirs to read any more has no page either
