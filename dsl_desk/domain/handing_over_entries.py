"""Kinds of entry of a case for exhibits' way, papers, signatures, packs and the end; none voids a signature.

Data keys follow the field lists of the domain rules; `STARRED` names the texts
that must say something.
"""

from typing import ClassVar, Final

from dsl_desk.domain.case_words import Agency, ContinuityAction, Decision
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import BlobClass, PackKind, StrandKind


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
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.CASE, StrandKind.REGISTER})
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
    purpose: str = ""
    """Why it goes to them."""
    allowed_by: str = ""
    """Who allowed it to leave the school on a medium."""


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


HANDING_OVER_KINDS: Final[tuple[type[EntryData], ...]] = (
    ContinuityRecorded, Viewed, Printed, PaperKept, ScanAttached, ReceiptAttached, SignedOff, SignOffDeclined,
    PackStarted, PackSealed, PackLost, CaseClosed, CaseReopened,
)  # fmt: skip
