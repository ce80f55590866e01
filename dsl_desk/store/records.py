"""The records of an open desk: everything that writes or opens an entry goes through here.

One act is one transaction: entries, index and search stand together or not at all.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.desk_entries import ClockStepped, SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.errors import DamagedError, NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.journal import Head, Header
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, BlobId, StrandId, StrandKind
from dsl_desk.signatures import Signer
from dsl_desk.store.index import Index
from dsl_desk.store.journal import EntryRow, Journal, Opened
from dsl_desk.store.naming import Named, naming
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.register import Register, read_register
from dsl_desk.store.sessions import Session, new_session
from dsl_desk.store.strands import EpochKey, StrandKeys
from dsl_desk.store.unlocked import Unlocked

_SESSION_KINDS: Final = (SessionOpened, SessionClosed, SessionEnded)
_CACHED_STRANDS: Final = 64
"""More than a page of the list shows, so that a page asked for again is not opened again."""
_TWO_PEOPLE: Final = "This must be signed by two different people. Nothing was recorded."
LAST_CLOSE: Final = "last_close"
"""Name in `desk_state`: the desk's last entry when it was last closed in order."""


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


class Records:
    """Journal, register, keys of strands and sessions of an open desk, kept in step with one another."""

    def __init__(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        self.database = unlocked.database
        self.desk = unlocked.desk
        self.me = unlocked.account
        self.journal = Journal(unlocked.database, unlocked.desk, BOOK)
        self.strands = StrandKeys(unlocked.database, unlocked.desk, unlocked.agreement)
        self.index = Index(unlocked.database)
        self._register: Register | None = None
        self._sessions: dict[StrandId, Session] = {}
        self._rules: dict[StrandId, ReaderRules] = {}
        self._learned: dict[StrandId, int] = {}
        self._known: dict[StrandId, _Known] = {}
        self._touched: dict[StrandId, None] = {}
        self._last: Moment | None = None

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

    def begin_epoch(self, strand: StrandId, under: EpochKey, *, restricted: bool) -> None:
        """A strand's new key was just kept, inside an act: its next two entries will say so, and are judged by it."""
        if not restricted:
            self._rules.pop(strand, None)
            return
        rules = self._rules.get(strand)
        if rules is None:
            rules = ReaderRules(desk=self.desk, strand=strand, under=None)
            for one in self.opened(strand):
                if isinstance(one, Opened):
                    rules.apply(one, None)
                else:
                    rules.skip(one.strand_seq)
        rules.under = under
        self._rules[strand] = rules

    def learn(self, strand: StrandId) -> None:
        """Take the sessions that stand in a restricted strand of this reader into the register."""
        after = self._learned.get(strand, 0)
        for one in self.opened(strand, after):
            if isinstance(one, Opened) and isinstance(one.payload.data, _SESSION_KINDS):
                self.register.apply(one)
            after = one.strand_seq if isinstance(one, EntryRow) else one.row.strand_seq
        self._learned[strand] = after

    @contextlib.contextmanager
    def act(self, name: str, at: Moment | None = None) -> Iterator[None]:
        """One transaction; the index of every strand touched is brought up to date before it ends.

        With `at` the laptop's clock is compared with the last act, and a step recorded.
        On any error nothing of the act remains, in the desk or in memory.
        """
        self._touched.clear()
        try:
            with self.database.transaction(name):
                if at is not None:
                    self._note_clock(at)
                yield
                for strand in self._touched:
                    self.index.refresh(strand, self.case(strand))
        except BaseException:
            self.forget()
            raise
        self._last = at or self._last
        if at is not None:
            self.unlocked.keeper.head_moved(self.journal.head(), self.branch, at)

    def _note_clock(self, at: Moment) -> None:
        step = at.stepped_since(self._last) if self._last else None
        session = self._sessions.get(self.desk_strand)
        if step is None or session is None or session.author.session not in self.register.sessions:
            return
        seconds = round(step.total_seconds())
        self.append(self.desk_strand, ClockStepped(by_seconds=abs(seconds), forward=seconds > 0), at=at)

    def append(
        self,
        strand: StrandId,
        data: EntryData,
        *,
        at: Moment,
        also: Sequence[Signer] = (),
        under: EpochKey | None = None,
    ) -> Opened:
        """Write one entry, inside an act; `also` signs where the kind asks for it and nowhere else.

        `under` is given only while a strand's epoch changes. Raises ProcedureError
        where the signatures do not fit the kind, NotReadableError, DamagedError.
        """
        signers = _signers(data, also)
        if self.register.one_person([signer.account for signer in signers]):
            raise ProcedureError(_TWO_PEOPLE)
        on_desk = strand == self.desk_strand
        if not (StrandKind.DESK in data.STRANDS if on_desk else frozenset({StrandKind.DESK}) != data.STRANDS):
            raise StoreError("This kind of entry does not belong there. Nothing was recorded.")
        author = self._author(strand)
        newest, restricted = self.strands.state(strand)
        seal_under = under or newest
        if seal_under is None:
            raise NotReadableError
        if restricted and under is None:
            readers = self.rules(strand).readers
            if readers is not None and author.author.account not in (*readers, ROOT_ACCOUNT):
                raise NotReadableError
        opened = self.journal.append(strand, data, author=author.author, under=seal_under, at=at, signers=signers)
        self._take_note(opened, author.author.account, restricted=restricted)
        return opened

    def _take_note(self, opened: Opened, own: AccountId, *, restricted: bool) -> None:
        """Judge a new entry as everybody else will, and let register and index know of it."""
        strand, register = opened.row.strand, self.register
        if (fault := register.signers_fault(opened)) is not None:
            raise ProcedureError(f"This was not recorded: {fault}.")
        if strand == self.desk_strand:
            before = len(register.faults)
            register.apply(opened)
            if len(register.faults) > before:
                raise ProcedureError(f"This was not recorded: {register.faults[-1].what}.")
        elif restricted:
            rules = self._rules.get(strand)
            if rules is not None and (fault := rules.apply(opened, own)):
                raise StoreError(f"This was not recorded: {fault}.")
        else:
            self.index.note(strand, as_recorded(opened))
            self._touched[strand] = None
        known = self._known.get(strand)
        if known is not None and known.case.last + 1 == opened.row.strand_seq:
            known.take(strand, as_recorded(opened))

    def _author(self, strand: StrandId) -> Session:
        session = self._sessions.get(strand) or self._sessions.get(self.desk_strand)
        if session is None:
            raise NotReadableError("You are not signed in for this record. Nothing was recorded.")
        known = self.register.sessions.get(session.author.session)
        if known is not None and known.ended_seq is not None:
            raise StoreError("Your sign-in has ended. Nothing was recorded; sign in again.")
        return session

    def begin_session(self, signer: Signer, at: Moment, extra: Sequence[EntryData] = ()) -> None:
        """Sign in: `session_opened`, the ends of sessions that a crash left open, and what else belongs to it."""
        session = self._new_session(signer, self.desk_strand, at)
        left = self.register.left_open()
        self._sessions[self.desk_strand] = session
        with self.act("signed in", at):
            self._open_here(session, at)
            for one in left:
                self.append(self.desk_strand, SessionEnded(session=one), at=at)
            for data in extra:
                self.append(self.desk_strand, data, at=at)

    def begin_session_in(self, strands: Sequence[StrandId], signer: Signer, at: Moment) -> None:
        """Sign in somebody who reads restricted strands alone: a session of its own in each of them."""
        for strand in strands:
            self.learn(strand)
            self.rules(strand)
        with self.act("signed in", at):
            for strand in strands:
                session = self._new_session(signer, strand, at)
                self._sessions[strand] = session
                self._open_here(session, at)

    def _new_session(self, signer: Signer, home: StrandId, at: Moment) -> Session:
        return new_session(
            desk=self.desk,
            signer=signer,
            device=self.unlocked.device,
            home=home,
            after=self.journal.head(),
            at=at,
            program=self.unlocked.program,
            failed_attempts=self.unlocked.failed_attempts,
        )

    def _open_here(self, session: Session, at: Moment) -> None:
        """Write `session_opened` as the session's first entry; the register must believe it before it stands."""
        opened = self.journal.append(
            session.home, session.opened, author=session.author, under=self.strands.latest(session.home), at=at
        )
        before = len(self.register.faults)
        self.register.apply(opened)
        fault = self.register.faults[-1].what if len(self.register.faults) > before else None
        fault = fault or self.register.signers_fault(opened)
        if session.home != self.desk_strand:
            self._learned[session.home] = opened.row.strand_seq
            fault = fault or self.rules(session.home).apply(opened, session.author.account)
        if fault is not None:
            raise ProcedureError(f"This sign-in was refused: {fault}.")

    def judge_beginning(self) -> None:
        """Judge a desk's first entries as everybody will, inside their transaction; raises ProcedureError."""
        self.forget()
        faults = self.register.faults
        if faults:
            self.forget()
            raise ProcedureError(f"The desk was not begun: {faults[0].what}.")

    def use_session(self, session: Session) -> None:
        """The session that begins a desk: its entries come before its own `session_opened`."""
        self._sessions[session.home] = session

    def end_sessions(self, at: Moment) -> None:
        """Sign out: `session_closed` as the last entry of each session."""
        if not self._sessions:
            return
        with self.act("signed out", at):
            for home, session in self._sessions.items():
                known = self.register.sessions.get(session.author.session)
                if known is not None and known.ended_seq is None:
                    self.append(home, SessionClosed(), at=at)
            self.database.set_state(LAST_CLOSE, self.head().seq)
        self._sessions.clear()

    @property
    def signs_on_desk(self) -> bool:
        """Whether this sign-in has a session for the desk's own strand; not so who reads restricted records alone."""
        return self.desk_strand in self._sessions

    @property
    def session(self) -> Session:
        """This sign-in's session; raises StoreError where the desk is only read."""
        session = next(iter(self._sessions.values()), None)
        if session is None:
            raise StoreError("Nobody is signed in for writing. Nothing was changed.")
        return session

    def head(self) -> Head:
        """Where the desk's chain ends."""
        return self.journal.head()

    def forget_words(self, strand: StrandId) -> None:
        """Forget what a strand says, where this person may read it no longer; who reads it stays known."""
        self._known.pop(strand, None)

    def drop_cached(self, strand: StrandId) -> None:
        """Forget what is held of a strand whose keys or words have just changed."""
        self._rules.pop(strand, None)
        self._known.pop(strand, None)


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


def _signers(data: EntryData, also: Sequence[Signer]) -> Sequence[Signer]:
    """Those of `also` whose signatures the kind asks for; raises ProcedureError where they are too few or one twice."""
    wanted = data.SIGNERS
    if wanted == 0:
        return ()
    different: set[AccountId] = {signer.account for signer in also}
    if len(also) != wanted or len(different) != wanted:
        raise ProcedureError(_TWO_PEOPLE if wanted > 1 else "This must be signed by one person. Nothing was recorded.")
    return also
