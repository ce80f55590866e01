"""Python's collector runs on the window's thread alone.

What nothing refers to any more, but itself, is found by a collector that Python runs on whatever thread happens to
make an object. On the store's thread it would destroy what is left of a page there, and Qt ends the program for that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

EVERY_MS = 250
"""So little is made meanwhile that sweeping it is not felt, and so much at most is left lying."""
_SHARE = 100
"""A sweep of everything waits this many times as long as the last one took: a hundredth of the time at most."""


class Sweeper(QObject):
    """Collects by Python's own counts, from a timer of the thread that made it, until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._since, self._rest_ms = QElapsedTimer(), 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect what is due: the young often, everything seldom."""
        (young, middle, old), limits = gc.get_count(), gc.get_threshold()
        if old > limits[2] and (not self._since.isValid() or self._since.hasExpired(self._rest_ms)):
            self._since.start()
            gc.collect()
            self._rest_ms = _SHARE * self._since.restart()
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def spare_what_is_loaded(self) -> None:
        """Never again look through what is there now: the program itself, which stays until it ends.

        Looking through it took a tenth of a second each time, in which the window stood still.
        """
        gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
