"""Background work: the store has one thread, and nothing that takes long runs on the window's.

The connection to the store belongs to the thread that opened it; so every piece of store work goes through
`JobPool.start` and runs there, one after another. Work that touches no store (decoding a picture, verifying a
pack from a stick) runs beside it with `start_aside`.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, SignalInstance, Slot

from dsl_desk.domain.errors import Cancelled, DslDeskError

log = logging.getLogger(__name__)

Work = Callable[["Job"], object]


class Job(QObject):
    """One cancellable piece of work; exactly one of the three endings fires.

    The worker posts a single private signal and the ending is re-emitted on the
    UI thread, so no slot runs on the wrong thread or after deletion.

    Signals: `progressed(done, total)`, then one of `succeeded(result)`, `cancelled()`, `failed(words)`.
    """

    progressed = Signal(object, object)
    succeeded = Signal(object)
    cancelled = Signal()
    failed = Signal(str)
    _ended = Signal(object, tuple)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._stop = work, threading.Event()
        self._ended.connect(self._announce)
        self.error: DslDeskError | None = None
        """What `failed` stands for, where the presenter must know which error it was."""

    def cancel(self) -> None:
        """Ask it to stop at its next report; what it had done by then is the service's to undo."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Called by the service: say how far it is; raises Cancelled where it was asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def run(self) -> None:
        """Do the work, on a worker's thread."""
        if self._stop.is_set():
            self._end(self.cancelled, ())
            return
        try:
            result = self._work(self)
        except Cancelled:
            self._end(self.cancelled, ())
        except DslDeskError as error:
            self.error = error
            self._end(self.failed, (str(error),))
        except Exception as error:  # noqa: BLE001 - a bug: its type may be logged, its text may not
            log.error("Job failed: %s", type(error).__name__)
            self._end(self.failed, (self.tr("This could not be done. What was saved before is kept; try again."),))
        else:
            self._end(self.succeeded, (result,))

    def _end(self, ending: SignalInstance, args: tuple[object, ...]) -> None:
        try:
            self._ended.emit(ending, args)
        except RuntimeError:  # its owner, and it, were closed while it ran: nobody is left to tell
            log.info("A job ended after its page was closed")

    @Slot(object, tuple)
    def _announce(self, ending: SignalInstance, args: tuple[object, ...]) -> None:
        ending.emit(*args)
        self.deleteLater()


class JobPool(QObject):
    """Runs jobs: one thread for the store, a few beside it.

    Signals: `busy_changed(bool)` when store work begins to wait or all is done.
    """

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store, self.side = QThreadPool(self), QThreadPool(self)
        self.store.setMaxThreadCount(1)
        self.store.setExpiryTimeout(-1)  # keeps its thread: the connection belongs to it
        self.side.setMaxThreadCount(2)
        self._lock, self._order = threading.Lock(), itertools.count()
        self._waiting: list[tuple[int, int, Job]] = []
        self._running = 0

    def start(
        self,
        work: Work,
        *,
        owner: QObject,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        progressed: Callable[[int, int], object] | None = None,
        urgent: bool = False,
    ) -> Job:
        """Run store work; the callbacks run on the UI thread, and none once the owner is gone.

        Urgent work (a halt, a lock) goes before everything that waits.
        """
        job = _wired(work, owner, done, failed, cancelled, progressed)
        with self._lock:
            heapq.heappush(self._waiting, (0 if urgent else 1, next(self._order), job))
            self._running += 1
            first = self._running == 1
        if first:
            self.busy_changed.emit(True)
        self.store.start(self._take)  # a function, no QRunnable: Qt frees those behind the back of their Python half
        return job

    def start_aside(
        self,
        work: Work,
        *,
        owner: QObject,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        progressed: Callable[[int, int], object] | None = None,
    ) -> Job:
        """Run work that touches no store, beside it."""
        job = _wired(work, owner, done, failed, cancelled, progressed)
        self.side.start(lambda: _run(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether store work runs or waits."""
        with self._lock:
            return self._running > 0

    def close(self, deadline_ms: int = 5000) -> bool:
        """Let running work end, within a deadline; what still waits is not begun. True where all ended."""
        with self._lock:
            self._waiting.clear()
        self.store.clear()
        self.side.clear()
        return self.store.waitForDone(deadline_ms) and self.side.waitForDone(deadline_ms)

    def _take(self) -> None:
        """On the store's thread: do the next piece of work, urgent ones first."""
        with self._lock:
            if not self._waiting:
                return
            _, _, job = heapq.heappop(self._waiting)
        _run(job)
        with self._lock:
            self._running -= 1
            idle = self._running == 0
        if idle:
            try:
                self.busy_changed.emit(False)
            except RuntimeError:  # the window closed meanwhile
                log.info("The last job ended after the window closed")


def _run(job: Job) -> None:
    try:
        job.run()
    except RuntimeError:  # the job's owner was deleted before it was begun
        log.info("A job was dropped because its page was closed")


def _wired(
    work: Work,
    owner: QObject,
    done: Callable[[Any], object] | None,
    failed: Callable[[str], object] | None,
    cancelled: Callable[[], object] | None,
    progressed: Callable[[int, int], object] | None,
) -> Job:
    job = Job(work, owner)
    pairs = ((job.succeeded, done), (job.failed, failed), (job.cancelled, cancelled), (job.progressed, progressed))
    for signal, slot in pairs:
        if slot is not None:
            signal.connect(slot)
    return job
