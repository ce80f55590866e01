"""Kinds of entry that a signature covers: triage, reviewers, looking, exhibits, judging, and the stop.

A later entry of one of these kinds voids a sign-off (format section 8). Data
keys follow the field lists of the domain rules; a field without a default must
be there for the entry to be read, and `STARRED` names the texts that must also
say something. What comes after, and what is not substance, stands in
`follow_up_entries`.
"""

from typing import ClassVar, Final

import msgspec

from dsl_desk.domain.case_words import Effect, Intake, Judgement
from dsl_desk.domain.desk_entries import DESK_KINDS
from dsl_desk.domain.follow_up_entries import FOLLOW_UP_KINDS
from dsl_desk.domain.payload import EntryBook, EntryData
from dsl_desk.domain.words import Answer, BlobClass, Grade, SubjectKind


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """One question of triage as it was asked and answered."""

    question: str
    """Its id: 1, 2, 2b, 3, 4, 5a, 5b, 6 or 7."""
    wording: str
    """Version of the wording that was on the screen."""
    answer: str
    """yes, no or not_sure; of question 2 the kind of person it is about."""
    words: str = ""
    """What was added in own words (question 7: who, when, what)."""


class TriageAnswered(EntryData, frozen=True, kw_only=True):
    """What is suspected, asked before anything is looked at; may be repeated, earlier answers stand."""

    KIND: ClassVar[str] = "triage_answered"
    SUBSTANCE: ClassVar[bool] = True
    answers: tuple[Answered, ...]
    about: SubjectKind
    grade: Grade
    """What these answers alone ask for."""
    because_of: tuple[str, ...] = ()
    """Ids of the questions that closed looking."""


class RouteChosen(EntryData, frozen=True, kw_only=True):
    """Which procedure of the profile this case follows, and in which version."""

    KIND: ClassVar[str] = "route_chosen"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("route", "profile")
    route: str
    profile: str
    profile_version: int
    reason: str = ""
    advised: str = ""
    """Id of the route that fitted what was known then; the choice may be another, with its reason."""
    moves_from: int = 0
    """Version of the profile that the case left with this choice; 0 where it kept its own."""
    advice: int = 0
    """strand_seq of the advice that two people applied for a milder one, in the entry before; 0 where one chose."""


class ReviewerNamed(EntryData, frozen=True, kw_only=True):
    """One of the two senior people who look, judge and sign."""

    KIND: ClassVar[str] = "reviewer_named"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("account", "person", "name", "position")
    account: str
    person: str
    name: str
    position: str
    place: int
    """1 or 2: where they stand on the form."""
    replaces: str = ""
    """Account of the reviewer whose place this one takes."""
    interest: str = ""
    """A declared interest: related, reporting, targeted, line-managing."""
    reason: str = ""
    """Why this person all the same, or why the change."""
    admitted_until: str = ""
    """For a named senior of the federation, trust or authority: until when."""


class DeviceNamed(EntryData, frozen=True, kw_only=True):
    """Where the looking is done, and how that device was found."""

    KIND: ClassVar[str] = "device_named"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("make", "serial", "location", "state")
    make: str
    serial: str
    location: str
    state: str
    this_laptop: bool
    """True where the desk itself may become evidence (flows section 4)."""
    pupils_use_it: bool = False
    registered: str = ""
    """Id in the school's register of devices."""
    name: str = ""


class DeviceChanged(EntryData, frozen=True, kw_only=True):
    """The looking moves to another device, with the reason; both stay on record."""

    KIND: ClassVar[str] = "device_changed"
    SIGNERS: ClassVar[int] = 1
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("make", "serial", "location", "state", "reason")
    make: str
    serial: str
    location: str
    state: str
    this_laptop: bool
    reason: str
    pupils_use_it: bool = False
    registered: str = ""
    name: str = ""


class AccessRecorded(EntryData, frozen=True, kw_only=True):
    """What internet access the looking used, who gave it and when it ends."""

    KIND: ClassVar[str] = "access_recorded"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("access", "granted_by")
    access: str
    granted_by: str
    granted_at: str = ""
    ends_at: str = ""
    monitored: str = ""


class PurposeRecorded(EntryData, frozen=True, kw_only=True):
    """What is looked for and where the looking will stop, written before anything is opened."""

    KIND: ClassVar[str] = "purpose_recorded"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason", "purpose")
    reason: str
    purpose: str
    scope: str = ""
    stop_where: str = ""


