"""The governor summary as published: `dsl-desk/summary/1` (format 7); JSON, CSV and paper come from one value."""

import enum
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """One line of a table."""

    label: str
    cells: tuple[PublishedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table of counts with fixed labels (category, risk class, user group, severity, referral, outcome, timeliness)."""

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


def summary_json(summary: GovernorSummary) -> bytes:
    """The release as JSON, one spelling, final LF."""
    raise NotImplementedError


def read_summary(raw: bytes) -> GovernorSummary:
    """Read a release back; raises DamagedError for anything that is not one."""
    raise NotImplementedError


def summary_csv(summary: GovernorSummary) -> bytes:
    """The same values as CSV (UTF-8 with BOM, CRLF)."""
    raise NotImplementedError


def summary_schema() -> dict[str, object]:
    """The JSON schema of `dsl-desk/summary/1`."""
    raise NotImplementedError
