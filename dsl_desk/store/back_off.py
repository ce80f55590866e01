"""How long somebody waits after a wrong passphrase (format section 1).

For people, not for attackers: somebody with a copy of the files ignores any
counter, and against them stands Argon2id. Nothing is ever wiped.
"""

from datetime import datetime
from typing import Final

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.moments import Moment, parse_utc

WAITS: Final = (0, 0, 0, 5, 15, 30, 60, 120, 300)
"""Seconds after so many wrong attempts; the last stands for all that follow."""


def seconds_left(failed: int, failed_at_utc: str | None, at: Moment) -> int:
    """Seconds still to wait after `failed` wrong attempts, the last at that time; 0 where none.

    A time in the future counts as now, so that setting the clock never shortens the wait.
    """
    wait = WAITS[min(failed, len(WAITS) - 1)]
    if failed_at_utc is None or wait == 0:
        return 0
    passed = (at.utc - _read(failed_at_utc)).total_seconds()
    return max(0, min(wait, int(-(-(wait - passed) // 1))))


def _read(text: str) -> datetime:
    try:
        return parse_utc(text)
    except ValueError as error:
        raise DamagedError("The file of key slots holds a time that is none. Nothing was changed.") from error
