"""Pages somebody writes on one after another: kept as a draft every few seconds, left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from dsl_desk.domain.moments import Moment
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.ui.concern.page import ConcernPage
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind

SAVE_EVERY_MS = 3000


class DraftServices(Protocol):
    """What an open desk offers to whatever is drafted."""

    @property
    def book(self) -> CaseBook:
        """Keeps what was typed."""
        ...


class DraftedPages(QObject):
    """One page after another with one draft behind them all."""

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], DraftServices], now: Callable[[], Moment],
        draft: str,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._pool, self._now, self._draft = window, pool, now, draft
        self._book: Callable[[], CaseBook] = lambda: services().book
        self._so_far, self._kept = SoFar(), Unfinished(page=draft)
        self._saved: dict[str, object] = {}
        self._page: ConcernPage | None = None
        self._busy, self._saving = False, False
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_EVERY_MS)
        self._timer.timeout.connect(self._save)
        window.locked.connect(self._save)

    @property
    def page(self) -> ConcernPage | None:
        """The page that is shown."""
        return self._page

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        self._timer.stop()
        page, self._page = self._page, None
        self._so_far, self._kept, self._saved = SoFar(), Unfinished(page=self._draft), {}
        self._busy, self._saving = False, False
        let_go(self._window, page)

    def _go_on(self, so_far: SoFar, kept: Unfinished) -> None:
        """Write on what was begun, or begin."""
        self._so_far, self._kept, self._saved = so_far, kept, so_far.as_words()
        self._show(so_far.page)
        self._timer.start()

    # -- what each kind of page says for itself

    def _show(self, key: str) -> None:
        """Show the page of this key."""
        raise NotImplementedError

    def _on_back(self) -> None:
        """Go to the page before."""
        raise NotImplementedError

    def _on_continue(self) -> None:
        """Go to the next page, where this one is sound."""
        raise NotImplementedError

    def _say_left(self) -> None:
        """Tell whoever waits that these pages were left."""
        raise NotImplementedError

    def _is_draft(self) -> bool:
        """Whether what is on the page now is still to be recorded."""
        return True

    # -- pages

    def _put(self, page: ConcernPage) -> None:
        old, self._page = self._page, page
        page.back_requested.connect(self._on_back)
        page.primary_requested.connect(self._on_continue)
        if page.later is not None:
            page.later.clicked.connect(self._on_later)
        if self._kept.time:
            page.set_foot(self.tr("Draft saved {time}.").format(time=self._kept.time))
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()

    def _on_later(self) -> None:
        if self._page is not None:
            self._page.collect(self._so_far)
        self._save()
        self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        page, self._page = self._page, None
        self._say_left()
        let_go(self._window, page)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        if self._page is not None:
            self._page.set_busy(busy)

    def _refused(self, words: str) -> None:
        """It was not recorded: what stands on the page is a draft again."""
        self._set_busy(busy=False)
        if self._page is not None and self._is_draft():
            self._timer.start()
        self._window.tell(words, NoticeKind.WARN)

    # -- the draft

    def _save(self) -> None:
        """Keep a draft of whatever was typed since the last time; never more than one at work."""
        if self._page is None or self._saving or not self._timer.isActive() or not self._is_draft():
            return
        self._page.collect(self._so_far)
        words = self._so_far.as_words()
        if words == self._saved or words == SoFar().as_words():
            return
        begun = Unfinished(page=self._kept.page, strand=self._kept.strand, words=words, draft=self._kept.draft)
        self._saving, self._saved = True, words
        self._pool.start(
            lambda _: DraftService(self._book()).save(begun), owner=self, done=self._on_saved,
            failed=self._on_not_saved, urgent=True,
        )  # fmt: skip

    def _on_saved(self, kept: Unfinished) -> None:
        self._saving = False
        self._kept = kept
        if self._page is not None:
            self._page.set_foot(self.tr("Draft saved {time}.").format(time=kept.time))

    def _on_not_saved(self, _: str) -> None:
        self._saving, self._saved = False, {}
