"""Signed forms by pyHanko; imported only when a form is prepared, signed or checked (half a second)."""

import asyncio
import binascii
import hashlib
import io
from collections.abc import Sequence
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from dsl_desk.domain.dates import date_words
from dsl_desk.exports.cms import SignatureFault, SignedBy, check_leaf, read_strictly, signed_by
from dsl_desk.exports.pyhanko_signer import DeskSigner, signing_time
from dsl_desk.signatures import Signer

FIRST_FIELD = "Reviewer1"
_SUBFILTER = "/ETSI.CAdES.detached"
_MARGIN = 4.0
_LARGEST_TYPE = 10.0


def add_fields(pdf: bytes, boxes: Sequence[tuple[str, int, tuple[float, float, float, float]]]) -> bytes:
    """Add empty, visible signature fields in one incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for name, page, (left, bottom, right, top) in boxes:
        box = round(left), round(bottom), round(right), round(top)
        fields.append_signature_field(writer, fields.SigFieldSpec(name, on_page=page, box=box))
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # pyHanko's own gap
    return out.getvalue()


def sign_field(pdf: bytes, field: str, signer: Signer, *, certify: bool) -> bytes:
    """Fill one field; its appearance carries its own embedded type (pyHanko's default would add Courier unembedded)."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    at = signing_time()
    lines = (f"Signed by {signer.name}", f"{date_words(at)} {at:%H:%M} UTC by this laptop’s clock")
    style = StaticStampStyle(
        background=_PageInMemory(_stamp_page(lines, _box_of(writer, field))),
        border_width=0,
        background_layout=SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        name=signer.name,
    )
    out = io.BytesIO()
    asyncio.run(signers.PdfSigner(meta, DeskSigner(signer), stamp_style=style).async_sign_pdf(writer, output=out))
    return out.getvalue()


def _box_of(writer: IncrementalPdfFileWriter, field: str) -> tuple[float, float]:
    """Width and height of an empty field; KeyError where there is none of this name."""
    for name, value, ref in fields.enumerate_sig_fields(writer.prev):
        if name == field and value is None:
            left, bottom, right, top = (float(side) for side in ref.get_object()["/Rect"])
            return right - left, top - bottom
    raise KeyError(field)


class _PageInMemory(PdfContent):
    """A one-page PDF as content, without laying it down as a file first."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        """Import the page and draw it."""
        if self.writer is None:
            raise ValueError("content is drawn by a writer")
        imported = self.writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        name = b"/Import" + binascii.hexlify(hashlib.sha256(self._pdf).digest()[:8])
        self.resources.xobject[name.decode("ascii")] = imported
        left, bottom, right, top = (float(side) for side in imported.get_object()["/BBox"])
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"


def _stamp_page(lines: Sequence[str], size: tuple[float, float]) -> bytes:
    """A small page of words in embedded type, exactly as large as the field."""
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from dsl_desk.exports.papers.fonts import SANS, Style, load_fonts  # noqa: PLC0415
    from dsl_desk.exports.papers.page import draw_line  # noqa: PLC0415
    from dsl_desk.exports.papers.text import text_width, visible  # noqa: PLC0415

    rl_config.useA85 = 0
    load_fonts()
    width, height = size
    shown = [visible(line, SANS, keep_lines=False) for line in lines]
    widest = max(text_width(line, Style(SANS, 1, 1)) for line in shown)
    points = min(_LARGEST_TYPE, (width - 2 * _MARGIN) / widest, (height - 2 * _MARGIN) / (1.4 * len(lines)))
    out = io.BytesIO()
    page = Canvas(out, pagesize=size, invariant=1, initialFontName=SANS, initialFontSize=points)
    for number, line in enumerate(shown, 1):
        draw_line(page, line, Style(SANS, points, points), _MARGIN, height - _MARGIN - 1.2 * points * number)
    page.showPage()
    page.save()
    return out.getvalue()


def check_signatures(pdf: bytes, unsigned: bytes, root_der: bytes, wanted: Sequence[tuple[str, str]]) -> list[SignedBy]:
    """Judge every signature in turn: whose, certified or approving, whole, nothing slipped in between."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    before = PdfFileReader(io.BytesIO(unsigned), strict=True)
    found = reader.embedded_signatures
    if [signature.field_name for signature in found] != [field for field, _ in wanted]:
        raise SignatureFault("It is not signed in the two reviewers’ fields in turn.")
    if before.embedded_signatures or _empty_fields(before) != {"Reviewer1", "Reviewer2"}:
        raise SignatureFault("The agreed form did not hold exactly two empty signature fields.")
    if reader.xrefs.total_revisions != before.xrefs.total_revisions + len(wanted):
        raise SignatureFault("It is not the agreed form and one update a signature.")
    _check_first_update(reader, agreed=before.xrefs.total_revisions)
    people = []
    for number, (signature, (_, certificate)) in enumerate(zip(found, wanted, strict=True)):
        person = _leaf_alone(pdf, signature, certificate, root_der)
        _check_certification(signature, first=number == 0)
        _check_integrity(signature, root_der, last=number == len(wanted) - 1)
        people.append(person)
    return people


def _check_first_update(reader: PdfFileReader, *, agreed: int) -> None:
    """The first signature's own update fills its field and nothing else.

    It covers whatever stands in it, so nobody else compares it with what both agreed to;
    what comes after it is judged by the certification. `/Perms` and the flag that a
    document is signed come with any first signature.
    """
    policy = StandardDiffPolicy(
        global_rules=[
            CatalogModificationRule({*ROOT_EXEMPT_STRICT_COMPARISON, "/Perms"}),  # type: ignore[no-untyped-call]  # pyHanko's own gap
            *(rule for rule in DEFAULT_DIFF_POLICY.global_rules if not isinstance(rule, CatalogModificationRule)),
        ],
        form_rule=FormUpdatingRule(
            field_rules=[SigFieldModificationRule()],
            ignored_acroform_keys={*ACROFORM_EXEMPT_STRICT_COMPARISON, "/SigFlags"},
        ),
    )
    old, new = reader.get_historical_resolver(agreed - 1), reader.get_historical_resolver(agreed)
    try:
        told = policy.apply(old, new, field_mdp_spec=None, doc_mdp=fields.MDPPerm.FILL_FORMS)
    except SuspiciousModification as error:
        raise SignatureFault("The first signature changed more than its own field.") from error
    if told.modification_level > ModificationLevel.FORM_FILLING or told.changed_form_fields != {FIRST_FIELD}:
        raise SignatureFault("The first signature changed more than its own field.")


def _empty_fields(reader: PdfFileReader) -> set[str]:
    return {name for name, value, _ in fields.enumerate_sig_fields(reader) if value is None}


def _leaf_alone(pdf: bytes, signature: Any, wanted: str, root_der: bytes) -> SignedBy:
    """The signer's leaf, alone inside, leading to the root, the signature in the one accepted form."""
    at = signature.self_reported_timestamp
    if at is None or at.tzinfo is None:
        raise SignatureFault("A signature does not say when it was made.")
    (one,) = read_strictly(_signature_bytes(pdf, signature), timed=False)
    found = signed_by(one, at)
    if found.certificate_sha256 != wanted:
        raise SignatureFault("It is signed by others than those of sign-off.txt.")
    check_leaf(one.der, root_der)
    return found


def _signature_bytes(pdf: bytes, signature: Any) -> bytes:
    """The CMS as it stands in the PDF: upper-case hex, filled up with zeros, in the one gap of the byte range."""
    start, first, second, last = (int(number) for number in signature.byte_range)
    gap = pdf[start + first : second].decode("ascii")
    der: bytes = cms.ContentInfo.load(bytes.fromhex(gap[1:-1])).dump()
    if start != 0 or last < 0 or gap != "<" + der.hex().upper().ljust(len(gap) - 2, "0") + ">":
        raise SignatureFault("A signature is not laid into the form as it should be.")
    return der


def _check_certification(signature: Any, *, first: bool) -> None:
    """The first certifies with form-filling allowed, the second only approves (pyHanko does not object to absence)."""
    if signature.sig_object.get("/SubFilter") != _SUBFILTER:
        raise SignatureFault("A signature is not of the kind it should be.")
    if signature.docmdp_level != (fields.MDPPerm.FILL_FORMS if first else None):
        raise SignatureFault("The first signature does not certify the form as it should.")


def _check_integrity(signature: Any, root_der: bytes, *, last: bool) -> None:
    root = x509.Certificate.load(root_der, strict=True)
    moment = max(signature.signer_cert.not_valid_before, root.not_valid_before)
    context = ValidationContext(
        trust_roots=[root], moment=moment, best_signature_time=moment, allow_fetching=False, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    status = asyncio.run(async_validate_pdf_signature(signature, context, key_usage_settings=usage))
    if not (status.intact and status.valid and status.trusted and status.bottom_line):
        raise SignatureFault("A signature does not hold.")
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    allowed = ModificationLevel.NONE if last else ModificationLevel.FORM_FILLING
    if whole != last or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise SignatureFault("A signature does not cover what it should.")
    if status.modification_level is None or status.modification_level > allowed:
        raise SignatureFault("The form was changed after it was signed.")
