"""The two grades of stop: how a case is stopped by one and opened again by two on advice (flows section 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case_words import Agency, Effect
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.words import AccountId, Grade

PERMITTING: Final = frozenset({Effect.CONTINUE, Effect.SCHOOL_MAY_PROCEED})
"""Effects of advice that open anything."""

ADVISERS: Final = {
    Grade.POLICE_FIRST: frozenset({Agency.POLICE, Agency.LADO, Agency.SOCIAL_CARE, Agency.EDUCATION_SAFEGUARDING}),
    Grade.STOP_IMAGES: frozenset({Agency.POLICE}),
}
"""Whose advice can open which grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One thing that keeps a case stopped."""

    at: int
    """strand_seq of the halt or the triage."""
    grade: Grade
    by_halt: bool
    """False where an answer of triage stopped it."""
    reviewers: tuple[AccountId, ...] = ()
    """Who was a reviewer at that moment: only they can say that it was a mistake."""


def worst(grades: Iterable[Grade]) -> Grade:
    """The highest of several grades; open where there is none."""
    return max(grades, key=lambda grade: grade.rank, default=Grade.OPEN)


def grade_from(grounds: tuple[Ground, ...]) -> Grade:
    """The grade that these grounds hold a case at."""
    return worst(ground.grade for ground in grounds)


def last_at(grounds: tuple[Ground, ...], grade: Grade) -> int:
    """strand_seq of the latest ground of a grade, 0 where there is none."""
    return max((ground.at for ground in grounds if ground.grade is grade), default=0)


def without(grounds: tuple[Ground, ...], grade: Grade) -> tuple[Ground, ...]:
    """The grounds that are left when those of one grade are lifted."""
    return tuple(ground for ground in grounds if ground.grade is not grade)


def advice_fault(advice: AdviceRecorded, at: int, grounds: tuple[Ground, ...]) -> str | None:
    """Why this advice cannot open the present grade, or None (flows section 1)."""
    grade = grade_from(grounds)
    if grade is Grade.OPEN:
        return "This case is not stopped, so there is nothing to open."
    if advice.agency not in ADVISERS[grade]:
        if grade is Grade.STOP_IMAGES:
            return "Only police advice opens a stop for pictures. The case stays stopped."
        return "Only advice from police, LADO, social care or the education safeguarding team opens this stop."
    if advice.effect not in PERMITTING:
        return "This advice does not say that the school may go on. The case stays stopped."
    if at < last_at(grounds, grade):
        return "This advice is older than the stop. Ask again and record what is said now."
    if grade is Grade.POLICE_FIRST and advice.exhibits:
        return "This advice covers single exhibits. To open the case it must cover the case."
    return None
