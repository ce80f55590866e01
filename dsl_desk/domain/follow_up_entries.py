"""Kinds of entry of a case that never void a signature: what is told, asked, shared and cared for.

Papers, packs and the end stand in `handing_over_entries` and are named here too,
so that whoever asks for what follows asks in one place. They print under "After
signing" where they come later (flows section 9). Data keys follow the field
lists of the domain rules; `STARRED` names the texts that must say something.
"""

from typing import ClassVar, Final

from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    Effect,
    HoldBack,
    ParentsDecision,
    PersonRole,
)
from dsl_desk.domain.handing_over_entries import (
    HANDING_OVER_KINDS,
    CaseClosed,
    CaseReopened,
    ContinuityRecorded,
    PackLost,
    PackSealed,
    PackStarted,
    PaperKept,
    Printed,
    ReceiptAttached,
    ScanAttached,
    SignedOff,
    SignOffDeclined,
    Viewed,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.wider_entries import WIDER_KINDS
from dsl_desk.domain.words import Answer, SubjectKind


class CaseOpened(EntryData, frozen=True, kw_only=True):
    """A case begins, by a concern or by a halt with none open; it keeps the profile it began under."""

    KIND: ClassVar[str] = "case_opened"
    STARRED: ClassVar[tuple[str, ...]] = ("reference",)
    reference: str
    by_halt: bool = False
    profile: str = ""
    profile_version: int = 0
    school: str = ""
    site: str = ""


class ConcernRecorded(EntryData, frozen=True, kw_only=True):
    """What was reported, to whom and when: fact kept apart from opinion (domain rules, incident record)."""

    KIND: ClassVar[str] = "concern_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("occurred_at", "reported_at", "reporter", "reported_to", "summary")
    occurred_at: str
    """Date and time with offset, or "unknown"."""
    reported_at: str
    reporter: str
    """Kind of person who reported: pupil, parent, staff, monitoring, …"""
    reported_to: str
    summary: str
    categories: tuple[str, ...]
    suspected: Answer
    """Illegal or serious harm suspected?"""
    reporter_name: str = ""
    reporter_withheld: bool = False
    noticed_at: str = ""
    urgency: str = ""
    deadline: str = ""
    deadline_met: bool | None = None
    late_reason: str = ""
    place: str = ""
    on_site: bool | None = None
    device_owner: str = ""
    device: str = ""
    risk_classes: tuple[str, ...] = ()
    user_group: str = ""
    """pupil, staff or other, for the summary."""
    opinion: str = ""
    child_words: str = ""
    child_wishes: str = ""
    already_seen: str = ""
    immediate_action: str = ""
    risk_assessment: str = ""
    external_system: str = ""
    external_reference: str = ""
    site: str = ""


class PersonLinked(EntryData, frozen=True, kw_only=True):
    """Somebody belongs to this case, in a role that holds for this case alone."""

    KIND: ClassVar[str] = "person_linked"
    STARRED: ClassVar[tuple[str, ...]] = ("person",)
    person: str
    """Id of the person in the school register."""
    role: PersonRole
    kind: SubjectKind
    name: str = ""
    account: str = ""
    """Their account, if they hold one."""
    year_group: str = ""
    date_of_birth: str = ""
    address: str = ""
    parent_contact: str = ""
    vulnerability: tuple[str, ...] = ()
    note: str = ""
    site: str = ""
    online_names: str = ""
    """User names and profile addresses they are known by online, one a line, as they are written there."""


class DeviceSecured(EntryData, frozen=True, kw_only=True):
    """Who has the device, how it was, where it is locked away and who holds the key."""

    KIND: ClassVar[str] = "device_secured"
    STARRED: ClassVar[tuple[str, ...]] = ("device", "held_by", "place")
    device: str
    held_by: str
    place: str
    owner: str = ""
    make: str = ""
    serial: str = ""
    imei: str = ""
    power: str = ""
    """On stays on, off stays off."""
    network: str = ""
    seal: str = ""
    key_holder: str = ""
    pin_known: bool | None = None
    """Whether a PIN is known; the PIN itself never stands in the record."""
    touched_by: tuple[str, ...] = ()
    taken_from: str = ""
    secured_at: str = ""
    grounds: str = ""
    authority: str = ""


class HoldBackSet(EntryData, frozen=True, kw_only=True):
    """Who must not be told yet, until when, and who was told at what time (flows section 7)."""

    KIND: ClassVar[str] = "hold_back_set"
    STARRED: ClassVar[tuple[str, ...]] = ("party",)
    party: str
    """subject, parents, pupils, staff, platform, other_school, press, or an act such as giving a device back."""
    decision: HoldBack
    person: str = ""
    until: str = ""
    told_at: str = ""
    reason: str = ""


class AdviceRecorded(EntryData, frozen=True, kw_only=True):
    """What an agency advised, in its words; opens nothing until two people apply it."""

    KIND: ClassVar[str] = "advice_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("who", "at", "words")
    who: str
    agency: Agency
    at: str
    words: str
    effect: Effect
    number: str = ""
    team: str = ""
    reference: str = ""
    exhibits: tuple[str, ...] = ()
    """Marks it covers; none means the case."""


class CallLogged(EntryData, frozen=True, kw_only=True):
    """A call and how it ended; "rang, no answer" opens nothing."""

    KIND: ClassVar[str] = "call_logged"
    STARRED: ClassVar[tuple[str, ...]] = ("to", "at")
    to: str
    at: str
    outcome: CallOutcome
    number: str = ""
    words: str = ""
    reference: str = ""
    agency: Agency = Agency.OTHER


class ChildVoiceRecorded(EntryData, frozen=True, kw_only=True):
    """Whether the child has spoken, the exact words, what they want; or why not asked yet."""

    KIND: ClassVar[str] = "child_voice_recorded"
    person: str = ""
    spoken: bool = False
    words: str = ""
    to_whom: str = ""
    prompted_how: str = ""
    wishes: str = ""
    not_asked_because: str = ""
    at: str = ""


class ParentsInformed(EntryData, frozen=True, kw_only=True):
    """Parents told, or not, and why; agreed with police or social care where a crime is possible."""

    KIND: ClassVar[str] = "parents_informed"
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    decision: ParentsDecision
    reason: str
    person: str = ""
    who: str = ""
    at: str = ""
    agreed_with: str = ""
    complaint: str = ""
    """Reference of a complaint that parents made, which goes its own way (P-130)."""


class ReferralMade(EntryData, frozen=True, kw_only=True):
    """The matter went to an agency: why, by whom, what was shared, what was advised."""

    KIND: ClassVar[str] = "referral_made"
    STARRED: ClassVar[tuple[str, ...]] = ("reason", "threshold", "decided_at", "sent_at", "referred_by")
    to: Agency
    reason: str
    threshold: str
    decided_at: str
    sent_at: str
    referred_by: str
    method: str = ""
    person_at_agency: str = ""
    reference: str = ""
    shared: str = ""
    told_not_to: str = ""
    preserved: str = ""
    consent: str = ""
    reply_due: str = ""
    chase_on: str = ""


class ReferralDeclined(EntryData, frozen=True, kw_only=True):
    """Decided not to refer, with the reasons."""

    KIND: ClassVar[str] = "referral_declined"
    STARRED: ClassVar[tuple[str, ...]] = ("reasons",)
    to: Agency
    reasons: str
    decided_at: str = ""


class ReplyReceived(EntryData, frozen=True, kw_only=True):
    """What an agency answered to a referral."""

    KIND: ClassVar[str] = "reply_received"
    STARRED: ClassVar[tuple[str, ...]] = ("at", "outcome")
    referral: int
    """strand_seq of the referral."""
    at: str
    outcome: str
    """NFA, early help, s17, s47, investigation, or in words."""
    words: str = ""
    reference: str = ""
    who: str = ""


class InformationShared(EntryData, frozen=True, kw_only=True):
    """What was shared, or not, with whom, why and on what basis; reasons are kept either way."""

    KIND: ClassVar[str] = "information_shared"
    STARRED: ClassVar[tuple[str, ...]] = ("at", "what", "with_whom", "purpose", "lawful_basis", "reason")
    shared: bool
    at: str
    what: str
    with_whom: str
    purpose: str
    lawful_basis: str
    consent: Consent
    reason: str
    child_or_parent_told: str = ""
    protection: str = ""
    channel: str = ""
    encryption: str = ""
    authorised_by: str = ""
    police_asked_first: bool | None = None
    receipt: str = ""
    transfer_to: str = ""
    transfer_due: str = ""


class SupportOffered(EntryData, frozen=True, kw_only=True):
    """What support a child or a colleague has."""

    KIND: ClassVar[str] = "support_offered"
    STARRED: ClassVar[tuple[str, ...]] = ("support",)
    support: str
    person: str = ""
    by_whom: str = ""
    at: str = ""


class FeedbackGiven(EntryData, frozen=True, kw_only=True):
    """Who was told how it ended."""

    KIND: ClassVar[str] = "feedback_given"
    STARRED: ClassVar[tuple[str, ...]] = ("to", "what")
    to: str
    what: str
    at: str = ""


class LessonRecorded(EntryData, frozen=True, kw_only=True):
    """What the school learned, or that there is nothing to learn."""

    KIND: ClassVar[str] = "lesson_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("lesson",)
    lesson: str
    theme: str = ""
    """Id of a set phrase of the profile; the only part that may reach governors."""


class ExternalLogMade(EntryData, frozen=True, kw_only=True):
    """The short note for one child stands in the school's main system, under this reference."""

    KIND: ClassVar[str] = "external_log_made"
    STARRED: ClassVar[tuple[str, ...]] = ("system", "reference")
    system: str
    reference: str
    person: str = ""
    note: str = ""


class FollowUpDone(EntryData, frozen=True, kw_only=True):
    """A promised action was done."""

    KIND: ClassVar[str] = "follow_up_done"
    STARRED: ClassVar[tuple[str, ...]] = ("what",)
    what: str
    about: int = 0
    """strand_seq of the action, referral or advice it follows."""
    at: str = ""


FOLLOW_UP_KINDS: Final[tuple[type[EntryData], ...]] = (
    CaseOpened, ConcernRecorded, PersonLinked, DeviceSecured, HoldBackSet, AdviceRecorded, CallLogged,
    ChildVoiceRecorded, ParentsInformed, ReferralMade, ReferralDeclined, ReplyReceived, InformationShared,
    SupportOffered, FeedbackGiven, LessonRecorded, ExternalLogMade, FollowUpDone, *WIDER_KINDS, *HANDING_OVER_KINDS,
)  # fmt: skip

__all__ = [
    "FOLLOW_UP_KINDS", "AdviceRecorded", "CallLogged", "CaseClosed", "CaseOpened", "CaseReopened", "ChildVoiceRecorded",
    "ConcernRecorded", "ContinuityRecorded", "DeviceSecured", "ExternalLogMade", "FeedbackGiven", "FollowUpDone",
    "HoldBackSet", "InformationShared", "LessonRecorded", "PackLost", "PackSealed", "PackStarted", "PaperKept",
    "ParentsInformed", "PersonLinked", "Printed", "ReceiptAttached", "ReferralDeclined", "ReferralMade",
    "ReplyReceived", "ScanAttached", "SignOffDeclined", "SignedOff", "SupportOffered", "Viewed",
]  # fmt: skip
