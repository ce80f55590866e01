"""A picture of the screen as an exhibit: asked first, then the desk gives way, then it is sealed from memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dsl_desk.domain.case import Offered
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.exhibits import ExhibitService
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.review.exhibit_panel import CapturePanel
from dsl_desk.ui.review.screen import NO_PICTURE, GivingWay, Screen, is_picture, png_of
from dsl_desk.ui.review.seen import ReviewSeen, review_seen

NAME = "screen.png"
"""Under which a picture of a screen is kept: it says nothing of what is on it."""


class CaptureServices(Protocol):
    """What an open desk offers to a picture of the screen."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def exhibits(self) -> ExhibitService:
        """Material."""
        ...


class Capture(QObject):
    """Takes one picture at a time; a halt or a lock drops it before a byte is kept.

    Signals: `taken(ReviewSeen)` when it is sealed.
    """

    taken = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], CaptureServices], screen: Screen
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self.screen = window, pool, services, screen
        self._panel: CapturePanel | None = None
        self._offered: Offered | None = None
        self._job: Job | None = None
        self.strip: GivingWay | None = None
        window.halt.covered.connect(self.drop)
        window.locked.connect(self.drop)

    def ask(self, strand: StrandId, panel: CapturePanel, offered: Offered) -> None:
        """The questions are answered: may it come in at all? Nothing is looked at before."""
        self._panel, self._offered = panel, offered
        self._pool.start(
            lambda _: self._services().exhibits.may_come_in(strand, offered), owner=panel,
            done=lambda _: self._give_way(strand), failed=panel.show_refused,
        )  # fmt: skip

    def _give_way(self, strand: StrandId) -> None:
        """The window goes, a strip that counts and can halt stays."""
        if self._window.page is not self._panel or self._window.is_locked or self._window.halt.is_up:
            return
        self.strip = GivingWay(self._window)
        self.strip.due.connect(lambda: self._take(strand))
        self.strip.cancelled.connect(self._on_cancelled)
        self.strip.halt_requested.connect(self._window.halt_now)
        self.strip.start()
        self._window.hide()

    def _come_back(self) -> None:
        strip, self.strip = self.strip, None
        if strip is None:
            return
        strip.end()
        strip.deleteLater()
        self._window.show()
        self._window.activateWindow()

    def _on_cancelled(self) -> None:
        self._come_back()
        if self._panel is not None:
            self._panel.show_notice(self._panel.tr("No picture was taken."))

    def drop(self) -> None:
        """Halted or locked: no picture is taken, and one that was taken is forgotten unwritten."""
        self._offered = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._come_back()

    def _take(self, strand: StrandId) -> None:
        offered, panel, strip = self._offered, self._panel, self.strip
        if offered is None or panel is None or strip is None:
            return
        image = self.screen.grab(strip)
        self._come_back()
        if not is_picture(image):
            panel.show_refused(panel.tr(NO_PICTURE))
            return
        self._seal(strand, panel, offered, image)

    def _seal(self, strand: StrandId, panel: CapturePanel, offered: Offered, image: QImage) -> None:
        """From memory into the desk; it touches no disk before it is sealed, and is never shown."""
        panel.show_running(running=True)

        def work(_: Job) -> ReviewSeen:
            services = self._services()
            case = services.exhibits.capture(strand, offered, NAME, png_of(image))
            return review_seen(case, services.book.school(), services.book.now())

        def done(seen: ReviewSeen) -> None:
            self._job = None
            self.taken.emit(seen)

        def failed(words: str) -> None:
            self._job = None
            panel.show_refused(words)

        self._job = self._pool.start(
            work, owner=panel, done=done, failed=failed,
            cancelled=lambda: failed(panel.tr("Stopped. No picture was kept.")),
        )  # fmt: skip
