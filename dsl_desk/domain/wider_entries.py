"""Kinds of entry of a case for what the policies ask around it: risk, search, staff, sanction, debrief, disagreement.

None of them voids a signature. Data keys follow the field lists of the domain
rules; `STARRED` names the texts that must say something. Sources are the
provisions named at each kind.
"""

import enum
from typing import ClassVar, Final

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.payload import EntryData


class Viewing(enum.Enum):
    """Whether a picture that may show somebody under 18 was looked at outside the desk; "not viewed" is usual."""

    NOT_VIEWED = "not_viewed"
    VIEWED = "viewed"
    SEEN_BEFORE = "seen_before"
    """Somebody had seen it before the concern was reported; who and how is told in words."""


class Authority(enum.Enum):
    """On what a search or confiscation rests (domain rules, conflict 6)."""

    CONSENT = "consent"
    STATUTORY = "statutory"
    AGREEMENT = "agreement"
    """The acceptable use agreement, for the school's own devices."""


class Threshold(enum.Enum):
    """What the LADO and the Headteacher decided about a worker."""

    MET = "met"
    LOW_LEVEL = "low_level"
    NOT_A_CONCERN = "not_a_concern"
    NOT_DECIDED = "not_decided"


class Release(enum.Enum):
    """Where a thing that was held went."""

    PARENT = "parent"
    POLICE = "police"
    OWNER = "owner"
    """An adult's own device, back to that adult."""
    RETAINED = "retained"


class Audience(enum.Enum):
    """Whom the learning of an incident is passed on to, without names (policy 001, six audiences)."""

    SAFEGUARDING = "safeguarding"
    STAFF = "staff"
    LEARNERS = "learners"
    PARENTS = "parents"
    GOVERNORS = "governors"
    AUTHORITY = "authority"


class RiskAssessed(EntryData, frozen=True, kw_only=True):
    """What could happen to whom, what is done against it, by whom, and when it is looked at again (P-101, P-131)."""

    KIND: ClassVar[str] = "risk_assessed"
    STARRED: ClassVar[tuple[str, ...]] = ("risk", "control", "owner")
    risk: str
    control: str
    owner: str
    person: str = ""
    vulnerability: tuple[str, ...] = ()
    checked_with: str = ""
    """Agencies that were asked what they know."""
    review_on: str = ""
    acknowledged_by: str = ""
    """Headteacher, who oversees that it is done."""


class ViewingDecided(EntryData, frozen=True, kw_only=True):
    """A picture was not looked at, or why it had to be, by whom, with whom in the room (P-093 to P-096).

    Only words: the desk has no field for such a picture. Where it was viewed,
    the Headteacher agreed before, and it was not copied.
    """

    KIND: ClassVar[str] = "viewing_decided"
    STARRED: ClassVar[tuple[str, ...]] = ("reason",)
    decision: Viewing
    reason: str
    agreed_by: str = ""
    viewed_by: str = ""
    present: str = ""
    place: str = ""
    at: str = ""
    decided: str = ""
    """What was decided on what was seen, without describing it."""


class AgesAsked(EntryData, frozen=True, kw_only=True):
    """Whether an adult is involved, asked before anything else: an adult makes it abuse (P-040)."""

    KIND: ClassVar[str] = "ages_asked"
    STARRED: ClassVar[tuple[str, ...]] = ("known_from",)
    adult_involved: str
    """yes, no or not_sure; not sure counts as yes."""
    known_from: str
    ages: str = ""
    coercion: str = ""
    """Whether there was pressure, threat or money."""


class DeletionRecorded(EntryData, frozen=True, kw_only=True):
    """A young person deleted a picture after agencies were asked; nobody else did (P-104)."""

    KIND: ClassVar[str] = "deletion_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("deleted_by", "witnessed_by", "agency_words", "at")
    deleted_by: str
    witnessed_by: str
    agency: Agency
    advice: int
    """strand_seq of the advice that no agency needs it and that deleting harms nobody."""
    agency_words: str
    at: str
    where: str = ""


