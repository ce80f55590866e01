"""The furniture of each page: head, banner, watermark, fingerprint, QR; and writing the finished PDF."""

import io
from collections.abc import Callable, Sequence

from reportlab import rl_config
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.encoding import short_head
from dsl_desk.exports.papers.fonts import BOLD, FINE, FINGERPRINT, LABEL, SANS, SMALL_STRONG, STRONG, Style
from dsl_desk.exports.papers.frame import NOT_FORENSIC, PageFrame
from dsl_desk.exports.papers.shaping import Drawn
from dsl_desk.exports.papers.text import NUMBERED, drawn, part_width, shorten, text_width, wrap
from dsl_desk.exports.papers.watermark import draw_watermark

Op = Callable[[Canvas], None]
"""One thing drawn on a page."""

WIDTH, HEIGHT = float(A4[0]), float(A4[1])
LEFT, RIGHT = 48.0, WIDTH - 48.0
MEASURE = RIGHT - LEFT
TOP = HEIGHT - 64.0
BOTTOM = 112.0
BANNER_HEIGHT = 22.0
_QR_SIDE = 56.0
_FOOT = 42.0
_QR_NAME = "page-qr"
_STRONG_FINE = Style(BOLD, 7.5, 9)
_WHAT_NUMBERS_ARE = f"{NUMBERED}…›: a letter by its Unicode number."


class _Paper(Canvas):  # type: ignore[misc]  # the library ships no types
    """A paper that remembers whether the page it is at holds letters by their number."""

    has_numbers: bool = False


def draw_line(canvas: Canvas, text: str, style: Style, x: float, y: float, *, align: str = "left") -> None:
    """Draw one line that is already visible text, its baseline at y."""
    if align == "right":
        x -= text_width(text, style)
    elif align == "centre":
        x -= text_width(text, style) / 2
    canvas.setFillGray(style.grey)
    canvas.setFont(style.font, style.size)
    if NUMBERED in text and isinstance(canvas, _Paper):
        canvas.has_numbers = True
    for part in drawn(text, style.font):
        if isinstance(part, str):
            canvas.drawString(x, y, part, charSpace=style.spacing)
        else:
            _draw_glyphs(canvas, part, style, x, y)
        x += part_width(part, style)


def _draw_glyphs(canvas: Canvas, glyphs: Sequence[Drawn], style: Style, x: float, y: float) -> None:
    """Draw joined letters one by one, then the marks, so that a search finds the letters side by side."""
    marks: list[tuple[Drawn, float]] = []
    for glyph in glyphs:
        if glyph.stands_apart:
            marks.append((glyph, x))
        else:
            canvas.drawString(x, y, glyph.char)
        x += glyph.advance * style.size
    for glyph, at in marks:
        canvas.drawString(at + glyph.right * style.size, y + glyph.up * style.size, glyph.char)


def one_line(text: str, style: Style, width: float) -> str:
    """A text on one line, ended with … where it does not fit."""
    return shorten(wrap(text, style, width, keep_lines=False), 1, "…", style, width)[0]


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """A QR of plain text as rows of solid bars, so that no seams show in print."""
    code = QrCodeWidget(content, barLevel="M").qr
    code.make()
    count = code.getModuleCount()
    step = side / count
    canvas.setFillGray(0)
    for row in range(count):
        start = None
        for column in range(count + 1):
            dark = column < count and code.isDark(row, column)
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                canvas.rect(
                    x + start * step, y + side - (row + 1) * step, (column - start) * step, step, stroke=0, fill=1
                )
                start = None


def fingerprint_groups(digest: str) -> str:
    """The 24 symbols in six groups of four."""
    symbols = short_head(digest)
    return " ".join(symbols[at : at + 4] for at in range(0, 24, 4))


def page_top(frame: PageFrame) -> float:
    """Where content may begin below head and banner."""
    return TOP - (BANNER_HEIGHT + 6 if frame.banner or frame.rehearsal else 0)


