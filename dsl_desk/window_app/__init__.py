"""The window, put together: beside `app` the only place that sees the screen and every layer below it.

Importing it brings Qt and nothing else: the empty window paints at once, and keys,
records and pages are loaded on a worker behind it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QObject, QStandardPaths, QThreadPool, Signal
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.doorway import Doorway
from dsl_desk.ui.sweeping import Sweeper
from dsl_desk.window_app.screens import size_for

if TYPE_CHECKING:
    from dsl_desk.app import Surroundings
    from dsl_desk.window_app.opened import WindowApp


SCALE = "QT_SCALE_FACTOR"
_OURS = "DSL_DESK_SCALED"
OPEN_AGAIN = 85
"""Exit code of the event loop where the window is to be opened once more, with words of another size."""
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
        self.sweeper = Sweeper(self)
        self._loader = _Loader(self)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(lambda: app.exit(NOT_WHOLE))
        self.opened: WindowApp | None = None
        self.doorway = Doorway(self._loader.start)

    def _on_loaded(self) -> None:
        from dsl_desk.app import Surroundings  # noqa: PLC0415 - loaded a moment ago, on the worker
        from dsl_desk.paths import log_folder  # noqa: PLC0415
        from dsl_desk.privacy import harden_process, log_to_folder, only_safe_logs  # noqa: PLC0415
        from dsl_desk.services.laptop import remembered  # noqa: PLC0415
        from dsl_desk.ui.painting import resources  # noqa: PLC0415
        from dsl_desk.ui.theme import Appearance, Theme  # noqa: PLC0415
        from dsl_desk.window_app.opened import WindowApp  # noqa: PLC0415

        self.sweeper.spare_what_is_loaded()
        harden_process()  # before any key is in memory
        only_safe_logs(log_to_folder(log_folder()))
        around = self._around() if self._around is not None else Surroundings()
        Theme(self._app, resources() / "fonts", Appearance(remembered(around.config).appearance))
        self.opened = WindowApp(self._app, around)
        self.opened.faults.listen()
        self.doorway.give_way(self.opened.window)


def open_window(around: Callable[[], Surroundings] | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Words have the size that was chosen on this laptop; where a system sets one through QT_SCALE_FACTOR, that holds.
    """
    percent = _take_size()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("DSL Desk")
    app.setProperty("text_percent", percent)
    app.setProperty("can_open_again", around is None and sys.platform != "win32")
    opening = _Opening(app, around)
    opening.doorway.open(size_for(opening.doorway))
    code = app.exec()
    if code == OPEN_AGAIN:
        _open_again()
    return code


def qt_config() -> Path:
    """The private configuration of this login, as Qt knows it: `paths.config_folder` would bring more than Qt."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)) / "dsl-desk"


def _take_size() -> int:
    """Tell Qt the size of words before it begins."""
    from dsl_desk.services.laptop import remembered  # noqa: PLC0415 - the standard library alone

    percent = remembered(qt_config()).text_percent
    if percent != 100 and SCALE not in os.environ:
        os.environ[SCALE] = str(percent / 100)
        os.environ[_OURS] = "1"
    return percent


def _open_again() -> NoReturn:
    """The same program in the same place, with the size of words that was chosen."""
    if os.environ.pop(_OURS, ""):
        os.environ.pop(SCALE, None)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very program, no shell
