"""A moment as the laptop tells it: wall clock, zone, and time since it was started."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

UTC_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"

STEP_LIMIT = timedelta(seconds=120)
"""A wall clock that moves this much against the monotonic one has been set (format section 3, Time)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something happened, by this laptop's own clocks; order is told by `seq` alone."""

    utc: datetime
    """Aware, in UTC, to the microsecond."""
    local: datetime
    """The same instant, aware, at the school's offset."""
    zone: str
    """Name of the zone, such as Europe/London."""
    boot: str
    """Identifier of this start of the laptop (32 hex digits)."""
    mono_ms: int
    """Milliseconds of the monotonic clock within this start."""

    @property
    def at_utc(self) -> str:
        """As entry headers spell it: YYYY-MM-DDTHH:MM:SS.ffffffZ."""
        return self.utc.strftime(UTC_FORMAT)

    @property
    def at_local(self) -> str:
        """As payloads spell it, with the offset."""
        return self.local.isoformat()

    def stepped_since(self, earlier: "Moment") -> timedelta | None:
        """How far the wall clock was set since an earlier moment of the same start, or None."""
        if earlier.boot != self.boot:
            return None
        step = (self.utc - earlier.utc) - timedelta(milliseconds=self.mono_ms - earlier.mono_ms)
        return step if abs(step) > STEP_LIMIT else None


def has_come(at: datetime, now: datetime) -> bool:
    """Whether a moment has come; both aware.

    Told in UTC: Python compares two times of one zone by the hands of the clock, which
    show one hour twice on the night of October, and would call late what has an hour left.
    """
    return at.astimezone(UTC) <= now.astimezone(UTC)


def before(now: datetime, span: timedelta) -> datetime:
    """So long ago by the clock, in the zone of `now`, whatever the clocks on the wall were changed to since."""
    return (now.astimezone(UTC) - span).astimezone(now.tzinfo)


def parse_utc(text: str) -> datetime:
    """Read `at_utc`; raises ValueError for any other spelling."""
    return datetime.strptime(text, UTC_FORMAT).replace(tzinfo=UTC)
