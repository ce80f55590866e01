"""Whether somebody is still there: wall and monotonic time together, because a laptop asleep counts neither alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from dsl_desk.domain.moments import Moment

TICK_MS = 1000
ASLEEP_MS = 15_000
"""Two looks at the clock that lie further apart than this: the laptop slept, or somebody set its clock."""


class IdleWatch(QObject):
    """Locks a desk nobody sits at.

    Signals: `warned(seconds_left)` each second of the last thirty, `calmed` when somebody moved, `due` when it is
    time to lock (also at once after sleep), `set_back(was, now)` when the wall clock went back by more than two minutes
    (two Moments: what the clock would have said, and what it says).
    """

    warned = Signal(int)
    calmed = Signal()
    due = Signal()
    set_back = Signal(object, object)

    def __init__(
        self, now: Callable[[], Moment], *, after_s: int = 300, warning_s: int = 30, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now, self._after_ms, self._warning_ms = now, after_s * 1000, warning_s * 1000
        self._touched, self._warning = False, False
        self._last_look: Moment | None = None
        self._idle_ms = 0
        self.jumped = False
        """Whether it was a jump of the clock that locked last: sleep, or somebody set the clock ahead."""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    def set_times(self, after_s: int, warning_s: int = 30) -> None:
        """Take other times, from the settings."""
        self._after_ms, self._warning_ms = after_s * 1000, warning_s * 1000

    def start(self) -> None:
        """Begin to count: somebody has just unlocked."""
        self._touched, self._warning, self._idle_ms, self.jumped = False, False, 0, False
        self._last_look = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Count no more: the desk is locked."""
        self._timer.stop()
        self._calm()

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    @Slot()
    def touch(self) -> None:
        """Somebody pressed or moved something."""
        self._touched = True
        if self._warning:
            self._idle_ms = 0
            self._calm()

    def _calm(self) -> None:
        if self._warning:
            self._warning = False
            self.calmed.emit()

    @Slot()
    def look(self) -> None:
        """Look at the clocks: is anybody there, and did the laptop sleep?"""
        now, last = self._now(), self._last_look
        self._last_look = now
        if last is None:
            return
        wall = int((now.utc - last.utc).total_seconds() * 1000)
        mono = now.mono_ms - last.mono_ms if now.boot == last.boot else ASLEEP_MS + 1
        step = now.stepped_since(last)
        if step is not None and step.total_seconds() < 0:
            self.set_back.emit(last, now)
        if max(wall, mono) > ASLEEP_MS:
            self.jumped = True
            self._end()
            return
        self._idle_ms = 0 if self._touched else self._idle_ms + max(wall, mono, 0)
        self._touched = False
        left = self._after_ms - self._idle_ms
        if left <= 0:
            self._end()
        elif left <= self._warning_ms:
            self._warning = True
            self.warned.emit(-(-left // 1000))
        else:
            self._calm()

    def _end(self) -> None:
        self.stop()
        self.due.emit()
