"""How long things may take: the terms of a profile, the school's own, and what holds before either is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.policy_values import Deadline, Profile, Reporting, Term

LADO_DAYS: Final = (0, 1, 2)
"""Working days that a school may set for the LADO; 0 is the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long something may take."""

    term: Term
    count: int = 0
    """Hours, days or months."""


COMMON: Final[Mapping[DeadlineKind, Rule]] = {
    DeadlineKind.REPORT: Rule(term=Term.SAME_DAY),
    DeadlineKind.ANSWER: Rule(term=Term.SAME_DAY),
    DeadlineKind.POLICE: Rule(term=Term.AT_ONCE),
    DeadlineKind.LADO: Rule(term=Term.WORKING_DAYS, count=1),
    DeadlineKind.BREACH: Rule(term=Term.HOURS, count=72),
    DeadlineKind.REPLY: Rule(term=Term.WORKING_DAYS, count=3),
    DeadlineKind.FILE: Rule(term=Term.SCHOOL_DAYS, count=5),
}
"""The common default, before a profile is chosen or where it names no such term."""


def rules_of(profile: Profile | None, lado_days: int | None = None) -> dict[DeadlineKind, Rule]:
    """The terms in force: the profile's, and the school's own for the LADO where it set one."""
    found = dict(COMMON)
    for said in profile.deadlines if profile else ():
        kind = next((one for one in DeadlineKind if one.value == said.id), None)
        if kind is not None:
            found[kind] = counted_as(said)
    if profile is not None:
        found[DeadlineKind.REPORT] = found[DeadlineKind.ANSWER] = report_rule(profile.reporting)
    if lado_days is not None:
        one = Rule(term=Term.WORKING_DAYS, count=lado_days)
        found[DeadlineKind.LADO] = one if lado_days else Rule(term=Term.SAME_DAY)
    return found


def urgent_rule(profile: Profile | None) -> Rule:
    """The term of a report where a crime or serious harm is suspected, or nobody is sure."""
    return Rule(term=Term.AT_ONCE) if profile is None else urgent_report_rule(profile.reporting)


def counted_as(said: Deadline) -> Rule:
    """How a deadline of a profile is counted."""
    return _rule(said.term, said.hours, said.count)


def report_rule(told: Reporting) -> Rule:
    """How a profile counts an ordinary report."""
    return _rule(told.term, told.within_hours)


def urgent_report_rule(told: Reporting) -> Rule:
    """How it counts one where a crime or serious harm is suspected, or nobody is sure."""
    return _rule(told.urgent_term, told.urgent_within_hours)


def _rule(term: Term, hours: int, count: int = 0) -> Rule:
    """Old profiles tell hours alone; none at all means at once."""
    if term is Term.HOURS and not hours:
        return Rule(term=Term.AT_ONCE)
    return Rule(term=term, count=hours if term in (Term.HOURS, Term.END_OF_LESSON) else count)
