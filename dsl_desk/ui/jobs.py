"""Background work: the store has one thread, and nothing that takes long runs on the window's.

The connection to the store belongs to the thread that opened it; so every piece of store work goes through
`JobPool.start` and runs there, one after another. Work that touches no store (decoding a picture, verifying a
pack from a stick) runs beside it with `start_aside`.

Nothing waits behind long work: each time it reports how far it is, it lets what is more urgent be done first, on the
same thread, and then goes on. A stop or a draft goes before everything; a pack, a check or a backup (`long`) lets all
other work go before it as well.
"""

from __future__ import annotations

import enum
import heapq
import itertools
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QThreadPool, Signal, SignalInstance, Slot

from dsl_desk.domain.errors import Cancelled, DslDeskError

log = logging.getLogger(__name__)

Work = Callable[["Job"], object]
Bug = Callable[[Exception], object]
"""Told of a fault that nobody expected, on the thread where it happened, after the job's own ending."""

TELL_EVERY_MS = 50
"""Progress reaches the window at most this often: a pack reports ten thousand times."""


class Rank(enum.IntEnum):
    """What goes first; at each report work lets everything of a lower rank go before it."""

    URGENT = 0
    """A stop, a draft, somebody at the lock."""
    USUAL = 1
    LONG = 2
    """Takes minutes and nothing on the screen waits for it: a pack, a check of everything, a backup; closing too."""


class Job(QObject):
    """One cancellable piece of work; exactly one of the three endings fires, on the UI thread.

    Its signals are emitted there alone: a worker tells the pool, which passes it on while the owner is still there. An
    owner may go at any moment, and what belongs to it with it; a worker that told it itself ended the program.

    Signals: `progressed(done, total)`, then one of `succeeded(result)`, `cancelled()`, `failed(words)`.
    """

    progressed = Signal(object, object)
    succeeded = Signal(object)
    cancelled = Signal()
    failed = Signal(str)

    def __init__(self, work: Work, pool: JobPool, owner: QObject, bug: Bug | None, rank: Rank = Rank.USUAL) -> None:
        super().__init__(pool)
        self.rank, self._pool = rank, pool
        self.is_heard = True
        """Whether its owner is still there."""
        self.turn = 0
        """In whose turn it was begun: see `JobPool.next_turn`."""
        self.between: Callable[[Job], None] | None = None
        """What is done at each report: the pool's more urgent work."""
        self._since = QElapsedTimer()
        self._work, self._stop, self._bug = work, threading.Event(), bug
        owner.destroyed.connect(self._hear_no_more)
        self.error: DslDeskError | None = None
        """What `failed` stands for, where the presenter must know which error it was."""

    def cancel(self) -> None:
        """Ask it to stop at its next report; what it had done by then is the service's to undo."""
        self._stop.set()

    @property
    def is_to_stop(self) -> bool:
        """Whether it was asked to stop: it ends before anything else is begun, which then finds it gone."""
        return self._stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Called by the service: say how far it is; raises Cancelled where it was asked to stop.

        Between two reports of one job others may be done: a service reports only where
        it holds nothing half-done, and never inside a transaction.
        """
        if self.between is not None:
            self.between(self)
        if self.is_to_stop:
            raise Cancelled
        if done >= total or not self._since.isValid() or self._since.hasExpired(TELL_EVERY_MS):
            self._since.start()
            self._pool.told.emit(self, done, total)

    def run(self) -> None:
        """Do the work, on a worker's thread."""
        if self._stop.is_set():
            self._end("cancelled")
            return
        try:
            result = self._work(self)
        except Cancelled:
            self._end("cancelled")
        except DslDeskError as error:
            self.error = error
            self._end("failed", str(error))
        except Exception as error:  # noqa: BLE001 - a bug: its type may be logged, its text may not
            log.error("Job failed: %s", type(error).__name__)
            self._end("failed", self.tr("This could not be done. What was saved before is kept; try again."))
            if self._bug is not None:
                self._bug(error)
        else:
            self._end("succeeded", result)

    def _end(self, ending: str, *args: object) -> None:
        self._pool.ended.emit(self, ending, args)

    def announce(self, ending: str, args: tuple[object, ...]) -> None:
        """On the UI thread: fire the ending, where somebody is there to hear it."""
        if self.is_heard:
            told: SignalInstance = getattr(self, ending)
            told.emit(*args)
        self.deleteLater()

    @Slot()
    def _hear_no_more(self) -> None:
        self.is_heard = False


