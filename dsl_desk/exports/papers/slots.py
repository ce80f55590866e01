"""The parts a page is set from: lines that fit, columns, labelled boxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import BODY, LABEL, SMALL, Style
from dsl_desk.exports.papers.page import LEFT, MEASURE
from dsl_desk.exports.papers.text import shorten, wrap

PAD = 5.0
"""White space inside a box, in points."""
_MOST_IN_LINE = 600
"""No line holds more characters; a text to be shortened is read no further than it can be shown."""


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


def row_slots(
    columns: Sequence[Column], cells: Sequence[str | tuple[Line, ...]], *, most: int = 0, tail: str = "…"
) -> tuple[Slot, ...]:
    """One row of a table; with `most`, texts above that many lines are shortened to end in `tail`."""
    slots = []
    for cell, column, (x, width) in zip(cells, columns, _places(columns), strict=True):
        inner = width - 2 * PAD
        if isinstance(cell, str):
            lines = wrap(cell[: most * _MOST_IN_LINE] if most else cell, column.style, inner)
            lines = shorten(lines, most, tail, column.style, inner) if most else lines
            cell = tuple(Line(line, column.style) for line in lines)  # noqa: PLW2901  set now
        slots.append(Slot(cell, x, width, column.align))
    return tuple(slots)
