"""Joins the pages of restricted records to their service."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.services.readers import MayRead, ReadersSeen, RecordSeen, WaitingReader
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.settings.readers_pages import ComparePage, KeepToPage, ReadersPage
from dsl_desk.ui.settings.shelf import Shelf


class ReadersPresenter(QObject):
    """Who reads restricted records, and whose new key waits.

    Signals: `shut_out` where a case is not this person's to read any more: no page is about it then, and no stop of it.
    """

    shut_out = Signal()

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index
        self._back = self.tr("Restricted records")

    def open(self, row: str = "", told: str = "") -> None:
        """Every restricted record of whoever is signed in."""
        self._shelf.ask(lambda services: services.readers.see(), lambda seen: self._show(seen, row, told))

    def _show(self, seen: ReadersSeen, row: str, told: str) -> None:
        page = ReadersPage(seen, self.tr("Settings"), self._shelf.window)
        waiting = {f"key:{one.account}": one for one in seen.waiting}
        cases = {str(record.strand) for record in seen.records if record.is_case}

        def opened(key: str) -> None:
            if key in waiting:
                self._compare(waiting[key])
            elif key in cases:
                self.open_case(StrandId(key), lambda words: self.open(key, words))
            else:
                page.show_notice(self.tr("Who reads a register follows from the posts: see Who holds which post."))

        page.row_requested.connect(opened)
        self._shelf.show(page, lambda: self._index("readers"), row=row)
        if told:
            page.show_notice(told)

    def _compare(self, one: WaitingReader) -> None:
        page = ComparePage(one, self._back, self._shelf.window)

        def done(count: int) -> None:
            words = self.tr("{name} reads {n} more now. It is on record in your name.")
            self.open("", words.format(name=one.name, n=count))

        page.told.connect(
            lambda account, typed: self._shelf.keep(
                page, lambda services: services.readers.compared(AccountId(account), typed), done
            )
        )
        self._shelf.show(page, lambda: self.open(f"key:{one.account}"))

    def open_case(self, strand: StrandId, back: Callable[[str], object]) -> None:
        """Who reads one case, from the list or from the case itself; `back` is told what was kept, if anything was."""
        self._shelf.ask(
            lambda services: (services.readers.one(strand), services.readers.may_read(strand)),
            lambda found: self._show_case(strand, found[0], found[1], back),
        )

    def _show_case(
        self, strand: StrandId, record: RecordSeen, may: tuple[MayRead, ...], back: Callable[[str], object]
    ) -> None:
        page = KeepToPage(record, may, self.tr("Back"), self._shelf.window)

        def done(_: object) -> None:
            page.forget()
            if page.leaves_me_out:
                self.shut_out.emit()
                self.open("", self.tr("Kept. You read it no more."))
            else:
                back(self.tr("Kept. Only these read it from now on. Make a backup."))

        def keep(accounts: tuple[str, ...], me: Typed) -> None:
            chosen = tuple(AccountId(account) for account in accounts)
            self._shelf.keep(page, lambda services: services.readers.keep_to(strand, chosen, me), done)

        page.told.connect(keep)
        self._shelf.show(page, lambda: back(""))
