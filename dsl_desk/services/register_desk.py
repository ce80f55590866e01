"""What registers ask of the store."""

from collections.abc import Sequence
from typing import Protocol

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, CaseRef, StrandId
from dsl_desk.services.case_book import CaseBook


class RegisterDesk(Protocol):
    """What the services of registers ask of the store."""

    def begin_register(self, name: str, at: Moment, readers: Sequence[AccountId] | None = None) -> StrandId:
        """Begin a register of that name, or give the one there is."""
        ...

    def register(self, name: str) -> tuple[Recorded, ...]:
        """The rows of a register, empty where it was never begun."""
        ...

    def register_strands(self, name: str) -> tuple[StrandId, ...]:
        """Where a register is kept, as far as this person reads it."""
        ...

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """Every entry of one strand."""
        ...


def case_called(book: CaseBook, reference: str) -> StrandId | None:
    """The case that a line of a register names, where this person may read it; to others there is none."""
    strand = book.desk.find(CaseRef(reference.strip()))
    try:
        return strand if strand is not None and book.load(strand).ref == reference.strip() else None
    except NotReadableError:
        return None
