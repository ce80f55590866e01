"""The review record (form.pdf): what two reviewers looked at, judged and sign (flows 12)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame, SignatureBox


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerLine:
    """One of the two reviewers."""

    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingLine:
    """One thing seen; the address is inert text, or "withheld" (see `shown_address`)."""

    number: int
    time: str
    address: str
    concern: str
    exhibit: str = ""
    """Mark of the picture taken, or empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementLine:
    """What one reviewer judged alone, before reading the other's words."""

    reviewer: str
    judgement: str
    """"Substance", "None" or "Cannot tell"."""
    reasons: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """What is done, by whom, by when."""

    action: str
    who: str
    by_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    """An exhibit attached: its mark and SHA-256 (64 hex; the form shows 8, full digests stand elsewhere)."""

    mark: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """Everything the form shows; long texts go on in full on the continuation sheet."""

    date: str
    started: str
    ended: str
    place: str
    reason: str
    purpose: str
    reviewers: tuple[ReviewerLine, ReviewerLine]
    device: str
    """Make and model."""
    device_serial: str
    device_state: str
    """Where it is, how it was at the start; not used by pupils; the same throughout."""
    access: str
    """What internet access, who gave it, when it ended."""
    declaration: str
    """What both declared before looking, and when."""
    lines: tuple[SightingLine, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    """(step, reason)."""
    stop: str = ""
    """Time of a stop, by whom, last item, steps taken, police reference; empty: not stopped."""
    judgements: tuple[JudgementLine, ...] = ()
    conclusion: str = ""
    actions: tuple[ActionLine, ...] = ()
    attachments: tuple[AttachmentLine, ...] = ()
    statement: str = ""
    """What both agree to by signing (the Statement of sign-off.txt)."""
    kept_at: str = ""
    """Where the signed paper is kept, by whom."""
    after_signing: tuple[str, ...] = ()
    """Follow-up, one text each; never part of what is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetForm:
    """The set form and where its two signatures go."""

    pdf: bytes
    signature_boxes: tuple[SignatureBox, SignatureBox]


def set_review_record(content: ReviewRecord, frame: PageFrame) -> SetForm:
    """Set the form; the boxes tell signing where Reviewer1 and Reviewer2 belong."""
    raise NotImplementedError


def review_record_pdf(content: ReviewRecord, frame: PageFrame) -> bytes:
    """The form as PDF: sheets 1 and 2 (one page where both fit), then continuation sheets."""
    return set_review_record(content, frame).pdf
