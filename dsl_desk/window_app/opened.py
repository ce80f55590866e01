"""One window with its one store thread; every layer is loaded there, behind the window."""

import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dsl_desk.app import Surroundings
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind
from dsl_desk.window_app.clock_words import ClockWords
from dsl_desk.window_app.faults import Faults
from dsl_desk.window_app.helping import HelpDesk
from dsl_desk.window_app.joined import DeskWindow
from dsl_desk.window_app.screens import Screens

PATIENCE_MS = 10_000
"""How long closing waits for the store to finish what it began."""


class WindowApp(QObject):
    """The window of one desk."""

    def __init__(self, app: QApplication, around: Surroundings) -> None:
        super().__init__(app)
        self._closed = False
        self.window = MainWindow(app, around.clock.now)
        self.faults = Faults(self.window, around.config / "reports", around.clock.now)
        self.pool = JobPool(self, bug=self.faults.met)
        self.pool.unheard.connect(self._on_unheard)
        self.desk = DeskWindow(self.window, self.pool, around)
        self.window.closing.connect(self.close)
        self.faults.home_wanted.connect(lambda: self.window.place_requested.emit("home"))
        self.help = HelpDesk(self.window, self.pool, self.desk, around.config)
        self.clock, self.screens = ClockWords(self.window), Screens(app, self.window)
        self.desk.start()

    def _on_unheard(self, words: str) -> None:
        """Work failed that no page listens to; at the door what was begun for somebody who left is nobody's to read."""
        if not self.window.is_locked:
            self.window.tell(words, NoticeKind.WARN)

    def close(self) -> None:
        """Keep what pages still hold, sign out, and let the store finish; the window goes afterwards."""
        if self._closed:
            return
        self._closed = True
        self.faults.stop()
        self.window.locked.emit()  # pages keep their drafts as they do at a lock
        self.pool.end_long_work()  # a pack is given up and the record says so; what is recorded is kept
        ended = threading.Event()
        self.desk.close(ended)
        ended.wait(PATIENCE_MS / 1000)
        self.pool.close(PATIENCE_MS)
