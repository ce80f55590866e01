"""Referrals: who normally makes them, what is still waited for, and the banner that stays until police answered."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CallLogged, ReferralMade, ReplyReceived
from dsl_desk.domain.words import Grade, Role

USUAL_AUTHOR: Final = MappingProxyType({Agency.LADO: (Role.HEADTEACHER,)})
"""The Headteacher normally refers to the LADO, the DSL to everybody else (provision P-054)."""


def usual_authors(agency: Agency) -> tuple[Role, ...]:
    """Who normally makes a referral to this agency; anybody may, and who did is recorded."""
    return USUAL_AUTHOR.get(agency, (Role.DSL, Role.DEPUTY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A referral whose reply is still to come."""

    at: int
    """strand_seq of the referral."""
    to: Agency
    reason: str


def waiting_for_reply(case: CaseState) -> tuple[Waiting, ...]:
    """Referrals that nobody has answered yet, oldest first."""
    answered = {told.data.referral for told in case.told(ReplyReceived)}
    return tuple(
        Waiting(at=told.at, to=told.data.to, reason=told.data.reason)
        for told in case.told(ReferralMade)
        if told.at not in answered
    )


def police_reference(case: CaseState) -> str:
    """The latest reference that police gave for this case, empty where there is none."""
    said: list[tuple[int, str]] = [
        (told.at, told.data.reference) for told in case.told(ReferralMade) if told.data.to is Agency.POLICE
    ]
    said += [(told.at, told.data.reference) for told in case.told(AdviceRecorded) if told.data.agency is Agency.POLICE]
    said += [(told.at, told.data.reference) for told in case.told(CallLogged) if told.data.agency is Agency.POLICE]
    said += [
        (reply.at, reply.data.reference)
        for reply in case.told(ReplyReceived)
        for told in case.told(ReferralMade)
        if told.at == reply.data.referral and told.data.to is Agency.POLICE
    ]
    return next((reference for _, reference in sorted(said, reverse=True) if reference.strip()), "")


def police_still_to_ring(case: CaseState) -> bool:
    """Whether the banner stays: a stop for pictures without a police reference on record (provision P-044)."""
    return case.grade is Grade.STOP_IMAGES and not police_reference(case)
