"""Boxes to sign in, with ink or, where a field is laid over them, electronically."""

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.exports.papers.fonts import LABEL, SMALL_STRONG
from dsl_desk.exports.papers.frame import SignatureBox
from dsl_desk.exports.papers.page import Op, draw_line
from dsl_desk.exports.papers.text import text_width

Place = tuple[float, float, float, float]
"""Left, bottom, width, height in points."""


def signature_drawing(what: str, name: str, place: Place) -> Op:
    """A box for ink: what the signature says, a printed name or none, lines for name and date."""
    x, y, width, _ = place

    def draw(canvas: Canvas) -> None:
        _outline(canvas, what, name, place)
        canvas.setStrokeGray(0.5)
        canvas.setLineWidth(0.4)
        for label, start, end in (("NAME", 0.0, 0.58), ("DATE, TIME", 0.6, 1.0)):
            left = x + 6 + (width - 12) * start
            draw_line(canvas, label, LABEL, left, y + 6)
            canvas.line(left + text_width(label, LABEL) + 4, y + 5, x + 6 + (width - 12) * end, y + 5)

    return draw


def field_drawing(box: SignatureBox, number: int, name: str, place: Place) -> Op:
    """A reviewer's box: the inner rectangle is where the electronic field lies, and room for ink."""
    x, y, width, _ = place

    def draw(canvas: Canvas) -> None:
        _outline(canvas, f"REVIEWER {number}: SIGNATURE", name, place)
        canvas.setLineWidth(0.4)
        canvas.setStrokeGray(0.5)
        canvas.rect(box.left, box.bottom, box.right - box.left, box.top - box.bottom, stroke=1, fill=0)
        draw_line(canvas, "DATE AND TIME (INK)", LABEL, x + 6, y + 9)
        canvas.line(x + 96, y + 8, x + width - 6, y + 8)

    return draw


def _outline(canvas: Canvas, what: str, name: str, place: Place) -> None:
    x, y, width, height = place
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.9)
    canvas.rect(x, y, width, height, stroke=1, fill=0)
    draw_line(canvas, what, LABEL, x + 6, y + height - 11)
    draw_line(canvas, name, SMALL_STRONG, x + 6, y + height - 21)
