"""An open desk: the one thing services hold of the store. Every method here is short; the work stands beside it."""

import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from dsl_desk.domain.case import Recorded
from dsl_desk.domain.desk_entries import AccountIssued, Checkpoint, DeskCreated, ItemRecorded
from dsl_desk.domain.errors import DiskFullError, StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, BlobClass, BlobId, Role, StrandId
from dsl_desk.signatures import Signer
from dsl_desk.store import beginning
from dsl_desk.store.aftermath import look_at_opening, rest_of_the_chain, waits_to_be_read
from dsl_desk.store.desk_reading import DeskReading
from dsl_desk.store.disposal import Disposals
from dsl_desk.store.files import FileFaultError
from dsl_desk.store.health import check_everything, rebuild_index
from dsl_desk.store.intake import Intake, Wish
from dsl_desk.store.records_reading import as_recorded
from dsl_desk.store.reserve import Reserve
from dsl_desk.store.sessions import Session
from dsl_desk.store.unlocked import Proved, Unlocked
from dsl_desk.store.values import (
    Allowed,
    BlobFacts,
    Finding,
    HealthReport,
    Progress,
    Source,
)


class OpenDesk(DeskReading):
    """The desk of a school, open, with one person signed in (one thread only: the one that opened it)."""

    def __init__(self, unlocked: Unlocked) -> None:
        super().__init__(unlocked)
        self._disposals = Disposals(self.kept, self._blobs, self._drafts, self.restricting)
        self._intake = Intake(self.kept, self._blobs)
        self._reserve = Reserve(unlocked.folder)
        self.opening_findings: tuple[Finding, ...] = ()
        """What opening found amiss: links, new signatures, sealed files, and more after a crash."""
        self.reads_on = False
        """Whether the older links of a long chain are still to be read: `read_on`."""
        self.waits_for_check = self._owes_check = unlocked.crashed
        """After a crash: signing off, disposal, backup and rotation wait until Check everything found nothing."""

    @classmethod
    def create(
        cls, unlocked: Unlocked, signer: Signer, created: DeskCreated, issued: AccountIssued, at: Moment
    ) -> "OpenDesk":
        """Begin a desk in its empty tables: `desk_created`, the first account, its session."""
        desk = cls(unlocked)
        beginning.write_first_entries(desk.kept, signer, created, issued, at)
        desk._reserve.renew()
        return desk

    @classmethod
    def begin(cls, unlocked: Unlocked, signer: Signer, at: Moment, extra: tuple[EntryData, ...] = ()) -> "OpenDesk":
        """Sign in on a desk there is; the signer's key is used once and not kept.

        What is kept is looked at first. Somebody who reads restricted strands alone
        (the Chair) gets a session in each of those instead of one in the desk's.
        """
        desk = cls(unlocked)
        desk.reads_on = waits_to_be_read(desk.kept)
        desk.opening_findings = look_at_opening(desk.kept)
        account = desk.kept.register.account(unlocked.account)
        if account is not None and account.role == Role.CHAIR.value:
            own = [strand for strand in desk.restricting.readable() if desk._reads(strand)]
            desk.kept.begin_session_in(own, signer, at)
        else:
            desk.kept.begin_session(signer, at, extra)
            desk.restricting.renew_where_due(at)
        desk._reserve.renew()
        return desk

    @classmethod
    def read_only(cls, unlocked: Unlocked) -> "OpenDesk":
        """Open without a session: everything may be read, every write is refused."""
        return cls(unlocked)

    def _reads(self, strand: StrandId) -> bool:
        return self.unlocked.account in (self.kept.rules(strand).readers or ())

    def close(self, at: Moment) -> None:
        """Sign out, close the records, remember the head, let go of the folder."""
        kept, keeper = self.kept, self.unlocked.keeper
        last: tuple[Head, str] | None = None
        try:
            kept.end_sessions(at)
            if not self._owes_check:  # to lock and come back is no check: what waits for one goes on waiting
                keeper.closing()
            last = kept.head(), kept.branch
        finally:
            self.unlocked.database.close()
            keeper.close(last)

    @property
    def session(self) -> Session:
        """This sign-in's session (the first, where somebody has one in each of several strands)."""
        return self.kept.session

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Proved:
        """Somebody's own signing key, with the passphrase typed at this moment; held for one act."""
        return self.unlocked.keeper.prove(sign_in_name, passphrase, at)

    def prove_codes(self, first: str, second: str) -> Proved:
        """The school root as a signer, opened with two recovery codes."""
        return self.unlocked.keeper.prove_codes(first, second)

    def rotate(self) -> None:
        """Give the desk a fresh volume key; raises StoreError while the check after a crash is outstanding."""
        self._checked()
        self.unlocked.keeper.rotate()

    def _checked(self) -> None:
        if self.waits_for_check:
            raise StoreError("Check everything first: this desk was not closed in order. Nothing was changed.")

    def _rotate_if_due(self) -> None:
        """Rotate now where something asked for it; after a crash it stays due until the desk was checked."""
        if not self.waits_for_check:
            self.unlocked.keeper.rotate_if_due()

    def write(
        self,
        strand: StrandId,
        *data: EntryData,
        at: Moment,
        also: Sequence[Signer] = (),
        by: tuple[AccountId, ...] | None = None,
        within: Callable[[], None] | None = None,
    ) -> tuple[Recorded, ...]:
        """Record all of this or none of it, in one transaction, index and search in it.

        `also` signs the entries whose kind asks for signatures, and no others; `by`
        is only compared with them. `within` is called inside the transaction after the
        entries. Steps of the clock are recorded by themselves. Raises ProcedureError
        where signatures do not fit the kind, NotReadableError, StoreError, DiskFullError.
        """
        if by is not None and by != (tuple(signer.account for signer in also) or (self.unlocked.account,)):
            raise StoreError("An entry can only be written in the name of who signs it. Nothing was recorded.")
        with self.kept.act("entries written", at), self._laptop_stops.counted(strand, data):
            written = self._append(strand, data, at, also)
            if within is not None:
                within()
        return written

    def _append(
        self, strand: StrandId, data: Sequence[EntryData], at: Moment, also: Sequence[Signer]
    ) -> tuple[Recorded, ...]:
        return tuple(as_recorded(self.kept.append(strand, one, at=at, also=also)) for one in data)

    def begin_case(
        self,
        *data: EntryData,
        at: Moment,
        readers: Sequence[AccountId] | None = None,
        also: Sequence[Signer] = (),
        subjects: Sequence[str] = (),
        further: Sequence[tuple[StrandId, EntryData]] = (),
    ) -> StrandId:
        """Begin a case with its first entries; with `readers` it is restricted from birth.

        `further` are entries of other strands that belong to the same act, such as the line of a register that the
        case was taken up from: all of it is recorded, or none.

        `subjects` are accounts and persons whom it is about: no recovery pair that one
        of them holds a code of can open it. An author who is not among the readers
        writes it and is shut out in the same transaction: no crash leaves them a reader.
        """
        me = self.unlocked.account
        writes_only = readers is not None and me not in (*readers, ROOT_ACCOUNT)
        at_first = (*readers, me) if readers is not None and writes_only else readers
        with self.kept.act("strand begun", at):
            strand = self._new_strand(at, at_first, subjects)
            self._append(strand, data, at, also)
            for other, entry in further:
                self._append(other, [entry], at, ())
            if readers is not None and writes_only:
                self.restricting.restrict_within(strand, readers, at, subjects=frozenset(subjects))
        if writes_only:
            self._shut_out(strand)
        return strand

    def _shut_out(self, strand: StrandId) -> None:
        """Forget what memory still holds of a strand that this person may no longer read; a fresh key follows."""
        self.kept.forget_words(strand)
        self._rotate_if_due()

    def _new_strand(self, at: Moment, readers: Sequence[AccountId] | None, subjects: Sequence[str] = ()) -> StrandId:
        strand = StrandId(secrets.token_hex(16))
        if readers is None:
            beginning.add_ordinary(self.kept, strand)
        else:
            self.restricting.begin(strand, readers, at, frozenset(subjects))
        return strand

    def begin_register(self, name: str, at: Moment, readers: Sequence[AccountId] | None = None) -> StrandId:
        """Begin a register of that name, or give the one there is; its first row names it and holds no item."""
        found = self.register_strands(name)
        if found:
            return found[0]
        with self.kept.act("strand begun", at):
            strand = self._new_strand(at, readers)
            self._append(strand, [ItemRecorded(register=name, item="", fields={})], at, ())
        return strand

    def checkpoint(self, reason: str, at: Moment) -> Recorded:
        """Sign the whole chain so far (`day`, `account`, `backup`, `routine`)."""
        head = self.head()
        slots_sha256, slots_counter = self.unlocked.keeper.mark_head(head, self.branch)
        told = Checkpoint(
            seq=head.seq,
            head=head.digest,
            reason=reason,
            branch=self.branch,
            slots_sha256=slots_sha256,
            slots_counter=slots_counter,
        )
        # without `at` the act records no step of the clock: the checkpoint names the entry just before it
        with self.kept.act("entries written"):
            written = self._append(self.desk_strand, [told], at, ())
        self.unlocked.keeper.head_moved(self.head(), self.branch, at)
        return written[0]

    def checkpoint_of_the_day(self, at: Moment) -> Recorded | None:
        """Sign the chain at the first unlock of a day; None where it was signed today."""
        last = self.kept.register.last_checkpoint_at_utc
        return None if last[:10] == at.at_utc[:10] else self.checkpoint("day", at)

    def write_halt(self, strand: StrandId, data: EntryData, at: Moment, quarantine: Sequence[BlobId] = ()) -> Recorded:
        """Record a halt and shut content away in the same transaction, also on a full disk."""
        written = self._reserve.spend_if_full(lambda: self._halt(strand, data, at, quarantine))
        self._reserve.renew()
        return written

    def _halt(self, strand: StrandId, data: EntryData, at: Moment, quarantine: Sequence[BlobId]) -> Recorded:
        with self.kept.act("halt written", at), self._laptop_stops.counted(strand, [data]):
            (written,) = self._append(strand, [data], at, ())
            self._blobs.quarantine(list(quarantine))
        return written

    def release(
        self, strand: StrandId, data: EntryData, blobs: Sequence[BlobId], at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        """Record advice that two people applied, and open the content it speaks of again, in one transaction."""
        with self.kept.act("entries written", at):
            (written,) = self._append(strand, [data], at, also)
            self._blobs.release(list(blobs))
        return written

    def take_in(
        self,
        strand: StrandId,
        sources: Sequence[Source],
        describe: Callable[[BlobFacts], EntryData],
        blob_class: BlobClass,
        at: Moment,
        progress: Progress,
        allowed: Allowed,
        also: Sequence[Signer] = (),
        then: Callable[[tuple[BlobFacts, ...]], Sequence[EntryData]] | None = None,
    ) -> tuple[Recorded, ...]:
        """Seal content into the desk; each is there with its entry, or not at all.

        One large source streams; many small ones go in groups of 64, a group to a
        transaction (with `then`, whose entries end it, everything is one group).
        `progress` counts bytes. `allowed` is asked from several threads.
        Raises HaltedError once it says no, InputError where a source yields another
        count than its handle said, DiskFullError, Cancelled.
        """
        return self._intake.take_in(
            Wish(
                strand=strand,
                sources=sources,
                describe=describe,
                blob_class=blob_class,
                at=at,
                progress=progress,
                allowed=allowed,
                also=also,
                then=then,
            )
        )

    def restrict(self, strand: StrandId, readers: Sequence[AccountId], at: Moment) -> None:
        """Keep a strand from everybody but its readers, from now on; a fresh volume key follows."""
        self.restricting.restrict(strand, readers, at)
        self._shut_out(strand)

    def new_epochs(self, at: Moment) -> None:
        """Give every restricted strand that this person reads a new epoch; call it inside `within`."""
        self.restricting.new_epochs(at)

    def confirm_reader(self, strand: StrandId, reader: AccountId, at: Moment) -> None:
        """Say that a reader's new key was compared by its fingerprint: it receives the strand now."""
        self.restricting.confirm(strand, reader, at)

    def dispose(
        self, strand: StrandId, first: int, last: int, rule: str, at: Moment, also: Sequence[Signer]
    ) -> Recorded:
        """Destroy a record by two people; that it stood there remains. A fresh volume key and the files' end follow.

        Raises StoreError while the check after a crash is outstanding.
        """
        self._checked()
        entry = self._disposals.dispose(strand, first, last, rule, at, also)
        self.finish_disposal()
        return as_recorded(entry)

    def destroy_content(
        self,
        strand: StrandId,
        data: Sequence[EntryData],
        blobs: Sequence[BlobId],
        rule: str,
        at: Moment,
        also: Sequence[Signer],
    ) -> tuple[Recorded, ...]:
        """Destroy sealed content by two people, with the entries that say why; its record stays.

        The `disposed` entry comes last. A fresh volume key and the file's end follow.
        Raises ProcedureError, StoreError while the check after a crash is outstanding.
        """
        self._checked()
        told = self._disposals.destroy_content(strand, data, blobs, rule, at, also)
        self.finish_disposal()
        return tuple(map(as_recorded, told))

    def repeat_disposal(
        self, strand: StrandId, first: int, last: int, blobs: Sequence[str], at: Moment, also: Sequence[Signer]
    ) -> None:
        """Destroy again, after a backup was put back, what the store before it had destroyed."""
        self._checked()
        self._disposals.repeat(strand, first, last, blobs, at, also)
        self.finish_disposal()

    def finish_disposal(self) -> bool:
        """Change the key where that is due and take doomed files away; true once nothing of it is left to do.

        What two people destroyed stays destroyed: too little room for a fresh key, or
        a file that something holds open, leaves it for the next opening.
        """
        with contextlib.suppress(DiskFullError, FileFaultError):
            self._rotate_if_due()
            self._disposals.work_off()
        return self._disposals.is_finished()

    def save_draft(self, draft: str | None, strand: StrandId | None, content: bytes) -> str:
        """Keep words somebody has begun; gives the draft's id."""
        return self._drafts.save(draft, strand, content)

    def drop_draft(self, draft: str) -> None:
        """Forget a draft."""
        self._drafts.drop(draft)

    def check(self, progress: Progress) -> HealthReport:
        """Check everything; changes nothing. What opening found amiss (planted slots and wraps too) stands in it."""
        report = check_everything(self.kept, self._blobs, progress)
        report = replace(report, findings=tuple(dict.fromkeys((*self.opening_findings, *report.findings))))
        self._owes_check = False
        self.waits_for_check = self.waits_for_check and bool(report.findings)
        return report

    def read_on(self, progress: Progress) -> tuple[Finding, ...]:
        """Read the links that opening left for later, between other work; gives what is amiss in them.

        Raises what `progress` raises; then they are still to be read.
        """
        if not self.reads_on:
            return ()
        found = rest_of_the_chain(self.kept, progress)
        self.reads_on = False
        new = tuple(one for one in found if one not in self.opening_findings)
        self.opening_findings = (*self.opening_findings, *new)
        return new

    def rebuild_index(self) -> bool:
        """Make the index anew from the journal; true where it equals the one that was kept."""
        return rebuild_index(self.kept)
