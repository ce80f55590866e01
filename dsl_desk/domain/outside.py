"""Before anything leaves the school: who was asked first, why it goes, and how it is protected on the way.

Telling the police, social care or the LADO waits for nobody; everybody else is
told only once one of them was asked, where a crime is possible (policy 003).
"""

from typing import Final

from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.case_words import Agency, CallOutcome
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    InformationShared,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.people import Actor
from dsl_desk.domain.words import Role

ASKED_FIRST: Final = frozenset({Agency.POLICE, Agency.EDUCATION_SAFEGUARDING, Agency.SOCIAL_CARE, Agency.LADO})
"""Who is asked before anybody else outside is told (P-063)."""

AT_ANY_TIME: Final = frozenset({"police", "social_care", "lado", "iwf"})
"""Recipients of a pack that nobody has to be asked about."""

SPOKEN: Final = "Spoken, in person or by telephone"
APPROVED_CHANNELS: Final = (
    SPOKEN,
    "By hand, in a sealed envelope or bag",
    "Encrypted stick or disk",
    "The agency’s own secure portal",
    "Secure, encrypted e-mail of the school",
)
"""Ways that need nobody's leave; any other names who allowed it (P-135)."""

_PURPOSES: Final = {
    "police": "So that the police can look into it and protect children",
    "social_care": "So that social care can protect children",
    "lado": "So that the LADO can decide what follows for somebody who works with children",
    "iwf": "So that the address can be assessed and taken down",
}


_MAY_ALLOW: Final = frozenset({Role.DSL, Role.DEPUTY, Role.HEADTEACHER, Role.SENIOR, Role.CHAIR})


def why_and_leave(by: Actor, recipient: str, purpose: str, allowed_by: str) -> tuple[str, str]:
    """Why a pack goes to somebody, and who lets it leave on a medium (P-132, P-186).

    The work of an agency says why; a senior who makes it gives leave. Raises
    InputError where either is not known.
    """
    why = purpose.strip() or _PURPOSES.get(recipient, "")
    if not why:
        raise InputError("Write what it goes to them for.")
    leave = allowed_by.strip() or (by.name if by.role in _MAY_ALLOW else "")
    if not leave:
        raise InputError("Write who allowed it to leave the school: a senior leader or the IT provider.")
    return why, leave


def was_asked(case: CaseState) -> bool:
    """Whether police, social care, LADO or the education safeguarding team answered: advice, a call or a reply."""
    referred = {told.at for told in case.told(ReferralMade) if told.data.to in ASKED_FIRST}
    return (
        any(told.data.agency in ASKED_FIRST for told in case.told(AdviceRecorded))
        or any(
            told.data.agency in ASKED_FIRST and told.data.outcome is CallOutcome.ANSWERED
            for told in case.told(CallLogged)
        )
        or any(told.data.referral in referred for told in case.told(ReplyReceived))
    )


def must_ask_first(case: CaseState) -> bool:
    """Whether somebody must be asked before others outside are told: a stop, or the police have not answered yet."""
    answered = {told.data.referral for told in case.told(ReplyReceived)}
    waits = any(told.data.to is Agency.POLICE and told.at not in answered for told in case.told(ReferralMade))
    return (case.is_stopped or waits) and not was_asked(case)


def check_asked_first(case: CaseState) -> None:
    """Raise ProcedureError where others outside may not be told yet (P-063, P-120)."""
    if must_ask_first(case):
        raise ProcedureError(
            "Ask the police or the education safeguarding team first whether others may be told: telling them now "
            "could spoil an inquiry. Then press “A call”, “Advice of police or others” or “A reply” in this case and "
            "write down what they said; a referral alone, also one with their reference, is no answer yet. To the "
            "police, social care and the LADO it may go at any time."
        )


def check_sharing(case: CaseState, shared: InformationShared) -> None:
    """Raise ProcedureError or InputError where information would leave unasked, unprotected or by a way of its own."""
    if not shared.shared:
        return
    if shared.police_asked_first is not True:
        check_asked_first(case)
    if not shared.channel.strip():
        raise InputError("Write how it was sent.")
    if shared.channel != SPOKEN and not shared.encryption.strip():
        raise InputError("Write how it was protected on the way: sealed, encrypted, and how.")
    if shared.channel not in APPROVED_CHANNELS and not shared.authorised_by.strip():
        raise InputError("This way is not one of the school’s. Write who allowed it.")
