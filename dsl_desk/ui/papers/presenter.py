"""Shows a paper, saves it, prints it page by page so that a stop ends it at the next page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.saving import save_papers
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.widgets import ask_file

DPI = 300


class Printing(QObject):
    """Prints a document one page at a time, between which the window lives and a stop is heard."""

    def __init__(
        self, printer: QPrinter, document: QPdfDocument, done: Callable[[bool], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._printer, self._document, self._done = printer, document, done
        self._painter = QPainter()
        self._page, self.stopped = 0, False

    def start(self) -> None:
        """Begin; `done(False)` is told where the printer does not answer."""
        if not self._painter.begin(self._printer):
            self._done(False)
            return
        self._next()

    def stop(self) -> None:
        """End it now: what is not printed is not sent."""
        if self._painter.isActive():
            self.stopped = True
            self._printer.abort()
            self._painter.end()

    def _next(self) -> None:
        if self.stopped:
            return
        room = self._printer.pageRect(QPrinter.Unit.DevicePixel).toRect()
        size = self._document.pagePointSize(self._page)
        scale = self._printer.resolution() / 72
        wanted = QSize(round(size.width() * scale), round(size.height() * scale)).boundedTo(QSize(5000, 7100))
        image = self._document.render(self._page, wanted)
        self._painter.drawImage(QRect(0, 0, room.width(), room.height()), image)
        self._page += 1
        if self._page < self._document.pageCount():
            self._printer.newPage()
            QTimer.singleShot(0, self, self._next)
        else:
            self._painter.end()
            self._done(True)


class PapersPresenter(QObject):
    """Joins a paper to the window, from wherever it was asked for."""

    def __init__(self, window: MainWindow, pool: JobPool) -> None:
        super().__init__(window)
        self._window, self._pool = window, pool
        self.page: PaperPanel | None = None
        self._printing: Printing | None = None
        window.halt.covered.connect(self.drop)
        window.locked.connect(self._stop_printing)

    def start_anew(self) -> None:
        """Somebody else is signed in: the paper that the one before looked at goes."""
        self._stop_printing()
        page, self.page = self.page, None
        let_go(self._window, page)

    def show(self, paper: Paper, *, title: str, back: str, on_back: Callable[[], object]) -> PaperPanel:
        """Show a paper; Back goes where `on_back` leads."""
        old = self.page
        page = PaperPanel(
            title, paper.pdf, back=back, printers=QPrinterInfo.availablePrinterNames(), parent=self._window
        )
        page.hide()
        page.back_requested.connect(on_back)
        page.save_requested.connect(lambda: self._ask_where(page, paper))
        page.print_requested.connect(lambda name, copies: self._print(page, name, copies))
        self.page = page
        self._window.show_page(page)
        if old is not None:
            old.deleteLater()
        return page

    def drop(self) -> None:
        """A stop was pressed: nothing more goes to the printer."""
        self._stop_printing()

    def _stop_printing(self) -> None:
        if self._printing is not None:
            self._printing.stop()
            self._printing = None

    def _ask_where(self, page: Page, paper: Paper) -> None:
        ask_file(
            page, self.tr("Choose the folder for this paper"), folder=True,
            on_picked=lambda folder: self._save(folder, paper),
        )  # fmt: skip

    def _save(self, folder: Path, paper: Paper) -> None:
        page = self.page
        if page is None:
            return
        self._pool.start(
            lambda _: save_papers(folder, [paper]),
            owner=page,
            done=lambda names: page.show_saved(names[0]),
            failed=page.show_refused,
        )

    def _print(self, page: PaperPanel, name: str, copies: int) -> None:
        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DPI)
        printer.setFullPage(True)
        printer.setCopyCount(copies)
        printer.setDocName("DSL Desk")  # never the case: the print queue can be read by others

        def done(good: bool) -> None:
            self._printing = None
            if good:
                page.show_notice(self.tr("Sent to the printer. Fetch it at once."))
            else:
                page.show_refused(self.tr("The printer does not answer. Nothing was printed; save the paper instead."))

        self._stop_printing()
        self._printing = Printing(printer, page.document, done, page)
        self._printing.start()
