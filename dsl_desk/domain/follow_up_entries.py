"""Kinds of entry of a case that never void a signature: what is told, asked, shared, kept and handed over.

They print under "After signing" where they come later (flows section 9). Data
keys follow the field lists of the domain rules; `STARRED` names the texts that
must say something.
"""

from typing import ClassVar, Final

from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    ContinuityAction,
    Decision,
    Effect,
    HoldBack,
    ParentsDecision,
    PersonRole,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import Answer, BlobClass, PackKind, SubjectKind


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


class ContinuityRecorded(EntryData, frozen=True, kw_only=True, rename={"from_whom": "from", "to_whom": "to"}):
    """Where an exhibit or device went, who had it, and whether its digest still held."""

    KIND: ClassVar[str] = "continuity_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("mark", "at", "from_whom", "to_whom", "by_whom")
    no: int
    mark: str
    at: str
    action: ContinuityAction
    from_whom: str
    """Person or place; the key is `from`."""
    to_whom: str
    """Person or place; the key is `to`."""
    by_whom: str
    previous: str
    """Digest of the continuity entry before it for this mark, or of the intake."""
    witness: str = ""
    reason: str = ""
    authority: str = ""
    seal_before: str = ""
    seal_after: str = ""
    digest_held: bool | None = None
    change: str = ""


class Viewed(EntryData, frozen=True, kw_only=True):
    """An exhibit or a restricted record was uncovered, for a stated reason."""

    KIND: ClassVar[str] = "viewed"
    STARRED: ClassVar[tuple[str, ...]] = ("what", "reason")
    what: str
    """A mark, or "record"."""
    reason: str
    seconds: int = 0


class Printed(EntryData, frozen=True, kw_only=True):
    """A paper left the printer; it carries the head it was printed at."""

    KIND: ClassVar[str] = "printed"
    STARRED: ClassVar[tuple[str, ...]] = ("paper",)
    paper: str
    head: str = ""
    sha256: str = ""
    copies: int = 1


class PaperKept(EntryData, frozen=True, kw_only=True, rename={"blob_class": "class"}):
    """A paper the desk made is kept exactly as made: unsigned form, final form, sign-off text, a signature."""

    KIND: ClassVar[str] = "paper_kept"
    STARRED: ClassVar[tuple[str, ...]] = ("paper",)
    paper: str
    """form, form-final, sign-off.txt, reviewer-1.p7s, reviewer-2.p7s, or another paper's name."""
    blob: str
    sha256: str
    size: int
    blob_class: BlobClass = BlobClass.PAPER
    media_type: str = ""
    covers: int = 0
    """strand_seq the paper was made at."""


class ScanAttached(EntryData, frozen=True, kw_only=True, rename={"blob_class": "class"}):
    """The page signed in ink came back as a scan, tied to the head it was printed at."""

    KIND: ClassVar[str] = "scan_attached"
    STARRED: ClassVar[tuple[str, ...]] = ("of",)
    of: str
    blob: str
    sha256: str
    size: int
    blob_class: BlobClass = BlobClass.SCAN
    media_type: str = ""
    original_name: str = ""
    head: str = ""


class ReceiptAttached(EntryData, frozen=True, kw_only=True, rename={"blob_class": "class"}):
    """Somebody signed for a pack or a device."""

    KIND: ClassVar[str] = "receipt_attached"
    STARRED: ClassVar[tuple[str, ...]] = ("received_by", "at")
    received_by: str
    at: str
    blob: str = ""
    """The scanned receipt; empty where only the words are recorded."""
    sha256: str = ""
    size: int = 0
    blob_class: BlobClass = BlobClass.RECEIPT
    media_type: str = ""
    pack: int = 0
    agency: Agency = Agency.POLICE
    reference: str = ""


class SignedOff(EntryData, frozen=True, kw_only=True):
    """One reviewer signed the form and the sign-off text with the own passphrase."""

    KIND: ClassVar[str] = "signed_off"
    SIGNERS: ClassVar[int] = 1
    decision: Decision
    sign_off: str
    """SHA-256 of sign-off.txt."""
    p7s: str
    """SHA-256 of this reviewer's CMS."""
    form: str
    """SHA-256 of the form as it stands after this signature."""
    covers: int
    """Strand-Seq of sign-off.txt: everything up to this entry."""
    place: int = 1
    reasons: str = ""


class SignOffDeclined(EntryData, frozen=True, kw_only=True):
    """A reviewer will not sign, and says why."""

    KIND: ClassVar[str] = "sign_off_declined"
    STARRED: ClassVar[tuple[str, ...]] = ("reasons",)
    reasons: str


class PackStarted(EntryData, frozen=True, kw_only=True):
    """A pack is being made; the last entry that the pack itself holds."""

    KIND: ClassVar[str] = "pack_started"
    STARRED: ClassVar[tuple[str, ...]] = ("medium", "recipient")
    no: int
    medium: str
    recipient: str
    contents: PackKind
    recipient_name: str = ""
    encrypted: bool = False
    unencrypted_reason: str = ""
    changed_since: str = ""


class PackSealed(EntryData, frozen=True, kw_only=True):
    """A pack was sealed, read back and verified."""

    KIND: ClassVar[str] = "pack_sealed"
    no: int
    tagmanifest: str
    """SHA-256 of the tag manifest."""
    p7s: str
    archive: str | None = None
    """SHA-256 of the ZIP, where one was made."""
    verdict: str = "good"


class PackLost(EntryData, frozen=True, kw_only=True):
    """A pack that was started never came to an end, or a finished one cannot be found."""

    KIND: ClassVar[str] = "pack_lost"
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    no: int
    reason: str


class CaseClosed(EntryData, frozen=True, kw_only=True):
    """The case is closed: outcome, how long it is kept, and by which rule."""

    KIND: ClassVar[str] = "case_closed"
    STARRED: ClassVar[tuple[str, ...]] = ("outcome", "retention")
    outcome: str
    retention: str
    """Id of the retention class."""
    keep_until: str = ""
    reason: str = ""


class CaseReopened(EntryData, frozen=True, kw_only=True):
    """A closed case is taken up again; a review in it is a second one, with its own signatures."""

    KIND: ClassVar[str] = "case_reopened"
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


FOLLOW_UP_KINDS: Final[tuple[type[EntryData], ...]] = (
    CaseOpened, ConcernRecorded, PersonLinked, DeviceSecured, HoldBackSet, AdviceRecorded, CallLogged,
    ChildVoiceRecorded, ParentsInformed, ReferralMade, ReferralDeclined, ReplyReceived, InformationShared,
    SupportOffered, FeedbackGiven, LessonRecorded, ExternalLogMade, FollowUpDone, ContinuityRecorded, Viewed,
    Printed, PaperKept, ScanAttached, ReceiptAttached, SignedOff, SignOffDeclined, PackStarted, PackSealed,
    PackLost, CaseClosed, CaseReopened,
)  # fmt: skip
