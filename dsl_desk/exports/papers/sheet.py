"""Setting a paper: rows of text that wrap, split over pages and never overflow."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.exports.papers.fonts import (
    BODY,
    CODE,
    HEADING,
    LABEL,
    SMALL,
    SMALL_STRONG,
    TITLE,
    Style,
    load_fonts,
)
from dsl_desk.exports.papers.frame import Fact, PageFrame
from dsl_desk.exports.papers.page import BOTTOM, LEFT, MEASURE, RIGHT, Op, draw_line, one_line, page_top, write_pdf
from dsl_desk.exports.papers.signature_drawing import signature_drawing
from dsl_desk.exports.papers.slots import PAD, Column, Field, Line, Slot, head_slots, row_slots, set_lines
from dsl_desk.exports.papers.text import shorten, wrap

_HEX = re.compile("[0-9a-f]{32,64}")
_MAY_MOVE_WHOLE = 190.0
"""A row up to this height goes to the next page in one piece; a higher one is split."""


class Sheet:
    """A paper being set from top to bottom; `pdf()` writes it. `title` names it, `heading` stands on its first page."""

    def __init__(
        self, frame: PageFrame, title: str, *, heading: str = "", lead: str = "", reviewed: bool = False
    ) -> None:
        load_fonts()
        self._frame, self._title, self._reviewed = frame, title, reviewed
        self._pages: list[list[Op]] = [[]]
        self._on_new_page: Callable[[], None] | None = None
        self.y = page_top(frame)
        self.y -= 4
        self.text(heading or title, TITLE, after=2)
        if lead:
            self.text(lead, replace(SMALL, grey=0.25), after=2)
        self.space(6)

    @property
    def page_count(self) -> int:
        """Pages so far."""
        return len(self._pages)

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.y - BOTTOM

    @property
    def fresh(self) -> bool:
        """True where nothing has been set on this page yet."""
        return not self._pages[-1]

    def pdf(self) -> bytes:
        """The finished paper."""
        return write_pdf(self._frame, self._title, self._pages, reviewed=self._reviewed)

    def op(self, draw: Op) -> None:
        """Draw something on the current page."""
        self._pages[-1].append(draw)

    def new_page(self) -> None:
        """Go to the top of the next page; an open table repeats its head."""
        self._pages.append([])
        self.y = page_top(self._frame) - 6
        if self._on_new_page:
            self._on_new_page()

    def space(self, points: float) -> None:
        """Leave white space, never more than the page holds."""
        self.y -= min(points, max(0.0, self.room))

    def need(self, points: float) -> None:
        """Go to the next page unless this much room is left."""
        if self.room < points and not self.fresh:
            self.new_page()

    def text(self, text: str, style: Style = BODY, *, after: float = 4, indent: float = 0) -> None:
        """A paragraph over the full measure."""
        for line in set_lines(text, style, MEASURE - indent):
            self.need(line.style.leading)
            self._put((line,), LEFT + indent, self.y)
            self.y -= line.style.leading
        self.space(after)

    def heading(self, text: str, *, keep_with: float = 42) -> None:
        """A section heading over a hairline; stays with what follows."""
        self.space(8)
        self.need(HEADING.leading + keep_with)
        for line in set_lines(text, HEADING, MEASURE):
            self._put((line,), LEFT, self.y)
            self.y -= line.style.leading
        self._rule(self.y - 0.5, 0.5, 0.45)
        self.space(5)

    def fields(self, *fields: Field) -> None:
        """A row of labelled boxes."""
        total = sum(field.share for field in fields)
        slots, x = [], LEFT
        for field in fields:
            width = MEASURE * field.share / total
            inner = width - 2 * PAD
            label = [
                Line(line, LABEL) for line in shorten(wrap(field.label.upper(), LABEL, inner), 2, "…", LABEL, inner)
            ]
            value = field.lines if field.lines is not None else set_lines(field.value, field.style, inner)
            blank = max(0, field.least_lines - len(value))
            lines = (*label, *value, *(Line("", field.style) for _ in range(blank)))
            slots.append(Slot(lines, x, width))
            x += width
        self.row(slots, boxed=True)

    def facts(self, facts: Iterable[Fact | tuple[str, str]], *, share: float = 0.28) -> None:
        """Label and value, one a line, over hairlines."""
        for fact in facts:
            label, value = (fact.label, fact.value) if isinstance(fact, Fact) else fact
            first = MEASURE * share
            self.row(
                (
                    Slot(set_lines(label, SMALL_STRONG, first - PAD), LEFT - PAD, first),
                    Slot(
                        set_lines(value, CODE if _HEX.fullmatch(value) else BODY, MEASURE - first),
                        LEFT + first - PAD,
                        MEASURE - first,
                    ),
                ),
                boxed=False,
            )

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[str | tuple[Line, ...]]],
        *,
        least: float = 0,
        boxed: bool = False,
    ) -> None:
        """A table whose head is repeated on every page; rows split only where they are very high."""
        head = head_slots(columns)

        def draw_head() -> None:
            self.row(head, boxed=boxed, shaded=True)

        self.need(max(slot.height for slot in head) + 2 * PAD + max(least, 24))
        draw_head()
        before, self._on_new_page = self._on_new_page, draw_head
        for row in rows:
            slots = row_slots(columns, row)
            self.row(slots, boxed=boxed, least=least)
        self._on_new_page = before
        self.space(4)

    def ink(self, *labels: str, lines: int = 1) -> None:
        """A row of empty boxes to write in."""
        self.fields(*(Field(label=label, least_lines=lines) for label in labels))

    def signatures(self, *people: tuple[str, str], height: float = 74) -> None:
        """Boxes to sign in, side by side: (what the signature says, printed name or empty)."""
        self.space(6)
        self.need(height)
        gap = 12.0
        width = (MEASURE - gap * (len(people) - 1)) / len(people)
        top, bottom = self.y, self.y - height
        for number, (what, name) in enumerate(people):
            self.op(
                signature_drawing(
                    one_line(what.upper(), LABEL, width - 12),
                    one_line(name, SMALL_STRONG, width - 12),
                    (LEFT + number * (width + gap), bottom, width, top - bottom),
                )
            )
        self.y = bottom
        self.space(6)

    def row(self, slots: Sequence[Slot], *, boxed: bool, shaded: bool = False, least: float = 0) -> None:
        """Set columns side by side; whatever does not fit goes on on the next page."""
        rest = [slot.lines for slot in slots]
        height = max(least, max((slot.height for slot in slots), default=0) + 2 * PAD - 2)
        if height > self.room and height <= _MAY_MOVE_WHOLE:
            self.need(height)
        while True:
            if self.room < 4 * BODY.leading and height > self.room:
                self.need(height)
            taken = [_take(lines, self.room - 2 * PAD) for lines in rest]
            whole = all(len(part) == len(lines) for part, lines in zip(taken, rest, strict=True))
            used = max((sum(line.style.leading for line in part) for part in taken), default=0) + 2 * PAD - 2
            self._draw_row(slots, taken, max(used, min(least, self.room)), boxed=boxed, shaded=shaded)
            if whole:
                return
            rest = [lines[len(part) :] for part, lines in zip(taken, rest, strict=True)]
            height, least = max(sum(line.style.leading for line in lines) for lines in rest) + 2 * PAD, 0
            self.new_page()

    def _draw_row(
        self, slots: Sequence[Slot], taken: Sequence[tuple[Line, ...]], height: float, *, boxed: bool, shaded: bool
    ) -> None:
        top, bottom = self.y, self.y - height

        def draw(canvas: Canvas) -> None:
            canvas.setStrokeGray(0.35)
            canvas.setLineWidth(0.5)
            if shaded:
                canvas.setFillGray(0.94)
                canvas.rect(slots[0].x, bottom, sum(slot.width for slot in slots), height, stroke=0, fill=1)
            if boxed:
                for slot in slots:
                    canvas.rect(slot.x, bottom, slot.width, height, stroke=1, fill=0)
            else:
                canvas.setStrokeGray(0.35 if shaded else 0.75)
                canvas.line(LEFT, bottom, RIGHT, bottom)

        self.op(draw)
        for slot, lines in zip(slots, taken, strict=True):
            self._put(lines, slot.x + PAD, top - PAD + 1, slot.width - 2 * PAD, slot.align)
        self.y = bottom

    def _put(self, lines: Sequence[Line], x: float, top: float, width: float = 0, align: str = "left") -> None:
        if align == "right":
            x += width

        def draw(canvas: Canvas) -> None:
            y = top
            for line in lines:
                y -= line.style.leading
                if line.text:
                    draw_line(canvas, line.text, line.style, x, y + line.style.leading * 0.26, align=align)

        self.op(draw)

    def _rule(self, y: float, thickness: float, grey: float) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setStrokeGray(grey)
            canvas.setLineWidth(thickness)
            canvas.line(LEFT, y, RIGHT, y)

        self.op(draw)


def _take(lines: tuple[Line, ...], room: float) -> tuple[Line, ...]:
    """As many lines as fit, at least one, so that a page is always used."""
    used = 0.0
    for count, line in enumerate(lines):
        used += line.style.leading
        if used > room and count:
            return lines[:count]
    return lines