def _draw_head(canvas: Canvas, frame: PageFrame) -> None:
    y = HEIGHT - 46
    reference = Style(BOLD, 9, 12)
    draw_line(canvas, frame.reference, reference, RIGHT, y, align="right")
    room = MEASURE - text_width(frame.reference, reference) - 24
    draw_line(canvas, one_line(frame.school, STRONG, room), STRONG, LEFT, y)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.9)
    canvas.line(LEFT, y - 7, RIGHT, y - 7)
    words = [word for word in ("REHEARSAL: nothing here is real" if frame.rehearsal else "", frame.banner) if word]
    if words:
        bottom = TOP - BANNER_HEIGHT + 6
        canvas.setLineWidth(1.2)
        canvas.rect(LEFT, bottom, MEASURE, BANNER_HEIGHT - 4, stroke=1, fill=0)
        style = Style(BOLD, 9.5, 12, 0, 0.6)
        draw_line(
            canvas, one_line("  ·  ".join(words), style, MEASURE - 20), style, WIDTH / 2, bottom + 5.5, align="centre"
        )


def _draw_foot(canvas: Canvas, frame: PageFrame, title: str, number: int, total: int, *, reviewed: bool) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, _FOOT + _QR_SIDE + 6, RIGHT, _FOOT + _QR_SIDE + 6)
    canvas.saveState()
    canvas.translate(RIGHT - _QR_SIDE, _FOOT)
    canvas.doForm(_QR_NAME)
    canvas.restoreState()
    y = _FOOT + _QR_SIDE - 8
    draw_line(canvas, f"PAGE FINGERPRINT · {frame.as_at.upper()}", LABEL, LEFT, y)
    draw_line(canvas, fingerprint_groups(frame.head), FINGERPRINT, LEFT, y - 14)
    draw_line(canvas, f"page {number} of {total}", SMALL_STRONG, RIGHT - _QR_SIDE - 12, y, align="right")
    room = MEASURE - _QR_SIDE - 20
    printed = f"Printed {frame.printed_at}" + (f" by {frame.printed_by}" if frame.printed_by else "")
    draw_line(canvas, one_line(f"{title} · {printed}", FINE, room), FINE, LEFT, y - 28)
    if reviewed:
        draw_line(canvas, NOT_FORENSIC, _STRONG_FINE, LEFT, y - 40)
    if isinstance(canvas, _Paper) and canvas.has_numbers:
        beside = text_width(NOT_FORENSIC, _STRONG_FINE) + 8 if reviewed else 0
        draw_line(canvas, one_line(_WHAT_NUMBERS_ARE, FINE, room - beside), FINE, LEFT + beside, y - 40)
        canvas.has_numbers = False


def write_pdf(frame: PageFrame, title: str, pages: Sequence[Sequence[Op]], *, reviewed: bool) -> bytes:
    """Write the pages; the same pages always give the same bytes. Plain objects, binary streams, nothing active."""
    rl_config.useA85 = 0  # letters of an encoded stream could spell a word that scanners for active content look for
    out = io.BytesIO()
    canvas = _Paper(
        out, pagesize=A4, invariant=1, pageCompression=1, initialFontName=SANS, initialFontSize=9, lang="en-GB"
    )
    canvas._doc.info.producer = "DSL Desk"
    canvas.setTitle(f"{frame.reference} {title}")
    canvas.setAuthor("DSL Desk")
    canvas.setSubject(title)
    canvas.setCreator("DSL Desk")
    canvas.beginForm(_QR_NAME, 0, 0, _QR_SIDE, _QR_SIDE)
    draw_qr(canvas, f"{frame.head} {frame.reference}", 0, 0, _QR_SIDE)
    canvas.endForm()
    for number, page in enumerate(pages, 1):
        if frame.rehearsal:
            draw_watermark(canvas)
        _draw_head(canvas, frame)
        for op in page:
            op(canvas)
        _draw_foot(canvas, frame, title, number, len(pages), reviewed=reviewed)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
