"""The word REHEARSAL that lies across every page of a rehearsal."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "A": (((0, 0), (0.36, 1), (0.72, 0)), ((0.14, 0.36), (0.58, 0.36))),
    "E": (((0.62, 1), (0, 1), (0, 0), (0.62, 0)), ((0, 0.52), (0.54, 0.52))),
    "H": (((0, 0), (0, 1)), ((0.66, 0), (0.66, 1)), ((0, 0.52), (0.66, 0.52))),
    "L": (((0, 1), (0, 0), (0.58, 0)),),
    "R": (
        ((0, 0), (0, 1), (0.42, 1), (0.6, 0.94), (0.66, 0.76), (0.6, 0.58), (0.42, 0.5), (0, 0.5)),
        ((0.36, 0.5), (0.68, 0)),
    ),
    "S": (
        (
            (0.62, 0.86),
            (0.5, 0.97),
            (0.32, 1),
            (0.12, 0.95),
            (0.03, 0.78),
            (0.1, 0.62),
            (0.32, 0.53),
            (0.54, 0.44),
            (0.64, 0.27),
            (0.56, 0.07),
            (0.34, 0),
            (0.14, 0.03),
            (0, 0.15),
        ),
    ),
}
"""Letters as strokes in a square of side 1. Drawn, not written: text across a page would break its reading order."""


def draw_watermark(canvas: Canvas) -> None:
    """REHEARSAL across the page, in a grey that print and text survive."""
    side, advance = 74.0, 0.98
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2 + 20)
    canvas.rotate(52)
    canvas.translate(-side * (advance * 9 - 0.3) / 2, -side / 2)
    canvas.setStrokeGray(0.9)
    canvas.setLineWidth(side * 0.17)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    for number, letter in enumerate("REHEARSAL"):
        for stroke in _STROKES[letter]:
            path = canvas.beginPath()
            for step, (x, y) in enumerate(stroke):
                move = path.lineTo if step else path.moveTo
                move(side * (number * advance + x), side * y)
            canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
