"""What is told, asked, shared and cared for, each entry as one or two plain sentences."""

from collections.abc import Mapping
from typing import Final

from dsl_desk.domain.case_words import CallOutcome, Consent, Effect, HoldBack, ParentsDecision
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    CaseOpened,
    ChildVoiceRecorded,
    ConcernRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    FollowUpDone,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
    SupportOffered,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.services.paper.spelling import agency_words, first_upper, lower, part, sentences
from dsl_desk.services.paper.story import Line, Telling
from dsl_desk.services.paper.tell_review import Teller

_EFFECTS: Final = {
    Effect.CONTINUE: "the school may go on",
    Effect.HOLD_OFF: "hold off",
    Effect.SCHOOL_MAY_PROCEED: "the school may proceed",
    Effect.KEEP: "keep what is held",
    Effect.DESTROY: "destroy it",
    Effect.HAND_OVER: "hand it over",
}
_CALLS: Final = {
    CallOutcome.ANSWERED: "Answered",
    CallOutcome.NO_ANSWER: "Rang, no answer",
    CallOutcome.MESSAGE_LEFT: "Message left",
    CallOutcome.DECLINED: "Declined",
}
_PARENTS: Final = {
    ParentsDecision.TOLD: "Told",
    ParentsDecision.NOT_TOLD: "Not told",
    ParentsDecision.WAIT: "Not told yet",
}
_CONSENTS: Final = {
    Consent.GIVEN: "Consent was given",
    Consent.REFUSED: "Consent was refused",
    Consent.NOT_SOUGHT: "Consent was not sought",
}


def known(answer: bool | None, yes: str, no: str) -> str:
    """One of two sentences, or none where nobody answered."""
    return "" if answer is None else yes if answer else no


def hold_back_words(line: Line[HoldBackSet]) -> str:
    """The latest word about one party: may be told, wait until when, or told at what time."""
    said = line.data
    until = f" until {line.at(said.until)}" if said.until and said.decision is HoldBack.WAIT else ""
    told = f" at {line.at(said.told_at)}" if said.told_at else ""
    return f"{lower(said.decision)}{until}{told}"


def parents_words(line: Line[ParentsInformed]) -> str:
    """Whether parents were told, and why."""
    return sentences(_PARENTS[line.data.decision], part("Reason", line.data.reason))


def _case_opened(line: Telling[CaseOpened]) -> str:
    opened = line.data
    return sentences(
        f"Case {opened.reference} began"
        + (" with a stop, before a concern was written down" if opened.by_halt else ""),
        part("Site", opened.site),
    )


def _concern(line: Telling[ConcernRecorded]) -> str:
    said = line.data
    reporter = "name withheld" if said.reporter_withheld else said.reporter_name
    told_by = f"{lower(said.reporter)}, {reporter}" if reporter else lower(said.reporter)
    return sentences(
        said.summary,
        f"Reported by {told_by}, to {said.reported_to}, at {line.at(said.reported_at)}",
        part("Happened", line.at(said.occurred_at)),
        part("Noticed", line.at(said.noticed_at)),
        part("Where", said.place),
        part("Site", said.site),
        known(said.on_site, "On site", "Not on site"),
        part("Kind", ", ".join(line.story.title(category) for category in said.categories)),
        part("Classes of risk", ", ".join(said.risk_classes)),
        f"Serious harm or a crime suspected: {lower(said.suspected)}",
        part("Device", ", ".join(text for text in (said.device, said.device_owner) if text)),
        part("Done at once", said.immediate_action),
        part("In the child’s words", said.child_words),
        part("What the child wishes", said.child_wishes),
        part("Already seen by", said.already_seen),
        part("Opinion", said.opinion),
        part("Risk assessment", said.risk_assessment),
        part("Urgency", said.urgency),
        part("To be done by", line.at(said.deadline)),
        part("Why late", said.late_reason),
        part("In the main system", " ".join(filter(None, (said.external_system, said.external_reference)))),
    )


def _person(line: Telling[PersonLinked]) -> str:
    person = line.data
    private = (
        part("Born", line.at(person.date_of_birth)),
        part("Address", person.address),
        part("Parent", person.parent_contact),
        part("Online", ", ".join(person.online_names.splitlines())),
    )
    name = person.name or "Somebody whose name is not recorded"
    return sentences(
        f"{name} belongs to this case as {lower(person.role)} ({lower(person.kind)})",
        person.year_group,
        part("Site", person.site),
        *(private if line.for_police else ()),
        part("To know about", "; ".join(person.vulnerability)),
        part("Note", person.note),
    )


def _device(line: Telling[DeviceSecured]) -> str:
    device = line.data
    numbers = (part("serial number", device.serial), part("IMEI", device.imei))
    item = ", ".join(text for text in (device.device, device.make, *(one.rstrip(".") for one in numbers)) if text)
    return sentences(
        f"{item}: held by {device.held_by}, kept in: {device.place}",
        part("Power", device.power),
        part("Network", device.network),
        part("Seal", device.seal),
        part("Key held by", device.key_holder),
        part("Owner", device.owner),
        part("Taken from", device.taken_from),
        part("Secured at", line.at(device.secured_at)),
        part("Touched by", ", ".join(device.touched_by)),
        known(device.pin_known, "Its PIN is known, in a sealed note", "Its PIN is not known"),
        part("Grounds", device.grounds),
        part("Authority", device.authority),
    )


def _hold_back(line: Telling[HoldBackSet]) -> str:
    return sentences(
        f"{first_upper(lower(line.data.party))}: {hold_back_words(line)}",
        part("Person", line.story.person(line.data.person)),
        part("Reason", line.data.reason),
    )


