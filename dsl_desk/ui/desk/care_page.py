"""Check everything, and back up: long work with its progress, which can be stopped, and one sentence at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.care import CareService
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.widgets import ProgressBar, Text, Verdict, ask_file

MOST_SHOWN = 12


class CareServices(Protocol):
    """What an open desk offers for its own care."""

    @property
    def care(self) -> CareService:
        """Checks and backups."""
        ...


class CarePage(Page):
    """One long piece of work on the desk as a whole.

    Signals: `stop_requested`, `home_requested`.
    """

    help_topic = "check-everything"

    stop_requested = Signal()
    home_requested = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(PageKind.ASSISTANT, title, hint=hint, width=640, parent=parent)
        self.bar = ProgressBar(title)
        self.said = Text(self.tr("Working…"), role=Role.TEXT2)
        self.add(self.bar)
        self.add(self.said, space=Space.S)
        self.stop = self.add_action(self.tr("&Stop"))
        self.home = self.add_action(self.tr("Go to &Home"))
        self.home.hide()
        self.stop.clicked.connect(self.stop_requested)
        self.home.clicked.connect(self.home_requested)
        self.verdict: Verdict | None = None

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.show_part(done, total)

    def show_end(self, ok: bool, title: str, words: str, lines: tuple[str, ...] = ()) -> None:
        """Say how it ended, in one sentence and what follows from it."""
        self.bar.hide()
        self.said.hide()
        self.stop.hide()
        self.verdict = Verdict(ok, title, words)
        self.add(self.verdict, space=0)
        for line in lines[:MOST_SHOWN]:
            self.add(Text(line), space=Space.S)
        self.home.show()
        self.home.setFocus()


class CarePresenter(QObject):
    """Runs checks and backups. Signals: `left` back to Home."""

    left = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], CareServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._page: CarePage | None = None

    def check(self) -> None:
        """Check everything."""
        page = self._show(
            self.tr("Check everything"), self.tr("Every record, signature and sealed file is read and compared.")
        )

        def work(job: Job) -> tuple[bool, int, tuple[str, ...]]:
            checkup = self._services().care.check(job)
            findings = tuple(str(finding) for finding in checkup.report.findings)
            return checkup.is_good, checkup.report.blobs, findings

        def done(found: tuple[bool, int, tuple[str, ...]]) -> None:
            good, _, findings = found
            if good:
                page.show_end(True, self.tr("Everything is as it should be"), self.tr("No fault was found."))
            else:
                words = self.tr("Keep a copy of the desk’s folder as it is, and ring for help. Nothing was changed.")
                page.show_end(False, self.tr("Something is not as it should be"), words, findings)

        self._run(page, work, done)

    def ask_backup(self) -> None:
        """Choose a stick, then back up to it."""
        parent = self._window.page
        if parent is not None:
            ask_file(parent, self.tr("Folder on the backup stick"), folder=True, on_picked=self.back_up)

    def back_up(self, medium: Path) -> None:
        """Back up to a folder on a medium."""
        page = self._show(
            self.tr("Back up"), self.tr("Written to the stick, read back, and verified by a fresh process.")
        )

        def done(left_out: tuple[int, int]) -> None:
            words = [self.tr("It was read back and verified. Lock the stick away."), *self._left_out(*left_out)]
            page.show_end(True, self.tr("The backup is finished"), " ".join(words))

        def work(job: Job) -> tuple[int, int]:
            written = self._services().care.backup(medium, medium.name, job)
            return len(set(written.left_out) - set(written.damaged)), len(written.damaged)

        self._run(page, work, done)

    def _left_out(self, shut_away: int, damaged: int) -> Iterator[str]:
        """What is not on the stick, and why."""
        if shut_away == 1:
            yield self.tr("1 sealed file was left out: it is shut away.")
        elif shut_away:
            yield self.tr("{n} sealed files were left out: they are shut away.").format(n=shut_away)
        if damaged == 1:
            yield self.tr("1 sealed file was left out: it is damaged. Check everything names it.")
        elif damaged:
            yield self.tr("{n} sealed files were left out: they are damaged. Check everything names them.").format(
                n=damaged
            )

    def _show(self, title: str, hint: str) -> CarePage:
        old, self._page = self._page, CarePage(title, hint, self._window)
        self._page.home_requested.connect(self.left)
        self._window.show_page(self._page)
        if old is not None:
            old.deleteLater()
        return self._page

    def _run(self, page: CarePage, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        stopped = self.tr("Stopped as you asked")
        job = self._pool.start(
            work,
            owner=page,
            done=done,
            failed=lambda words: page.show_end(False, self.tr("This could not be finished"), words),
            cancelled=lambda: page.show_end(False, stopped, self.tr("Nothing half-finished was kept.")),
            progressed=page.show_progress,
            long=True,
        )
        page.stop_requested.connect(job.cancel)
