"""Recovery envelope sheets: one printed code each, folded and sealed (format 1, flows 10)."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.papers.fonts import BODY, HEADING, LABEL, MONO, READ, READ_STRONG, TITLE, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import WIDTH, Op, draw_line
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Field

_CODE = Style(MONO, 16.5, 26)
_CODE_TOP, _FLAP = 390.0, 190.0
"""The code lies above the fold and the flap is higher than the code's box, so that the flap covers it."""
_FOLD = "FOLD UP HERE, OVER THE CODE · STAPLE THE EDGE · PUT INTO AN ENVELOPE AND SIGN ACROSS ITS FLAP"
_OUTSIDE = (
    "Inside is one of three codes. One code alone opens nothing. Two codes open the school’s safeguarding desk when "
    "passphrases or the laptop are lost; one code and one person’s passphrase open it on another machine. No two "
    "envelopes may lie with one person. If this envelope is open, torn or missing, tell the DSL or the Headteacher at "
    "once: new codes are made and these stop working."
)
_HOW = (
    "On the desk’s first screen choose “Use a recovery code”.",
    (
        "Type the code as it stands. Capital or small letters, blanks and hyphens do not matter; O is read as 0, I and "
        "L as 1. There is no U."
    ),
    "The second custodian types the other code. Nobody reads a code over the telephone, photographs it or sends it.",
    "When the desk is open again: make new codes, hand out new envelopes, shred this sheet.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEnvelope:
    """One sheet for one envelope."""

    letter: str
    """A, B or C."""
    generation: int
    printed_code: str
    """As printed and typed back: "A1: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"."""
    custodian: str
    kept_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEnvelopes:
    """The sheets of one set; no two to one person."""

    envelopes: tuple[RecoveryEnvelope, ...]
    made_at: str


def recovery_envelopes_pdf(content: RecoveryEnvelopes, frame: PageFrame) -> bytes:
    """One page an envelope; the QR never holds a code."""
    if not content.envelopes:
        raise InputError("There is no recovery code to print.")
    sheet: Sheet | None = None
    for envelope in content.envelopes:
        if sheet is None:
            sheet = Sheet(frame, "Recovery envelope", heading=_heading(envelope))
        else:
            sheet.new_page()
            sheet.text(_heading(envelope), TITLE, after=8)
        _set_envelope(sheet, envelope, content.made_at)
    assert sheet is not None  # noqa: S101  there is at least one envelope
    return sheet.pdf()


def _set_envelope(sheet: Sheet, envelope: RecoveryEnvelope, made_at: str) -> None:
    name = f"{envelope.letter}{envelope.generation}"
    sheet.fields(
        Field(label="Custodian", value=envelope.custodian, style=READ_STRONG, share=0.5),
        Field(label="Kept where", value=envelope.kept_where, style=READ, share=0.5),
    )
    sheet.fields(
        Field(label="Set, made", value=f"{envelope.generation}, {made_at}"), Field(label="Sealed on, by (ink)")
    )
    sheet.space(6)
    sheet.text("Do not open, unless two people of the school ask you to.", READ_STRONG, after=4)
    sheet.text(_OUTSIDE, BODY, after=6)
    sheet.heading("Opened", keep_with=60)
    sheet.ink("On, at", "By whom", "With whom")
    sheet.ink("Why; new codes made on", lines=2)
    sheet.need(_CODE_TOP - _FLAP)
    sheet.y = min(sheet.y, _CODE_TOP)
    sheet.fields(Field(label=f"Recovery code {name}", value=envelope.printed_code, style=_CODE))
    sheet.space(12)
    sheet.op(_fold_line(sheet.y))
    sheet.space(30)
    sheet.text("How to use it", HEADING, after=4)
    for number, step in enumerate(_HOW, 1):
        sheet.text(f"{number}  {step}", BODY, after=2)


def _heading(envelope: RecoveryEnvelope) -> str:
    return f"Recovery envelope {envelope.letter}{envelope.generation}"


def _fold_line(y: float) -> Op:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeGray(0.2)
        canvas.setLineWidth(0.7)
        canvas.setDash(5, 4)
        canvas.line(0, y, WIDTH, y)
        canvas.setDash()
        draw_line(canvas, _FOLD, LABEL, WIDTH / 2, y - 12, align="centre")

    return draw
