"""By when each thing of a case is due, whether it was kept, and what must be said beside the date; pure arithmetic.

Terms come from the profile, days from the school's calendar, the case from its
entries. Hours run by the clock through nights, holidays and changes of the clock;
working days leave out weekends and bank holidays, school days also the holidays;
a month ends on the same date, or on the next working day (domain rules, data
protection). What is to be done at once, or the same day, no holiday moves.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, assert_never

from dsl_desk.domain.case import Case
from dsl_desk.domain.dates import day_words, in_our_time
from dsl_desk.domain.deadlines_calendar import NO_LESSONS, SchoolCalendar, months_after
from dsl_desk.domain.deadlines_clocks import Clock, DeadlineKind, clocks
from dsl_desk.domain.deadlines_terms import Rule, rules_of, urgent_rule
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.moments import has_come
from dsl_desk.domain.policy_values import Profile, Term
from dsl_desk.domain.text import checked
from dsl_desk.domain.wider_entries import DeadlineMissed

AT_ONCE_HOURS: Final = 1
"""What "at once" is counted as: the child is seen to first, writing comes after."""
_DAY: Final = timedelta(days=1)


class Standing(enum.Enum):
    """How it stands with one deadline."""

    OPEN = "open"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    """Done, but after the day, and nobody has said why yet."""
    EXPLAINED = "explained"
    """Missed, with the reason on record; nothing asks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBy:
    """When something is due."""

    by: datetime
    """Aware; a day that is meant as a whole ends here, at midnight."""
    day: date | None = None
    """The day, where a whole day is meant."""
    at_once: bool = False
    notes: tuple[str, ...] = ()
    """Plain sentences without their full stop: holidays left out, what is not known."""

    @property
    def iso(self) -> str:
        """As an entry keeps it."""
        return self.day.isoformat() if self.day else self.by.isoformat(timespec="minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeadline:
    """One deadline of a case."""

    clock: Clock
    due: DueBy
    standing: Standing
    rule: Rule | None
    """The term it is counted by; None where somebody said a day."""


def deadlines(
    case: Case, profile: Profile | None, calendar: SchoolCalendar, now: datetime, *, lado_days: int | None = None
) -> tuple[CaseDeadline, ...]:
    """Every deadline of a case: what is late first, then by when it is due; a closed case has none that runs.

    `now` is aware, in the school's zone. A day that somebody said in words that no
    date can be read from has no deadline; it stays in the list of actions.
    """
    rules, urgent = rules_of(profile, lado_days), urgent_rule(profile)
    found: list[CaseDeadline] = []
    for clock in clocks(case):
        rule = rule_for(clock, rules, urgent)
        due = due_of(clock, rule, calendar, now)
        if due is not None and not (case.closed and clock.runs):
            rule_said = None if read_time(clock.on, now) else rule
            found.append(CaseDeadline(clock=clock, due=due, standing=_standing(clock, due, now), rule=rule_said))
    return tuple(sorted(found, key=lambda one: (_ORDER[one.standing], one.due.by.astimezone(UTC), one.clock.about)))


def rule_for(clock: Clock, rules: Mapping[DeadlineKind, Rule], urgent: Rule) -> Rule | None:
    """The term that a clock is counted by; None where its kind has none."""
    return urgent if clock.urgent and clock.kind in _REPORTS else rules.get(clock.kind)


_REPORTS: Final = frozenset({DeadlineKind.REPORT, DeadlineKind.ANSWER})
_OF_OTHERS: Final = frozenset(
    {DeadlineKind.REPLY, DeadlineKind.DATE, DeadlineKind.DISAGREEMENT, DeadlineKind.VANISHES, DeadlineKind.MEASURE}
)
"""What others keep or let slip: once it has come nobody here has to say why it came late."""
_ORDER: Final = {
    standing: place
    for place, standing in enumerate(
        (Standing.LATE, Standing.OPEN, Standing.MET_LATE, Standing.EXPLAINED, Standing.MET)
    )
}


def _standing(clock: Clock, due: DueBy, now: datetime) -> Standing:
    if clock.missed is not None:
        return Standing.EXPLAINED
    if not clock.met:
        return Standing.LATE if has_come(due.by, now) else Standing.OPEN
    met = read_time(clock.met, now)
    late = met is not None and has_come(due.by, met.first) and clock.kind not in _OF_OTHERS
    return Standing.MET_LATE if late else Standing.MET


@dataclass(frozen=True, slots=True)
class When:
    """A time as somebody told it."""

    first: datetime
    """The moment, or the beginning of the day."""
    day: date | None
    """The day, where no time was told."""


def read_time(text: str, now: datetime) -> When | None:
    """A time as entries keep it, in the school's zone; None for words."""
    zone = now.tzinfo
    try:
        if len(text) == len("2026-11-24"):
            day = date.fromisoformat(text)
            return When(_midnight(day, zone), day) if in_our_time(day) else None
        at = datetime.fromisoformat(text)
        if not in_our_time(at.date()):
            return None
        return When(at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone), None)
    except (ValueError, OverflowError):
        return None


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)


