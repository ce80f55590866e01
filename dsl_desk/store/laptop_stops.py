"""Stops of this very laptop, counted for everybody who opens the desk (flows section 4).

Somebody who cannot read a restricted case must still learn that this laptop may be
evidence. So their number alone stands in `desk_state`, written in the transaction of
the entry that stops or resumes: no case, no word, nobody.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Final

from dsl_desk.domain.case_entries import Halted, LaptopResumed, TriageAnswered
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import StrandId
from dsl_desk.store.records import Records

_NAME: Final = "laptop_stops"
_MAY_CHANGE_IT: Final = (Halted, TriageAnswered, LaptopResumed)


class LaptopStops:
    """How many cases stopped this laptop and have not let it run again."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def number(self) -> int:
        """Of all cases, also those this person cannot read."""
        return int(self._records.database.state(_NAME) or 0)

    @contextlib.contextmanager
    def counted(self, strand: StrandId, data: Sequence[EntryData]) -> Iterator[None]:
        """Keep the number in step with what these entries make of their case; belongs inside an act."""
        if not any(isinstance(one, _MAY_CHANGE_IT) for one in data):
            yield
            return
        before = self._records.case(strand).laptop_stopped
        yield
        change = self._records.case(strand).laptop_stopped - before
        if change:
            self._records.database.set_state(_NAME, max(0, self.number + change))
