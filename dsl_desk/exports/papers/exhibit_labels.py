"""Exhibit labels: one to cut out for each exhibit; never for a quarantined one."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.errors import ProcedureError
from dsl_desk.exports.papers.fonts import BOLD, FINE, LABEL, MONO, SMALL, SMALL_STRONG, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import LEFT, MEASURE, Op, draw_line, one_line
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.text import shorten, text_width, wrap

_GAP, _PAD = 8.0, 9.0
_WIDTH = (MEASURE - _GAP) / 2
_INNER = _WIDTH - 2 * _PAD
_HEIGHT = 192.0
_MARK = Style(BOLD, 17, 20)
_DIGEST = Style(MONO, 7, 8.5)
_HANDLING = "Open only for a recorded reason. Note each change of hands."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitLabel:
    """What one label says."""

    mark: str
    description: str
    produced_by: str
    role: str
    at: str
    """Date and time made or found."""
    sha256: str
    statement_of: str = ""
    """Whose statement refers to it; empty leaves a line for ink."""
    seal_number: str = ""
    handling: str = ""
    quarantined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitLabels:
    """Labels in the order of their marks."""

    labels: tuple[ExhibitLabel, ...]


def exhibit_labels_pdf(content: ExhibitLabels, frame: PageFrame) -> bytes:
    """Labels with cut lines; raises ProcedureError where one is of a quarantined exhibit."""
    if any(label.quarantined for label in content.labels):
        raise ProcedureError("A quarantined exhibit gets no label. Nothing was printed.")
    sheet = Sheet(
        frame, "Exhibit labels", lead="Cut along the dashed lines. Full digests stand on each label and in the record."
    )
    if not content.labels:
        sheet.text("No exhibits.")
    for first in range(0, len(content.labels), 2):
        sheet.need(_HEIGHT)
        for place, label in enumerate(content.labels[first : first + 2]):
            _set_label(sheet, label, frame.reference, (LEFT + place * (_WIDTH + _GAP), sheet.y - _HEIGHT))
        sheet.y -= _HEIGHT
        sheet.space(_GAP)
    return sheet.pdf()


def _set_label(sheet: Sheet, label: ExhibitLabel, reference: str, corner: tuple[float, float]) -> None:
    x, bottom = corner
    y = bottom + _HEIGHT - 14
    lines: list[tuple[float, float, str, Style]] = [(x + _PAD, y - 2, reference, SMALL_STRONG)]

    def labelled(name: str, value: str, left: float, width: float) -> None:
        lines.append((left, y, name.upper(), LABEL))
        lines.append((left, y - 10, one_line(value, SMALL, width), SMALL))

    mark = one_line(label.mark, _MARK, _INNER - 100)
    lines.append((x + _WIDTH - _PAD - text_width(mark, _MARK), y - 8, mark, _MARK))
    y -= 21
    described = wrap(label.description, SMALL, _INNER)
    for text in shorten(described, 3, "… in full in the exhibit’s record", SMALL, _INNER):
        lines.append((x + _PAD, y, text, SMALL))
        y -= 10.5
    y = bottom + _HEIGHT - 68
    half = _INNER * 0.66
    labelled("Made or found", label.at, x + _PAD, half - 6)
    labelled("Seal no.", label.seal_number, x + _PAD + half, _INNER - half)
    y -= 21
    labelled("Produced by", f"{label.produced_by}, {label.role}", x + _PAD, _INNER)
    y -= 21
    labelled("Referred to in the statement of", label.statement_of, x + _PAD, _INNER * 0.66)
    lines.append((x + _PAD + _INNER * 0.7, y, "DATED", LABEL))
    ink = [(x + _PAD, x + _PAD + _INNER * 0.66, y - 12), (x + _PAD + _INNER * 0.7, x + _PAD + _INNER, y - 12)]
    y -= 26
    lines.append((x + _PAD, y, "SIGNATURE OF PRODUCER", LABEL))
    ink.append((x + _PAD + 112, x + _PAD + _INNER, y - 1))
    y -= 12
    lines.append((x + _PAD, y, f"SHA-256 BEGINS {label.sha256[:8].upper()}", LABEL))
    for at in (0, 32):
        y -= 8.5
        lines.append((x + _PAD, y, label.sha256[at : at + 32], _DIGEST))
    y -= 11
    handling = wrap(label.handling or _HANDLING, FINE, _INNER)
    for text in shorten(handling, 2, "…", FINE, _INNER):
        lines.append((x + _PAD, y, text, FINE))
        y -= 8.5
    sheet.op(_drawing(tuple(lines), tuple(ink), corner))


def _drawing(
    lines: tuple[tuple[float, float, str, Style], ...],
    ink: tuple[tuple[float, float, float], ...],
    corner: tuple[float, float],
) -> Op:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeGray(0.2)
        canvas.setLineWidth(0.6)
        canvas.setDash(4, 3)
        canvas.rect(*corner, _WIDTH, _HEIGHT, stroke=1, fill=0)
        canvas.setDash()
        canvas.setLineWidth(0.4)
        for start, end, y in ink:
            canvas.line(start, y, end, y)
        for x, y, text, style in lines:
            draw_line(canvas, text, style, x, y)

    return draw
