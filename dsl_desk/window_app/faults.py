"""Faults of the program itself: a calm page, and a report beside the laptop's own settings that names nobody.

Nothing else is expected to raise what a person never sees: a slot of the window, work behind it, Qt. All of them end
here, on whatever thread they happen.
"""

import hashlib
import platform
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion
from shiboken6 import isValid

from dsl_desk import __version__
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.moments import Moment
from dsl_desk.paths import make_private
from dsl_desk.privacy import safe_report
from dsl_desk.store.files import write_beside
from dsl_desk.ui.fault_page import FaultPage
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page

MOST_KEPT = 20
"""Reports that are kept; the oldest go."""
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SERIOUS = {QtMsgType.QtCriticalMsg: "critical", QtMsgType.QtFatalMsg: "fatal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault, as it is shown."""

    code: str
    """The same for the same fault at the same line."""
    place: str
    """Where its report lies; nothing where none could be written."""


class Faults(QObject):
    """Hears of every fault, writes its report, and shows the page.

    Signals: `home_wanted` where the page one would go back to is gone.
    """

    home_wanted = Signal()
    _met = Signal(object)

    def __init__(self, window: MainWindow, folder: Path, now: Callable[[], Moment]) -> None:
        super().__init__(window)
        self._window, self._folder, self._now = window, folder, now
        self._before: Page | None = None
        self._waiting: Fault | None = None
        self._hooks: tuple[Any, ...] = ()
        self._qt_before: Any = None
        self.page = FaultPage(window)
        self.page.hide()
        self.page.go_on_requested.connect(self._on_go_on)
        self.page.lock_requested.connect(self._on_lock)
        self._met.connect(self._show)
        window.page_changed.connect(self._on_page)

    # -- hearing

    def listen(self) -> None:
        """Hear of faults in slots, in threads, and in Qt; what heard of them before still does."""
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._in_slot, self._in_thread, self._in_deletion
        self._qt_before = qInstallMessageHandler(self._in_qt)

    def stop(self) -> None:
        """Hear no more."""
        if self._hooks:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
            self._hooks = ()
            qInstallMessageHandler(self._qt_before)

    def met(self, error: BaseException) -> None:
        """A fault, on any thread: report it, then show it on the window's own."""
        self._report(safe_report(error))

    def _in_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._hooks[0](kind, error, trace)
        if issubclass(kind, Exception):
            self.met(error)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._hooks[1](args)
        if isinstance(args.exc_value, Exception):
            self.met(args.exc_value)

    def _in_deletion(self, args: Any) -> None:
        self._hooks[2](args)
        if isinstance(args.exc_value, Exception):
            self.met(args.exc_value)

    def _in_qt(self, kind: QtMsgType, context: QMessageLogContext, _words: str) -> None:
        """Qt's words may hold what stands in a field: only how grave it is and which part of Qt said it are kept."""
        if kind in _SERIOUS:
            part = str(context.category or "default")
            self._report((f"Qt: {_SERIOUS[kind]}", f"  {part}"))

    # -- telling

    def _report(self, lines: tuple[str, ...]) -> None:
        told = "\n".join(lines)
        number, code = int.from_bytes(hashlib.sha256(told.encode()).digest()[:5], "big"), ""
        for _ in range(8):
            number, at = divmod(number, 32)
            code += _SYMBOLS[at]
        code = f"{code[:4]}-{code[4:]}"
        try:
            place = str(self._write(code, told))
        except (DslDeskError, OSError):
            place = ""
        try:
            self._met.emit(Fault(code=code, place=place))
        except RuntimeError:  # the window is gone already: the report is all that is left to do
            return

    def _write(self, code: str, told: str) -> Path:
        folder = make_private(self._folder)
        kept = sorted(folder.glob("fault-*.txt"), key=lambda path: path.stat().st_mtime)
        for old in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
            old.unlink(missing_ok=True)
        at = self._now()
        text = (
            f"DSL Desk, report of a fault\n\nCode: {code}\nLast met: {at.utc:%Y-%m-%d %H:%M} UTC\n"
            f"DSL Desk {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
            f"PySide6 {PySide6.__version__}\n"
            f"{platform.system()} {platform.release()}, {platform.machine()}\n\n{told}\n"
        )
        place = folder / f"fault-{code}.txt"
        write_beside(place, text.encode())
        return place

    def _show(self, fault: Fault) -> None:
        window = self._window
        if window.is_locked:
            self._waiting = fault
            return
        self._waiting = None
        if window.page is self.page:
            return  # one page is enough; the report of the other is written
        self._before = window.page
        self.page.show_fault(fault.code, fault.place, can_lock=window.has_person)
        window.show_page(self.page)

    def _on_page(self, page: object) -> None:
        """Somebody unlocked: say now what could not be said before."""
        fault = self._waiting
        if fault is not None and page is not self.page and not self._window.is_locked:
            self._show(fault)

    def _on_go_on(self) -> None:
        before, self._before = self._before, None
        if before is not None and isValid(before):
            self._window.show_page(before)
        else:
            self.home_wanted.emit()

    def _on_lock(self) -> None:
        """Back first, so that unlocking comes back to the page and not to this one."""
        self._on_go_on()
        self._window.lock_now()