class Declared(EntryData, frozen=True, kw_only=True):
    """One reviewer, with the own passphrase: nothing should go to others first, and I will stop."""

    KIND: ClassVar[str] = "declared"
    SIGNERS: ClassVar[int] = 1
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("text",)
    text: str
    """The declaration's words as they were shown."""


class ReviewOpened(EntryData, frozen=True, kw_only=True):
    """A session of looking begins."""

    KIND: ClassVar[str] = "review_opened"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("place",)
    no: int
    present: tuple[str, ...]
    """Names of everybody in the room."""
    place: str
    this_laptop: bool
    state: str = ""
    """How the device was when the session began."""


class ReviewPaused(EntryData, frozen=True, kw_only=True):
    """Looking stops for a while; what follows until it is taken up again is shown as a gap."""

    KIND: ClassVar[str] = "review_paused"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str


class ReviewResumed(EntryData, frozen=True, kw_only=True):
    """Looking goes on; both are in the room again."""

    KIND: ClassVar[str] = "review_resumed"
    SUBSTANCE: ClassVar[bool] = True
    present: tuple[str, ...] = ()
    note: str = ""


class ReviewFinished(EntryData, frozen=True, kw_only=True):
    """One reviewer, with the own passphrase: the session is over and its times are right."""

    KIND: ClassVar[str] = "review_finished"
    SIGNERS: ClassVar[int] = 1
    SUBSTANCE: ClassVar[bool] = True
    no: int
    access_withdrawn: bool
    device_locked_away: bool
    times_right: bool
    note: str = ""


class SightingRecorded(EntryData, frozen=True, kw_only=True):
    """One address or item: what was seen, why it worries, and no reason to stop."""

    KIND: ClassVar[str] = "sighting_recorded"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("address", "seen", "concern")
    no: int
    session: int
    address: str
    """Address or item as read from the screen; never a link anywhere."""
    seen: str
    concern: str
    reason_to_stop: Answer
    answered_by: tuple[str, ...]
    picture: str = "none"
    """What picture will be added, or "none"; an exhibit names its sighting."""
    opened_at: str = ""
    left_at: str = ""


class ExhibitAdded(EntryData, frozen=True, kw_only=True, rename={"blob_class": "class"}):
    """Material is taken in under a mark, with the digest of its original bytes."""

    KIND: ClassVar[str] = "exhibit_added"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("description", "produced_by", "role", "method", "source")
    mark: str
    blob: str
    sha256: str
    size: int
    blob_class: BlobClass = BlobClass.EXHIBIT
    intake: Intake
    description: str
    original_name: str
    media_type: str
    produced_by: str
    """Full name of whom the mark belongs to."""
    produced_by_person: str
    role: str
    made_at_utc: str
    made_at_local: str
    method: str
    source: str
    stop_questions_answered_no_by: tuple[str, ...]
    sighting: int | None = None
    """Number of the sighting it shows."""
    place: str = ""
    tool: str = ""
    supplied_by: str = ""
    seen_by: str = ""
    """Who in school has seen it before (flows section 8)."""
    parent: str = ""
    """Of a redacted copy: the mark of the exhibit it was made from."""
    parent_sha256: str = ""


class ExhibitRedacted(EntryData, frozen=True, kw_only=True, rename={"blob_class": "class"}):
    """A redacted copy, a new exhibit of its own that names its parent's digest.

    The copy is taken in by `exhibit_added` like any exhibit; this entry follows in
    the same transaction and says what was covered and why. `blob` is empty then:
    an entry that takes content in stands once for each sealed file.
    """

    KIND: ClassVar[str] = "exhibit_redacted"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason", "produced_by")
    mark: str
    parent: str
    parent_sha256: str
    blob: str
    sha256: str
    size: int
    blob_class: BlobClass = BlobClass.EXHIBIT
    media_type: str
    reason: str
    produced_by: str
    produced_by_person: str
    areas: int = 0
    description: str = ""


class ExhibitDestroyed(EntryData, frozen=True, kw_only=True):
    """Two people destroyed an exhibit because police said so; its mark is never used again."""

    KIND: ClassVar[str] = "exhibit_destroyed"
    SIGNERS: ClassVar[int] = 2
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reference", "method")
    mark: str
    advice: int
    """strand_seq of the police advice that asks for it."""
    reference: str
    method: str
    older_copies: tuple[str, ...] = ()


