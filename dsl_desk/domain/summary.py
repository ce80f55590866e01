"""Counts for governors: fixed fields only, nothing from which anybody could be known (design section 10).

What may be shown of these counts is decided in `disclosure`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dsl_desk.domain.case import Case
from dsl_desk.domain.follow_up_entries import CaseClosed, ConcernRecorded, ReferralMade
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy_values import Phrase, Profile, RiskClass
from dsl_desk.domain.words import SubjectKind

OPEN = "open"
NOT_SAID = "not_said"
NO_LONGER = "no_longer"
"""Stands for every kind of concern that the policy in force does not have any more: counted, and never lost."""
_RISKS = frozenset(risk.value for risk in RiskClass)
TIMELINESS = (
    Phrase(id="same_day", title="Reported the same day"),
    Phrase(id="next_day", title="Reported the next day"),
    Phrase(id="later", title="Reported later"),
    Phrase(id="not_known", title="Not known"),
)
USER_GROUPS = (
    Phrase(id="pupil", title="Pupils"),
    Phrase(id="staff", title="People who work or volunteer here"),
    Phrase(id="other", title="Others or not known"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """The few fixed words of one case that may be counted."""

    categories: frozenset[str]
    risk_classes: frozenset[str]
    user_group: str
    severity: str
    referred_to: frozenset[str]
    outcome: str
    timeliness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of counts."""

    id: str
    title: str
    cells: tuple[tuple[str, int], ...]
    """Title of the cell and its count."""
    adds_up: bool
    """Whether every case stands in exactly one cell, so that the cells add up to the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Everything counted for a period, before anything is withheld."""

    total: int
    tables: tuple[Table, ...]


def counted(case: Case, profile: Profile) -> CountedCase:
    """What of one case is counted; unknown words count as "not said" and never travel."""
    concerns = case.told(ConcernRecorded)
    known = {category.id: category for category in profile.categories}
    named = {name for told in concerns for name in told.data.categories}
    categories = {name if name in known else NO_LONGER for name in named}
    risks = {risk.value for name in named & known.keys() for risk in known[name].risk}
    if NO_LONGER in categories:
        risks |= {risk for told in concerns for risk in told.data.risk_classes if risk in _RISKS}
    conclusion, closed = case.conclusion(), case.latest(CaseClosed)
    outcome = closed.data.outcome if closed and case.closed else (conclusion.data.outcome if conclusion else OPEN)
    severity = conclusion.data.severity if conclusion else NOT_SAID
    return CountedCase(
        categories=frozenset(categories),
        risk_classes=frozenset(risks),
        user_group=_user_group(case),
        severity=severity if severity in {phrase.id for phrase in profile.severities} else NOT_SAID,
        referred_to=frozenset(told.data.to.value for told in case.told(ReferralMade)),
        outcome=outcome if outcome in {OPEN, *(phrase.id for phrase in profile.outcomes)} else NOT_SAID,
        timeliness=_timeliness(concerns[0].data) if concerns else "not_known",
    )


def _user_group(case: Case) -> str:
    if case.subject_kinds & WORKERS:
        return "staff"
    return "pupil" if SubjectKind.PUPIL in case.subject_kinds else "other"


def _timeliness(concern: ConcernRecorded) -> str:
    try:
        days = (_day(concern.reported_at) - _day(concern.noticed_at or concern.occurred_at)).days
    except ValueError:
        return "not_known"
    if days < 0:
        return "not_known"
    return ("same_day", "next_day")[days] if days < 2 else "later"


def _day(text: str) -> datetime:
    return datetime.strptime(text[:10], "%Y-%m-%d")  # noqa: DTZ007 - whole days by the school's own calendar


def counts(cases: Iterable[CountedCase], profile: Profile) -> Counts:
    """Every table of the summary, each cell of the profile present, also where nothing happened."""
    chosen = tuple(cases)
    referrals = sorted({agency for case in chosen for agency in case.referred_to})
    not_said = Phrase(id=NOT_SAID, title="Not said")
    outcomes = (*profile.outcomes, Phrase(id=OPEN, title="Still open"), not_said)
    risks = tuple(Phrase(id=risk.value, title=risk.value.capitalize()) for risk in RiskClass)
    categories = tuple(Phrase(id=category.id, title=category.title) for category in profile.categories)
    if any(NO_LONGER in case.categories for case in chosen):
        categories += (Phrase(id=NO_LONGER, title="A kind that the policy no longer has"),)
    return Counts(
        total=len(chosen),
        tables=(
            _many("categories", "By category", categories, [case.categories for case in chosen]),
            _many("risk", "By risk class", risks, [case.risk_classes for case in chosen]),
            _one("user_group", "By user group", USER_GROUPS, [case.user_group for case in chosen]),
            _one("severity", "By severity", (*profile.severities, not_said), [case.severity for case in chosen]),
            _many(
                "referrals",
                "Referred to",
                tuple(Phrase(id=agency, title=agency.replace("_", " ")) for agency in referrals),
                [case.referred_to for case in chosen],
            ),
            _one("outcome", "By outcome", outcomes, [case.outcome for case in chosen]),
            _one("timeliness", "By how soon it was reported", TIMELINESS, [case.timeliness for case in chosen]),
        ),
    )


def _one(table: str, title: str, phrases: Iterable[Phrase], values: Iterable[str]) -> Table:
    found = Counter(values)
    return Table(id=table, title=title, cells=tuple((p.title, found[p.id]) for p in phrases), adds_up=True)


def _many(table: str, title: str, phrases: Iterable[Phrase], values: Iterable[frozenset[str]]) -> Table:
    found = Counter(value for several in values for value in several)
    return Table(id=table, title=title, cells=tuple((p.title, found[p.id]) for p in phrases), adds_up=False)
