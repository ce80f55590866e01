"""Watches a window's own thread: how long it could not answer, and where it was meanwhile."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer

TICK_MS = 5
SUSPECT_S = 0.06
"""A pause from which on the thread's place is noted."""


class Watchdog:
    """A tick on the window's thread, and another thread that looks where it stands when the tick does not come."""

    def __init__(self) -> None:
        self._main = threading.get_ident()
        self._last = time.perf_counter()
        self._over = threading.Event()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.longest = 0.0
        self.at: str = ""
        """Where the thread stood in the longest pause."""
        self._seen_at = ""

    def _tick(self) -> None:
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.at = now - self._last, self._seen_at
        self._last, self._seen_at = now, ""

    def _look(self) -> None:
        while not self._over.wait(0.01):
            if time.perf_counter() - self._last > SUSPECT_S and not self._seen_at:
                frame = sys._current_frames().get(self._main)
                self._seen_at = "".join(traceback.format_stack(frame)[-6:]) if frame else ""
                del frame  # it holds every painter of the paint it was caught in


@contextlib.contextmanager
def watched() -> Iterator[Watchdog]:
    """Watch this thread, which runs Qt's event loop, as long as the body takes."""
    dog = Watchdog()
    looking = threading.Thread(target=dog._look, daemon=True)
    dog._timer.start()
    looking.start()
    try:
        yield dog
    finally:
        dog._tick()
        dog._timer.stop()
        dog._over.set()
        looking.join()
