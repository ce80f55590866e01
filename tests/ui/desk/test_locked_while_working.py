"""A lock covers at once; what was begun is finished behind it, and whoever locked it may come back meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.words import Grade
from dsl_desk.services.entrance import Entered
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.jobs import JobPool
from dsl_desk.window_app.desks import STILL_AT_WORK, Desks
from tests.ui.opened import remember


class LongWork:
    """A pack that goes on reporting until it is told to end."""

    def __init__(self) -> None:
        self.begun, self.end = threading.Event(), threading.Event()

    def __call__(self, job) -> None:
        while not self.end.is_set():
            job.report(1, 2)
            self.begun.set()


class Door:
    """The desk and its store thread, as the window has them, with everything asked for from here."""

    def __init__(self, qtbot, stage) -> None:
        remember(stage.around, stage.desk_folder)
        self._qtbot, self._stage = qtbot, stage
        self.page = QObject()
        self.pool = JobPool()
        self.desks = Desks(stage.around)
        self.desks.works_on, self.desks.turn = lambda: self.pool.works_beneath, lambda: self.pool.turn
        self.ask(self.desks.remembered)

    def ask(self, work, **how) -> list[object]:
        """Do it on the store's thread; gives what came of it, an error as its words."""
        came: list[object] = []
        self.pool.start(lambda _: work(), owner=self.page, done=came.append, failed=came.append, **how)
        self._qtbot.waitUntil(lambda: bool(came))
        return came

    def unlock(self, name: str, passphrase: str = "") -> object:
        secret = self._stage.cast.secret(name)
        typed = Typed(sign_in_name=secret.sign_in_name, passphrase=passphrase or secret.passphrase)
        came = self.ask(lambda: self.desks.unlock(typed), urgent=True)[0]
        if isinstance(came, Entered):
            self.pool.next_turn()  # as the window does when it hears who came in
        return came

    def lock(self) -> None:
        lock = self.desks.locked()
        self.pool.start(lambda _: self.desks.shut(lock), owner=self.page, long=True)

    def is_open(self) -> bool:
        """Whether there are services for somebody."""

        def look() -> bool:
            try:
                self.desks.services()
            except DslDeskError:
                return False
            return True

        return self.ask(look) == [True]

    def idle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.pool.busy)


@pytest.fixture
def door(qtbot, stage) -> Iterator[Door]:
    made = Door(qtbot, stage)
    yield made
    made.pool.end_long_work()
    made.ask(made.desks.shut)
    made.idle()
    assert made.pool.close()


def test_who_locked_it_comes_back_while_a_pack_is_written_and_the_desk_stays_open(door):
    came = door.unlock("dsl")
    services, work = door.desks.services(), LongWork()
    door.pool.start(work, owner=door.page, long=True)
    assert work.begun.wait(60)
    door.lock()

    assert door.is_open(), "the pack needs the desk"
    assert "do not fit together" in str(door.unlock("dsl", "another passphrase altogether"))
    assert door.unlock("deputy") == STILL_AT_WORK
    assert door.unlock("dsl").account == came.account
    work.end.set()
    door.idle()

    assert door.is_open()
    assert door.desks.services() is services


def test_somebody_else_comes_in_at_once_though_a_reading_that_was_cancelled_has_not_ended(door, stage, qtbot):
    door.unlock("dsl")
    begun, go_on = threading.Event(), threading.Event()

    def reading(job) -> None:
        begun.set()
        go_on.wait(60)
        job.report(1, 2)

    job = door.pool.start(reading, owner=door.page, long=True)
    assert begun.wait(60)
    job.cancel()  # as the window does when it locks
    door.lock()
    secret, came = stage.cast.secret("deputy"), list[object]()
    typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    door.pool.start(
        lambda _: door.desks.unlock(typed), owner=door.page, urgent=True, done=came.append, failed=came.append
    )
    go_on.set()
    qtbot.waitUntil(lambda: bool(came))

    assert isinstance(came[0], Entered), came[0]
    door.pool.next_turn()
    door.idle()
    assert door.is_open()


def test_nobody_came_back_so_the_desk_is_shut_when_the_pack_is_done(door):
    door.unlock("dsl")
    work = LongWork()
    door.pool.start(work, owner=door.page, long=True)
    assert work.begun.wait(60)
    door.lock()
    work.end.set()
    door.idle()

    assert not door.is_open()
    assert door.unlock("deputy").account == door._stage.accounts["deputy"]
    assert door.is_open()


def test_a_stop_is_recorded_while_a_pack_is_written(door):
    door.unlock("dsl")
    services, work = door.desks.services(), LongWork()
    door.pool.start(work, owner=door.page, long=True)
    assert work.begun.wait(60)
    before = services.desk.head().seq

    kept = door.ask(lambda: services.stop_at_once.stop(None, Grade.STOP_IMAGES), urgent=True)[0]

    assert door.pool.works_long, "it did not wait for the pack"
    assert services.desk.head().seq > before
    assert kept.reference
    work.end.set()
    door.idle()


def test_a_lock_that_was_overtaken_does_not_shut_the_desk_of_who_came_in_next(door):
    door.unlock("dsl")
    held = threading.Event()
    door.pool.start(lambda _: held.wait(60), owner=door.page)
    door.lock()
    came: list[object] = []
    secret = door._stage.cast.secret("deputy")
    typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    door.pool.start(
        lambda _: door.desks.unlock(typed), owner=door.page, done=came.append, failed=came.append, urgent=True
    )
    held.set()
    door.idle()
    door.pool.next_turn()

    assert door.is_open()
    assert door.desks.services().desk.me.account == door._stage.accounts["deputy"]


def test_what_somebody_began_before_they_left_is_never_done_as_the_next_person(door):
    """An act that waits goes behind an unlocking: it must not be recorded under whoever came in."""
    door.unlock("dsl")
    held, begun = threading.Event(), threading.Event()

    def other_work(_: object) -> None:
        begun.set()
        held.wait(60)

    door.pool.start(other_work, owner=door.page)
    assert begun.wait(60)
    acted: list[object] = []
    door.pool.start(
        lambda _: door.desks.services().book.me().account, owner=door.page, done=acted.append, failed=acted.append
    )
    door.lock()
    came: list[object] = []
    secret = door._stage.cast.secret("deputy")
    typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    door.pool.start(
        lambda _: door.desks.unlock(typed), owner=door.page, done=came.append, failed=came.append, urgent=True
    )
    held.set()
    door.idle()
    door._qtbot.waitUntil(lambda: bool(acted) and bool(came))

    assert acted == ["Somebody else signed in before this was done. Nothing was changed."]
    door.pool.next_turn()
    assert door.ask(lambda: door.desks.services().book.me().account) == [door._stage.accounts["deputy"]]


def test_what_somebody_began_is_done_when_they_come_back_themselves(door):
    door.unlock("dsl")
    door.lock()
    door.idle()
    door.unlock("dsl")
    assert door.ask(lambda: door.desks.services().book.me().account) == [door._stage.accounts["dsl"]]


def test_usual_work_that_lets_an_unlocking_go_first_keeps_its_desk(door):
    """A form being set, a preview: short, but it reports; an unlocking in its midst must not shut the desk under it."""
    door.unlock("dsl")
    services, work = door.desks.services(), LongWork()
    ended: list[object] = []
    door.pool.start(work, owner=door.page, done=ended.append, failed=ended.append)
    assert work.begun.wait(60)
    door.lock()
    assert door.unlock("deputy") == STILL_AT_WORK
    assert door.unlock("dsl").account == door._stage.accounts["dsl"]
    work.end.set()
    door.idle()
    assert door.desks.services() is services
