"""The governor summary as published: `dsl-desk/summary/1` (format 7); JSON, CSV and paper come from one value."""

import enum
from dataclasses import dataclass
from typing import assert_never

import msgspec

from dsl_desk.domain.encoding import compact_json, read_json
from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.exports.pack.tables import table_bytes

FORMAT = "dsl-desk/summary/1"


class Withheld(enum.Enum):
    """Why a cell is null. One reason for small and for protecting cells alike: telling them apart would tell counts."""

    PROTECTS_PEOPLE = "withheld"
    FEWER = "fewer-than-threshold"
    """Only for the one total of the small-school layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """A count exactly as published; `value` None exactly where `withheld` says why."""

    value: int | None
    withheld: Withheld | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.withheld is None) or (self.value or 0) < 0:
            raise InputError("A cell of the summary must hold a count or say that it is withheld, and not both.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """One line of a table."""

    label: str
    cells: tuple[PublishedCell, ...]
    total: bool = False
    """True for a line that sums up the others: set bold, and no bar of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """Counts under fixed labels: category, risk class, user group, severity, referral, outcome, timeliness."""

    id: str
    title: str
    columns: tuple[str, ...]
    """Heads of the cell columns."""
    rows: tuple[PublishedRow, ...]
    previous_period: bool = False
    """True where the last column repeats the last release, shown only where that is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFact:
    """A fact about filtering, monitoring, training or policy; never about a case."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who confirmed the release, by role and time; no names."""

    role: str
    at_utc: str
    acted_as: str
    """"prepared", "checked for disclosure" or "released"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernorSummary:
    """A summary exactly as released; it never changes afterwards."""

    school: str
    site: str
    period_label: str
    """Such as "Autumn term 2026"."""
    period_from: str
    period_to: str
    """ISO dates of the period, never of a case."""
    threshold: int
    small_school: bool
    """The layout of flows 13 for a total under 20."""
    body: str
    """Who receives it, such as "Full governing body"."""
    tables: tuple[PublishedTable, ...]
    filtering_and_monitoring: tuple[PublishedFact, ...] = ()
    other_facts: tuple[PublishedFact, ...] = ()
    """Training and curriculum, filter changes, action on the last report."""
    themes: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    """Set phrases only."""
    confirmed: tuple[Confirmation, ...] = ()
    rehearsal: bool = False

    def __post_init__(self) -> None:
        for table in self.tables:
            for row in table.rows:
                if len(row.cells) != len(table.columns):
                    raise InputError("A table of the summary has rows of different length. Nothing was released.")
                if any(0 < (cell.value or 0) < self.threshold for cell in row.cells):
                    raise InputError(
                        "The summary shows a count that is small enough to point at a person. Nothing was released."
                    )


def summary_json(summary: GovernorSummary) -> bytes:
    """The release as JSON, one spelling, final LF."""
    return compact_json({"format": FORMAT, **msgspec.to_builtins(summary)}) + b"\n"


def read_summary(raw: bytes) -> GovernorSummary:
    """Read a release back; raises DamagedError for anything that is not one."""
    value = read_json(raw)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise DamagedError("This is not a governor summary that this program can read. Nothing was changed.")
    try:
        return msgspec.convert(value, GovernorSummary, strict=True)
    except (msgspec.ValidationError, InputError) as error:
        raise DamagedError(
            "The governor summary does not hold what a release must hold. Nothing was changed."
        ) from error


def shown(cell: PublishedCell, threshold: int) -> str:
    """What paper and CSV say for a cell; a small and a protecting cell read the same."""
    match cell.withheld:
        case None:
            return str(cell.value)
        case Withheld.PROTECTS_PEOPLE:
            return "withheld"
        case Withheld.FEWER:
            return f"fewer than {threshold}"
        case _:
            assert_never(cell.withheld)


def summary_csv(summary: GovernorSummary) -> bytes:
    """The same values as CSV (UTF-8 with BOM, CRLF); raises InputError for text that cannot be written."""
    rows = [("part", "label", "measure", "value")]
    if summary.rehearsal:
        rows.append(("about", "REHEARSAL", "", "nothing here is real"))
    about = {
        "school": summary.school,
        "site": summary.site,
        "period": summary.period_label,
        "from": summary.period_from,
        "to": summary.period_to,
        "threshold": str(summary.threshold),
        "for": summary.body,
    }
    rows += [("about", label, "", text) for label, text in about.items()]
    rows += [("about", each.acted_as, "", f"{each.role}, {each.at_utc}") for each in summary.confirmed]
    for table in summary.tables:
        for row in table.rows:
            cells = zip(table.columns, row.cells, strict=True)
            rows += [(table.title, row.label, column, shown(cell, summary.threshold)) for column, cell in cells]
    for part, facts in (("filtering and monitoring", summary.filtering_and_monitoring), ("other", summary.other_facts)):
        rows += [(part, fact.label, "", fact.value) for fact in facts]
    rows += [("theme", phrase, "", "") for phrase in summary.themes]
    rows += [("lesson", phrase, "", "") for phrase in summary.lessons]
    return table_bytes(rows)


def summary_schema() -> dict[str, object]:
    """The JSON schema of `dsl-desk/summary/1`."""
    _, parts = msgspec.json.schema_components([GovernorSummary], ref_template="#/$defs/{name}")
    body = dict(parts.pop("GovernorSummary"))
    body["properties"] = {"format": {"const": FORMAT}, **body["properties"]}
    body["required"] = ["format", *body["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **body, "$defs": parts}
