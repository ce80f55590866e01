"""Records whose time is over, in Settings: found between other work, each disposed of by two."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import StrandId
from dsl_desk.services.certificates import Kept
from dsl_desk.services.disposing import Over
from dsl_desk.ui.case.destroy import DestroyPresenter
from dsl_desk.ui.jobs import Job
from dsl_desk.ui.settings.page import SettingsPlace
from dsl_desk.ui.settings.shelf import Shelf
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Notice, NoticeKind, ProgressBar

CERTIFICATE = "certificate:"
"""Before the id of a certificate, in the key of its row."""


class DisposalPage(SettingsPlace):
    """Closed cases that nothing asks to keep. A row is a case.

    Signals: `row_requested(strand, or a certificate)`, `left` when it is not in sight any more: behind a lock, a stop,
    another page.
    """

    help_topic = "disposal"
    left = Signal()

    def __init__(self, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Records to dispose of"),
            hint=self.tr("Closed cases whose time is over. Nothing goes by itself: two people decide, one by one."),
            back=back,
            parent=parent,
        )
        self.bar = ProgressBar(self.tr("Looking through closed cases"))
        self.add(self.bar, space=Space.S)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves waits for nothing; a window that is made small is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    def show_ended(self) -> None:
        """It was left before everything was looked through."""
        self.bar.hide()
        words = self.tr("The looking ended when you left this page. Open it again to look through closed cases.")
        self.show_notice(words, NoticeKind.PLAIN)

    def show_part(self, done: int, total: int) -> None:
        """How far the looking is."""
        self.bar.show_part(done, total)

    def show_certificates(self, waiting: tuple[Kept, ...]) -> None:
        """What was destroyed and is not proved on paper yet."""
        if waiting:
            self.add_heading(self.tr("Certificates to sign"))
        for kept in waiting:
            words = self.tr("Destroyed {when}. Print it twice, and both sign.").format(when=kept.certificate.done_at)
            self.add_row(f"{CERTIFICATE}{kept.id}", "signature", kept.item, words, role=Colour.WAIT)
        if waiting:
            self.add_heading(self.tr("Records whose time is over"))

    def show_found(self, found: tuple[Over, ...]) -> None:
        """Show what may go."""
        self.bar.hide()
        for one in found:
            self.add_row(one.strand, "folder", one.reference, one.words, role=Colour.TEXT2)
        if not found:
            words = self.tr("There is none. A record is kept until its day, and longer while it is held.")
            self.add(Notice(words, kind=NoticeKind.OK), space=Space.S)


class DisposalPresenter(QObject):
    """Looks for records whose time is over, and leads to disposing of one."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index
        self.destroy = DestroyPresenter(shelf.window, shelf.pool, shelf.services, shelf.papers)

    def start_anew(self) -> None:
        """Somebody else is signed in."""
        self.destroy.start_anew()

    def open(self) -> None:
        """Look through closed cases, between other work."""
        page = DisposalPage(self.tr("Settings"), self._shelf.window)
        page.row_requested.connect(self._on_row)
        self._shelf.show(page, lambda: self._index("disposal"))
        self._shelf.pool.start(
            lambda _: self._shelf.services().destroying.certificates.waiting(), owner=page,
            done=lambda waiting: self._look(page, waiting),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )  # fmt: skip

    def _on_row(self, key: str) -> None:
        if key.startswith(CERTIFICATE):
            self.destroy.open_certificate(key.removeprefix(CERTIFICATE), self.open)
        else:
            self.destroy.open_record(StrandId(key), self.open)

    def _look(self, page: DisposalPage, waiting: tuple[Kept, ...]) -> None:
        page.show_certificates(waiting)
        if not page.isVisible():  # locked or left meanwhile: nothing is begun behind it
            page.show_ended()
            return

        def work(job: Job) -> tuple[Over, ...]:
            return self._shelf.services().disposing.over(job)

        job = self._shelf.pool.start(
            work, owner=page, done=page.show_found, progressed=page.show_part, cancelled=page.show_ended,
            failed=lambda words: page.show_notice(words, NoticeKind.WARN), long=True,
        )  # fmt: skip
        page.left.connect(job.cancel)  # the desk does not stay open behind a lock for it
