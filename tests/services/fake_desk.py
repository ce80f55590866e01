"""An open desk in memory, with the store's own refusals and none of its cost; for tests of what services decide."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dsl_desk.domain.case import Case, Recorded
from dsl_desk.domain.errors import HaltedError, NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData, Payload, signers_fault
from dsl_desk.domain.words import AccountId, BlobClass, BlobId, DeskId, DeviceId, Digest, PersonId, SessionId, StrandId
from dsl_desk.signatures import Certificate, Signer, issue_leaf, issue_root, new_key
from dsl_desk.store.values import (
    Account,
    BlobFacts,
    CasePage,
    CaseQuery,
    CaseRow,
    Draft,
    Hit,
    Link,
    Source,
    StrandExport,
)

DAWN = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
DESK = StrandId("d" * 32)
DESK_ID = DeskId("a" * 32)


class SteppingClock:
    """A clock that goes one second each time it is asked."""

    def __init__(self) -> None:
        self.seconds = 0

    def now(self) -> Moment:
        self.seconds += 1
        utc = DAWN + dt.timedelta(seconds=self.seconds)
        return Moment(
            utc=utc,
            local=utc.astimezone(ZoneInfo("Europe/London")),
            zone="Europe/London",
            boot="b" * 32,
            mono_ms=self.seconds * 1000,
        )


@dataclass
class Keys:
    """Certificates of invented people, made once: they are slow to make and never looked into here."""

    root: Certificate
    signers: dict[str, Signer]

    @staticmethod
    def of(names: Sequence[str]) -> "Keys":
        root_key = new_key()
        root = issue_root("Made-up School", root_key, DAWN)
        signers = {}
        for name in names:
            key = new_key()
            leaf = issue_leaf(name, key.public_key(), root, root_key, DAWN)
            signers[name] = Signer(account=AccountId(name), name=name, certificate=leaf, key=key)
        signers["root"] = Signer(account=AccountId("root"), name="root", certificate=root, key=root_key)
        return Keys(root=root, signers=signers)


@dataclass
class FakeDesk:
    """Keeps strands as lists; refuses signatures that do not fit, and content behind a stop, as the store does."""

    me: Account
    people: tuple[Account, ...]
    root: Certificate
    desk_id: DeskId = DESK_ID
    rehearsal: bool = False
    desk_strand: StrandId = DESK
    strands: dict[StrandId, list[Recorded]] = field(default_factory=lambda: {DESK: []})
    blobs: dict[BlobId, bytes] = field(default_factory=dict)
    shut: set[BlobId] = field(default_factory=set)
    kept_drafts: dict[str, Draft] = field(default_factory=dict)
    kept_from: dict[StrandId, tuple[AccountId, ...]] = field(default_factory=dict)
    folded: dict[StrandId, Case] = field(default_factory=dict)
    seq: int = 0
    waits_for_check: bool = False
    reads_on: bool = False
    laptop_stops: int = 0
    opened: int = 0
    """How often content was given out."""

    def accounts(self) -> tuple[Account, ...]:
        return self.people

    def head(self) -> Head:
        return Head(seq=self.seq, digest=f"{self.seq:064x}")

    def _append(self, strand: StrandId, data: EntryData, at: Moment, also: Sequence[Signer]) -> Recorded:
        signed = tuple(signer.account for signer in also) if data.SIGNERS else ()
        by = signed or (self.me.account,)
        fault = signers_fault(data, first_of_desk=False, by=by, also=signed, own=self.me.account)
        if fault is not None:
            raise ProcedureError(f"This entry {fault}.")
        self.seq += 1
        payload = Payload(
            kind=data.KIND,
            by=by,
            device=DeviceId("e" * 32),
            session=SessionId("f" * 32),
            at_local=at.at_local,
            zone=at.zone,
            boot=at.boot,
            mono_ms=at.mono_ms,
            data=data,
            raw=b"",
        )
        entries = self.strands[strand]
        recorded = Recorded(
            seq=self.seq,
            strand_seq=len(entries) + 1,
            at_utc=at.at_utc,
            digest=Digest(f"{self.seq:064x}"),
            payload=payload,
        )
        entries.append(recorded)
        self.folded[strand] = self.folded.get(strand, Case()).apply(recorded)
        return recorded

    def write(
        self,
        strand: StrandId,
        *data: EntryData,
        at: Moment,
        also: Sequence[Signer] = (),
        by: tuple[AccountId, ...] | None = None,
    ) -> tuple[Recorded, ...]:
        self._readable(strand)
        return tuple(self._append(strand, one, at, also) for one in data)

    def begin_case(
        self,
        *data: EntryData,
        at: Moment,
        readers: Sequence[AccountId] | None = None,
        also: Sequence[Signer] = (),
        subjects: Sequence[str] = (),
        further: Sequence[tuple[StrandId, EntryData]] = (),
    ) -> StrandId:
        strand = StrandId(f"{len(self.strands):032x}")
        self.strands[strand] = []
        for other, entry in further:
            self._append(other, entry, at, ())
        for one in data:
            self._append(strand, one, at, also)
        if readers is not None:
            self.kept_from[strand] = tuple(readers)
        return strand

    def checkpoint(self, reason: str, at: Moment) -> Recorded:
        return Recorded(seq=self.seq, strand_seq=0, at_utc=at.at_utc, digest=Digest(""), payload=None)

    def write_halt(self, strand: StrandId, data: EntryData, at: Moment, quarantine: Sequence[BlobId] = ()) -> Recorded:
        kept = self._append(strand, data, at, ())
        self.shut |= set(quarantine)
        return kept

    def release(
        self, strand: StrandId, data: EntryData, blobs: Sequence[BlobId], at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        kept = self._append(strand, data, at, also)
        self.shut -= set(blobs)
        return kept

    def _readable(self, strand: StrandId) -> None:
        readers = self.kept_from.get(strand)
        if strand not in self.strands or (readers is not None and self.me.account not in readers):
            raise NotReadableError

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        self._readable(strand)
        return tuple(self.strands[strand])

    def case(self, strand: StrandId) -> Case:
        self._readable(strand)
        return self.folded[strand]

    def find(self, reference: object) -> StrandId | None:
        return next((strand for strand, case in self.folded.items() if case.ref == reference), None)

    def cases(self, query: CaseQuery) -> CasePage:
        return CasePage(rows=(), total=0)

    def restricted_cases(self) -> tuple[CaseRow, ...]:
        return ()

    def waiting_kinds(self) -> tuple[str, ...]:
        return ()

    def waiting_cases(
        self, kind: str, limit: int, *, after: str = "", latest_first: bool = False
    ) -> tuple[tuple[str, StrandId], ...]:
        return ()

    def own_waiting(self, accounts: Sequence[AccountId]) -> tuple[StrandId, ...]:
        return ()

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        return ()

    def links(self, kind: str, value: str) -> tuple[Link, ...]:
        return ()

    def named(self, letters: str, limit: int = 24) -> tuple[tuple[PersonId, StrandId], ...]:
        return ()

    def take_in(
        self,
        strand: StrandId,
        sources: Sequence[Source],
        describe: Callable[[BlobFacts], EntryData],
        blob_class: BlobClass,
        at: Moment,
        progress: Callable[[int, int], None],
        allowed: Callable[[], bool],
        also: Sequence[Signer] = (),
        then: Callable[[tuple[BlobFacts, ...]], Sequence[EntryData]] | None = None,
    ) -> tuple[Recorded, ...]:
        facts = []
        written = []
        for number, source in enumerate(sources):
            handle, size = source.open()
            content = bytearray(size)
            handle.readinto(memoryview(content))
            progress(number, len(sources))
            if not allowed():
                raise HaltedError
            blob = BlobId(f"{len(self.blobs) + 1:032x}")
            self.blobs[blob] = bytes(content)
            fact = BlobFacts(
                blob=blob,
                index=number,
                name=source.name,
                size=size,
                sha256=Digest(_sha256(bytes(content))),
                blob_class=blob_class,
            )
            facts.append(fact)
            written.append(self._append(strand, describe(fact), at, ()))
        if then is not None:
            written += [self._append(strand, one, at, also) for one in then(tuple(facts))]
        return tuple(written)

    def content(self, blob: BlobId) -> Iterator[memoryview]:
        yield memoryview(self.content_bytes(blob, 1 << 30))

    def content_bytes(self, blob: BlobId, limit: int) -> bytes:
        if blob in self.shut:
            raise HaltedError
        self.opened += 1
        return self.blobs[blob]

    def export_strand(self, strand: StrandId, until_strand_seq: int, sealers: Sequence[str] = ()) -> StrandExport:
        raise StoreError

    def restrict(self, strand: StrandId, readers: Sequence[AccountId], at: Moment) -> None:
        self.kept_from[strand] = tuple(readers)

    def readers(self, strand: StrandId) -> tuple[AccountId, ...] | None:
        return self.kept_from.get(strand)

    def is_kept_as_it_should(self, strand: StrandId) -> bool:
        return True

    def dispose(
        self, strand: StrandId, first: int, last: int, rule: str, at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        raise StoreError

    def destroy_content(
        self,
        strand: StrandId,
        data: Sequence[EntryData],
        blobs: Sequence[BlobId],
        rule: str,
        at: Moment,
        also: Sequence[Signer],
    ) -> tuple[Recorded, ...]:
        raise StoreError

    def finish_disposal(self) -> bool:
        return True

    def save_draft(self, draft: str | None, strand: StrandId | None, content: bytes) -> str:
        kept = draft or f"{len(self.kept_drafts):032x}"
        self.kept_drafts[kept] = Draft(
            draft=kept, strand=strand, author=self.me.account, seq=self.head().seq, content=content
        )
        return kept

    def drafts(self) -> tuple[Draft, ...]:
        return tuple(self.kept_drafts.values())

    def drop_draft(self, draft: str) -> None:
        self.kept_drafts.pop(draft, None)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
