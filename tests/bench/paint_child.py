"""Shows one window in a process of its own and prints when its first paint was over: `ours` or `bare`."""

from __future__ import annotations

import os
import sys
import time
from typing import NoReturn


def painted() -> NoReturn:
    """Say when, on the clock that every process of the machine shares, and end at once."""
    print(time.monotonic(), flush=True)
    os._exit(0)


def ours() -> None:
    """The program as `dsl-desk` starts it, watched only where its doorway has painted."""
    from dsl_desk.ui.doorway import Doorway

    paint = Doorway.paintEvent

    def watched(door: Doorway, event: object) -> None:
        paint(door, event)  # type: ignore[arg-type]  # Qt's own event, passed on
        painted()

    Doorway.paintEvent = watched  # type: ignore[assignment, method-assign]  # watching is all a timing may do
    sys.argv[1:] = []
    from dsl_desk.__main__ import main

    main()


def bare() -> None:
    """An empty window of the same size and nothing else."""
    from PySide6.QtWidgets import QApplication, QWidget

    kind = type("Bare", (QWidget,), {"paintEvent": lambda _window, _event: painted()})
    app = QApplication(sys.argv[:1])
    window: QWidget = kind()
    window.resize(1366, 768)
    window.show()
    app.exec()


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
