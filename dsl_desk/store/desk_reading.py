"""What may be read of an open desk: who works here, its cases and registers, their content. Nothing here writes."""

from collections.abc import Iterator, Sequence

from dsl_desk.domain.case import Case, Recorded
from dsl_desk.domain.desk_entries import DeskCreated, ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import DamagedError, StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.words import AccountId, BlobId, CaseRef, DeskId, PersonId, StrandId
from dsl_desk.signatures import Certificate
from dsl_desk.store.blobs import Blobs
from dsl_desk.store.drafts import Drafts
from dsl_desk.store.exporting import export_strand
from dsl_desk.store.index_values import register_names, restricted_row
from dsl_desk.store.laptop_stops import LaptopStops
from dsl_desk.store.records import Records
from dsl_desk.store.records_reading import RestrictedSeen
from dsl_desk.store.restricting import Readership, Restricting
from dsl_desk.store.unlocked import Unlocked
from dsl_desk.store.values import Account, CasePage, CaseQuery, CaseRow, Draft, Hit, Link, StrandExport


class DeskReading:
    """An open desk as its reader sees it; writing stands in `OpenDesk`."""

    def __init__(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        self.kept = Records(unlocked)
        self._blobs = Blobs(self.kept)
        self._drafts = Drafts(self.kept)
        self.restricting = Restricting(self.kept, self._blobs, self._drafts)
        self._laptop_stops = LaptopStops(self.kept)

    @property
    def desk_id(self) -> DeskId:
        """The desk's identifier."""
        return self.unlocked.desk

    @property
    def desk_strand(self) -> StrandId:
        """The desk's own strand."""
        return self.kept.desk_strand

    @property
    def branch(self) -> str:
        """Which line of this desk's history this is."""
        return self.kept.branch

    @property
    def school(self) -> str:
        """The school's name, as the desk was begun with."""
        return self._created.school

    @property
    def rehearsal(self) -> bool:
        """Whether this desk is for practice; everything it prints says so."""
        return self._created.rehearsal

    @property
    def _created(self) -> DeskCreated:
        created = self.kept.register.created
        if created is None:
            raise DamagedError
        return created

    @property
    def root(self) -> Certificate:
        """The school's root certificate."""
        root = self.kept.register.root
        if root is None:
            raise DamagedError
        return root

    @property
    def me(self) -> Account:
        """Who is signed in; raises StoreError where two codes opened the desk."""
        account = self.kept.register.account(self.unlocked.account)
        if account is None:
            raise StoreError("Nobody is signed in by name: the desk was opened with two recovery codes.")
        return account

    def accounts(self) -> tuple[Account, ...]:
        """Everybody who was ever issued a certificate here, each with the one that counts now."""
        return self.kept.register.accounts()

    def head(self) -> Head:
        """Number and digest of the desk's last entry."""
        return self.kept.head()

    @property
    def laptop_stops(self) -> int:
        """How many cases stopped this very laptop, also those this person cannot read; says nothing of which."""
        return self._laptop_stops.number

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """All entries of a strand in order; raises NotReadableError where it is not this person's to read."""
        return self.kept.recorded(strand)

    def case(self, strand: StrandId) -> Case:
        """A case as its journal tells it."""
        return self.kept.case(strand)

    def register(self, name: str) -> tuple[Recorded, ...]:
        """The rows of a register, empty where it was never begun."""
        rows = (row for strand in self.register_strands(name) for row in self.records(strand) if _is_item(row))
        return tuple(sorted(rows, key=lambda row: row.seq))

    def register_strands(self, name: str) -> tuple[StrandId, ...]:
        """Where a register is kept: a restricted one in several where two began it before they read each other's."""
        found = self.kept.index.register(name)
        return (found,) if found is not None else self._restricted_seen().registers.get(name, ())

    def find(self, reference: CaseRef) -> StrandId | None:
        """The case of that reference among those this person can read (twins are told apart by their strand)."""
        found = self.kept.index.find(reference)
        for row in () if found else self.restricted_cases():
            if row.reference == reference:
                return row.strand
        return found[0] if found else None

    def cases(self, query: CaseQuery) -> CasePage:
        """A page of the list of cases; restricted ones this person reads stand apart."""
        return self.kept.index.cases(query, self.restricted_cases())

    def restricted_cases(self) -> tuple[CaseRow, ...]:
        """Restricted cases this person can read, made from their journals at this moment."""
        return self._restricted_seen().cases

    def _restricted_seen(self) -> RestrictedSeen:
        """What restricted strands this person reads, gone through once for each state of the records."""
        changes, known = self.kept.database.changes, self.kept.restricted_seen
        if known is None or known.changes != changes:
            cases: list[CaseRow] = []
            registers: dict[str, tuple[StrandId, ...]] = {}
            for strand in self.restricting.readable():
                case = self.case(strand)
                if (row := restricted_row(strand, case)) is not None:
                    cases.append(row)
                for name in register_names(case):
                    registers[name] = (*registers.get(name, ()), strand)
            known = self.kept.restricted_seen = RestrictedSeen(changes=changes, cases=tuple(cases), registers=registers)
        return known

    def waiting_kinds(self) -> tuple[str, ...]:
        """Every kind of thing that waits in an ordinary case."""
        return self.kept.index.waiting.kinds()

    def waiting_cases(
        self, kind: str, limit: int, *, after: str = "", latest_first: bool = False
    ) -> tuple[tuple[str, StrandId], ...]:
        """The first ordinary cases in which one kind of thing waits, each with since when."""
        return self.kept.index.waiting.cases(kind, limit, after=after, latest_first=latest_first)

    def own_waiting(self, accounts: Sequence[AccountId]) -> tuple[StrandId, ...]:
        """Ordinary cases in which anything waits and that one of these accounts opened or reviews."""
        return self.kept.index.waiting.own(accounts)

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Entries of ordinary cases that all these words stand in, best first."""
        return self.kept.index.search(words, limit)

    def links(self, kind: str, value: str) -> tuple[Link, ...]:
        """Ordinary cases that name this person, device or address."""
        return self.kept.index.links(kind, value)

    def named(self, letters: str, limit: int = 24) -> tuple[tuple[PersonId, StrandId], ...]:
        """Persons of ordinary cases one of whose names begins so, each with one case that names them."""
        return self.kept.index.named(letters, limit)

    def content(self, blob: BlobId) -> Iterator[memoryview]:
        """Open sealed content chunk by chunk; raises DamagedError at the end unless it is what was taken in.

        Nothing that came before that end may be called an exhibit. Raises HaltedError
        for quarantined content. A chunk is valid until the next is asked for.
        """
        return self._blobs.content(blob)

    def content_bytes(self, blob: BlobId, limit: int) -> bytes:
        """Content as a whole, compared with its entry; raises InputError above the limit of bytes."""
        return self._blobs.whole(blob, limit)

    def is_quarantined(self, blob: BlobId) -> bool:
        """Whether a halt has shut this content away."""
        row = self._blobs.row(blob)
        return row is not None and row.quarantined

    def export_strand(self, strand: StrandId, until_strand_seq: int, sealers: Sequence[str] = ()) -> StrandExport:
        """Everything of a strand's journal for a pack; `sealers` are further certificates the register must name."""
        return export_strand(self.kept, strand, until_strand_seq, sealers)

    def readers(self, strand: StrandId) -> tuple[AccountId, ...] | None:
        """Who may read a restricted strand; None for an ordinary one."""
        readership = self.readership(strand)
        return readership.readers if readership else None

    def is_kept_as_it_should(self, strand: StrandId) -> bool:
        """Whether exactly those hold a strand's key who should, as whom it is about and the codes now stand."""
        return self.restricting.is_current(strand)

    def readership(self, strand: StrandId) -> Readership | None:
        """Who may read a restricted strand, and whether it is one loss away from being lost."""
        return self.restricting.readership(strand)

    def drafts(self) -> tuple[Draft, ...]:
        """This person's drafts."""
        return self._drafts.all()


def _is_item(row: Recorded) -> bool:
    """Whether an entry of a register is one of its rows: not its heading, nor what tells of its readers."""
    data = row.payload.data if row.payload else None
    return isinstance(data, (ItemRecorded, ItemChanged, ItemClosed)) and bool(data.item)
