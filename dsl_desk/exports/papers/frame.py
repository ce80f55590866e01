"""What stands on every page of every paper, and the small values papers share."""

import re
from dataclasses import dataclass

from dsl_desk.domain.errors import InputError

NOT_FORENSIC = "Staff record of what a screen showed; not a forensic copy."
UNSIGNED_REVIEW = "UNSIGNED REVIEW"
WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What ties each printed page to the record: whose it is, which record, as of which entry, printed when."""

    school: str
    reference: str
    """Case reference, or another reference without personal data ("Set-up", "Summary 2026-2"); stands in the title."""
    head: str
    """Digest of the journal head, 64 hex digits; its first 24 symbols and a QR stand on every page (format 3)."""
    at_entry: int | None
    """Number of the entry that head is of, in the case's own count; None on papers of the desk itself.

    The desk's count stands on no paper and no screen: it would tell somebody whom a
    case is about that there are entries they cannot see (flows section 5).
    """
    printed_at: str
    """Local time in words, such as "24 November 2026, 14:02:09 GMT"."""
    printed_by: str = ""
    """Who printed it; empty where no name may stand on the paper (governor summary)."""
    banner: str = ""
    """Words on every page, such as UNSIGNED_REVIEW; empty for none."""
    rehearsal: bool = False
    """True in a rehearsal: REHEARSAL lies across every page."""

    @property
    def as_at(self) -> str:
        """Which record the head is of, in words."""
        return "record of the desk" if self.at_entry is None else f"record as at entry {self.at_entry}"

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9a-f]{64}", self.head):
            raise InputError("The page cannot be tied to the record, so nothing was printed. Run Check everything.")
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,47}", self.reference):
            raise InputError("The paper’s reference may hold letters, digits, blanks, dots and hyphens only.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a signature goes on a set page, for the electronic field and for ink alike."""

    field: str
    """Name of the signature field: Reviewer1 or Reviewer2."""
    page: int
    """Page index, from 0."""
    left: int
    bottom: int
    right: int
    top: int
    """Corners in points (1/72 inch) from the page's lower left corner."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, bottom, right, top: the order PDF tools expect."""
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A text with the chronology entry that holds it in full, so that it may be shortened honestly."""

    text: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and what was recorded for it; an empty value prints as a box for ink."""

    label: str
    value: str = ""


def shown_address(address: str, *, seen_at_stop: bool, for_police_or_iwf: bool) -> str:
    """The address as this copy may show it: one seen at a stop goes to police and IWF only (flows 12)."""
    return WITHHELD if seen_at_stop and not for_police_or_iwf else address
