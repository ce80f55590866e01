"""Nothing about a child reaches a log, a crash report or a core dump.

A log line may hold the constant words of its own source line and the names of exception types; arguments,
exception texts and anything put together at run time are replaced before a handler sees them.
"""

from __future__ import annotations

import ctypes
import logging
import logging.handlers
import os
import re
import sys
import threading
from pathlib import Path
from types import CodeType, FrameType, TracebackType

from dsl_desk.paths import make_private

NOT_LOGGED = "[not logged]"
_PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z%])")
_PR_SET_DUMPABLE = 4
_LOG_BYTES, _LOG_COUNT = 1_000_000, 5


class ConstantsOnly(logging.Filter):
    """Lets the program's own words through and nothing that came in while it ran.

    Stands on every handler: a filter on a logger would not see what its children hand up.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; it is always kept, so that a fault is never silent."""
        message = record.msg if _is_constant(record) else NOT_LOGGED
        record.msg = f"{_filled(message, record.args)}{_told(record.exc_info)}"
        record.args, record.exc_info, record.exc_text, record.stack_info = None, None, None, None
        return True


def _is_constant(record: logging.LogRecord) -> bool:
    """Whether the message stands as it is in the source line that logged it.

    An f-string or a joined text is no constant of its code, so it is not let through.
    """
    if not isinstance(record.msg, str):
        return False
    frame: FrameType | None = sys._getframe()  # the line that logs is a caller of this filter
    while frame is not None:
        if frame.f_code.co_filename == record.pathname and frame.f_lineno == record.lineno:
            return _holds(frame.f_code, record.msg)
        frame = frame.f_back
    return False


def _holds(code: CodeType, text: str) -> bool:
    return any(isinstance(constant, str) and constant == text for constant in code.co_consts)


def _filled(message: str, args: object) -> str:
    """The message with every argument replaced, except where it is the name of an exception type."""
    values = iter(args if isinstance(args, tuple) else ())

    def fill(match: re.Match[str]) -> str:
        return "%" if match[1] == "%" else _allowed(next(values, None))

    return _PLACEHOLDER.sub(fill, message) if args else message


def _allowed(value: object) -> str:
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, type) and issubclass(value, BaseException):
        return value.__name__
    if isinstance(value, str) and value in _exception_names(BaseException):
        return value
    return NOT_LOGGED


def _exception_names(kind: type[BaseException]) -> set[str]:
    names = {kind.__name__}
    for below in type.__subclasses__(kind):
        names |= _exception_names(below)
    return names


def _told(exc_info: object) -> str:
    """Type and place of an exception, never its text: ` (KeyError at dsl_desk.store.journal:120)`."""
    if not isinstance(exc_info, tuple) or not isinstance(exc_info[1], BaseException):
        return ""
    return f" ({what_and_where(exc_info[1])})"


def what_and_where(error: BaseException) -> str:
    """The name of an exception's type and the program line it came from; safe to log and to print."""
    places = _own_places(error.__traceback__)
    return f"{type(error).__name__} at {places[-1]}" if places else type(error).__name__


def safe_report(error: BaseException | None) -> tuple[str, ...]:
    """What may be written down of a fault: each type along its chain, and below it the program's own lines.

    No text of an exception, no value, no line of anybody else's code: those may hold what a person typed.
    """
    told, seen, one = list[str](), set[int](), error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        told.append(type(one).__name__)
        told += [f"  {place}" for place in _own_places(one.__traceback__)]
        one = one.__context__ if one.__cause__ is None else one.__cause__
    return tuple(told)


def _own_places(step: TracebackType | None) -> list[str]:
    """The lines of this program that a fault came through, as module:line, the outermost first."""
    places = []
    while step is not None:
        module = str(step.tb_frame.f_globals.get("__name__", ""))
        if module == "__main__" or module.partition(".")[0] == "dsl_desk":
            places.append(f"{module}:{step.tb_lineno}")
        step = step.tb_next
    return places


def only_safe_logs(handler: logging.Handler, level: int = logging.WARNING) -> None:
    """Make this the one handler of the process, behind the filter. Called once, at start."""
    handler.addFilter(ConstantsOnly())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    for other in tuple(root.handlers):
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    logging.raiseExceptions = False  # logging's own complaint would print the arguments
    logging.captureWarnings(capture=True)


def log_to_folder(folder: Path) -> logging.Handler:
    """A log of at most five files of one megabyte in a private folder; hand it to only_safe_logs."""
    path = make_private(folder) / "dsl-desk.log"
    return logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_COUNT - 1, encoding="utf-8")


def harden_process() -> None:
    """Before any key is in memory: private files, no core dump, no exception text on a crash.

    What this cannot do is said in SECURITY.md: it wipes no memory and stops no administrator.
    """
    os.umask(0o077)
    _no_core_dump()
    sys.excepthook = _say_type_only
    threading.excepthook = _say_thread_type_only
    sys.unraisablehook = _say_unraisable_type_only


def _no_core_dump() -> None:
    """No memory image of this process on disk; tried, and not fatal where the system refuses."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(0x0001 | 0x0002)  # no critical-error box, no fault box offering a dump
        kernel.WerSetFlags(0x0001)  # a report that is made all the same leaves the heap out
        return
    import resource  # noqa: PLC0415  # does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _say(error: BaseException | None, kind: type[BaseException]) -> None:
    told = kind.__name__ if error is None else what_and_where(error)
    sys.stderr.write(f"DSL Desk met a fault of its own: {told}. What was recorded before is kept.\n")


def _say_type_only(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    _say(error, kind)


def _say_thread_type_only(args: threading.ExceptHookArgs) -> None:
    _say(args.exc_value, args.exc_type)


def _say_unraisable_type_only(args: object) -> None:
    error = getattr(args, "exc_value", None)
    _say(error if isinstance(error, BaseException) else None, getattr(args, "exc_type", BaseException))