class SearchRecorded(EntryData, frozen=True, kw_only=True):
    """A search or confiscation, whether or not anything was found (DfE 2022; P-121 to P-126)."""

    KIND: ClassVar[str] = "search_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("at", "place", "pupil", "grounds", "searched_by")
    at: str
    place: str
    pupil: str
    authority: Authority
    grounds: str
    searched_by: str
    consent_from: str = ""
    sought: str = ""
    present: str = ""
    found: str = ""
    powered: str = ""
    suspected_picture: str = "no"
    """yes, no or not_sure; then it was not looked at, and the case is stopped."""
    seal: str = ""
    storage: str = ""
    key_holder: str = ""
    dsl_told_at: str = ""
    parents_told: str = ""


class ItemReleased(EntryData, frozen=True, kw_only=True):
    """A thing that was held went back or on: to whom, when, and who signed (P-124, P-125)."""

    KIND: ClassVar[str] = "item_released"
    STARRED: ClassVar[tuple[str, ...]] = ("item", "to_name", "at", "released_by")
    item: str
    to: Release
    to_name: str
    at: str
    released_by: str
    signed: bool = False
    may_be_involved: str = ""
    """Whether whoever takes it may be involved; then it is not released to them."""
    reference: str = ""


class MeasureTaken(EntryData, frozen=True, kw_only=True):
    """Access withdrawn, a page blocked, an account or a device set aside: by whom and until when (P-048, P-100)."""

    KIND: ClassVar[str] = "measure_taken"
    STARRED: ClassVar[tuple[str, ...]] = ("measure", "by_whom", "at")
    measure: str
    by_whom: str
    at: str
    system: str = ""
    scope: str = ""
    until: str = ""
    restored_at: str = ""


class TakedownAsked(EntryData, frozen=True, kw_only=True):
    """A platform or a person was asked to take something down, after asking whether it must be kept (P-060, P-216)."""

    KIND: ClassVar[str] = "takedown_asked"
    STARRED: ClassVar[tuple[str, ...]] = ("platform", "at", "preserved_first")
    platform: str
    at: str
    preserved_first: str
    """Whether police or the platform were asked to keep it before, and what they said."""
    what: str = ""
    reference: str = ""
    helpline: str = ""
    removed_at: str = ""
    refused: str = ""


class PreservationAsked(EntryData, frozen=True, kw_only=True):
    """Somebody was asked to keep logs, pictures of cameras or an account before they vanish (flows section 15)."""

    KIND: ClassVar[str] = "preservation_asked"
    STARRED: ClassVar[tuple[str, ...]] = ("of_whom", "what", "at")
    of_whom: str
    what: str
    at: str
    vanishes_on: str = ""
    reference: str = ""
    reply: str = ""


class SanctionRecorded(EntryData, frozen=True, kw_only=True):
    """What the school did under which of its policies; details of employment stay out of the case (P-091)."""

    KIND: ClassVar[str] = "sanction_recorded"
    STARRED: ClassVar[tuple[str, ...]] = ("policy", "action", "decided_by")
    policy: str
    action: str
    decided_by: str
    person: str = ""
    at: str = ""


class SomebodyTold(EntryData, frozen=True, kw_only=True):
    """Somebody inside was told, because the policy says so: Headteacher, proprietor, Chair (P-049, P-066)."""

    KIND: ClassVar[str] = "somebody_told"
    STARRED: ClassVar[tuple[str, ...]] = ("who", "at", "told_by")
    who: str
    post: str = ""
    at: str
    told_by: str
    why: str = ""
    reply: str = ""


class ThresholdDecided(EntryData, frozen=True, kw_only=True):
    """What the LADO advised about a worker and what was decided on it (P-053; four limbs of the harm threshold)."""

    KIND: ClassVar[str] = "threshold_decided"
    STARRED: ClassVar[tuple[str, ...]] = ("adviser", "at", "advice", "reason", "decided_by")
    decision: Threshold
    adviser: str
    at: str
    advice: str
    reason: str
    decided_by: str
    limbs: tuple[str, ...] = ()
    reference: str = ""


