"""Closed sets of words that a case is told in; what a school may vary is data in its profile instead."""

import enum


class PersonRole(enum.Enum):
    """What somebody is in one case; a link to another case never copies it."""

    SUBJECT = "subject"
    AFFECTED = "affected"
    WITNESS = "witness"
    REPORTER = "reporter"
    PARENT = "parent"
    OTHER = "other"


class Judgement(enum.Enum):
    """What one reviewer concludes from what was seen (flows section 9, step 13)."""

    SUBSTANCE = "substance"
    NONE = "none"
    CANNOT_TELL = "cannot_tell"


class Decision(enum.Enum):
    """Whether somebody who signs agrees with the conclusion; a disagreement is kept with its reasons."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Agency(enum.Enum):
    """Whom a school asks or tells outside its walls (domain rules, referral record)."""

    POLICE = "police"
    SOCIAL_CARE = "social_care"
    LADO = "lado"
    EDUCATION_SAFEGUARDING = "education_safeguarding"
    CEOP = "ceop"
    IWF = "iwf"
    CHANNEL = "channel"
    HELPLINE_HARMFUL_CONTENT = "rhc"
    HELPLINE_PROFESSIONALS = "posh"
    EXPLOITATION_TEAM = "cse_team"
    ICO = "ico"
    OTHER_SETTING = "other_setting"
    DBS = "dbs"
    TRA = "tra"
    OTHER = "other"


class Effect(enum.Enum):
    """What an agency's advice allows or asks (flows section 1)."""

    CONTINUE = "continue"
    HOLD_OFF = "hold_off"
    SCHOOL_MAY_PROCEED = "school_may_proceed"
    KEEP = "keep"
    DESTROY = "destroy"
    HAND_OVER = "hand_over"


class CallOutcome(enum.Enum):
    """How a call ended; "no answer" and "declined" open nothing by themselves."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    DECLINED = "declined"


class HoldBack(enum.Enum):
    """Whether somebody may be told yet (flows section 7)."""

    MAY_TELL = "may_tell"
    WAIT = "wait"
    TOLD = "told"


class Intake(enum.Enum):
    """How material comes in."""

    CAPTURE = "capture"
    """A picture of a screen, taken in a review session."""
    FILE = "file"
    """A file taken from what is being looked at, in a review session."""
    SUPPLIED = "supplied"
    """Something a person brings or the school already holds; never sought."""
    REDACTED = "redacted"
    """A copy made here of an exhibit, with parts covered for good."""


class ParentsDecision(enum.Enum):
    """A decision with its reason, never a tick (domain rules, conflict 9)."""

    TOLD = "told"
    NOT_TOLD = "not_told"
    WAIT = "wait"


class Consent(enum.Enum):
    """Consent to sharing, and how it stood."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_SOUGHT = "not_sought"


class ContinuityAction(enum.Enum):
    """What happened to an exhibit or a device (domain rules, continuity log)."""

    MADE = "made"
    SEALED = "sealed"
    MOVED = "moved"
    VIEWED = "viewed"
    COPIED = "copied"
    VERIFIED = "verified"
    PRINTED = "printed"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    DESTROYED = "destroyed"
