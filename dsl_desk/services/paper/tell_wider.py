"""Searches, risk, staff thresholds, takedowns, lessons passed on: each entry as plain sentences."""

from collections.abc import Mapping
from typing import Final

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.payload import EntryData
from dsl_desk.services.paper.spelling import agency_words, first_upper, lower, part, sentences
from dsl_desk.services.paper.story import Telling
from dsl_desk.services.paper.tell_review import Teller

_VIEWINGS: Final = {
    wider.Viewing.NOT_VIEWED: "The picture was not looked at",
    wider.Viewing.VIEWED: "The picture was looked at once, outside the desk, and not copied",
    wider.Viewing.SEEN_BEFORE: "Somebody had seen it before it was reported",
}
_AUTHORITIES: Final = {
    wider.Authority.CONSENT: "with consent",
    wider.Authority.STATUTORY: "under the statutory power",
    wider.Authority.AGREEMENT: "under the acceptable use agreement",
}
_THRESHOLDS: Final = {
    wider.Threshold.MET: "The harm threshold is met",
    wider.Threshold.LOW_LEVEL: "A low-level concern, kept apart from pupils’ cases",
    wider.Threshold.NOT_A_CONCERN: "Not a concern",
    wider.Threshold.NOT_DECIDED: "Not decided yet",
}
_RELEASES: Final = {
    wider.Release.PARENT: "given to a parent or carer",
    wider.Release.POLICE: "handed to police",
    wider.Release.OWNER: "given back to its owner",
    wider.Release.RETAINED: "kept here",
}
_AUDIENCES: Final = {
    wider.Audience.SAFEGUARDING: "DSL and online safety lead",
    wider.Audience.STAFF: "staff",
    wider.Audience.LEARNERS: "pupils",
    wider.Audience.PARENTS: "parents",
    wider.Audience.GOVERNORS: "governors",
    wider.Audience.AUTHORITY: "local authority and agencies",
}


def _risk(line: Telling[wider.RiskAssessed]) -> str:
    risk = line.data
    return sentences(
        risk.risk,
        part("For", line.story.person(risk.person)),
        part("To know about", "; ".join(risk.vulnerability)),
        part("Done against it", risk.control),
        part("By", risk.owner),
        part("Asked", risk.checked_with),
        part("Looked at again", line.at(risk.review_on)),
        part("Seen by", risk.acknowledged_by),
    )


def _viewing(line: Telling[wider.ViewingDecided]) -> str:
    said = line.data
    return sentences(
        _VIEWINGS[said.decision],
        part("Why", said.reason),
        part("Agreed beforehand by", said.agreed_by),
        part("By", said.viewed_by),
        part("In the room", said.present),
        part("Where", said.place),
        part("When", line.at(said.at)),
        part("Decided", said.decided),
    )


def _ages(line: Telling[wider.AgesAsked]) -> str:
    said = line.data
    return sentences(
        f"An adult involved: {lower(said.adult_involved)}",
        part("Ages", said.ages),
        part("Known from", said.known_from),
        part("Pressure, threat or money", said.coercion),
    )


def _deletion(line: Telling[wider.DeletionRecorded]) -> str:
    said = line.data
    return sentences(
        f"Deleted by {said.deleted_by}, seen by {said.witnessed_by}, at {line.at(said.at)}",
        part("Where", said.where),
        f"After advice of {agency_words(said.agency)} (entry {said.advice}): {said.agency_words}",
    )


def _search(line: Telling[wider.SearchRecorded]) -> str:
    said = line.data
    consent = f" from {said.consent_from}" if said.consent_from else ""
    return sentences(
        f"Searched by {said.searched_by}, {_AUTHORITIES[said.authority]}{consent}, at {line.at(said.at)}, {said.place}",
        part("Pupil", said.pupil),
        part("Grounds", said.grounds),
        part("Looked for", said.sought),
        part("Present", said.present),
        part("Found", said.found or "nothing"),
        part("Power", said.powered),
        f"Could it show somebody under 18 nude or sexually: {lower(said.suspected_picture)}",
        part("Seal", said.seal),
        part("Kept", said.storage),
        part("Key held by", said.key_holder),
        part("DSL told", line.at(said.dsl_told_at)),
        part("Parents", said.parents_told),
    )


def _released(line: Telling[wider.ItemReleased]) -> str:
    said = line.data
    return sentences(
        f"{first_upper(said.item)}: {_RELEASES[said.to]}, {said.to_name}, at {line.at(said.at)}, by {said.released_by}",
        "Signed for" if said.signed else "Not signed for",
        part("May be involved", said.may_be_involved),
        part("Reference", said.reference),
    )


def _measure(line: Telling[wider.MeasureTaken]) -> str:
    said = line.data
    return sentences(
        f"{first_upper(said.measure)}, by {said.by_whom}, at {line.at(said.at)}",
        part("System", said.system),
        part("Scope", said.scope),
        part("Until", line.at(said.until)),
        part("Restored", line.at(said.restored_at)),
    )