class DisagreementRaised(EntryData, frozen=True, kw_only=True):
    """The school does not agree with an agency, chases or goes one step higher (flows section 15)."""

    KIND: ClassVar[str] = "disagreement_raised"
    STARRED: ClassVar[tuple[str, ...]] = ("what", "raised_with", "at")
    agency: Agency
    what: str
    raised_with: str
    at: str
    level: str = ""
    """Worker, manager, partnership's procedure."""
    outcome: str = ""
    chase_on: str = ""


class DateSet(EntryData, frozen=True, kw_only=True):
    """A date that others set: bail, a strategy meeting, a conference, a hearing (flows section 15)."""

    KIND: ClassVar[str] = "date_set"
    STARRED: ClassVar[tuple[str, ...]] = ("what", "on")
    what: str
    on: str
    who: str = ""
    attended_by: str = ""
    outcome: str = ""


class DebriefHeld(EntryData, frozen=True, kw_only=True):
    """What was learned is passed on to one audience, without a name in it (P-142, P-143)."""

    KIND: ClassVar[str] = "debrief_held"
    STARRED: ClassVar[tuple[str, ...]] = ("text", "at", "name_check_by")
    audience: Audience
    text: str
    at: str
    name_check_by: str
    """Who read it for names before it was sent."""


class HandlingReviewed(EntryData, frozen=True, kw_only=True):
    """How well the report was handled, and what changes for it (P-105, P-144, P-145)."""

    KIND: ClassVar[str] = "handling_reviewed"
    STARRED: ClassVar[tuple[str, ...]] = ("worked", "change")
    worked: str
    change: str
    """What changes in policy, teaching or filtering, or "nothing"."""
    not_worked: str = ""
    by_whom: str = ""
    by_when: str = ""


class WelfareAsked(EntryData, frozen=True, kw_only=True):
    """Somebody who saw or heard something hard was asked how they are; no word of the case (P-141)."""

    KIND: ClassVar[str] = "welfare_asked"
    STARRED: ClassVar[tuple[str, ...]] = ("person_asked", "asked_by", "at")
    person_asked: str
    asked_by: str
    at: str
    support: str = ""


class AcknowledgementGiven(EntryData, frozen=True, kw_only=True):
    """Whoever reported it was told that it is being dealt with (P-020)."""

    KIND: ClassVar[str] = "acknowledgement_given"
    STARRED: ClassVar[tuple[str, ...]] = ("at", "by_whom")
    at: str
    by_whom: str
    to_whom: str = ""
    """Empty where the reporter's name is withheld."""
    words: str = ""


class DutyReferralDecided(EntryData, frozen=True, kw_only=True):
    """Whether DBS or TRA must be told of a worker, and why (flows section 15)."""

    KIND: ClassVar[str] = "duty_referral_decided"
    STARRED: ClassVar[tuple[str, ...]] = ("reason", "decided_by")
    agency: Agency
    refer: bool
    reason: str
    decided_by: str
    at: str = ""
    reference: str = ""


class DeadlineMissed(EntryData, frozen=True, kw_only=True):
    """A deadline of this case was not kept: who says so is the writer, and why; from then on nothing asks again."""

    KIND: ClassVar[str] = "deadline_missed"
    STARRED: ClassVar[tuple[str, ...]] = ("deadline", "due", "reason")
    deadline: str
    """Which: police, lado, breach, reply-chase, action, … as the list of deadlines names them."""
    about: int
    """strand_seq of the entry that it was counted from."""
    due: str
    """Date, or date and time with offset, that it was due by."""
    reason: str
    what: str = ""
    """What was due, in the words that the screen showed."""
    next_step: str = ""
    """What is done instead, and by when."""


WIDER_KINDS: Final[tuple[type[EntryData], ...]] = (
    RiskAssessed, ViewingDecided, AgesAsked, DeletionRecorded, SearchRecorded, ItemReleased, MeasureTaken,
    TakedownAsked, PreservationAsked, SanctionRecorded, SomebodyTold, ThresholdDecided, DisagreementRaised, DateSet,
    DebriefHeld, HandlingReviewed, WelfareAsked, AcknowledgementGiven, DutyReferralDecided,
    DeadlineMissed,
)  # fmt: skip
"""Every kind of this page."""
