"""The review form both reviewers sign in turn (format section 5): PAdES, the first certifies."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.exports.cms import SignedBy
from dsl_desk.signatures import Signer

FIELDS = ("Reviewer1", "Reviewer2")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a signature shows: page from 0, and its rectangle in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def with_signature_fields(pdf: bytes, boxes: tuple[SignatureBox, SignatureBox]) -> bytes:
    """The unsigned form: the PDF with two empty fields, Reviewer1 and Reviewer2; its digest is what is signed."""
    raise NotImplementedError


def sign_form(pdf: bytes, field: str, signer: Signer, *, certify: bool) -> bytes:
    """One incremental update by one reviewer; the first certifies (form-filling allowed), the second approves."""
    raise NotImplementedError


def verify_signed_form(
    pdf: bytes, unsigned_sha256: str, root_der: bytes, certificates: Sequence[str]
) -> list[SignedBy]:
    """Check a form signed by these certificates (SHA-256) in turn: one, or both; raises SignatureFault."""
    raise NotImplementedError
