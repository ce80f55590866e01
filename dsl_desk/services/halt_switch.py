"""The stop that works at once: in memory, before anything is written.

A halt must not wait for a disk. Every long piece of work asks this switch between
chunks; the entry that makes the halt true for ever follows.
"""

import threading

from dsl_desk.domain.case_protecting import LAPTOP_STOPPED
from dsl_desk.domain.errors import HaltedError
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.services.ports import Progress


class HaltSwitch:
    """Which cases this process has stopped since it started; safe to ask from every thread."""

    def __init__(self) -> None:
        self._grades: dict[StrandId, Grade] = {}
        self._laptop: set[StrandId] = set()
        self._lock = threading.Lock()

    def stop(self, strand: StrandId, grade: Grade) -> None:
        """Stop a case now; a grade only ever rises here."""
        with self._lock:
            if grade.rank > self._grades.get(strand, Grade.OPEN).rank:
                self._grades[strand] = grade

    def settle(self, strand: StrandId, grade: Grade) -> None:
        """Take over the grade that the journal tells, after advice recorded by two was kept."""
        with self._lock:
            self._grades[strand] = grade

    def grade(self, strand: StrandId) -> Grade:
        """How far a case is stopped in memory; OPEN where nothing was stopped in this process."""
        with self._lock:
            return self._grades.get(strand, Grade.OPEN)

    def ask(self, strand: StrandId, limit: Grade | None = Grade.STOP_IMAGES) -> None:
        """Raise HaltedError where the case is stopped at `limit` or above; None is work that no stop ends."""
        if limit is not None and self.grade(strand).rank >= limit.rank:
            raise HaltedError

    def stop_laptop(self, strand: StrandId) -> None:
        """A stop on this very laptop: nothing more is written, printed or exported on it (flows section 4)."""
        with self._lock:
            self._laptop.add(strand)

    def laptop_runs_again(self, strand: StrandId) -> None:
        """Two people recorded why this laptop is used again."""
        with self._lock:
            self._laptop.discard(strand)

    @property
    def is_laptop_stopped(self) -> bool:
        """Whether this laptop shows the stop page and nothing else."""
        with self._lock:
            return bool(self._laptop)

    def ask_laptop(self) -> None:
        """Raise HaltedError while this laptop is stopped; a further stop and locking are always possible."""
        if self.is_laptop_stopped:
            raise HaltedError(LAPTOP_STOPPED)


class HaltableProgress:
    """Passes progress on, and ends long work of a stopped case at its next chunk."""

    def __init__(self, inner: Progress, switch: HaltSwitch, strand: StrandId, limit: Grade | None) -> None:
        self._inner, self._switch, self._strand, self._limit = inner, switch, strand, limit

    def report(self, done: int, total: int) -> None:
        """Report; raises HaltedError after a halt and Cancelled where the person stopped it."""
        self._switch.ask(self._strand, self._limit)
        self._inner.report(done, total)
