"""The window, put together: beside `app` the only place that sees the screen and every layer below it.

Importing it brings Qt and nothing else: the empty window paints at once, and keys,
records and pages are loaded on a worker behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.doorway import Doorway

if TYPE_CHECKING:
    from dsl_desk.app import Surroundings
    from dsl_desk.window_app.opened import WindowApp


NOT_WHOLE = 2
"""Exit code where part of the program is missing: install it again; no desk was touched."""


class _Loader(QObject):
    """Imports every layer on a worker. Signals: `loaded`, `failed` (part of the program is missing)."""

    loaded = Signal()
    failed = Signal()

    def start(self) -> None:
        """Begin; the window stays alive meanwhile."""
        QThreadPool.globalInstance().start(
            self._load
        )  # a function: Qt frees runnables behind the back of their Python half

    def _load(self) -> None:
        try:
            import dsl_desk.window_app.opened  # noqa: F401, PLC0415 - not before the first paint
        except ImportError:
            self.failed.emit()
        else:
            self.loaded.emit()


class _Opening(QObject):
    """From the empty window to the real one."""

    def __init__(self, app: QApplication, around: Callable[[], Surroundings] | None) -> None:
        super().__init__(app)
        self._app, self._around = app, around
        self._loader = _Loader(self)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(lambda: app.exit(NOT_WHOLE))
        self.opened: WindowApp | None = None
        self.doorway = Doorway(self._loader.start)

    def _on_loaded(self) -> None:
        from dsl_desk.app import Surroundings  # noqa: PLC0415 - loaded a moment ago, on the worker
        from dsl_desk.paths import log_folder  # noqa: PLC0415
        from dsl_desk.privacy import harden_process, log_to_folder, only_safe_logs  # noqa: PLC0415
        from dsl_desk.ui.painting import resources  # noqa: PLC0415
        from dsl_desk.ui.theme import Theme  # noqa: PLC0415
        from dsl_desk.window_app.opened import WindowApp  # noqa: PLC0415

        harden_process()  # before any key is in memory
        only_safe_logs(log_to_folder(log_folder()))
        Theme(self._app, resources() / "fonts")
        self.opened = WindowApp(self._app, self._around() if self._around is not None else Surroundings())
        self.opened.faults.listen()
        self.doorway.give_way(self.opened.window)


def open_window(around: Callable[[], Surroundings] | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("DSL Desk")
    opening = _Opening(app, around)
    opening.doorway.show()
    return app.exec()
