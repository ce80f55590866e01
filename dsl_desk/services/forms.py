"""The form as a signable PDF: two empty fields, one update a signature, and the CMS beside it (format section 5)."""

from dataclasses import dataclass
from typing import Protocol

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.review_record import ReviewRecord, set_review_record
from dsl_desk.exports.signed_form import FIELDS
from dsl_desk.exports.signing import (
    SignatureBox,
    cms_detached,
    sign_form,
    verify_cms,
    verify_signed_form,
    with_signature_fields,
)
from dsl_desk.signatures import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSigned:
    """What the first reviewer's signatures are compared with."""

    form_sha256: str
    """Of the form before anybody signed it, as the text names it."""
    certificate_sha256: str
    root_der: bytes


class Forms(Protocol):
    """Makes and signs the form; a port, so that a test of the procedure need not set a page."""

    def unsigned(self, record: ReviewRecord, frame: PageFrame) -> bytes:
        """The form with two empty signature fields."""
        ...

    def signed(self, form: bytes, place: int, signer: Signer, *, first: bool) -> bytes:
        """The form with one more signature; the first in time certifies."""
        ...

    def detached(self, text: bytes, signer: Signer) -> bytes:
        """The CMS of one reviewer over the text both sign."""
        ...

    def check_first(self, form: bytes, p7s: bytes, text: bytes, signed: FirstSigned) -> None:
        """Raise SignatureFault unless the first reviewer's two signatures hold, over this form and this text."""
        ...


class PdfForms:
    """The real form."""

    def unsigned(self, record: ReviewRecord, frame: PageFrame) -> bytes:
        """Set the form and put two empty fields where the boxes are."""
        done = set_review_record(record, frame)
        one, two = (
            SignatureBox(page=box.page, left=box.left, bottom=box.bottom, right=box.right, top=box.top)
            for box in done.signature_boxes
        )
        return with_signature_fields(done.pdf, (one, two))

    def signed(self, form: bytes, place: int, signer: Signer, *, first: bool) -> bytes:
        """One incremental update."""
        return sign_form(form, FIELDS[place - 1], signer, certify=first)

    def detached(self, text: bytes, signer: Signer) -> bytes:
        """A CMS as ordinary tools read it."""
        return cms_detached(text, [signer])

    def check_first(self, form: bytes, p7s: bytes, text: bytes, signed: FirstSigned) -> None:
        """As a pack's reader will check it, root and certificate included."""
        verify_signed_form(form, signed.form_sha256, signed.root_der, [signed.certificate_sha256])
        verify_cms(p7s, text, signed.root_der, [signed.certificate_sha256])
