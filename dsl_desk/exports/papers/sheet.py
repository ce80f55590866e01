"""Setting a paper: rows of text that wrap, split over pages and never overflow."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.exports.papers.fonts import (
    BODY,
    FINE,
    HEADING,
    LABEL,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TITLE,
    Style,
    load_fonts,
)
from dsl_desk.exports.papers.frame import Fact, PageFrame
from dsl_desk.exports.papers.page import BOTTOM, LEFT, MEASURE, RIGHT, Op, draw_line, one_line, page_top, write_pdf
from dsl_desk.exports.papers.text import shorten, text_width, wrap

PAD = 5.0
_MAY_MOVE_WHOLE = 190.0
"""A row up to this height goes to the next page in one piece; a higher one is split."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that fits its column."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of one row."""

    lines: tuple[Line, ...]
    x: float
    width: float
    align: str = "left"

    @property
    def height(self) -> float:
        """Points its lines take."""
        return sum(line.style.leading for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column; `share` of the measure, `style` of its text."""

    title: str
    share: float
    style: Style = SMALL
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A labelled box in a form row; an empty value leaves room for ink."""

    label: str
    value: str = ""
    share: float = 1.0
    least_lines: int = 1
    style: Style = BODY
    lines: tuple[Line, ...] | None = None
    """Lines already set, in place of `value`."""


def set_lines(text: str, style: Style, width: float, *, keep_lines: bool = True) -> tuple[Line, ...]:
    """A text as lines of one style."""
    return tuple(Line(line, style) for line in wrap(text, style, width, keep_lines=keep_lines))


def _places(columns: Sequence[Column]) -> list[tuple[float, float]]:
    """(x, width) of each column."""
    total = sum(column.share for column in columns)
    widths = [MEASURE * column.share / total for column in columns]
    return [(LEFT + sum(widths[:n]), width) for n, width in enumerate(widths)]


def head_slots(columns: Sequence[Column]) -> tuple[Slot, ...]:
    """The head of a table."""
    return tuple(
        Slot(set_lines(column.title.upper(), LABEL, width - 2 * PAD), x, width, column.align)
        for column, (x, width) in zip(columns, _places(columns), strict=True)
    )


def row_slots(columns: Sequence[Column], cells: Sequence[str | tuple[Line, ...]], *, most: int = 0, tail: str = "…") -> tuple[Slot, ...]:
    """One row of a table; with `most`, texts above that many lines are shortened to end in `tail`."""
    slots = []
    for cell, column, (x, width) in zip(cells, columns, _places(columns), strict=True):
        inner = width - 2 * PAD
        if isinstance(cell, str):
            lines = wrap(cell, column.style, inner)
            lines = shorten(lines, most, tail, column.style, inner) if most else lines
            cell = tuple(Line(line, column.style) for line in lines)  # noqa: PLW2901  set now
        slots.append(Slot(cell, x, width, column.align))
    return tuple(slots)


class Sheet:
    """A paper being set from top to bottom; `pdf()` writes it."""

    def __init__(self, frame: PageFrame, title: str, *, lead: str = "", reviewed: bool = False) -> None:
        load_fonts()
        self._frame, self._title, self._reviewed = frame, title, reviewed
        self._pages: list[list[Op]] = [[]]
        self._on_new_page: Callable[[], None] | None = None
        self.y = page_top(frame)
        self.y -= 4
        self.text(title, TITLE, after=2)
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
        self._rule(self.y + 1, 0.5, 0.45)
        self.space(4)

    def fields(self, *fields: Field) -> None:
        """A row of labelled boxes."""
        total = sum(field.share for field in fields)
        slots, x = [], LEFT
        for field in fields:
            width = MEASURE * field.share / total
            inner = width - 2 * PAD
            label = [Line(line, LABEL) for line in shorten(wrap(field.label.upper(), LABEL, inner), 2, "…", LABEL, inner)]
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
                    Slot(set_lines(value, BODY, MEASURE - first), LEFT + first - PAD, MEASURE - first),
                ),
                boxed=False,
            )

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str | tuple[Line, ...]]], *, least: float = 0,
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
            self.op(_signature_op(one_line(what.upper(), LABEL, width - 12), one_line(name, SMALL_STRONG, width - 12),
                                  (LEFT + number * (width + gap), bottom, width, top - bottom)))
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


def _signature_op(what: str, name: str, place: tuple[float, float, float, float]) -> Op:
    x, y, width, height = place

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.9)
        canvas.rect(x, y, width, height, stroke=1, fill=0)
        draw_line(canvas, what, LABEL, x + 6, y + height - 11)
        draw_line(canvas, name, SMALL_STRONG, x + 6, y + height - 22)
        canvas.setStrokeGray(0.5)
        canvas.setLineWidth(0.4)
        for label, start, end in (("NAME", 0.0, 0.58), ("DATE, TIME", 0.6, 1.0)):
            left = x + 6 + (width - 12) * start
            draw_line(canvas, label, LABEL, left, y + 6)
            canvas.line(left + text_width(label, LABEL) + 4, y + 5, x + 6 + (width - 12) * end, y + 5)

    return draw


def _take(lines: tuple[Line, ...], room: float) -> tuple[Line, ...]:
    """As many lines as fit, at least one, so that a page is always used."""
    used = 0.0
    for count, line in enumerate(lines):
        used += line.style.leading
        if used > room and count:
            return lines[:count]
    return lines


__all__ = ["BODY", "FINE", "SMALL", "STRONG", "Column", "Field", "Line", "Sheet", "Slot", "head_slots", "row_slots", "set_lines"]
