"""The chronology: every entry in order, corrections beside what they correct."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


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
    raise NotImplementedError
