"""What entries of substance say, each as one or two plain sentences: triage, looking, exhibits, judging, the stop."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dsl_desk.domain.case_entries import (
    AccessRecorded,
    ActionDecided,
    AdviceApplied,
    Answered,
    Concluded,
    Corrected,
    Declared,
    DeviceChanged,
    DeviceNamed,
    ExhibitAdded,
    ExhibitDestroyed,
    ExhibitRedacted,
    Halted,
    Judged,
    LaptopResumed,
    PurposeRecorded,
    ReviewerNamed,
    ReviewFinished,
    ReviewOpened,
    ReviewPaused,
    ReviewResumed,
    RouteChosen,
    SightingRecorded,
    StepSkipped,
    TriageAnswered,
)
from dsl_desk.domain.case_words import Intake, Judgement
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.triage import Question
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.exports.papers.frame import shown_address
from dsl_desk.services.paper.spelling import first_upper, lines, lower, part, sentences
from dsl_desk.services.paper.story import Telling

Teller = Callable[[Telling[Any]], str]
"""Tells one entry of its own kind."""

GRADES: Final = {
    Grade.OPEN: "not stopped",
    Grade.POLICE_FIRST: "stopped: police first",
    Grade.STOP_IMAGES: "stopped for pictures",
}
WAYS_IN: Final = {
    Intake.CAPTURE: "taken in by screen capture",
    Intake.FILE: "taken in as a file in the review",
    Intake.SUPPLIED: "handed in and taken in",
    Intake.REDACTED: "made here as a redacted copy",
}
_ABOUT: Final = {
    SubjectKind.PUPIL.value: "about a pupil",
    SubjectKind.STAFF.value: "about somebody who works or volunteers here",
    SubjectKind.HEADTEACHER.value: "about the Headteacher",
    SubjectKind.DSL.value: "about the DSL",
    SubjectKind.CHAIR.value: "about the Chair",
    SubjectKind.DESK_USER.value: "about somebody who uses this desk",
    SubjectKind.OTHER_ADULT.value: "about another adult",
    SubjectKind.NOT_KNOWN.value: "not known whom it is about",
}
_JUDGED: Final = {
    Judgement.SUBSTANCE: "There is substance",
    Judgement.NONE: "There is no substance",
    Judgement.CANNOT_TELL: "Cannot tell",
}


def size_words(size: int) -> str:
    """A size in bytes, grouped so that it can be read out."""
    return f"{size:,} byte{'' if size == 1 else 's'}"


def digest_words(size: int, sha256: str) -> str:
    """What proves that content is the same: its size and its whole digest."""
    return f"{size_words(size)}, SHA-256 {sha256}"


def _triage(line: Telling[TriageAnswered]) -> str:
    told = lines(*(_answer(one) for one in line.data.answers))
    because = part("Looking was closed because of question", ", ".join(line.data.because_of))
    return lines(told, f"After these answers the case is {GRADES[line.data.grade]}", because)


def _answer(one: Answered) -> str:
    said = _ABOUT.get(one.answer, lower(one.answer)) if one.question == Question.ABOUT_WHOM.value else lower(one.answer)
    return sentences(f"Question {one.question}: {said}", one.words)


def _route(line: Telling[RouteChosen]) -> str:
    return sentences(
        f"The case follows the route “{line.story.title(line.data.route)}” of the school’s policy, "
        f"version {line.data.profile_version}",
        part("Reason", line.data.reason),
        part("The case left version", str(line.data.moves_from) if line.data.moves_from else ""),
        part("On the advice of entry", str(line.data.advice) if line.data.advice else ""),
    )


def _reviewer(line: Telling[ReviewerNamed]) -> str:
    named = line.data
    instead = f", in place of {line.story.name(named.replaces)}" if named.replaces else ""
    return sentences(
        f"{named.name}, {named.position}, is reviewer {named.place}{instead}",
        part("Declared interest", named.interest),
        part("Reason", named.reason),
        part("Admitted until", line.at(named.admitted_until)),
    )


def _device(line: Telling[DeviceNamed] | Telling[DeviceChanged]) -> str:
    device = line.data
    name = f"{device.name}, {device.make}" if device.name else device.make
    verb = "The looking moves to" if isinstance(device, DeviceChanged) else "The looking is done on"
    where = "this laptop" if device.this_laptop else "another device than this laptop"
    return sentences(
        f"{verb} {name}, serial number {device.serial}: {where}",
        part("Where it is", device.location),
        part("How it was", device.state),
        "Pupils use it" if device.pupils_use_it else "Pupils do not use it",
        part("Reason", device.reason) if isinstance(device, DeviceChanged) else "",
    )


def _access(line: Telling[AccessRecorded]) -> str:
    access = line.data
    return sentences(
        f"Internet access: {access.access}; given by {access.granted_by}",
        part("Given at", line.at(access.granted_at)),
        part("Ends", line.at(access.ends_at)),
        part("Monitored", access.monitored),
    )


def _purpose(line: Telling[PurposeRecorded]) -> str:
    said = line.data
    return sentences(
        part("Why", said.reason),
        part("What is looked for", said.purpose),
        part("Scope", said.scope),
        part("Where we stop", said.stop_where),
    )


def _declared(line: Telling[Declared]) -> str:
    return f"{line.story.by(line.record)} declared: “{line.data.text}”"


def _opened(line: Telling[ReviewOpened]) -> str:
    session = line.data
    where = "on this laptop" if session.this_laptop else "on the named device"
    return sentences(
        f"Session {session.no} of looking began, {where}",
        part("Place", session.place),
        part("In the room", ", ".join(session.present)),
        part("The device at the start", session.state),
    )


def _paused(line: Telling[ReviewPaused]) -> str:
    return sentences("Looking stopped for a while", part("Reason", line.data.reason))


def _resumed(line: Telling[ReviewResumed]) -> str:
    return sentences("Looking went on", part("In the room", ", ".join(line.data.present)), line.data.note)


def _finished(line: Telling[ReviewFinished]) -> str:
    done = line.data
    return sentences(
        f"{line.story.by(line.record)} finished session {done.no}",
        "Access was withdrawn" if done.access_withdrawn else "Access was not withdrawn",
        "The device is locked away" if done.device_locked_away else "The device is not locked away",
        "The times are right" if done.times_right else "The times are not right",
        part("Note", done.note),
    )


def _sighting(line: Telling[SightingRecorded]) -> str:
    seen = line.data
    at_stop = seen.reason_to_stop is not Answer.NO
    address = shown_address(seen.address, seen_at_stop=at_stop, for_police_or_iwf=line.for_police)
    opened, left = (line.at(text) for text in (seen.opened_at, seen.left_at))
    told = sentences(
        part("Seen", seen.seen),
        part("Why it worries", seen.concern),
        f"Any reason to stop: {lower(seen.reason_to_stop)}, answered by {', '.join(seen.answered_by) or 'nobody'}",
        "" if seen.picture == "none" else part("Picture", seen.picture),
        part("Opened at", opened),
        part("Left at", left),
    )
    return f"Sighting {seen.no}, in session {seen.session}:\n{address}\n{told}"  # no full stop behind an address


def _exhibit(line: Telling[ExhibitAdded]) -> str:
    exhibit = line.data
    shows = f", shows sighting {exhibit.sighting}" if exhibit.sighting is not None else ""
    return sentences(
        f"Exhibit {exhibit.mark} {WAYS_IN[exhibit.intake]}{shows}: {exhibit.description}",
        digest_words(exhibit.size, exhibit.sha256),
        part("File as it came", exhibit.original_name),
        f"Produced by {exhibit.produced_by}, {exhibit.role}; {exhibit.method}; source: {exhibit.source}",
        f"Made from exhibit {exhibit.parent}, SHA-256 {exhibit.parent_sha256}" if exhibit.parent else "",
        part("Supplied by", exhibit.supplied_by),
        part("Seen before by", exhibit.seen_by),
        part("Said that it shows nothing to stop at", ", ".join(exhibit.stop_questions_answered_no_by)),
    )


def _redacted(line: Telling[ExhibitRedacted]) -> str:
    copy = line.data
    areas = f"{copy.areas} area{'' if copy.areas == 1 else 's'} covered with solid black" if copy.areas else ""
    return sentences(
        f"Exhibit {copy.mark} is a redacted copy of exhibit {copy.parent} (SHA-256 {copy.parent_sha256})",
        copy.description,
        f"{areas}; read again, and nothing of them is left" if areas else "",
        digest_words(copy.size, copy.sha256),
        part("Reason", copy.reason),
        part("Made by", copy.produced_by),
    )


def _destroyed(line: Telling[ExhibitDestroyed]) -> str:
    gone = line.data
    return sentences(
        f"Exhibit {gone.mark} was destroyed on the police advice of entry {gone.advice}, reference {gone.reference}",
        part("Method", gone.method),
        part("Older copies", "; ".join(gone.older_copies)),
    )


def _halted(line: Telling[Halted]) -> str:
    stop = line.data
    item = shown_address(stop.last_item, seen_at_stop=True, for_police_or_iwf=line.for_police) if stop.last_item else ""
    what = f"The reason for the stop of entry {stop.adds_to}" if stop.adds_to else f"The case is {GRADES[stop.grade]}"
    return sentences(
        what,
        part("Reason", stop.reason),
        part("What was going on", stop.where),
        part("Open at that moment", item),
        part("Kept apart by", "; ".join(stop.isolation)),
        part("Police reference", stop.police_reference),
    )


def _advice_applied(line: Telling[AdviceApplied]) -> str:
    done = line.data
    if done.route:
        return sentences(
            f"The advice of entry {done.advice} was applied by two people: the case follows a milder route",
            part("Reason", done.reason),
        )
    why = "A stop pressed by mistake was undone" if done.mistake else f"The advice of entry {done.advice} was applied"
    return sentences(
        f"{why} by two people; the case is now {GRADES[done.grade_after]}",
        part("Exhibits that may be opened again", ", ".join(done.exhibits)),
        part("Reason", done.reason),
    )


def _laptop_resumed(line: Telling[LaptopResumed]) -> str:
    advised = "Police advised it" if line.data.police_advised else "Nobody could be reached, and a child needs it"
    return sentences(
        "This laptop is used again after a stop on it",
        advised,
        part("Reason", line.data.reason),
        part("Reference", line.data.reference),
    )


def _judged(line: Telling[Judged]) -> str:
    return sentences(_JUDGED[line.data.judgement], part("Own reasons", line.data.reasons))


def _concluded(line: Telling[Concluded]) -> str:
    came_to = line.data
    return sentences(
        came_to.conclusion,
        part("Outcome", line.story.title(came_to.outcome)),
        part("Severity", line.story.title(came_to.severity)),
        f"The reviewers differed, and both views stand: {came_to.disagreement}" if came_to.reviewers_differ else "",
    )


def _action(line: Telling[ActionDecided]) -> str:
    action = line.data
    return sentences(
        action.action,
        f"By {action.who}, by {line.at(action.by_when)}",
        part("Reason", action.reason),
        part("Others to involve", action.others),
    )


def _skipped(line: Telling[StepSkipped]) -> str:
    return sentences(f"The step “{line.story.title(line.data.step)}” was left out", part("Reason", line.data.reason))


def _corrected(line: Telling[Corrected]) -> str:
    changes = (f"{first_upper(lower(name))} should read: {value}" for name, value in line.data.changes.items())
    return sentences(*changes, part("Reason", line.data.reason))


REVIEW_TELLERS: Final[Mapping[type[EntryData], Teller]] = {
    TriageAnswered: _triage,
    RouteChosen: _route,
    ReviewerNamed: _reviewer,
    DeviceNamed: _device,
    DeviceChanged: _device,
    AccessRecorded: _access,
    PurposeRecorded: _purpose,
    Declared: _declared,
    ReviewOpened: _opened,
    ReviewPaused: _paused,
    ReviewResumed: _resumed,
    ReviewFinished: _finished,
    SightingRecorded: _sighting,
    ExhibitAdded: _exhibit,
    ExhibitRedacted: _redacted,
    ExhibitDestroyed: _destroyed,
    Halted: _halted,
    AdviceApplied: _advice_applied,
    LaptopResumed: _laptop_resumed,
    Judged: _judged,
    Concluded: _concluded,
    ActionDecided: _action,
    StepSkipped: _skipped,
    Corrected: _corrected,
}
