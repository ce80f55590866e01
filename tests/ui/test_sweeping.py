"""What is left of a page is destroyed on the window's thread, whichever thread makes objects meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from dsl_desk.ui.sweeping import EVERY_MS, Sweeper
from dsl_desk.window_app import _Opening

HERE = threading.get_ident


class Knot(QObject):
    """A part of the window that refers to itself, as a page does through its slots."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self


class Watch:
    """A stopwatch that goes on only where the test says so; in milliseconds."""

    def __init__(self) -> None:
        self.now, self._since = 0, -1

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return self._since >= 0

    def start(self) -> None:
        self._since = self.now

    def restart(self) -> int:
        took, self._since = self.now - self._since, self.now
        return took

    def hasExpired(self, rest: int) -> bool:  # noqa: N802 - Qt's name
        return self.now - self._since > rest


@pytest.fixture
def sweeper(qapp) -> Iterator[Sweeper]:
    gc.collect()
    made = Sweeper()
    yield made
    made.stop()
    assert gc.isenabled()


def left_lying() -> list[int]:
    """Leave a part of a page lying; gives the threads on which it was destroyed."""
    ended: list[int] = []
    weakref.finalize(Knot(), lambda: ended.append(HERE()))
    return ended


def work_beside(rounds: int = 200_000) -> int:
    """Let another thread make objects, as the store's does; gives which it was."""
    threads: list[int] = []

    def work() -> None:
        threads.append(HERE())
        for _ in range(rounds):
            knot: list[object] = []
            knot.append(knot)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    return threads[0]


def test_left_to_python_the_store_s_thread_destroys_what_is_left_of_a_page(qapp):
    gc.collect()
    ended = left_lying()
    other = work_beside()
    assert other != HERE()
    assert ended == [other]


def test_what_is_left_of_a_page_is_destroyed_on_the_window_s_thread(sweeper, qtbot):
    ended = left_lying()
    work_beside()
    assert ended == []
    qtbot.waitUntil(lambda: bool(ended), timeout=20 * EVERY_MS)
    assert ended == [HERE()]


def test_the_program_itself_is_not_looked_through_again_and_what_comes_after_it_is(sweeper, qtbot):
    stays = Knot()
    sweeper.spare_what_is_loaded()
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(stays) not in looked_through
    assert id(vars(gc)) not in looked_through
    ended = left_lying()
    work_beside()
    qtbot.waitUntil(lambda: bool(ended), timeout=20 * EVERY_MS)
    sweeper.stop()
    assert gc.get_freeze_count() == 0
    assert any(one is stays for one in gc.get_objects())


def test_what_a_long_job_leaves_lying_is_swept_while_it_runs(sweeper, qtbot):
    gone: list[int] = []
    go_on, most = threading.Event(), 30_000

    def work() -> None:
        while not go_on.wait(0.001):
            for _ in range(most // 100):
                knot = Mark()
                knot.myself = knot
                weakref.finalize(knot, lambda: gone.append(1))

    class Mark:
        myself: Mark | None = None

    worker = threading.Thread(target=work)
    worker.start()
    try:
        qtbot.waitUntil(lambda: len(gone) > most, timeout=20_000)
    finally:
        go_on.set()
        worker.join()


def test_everything_is_swept_at_last_and_then_not_for_a_hundred_times_as_long_as_it_took(sweeper, monkeypatch):
    swept: list[int] = []
    watch = Watch()

    def collect(generation: int = 2) -> None:
        swept.append(generation)
        watch.now += 20

    monkeypatch.setattr(sweeper, "_since", watch)
    monkeypatch.setattr(gc, "collect", collect)
    monkeypatch.setattr(gc, "get_count", lambda: (1000, 11, 11))
    sweeper.sweep()
    watch.now += 100 * 20
    sweeper.sweep()
    assert swept == [2, 1]
    watch.now += 1
    sweeper.sweep()
    assert swept == [2, 1, 2]
    monkeypatch.setattr(gc, "get_count", lambda: (1000, 1, 1))
    sweeper.sweep()
    monkeypatch.setattr(gc, "get_count", lambda: (10, 1, 1))
    sweeper.sweep()
    assert swept == [2, 1, 2, 0]
    monkeypatch.undo()


def test_the_program_sweeps_from_before_its_first_worker(qapp):
    opening = _Opening(qapp, None)
    try:
        assert not gc.isenabled()
        assert opening.sweeper.thread() is qapp.thread()
    finally:
        opening.sweeper.stop()
        opening.doorway.deleteLater()
        opening.deleteLater()
