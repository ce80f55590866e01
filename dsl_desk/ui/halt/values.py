"""What a stop is, for the screen that shows it."""

import enum
from dataclasses import dataclass

from dsl_desk.domain.words import Grade


class HaltState(enum.Enum):
    """What the screen shows."""

    AWAY = "away"
    ASKING = "asking"
    COVERED = "covered"
    STOPPED = "stopped"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What is known of a stop that stands."""

    grade: Grade
    time: str
    """As on a clock: 14:02."""
    reference: str = ""
    person: str = ""
    stays: bool = False
    """Looking was done on this laptop: nothing but this page until two people record why (flows section 4)."""
