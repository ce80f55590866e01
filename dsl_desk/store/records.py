"""The records of an open desk: everything that writes or opens an entry goes through here.

One act is one transaction: entries, index and search stand together or not at all.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Final

from dsl_desk.domain.desk_entries import ClockStepped, SessionClosed, SessionEnded
from dsl_desk.domain.errors import NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, StrandId, StrandKind
from dsl_desk.signatures import Signer
from dsl_desk.store.index import Index
from dsl_desk.store.journal import Opened
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.records_reading import RecordsReading, as_recorded
from dsl_desk.store.sessions import Session, new_session
from dsl_desk.store.strands import EpochKey
from dsl_desk.store.unlocked import Unlocked

_TWO_PEOPLE: Final = "This must be signed by two different people. Nothing was recorded."
_NOT_SIGNED_IN: Final = (
    "Your sign-in opens only records that you lead or are named to read, and there is none yet. Nothing was recorded. "
    "In danger: 999. Otherwise ring the LADO or the deputy, who can write it down here; once there is a record for "
    "you, lock the desk, sign in again, and you work in it."
)
_IN_RECORDS_ALONE: Final = (
    "Your sign-in writes only in records that you lead or are named to read. Nothing was recorded. Open that record, "
    "or ask whoever keeps it to sign in and write this down."
)
LAST_CLOSE: Final = "last_close"
"""Name in `desk_state`: the desk's last entry when it was last closed in order."""


class Records(RecordsReading):
    """The same, and everything that writes: entries, sessions, epochs, each act one transaction."""

    def __init__(self, unlocked: Unlocked) -> None:
        super().__init__(unlocked)
        self.me = unlocked.account
        self.index = Index(unlocked.database)
        self._sessions: dict[StrandId, Session] = {}
        self._touched: dict[StrandId, None] = {}
        self._last: Moment | None = None

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
            raise NotReadableError(_IN_RECORDS_ALONE if self._sessions else _NOT_SIGNED_IN)
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


def _signers(data: EntryData, also: Sequence[Signer]) -> Sequence[Signer]:
    """Those of `also` whose signatures the kind asks for; raises ProcedureError where they are too few or one twice."""
    wanted = data.SIGNERS
    if wanted == 0:
        return ()
    different: set[AccountId] = {signer.account for signer in also}
    if len(also) != wanted or len(different) != wanted:
        raise ProcedureError(_TWO_PEOPLE if wanted > 1 else "This must be signed by one person. Nothing was recorded.")
    return also
