"""The records of an open desk as they are read: entries opened, strands folded, who may read and write them.

Everything is kept in memory once it was opened, and only what is new is opened after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.desk_entries import SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.errors import DamagedError, NotReadableError
from dsl_desk.domain.journal import Head, Header
from dsl_desk.domain.words import BlobId, StrandId
from dsl_desk.store.journal import EntryRow, Journal, Opened
from dsl_desk.store.naming import Named, naming
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.register import Register, read_register
from dsl_desk.store.strands import StrandKeys
from dsl_desk.store.unlocked import Unlocked
from dsl_desk.store.values import CaseRow

_SESSION_KINDS: Final = (SessionOpened, SessionClosed, SessionEnded)
_CACHED_STRANDS: Final = 160
"""More than Home and a page of the list show, so that what is asked for again is not opened again."""


@dataclass(slots=True)
class _Known:
    """What is held of one strand: its fold, and the blobs its entries name."""

    case: Case = field(default_factory=Case)
    changes: int = -1
    """How much had been written in the desk when it was looked at last."""
    blobs: dict[BlobId, Named] = field(default_factory=dict)

    def take(self, strand: StrandId, recorded: Recorded) -> None:
        """Take the next entry."""
        self.case = self.case.apply(recorded)
        told = naming(strand, recorded.seq, recorded.payload) if recorded.payload else None
        if told is not None:
            self.blobs.setdefault(told.blob, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedSeen:
    """The restricted strands that one person reads, as lines of the list and by register; held in memory alone."""

    changes: int
    """How much had been written when they were gone through."""
    cases: tuple[CaseRow, ...]
    registers: Mapping[str, tuple[StrandId, ...]] = field(repr=False)


class RecordsReading:
    """Journal, register and keys of strands of an open desk, kept in step with one another."""

    def __init__(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        self.database = unlocked.database
        self.desk = unlocked.desk
        self.journal = Journal(unlocked.database, unlocked.desk, BOOK)
        self.strands = StrandKeys(unlocked.database, unlocked.desk, unlocked.agreement)
        self._register: Register | None = None
        self._rules: dict[StrandId, ReaderRules] = {}
        self._learned: dict[StrandId, int] = {}
        self._known: dict[StrandId, _Known] = {}
        self.restricted_seen: RestrictedSeen | None = None

    @property
    def register(self) -> Register:
        """People, sessions and disposals as the desk strand tells them; raises DamagedError for another root."""
        if self._register is None:
            self._register = read_register(self.database, self.desk, self.unlocked.root_sha256, BOOK)
        return self._register

    @property
    def desk_strand(self) -> StrandId:
        """The strand of entry 1."""
        strand = self.register.desk_strand
        if strand is None:
            raise DamagedError
        return strand

    @property
    def branch(self) -> str:
        """Which line of this desk's history this is: the first, or the one a restore began."""
        register = self.register
        if register.restored:
            return register.restored[-1][1].branch
        return register.created.branch if register.created else ""

    def forget(self) -> None:
        """Drop everything held in memory; it is read anew from what is kept."""
        self._register = None
        self._rules.clear()
        self._learned.clear()
        self._known.clear()
        self.restricted_seen = None

    def opened(self, strand: StrandId, after: int = 0) -> Iterator[Opened | EntryRow]:
        """Entries of a strand in order, opened; a disposed one comes as its bare row.

        Raises NotReadableError where the strand is not this person's to read, and
        DamagedError for a missing payload that no disposal names.
        """
        keys = self.strands.keys(strand)
        for row in list(self.journal.rows(strand, after)):
            if row.payload is None:
                if not self.register.disposed(strand, row.strand_seq):
                    raise DamagedError(f"The words of entry {row.seq} are missing and no disposal names it.")
                yield row
            elif not keys:
                raise NotReadableError
            else:
                yield self.journal.open(row, keys)

    def recorded(self, strand: StrandId) -> tuple[Recorded, ...]:
        """A strand's entries as the domain folds them."""
        return self.case(strand).entries

    def case(self, strand: StrandId) -> Case:
        """The fold of a strand; the newest few are kept in memory and only new entries applied."""
        return self._up_to_date(strand).case

    def named(self, strand: StrandId, blob: BlobId) -> Named | None:
        """What an entry of this strand says of a blob, or None."""
        return self._up_to_date(strand).blobs.get(blob)

    def named_before(self, strand: StrandId, blob: BlobId) -> Named | None:
        """The same from what was read already, without looking for more; an entry never changes what it named."""
        known = self._known.get(strand)
        return known.blobs.get(blob) if known is not None else None

    def entry(self, seq: int) -> Opened | None:
        """One entry by the desk's number, opened; None where there is none or its words are gone."""
        row = self.journal.row(seq)
        return None if row is None or row.payload is None else self.journal.open(row, self.strands.keys(row.strand))

    def _up_to_date(self, strand: StrandId) -> "_Known":
        known, changes = self._known.pop(strand, None) or _Known(), self.database.changes
        if known.changes != changes:
            for one in self.opened(strand, known.case.last):
                known.take(strand, as_recorded(one))
            known.changes = changes
        if not known.case.entries and not self.strands.readable(strand):
            raise NotReadableError
        self._known[strand] = known
        while len(self._known) > _CACHED_STRANDS:
            del self._known[next(iter(self._known))]
        return known

    def must_be_there(self, strand: StrandId) -> None:
        """Raise NotReadableError for a strand this person cannot read, and with the same words for one that is none.

        What two people disposed of is no secret: the desk strand names it to everybody.
        """
        if not self.strands.readable(strand) and not self.register.partly_disposed(strand):
            raise NotReadableError

    def rules(self, strand: StrandId) -> ReaderRules:
        """Who may read and write a restricted strand; raises DamagedError where its entries do not bear out its key."""
        known = self._rules.get(strand)
        if known is None:
            known = self._checked_rules(strand)
            self._rules[strand] = known
        return known

    def _checked_rules(self, strand: StrandId) -> ReaderRules:
        self.learn(strand)
        rules = ReaderRules(desk=self.desk, strand=strand, under=self.strands.latest(strand))
        for one in self.opened(strand):
            if isinstance(one, EntryRow):
                rules.skip(one.strand_seq)
                continue
            session = self.register.sessions.get(one.row.session)
            fault = (
                rules.apply(one, session.account if session else None)
                or (self.register.session_fault(one.row) if session else "it is signed by a session that nobody opened")
                or self.register.signers_fault(one)
            )
            if fault is not None:
                raise DamagedError(f"This record cannot be added to: entry {one.row.seq}: {fault}.")
        fault = rules.ending_fault(restricted=True)
        if fault is not None:
            raise DamagedError(f"This record cannot be added to: {fault}.")
        return rules

    def learn(self, strand: StrandId) -> None:
        """Take the sessions that stand in a restricted strand of this reader into the register."""
        after = self._learned.get(strand, 0)
        for one in self.opened(strand, after):
            if isinstance(one, Opened) and isinstance(one.payload.data, _SESSION_KINDS):
                self.register.apply(one)
            after = one.strand_seq if isinstance(one, EntryRow) else one.row.strand_seq
        self._learned[strand] = after

    def head(self) -> Head:
        """Where the desk's chain ends."""
        return self.journal.head()

    def forget_words(self, strand: StrandId) -> None:
        """Forget what a strand says, where this person may read it no longer; who reads it stays known."""
        self._known.pop(strand, None)
        self.restricted_seen = None

    def drop_cached(self, strand: StrandId) -> None:
        """Forget what is held of a strand whose keys or words have just changed."""
        self._rules.pop(strand, None)
        self._known.pop(strand, None)
        self.restricted_seen = None


def as_recorded(one: Opened | EntryRow) -> Recorded:
    """An entry as the domain folds it; a disposed one has no payload."""
    if isinstance(one, EntryRow):
        return Recorded(
            seq=one.seq,
            strand_seq=one.strand_seq,
            at_utc=Header.decode(one.header).at_utc,
            digest=one.digest,
            payload=None,
            missing="disposed",
        )
    return Recorded(
        seq=one.row.seq,
        strand_seq=one.row.strand_seq,
        at_utc=one.at_utc,
        digest=one.row.digest,
        payload=one.payload,
    )
