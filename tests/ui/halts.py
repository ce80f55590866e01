"""Stops the window from whatever screen it shows, by one key and one confirmation, and comes back to it.

Hung into the hands that play the rehearsal: nothing of the stop is written there (the case that is played has to go
on), so what is measured is the window: from the key to the page that says STOPPED, behind whatever the desk's own
thread has to do just then. The writing of a stop is shown on desks of its own.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dsl_desk.domain.words import CaseRef, Grade, StrandId
from dsl_desk.rehearsal.keys import Keys
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.stop_at_once import StopKept
from dsl_desk.ui.halt import HaltState
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.window_app.opened import WindowApp

WITHIN_S = 1.0
"""On a machine that has nothing else to do; see `allowed_s`."""
SPENT = ("uncovered-for-a-reason",)
"""A stop covers the exhibit for good, so the play could not go on; tests of the review stop there."""
REFERENCE = CaseRef("MI-2026-XXXX")
_PATIENCE_MS = 60_000


def busier() -> float:
    """How many times as busy this machine is now as one that has just enough to do."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 1.0
    return max(1.0, load / (os.cpu_count() or 1))


def spent_s() -> float:
    """A clock that stands while this thread waits for a processor that others have; elsewhere than on Linux it goes on.

    The load that the system tells is that of the last minute; what others began just now is not in it yet.
    """
    try:
        _, waited_ns, _ = Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()
    except OSError:
        waited_ns = "0"
    return time.perf_counter() - int(waited_ns) / 1e9


def allowed_s() -> float:
    """How long a stop may take now: as much longer as more asks for a processor than there are processors."""
    return WITHIN_S * busier()


@dataclass
class NothingWritten:
    """Takes a stop and answers as the desk does."""

    stopped: list[Grade] = field(default_factory=list)

    @property
    def stop_at_once(self) -> NothingWritten:
        return self

    def stop(self, strand: StrandId | None, grade: Grade, *, where: str = "") -> StopKept:
        self.stopped.append(grade)
        return StopKept(strand=strand or StrandId(""), reference=REFERENCE, stays=False)


@dataclass
class Halts:
    """One halt from every screen; what was wrong, and how long each took."""

    opened: WindowApp
    faults: list[str] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    keys: Keys = field(default_factory=lambda: Keys(cast("QApplication", QApplication.instance())))

    def __call__(self, name: str, window: MainWindow) -> None:
        if window.halt.is_up or over() is not None or name in SPENT:
            return  # the stop page itself, and dialogs, have tests of their own
        before, focused = window.page, QApplication.focusWidget()
        halting, written = self.opened.desk.halting, NothingWritten()
        real = (halting._services, halting._switch, halting.strand)
        halting._services, halting._switch = cast("Any", lambda: written), HaltSwitch()
        halting.blockSignals(True)  # the case below is not shown anew: nothing has changed in it
        began = spent_s()
        self.keys.key("F8")
        if window.halt.state is HaltState.LOCKED:
            self._check(name, window, HaltState.LOCKED)
        else:
            self._check(name, window, HaltState.ASKING)
            self.keys.press(window.halt._other)
            self._check(name, window, HaltState.STOPPED)
        self.took[name] = spent_s() - began
        if window.halt.state is HaltState.STOPPED:
            wait(lambda: window.halt.standing is not None and window.halt.standing.reference == REFERENCE)
            if written.stopped != [Grade.POLICE_FIRST]:
                self.faults.append(f"{name}: the desk was told {written.stopped}")
        halting.blockSignals(False)
        (halting._services, halting._switch, halting._strand) = real
        window.release()
        wait(lambda: not self.opened.pool.busy)
        if window.page is not before or before is None or not before.isVisible():
            self.faults.append(f"{name}: another page came back")
        elif focused is not None and before.isAncestorOf(focused) and QApplication.focusWidget() is not focused:
            self.faults.append(f"{name}: the focus came back to {QApplication.focusWidget()}, not to {focused}")
        if self.took[name] > allowed_s():
            self.faults.append(f"{name}: {self.took[name]:.2f} s")

    def _check(self, name: str, window: MainWindow, state: HaltState) -> None:
        if window.halt.state is not state:
            self.faults.append(f"{name}: {window.halt.state} instead of {state}")
        if window.page is not None and window.page.isVisible():
            self.faults.append(f"{name}: the page can be seen while {state.value}")
        if over() is not None:
            self.faults.append(f"{name}: {type(over()).__name__} lies over the stop")


def over() -> object | None:
    """What lies over the window: a menu, a list, a dialog."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def wait(holds: object) -> None:
    """Let the window work until something holds, for a minute at most."""
    assert callable(holds)
    loop, look, patience = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    patience.timeout.connect(loop.quit)
    look.start(5)
    patience.start(_PATIENCE_MS)
    if not holds():
        loop.exec()
    look.stop()
    patience.stop()
