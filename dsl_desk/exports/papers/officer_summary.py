"""The officer summary: two pages, the first thing police read (flows 12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dsl_desk.exports.papers.fonts import BODY, SMALL_STRONG, Style
from dsl_desk.exports.papers.frame import Noted, PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import PAD, Column, Slot, head_slots, row_slots

_HEADING, _AFTER = 27.0, 4.0
_LONGEST_TEXT, _MOST_ROWS = 20_000, 80
_LINE_CAPS = (12, 9, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """Somebody to ring."""

    name: str
    role: str
    number: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in full; on copies that do not go to police the caller leaves the private fields empty."""

    full_name: str
    part: str
    """Pupil, parent, witness, subject …"""
    date_of_birth: str = ""
    address: str = ""
    parent_contact: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """A device: never the PIN itself, only whether it is known (it lies in a sealed note)."""

    item: str
    serial_or_imei: str
    power: str
    touched_by: str
    pin_known: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """A user name, profile address and platform."""

    platform: str
    user_name: str
    profile_address: str
    whose: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """A moment that matters, in UTC and local time."""

    what: str
    utc: str
    local: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VanishingLine:
    """What vanishes when (logs, CCTV, platform), and whether preservation was asked."""

    what: str
    when: str
    preservation: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSummary:
    """All that stands on the two pages; what does not fit is shortened and says where it stands in full."""

    who_to_ring: tuple[ContactLine, ...]
    allegation: Noted
    """Three lines."""
    people: tuple[PersonLine, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    accounts: tuple[AccountLine, ...] = ()
    times: tuple[TimeLine, ...] = ()
    log_provers: tuple[Noted, ...] = ()
    """Who can prove which log."""
    said_to_suspect: tuple[Noted, ...] = ()
    vanishing: tuple[VanishingLine, ...] = ()
    not_done: tuple[Noted, ...] = ()
    """What the school did not do."""
    reviewed: bool = False
    """True where two reviewers looked, so that the sentence on staff records stands at the foot."""


def officer_summary_pdf(content: OfficerSummary, frame: PageFrame) -> bytes:
    """Exactly two pages, whatever the content."""
    lead = "For the officer: two pages. Where a text is shortened, it names the chronology entry that holds it in full."
    sheet = Sheet(frame, "Officer summary", lead=lead, reviewed=content.reviewed)
    _fill_page(sheet, _first_page(content))
    sheet.new_page()
    _fill_page(sheet, _second_page(content))
    return sheet.pdf()


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    entry: int | None = None

    @property
    def tail(self) -> str:
        return "… see chronology" + ("" if self.entry is None else f", entry {self.entry}")


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[_Row, ...]

    def in_style(self, style: Style) -> "_Section":
        return replace(self, columns=tuple(replace(column, style=style) for column in self.columns))


def _section(title: str, columns: Sequence[tuple[str, float]], rows: Iterable[_Row]) -> _Section:
    return _Section(title, tuple(Column(title=name, share=share) for name, share in columns), tuple(rows))


def _notes(title: str, notes: Sequence[Noted]) -> _Section:
    return _section(title, [("", 1)], [_Row((note.text,), note.entry) for note in notes])


def _first_page(content: OfficerSummary) -> tuple[_Section, ...]:
    people = [
        _Row((x.full_name, x.part, x.date_of_birth, x.address, x.parent_contact), x.entry) for x in content.people
    ]
    devices = [_Row((x.item, x.serial_or_imei, x.power, x.touched_by, x.pin_known), x.entry) for x in content.devices]
    return (
        _section(
            "Who to ring",
            [("Name", 3), ("Role", 3), ("Number", 2.4), ("When", 2.4)],
            [_Row((x.name, x.role, x.number, x.when)) for x in content.who_to_ring],
        ),
        _notes("What is alleged", [content.allegation]),
        _section(
            "People",
            [("Full name", 2.4), ("Part", 1.5), ("Date of birth", 1.9), ("Address", 2.9), ("Parent contact", 2.5)],
            people,
        ),
        _section(
            "Devices",
            [("Item", 2.6), ("Serial or IMEI", 2.6), ("Power", 1.5), ("Who touched it", 2.4), ("PIN known?", 1.8)],
            devices,
        ),
    )


def _second_page(content: OfficerSummary) -> tuple[_Section, ...]:
    return (
        _section(
            "Accounts and addresses (inert text: nothing here is a link)",
            [("Platform", 1.8), ("User name", 2.4), ("Profile address", 4), ("Whose", 2)],
            [_Row((x.platform, x.user_name, x.profile_address, x.whose), x.entry) for x in content.accounts],
        ),
        _section(
            "Times",
            [("What", 4), ("UTC", 2.6), ("Local", 2.6)],
            [_Row((x.what, x.utc, x.local), x.entry) for x in content.times],
        ),
        _notes("Who can prove the log", content.log_provers),
        _notes("What was said to the suspect", content.said_to_suspect),
        _section(
            "What vanishes, and when",
            [("What", 3.4), ("When", 2.6), ("Preservation asked?", 3.4)],
            [_Row((x.what, x.when, x.preservation), x.entry) for x in content.vanishing],
        ),
        _notes("What the school did not do", content.not_done),
    )


def _fill_page(sheet: Sheet, sections: Sequence[_Section]) -> None:
    """Set all sections on this page: each has its fair share of the room, and what it needs less others may use."""
    large = [section.in_style(BODY) for section in sections]
    if sum(_height(section, _set_rows(section, 0)) for section in large) <= sheet.room - 2:
        sections = large
    whole = [_set_rows(section, 0) for section in sections]
    caps = _fair_shares([_height(section, rows) for section, rows in zip(sections, whole, strict=True)], sheet.room - 2)
    for section, rows, cap in zip(sections, whole, caps, strict=True):
        fitted = rows if _height(section, rows) <= cap else _shortened(section, cap)
        sheet.heading(section.title, keep_with=0)
        if section.rows and section.columns[0].title:
            sheet.row(head_slots(section.columns), boxed=False, shaded=True)
        for slots in fitted:
            sheet.row(slots, boxed=False)
        sheet.space(_AFTER)


def _fair_shares(wanted: Sequence[float], room: float) -> list[float]:
    """How high each section may be: the small ones whole, the rest of the room in equal parts."""
    shares = [0.0] * len(wanted)
    left = len(wanted)
    for place in sorted(range(len(wanted)), key=lambda n: wanted[n]):
        shares[place] = min(wanted[place], room / left)
        room -= shares[place]
        left -= 1
    return shares


def _set_rows(section: _Section, most: int) -> list[tuple[Slot, ...]]:
    """The rows as set; what is longer than any page can hold is not measured further, as it is shortened anyway."""
    if not section.rows:
        return [row_slots([Column(title="", share=1)], ["None recorded."])]
    return [
        row_slots(section.columns, [text[:_LONGEST_TEXT] for text in row.cells], most=most, tail=row.tail)
        for row in section.rows[:_MOST_ROWS]
    ]


def _row_height(slots: Sequence[Slot]) -> float:
    return max(slot.height for slot in slots) + 2 * PAD - 2


def _height(section: _Section, rows: Sequence[Sequence[Slot]]) -> float:
    head = _row_height(head_slots(section.columns)) if section.rows and section.columns[0].title else 0
    return _HEADING + head + sum(_row_height(row) for row in rows) + _AFTER


def _shortened(section: _Section, cap: float) -> list[tuple[Slot, ...]]:
    """Fewer lines a cell, then fewer rows; the last row says how many more there are and where."""
    for most in _LINE_CAPS:
        rows = _set_rows(section, most)
        if _height(section, rows) <= cap:
            return rows
    kept: list[tuple[Slot, ...]] = []
    for at, row in enumerate(rows):
        more = row_slots(
            [Column(title="", share=1, style=SMALL_STRONG)],
            [f"and {len(section.rows) - at} more: {_where(section, at)}"],
            most=1,
        )
        if _height(section, [*kept, row, more]) > cap:
            return [*kept, more]
        kept.append(row)
    return kept


def _where(section: _Section, at: int) -> str:
    entry = section.rows[at].entry
    return "see chronology" + ("" if entry is None else f", from entry {entry}")