def end_of(day: date, zone: tzinfo | None) -> datetime:
    """The end of a day by the school's clock, which has 23 or 25 hours when the clocks change."""
    return _midnight(day + _DAY, zone)


def hours_after(since: datetime, hours: int) -> datetime:
    """So many hours by the clock, whatever the clocks on the wall are changed to meanwhile (ICO: 72)."""
    return (since.astimezone(UTC) + timedelta(hours=hours)).astimezone(since.tzinfo)


def due_of(clock: Clock, rule: Rule | None, calendar: SchoolCalendar, now: datetime) -> DueBy | None:
    """By when a clock has to be met: the day somebody said, or its term; None where there is neither."""
    said = read_time(clock.on, now)
    if said is not None:
        note = calendar.no_school(said.day or said.first.date())
        return DueBy(
            by=end_of(said.day, now.tzinfo) if said.day else said.first, day=said.day, notes=(note,) if note else ()
        )
    if rule is None:
        return None
    since = read_time(clock.since, now) or read_time(clock.written, now)
    if since is None:
        return None
    if since.day is not None and rule.term in (Term.AT_ONCE, Term.END_OF_LESSON):
        rule = Rule(term=Term.SAME_DAY)  # nobody wrote down the time, so nobody is late within that day
    return due_by(rule, since.first, calendar)


def due_by(rule: Rule, since: datetime, calendar: SchoolCalendar) -> DueBy:
    """By when something is due that runs from `since` (aware, in the school's zone)."""
    day = since.date()
    match rule.term:
        case Term.AT_ONCE:
            return DueBy(by=hours_after(since, AT_ONCE_HOURS), at_once=True)
        case Term.END_OF_LESSON:
            return _end_of_lesson(since, calendar, rule.count or 1)
        case Term.SAME_DAY:
            return DueBy(by=end_of(day, since.tzinfo), day=day)
        case Term.HOURS:
            return DueBy(by=hours_after(since, rule.count))
        case Term.WORKING_DAYS:
            counted = calendar.working_days_after(day, rule.count)
        case Term.SCHOOL_DAYS:
            counted = calendar.school_days_after(day, rule.count)
        case Term.MONTHS:
            counted = calendar.working_day_from(months_after(day, rule.count))
        case _ as never:
            assert_never(never)
    return DueBy(by=end_of(counted.day, since.tzinfo), day=counted.day, notes=counted.notes)


def _end_of_lesson(since: datetime, calendar: SchoolCalendar, hours: int) -> DueBy:
    end = calendar.lesson_end_after(since)
    if end is not None:
        return DueBy(by=end)
    note = NO_LESSONS if not calendar.lesson_ends else "No lesson ran then, so one hour is counted"
    return DueBy(by=hours_after(since, hours), notes=(note,))


def due_words(due: DueBy, now: datetime) -> str:
    """By when, as somebody says it: By 15:10 today; By Monday 3 August; Was due yesterday."""
    late, told = has_come(due.by, now), due.day or due.by.date()
    if due.at_once and not late:
        return "Now"
    away = (told - now.date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away) or _day(told, now.date())
    at = "" if due.day else f"{due.by:%H:%M}"
    if late:
        return f"Was due {named}" + (f", {at}" if at else "")
    if not at:
        return named.capitalize() if away in (0, 1) else f"By {named}"
    return f"By {at} {named}" if away in (0, 1) else f"By {named}, {at}"


def _day(day: date, today: date) -> str:
    words = day_words(day)
    return words if day.year != today.year else words.rpartition(" ")[0]


def waiting(found: Iterable[CaseDeadline]) -> tuple[CaseDeadline, ...]:
    """Those in which somebody still has to do something."""
    return tuple(one for one in found if one.standing in (Standing.OPEN, Standing.LATE))


def explain(one: CaseDeadline, *, what: str, reason: str, next_step: str = "") -> DeadlineMissed:
    """Write down why a deadline was missed; raises ProcedureError while it can still be kept, InputError if empty."""
    match one.standing:
        case Standing.OPEN:
            raise ProcedureError("This is not overdue yet. Do it, or say why once the day is over.")
        case Standing.MET:
            raise ProcedureError("This was done in time. There is nothing to explain.")
        case Standing.EXPLAINED:
            raise ProcedureError("Why it was missed is on record already. Correct that entry if it is wrong.")
        case Standing.LATE | Standing.MET_LATE:
            pass
        case _ as never:
            assert_never(never)
    if not reason.strip():
        raise InputError("Write why it was missed.")
    return checked(
        DeadlineMissed(
            deadline=one.clock.kind.value, about=one.clock.about, due=one.due.iso, reason=reason, what=what,
            next_step=next_step,
        )
    )  # fmt: skip
