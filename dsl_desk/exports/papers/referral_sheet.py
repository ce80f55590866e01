"""The referral sheet: read out on the telephone, filled in by hand, kept."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSheet:
    """A referral as recorded; every empty field prints as a box for ink, so one person can work from paper."""

    to: str
    """Agency, and its number."""
    reason: str = ""
    """Why, and against which threshold."""
    child_safe_now: str = ""
    concern: str = ""
    """The concern in the reporter's own words."""
    people: tuple[str, ...] = ()
    decided_at: str = ""
    sent_at: str = ""
    by: str = ""
    method: str = ""
    agency_person: str = ""
    agency_reference: str = ""
    shared: tuple[str, ...] = ()
    advice: str = ""
    """What they said, in their words."""
    must_not: str = ""
    """What they asked the school not to do, until when."""
    preserved: tuple[str, ...] = ()
    """Items and devices preserved."""
    parents: str = ""
    """Consent, and the decision about telling parents."""
    hold_back: tuple[tuple[str, str], ...] = ()
    """(audience, may tell / wait / told at)."""
    chase: str = ""
    """When an answer is expected, when and how to chase and escalate."""


def referral_sheet_pdf(content: ReferralSheet, frame: PageFrame) -> bytes:
    """The referral on paper, with room for the call log."""
    raise NotImplementedError
