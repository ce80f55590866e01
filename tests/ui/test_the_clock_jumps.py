"""The window says when the laptop's clock jumps, what the desk does about it, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from dsl_desk.clock import SystemClock
from dsl_desk.domain.desk_entries import ClockStepped
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.ui.widgets import Notice
from tests.desks import set_up_once, stage
from tests.services.scenes import concern
from tests.ui.opened import Hands, remember
from tests.ui.walk import walk

__all__ = ["set_up_once", "stage"]

HOME = "What is waiting for me"


class ShiftedClock:
    """The real clock, set forward or back by hand; its monotonic side goes on as it is."""

    def __init__(self) -> None:
        self._real, self.shift = SystemClock(), timedelta()

    def now(self) -> Moment:
        now = self._real.now()
        utc = now.utc + self.shift
        return replace(now, utc=utc, local=utc.astimezone(now.local.tzinfo))


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
def hands(qapp, theme, stage, clock):
    around = replace(stage.around, clock=clock)
    remember(around, stage.desk_folder)
    hands = Hands(qapp, around)
    hands.on("Unlock the desk")
    yield hands
    hands.close()


def come_in(hands, stage) -> None:
    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.on(HOME)


def said(hands) -> str:
    return " ".join(notice.words for notice in hands.page.findChildren(Notice) if notice.isVisible())


def test_a_clock_set_back_while_open_is_said_and_recorded(hands, stage, clock):
    come_in(hands, stage)
    clock.shift = timedelta(hours=-3)
    hands.window.idle.look()

    hands.until(lambda: "set back by 3 hours" in said(hands), "the words about the clock")
    assert "keeps its order" in said(hands)
    assert "put it right" in said(hands)
    assert not hands.window.is_locked
    assert walk(hands.window) == []

    kept, pool = list[ClockStepped](), hands.opened.pool

    def work(_):
        services = hands.opened.desk.desks.services()
        about = About(kind=SubjectKind.PUPIL)
        services.concern.begin(NewConcern(about=about, concern=concern(), people=(), triage=all_no(about.kind)))
        desk = services.book.desk
        rows = desk.records(desk.desk_strand)
        return [row.payload.data for row in rows if row.payload and isinstance(row.payload.data, ClockStepped)]

    pool.start(work, owner=hands.window, done=kept.extend, failed=pytest.fail)
    hands.quiet()
    assert [(step.forward, round(step.by_seconds / 60)) for step in kept] == [(False, 180)]


def test_a_small_correction_of_the_clock_says_nothing(hands, stage, clock):
    come_in(hands, stage)
    clock.shift = timedelta(seconds=-60)
    hands.window.idle.look()
    hands.quiet()
    assert "set back" not in said(hands)


def test_a_clock_set_ahead_locks_and_the_door_says_why(hands, stage, clock):
    come_in(hands, stage)
    clock.shift = timedelta(minutes=20)
    hands.window.idle.look()

    assert hands.window.is_locked
    assert "slept, or its clock was set ahead" in said(hands)
    assert walk(hands.window) == []
    hands.quiet()

    come_in(hands, stage)
    hands.key(Qt.Key.Key_F12)
    assert "slept" not in said(hands)


def test_who_comes_in_is_told_that_the_clock_is_behind_the_newest_record(hands, stage, clock):
    come_in(hands, stage)
    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    clock.shift = timedelta(days=-400)
    come_in(hands, stage)

    hands.until(lambda: "behind the newest record" in said(hands), "the words about the clock")
    assert "400 days" in said(hands)
