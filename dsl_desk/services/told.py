"""What happened in a case, one plain sentence an entry, as a screen tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dsl_desk.domain import case_entries as done
from dsl_desk.domain import follow_up_entries as after
from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.access import is_reading
from dsl_desk.domain.case import Case, Recorded
from dsl_desk.domain.case_state import Told
from dsl_desk.domain.case_words import ParentsDecision
from dsl_desk.domain.payload import EntryData, UnknownKind
from dsl_desk.domain.text import shown_text
from dsl_desk.domain.words import AccountId, Grade, SubjectKind
from dsl_desk.services.paper.spelling import spoken

ICONS: dict[str, str] = {
    "case_opened": "folder", "concern_recorded": "pen-line", "person_linked": "circle-user-round",
    "triage_answered": "circle-question-mark", "halted": "octagon-x", "device_secured": "lock",
    "hold_back_set": "ear-off", "call_logged": "phone", "advice_recorded": "message-square",
    "child_voice_recorded": "message-square", "parents_informed": "message-square", "reviewer_named": "users-round",
    "review_opened": "eye", "review_finished": "circle-check", "sighting_recorded": "eye", "exhibit_added": "image",
    "judged": "scale", "concluded": "scale", "action_decided": "target", "signed_off": "signature",
    "printed": "printer", "pack_sealed": "package", "pack_started": "package", "step_skipped": "circle-slash",
    "corrected": "pen-line", "device_named": "tablet-smartphone", "access_recorded": "wifi",
    "referral_made": "arrow-right", "support_offered": "hand", "case_closed": "circle-check",
    "deadline_missed": "calendar-clock",
}  # fmt: skip
"""Icon of each kind of entry; the others have a plain dot."""

PARTIES: dict[str, str] = {
    "subject": "Subject", "parents": "Parents", "pupils": "Pupils", "staff": "Staff", "platform": "Platform",
    "other_school": "Other school", "press": "Press", "give_back": "Giving a device back",
    "take_down": "Asking a platform to take it down", "question": "Asking a child more",
}  # fmt: skip
_LONGEST = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """One entry as the chronology of a screen shows it."""

    number: int
    kind: str
    title: str
    day: str
    """24 November 2026, 14:02."""
    who: str
    icon: str
    corrected: str = ""
    """What stands beside it: corrected by entry 14, because …; it is then shown struck."""
    quiet: bool = False
    """Whether it says only that somebody opened the record: it stands in the whole chronology, not among what
    happened."""


def plain(words: str) -> str:
    """A closed word as it reads."""
    return words.replace("_", " ")


def _short(words: str) -> str:
    line = shown_text(" ".join(words.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _joined(*parts: str) -> str:
    said = [part.strip() for part in parts if part.strip()]
    return _short("; ".join([part.removesuffix(".") for part in said[:-1]] + said[-1:]))


def _call(data: after.CallLogged) -> str:
    outcome = {"answered": "", "no_answer": "no answer", "message_left": "message left", "declined": "declined"}
    return _joined(f"Call: {data.to}", outcome[data.outcome.value], data.words, data.reference)


def _voice(data: after.ChildVoiceRecorded) -> str:
    if data.spoken:
        return _short(f"The child’s own words, to {data.to_whom}: “{data.words}”")
    return _joined("Child not asked yet", data.not_asked_because, data.wishes)


def _parents(data: after.ParentsInformed) -> str:
    said = {
        ParentsDecision.TOLD: "Parents told",
        ParentsDecision.NOT_TOLD: "Parents not told",
        ParentsDecision.WAIT: "Parents: wait",
    }
    return _joined(said[data.decision], data.reason)


def _halted(data: done.Halted) -> str:
    grade = "pictures, or not sure" if data.grade is Grade.STOP_IMAGES else "police first"
    return _joined(f"Stopped: {grade}", data.reason, data.police_reference)


def _triage(data: done.TriageAnswered) -> str:
    if not data.because_of:
        return "The questions were answered; looking is not closed"
    return f"Looking closed because of the answer to question {', '.join(data.because_of)}. This is not a finding"


def _linked(data: after.PersonLinked) -> str:
    kind = "" if data.kind is SubjectKind.NOT_KNOWN else plain(data.kind.value)
    return _joined(f"{data.name or 'Somebody not named'} linked as {data.role.value}", data.year_group or kind)


def _held(data: after.HoldBackSet) -> str:
    words = {"may_tell": "may be told", "wait": "wait", "told": "told"}[data.decision.value]
    return _joined(f"{PARTIES.get(data.party, data.party)}: {words}", data.until, data.reason)


_SENTENCES: Mapping[type[EntryData], str | Callable[..., str]] = {
    after.CaseOpened: lambda d: "Case opened by a halt" if d.by_halt else "Case opened",
    after.ConcernRecorded: lambda d: _short(f"Concern: {d.summary}"),
    after.PersonLinked: _linked,
    after.DeviceSecured: lambda d: _joined(f"Device secured: {d.device}, at {d.place}", d.seal and f"seal {d.seal}"),
    after.HoldBackSet: _held,
    after.AdviceRecorded: lambda d: _joined(f"Advice of {d.who}", d.words, d.reference),
    after.CallLogged: _call,
    after.ChildVoiceRecorded: _voice,
    after.ParentsInformed: _parents,
    after.ReferralMade: lambda d: _joined(f"Referred to {plain(d.to.value)}", d.reason, d.reference),
    after.ReferralDeclined: lambda d: _joined(f"Considered, not referred to {plain(d.to.value)}", d.reasons),
    after.ReplyReceived: lambda d: _joined(f"Reply: {d.outcome}", d.words),
    after.InformationShared: lambda d: _joined(f"{'Shared' if d.shared else 'Not shared'} with {d.with_whom}", d.what),
    after.SupportOffered: lambda d: _short(f"Support: {d.support}"),
    after.FeedbackGiven: lambda d: _joined(f"Feedback to {d.to}", d.what),
    after.LessonRecorded: lambda d: _short(f"Lesson: {d.lesson}"),
    after.ExternalLogMade: lambda d: _short(f"Note in {d.system} under {d.reference}"),
    after.FollowUpDone: lambda d: _short(f"Done: {d.what}"),
    wider.DeadlineMissed: lambda d: _joined(f"Deadline missed: {d.what or plain(d.deadline)}", d.reason, d.next_step),
    after.Viewed: lambda d: "The record was opened" if is_reading(d) else f"Exhibit {d.what} was uncovered",
    after.Printed: lambda d: _short(f"Printed: {plain(d.paper)}"),
    after.CaseClosed: "Case closed",
    after.CaseReopened: "Case taken up again",
    after.SignedOff: "Signed",
    after.SignOffDeclined: "Sign-off declined",
    done.TriageAnswered: _triage,
    done.RouteChosen: lambda d: _joined("Route chosen", d.reason),
    done.ReviewerNamed: lambda d: _joined(f"Reviewer {d.place}: {d.name}, {d.position}", d.reason),
    done.DeviceNamed: lambda d: _short(f"Looking will be done on {d.make}, {d.location}"),
    done.DeviceChanged: lambda d: _joined(f"Looking moves to {d.make}, {d.location}", d.reason),
    done.AccessRecorded: lambda d: _short(f"Access: {d.access}, given by {d.granted_by}"),
    done.PurposeRecorded: lambda d: _short(f"Purpose: {d.purpose}"),
    done.Declared: "Declared: nothing should go to others first",
    done.ReviewOpened: lambda d: _short(f"Review session {d.no} opened in {d.place}"),
    done.ReviewPaused: lambda d: _short(f"Looking paused: {d.reason}"),
    done.ReviewResumed: "Looking taken up again",
    done.ReviewFinished: lambda d: f"Review session {d.no} finished",
    done.SightingRecorded: lambda d: _short(f"Sighting {d.no}: {d.concern}"),
    done.ExhibitAdded: lambda d: _short(f"Exhibit {d.mark} added: {d.description}"),
    done.ExhibitRedacted: lambda d: _short(f"Exhibit {d.mark}: redacted copy of {d.parent}"),
    done.ExhibitDestroyed: lambda d: _short(f"Exhibit {d.mark} destroyed on police advice"),
    done.Halted: _halted,
    done.AdviceApplied: lambda d: _joined(
        "Two people chose a milder route, on advice" if d.route else "Two people applied advice", d.reason
    ),
    done.LaptopResumed: lambda d: _joined("This laptop is used again", d.reason),
    done.Judged: lambda d: _joined(f"Judged: {plain(d.judgement.value)}", d.reasons),
    done.Concluded: lambda d: _short(f"Concluded: {d.conclusion}"),
    done.ActionDecided: lambda d: _joined(f"Action: {d.action}", f"{d.who}, by {spoken(d.by_when)}"),
    done.StepSkipped: lambda d: _short(f"Step left out: {d.reason}"),
    done.Corrected: lambda d: _joined(f"Correction of entry {d.corrects}", *d.changes.values(), d.reason),
}


def sentence(data: EntryData) -> str:
    """What one entry says, in one sentence; its full words stand on paper and in the entry itself."""
    if isinstance(data, UnknownKind):
        return f"Made by a newer program: {plain(data.kind)}"
    said = _SENTENCES.get(type(data))
    if isinstance(said, str):
        return said
    return said(data) if said else plain(data.KIND).capitalize()


def story(case: Case, names: Mapping[AccountId, str], reader: AccountId, when: Callable[[str], str]) -> list[EntrySeen]:
    """Every entry that this reader may see, latest first; a judgement and its corrections wait until both judged."""
    waiting: tuple[Told[Any], ...] = (*case.told(done.Judged), *case.told(done.Corrected))
    hidden = {told.at for told in waiting if case.is_hidden_from(told, reader)}
    corrected = {told.data.corrects: told for told in case.told(done.Corrected)}
    return [
        _line(entry, names, when, hidden=entry.strand_seq in hidden, corrected=corrected.get(entry.strand_seq))
        for entry in reversed(case.entries)
    ]


def _line(
    entry: Recorded, names: Mapping[AccountId, str], when: Callable[[str], str], *, hidden: bool,
    corrected: Told[done.Corrected] | None,
) -> EntrySeen:  # fmt: skip
    payload = entry.payload
    if payload is None:
        gone = "This entry was destroyed by two people" if entry.missing == "disposed" else "This entry is not shown"
        return EntrySeen(number=entry.strand_seq, kind="", title=gone, day="", who="", icon="minus")
    again = "Correction of a judgement" if isinstance(payload.data, done.Corrected) else "Judgement recorded"
    title = f"{again}, closed to the other reviewer" if hidden else sentence(payload.data)
    return EntrySeen(
        number=entry.strand_seq,
        kind=payload.kind,
        title=title,
        day=when(payload.at_local),
        who=", ".join(names.get(account, "a former account holder") for account in payload.by),
        icon=ICONS.get(payload.kind, "circle-dot"),
        quiet=is_reading(payload.data),
        corrected=_correction(corrected, hidden=hidden) if corrected else "",
    )


def _correction(told: Told[done.Corrected], *, hidden: bool) -> str:
    """What stands beside a corrected entry; of one that waits, not why, for the reason may say what it says."""
    by = f"Corrected by entry {told.at}"
    return by if hidden else _short(f"{by}, because {told.data.reason}")
