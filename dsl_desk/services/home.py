"""What is waiting for the person signed in: halted cases, sign-offs, packs without an end, dates, set-up (flows 10)."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ActionDecided
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.desk_entries import BackupMade, Checked
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CallLogged, DeviceSecured, ExternalLogMade
from dsl_desk.domain.words import AccountId, CaseRef, Grade, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_list import WAITING_STATES, day_words
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.due import Due, DueSource
from dsl_desk.services.set_up import Left, SetUpService
from dsl_desk.store.values import CaseQuery, CaseRow

MOST = 200
"""Cases with something to do, the latest. Whoever has more waiting works from the list of cases."""

DAYS_AHEAD = 14
"""What is due later than so many days from now stands at its case or register alone."""


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
    """Which part of set-up, where it is one."""
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
    left: tuple[Left, ...]
    """What set-up still lacks."""
    contacts_missing: tuple[str, ...]
    """Titles of contacts that nobody has filled in; 999 and 101 are always there."""
    backup: Care
    check: Care


class HomeService:
    """Answers "what is waiting for me?"; counts only what its reader may read."""

    def __init__(
        self, book: CaseBook, set_up: SetUpService, deadlines: DeadlineService, sources: Sequence[DueSource] = ()
    ) -> None:
        self._book, self._set_up, self._deadlines, self._sources = book, set_up, deadlines, tuple(sources)

    def look(self) -> HomeSeen:
        """Everything Home says, for the person signed in."""
        now, school, profile = self._book.now().local, self._book.school(), self._book.school().profile
        titles = {contact.id: contact.title for contact in profile.contacts} if profile else {}
        missing = self._set_up.contacts_missing()
        return HomeSeen(
            school=school.name,
            today=f"{now.strftime('%A')} {now.day} {now.strftime('%B %Y')}",
            waiting=self._cases_waiting(now.date()),
            left=self._set_up.left(),
            contacts_missing=tuple(titles.get(name, name) for name in missing),
            backup=self._backup(now.date()),
            check=self._check(now.date()),
        )

    def waiting(self) -> tuple[Waiting, ...]:
        """Everything that waits for the person signed in, what is left of set-up at the end."""
        unfinished = (
            Waiting(kind=WaitingKind.SET_UP, title="Set-up unfinished", what=left.words, part=left.part)
            for left in self._set_up.left()
        )
        return (*self._cases_waiting(self._book.now().local.date()), *unfinished)

    def _cases_waiting(self, today: date) -> tuple[Waiting, ...]:
        found = [item for row, case in self._open_cases() for item in self._of(row, case, today)]
        if self._book.desk.waits_for_check:
            title = "Check everything"
            found.append(
                Waiting(kind=WaitingKind.CHECK, title=title, what="The desk was not closed properly last time.")
            )
        found += [
            _due_item(due) for source in self._sources for due in source.due(self._book.now()) if _is_near(due, today)
        ]
        return tuple(sorted(found, key=lambda item: (_RANK[item.kind], not item.late, item.order)))

    def _open_cases(self) -> Iterator[tuple[CaseRow, Case]]:
        """Cases in which something waits, as the index tells them; restricted ones are looked at themselves."""
        page = self._book.desk.cases(CaseQuery(states=WAITING_STATES, waiting=True, limit=MOST))
        for row in (*page.restricted, *page.rows):
            try:
                yield row, self._book.load(row.strand)
            except DslDeskError:
                continue

    def _of(self, row: CaseRow, case: Case, today: date) -> Iterator[Waiting]:
        def item(kind: WaitingKind, title: str, what: str, when: str = "", *, late: bool = False) -> Waiting:
            return Waiting(
                kind=kind, reference=row.reference, strand=row.strand, title=title, what=what, when=when, late=late
            )

        ref, me = row.reference, self._book.desk.me.account
        if case.laptop_stopped:
            what = "This laptop is stopped. Two people must say why it is used again."
            yield item(WaitingKind.LAPTOP, f"{ref} stopped this laptop", what, "Now", late=True)
        if case.is_stopped:
            yield item(WaitingKind.HALTED, f"{ref} is halted", next_after_stop(case), "Now", late=True)
        for no in case.unfinished_packs():
            what = f"Pack {no} was begun and has no end: finish it, or record it as lost."
            yield item(WaitingKind.PACK, f"Unfinished pack: {ref}", what)
        yield from (item(kind, f"{title}: {ref}", what) for kind, title, what in self._asked_of(case, me))
        yield from (item(WaitingKind.ACTION, f"Action to do: {ref}", *words) for words in _undated_actions(case))
        for kind, due in self._deadlines.of_home(case, row.strand):
            if kind is DeadlineKind.POLICE and case.is_stopped:
                continue  # the line of the stop asks for this call already
            if _is_near(due, today):
                yield replace(_due_item(due), reference=ref)
        if any(held.decision is HoldBack.WAIT for held in case.hold_back_list().values()):
            what = "Somebody must not be told yet: look at the hold-back list."
            yield item(WaitingKind.HOLD_BACK, f"Hold back: {ref}", what)
        if case.sign_off_state().is_valid and not case.told(ExternalLogMade):
            what = "The note for the main system is not made yet."
            yield item(WaitingKind.NOTE, f"Main system: {ref}", what)

    def _asked_of(self, case: Case, me: AccountId) -> Iterator[tuple[WaitingKind, str, str]]:
        """What a reviewer is asked for: to end a session, to judge, to sign."""
        if not case.is_reviewer(me) or case.is_stopped:
            return
        if case.session is not None:
            yield WaitingKind.SESSION, "Review session is open", "Go on looking together, or finish the session."
        elif case.sessions and all(told.by != (me,) for told in case.current_judgements()):
            yield WaitingKind.JUDGE, "Your judgement is asked for", "Judge alone, before you read the other's words."
        if self._sign_off_waits(case, me):
            signed = self._book.school().names.get(case.sign_off_state().signatures[0].account, "The other reviewer")
            yield WaitingKind.SIGN_OFF, "Your sign-off is asked for", f"{signed} signed. Read the record, then sign."

    def _sign_off_waits(self, case: Case, me: AccountId) -> bool:
        state = case.sign_off_state()
        one_signed = bool(state.signatures) and not state.void_since and not state.is_valid
        return one_signed and all(signature.account != me for signature in state.signatures)

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


def next_after_stop(case: Case) -> str:
    """The next open step of a stopped case, in a sentence (flows sections 3 and 10)."""
    steps: Iterable[tuple[bool, str]] = (
        (bool(case.told(DeviceSecured)), "Secure the device: who has it, where it is locked away."),
        (bool(case.told(CallLogged)), "Ring 101, or 999 if a child is in danger now, and write down the log number."),
        (case.referral_decided(), "Decide the referral: to whom, or why not."),
        (bool(case.told(AdviceRecorded)), "Wait for advice, and record it when it comes."),
    )
    last = "Police advice is recorded; two people apply it." if case.grade is Grade.STOP_IMAGES else (
        "Advice is recorded; two people apply it."
    )  # fmt: skip
    return next((words for done, words in steps if not done), last)


def _undated_actions(case: Case) -> Iterator[tuple[str, str]]:
    """Actions to do whose day is told in words; those with a date are among what is due."""
    waiting = set(case.actions_waiting())
    for told in case.told(ActionDecided):
        by = told.data.by_when
        if told.at in waiting and not _is_date(by):
            yield f"{told.data.action} ({told.data.who})", by


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _due_item(due: Due) -> Waiting:
    return Waiting(
        kind=WaitingKind.OVERDUE if due.late else WaitingKind.DUE, strand=None if due.register else due.strand,
        title=due.title, what=due.what, when=due.when, late=due.late, register=due.register, item=due.item,
        order=due.by.astimezone(UTC).isoformat(),
    )  # fmt: skip


def _is_near(due: Due, today: date) -> bool:
    return due.late or due.by.date() <= today + timedelta(days=DAYS_AHEAD)


def _ago(at_local: str, today: date) -> str:
    day = date.fromisoformat(at_local[:10])
    clock = at_local[11:16]
    match (today - day).days:
        case 0:
            return f"today, {clock}"
        case 1:
            return f"yesterday, {clock}"
        case _:
            return f"on {day_words(at_local)}"


def _is_recent(at_local: str, today: date, days: int) -> bool:
    return (today - date.fromisoformat(at_local[:10])).days < days
