"""A register on paper: the whole list, or one item with everything that was ever said of it."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One item in the list."""

    cells: tuple[str, ...]
    stands: str
    """How it stands, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterList:
    """A register as it stood when it was printed, the newest first."""

    title: str
    hint: str
    headings: tuple[str, ...]
    rows: tuple[RegisterRow, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSection:
    """What was written down together: label and words, and by whom."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChange:
    """One entry of the item's own history."""

    when: str
    by: str
    what: str
    before: tuple[tuple[str, str], ...] = ()
    """Label, and what stood there until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItem:
    """One item with its history; what was corrected stands beside what it says now."""

    register: str
    title: str
    stands: str
    sections: tuple[RegisterSection, ...]
    history: tuple[RegisterChange, ...]


def register_list_pdf(content: RegisterList, frame: PageFrame) -> bytes:
    """The list, one row an item; an empty one says so."""
    sheet = Sheet(frame, content.title, lead=content.hint)
    if not content.rows:
        sheet.text(content.empty)
        return sheet.pdf()
    share = 0.78 / len(content.headings)
    columns = [Column(title=heading, share=share) for heading in content.headings]
    columns.append(Column(title="How it stands", share=0.22))
    sheet.table(columns, [(*row.cells, row.stands) for row in content.rows])
    return sheet.pdf()


def register_item_pdf(content: RegisterItem, frame: PageFrame) -> bytes:
    """One item, page after page as it was filled in, then its history."""
    sheet = Sheet(frame, content.register, heading=content.title, lead=f"{content.register}. {content.stands}.")
    for section in content.sections:
        sheet.heading(section.title)
        sheet.facts(section.facts)
    sheet.heading("What was recorded, and when")
    for change in content.history:
        sheet.facts([(change.when, f"{change.what}. By {change.by}."), *_before(change)])
    return sheet.pdf()


def _before(change: RegisterChange) -> list[tuple[str, str]]:
    return [("", f"{label} was: {said}") for label, said in change.before]
