"""An open desk: the one thing services hold of the store. Every method here is short; the work stands beside it."""

from collections.abc import Callable, Iterator, Sequence

from dsl_desk.domain.case import Case, Recorded
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import AccountId, BlobClass, BlobId, CaseRef, DeskId, StrandId
from dsl_desk.signatures import Certificate, Signer
from dsl_desk.store.unlocked import Unlocked
from dsl_desk.store.values import (
    Account,
    Allowed,
    BlobFacts,
    CasePage,
    CaseQuery,
    Draft,
    HealthReport,
    Hit,
    Link,
    Progress,
    Source,
    StrandExport,
)


class OpenDesk:
    """The desk of a school, open, with one person signed in (one thread only: the one that opened it)."""

    desk_id: DeskId
    branch: str
    school: str
    rehearsal: bool
    root: Certificate
    me: Account
    desk_strand: StrandId

    def __init__(self, unlocked: Unlocked) -> None: ...

    # people
    def accounts(self) -> tuple[Account, ...]:
        """Everybody who was ever issued a certificate here, newest certificate of each, withdrawn ones too."""
        raise NotImplementedError

    def head(self) -> Head:
        """Number and digest of the desk's last entry."""
        raise NotImplementedError

    # writing
    def write(
        self, strand: StrandId, *data: EntryData, at: Moment, also: Sequence[Signer] = (),
        by: tuple[AccountId, ...] | None = None,
    ) -> tuple[Recorded, ...]:
        """Record all of this or none of it, in one transaction, index and search in it.

        `also` signs the entries whose kind asks for signatures, and no others; the
        clock's steps are recorded by themselves. Raises ProcedureError where signatures
        do not fit the kind, NotReadableError, StoreError, DiskFullError.
        """
        raise NotImplementedError

    def begin_case(
        self, *data: EntryData, at: Moment, readers: Sequence[AccountId] | None = None, also: Sequence[Signer] = (),
    ) -> StrandId:
        """Begin a case with its first entries; with `readers` it is restricted from birth."""
        raise NotImplementedError

    def begin_register(self, name: str, at: Moment, readers: Sequence[AccountId] | None = None) -> StrandId:
        """Begin a register of that name, or give the one there is."""
        raise NotImplementedError

    def checkpoint(self, reason: str, at: Moment) -> Recorded:
        """Sign the whole chain so far (`day`, `account`, `backup`, `routine`)."""
        raise NotImplementedError

    def write_halt(self, strand: StrandId, data: EntryData, at: Moment, quarantine: Sequence[BlobId] = ()) -> Recorded:
        """Record a halt and shut content away in the same transaction, also on a full disk."""
        raise NotImplementedError

    # reading
    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """All entries of a strand in order; raises NotReadableError where it is not this person's to read."""
        raise NotImplementedError

    def case(self, strand: StrandId) -> Case:
        """A case as its journal tells it."""
        raise NotImplementedError

    def register(self, name: str) -> tuple[Recorded, ...]:
        """The rows of a register, empty where it was never begun."""
        raise NotImplementedError

    def find(self, reference: CaseRef) -> StrandId | None:
        """The case of that reference among those this person can read."""
        raise NotImplementedError

    def cases(self, query: CaseQuery) -> CasePage:
        """A page of the list of cases."""
        raise NotImplementedError

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Entries of ordinary cases that all these words stand in, best first."""
        raise NotImplementedError

    def links(self, kind: str, value: str) -> tuple[Link, ...]:
        """Ordinary cases that name this person, device or address."""
        raise NotImplementedError

    # content
    def take_in(
        self, strand: StrandId, sources: Sequence[Source], describe: Callable[[BlobFacts], EntryData],
        blob_class: BlobClass, at: Moment, progress: Progress, allowed: Allowed,
        also: Sequence[Signer] = (), then: Callable[[tuple[BlobFacts, ...]], Sequence[EntryData]] | None = None,
    ) -> tuple[Recorded, ...]:
        """Seal content into the desk; each is there with its entry, or not at all.

        One large source streams; many small ones go in groups of 64, a group to a
        transaction (with `then`, whose entries end it, everything is one group).
        Raises HaltedError once `allowed` says no, InputError where a source yields
        another count than its handle said, DiskFullError, Cancelled.
        """
        raise NotImplementedError

    def content(self, blob: BlobId) -> Iterator[memoryview]:
        """Open sealed content chunk by chunk; raises DamagedError at the end unless it is what was taken in.

        Nothing that came before that end may be called an exhibit. Raises HaltedError
        for quarantined content. A chunk is valid until the next is asked for.
        """
        raise NotImplementedError

    def content_bytes(self, blob: BlobId, limit: int) -> bytes:
        """Content as a whole, compared with its entry; raises InputError above the limit."""
        raise NotImplementedError

    # packs
    def export_strand(self, strand: StrandId, until_strand_seq: int, sealers: Sequence[str] = ()) -> StrandExport:
        """Everything of a strand's journal for a pack; `sealers` are further certificates the register must name."""
        raise NotImplementedError

    # who may read, and for how long
    def restrict(self, strand: StrandId, readers: Sequence[AccountId], at: Moment) -> None:
        """Keep a strand from everybody but its readers, from now on."""
        raise NotImplementedError

    def readers(self, strand: StrandId) -> tuple[AccountId, ...] | None:
        """Who may read a restricted strand; None for an ordinary one."""
        raise NotImplementedError

    def dispose(
        self, strand: StrandId, first: int, last: int, rule: str, at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        """Destroy a record by two people; that it stood there remains."""
        raise NotImplementedError

    # drafts
    def save_draft(self, draft: str | None, strand: StrandId | None, content: bytes) -> str:
        """Keep words somebody has begun; gives the draft's id."""
        raise NotImplementedError

    def drafts(self) -> tuple[Draft, ...]:
        """This person's drafts."""
        raise NotImplementedError

    def drop_draft(self, draft: str) -> None:
        """Forget a draft."""
        raise NotImplementedError

    # health
    def check(self, progress: Progress) -> HealthReport:
        """Check everything."""
        raise NotImplementedError

    def rebuild_index(self) -> bool:
        """Make the index anew from the journal; true where it equals the one that was kept."""
        raise NotImplementedError

    def close(self, at: Moment) -> None:
        """Sign out and close the desk."""
        raise NotImplementedError
