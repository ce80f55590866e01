"""The review form both reviewers sign in turn (format section 5): PAdES, the first certifies.

The unsigned form's bytes are a prefix of the signed one, and each signature is
exactly one incremental update, so that a reader can cut the signed form back to
what both read.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.cms import SignatureFault, SignedBy
from dsl_desk.signatures import Signer

FIELDS = ("Reviewer1", "Reviewer2")
LARGEST_FORM = 256 << 20
_END = re.compile(rb"%%EOF\r?\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a signature shows: page from 0, and its rectangle in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def with_signature_fields(pdf: bytes, boxes: tuple[SignatureBox, SignatureBox]) -> bytes:
    """The unsigned form: the PDF with two empty fields, Reviewer1 and Reviewer2; its digest is what is signed.

    Raises InputError where the PDF or a box cannot be used.
    """
    from dsl_desk.exports import pyhanko_forms  # noqa: PLC0415 - half a second, paid only when something is signed

    try:
        return pyhanko_forms.add_fields(
            pdf,
            [
                (name, box.page, (box.left, box.bottom, box.right, box.top))
                for name, box in zip(FIELDS, boxes, strict=True)
            ],
        )
    except Exception as error:
        raise InputError("The form could not be prepared for signing. Nothing was changed.") from error


def sign_form(pdf: bytes, field: str, signer: Signer, *, certify: bool) -> bytes:
    """One incremental update by one reviewer; the first certifies (form-filling allowed), the second approves.

    Raises InputError where the form has no such empty field or cannot be signed.
    """
    from dsl_desk.exports import pyhanko_forms  # noqa: PLC0415 - see above

    try:
        signed = pyhanko_forms.sign_field(pdf, field, signer, certify=certify)
    except Exception as error:
        raise InputError("The form could not be signed. Nothing was kept; the unsigned form is unchanged.") from error
    if not signed.startswith(pdf):
        raise InputError("The form could not be signed. Nothing was kept; the unsigned form is unchanged.")
    return signed


def verify_signed_form(
    pdf: bytes, unsigned_sha256: str, root_der: bytes, certificates: Sequence[str]
) -> list[SignedBy]:
    """Check a form signed by these certificates (SHA-256) in turn: one, or both; raises SignatureFault.

    `unsigned_sha256` is the digest both agreed to; what follows it must be one
    update a signature and nothing else.
    """
    from dsl_desk.exports import pyhanko_forms  # noqa: PLC0415 - see above

    if len(pdf) > LARGEST_FORM:
        raise SignatureFault("It is larger than any form can be.")
    unsigned = _unsigned_part(pdf, unsigned_sha256, updates=len(certificates))
    try:
        return pyhanko_forms.check_signatures(pdf, unsigned, root_der, tuple(zip(FIELDS, certificates, strict=False)))
    except SignatureFault:
        raise
    except Exception as error:
        raise SignatureFault("It could not be read as a signed form.") from error


def load_form_reader() -> None:
    """Load what reads signed forms (half a second) while something else keeps the processor busy."""
    from dsl_desk.exports import pyhanko_forms  # noqa: F401, PLC0415 - loading it is all this does


def _unsigned_part(pdf: bytes, unsigned_sha256: str, *, updates: int) -> bytes:
    """The bytes both agreed to; raises SignatureFault unless exactly so many updates follow them."""
    ends = [found.end() for found in _END.finditer(pdf)]
    if not 1 <= updates <= len(FIELDS) or len(ends) <= updates or ends[-1] != len(pdf):
        raise SignatureFault("It is not the agreed form and one update a signature.")
    unsigned = pdf[: ends[-1 - updates]]
    if hashlib.sha256(unsigned).hexdigest() != unsigned_sha256:
        raise SignatureFault("It is not the agreed form and one update a signature.")
    return unsigned