class Halted(EntryData, frozen=True, kw_only=True):
    """The case is stopped, by any one person; the reason may follow."""

    KIND: ClassVar[str] = "halted"
    SUBSTANCE: ClassVar[bool] = True
    grade: Grade
    reason: str = ""
    sealing: str = "refused"
    """Who could still open what is held: in this version the store refuses (format section 4)."""
    where: str = ""
    """The screen or the work that was going on."""
    last_item: str = ""
    """The address or item that was open, if it is remembered; only for police and IWF copies."""
    isolation: tuple[str, ...] = ()
    police_reference: str = ""
    adds_to: int = 0
    """strand_seq of the halt whose reason this gives, 0 for a halt of its own."""


class AdviceApplied(EntryData, frozen=True, kw_only=True):
    """Two people open what an agency's advice allows, or undo a halt pressed by mistake."""

    KIND: ClassVar[str] = "advice_applied"
    SIGNERS: ClassVar[int] = 2
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str
    grade_after: Grade
    advice: int = 0
    """strand_seq of the advice, 0 where a halt was pressed by mistake."""
    effect: Effect | None = None
    exhibits: tuple[str, ...] = ()
    """Marks that come out of quarantine."""
    mistake: bool = False
    answers: tuple[int, ...] = ()
    """For a mistake: strand_seq of each reviewer's own triage after the halt."""
    route: str = ""
    """Id of the milder route that the advice leads to, chosen in the entry after; then it opens nothing."""


class LaptopResumed(EntryData, frozen=True, kw_only=True):
    """After a stop on this very laptop two people record why the desk is used again (flows section 4)."""

    KIND: ClassVar[str] = "laptop_resumed"
    SIGNERS: ClassVar[int] = 2
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    reason: str
    police_advised: bool
    reference: str = ""


class Judged(EntryData, frozen=True, kw_only=True):
    """One reviewer's own judgement and reasons, written before reading the other's."""

    KIND: ClassVar[str] = "judged"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reasons",)
    judgement: Judgement
    reasons: str


class Concluded(EntryData, frozen=True, kw_only=True):
    """What the review comes to; where the reviewers differ both views stand."""

    KIND: ClassVar[str] = "concluded"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("conclusion",)
    conclusion: str
    outcome: str = ""
    """Fixed word for the governor summary (profile, outcomes)."""
    severity: str = ""
    reviewers_differ: bool = False
    disagreement: str = ""


class ActionDecided(EntryData, frozen=True, kw_only=True):
    """What is done, by whom, by when, and who else is involved or why not."""

    KIND: ClassVar[str] = "action_decided"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("action", "who", "by_when", "reason")
    action: str
    who: str
    by_when: str
    reason: str
    others: str = ""
    """Others to involve, or why none."""


class StepSkipped(EntryData, frozen=True, kw_only=True):
    """A step of the procedure was left out; the reason prints on the form."""

    KIND: ClassVar[str] = "step_skipped"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("step", "reason")
    step: str
    reason: str


class Corrected(EntryData, frozen=True, kw_only=True):
    """A correction that stands beside what it corrects; counts as the entry it corrects."""

    KIND: ClassVar[str] = "corrected"
    SUBSTANCE: ClassVar[bool] = True
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    corrects: int
    """strand_seq of the entry."""
    kind: str
    """Kind of that entry."""
    changes: dict[str, str]
    """Name of the field to what it should say."""
    reason: str


SUBSTANCE_KINDS: Final[tuple[type[EntryData], ...]] = (
    TriageAnswered, RouteChosen, ReviewerNamed, DeviceNamed, DeviceChanged, AccessRecorded,
    PurposeRecorded, Declared, ReviewOpened, ReviewPaused, ReviewResumed, ReviewFinished, SightingRecorded,
    ExhibitAdded, ExhibitRedacted, ExhibitDestroyed, Halted, AdviceApplied, LaptopResumed, Judged, Concluded,
    ActionDecided, StepSkipped, Corrected,
)  # fmt: skip

CASE_KINDS: Final[tuple[type[EntryData], ...]] = (*SUBSTANCE_KINDS, *FOLLOW_UP_KINDS)
"""Every kind of entry that only a case's strand knows."""

ALL_KINDS: Final[tuple[type[EntryData], ...]] = (*DESK_KINDS, *CASE_KINDS)
"""Every kind of entry this program knows."""


def entry_book() -> EntryBook:
    """The book that reads every kind of entry this program knows."""
    return EntryBook(ALL_KINDS)


BOOK: Final = entry_book()
"""The one book; it never changes."""