class JobPool(QObject):
    """Runs jobs: one thread for the store, a few beside it.

    Signals: `busy_changed(bool)` when store work begins to wait or all is done; `unheard(words)` when work failed that
    nobody gave a `failed` for, so that no failure is silent; `told(job, done, total)` and `ended(job, ending, args)`,
    by which workers reach the UI thread.
    """

    busy_changed = Signal(bool)
    unheard = Signal(str)
    told = Signal(object, object, object)
    ended = Signal(object, str, tuple)

    def __init__(self, parent: QObject | None = None, *, bug: Bug | None = None) -> None:
        super().__init__(parent)
        self._bug = bug
        self.told.connect(self._pass_on)
        self.ended.connect(self._announce)
        sys.setswitchinterval(0.001)  # Python's own 5 ms, times the workers that seal files, is felt at the keyboard
        self.store, self.side = QThreadPool(self), QThreadPool(self)
        self.store.setMaxThreadCount(1)
        self.store.setExpiryTimeout(-1)  # keeps its thread: the connection belongs to it
        self.side.setMaxThreadCount(2)
        self._lock, self._order = threading.Lock(), itertools.count()
        self._waiting: list[tuple[Rank, int, Job]] = []
        self._running = 0
        self._at_work: list[Job] = []
        """What runs on the store's thread now: the last one, within those that let it go first."""
        self._thread = 0
        self._turn = 0

    def next_turn(self) -> None:
        """Somebody came in: what is begun from here on is theirs. Called on the UI thread."""
        self._turn += 1

    @property
    def turn(self) -> int:
        """In which turn the work at hand was begun; elsewhere than on the store's thread the present one."""
        with self._lock:
            here = threading.get_ident() == self._thread and self._at_work
            return self._at_work[-1].turn if here else self._turn

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
        long: bool = False,
    ) -> Job:
        """Run store work; the callbacks run on the UI thread, and none once the owner is gone.

        Urgent work (a halt, a draft) goes before everything that waits, and before what
        runs at its next report; long work lets all other work go before it.
        """
        rank = Rank.URGENT if urgent else Rank.LONG if long else Rank.USUAL
        job = _wired(Job(work, self, owner, self._bug, rank), done, failed or self.unheard.emit, cancelled, progressed)
        job.between = self._let_others_go_first
        job.turn = self._turn
        with self._lock:
            heapq.heappush(self._waiting, (rank, next(self._order), job))
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
        job = _wired(Job(work, self, owner, self._bug), done, failed or self.unheard.emit, cancelled, progressed)
        self.side.start(lambda: _run(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether store work runs or waits."""
        with self._lock:
            return self._running > 0

    @property
    def works_long(self) -> bool:
        """Whether long work has begun and is not at its end."""
        with self._lock:
            return any(job.rank is Rank.LONG for job in self._at_work)

    @property
    def works_beneath(self) -> bool:
        """Whether the work at hand goes first within other work, which is not at its end and needs its desk."""
        with self._lock:
            return len(self._at_work) > 1

    def end_long_work(self) -> None:
        """Ask long work to stop at its next report, and what waits of it not to begin: the window closes."""
        with self._lock:
            waiting = [job for rank, _, job in self._waiting if rank is Rank.LONG]
            for job in (*self._at_work, *waiting):
                if job.rank is Rank.LONG:
                    job.cancel()

    def close(self, deadline_ms: int = 5000) -> bool:
        """Let running work end, within a deadline; what still waits is not begun. True where all ended."""
        with self._lock:
            self._waiting.clear()
        self.store.clear()
        self.side.clear()
        return self.store.waitForDone(deadline_ms) and self.side.waitForDone(deadline_ms)

    @Slot(object, object, object)
    def _pass_on(self, job: Job, done: int, total: int) -> None:
        if job.is_heard:
            job.progressed.emit(done, total)

    @Slot(object, str, tuple)
    def _announce(self, job: Job, ending: str, args: tuple[object, ...]) -> None:
        job.announce(ending, args)

    def _take(self) -> None:
        """On the store's thread: do the next piece of work, urgent ones first."""
        self._thread = threading.get_ident()
        self._do_next(before=None)

    def _let_others_go_first(self, job: Job) -> None:
        """At a report, on the store's thread alone: do what is more urgent, then let the work go on."""
        if threading.get_ident() == self._thread:
            while self._waiting and not job.is_to_stop and self._do_next(before=job.rank):
                pass

    def _do_next(self, before: Rank | None) -> bool:
        """Do the next piece of work, where there is one more urgent than `before`; True where it was done."""
        with self._lock:
            if not self._waiting or (before is not None and self._waiting[0][0] >= before):
                return False
            _, _, job = heapq.heappop(self._waiting)
            self._at_work.append(job)
        _run(job)
        self._done()
        return True

    def _done(self) -> None:
        with self._lock:
            self._at_work.pop()
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
    except RuntimeError:  # the pool went with the window while it ran: nobody is left to tell
        log.info("A job ended after the window closed")


def _wired(
    job: Job,
    done: Callable[[Any], object] | None,
    failed: Callable[[str], object] | None,
    cancelled: Callable[[], object] | None,
    progressed: Callable[[int, int], object] | None,
) -> Job:
    pairs = ((job.succeeded, done), (job.failed, failed), (job.cancelled, cancelled), (job.progressed, progressed))
    for signal, slot in pairs:
        if slot is not None:
            signal.connect(slot)
    return job
