"""Entries of a period over all strands that somebody can read: what the access log is made from."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.journal import Header
from dsl_desk.domain.words import StrandId
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.records_reading import as_recorded

_CLOCK_MAY_STEP = timedelta(days=1)
"""Times of entries may run back by a clock that was set; so far before the period it is begun to be read."""


class AccessReading:
    """Reads only the part of the desk's chain that a period covers: a log of a month costs a month."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def between(self, since: datetime, until: datetime) -> Iterator[tuple[StrandId, Recorded]]:
        """Entries from `since` up to `until` (both aware, the second not included), oldest first, desk strand left out.

        A strand that is not this person's to read, and what was disposed of, give nothing.
        """
        records = self._desk.kept
        keys: dict[StrandId, Mapping[int, bytes]] = {records.desk_strand: {}}
        for row in records.journal.rows(after=self._first_after(since - _CLOCK_MAY_STEP)):
            at = _at(Header.decode(row.header).at_utc)
            if row.payload is None or not since <= at < until:
                continue
            if row.strand not in keys:
                keys[row.strand] = records.strands.keys(row.strand)
            if keys[row.strand]:
                yield row.strand, as_recorded(records.journal.open(row, keys[row.strand]))

    def _first_after(self, since: datetime) -> int:
        """Number of the last entry before a time, by halving: entries stand in the order of time but for set clocks."""
        low, high = 0, self._desk.head().seq
        while low < high:
            middle = (low + high + 1) // 2
            row = self._desk.kept.journal.row(middle)
            if row is not None and _at(Header.decode(row.header).at_utc) < since:
                low = middle
            else:
                high = middle - 1
        return low


def _at(at_utc: str) -> datetime:
    return datetime.fromisoformat(at_utc)
