"""The stop: in memory at once, then on record, also on a full disk (flows section 3, design section 7)."""

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import Halted, TriageAnswered
from dsl_desk.domain.words import BlobId, Grade, StrandId
from dsl_desk.services.case_book import CaseBook, after


class HaltService:
    """Stops a case for any one signed-in person; nothing has to be typed first."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def stop(self, strand: StrandId, grade: Grade, *, where: str = "", last_item: str = "", reason: str = "") -> Case:
        """Stop now; the effect waits for nothing, the entry for one chunk of running work at most."""
        self._book.switch.stop(strand, Grade.STOP_IMAGES if grade is Grade.OPEN else grade)
        case = self._book.load(strand)
        return self.write(
            strand, case.halt(self._book.me(), grade, reason=reason, where=where, last_item=last_item), case
        )

    def write(self, strand: StrandId, halted: Halted | TriageAnswered, case: Case | None = None) -> Case:
        """Put a stop (pressed, or answered) on record; where pictures are feared every exhibit is shut away with it.

        Raises StoreError where even the kept reserve of disk did not suffice; the
        stop stands in memory all the same and the desk cannot be unlocked onward
        before its entry is written.
        """
        self._book.switch.stop(strand, halted.grade)
        case = case or self._book.load(strand)
        shut: tuple[BlobId, ...] = ()
        if halted.grade is Grade.STOP_IMAGES:
            shut = tuple(exhibit.blob for exhibit in case.exhibits if exhibit.is_held)
        kept = self._book.desk.write_halt(strand, halted, self._book.now(), shut)
        stopped = after(case, (kept,))
        if stopped.laptop_stopped:
            self._book.switch.stop_laptop(strand)
        return stopped

    def add_reason(self, strand: StrandId, halt: int, reason: str, *, police_reference: str = "") -> Case:
        """Why it was stopped, afterwards and without haste."""
        return self._book.record(
            strand, lambda case, me: case.add_halt_reason(me, halt, reason, police_reference=police_reference)
        )
