"""What time it is, by this laptop's own word; only the outermost layer asks.

Everything below takes a `Moment`, so that a test, a rehearsal and a court reader
can say exactly what the program knew and when.
"""

import hashlib
import secrets
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dsl_desk.domain.moments import Moment

SCHOOL_ZONE = "Europe/London"
_LINUX_BOOT = Path("/proc/sys/kernel/random/boot_id")


if sys.platform == "win32":
    import winreg

    def _elapsed_ms() -> int:
        return time.monotonic_ns() // 1_000_000

    def _boot_name() -> str:
        """The number that Windows gives each start, or nothing where it keeps none."""
        place = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return str(winreg.QueryValueEx(key, "BootId")[0])
        except OSError:
            return ""

else:

    def _elapsed_ms() -> int:
        """Milliseconds since this start of the laptop, time asleep included, so that sleep is no clock step."""
        clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        return time.clock_gettime_ns(clock) // 1_000_000

    def _boot_name() -> str:
        """What the system calls this start, or nothing where it has no name for it."""
        try:
            return _LINUX_BOOT.read_text(encoding="ascii").strip()
        except OSError:
            return ""


def boot_id() -> str:
    """Tell this start of the laptop from the one before, as 32 hex digits.

    Where the system keeps no such name, each start of the program counts as one:
    a clock set between two of them is then not noticed, never wrongly reported.
    """
    name = _boot_name()
    return hashlib.sha256(name.encode()).hexdigest()[:32] if name else secrets.token_hex(16)


class SystemClock:
    """The laptop's own clocks: wall clock, zone of the school, time since the last start."""

    def __init__(self, zone: str = SCHOOL_ZONE) -> None:
        self._zone = ZoneInfo(zone)
        self._name = zone
        self._boot = boot_id()

    def now(self) -> Moment:
        """This moment, to the microsecond."""
        utc = datetime.now(UTC)
        return Moment(
            utc=utc, local=utc.astimezone(self._zone), zone=self._name, boot=self._boot, mono_ms=_elapsed_ms()
        )
