"""The window, put together: the one module that sees the screen and every layer below it.

Importing it brings Qt and nothing else, so that the first window paints at once;
keys, records and papers are loaded on the store's thread behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Theme

if TYPE_CHECKING:
    from dsl_desk.app import Surroundings
    from dsl_desk.domain.moments import Moment
    from dsl_desk.window_desk import DeskWindow

PATIENCE_MS = 10_000
"""How long closing waits for the store to finish what it began."""


def _now() -> Moment:
    """This moment; the clock is asked for only once somebody is signed in."""
    from dsl_desk.clock import SystemClock  # noqa: PLC0415 - not before the first paint

    return SystemClock().now()


class WindowApp(QObject):
    """One window and its one store thread; the desk's pages join it once they are loaded."""

    def __init__(
        self,
        app: QApplication,
        around: Callable[[], Surroundings] | None = None,
        *,
        now: Callable[[], Moment] = _now,
    ) -> None:
        super().__init__(app)
        self._around = around
        self.pool = JobPool(self)
        self.window = MainWindow(app, now)
        self.desk: DeskWindow | None = None
        self.window.closing.connect(self.close)

    def show(self) -> None:
        """Show the empty window, and load what belongs in it behind it."""
        self.window.show()
        QTimer.singleShot(0, self, self.load)

    def load(self) -> None:
        """Load every layer on the store's thread, then put the pages into the window."""
        self.pool.start(lambda _: _load(self._around), owner=self, done=self._on_loaded)

    def _on_loaded(self, around: Surroundings) -> None:
        from dsl_desk.window_desk import DeskWindow  # noqa: PLC0415 - loaded a moment ago, behind the window

        self.desk = DeskWindow(self.window, self.pool, around)
        self.desk.start()

    def close(self) -> None:
        """Sign out, and let the store finish; the window goes afterwards."""
        if self.desk is not None:
            self.desk.close()
        self.pool.close(PATIENCE_MS)


def _load(around: Callable[[], Surroundings] | None) -> Surroundings:
    """On the store's thread, before any key is in memory: keep this process private, then import everything once."""
    from dsl_desk.paths import log_folder  # noqa: PLC0415 - not before the first paint
    from dsl_desk.privacy import harden_process, log_to_folder, only_safe_logs  # noqa: PLC0415 - likewise

    if around is None:
        harden_process()
        only_safe_logs(log_to_folder(log_folder()))
    import dsl_desk.window_desk  # noqa: F401, PLC0415 - brings every page and every layer
    from dsl_desk.app import Surroundings  # noqa: PLC0415 - not before the first paint

    return around() if around is not None else Surroundings()


def open_window(around: Callable[[], Surroundings] | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("DSL Desk")
    Theme(app, resources() / "fonts")
    opened = WindowApp(app, around)
    opened.show()
    return app.exec()
