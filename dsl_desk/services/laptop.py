"""What this laptop remembers of its window: colours, size of words, when it locks. Nothing about anybody.

One small file in the private configuration of each operating-system login. It is read before anything else of the
program is loaded, so this module needs the standard library alone until something is kept. A file that cannot be
read counts as none: the window opens as it would on the first day.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import InputError

WINDOW_FILE: Final = "window.json"
APPEARANCES: Final = ("system", "light", "dark", "contrast")
TEXT_SIZES: Final = (100, 125, 150, 175, 200)
SHORTEST_LOCK: Final = 1
LONGEST_LOCK: Final = 15
"""Minutes; a desk always locks by itself."""
_LONGEST_FILE: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopSettings:
    """How the window looks on this laptop, and after how many minutes without a touch it locks."""

    appearance: str = "system"
    text_percent: int = 100
    lock_minutes: int = 5

    def checked(self) -> "LaptopSettings":
        """The same, where each part is one that the program knows; raises InputError."""
        if self.appearance not in APPEARANCES:
            raise InputError("Choose one of the four appearances. Nothing was changed.")
        if self.text_percent not in TEXT_SIZES:
            raise InputError("Choose a size of words from 100 % to 200 %. Nothing was changed.")
        if not SHORTEST_LOCK <= self.lock_minutes <= LONGEST_LOCK:
            raise InputError("The desk locks after 1 to 15 minutes; it cannot be told never to. Nothing was changed.")
        return self


def remembered(config: Path) -> LaptopSettings:
    """What was chosen on this laptop; each part that cannot be read is as on the first day."""
    try:
        with (config / WINDOW_FILE).open("rb") as file:
            kept = json.loads(file.read(_LONGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return LaptopSettings()
    return _read(kept) if isinstance(kept, dict) else LaptopSettings()


def _read(kept: dict[str, object]) -> LaptopSettings:
    usual = LaptopSettings()
    appearance, percent, minutes = kept.get("appearance"), kept.get("text_percent"), kept.get("lock_minutes")
    return LaptopSettings(
        appearance=appearance if isinstance(appearance, str) and appearance in APPEARANCES else usual.appearance,
        text_percent=percent if isinstance(percent, int) and percent in TEXT_SIZES else usual.text_percent,
        lock_minutes=minutes
        if isinstance(minutes, int) and not isinstance(minutes, bool) and SHORTEST_LOCK <= minutes <= LONGEST_LOCK
        else usual.lock_minutes,
    )


def keep(config: Path, settings: LaptopSettings) -> None:
    """Remember it for the next time; raises InputError, StoreError, PlacesError."""
    from dsl_desk.paths import make_private  # noqa: PLC0415 - not before the first paint
    from dsl_desk.store.files import write_beside  # noqa: PLC0415

    settings.checked()
    told = {
        "appearance": settings.appearance,
        "text_percent": settings.text_percent,
        "lock_minutes": settings.lock_minutes,
    }
    write_beside(make_private(config) / WINDOW_FILE, json.dumps(told).encode("ascii"))
