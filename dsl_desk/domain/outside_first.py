"""What a stopped case asks for outside the school first, and what waits until somebody there has answered.

The stop page says it in steps 3 and 6 (flows section 3), the hold-back list for each audience (flows section 7).
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Agency, CallOutcome, HoldBack
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CallLogged, ReferralMade
from dsl_desk.domain.grades import ADVISERS, advice_fault
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.referral import police_still_to_ring


class Outside(enum.Enum):
    """What is next with police, the LADO or social care."""

    RING = "ring"
    """Nobody there has been told since it was last stopped."""
    ANSWER = "answer"
    """They know of the stop; nothing that opens the case has been said."""
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

_REACHED: Final = frozenset({CallOutcome.ANSWERED, CallOutcome.DECLINED})
"""Ends of a call in which somebody there heard of it."""


def waits(case: Case, fact: Fact) -> bool:
    """Whether a step waits: with anybody it is about, as the hold-back list says, else until advice after a stop.

    Without that advice it goes on only where the list lets each of them be told: nobody speaks for another.
    """
    if fact not in WAITING:
        return False
    parties, listed = WAITING[fact], case.hold_back_list()
    decided = [listed[party].decision for party in parties if party in listed]
    if HoldBack.WAIT in decided:
        return True
    lets_each = bool(parties) and len(decided) == len(parties)
    return not lets_each and not case.is_advised()


def reached(case: Case) -> frozenset[Agency]:
    """Which of those who can open the case were told since it was last stopped.

    What was said before a stop tells nobody of it, nor does ringing in vain or leaving a message; who spoke with the
    school and declined knows of it.
    """
    since = max((ground.at for ground in case.grounds), default=0)
    told = {one.data.agency for one in case.told(AdviceRecorded) if one.at > since}
    told |= {one.data.to for one in case.told(ReferralMade) if one.at > since}
    told |= {one.data.agency for one in case.told(CallLogged) if one.at > since and one.data.outcome in _REACHED}
    return ADVISERS.get(case.grade, frozenset()) & told


def outside_first(case: Case) -> Outside | None:
    """What a stopped case asks for outside next; None where it is not stopped.

    At a stop for pictures the police know of it once a reference of theirs is on record too (provision P-044).
    """
    if not case.is_stopped:
        return None
    if any(advice_fault(told.data, told.at, case.grounds) is None for told in case.told(AdviceRecorded)):
        return Outside.APPLY
    return Outside.ANSWER if reached(case) and not police_still_to_ring(case) else Outside.RING
