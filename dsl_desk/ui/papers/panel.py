"""A paper as it prints, in the window; the desk's own print page, which the halt reaches."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Dropdown, Field, NoticeKind, Text
from dsl_desk.ui.widgets.scrolled import told_plainly

if TYPE_CHECKING:
    PaperArea = QPdfView
else:
    PaperArea = told_plainly(QPdfView)


class _Sheet(QWidget):
    """The preview takes all the room there is; what one may do stands beside it, or below in a narrow window."""

    def __init__(self, view: QWidget, side: QWidget) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.XL)
        self._box.addWidget(view, 3)
        self._box.addWidget(side, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < 700
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


class _PaperView(PaperArea):
    """The paper on a quiet ground, which is the palette's own also after it was switched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new palette's ground."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        ground = palette.color(QPalette.ColorRole.AlternateBase)
        if palette.color(QPalette.ColorRole.Dark) != ground:
            palette.setColor(QPalette.ColorRole.Dark, ground)
            self.setPalette(palette)


class PaperPanel(Page):
    """One paper: preview, printer, save.

    Signals: `print_requested(printer name, copies)`, `save_requested`.
    """

    help_topic = "printing"

    print_requested = Signal(str, int)
    save_requested = Signal()

    def __init__(
        self, title: str, pdf: bytes, *, back: str, printers: list[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(PageKind.ASSISTANT, title, back=back, width=1270, parent=parent)
        self.was_taken = False
        """Whether it was saved from here, or sent to a printer."""
        self._bytes = QBuffer(self)
        self._bytes.setData(QByteArray(pdf))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._bytes)
        pages = self.document.pageCount()
        self.view = self._make_view(title)
        self.add(_Sheet(self.view, self._make_side(pages, printers)), space=0, stretch=1)

    def _make_view(self, title: str) -> QPdfView:
        view = _PaperView(self)
        view.setDocument(self.document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("Preview of: {title}").format(title=title))
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setMinimumHeight(320)
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return view

    def _make_side(self, pages: int, printers: list[str]) -> QWidget:
        side, column = QWidget(), QVBoxLayout()
        side.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        one, many = self.tr("1 page"), self.tr("{n} pages").format(n=pages)
        column.addWidget(Text(one if pages == 1 else many, Look.STRONG))
        self.printer: Dropdown | None = None
        if printers:
            self.printer = Dropdown([(name, name) for name in printers])
            column.addWidget(Field(self.tr("P&rinter"), self.printer))
            self.copies = Dropdown([(str(n), str(n)) for n in range(1, 5)])
            column.addWidget(Field(self.tr("&Copies"), self.copies))
            self.set_primary(self.tr("&Print"), icon="printer")
            self.primary_requested.connect(self._on_print)
            self.save = self.add_action(self.tr("&Save as PDF…"), icon="file-text")
            self.save.clicked.connect(self.save_requested)
        else:
            words = self.tr("No printer is set up on this laptop. Save the paper on a stick and print it elsewhere.")
            column.addWidget(Text(words, role=Role.TEXT2))
            self.save = self.set_primary(self.tr("&Save as PDF…"), icon="file-text")
            self.primary_requested.connect(self.save_requested)
        column.addStretch(1)
        return side

    def _on_print(self) -> None:
        if self.printer is not None:
            self.was_taken = True
            self.print_requested.emit(self.printer.key, int(self.copies.key or "1"))

    def show_saved(self, name: str) -> None:
        """Say where it went; never the whole path."""
        self.was_taken = True
        self.show_notice(self.tr("Saved as {name}. It is a plain file now: anybody can open it.").format(name=name))

    def show_refused(self, words: str) -> None:
        """Say why not."""
        self.show_notice(words, NoticeKind.WARN)
