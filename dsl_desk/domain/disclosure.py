"""What may be shown of counts so that nobody can be recognised, not even by subtraction (design section 10).

Small counts are withheld, and further cells of a table that adds up, until no
withheld value can be computed from what is shown. The choice is greedy and then
checked again from the reader's side; the proof over earlier summaries is a
later piece of work.
"""

import enum
from dataclasses import dataclass

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.summary import Counts, Table

SMALL_SCHOOL_TOTAL = 20
"""Below this total the small-school layout is used (flows section 13)."""

LOWEST_THRESHOLD = 3
"""With "fewer than 2" a withheld count could only be 1, so that withholding it would tell it."""


class Withheld(enum.Enum):
    """Why a cell is not shown; on paper all look the same."""

    SMALL = "small"
    PROTECTS_ANOTHER = "protects_another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as published."""

    title: str
    shown: int | None
    withheld: Withheld | None = None
    """Kept for the preview; the published paper does not tell the two apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """One table as published."""

    id: str
    title: str
    cells: tuple[Cell, ...]
    adds_up: bool

    @property
    def withheld(self) -> int:
        """How many of its cells are not shown."""
        return sum(cell.shown is None for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A summary's figures as they may be shown."""

    fewer_than: int
    total: int | None
    """None where even the total is below the threshold: "fewer than 5"."""
    small_school: bool
    tables: tuple[PublishedTable, ...]


def publish(counts: Counts, fewer_than: int = 5) -> Published:
    """Withhold what is small and what would give it away; `fewer_than` is the school's threshold.

    Raises InputError for a threshold under which a withheld count would be told by being withheld.
    """
    if fewer_than < LOWEST_THRESHOLD:
        raise InputError("Choose a threshold of 3 or more; below that, withholding a count tells it.")
    small_total = 0 < counts.total < fewer_than
    return Published(
        fewer_than=fewer_than,
        total=None if small_total else counts.total,
        small_school=counts.total < SMALL_SCHOOL_TOTAL,
        tables=tuple(_table(table, counts.total, fewer_than, hide_all=small_total) for table in counts.tables),
    )


def _table(table: Table, total: int, fewer_than: int, *, hide_all: bool) -> PublishedTable:
    small = {n for n, (_, count) in enumerate(table.cells) if hide_all or 0 < count < fewer_than}
    others = _protecting(table, small, total, fewer_than) if table.adds_up and small else set()
    cells = (
        Cell(title=title, shown=count)
        if n not in small | others
        else Cell(title=title, shown=None, withheld=Withheld.SMALL if n in small else Withheld.PROTECTS_ANOTHER)
        for n, (title, count) in enumerate(table.cells)
    )
    return PublishedTable(id=table.id, title=table.title, cells=tuple(cells), adds_up=table.adds_up)


def _protecting(table: Table, small: set[int], total: int, fewer_than: int) -> set[int]:
    """Further cells to withhold, the smallest that say something first, until no small one can be computed."""
    free = sorted(
        (n for n in range(len(table.cells)) if n not in small),
        key=lambda n: (table.cells[n][1] == 0, table.cells[n][1]),
    )
    chosen: set[int] = set()
    while free and _can_be_computed(table, small, chosen, total, fewer_than):
        chosen.add(free.pop(0))
    return chosen


def _can_be_computed(table: Table, small: set[int], others: set[int], total: int, fewer_than: int) -> bool:
    """Whether a reader who even knew which cells are the small ones could compute one of them."""
    rest = total - sum(count for n, (_, count) in enumerate(table.cells) if n not in small | others)
    least = max(1, rest - (len(small) - 1) * (fewer_than - 1)) if not others else 1
    most = min(fewer_than - 1, rest - (len(small) - 1))
    return least >= most


def breaches(published: Published) -> tuple[str, ...]:
    """Check again, from the reader's side: each withheld cell that what is shown leaves only one value for.

    The reader knows the rules: a withheld cell is small (1 to threshold - 1) or
    withheld for another's sake (any value), the two look the same, and a table with
    withheld cells has at least one small one.
    """
    found: list[str] = []
    for table in published.tables:
        if not table.adds_up or published.total is None:
            continue
        rest = published.total - sum(cell.shown or 0 for cell in table.cells)
        if table.withheld and len(_possible(rest, table.withheld, published.fewer_than)) < 2:
            found.append(table.title)
    return tuple(found)


def _possible(rest: int, withheld: int, fewer_than: int) -> list[int]:
    """Every value one withheld cell may have when `withheld` of them add up to `rest`."""
    return [value for value in range(rest + 1) if _fits(value, rest, withheld, fewer_than)]


def _fits(value: int, rest: int, withheld: int, fewer_than: int) -> bool:
    left = rest - value
    small = 0 < value < fewer_than
    if withheld == 1:
        return left == 0 and small
    if small:
        return True
    return 0 < left < fewer_than if withheld == 2 else left > 0
