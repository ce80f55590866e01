"""Papers of a register: none is given out before the register's strand says who printed it, and when."""

from collections.abc import Iterable
from typing import Final

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.follow_up_entries import Printed
from dsl_desk.domain.payload import EntryData, Payload
from dsl_desk.domain.words import StrandId
from dsl_desk.exports.papers import Paper
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.services.register_desk import RegisterDesk

_REGISTER: Final = "Register"
"""What a paper of any of them is filed under; its title says which."""


class RegisterPrints:
    """Sets the papers of registers and notes each as printed (`printed`, as in a case)."""

    def __init__(self, book: CaseBook, desk: RegisterDesk, printing: PrintingService) -> None:
        self._book, self._desk, self._printing = book, desk, printing

    def print(self, register: str, paper: Paper, item: str = "") -> Page:
        """Set it, note it, then give it out; a register that was never begun has nothing to note.

        Raises StoreError where it cannot be noted: a paper without its entry does not exist.
        """
        head = self._book.desk.head().digest
        page = self._printing.desk_paper(f"{register}.pdf", paper, _REGISTER)
        noted = Printed(paper=_named(register, item), head=head, sha256=sha256_hex(page.pdf))
        for strand in self._holding(register, item):
            self._book.desk.write(strand, noted, at=self._book.now())
        return page

    def _holding(self, register: str, item: str) -> Iterable[StrandId]:
        """Every strand that the paper tells of."""
        for strand in self._desk.register_strands(register):
            if not item or any(item == getattr(data, "item", "") for data in map(_said, self._desk.records(strand))):
                yield strand

    def of(self, register: str, item: str) -> tuple[tuple[int, Payload], ...]:
        """Every print of one item, alone on its paper: its place in the record, and who and when."""
        rows = (row for strand in self._desk.register_strands(register) for row in self._desk.records(strand))
        name = _named(register, item)
        return tuple((row.seq, row.payload) for row in rows if row.payload is not None and _is_print(row, name))


def _named(register: str, item: str) -> str:
    return f"{register}/{item}" if item else register


def _is_print(row: Recorded, name: str) -> bool:
    data = _said(row)
    return isinstance(data, Printed) and data.paper == name


def _said(row: Recorded) -> EntryData | None:
    return row.payload.data if row.payload is not None else None
