"""The chronology: every entry in order, corrections beside what they correct."""

from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import SMALL, SMALL_STRONG, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import MEASURE
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import PAD, Column, Line, set_lines

_LOCAL = Style(SMALL.font, 8, 10.5, 0.35)
COLUMNS = (
    Column(title="Entry", share=0.08),
    Column(title="UTC, and local time", share=0.3),
    Column(title="Who", share=0.15),
    Column(title="What", share=0.47),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyLine:
    """One entry of the case."""

    number: int
    utc: str
    local: str
    who: str
    what: str
    """The act in words, such as "Sighting recorded"."""
    text: str = ""
    """Its content in full; may run over lines."""
    corrects: int | None = None
    """Number of the entry this one corrects; it is then also shown beside that entry."""
    withheld: str = ""
    """Why its content is not shown; the line itself always is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """All entries in order."""

    lines: tuple[ChronologyLine, ...]
    note: str = ""
    """A sentence above the table, such as which time zone the laptop kept."""
    reviewed: bool = False


def chronology_pdf(content: Chronology, frame: PageFrame) -> bytes:
    """All entries over as many pages as they need, with repeated heads."""
    sheet = Sheet(frame, "Chronology", lead=content.note, reviewed=content.reviewed)
    corrections = corrections_of(content)
    sheet.table(COLUMNS, (_cells(line, corrections.get(line.number, ())) for line in content.lines))
    if not content.lines:
        sheet.text("No entries.")
    return sheet.pdf()


def corrections_of(content: Chronology) -> dict[int, tuple[ChronologyLine, ...]]:
    """For each corrected entry what corrects it, in order."""
    found: dict[int, tuple[ChronologyLine, ...]] = {}
    for line in content.lines:
        if line.corrects is not None:
            found[line.corrects] = (*found.get(line.corrects, ()), line)
    return found


def content_of(line: ChronologyLine) -> str:
    """What the line shows as its content."""
    return f"Content withheld: {line.withheld}" if line.withheld else line.text


def _cells(line: ChronologyLine, corrections: tuple[ChronologyLine, ...]) -> tuple[str | tuple[Line, ...], ...]:
    width = MEASURE * COLUMNS[3].share - 2 * PAD
    what = line.what if line.corrects is None else f"{line.what} (corrects entry {line.corrects})"
    told = [*set_lines(what, SMALL_STRONG, width)]
    if content_of(line):
        told += set_lines(content_of(line), SMALL, width)
    for correction in corrections:
        told += set_lines(
            f"▸ Corrected by entry {correction.number}, {correction.local}, {correction.who}:", SMALL_STRONG, width
        )
        told += set_lines(content_of(correction), SMALL, width)
    when = (
        *set_lines(line.utc, SMALL, MEASURE * COLUMNS[1].share - 2 * PAD),
        *set_lines(line.local, _LOCAL, MEASURE * COLUMNS[1].share - 2 * PAD),
    )
    return str(line.number), when, line.who, tuple(told)
