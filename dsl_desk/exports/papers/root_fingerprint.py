"""The root fingerprint sheet: the one paper against which every signature of the school can be checked."""

import re
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.papers.fonts import CODE, MONO, READ, SMALL, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import RIGHT, draw_qr
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Field

_GROUPS = Style(MONO, 19, 28)
_QR_SIDE = 112.0
_WHAT = (
    "Keep this sheet on paper, apart from the laptop. Whoever receives a pack asks the school, by a number found "
    "elsewhere, to read these 64 digits aloud. If they are the same, the pack’s signatures are this school’s. The "
    "sheet is no secret and opens nothing."
)
_HOW = (
    "Read the groups aloud, four digits at a time, from this paper; the other side follows on its own screen. One "
    "different digit means: not this school’s key. With ordinary tools the other side shows the digits by:"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RootFingerprint:
    """SHA-256 of the school's root certificate, and who keeps this sheet."""

    fingerprint: str
    """64 hex digits, lower case."""
    made_at: str
    kept_by: tuple[str, ...] = ()
    """Where copies of this sheet go, such as "Chair of Governors, minutes"."""


def root_fingerprint_pdf(content: RootFingerprint, frame: PageFrame) -> bytes:
    """The fingerprint in groups and as QR, with lines for ink."""
    if not re.fullmatch("[0-9a-f]{64}", content.fingerprint):
        raise InputError("The fingerprint is not 64 hexadecimal digits, so nothing was printed.")
    sheet = Sheet(
        frame,
        "Root fingerprint",
        lead="Every signature this school makes with DSL Desk leads back to the key named here.",
    )
    sheet.text(_WHAT, READ, after=10)
    top = sheet.y
    for at in range(0, 64, 16):
        groups = "  ".join(content.fingerprint[n : n + 4] for n in range(at, at + 16, 4))
        sheet.text(groups, _GROUPS, after=0)
    sheet.y = top - max(_QR_SIDE, top - sheet.y)
    place = sheet.y

    def qr(canvas: Canvas) -> None:
        draw_qr(canvas, content.fingerprint, RIGHT - _QR_SIDE, place, _QR_SIDE)

    sheet.op(qr)
    sheet.space(6)
    sheet.text("The square holds the same 64 digits and nothing else.", SMALL, after=8)
    sheet.facts(
        [
            ("Made", content.made_at),
            ("Certificate", "school-root.pem, inside every pack"),
            ("Digest", "SHA-256 of the certificate (DER)"),
        ]
    )
    sheet.heading("How to compare")
    sheet.text(_HOW)
    sheet.text("openssl x509 -in school-root.pem -noout -fingerprint -sha256", CODE)
    sheet.heading("Where copies of this sheet are kept")
    for place_kept in content.kept_by or ("", "", ""):
        sheet.fields(
            Field(label="Kept by, where", value=place_kept, share=0.7), Field(label="Signature, date", share=0.3)
        )
    sheet.signatures(("Read and compared by the Headteacher", ""), ("Read and compared by the Chair", ""))
    return sheet.pdf()