def _advice(line: Telling[AdviceRecorded]) -> str:
    said = line.data
    of = ", ".join(text for text in (agency_words(said.agency), said.team) if text)
    return sentences(
        f"{said.who} ({of}) said at {line.at(said.at)}: “{said.words}”",
        f"Effect: {_EFFECTS[said.effect]}, for {', '.join(said.exhibits) or 'the whole case'}",
        part("Number", said.number),
        part("Reference", said.reference),
    )


def _call(line: Telling[CallLogged]) -> str:
    call = line.data
    number = f" ({call.number})" if call.number and call.number not in call.to else ""
    return sentences(
        f"Call to {call.to}{number} at {line.at(call.at)}",
        _CALLS[call.outcome] + (f": “{call.words}”" if call.words else ""),
        part("Reference", call.reference),
    )


def _child(line: Telling[ChildVoiceRecorded]) -> str:
    said = line.data
    who = line.story.person(said.person) or "The child"
    if not said.spoken:
        return sentences(f"{who} was not asked yet", part("Because", said.not_asked_because))
    to = f" to {said.to_whom}" if said.to_whom else ""
    return sentences(
        f"{who} said{to}: “{said.words}”",
        part("Asked with", said.prompted_how),
        part("Wishes", said.wishes),
        part("When", line.at(said.at)),
    )


def _parents(line: Telling[ParentsInformed]) -> str:
    said = line.data
    return sentences(
        parents_words(line),
        part("Parents of", line.story.person(said.person)),
        part("Who", said.who),
        part("When", line.at(said.at)),
        part("Agreed with", said.agreed_with),
        part("Complaint", said.complaint),
    )


def _referral(line: Telling[ReferralMade]) -> str:
    said = line.data
    return sentences(
        f"Referred to {agency_words(said.to)} by {said.referred_by}: {said.reason}",
        part("Threshold", said.threshold),
        f"Decided at {line.at(said.decided_at)}, sent or rung at {line.at(said.sent_at)}",
        part("How", said.method),
        part("Person there", said.person_at_agency),
        part("Reference", said.reference),
        part("Shared", said.shared),
        part("The school was told not to", said.told_not_to),
        part("Preserved", said.preserved),
        part("Consent", said.consent),
        part("Answer due", line.at(said.reply_due)),
        part("To be chased on", line.at(said.chase_on)),
    )


def _not_referred(line: Telling[ReferralDeclined]) -> str:
    when = f" at {line.at(line.data.decided_at)}" if line.data.decided_at else ""
    return sentences(f"Decided{when} not to refer to {agency_words(line.data.to)}", part("Reasons", line.data.reasons))


def _reply(line: Telling[ReplyReceived]) -> str:
    said = line.data
    who = f" from {said.who}" if said.who else ""
    return sentences(
        f"Reply{who} to the referral of entry {said.referral}, at {line.at(said.at)}: {said.outcome}",
        f"“{said.words}”" if said.words else "",
        part("Reference", said.reference),
    )


def _shared(line: Telling[InformationShared]) -> str:
    said = line.data
    verb = "Shared" if said.shared else "Not shared"
    return sentences(
        f"{verb} with {said.with_whom}, {line.at(said.at)}: {said.what}",
        part("What for", said.purpose),
        part("Lawful basis", said.lawful_basis),
        _CONSENTS[said.consent],
        part("Reason", said.reason),
        part("Child or parent told", said.child_or_parent_told),
        part("Protected by", said.protection),
        part("Way", said.channel),
        part("Encryption", said.encryption),
        part("Authorised by", said.authorised_by),
        known(said.police_asked_first, "Police were asked first", "Police were not asked first"),
        part("Receipt", said.receipt),
        part("File goes to", said.transfer_to),
        part("File due", line.at(said.transfer_due)),
    )


def _support(line: Telling[SupportOffered]) -> str:
    said = line.data
    return sentences(
        said.support,
        part("For", line.story.person(said.person)),
        part("By", said.by_whom),
        part("When", line.at(said.at)),
    )


def _feedback(line: Telling[FeedbackGiven]) -> str:
    return sentences(f"To {line.data.to}: {line.data.what}", part("When", line.at(line.data.at)))


def _lesson(line: Telling[LessonRecorded]) -> str:
    return sentences(line.data.lesson, part("Theme for governors", line.story.title(line.data.theme)))


def _main_system(line: Telling[ExternalLogMade]) -> str:
    made = line.data
    return sentences(
        f"A note stands in {made.system} under {made.reference}",
        part("For", line.story.person(made.person)),
        part("It says", made.note),
    )


def _done(line: Telling[FollowUpDone]) -> str:
    about = f" (entry {line.data.about})" if line.data.about else ""
    return sentences(f"{first_upper(line.data.what)}{about}", part("When", line.at(line.data.at)))


FOLLOW_UP_TELLERS: Final[Mapping[type[EntryData], Teller]] = {
    CaseOpened: _case_opened,
    ConcernRecorded: _concern,
    PersonLinked: _person,
    DeviceSecured: _device,
    HoldBackSet: _hold_back,
    AdviceRecorded: _advice,
    CallLogged: _call,
    ChildVoiceRecorded: _child,
    ParentsInformed: _parents,
    ReferralMade: _referral,
    ReferralDeclined: _not_referred,
    ReplyReceived: _reply,
    InformationShared: _shared,
    SupportOffered: _support,
    FeedbackGiven: _feedback,
    LessonRecorded: _lesson,
    ExternalLogMade: _main_system,
    FollowUpDone: _done,
}
