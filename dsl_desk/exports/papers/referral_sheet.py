"""The referral sheet: read out on the telephone, filled in by hand, kept."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column, Field

_FEWEST_CALLS, _CALL_HEIGHT = 3, 30.0


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
    lead = "Ring first, write later. One signed-in person may always refer. Empty boxes are for ink."
    sheet = Sheet(frame, "Referral sheet", lead=lead)
    sheet.fields(
        Field(label="To (agency, number)", value=content.to),
        Field(label="Is every child safe now?", value=content.child_safe_now),
    )
    sheet.fields(
        Field(label="Decided at", value=content.decided_at),
        Field(label="Sent or rung at", value=content.sent_at),
        Field(label="By whom", value=content.by),
        Field(label="How", value=content.method),
    )
    sheet.fields(Field(label="Reason, and which threshold", value=content.reason, least_lines=3))
    sheet.fields(Field(label="The concern, in the words it was told", value=content.concern, least_lines=5))
    sheet.fields(Field(label="Who it is about, and who else", value="\n".join(content.people), least_lines=3))
    sheet.fields(Field(label="Items and devices preserved", value="\n".join(content.preserved), least_lines=2))
    sheet.fields(Field(label="What was shared", value="\n".join(content.shared), least_lines=2))
    sheet.heading("Their answer", keep_with=90)
    sheet.fields(
        Field(label="Person at the agency, number", value=content.agency_person, share=0.6),
        Field(label="Log or reference number", value=content.agency_reference, share=0.4),
    )
    sheet.fields(Field(label="Advice, in their words", value=content.advice, least_lines=3))
    sheet.fields(Field(label="What we must not do, and until when", value=content.must_not, least_lines=2))
    sheet.fields(
        Field(label="Parents: consent, told or not, and why", value=content.parents, least_lines=2),
        Field(label="Answer expected; chase and escalate", value=content.chase, least_lines=2),
    )
    if content.hold_back:
        sheet.heading("Hold back")
        sheet.facts(content.hold_back)
    sheet.heading("Calls", keep_with=130)
    columns = (
        Column(title="Date, time", share=0.18),
        Column(title="Who rang whom, on which number", share=0.34),
        Column(title="What was said", share=0.48),
    )
    calls = max(_FEWEST_CALLS, int((sheet.room - 36) // _CALL_HEIGHT))
    sheet.table(columns, [("", "", "")] * calls, boxed=True, least=_CALL_HEIGHT)
    return sheet.pdf()
