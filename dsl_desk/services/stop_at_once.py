"""The stop as the window asks for it: of the case that is open, or of one that the stop itself begins (flows 3)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from dsl_desk.domain.case import Case
from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.policy_values import Wording
from dsl_desk.domain.words import CaseRef, Grade, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.services.concern import ConcernService
from dsl_desk.services.halt import HaltService
from dsl_desk.services.printing import PrintingService
from dsl_desk.store.values import CaseQuery

_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StopKept:
    """A stop that is on record."""

    strand: StrandId
    reference: CaseRef
    stays: bool
    """Looking was done on this laptop: it shows the stop page and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCard:
    """What the stop page says in this school, and whom to ring."""

    wording: Wording | None
    """None before a profile is chosen; the page then has words of its own."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    laptop_stopped: bool = False
    """This laptop is stopped already, from before it was locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopStops:
    """What stopped this very laptop."""

    me: str
    cases: tuple[tuple[StrandId, str, str], ...]
    """Strand, reference, and since when, of those this person can read."""
    unseen: bool
    """Whether a case that this person cannot read stopped it too."""


class StopAtOnceService:
    """Writes a stop that the screen shows already."""

    def __init__(self, book: CaseBook, halt: HaltService, concern: ConcernService, printing: PrintingService) -> None:
        self._book, self._halt, self._concern, self._printing = book, halt, concern, printing

    def stop(self, strand: StrandId | None, grade: Grade, *, where: str = "") -> StopKept:
        """Stop that case, or begin one by the stop; raises StoreError, and the stop stands in memory all the same.

        Where the case is not theirs to read (any more) the stop has a record of its own: it is never refused for that.
        """
        if strand is not None:
            with suppress(NotReadableError):
                case = self._halt.stop(strand, grade, where=where)
                return StopKept(strand=strand, reference=CaseRef(case.ref), stays=case.laptop_stopped)
        begun = self._concern.begin_by_halt(grade, where=where)
        return StopKept(strand=begun.strand, reference=begun.reference, stays=False)

    def card(self) -> StopCard:
        """What to show when a stop comes."""
        profile = self._book.school().profile
        return StopCard(
            wording=profile.wording if profile else None,
            numbers=self._printing.contacts(),
            laptop_stopped=self._book.switch.is_laptop_stopped,
        )

    def laptop_stops(self) -> LaptopStops:
        """Which cases stopped this very laptop, as far as this person can read them."""
        book = self._book
        page = book.desk.cases(CaseQuery(grades=(Grade.POLICE_FIRST.value, Grade.STOP_IMAGES.value), limit=_MOST))
        found = []
        for row in (*page.restricted, *page.rows):
            try:
                case = book.load(row.strand)
            except NotReadableError:
                continue
            if case.laptop_stopped:
                found.append((row.strand, case.ref, _since(case)))
        return LaptopStops(me=book.me().name, cases=tuple(found), unseen=book.desk.laptop_stops > len(found))


def _since(case: Case) -> str:
    """When the case was stopped last, in words."""
    at = max((ground.at for ground in case.grounds), default=0)
    entry = case.entry_at(at)
    return f"Stopped {local_words(entry.payload.at_local)}" if entry and entry.payload else "Stopped"
