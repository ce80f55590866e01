"""What services ask of the world: the time, chance, progress, and an open desk.

Ports that only one service needs stand beside that service.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import AccountId, BlobClass, BlobId, CaseRef, DeskId, PersonId, StrandId
from dsl_desk.signatures import Certificate, Signer
from dsl_desk.store.values import (
    Account,
    Allowed,
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


class Clock(Protocol):
    """The laptop's clocks; only `app` and `cli` own a real one."""

    def now(self) -> Moment:
        """This moment."""
        ...


class Chance(Protocol):
    """Randomness for references and identifiers, from the operating system."""

    def identifier(self) -> str:
        """32 random hex digits."""
        ...

    def reference(self, year: int) -> CaseRef:
        """A case reference, random within the year."""
        ...


class Progress(Protocol):
    """Where long work says how far it is, and learns that it should stop."""

    def report(self, done: int, total: int) -> None:
        """Say how far the work is; raises Cancelled where the person asked to stop."""
        ...


class NoProgress:
    """Nobody is watching; the work runs to its end."""

    def report(self, done: int, total: int) -> None:
        """Say nothing."""


class Desk(Protocol):
    """An open desk with one person signed in, as the store gives it."""

    @property
    def desk_id(self) -> DeskId:
        """Which desk this is."""
        ...

    @property
    def rehearsal(self) -> bool:
        """Whether everything in it is made up."""
        ...

    @property
    def root(self) -> Certificate:
        """The school root."""
        ...

    @property
    def me(self) -> Account:
        """Who is signed in."""
        ...

    @property
    def desk_strand(self) -> StrandId:
        """The desk's own strand."""
        ...

    @property
    def waits_for_check(self) -> bool:
        """Whether the desk ended in a crash and was not checked since: signing, disposal, backup and rotation wait."""
        ...

    @property
    def laptop_stops(self) -> int:
        """How many cases stopped this very laptop, also those this person cannot read."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Everybody who was ever issued a certificate."""
        ...

    def head(self) -> Head:
        """The desk's last entry."""
        ...

    def write(
        self,
        strand: StrandId,
        *data: EntryData,
        at: Moment,
        also: Sequence[Signer] = (),
        by: tuple[AccountId, ...] | None = None,
    ) -> tuple[Recorded, ...]:
        """Record all of this or none of it."""
        ...

    def begin_case(
        self,
        *data: EntryData,
        at: Moment,
        readers: Sequence[AccountId] | None = None,
        also: Sequence[Signer] = (),
        subjects: Sequence[str] = (),
        further: Sequence[tuple[StrandId, EntryData]] = (),
    ) -> StrandId:
        """Begin a case; with `readers` it is restricted from birth, and no code a subject holds can open it.

        `further` are entries of other strands in the same transaction.
        """
        ...

    def checkpoint(self, reason: str, at: Moment) -> Recorded:
        """Sign the whole chain so far."""
        ...

    def write_halt(self, strand: StrandId, data: EntryData, at: Moment, quarantine: Sequence[BlobId] = ()) -> Recorded:
        """Record a halt and shut content away, also on a full disk."""
        ...

    def release(
        self, strand: StrandId, data: EntryData, blobs: Sequence[BlobId], at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        """Record advice that two applied, and open the content it speaks of, in one transaction."""
        ...

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """All entries of a strand."""
        ...

    def case(self, strand: StrandId) -> Case:
        """A case as its journal tells it."""
        ...

    def find(self, reference: CaseRef) -> StrandId | None:
        """The case of that reference."""
        ...

    def restricted_cases(self) -> tuple[CaseRow, ...]:
        """Restricted cases this person can read."""
        ...

    def waiting_kinds(self) -> tuple[str, ...]:
        """Every kind of thing that waits in an ordinary case."""
        ...

    def waiting_cases(
        self, kind: str, limit: int, *, after: str = "", latest_first: bool = False
    ) -> tuple[tuple[str, StrandId], ...]:
        """The first ordinary cases in which one kind of thing waits, each with since when."""
        ...

    def own_waiting(self, accounts: Sequence[AccountId]) -> tuple[StrandId, ...]:
        """Ordinary cases in which anything waits and that one of these accounts opened or reviews."""
        ...

    def cases(self, query: CaseQuery) -> CasePage:
        """A page of the list of cases."""
        ...

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Entries that these words stand in."""
        ...

    def links(self, kind: str, value: str) -> tuple[Link, ...]:
        """Ordinary cases that name this person, device or address, or of which a pack was begun."""
        ...

    def named(self, letters: str, limit: int = 24) -> tuple[tuple[PersonId, StrandId], ...]:
        """Persons of ordinary cases one of whose names begins so, each with one case that names them."""
        ...

    def take_in(
        self,
        strand: StrandId,
        sources: Sequence[Source],
        describe: Callable[[BlobFacts], EntryData],
        blob_class: BlobClass,
        at: Moment,
        progress: Callable[[int, int], None],
        allowed: Allowed,
        also: Sequence[Signer] = (),
        then: Callable[[tuple[BlobFacts, ...]], Sequence[EntryData]] | None = None,
    ) -> tuple[Recorded, ...]:
        """Seal content into the desk with its entries."""
        ...

    def content(self, blob: BlobId) -> Iterator[memoryview]:
        """Open sealed content chunk by chunk."""
        ...

    def content_bytes(self, blob: BlobId, limit: int) -> bytes:
        """Content as a whole."""
        ...

    def export_strand(self, strand: StrandId, until_strand_seq: int, sealers: Sequence[str] = ()) -> StrandExport:
        """A strand's journal for a pack."""
        ...

    def save_draft(self, draft: str | None, strand: StrandId | None, content: bytes) -> str:
        """Keep words begun and not recorded, new or again; gives the draft's id."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """Drafts of the person signed in, oldest first."""
        ...

    def drop_draft(self, draft: str) -> None:
        """Forget one."""
        ...

    def restrict(self, strand: StrandId, readers: Sequence[AccountId], at: Moment) -> None:
        """Keep a strand from everybody but its readers."""
        ...

    def readers(self, strand: StrandId) -> tuple[AccountId, ...] | None:
        """Who may read a restricted strand; None for an ordinary one."""
        ...

    def is_kept_as_it_should(self, strand: StrandId) -> bool:
        """Whether exactly those hold a strand's key who should."""
        ...

    def dispose(
        self, strand: StrandId, first: int, last: int, rule: str, at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        """Destroy a record by two people."""
        ...

    def destroy_content(
        self,
        strand: StrandId,
        data: Sequence[EntryData],
        blobs: Sequence[BlobId],
        rule: str,
        at: Moment,
        also: Sequence[Signer],
    ) -> tuple[Recorded, ...]:
        """Destroy sealed content by two people, with the entries that say why; the `disposed` entry comes last."""
        ...

    def finish_disposal(self) -> bool:
        """Do what is left after a disposal; true once the key was changed and every file is gone."""
        ...


class Proofs(Protocol):
    """Where somebody proves who they are at this very moment."""

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Signer:
        """Open a person's signing key with their own passphrase, for one act."""
        ...

    def prove_codes(self, first: str, second: str) -> Signer:
        """Open the school root with two recovery codes, for one act."""
        ...