def _takedown(line: Telling[wider.TakedownAsked]) -> str:
    said = line.data
    return sentences(
        f"{said.platform} was asked at {line.at(said.at)} to take it down",
        part("What", said.what),
        part("Kept first", said.preserved_first),
        part("Reference", said.reference),
        part("Helpline", said.helpline),
        part("Removed", line.at(said.removed_at)),
        part("Refused", said.refused),
    )


def _preservation(line: Telling[wider.PreservationAsked]) -> str:
    said = line.data
    return sentences(
        f"{said.of_whom} was asked at {line.at(said.at)} to keep it: {said.what}",
        part("Otherwise gone on", line.at(said.vanishes_on)),
        part("Reference", said.reference),
        part("Reply", said.reply),
    )


def _sanction(line: Telling[wider.SanctionRecorded]) -> str:
    said = line.data
    return sentences(
        f"{said.action}, under {said.policy}",
        part("For", line.story.person(said.person)),
        part("Decided by", said.decided_by),
        part("When", line.at(said.at)),
    )


def _told(line: Telling[wider.SomebodyTold]) -> str:
    said = line.data
    post = f" ({said.post})" if said.post else ""
    return sentences(
        f"{said.who}{post} was told at {line.at(said.at)} by {said.told_by}",
        part("Why", said.why),
        part("Said", said.reply),
    )


def _threshold(line: Telling[wider.ThresholdDecided]) -> str:
    said = line.data
    return sentences(
        _THRESHOLDS[said.decision],
        part("Limbs", "; ".join(said.limbs)),
        f"LADO’s adviser {said.adviser}, at {line.at(said.at)}: {said.advice}",
        part("Why", said.reason),
        part("Decided by", said.decided_by),
        part("Reference", said.reference),
    )


def _disagreement(line: Telling[wider.DisagreementRaised]) -> str:
    said = line.data
    return sentences(
        f"The school does not agree with {agency_words(said.agency)}: {said.what}",
        f"Raised with {said.raised_with}, at {line.at(said.at)}",
        part("Level", said.level),
        part("Outcome", said.outcome),
        part("Asked again on", line.at(said.chase_on)),
    )


def _date(line: Telling[wider.DateSet]) -> str:
    said = line.data
    return sentences(
        f"{first_upper(said.what)}: {line.at(said.on)}",
        part("Who", said.who),
        part("Attended by", said.attended_by),
        part("Outcome", said.outcome),
    )


def _debrief(line: Telling[wider.DebriefHeld]) -> str:
    said = line.data
    return sentences(
        f"Passed on to {_AUDIENCES[said.audience]}, at {line.at(said.at)}: {said.text}",
        part("Read for names by", said.name_check_by),
    )


def _handling(line: Telling[wider.HandlingReviewed]) -> str:
    said = line.data
    return sentences(
        part("What worked", said.worked),
        part("What did not", said.not_worked),
        part("What changes", said.change),
        part("By", said.by_whom),
        part("Until", line.at(said.by_when)),
    )


def _welfare(line: Telling[wider.WelfareAsked]) -> str:
    said = line.data
    return sentences(
        f"{said.person_asked} was asked how they are, by {said.asked_by}, at {line.at(said.at)}",
        part("Support", said.support),
    )


def _acknowledged(line: Telling[wider.AcknowledgementGiven]) -> str:
    said = line.data
    return sentences(
        f"Whoever reported it was told at {line.at(said.at)} by {said.by_whom} that it is being dealt with",
        part("Who", said.to_whom),
        part("Words", said.words),
    )


def _duty(line: Telling[wider.DutyReferralDecided]) -> str:
    said = line.data
    return sentences(
        f"{agency_words(said.agency)}: {'to be told' if said.refer else 'not told'}",
        part("Why", said.reason),
        part("Decided by", said.decided_by),
        part("When", line.at(said.at)),
        part("Reference", said.reference),
    )


def _missed(line: Telling[wider.DeadlineMissed]) -> str:
    said = line.data
    return sentences(
        f"Not done by {line.at(said.due)}: {said.what or said.deadline.replace('-', ' ')}",
        part("Why", said.reason),
        part("Instead", said.next_step),
    )


WIDER_TELLERS: Final[Mapping[type[EntryData], Teller]] = {
    wider.RiskAssessed: _risk,
    wider.ViewingDecided: _viewing,
    wider.AgesAsked: _ages,
    wider.DeletionRecorded: _deletion,
    wider.SearchRecorded: _search,
    wider.ItemReleased: _released,
    wider.MeasureTaken: _measure,
    wider.TakedownAsked: _takedown,
    wider.PreservationAsked: _preservation,
    wider.SanctionRecorded: _sanction,
    wider.SomebodyTold: _told,
    wider.ThresholdDecided: _threshold,
    wider.DisagreementRaised: _disagreement,
    wider.DateSet: _date,
    wider.DebriefHeld: _debrief,
    wider.HandlingReviewed: _handling,
    wider.WelfareAsked: _welfare,
    wider.AcknowledgementGiven: _acknowledged,
    wider.DutyReferralDecided: _duty,
    wider.DeadlineMissed: _missed,
}
