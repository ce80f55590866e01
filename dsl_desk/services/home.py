"""What is waiting for the person signed in: halted cases, sign-offs, packs without an end, dates, set-up (flows 10)."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.dates import date_words, day_name
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.desk_entries import BackupMade, Checked
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import ExternalLogMade
from dsl_desk.domain.waiting import Wait, asked_of, undated_actions
from dsl_desk.domain.words import AccountId, CaseRef, StrandId
from dsl_desk.services.at_a_stop import next_after_stop
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_day
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.due import Due, DueSource
from dsl_desk.services.set_up import Left, SetUpService
from dsl_desk.services.told import PARTIES, plain
from dsl_desk.services.waiting_cases import WaitingCases, is_near

MOST = 24
"""Cases of each kind of thing that are opened at first: the most urgent. More are shown as they are asked for."""


MOST_NAMED = 3
"""Who must not be told yet: so many are named on the line of a case."""


class WaitingKind(enum.Enum):
    """What kind of thing waits."""

    LAPTOP = "laptop"
    HALTED = "halted"
    OVERDUE = "overdue"
    """Something that is due, when its day is over."""
    CHECK = "check"
    SIGN_OFF = "sign_off"
    JUDGE = "judge"
    SESSION = "session"
    PACK = "pack"
    DUE = "due"
    ACTION = "action"
    REGISTER = "register"
    """A line of a register whose next page waits, without a day."""
    HOLD_BACK = "hold_back"
    NOTE = "note"
    SET_UP = "set_up"


_RANK = {kind: rank for rank, kind in enumerate(WaitingKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits."""

    kind: WaitingKind
    reference: CaseRef | None = None
    strand: StrandId | None = None
    title: str
    """What it is: MI-2026-K7Q4 is halted."""
    what: str
    """The next step, in a sentence."""
    when: str = ""
    """Now, a day, or nothing."""
    late: bool = False
    """Whether that day has passed, or it is for now."""
    part: str = ""
    """Which part of set-up or of Settings, where it is one."""
    register: str = ""
    """Key of the register it belongs to, and which row there."""
    item: str = ""
    order: str = ""
    """By when, so that what is due first stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """A thing the desk itself needs now and then: when it was last done."""

    title: str
    words: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSeen:
    """Everything Home says."""

    school: str
    today: str
    waiting: tuple[Waiting, ...]
    more: bool
    """Whether more waits than that: of some kind of thing the most urgent are told alone."""
    left: tuple[Left, ...]
    """What set-up still lacks."""
    contacts_missing: tuple[str, ...]
    """Titles of contacts that nobody has filled in; 999 and 101 are always there."""
    backup: Care
    check: Care

    @property
    def lines_left(self) -> int:
        """How many lines the list of set-up has: the missing numbers stand on one of their own."""
        return len(self.left) + (bool(self.contacts_missing) and all(left.part != "contacts" for left in self.left))


class Unfinished(Protocol):
    """Whatever may still lack something that set-up should bring."""

    def left(self) -> tuple[Left, ...]:
        """What is lacking, in the order in which it is best done."""
        ...


class HomeService:
    """Answers "what is waiting for me?"; counts only what its reader may read."""

    def __init__(
        self, book: CaseBook, set_up: SetUpService, deadlines: DeadlineService, sources: Sequence[DueSource] = (),
        readers: Unfinished | None = None,
    ) -> None:  # fmt: skip
        self._book, self._set_up, self._deadlines, self._sources = book, set_up, deadlines, tuple(sources)
        self._waiting = WaitingCases(book, deadlines)
        self._unfinished: tuple[Unfinished, ...] = (set_up,) if readers is None else (set_up, readers)

    def look(self, most: int = MOST) -> HomeSeen:
        """Everything Home says, for the person signed in: of each kind of thing the first `most` cases."""
        now, school, profile = self._book.now().local, self._book.school(), self._book.school().profile
        titles = {contact.id: contact.title for contact in profile.contacts} if profile else {}
        missing = self._set_up.contacts_missing()
        waiting, more = self._cases_waiting(most)
        return HomeSeen(
            school=school.name,
            today=f"{day_name(now)} {date_words(now)}",
            waiting=waiting,
            more=more,
            left=self._left(),
            contacts_missing=tuple(titles.get(name, name) for name in missing),
            backup=self._backup(now.date()),
            check=self._check(now.date()),
        )

    def waiting(self) -> tuple[Waiting, ...]:
        """Everything that waits for the person signed in, what is left of set-up at the end."""
        unfinished = (
            Waiting(kind=WaitingKind.SET_UP, title="Set-up unfinished", what=left.words, part=left.part)
            for left in self._left()
        )
        return (*self._cases_waiting(MOST)[0], *unfinished)

    def _left(self) -> tuple[Left, ...]:
        return tuple(left for one in self._unfinished for left in one.left())

    def _cases_waiting(self, most: int) -> tuple[tuple[Waiting, ...], bool]:
        now, chosen = self._book.now(), self._waiting.first(most)
        opened = sorted(self._opened(chosen.strands), key=lambda one: one[1].entries[-1].at_utc, reverse=True)
        found = [item for strand, case in opened for item in self._of(strand, case, now.local)]
        if self._book.desk.waits_for_check:
            title = "Check everything"
            found.append(
                Waiting(kind=WaitingKind.CHECK, title=title, what="The desk was not closed properly last time.")
            )
        found += [_due_item(due) for source in self._sources for due in source.due(now) if _is_near(due, now.local)]
        return tuple(sorted(found, key=lambda item: (_RANK[item.kind], not item.late, item.order))), chosen.more

    def _opened(self, strands: Iterable[StrandId]) -> Iterator[tuple[StrandId, Case]]:
        for strand in strands:
            try:
                case = self._book.load(strand)
            except DslDeskError:
                continue
            if not reads_closed(case):
                yield strand, case

    def _of(self, strand: StrandId, case: Case, now: datetime) -> Iterator[Waiting]:
        def item(kind: WaitingKind, title: str, what: str, when: str = "", *, late: bool = False) -> Waiting:
            return Waiting(kind=kind, reference=ref, strand=strand, title=title, what=what, when=when, late=late)

        ref, me = CaseRef(case.ref), self._book.desk.me.account
        if case.laptop_stopped:
            what = "This laptop is stopped. Two people must say why it is used again."
            yield item(WaitingKind.LAPTOP, f"{ref} stopped this laptop", what, "Now", late=True)
        if case.is_stopped:
            yield item(WaitingKind.HALTED, f"{ref} is halted", next_after_stop(case), "Now", late=True)
        if case.closed:
            return
        for no in case.unfinished_packs():
            what = f"Pack {no} was begun and has no end: finish it, or record it as lost."
            yield item(WaitingKind.PACK, f"Unfinished pack: {ref}", what)
        yield from (item(kind, f"{title}: {ref}", what) for kind, title, what in self._asked_of(case, me))
        for action in undated_actions(case):
            yield item(WaitingKind.ACTION, f"Action to do: {ref}", f"{action.action} ({action.who})", action.by_when)
        yield from (replace(_due_item(due), reference=ref) for due in self._due(strand, case) if _is_near(due, now))
        waiting = [party for party, held in case.hold_back_list().items() if held.decision is HoldBack.WAIT]
        if waiting:
            yield item(WaitingKind.HOLD_BACK, f"Hold back: {ref}", _not_told(waiting))
        if case.sign_off_state().is_valid and not case.told(ExternalLogMade):
            what = "The note for the main system is not made yet."
            yield item(WaitingKind.NOTE, f"Main system: {ref}", what)

    def _due(self, strand: StrandId, case: Case) -> Iterator[Due]:
        for kind, due in self._deadlines.of_home(case, strand):
            if kind is not DeadlineKind.POLICE or not case.is_stopped:  # the line of the stop asks for this call
                yield due

    def _asked_of(self, case: Case, me: AccountId) -> Iterator[tuple[WaitingKind, str, str]]:
        """What a reviewer is asked for: to end a session, to judge, to sign."""
        asked = frozenset(asked_of(case, me))
        if Wait.SESSION in asked:
            yield WaitingKind.SESSION, "Review session is open", "Go on looking together, or finish the session."
        if Wait.JUDGE in asked:
            yield WaitingKind.JUDGE, "Your judgement is asked for", "Judge alone, before you read the other’s words."
        if Wait.SIGN_OFF in asked:
            signed = self._book.school().names.get(case.sign_off_state().signatures[0].account, "The other reviewer")
            yield WaitingKind.SIGN_OFF, "Your sign-off is asked for", f"{signed} signed. Read the record, then sign."

    def _backup(self, today: date) -> Care:
        last = self._last(BackupMade)
        if last is None:
            return Care(title="No backup yet", words="To a stick that is locked away.", done=False)
        when, data = last
        medium = data.medium if isinstance(data, BackupMade) else ""
        words = f"To {medium}, read back and verified" if medium else "Read back and verified"
        return Care(title=f"Backed up {_ago(when, today)}", words=words, done=_is_recent(when, today, 7))

    def _check(self, today: date) -> Care:
        last = self._last(Checked)
        if last is None:
            return Care(title="Not checked yet", words="Check everything once a week.", done=False)
        return Care(title=f"Everything checked {_ago(last[0], today)}", words="No fault found", done=_is_recent(
            last[0], today, 31
        ))  # fmt: skip

    def _last(self, kind: type[BackupMade] | type[Checked]) -> tuple[str, BackupMade | Checked] | None:
        for record in reversed(self._book.desk.records(self._book.desk.desk_strand)):
            if record.payload is not None and isinstance(record.payload.data, kind):
                return record.payload.at_local, record.payload.data
        return None


def _due_item(due: Due) -> Waiting:
    kind = WaitingKind.OVERDUE if due.late else WaitingKind.DUE if due.by else WaitingKind.REGISTER
    return Waiting(
        kind=kind, strand=None if due.register else due.strand, title=due.title, what=due.what, when=due.when,
        late=due.late, register=due.register, item=due.item, part=due.part,
        order=due.by.astimezone(UTC).isoformat() if due.by else due.since,
    )  # fmt: skip


def _is_near(due: Due, now: datetime) -> bool:
    return due.late or due.by is None or is_near(due.by, now)


def _ago(at_local: str, today: date) -> str:
    day = date.fromisoformat(at_local[:10])
    clock = at_local[11:16]
    match (today - day).days:
        case 0:
            return f"today, {clock}"
        case 1:
            return f"yesterday, {clock}"
        case _:
            return f"on {local_day(at_local)}"


def _is_recent(at_local: str, today: date, days: int) -> bool:
    return (today - date.fromisoformat(at_local[:10])).days < days


def _not_told(parties: Sequence[str]) -> str:
    """Who must not be told yet, and what must not be done yet; many are counted."""
    who = [PARTIES.get(party, plain(party)) for party in parties]
    more = f", and {len(who) - MOST_NAMED} more" if len(who) > MOST_NAMED else ""
    return f"Still to wait: {'; '.join(who[:MOST_NAMED])}{more}."
