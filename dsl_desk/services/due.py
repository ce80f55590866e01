"""What is due, wherever it is kept: one small shape for Home, which asks every source and makes one list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import StrandId


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due, for a person who may read what it is about."""

    title: str
    """What is due: Ring the LADO."""
    what: str
    """Of which case or register, and what to do, in a sentence."""
    by: datetime | None
    """Aware, at the school's offset; the end of the day where only a day is meant. None where it waits without one."""
    when: str
    """By when, in words: By 15:10 today; Was due Monday 3 August."""
    late: bool = False
    strand: StrandId | None = None
    """The case, or the register's strand."""
    register: str = ""
    """Key of the register that it belongs to; empty where it belongs to a case."""
    item: str = ""
    """Which row of the register."""
    part: str = ""
    """Where in Settings it is done, where it belongs to no case and no register."""
    since: str = ""
    """Since when something without a day waits, as an entry keeps it."""


class DueSource(Protocol):
    """Somewhere that knows what is due: cases, registers."""

    def due(self, now: Moment) -> tuple[Due, ...]:
        """Everything open that is due, overdue or waits, that the person signed in may read; in any order."""
        ...
