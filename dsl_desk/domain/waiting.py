"""What waits in a case, told from the case alone and in few words, so that a list of thousands need not be opened.

Each thing is a key and a time. What somebody must do now, or soon, is keyed by its
kind, with the account where one person alone is asked. A clock that runs is keyed by
everything its term depends on but the time: within one key what began first is due
first, whatever term is in force when it is asked.
"""

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, assert_never

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ActionDecided, RouteChosen
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.deadlines import DueBy, due_of, read_time, rule_for
from dsl_desk.domain.deadlines_calendar import SchoolCalendar
from dsl_desk.domain.deadlines_clocks import Clock, DeadlineKind, running
from dsl_desk.domain.deadlines_terms import Rule
from dsl_desk.domain.destroying import stopped_since_closing
from dsl_desk.domain.follow_up_entries import ExternalLogMade
from dsl_desk.domain.words import AccountId

_ANY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_RUNS: Final = "runs"


class Wait(enum.Enum):
    """What waits in a case without being counted to a day."""

    LAPTOP = "laptop"
    STOPPED = "stopped"
    SESSION = "session"
    JUDGE = "judge"
    SIGN_OFF = "sign_off"
    PACK = "pack"
    ACTION = "action"
    HOLD_BACK = "hold_back"
    NOTE = "note"

    def of(self, account: AccountId) -> str:
        """Its key where one person alone is asked."""
        return f"{self.value} {account}"


class Told(enum.Enum):
    """How the time of a clock was told: alike ones alone can be put in order by their letters."""

    DAY = "day"
    UTC = "utc"
    LOCAL = "local"
    """Without an offset: by the school's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Clocks of many cases whose term is the same, so that what began first is due first."""

    kind: DeadlineKind
    urgent: bool
    said: bool
    """Whether somebody said the day; else a term is counted from when it began."""
    told: Told
    policy: str = ""
    """Name and version of the profile that counts; empty where a day was said."""
    version: int = 0

    @property
    def key(self) -> str:
        """As the index keeps it."""
        flags = ("urgent" if self.urgent else "-", "said" if self.said else "counted")
        return " ".join((_RUNS, self.kind.value, *flags, self.told.value, str(self.version), self.policy))

    @property
    def step(self) -> timedelta:
        """By how much two of these times differ at least."""
        return timedelta(days=1) if self.told is Told.DAY else timedelta(seconds=1)

    def letters(self, at: datetime) -> str:
        """A moment (aware, in the school's zone) in the letters of these times."""
        match self.told:
            case Told.DAY:
                return at.date().isoformat()
            case Told.UTC:
                return at.astimezone(UTC).isoformat(timespec="seconds")
            case Told.LOCAL:
                return at.replace(tzinfo=None).isoformat(timespec="seconds")
            case _ as never:
                assert_never(never)

    def clock(self, since: str) -> Clock:
        """A clock of these that runs from then, or until the day that was said."""
        on = since if self.said else ""
        return Clock(kind=self.kind, about=0, since=since, written=since, on=on, urgent=self.urgent)

    def due(
        self, since: str, rules: Mapping[DeadlineKind, Rule], urgent: Rule, calendar: SchoolCalendar, now: datetime
    ) -> DueBy | None:
        """By when such a clock has to be met; None where nothing counts it."""
        clock = self.clock(since)
        return due_of(clock, rule_for(clock, rules, urgent), calendar, now)


def read_running(key: str) -> Running | None:
    """A key of clocks as the index keeps it; None for any other key."""
    if not key.startswith(f"{_RUNS} "):
        return None
    _, kind, urgent, said, told, version, policy = key.split(" ", 6)
    return Running(
        kind=DeadlineKind(kind), urgent=urgent == "urgent", said=said == "said", told=Told(told), policy=policy,
        version=int(version),
    )  # fmt: skip


def policy_of(case: Case) -> tuple[str, int]:
    """Name and version of the profile that a case is handled under: its route's, else the one it began with."""
    told = chosen.data if (chosen := case.latest(RouteChosen)) else case.opened
    return (told.profile, told.profile_version) if told else ("", 0)


def asked_of(case: Case, account: AccountId) -> Iterator[Wait]:
    """What a reviewer is asked for: to end a session, to judge, to sign."""
    if case.closed or case.is_stopped or not case.is_reviewer(account):
        return
    if case.session is not None:
        yield Wait.SESSION
    elif case.sessions and all(told.by != (account,) for told in case.current_judgements()):
        yield Wait.JUDGE
    state = case.sign_off_state()
    one_signed = bool(state.signatures) and not state.void_since and not state.is_valid
    if one_signed and all(signature.account != account for signature in state.signatures):
        yield Wait.SIGN_OFF


def undated_actions(case: Case) -> Iterator[ActionDecided]:
    """Actions to do whose day is told in words; those with a date are among what is due."""
    waiting = set(case.actions_waiting())
    for told in case.told(ActionDecided):
        if told.at in waiting and read_time(told.data.by_when, _ANY) is None:
            yield told.data


def waits(case: Case) -> Iterator[str]:
    """Keys of what somebody has to do in this case and Home names, clocks left out.

    A closed case waits for nobody, unless it was stopped since.
    """
    if case.closed:
        stopped = stopped_since_closing(case)
        yield from (wait.value for wait in (Wait.LAPTOP, Wait.STOPPED) if stopped and _STOPS[wait](case))
        return
    plain = {
        **{wait: holds(case) for wait, holds in _STOPS.items()},
        Wait.PACK: bool(case.unfinished_packs()),
        Wait.ACTION: any(undated_actions(case)),
        Wait.HOLD_BACK: any(held.decision is HoldBack.WAIT for held in case.hold_back_list().values()),
        Wait.NOTE: case.sign_off_state().is_valid and not case.told(ExternalLogMade),
    }
    yield from (wait.value for wait, holds in plain.items() if holds)
    for reviewer in case.reviewers:
        yield from (wait.of(reviewer.account) for wait in asked_of(case, reviewer.account))


_STOPS: Final[Mapping[Wait, Callable[[Case], bool]]] = {
    Wait.LAPTOP: lambda case: case.laptop_stopped,
    Wait.STOPPED: lambda case: case.is_stopped,
}


def clocks_running(case: Case) -> dict[str, str]:
    """Keys of the clocks that run in a case, each with the time of the one that is due first."""
    found: dict[str, str] = {}
    for clock in running(case):
        if clock.kind is DeadlineKind.POLICE and case.is_stopped:
            continue  # the stop itself asks for this call
        key, since = _placed(clock, case)
        if key:
            found[key] = min(since, found.get(key, since))
    return found


def _placed(clock: Clock, case: Case) -> tuple[str, str]:
    said = _ordered(clock.on)
    if said is not None:
        group = Running(kind=clock.kind, urgent=clock.urgent, said=True, told=said[0])
        return group.key, said[1]
    since = _ordered(clock.since) or _ordered(clock.written)
    if since is None:
        return "", ""
    policy, version = policy_of(case)
    counted = Running(kind=clock.kind, urgent=clock.urgent, said=False, told=since[0], policy=policy, version=version)
    return counted.key, since[1]


def _ordered(text: str) -> tuple[Told, str] | None:
    """A time in letters that sort as time does; None where it is told in words."""
    read = read_time(text, _ANY)
    if read is None:
        return None
    if read.day is not None:
        return Told.DAY, text
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        return Told.LOCAL, at.isoformat(timespec="seconds")
    return Told.UTC, at.astimezone(UTC).isoformat(timespec="seconds")
