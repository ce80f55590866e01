"""What a stopped case asks for outside the school first, and what waits until somebody there has answered.

The stop page says it in steps 3 and 6 (flows section 3), the hold-back list for each audience (flows section 7).
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import CallOutcome, HoldBack
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CallLogged, ReferralMade
from dsl_desk.domain.grades import ADVISERS, advice_fault
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.referral import police_reference
from dsl_desk.domain.words import Grade


class Outside(enum.Enum):
    """What is next with police, the LADO or social care."""

    RING = "ring"
    """Nobody there has been told."""
    ANSWER = "answer"
    """They know; nothing that opens the case has been said."""
    APPLY = "apply"
    """Their advice lets the school go on: two people apply it."""


WAITING: Final[Mapping[Fact, tuple[str, ...]]] = MappingProxyType(
    {
        Fact.PARENTS: ("parents",),
        Fact.TAKEDOWN: ("platform", "take_down"),
        Fact.RELEASED: ("give_back",),
        Fact.SANCTION: ("subject",),
        Fact.DEBRIEF: ("staff",),
        Fact.FEEDBACK: (),
        Fact.DELETION: (),
        Fact.CLOSED: (),
    }
)
"""Steps that would tell somebody or let something go, and whom of the hold-back list they are about."""


def waits(case: Case, fact: Fact) -> bool:
    """Whether a step waits: what the hold-back list says of it, else while nobody outside has answered after a stop."""
    if fact not in WAITING:
        return False
    listed = case.hold_back_list()
    decided = [listed[party].decision for party in WAITING[fact] if party in listed]
    return HoldBack.WAIT in decided if decided else not case.is_advised()


def outside_first(case: Case) -> Outside | None:
    """What a stopped case asks for outside next; None where it is not stopped."""
    if not case.is_stopped:
        return None
    if any(advice_fault(told.data, told.at, case.grounds) is None for told in case.told(AdviceRecorded)):
        return Outside.APPLY
    return Outside.ANSWER if _knows(case) else Outside.RING


def _knows(case: Case) -> bool:
    """Whether somebody who can open it was told; at a stop for pictures a reference of the police alone says so."""
    if case.grade is Grade.STOP_IMAGES:
        return bool(police_reference(case))
    told = {one.data.agency for one in case.told(AdviceRecorded)}
    told |= {one.data.to for one in case.told(ReferralMade)}
    told |= {one.data.agency for one in case.told(CallLogged) if one.data.outcome is not CallOutcome.NO_ANSWER}
    return bool(told & ADVISERS[Grade.POLICE_FIRST])
