"""What is typed on a page of a register is kept every few seconds, sealed, until it is recorded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from dsl_desk.services.drafts import Unfinished
from dsl_desk.services.registers import RegisterService
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.registers.forms import RegisterForm

SAVE_EVERY_MS = 3000


class BegunForm(QObject):
    """The page of a register that is being filled in; it outlives the page, so that leaving it keeps the last words."""

    def __init__(self, window: MainWindow, pool: JobPool, service: Callable[[], RegisterService]) -> None:
        super().__init__(window)
        self._pool, self._service = pool, service
        self._page: RegisterForm | None = None
        self._saved: dict[str, object] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_EVERY_MS)
        self._timer.timeout.connect(self._save)
        window.locked.connect(self._save)

    def watch(self, page: RegisterForm, kept: Unfinished | None) -> None:
        """This page is being filled in from here on; what was begun on it before is there again."""
        self._page, self._saved = page, {}
        if kept is not None:
            page.show_words(kept.words)
            self._saved = dict(page.typed())
            page.show_notice(self.tr("You were writing this at {time}. It is as you left it.").format(time=kept.time))
        self._timer.start()

    def leave(self) -> None:
        """Another page comes: keep what was typed last."""
        self._save()
        self.start_anew()

    def start_anew(self) -> None:
        """Nothing is being filled in; what was typed since it was last kept is not kept any more."""
        self._timer.stop()
        self._page, self._saved = None, {}

    def _save(self) -> None:
        """Keep what was typed since the last time; never while it is being recorded."""
        page = self._page
        if page is None or page.recorded or (page.primary is not None and not page.primary.isEnabled()):
            return
        words: dict[str, object] = dict(page.typed())
        if words == self._saved:
            return
        self._saved, register, key = words, page.register, page.kept_as
        self._pool.start(
            lambda _: self._service().drafts.save(register, key, words), owner=self,
            done=lambda kept: self._on_saved(page, kept), failed=self._on_not_saved, urgent=True,
        )  # fmt: skip

    def _on_saved(self, page: RegisterForm, kept: Unfinished) -> None:
        if page is self._page:
            page.set_foot(self.tr("Draft saved {time}.").format(time=kept.time) if kept.time else "")

    def _on_not_saved(self, _: str) -> None:
        self._saved = {}
