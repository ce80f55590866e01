"""Joins the register of packs to its services: the list, another check of a folder, receipts and their scans."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from dsl_desk.services.packs import PackLine, PackRegister, is_that_pack
from dsl_desk.ui.handover.presenter import SCANS, ReceiptServices, Verify, record_receipt
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.packs.panel import PackPanel, PacksPanel
from dsl_desk.ui.page import Page
from dsl_desk.ui.widgets import NoticeKind, ask_file

P = TypeVar("P", bound=Page)


OTHER_PACK = "It is a whole pack, but not this one: its fingerprint is another. Look for the right medium."


class PacksPresenter(QObject):
    """The place of packs.

    Signals: `case_requested(strand)`, `case_known(strand)`: which case the pages are about, None for the register.
    """

    case_requested = Signal(object)
    case_known = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], ReceiptServices], verify: Verify
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._verify = window, pool, services, verify
        self._page: Page | None = None
        self._root = ""

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        page, self._page = self._page, None
        let_go(self._window, page)

    def open(self) -> None:
        """Every pack that this person may know of."""

        def work(_: Job) -> tuple[tuple[PackLine, ...], str]:
            register = PackRegister(self._services().book)
            return register.all(), register.root()

        self._pool.start(
            work, owner=self, done=lambda found: self._show_all(*found),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show(self, page: P) -> P:
        page.hide()
        old, self._page = self._page, page
        self._window.show_page(page)
        let_go(self._window, old)
        return page

    def _show_all(self, lines: tuple[PackLine, ...], root: str) -> None:
        self._root = root
        self.case_known.emit(None)
        page = self._show(PacksPanel(self._window))
        page.show_packs(lines)
        page.pack_requested.connect(self.show_pack)
        page.verify_requested.connect(lambda: self._ask_folder(page))

    def show_pack(self, line: PackLine) -> None:
        """One of them."""
        self.case_known.emit(line.strand)
        page = self._show(PackPanel(line, self._window))
        page.back_requested.connect(self.open)
        page.case_requested.connect(lambda: self.case_requested.emit(line.strand))
        page.verify_requested.connect(lambda: self._ask_folder(page, line))
        page.receipt_requested.connect(lambda by, reference: self._receipt(page, line, by, reference, None))
        page.scan_requested.connect(lambda by, reference: self._ask_scan(page, line, by, reference))
        page.lost_requested.connect(lambda reason: self._lost(page, line, reason))

    # -- another check

    def _ask_folder(self, page: PacksPanel | PackPanel, line: PackLine | None = None) -> None:
        ask_file(
            page, self.tr("Choose the folder of the pack"), folder=True,
            on_picked=lambda folder: self.check(page, folder, line),
        )  # fmt: skip

    def check(self, page: PacksPanel | PackPanel, folder: Path, line: PackLine | None = None) -> None:
        """Judge a pack by itself; one of the register must be that very pack."""
        page.show_notice(self.tr("Reading the pack. This can take minutes; you can go on meanwhile."), NoticeKind.PLAIN)
        root = self._root or None

        def work(job: Job) -> tuple[bool, list[str]]:
            verdict = self._verify(folder, root, job)
            if verdict.good and line is not None and not is_that_pack(folder, line):
                return False, [OTHER_PACK]
            return verdict.good, verdict.lines()

        def done(found: tuple[bool, list[str]]) -> None:
            page.show_notice("")
            page.show_verdict(good=found[0], lines=found[1])

        self._pool.start_aside(
            work, owner=page, done=done, failed=lambda words: page.show_notice(words, NoticeKind.WARN)
        )

    # -- receipts

    def _ask_scan(self, page: PackPanel, line: PackLine, by: str, reference: str) -> None:
        ask_file(
            page, self.tr("Choose the scan of the signed receipt"), filters=[self.tr(SCANS)],
            on_picked=lambda path: self._receipt(page, line, by, reference, path),
        )  # fmt: skip

    def _receipt(self, page: PackPanel, line: PackLine, by: str, reference: str, scan: Path | None) -> None:
        def work(job: Job) -> PackLine:
            services = self._services()
            record_receipt(services, line.strand, line.number, by=by, reference=reference, scan=scan, job=job)
            return PackRegister(services.book).one(line.strand, line.number)

        words = self.tr("The receipt is recorded.") if scan is None else self.tr("The signed receipt is attached.")
        self._pool.start(
            work, owner=page, done=lambda now: self._shown_again(now, words),
            failed=lambda said: page.show_notice(said, NoticeKind.WARN),
        )  # fmt: skip

    def _shown_again(self, line: PackLine, words: str) -> None:
        self.show_pack(line)
        self._window.tell(words)

    def _lost(self, page: PackPanel, line: PackLine, reason: str) -> None:
        def work(_: Job) -> PackLine:
            services = self._services()
            services.handover.lost(line.strand, line.number, reason)
            return PackRegister(services.book).one(line.strand, line.number)

        self._pool.start(
            work, owner=page, done=lambda now: self._shown_again(now, self.tr("Recorded as lost, with the reason.")),
            failed=lambda said: page.show_notice(said, NoticeKind.WARN),
        )  # fmt: skip
