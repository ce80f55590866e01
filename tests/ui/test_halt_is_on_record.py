"""The stop in the real window on a real desk: on the screen at once, on record within a second, whatever runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from dsl_desk.domain.errors import HaltedError
from dsl_desk.domain.words import Grade
from dsl_desk.services.halt_switch import HaltableProgress
from dsl_desk.services.stop_at_once import StopKept
from dsl_desk.ui.halt import HaltState
from tests.desks import set_up_once, stage
from tests.ui.case.test_case_place import begun
from tests.ui.halts import allowed_s, over, spent_s
from tests.ui.opened import Hands, remember

__all__ = ["set_up_once", "stage"]
BUTTONS = {Grade.STOP_IMAGES: "_pictures", Grade.POLICE_FIRST: "_other"}


@pytest.fixture
def hands(qapp, theme, stage):
    remember(stage.around, stage.desk_folder)
    hands = Hands(qapp, stage.around)
    hands.on("Unlock the desk")
    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.on("What is waiting for me")
    yield hands
    hands.close()


def shown(hands: Hands) -> HaltState:
    return hands.window.halt.state


def stop(hands: Hands, grade: Grade) -> float:
    """One key and one confirmation; gives how long it was until the page said STOPPED."""
    began = spent_s()
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F8)
    assert shown(hands) is HaltState.ASKING
    assert not hands.page.isVisible()
    assert over() is None
    QTest.mouseClick(getattr(hands.window.halt, BUTTONS[grade]), Qt.MouseButton.LeftButton)
    assert shown(hands) is HaltState.STOPPED
    return spent_s() - began


@pytest.mark.parametrize("grade", BUTTONS)
def test_a_stop_of_the_case_that_is_open_is_on_record(hands, grade):
    strand = hands.ask(begun)
    hands.opened.desk._on_case(strand)
    hands.comes("MI-")
    kept: list[object] = []
    hands.opened.desk.halting.kept.connect(kept.append)

    assert stop(hands, grade) < allowed_s()

    hands.until(lambda: bool(kept), "the entry")
    assert hands.ask(lambda desk: desk.book.load(strand)).grade is grade
    assert hands.window.halt.standing.reference.startswith("MI-")


def test_a_stop_is_of_the_case_in_sight_also_where_somebody_left_while_it_was_read(hands):
    strand = hands.ask(begun)
    hands.opened.desk._on_case(strand)
    hands.opened.desk._go_home()
    hands.comes("MI-")
    kept: list[StopKept] = []
    hands.opened.desk.halting.kept.connect(kept.append)

    stop(hands, Grade.POLICE_FIRST)

    hands.until(lambda: bool(kept), "the entry")
    assert kept[0].strand == strand


def test_a_stop_from_home_begins_a_case(hands):
    kept: list[StopKept] = []
    hands.opened.desk.halting.kept.connect(kept.append)

    assert stop(hands, Grade.STOP_IMAGES) < allowed_s()

    hands.until(lambda: bool(kept), "the entry")
    assert hands.ask(lambda desk: desk.book.load(kept[0].strand)).grade is Grade.STOP_IMAGES


def test_a_pack_that_is_being_written_ends_and_the_entry_does_not_wait_for_it(hands):
    strand = hands.ask(begun)
    hands.opened.desk._on_case(strand)
    hands.comes("MI-")
    ended: list[str] = []
    kept: list[object] = []
    hands.opened.desk.halting.kept.connect(kept.append)

    def write_for_minutes(progress):
        asked = HaltableProgress(progress, hands.opened.desk.desks.switch, strand, Grade.STOP_IMAGES)
        for done in range(10**9):
            asked.report(done, 10**9)

    job = hands.opened.pool.start(write_for_minutes, owner=hands, long=True, failed=ended.append)
    began = spent_s()
    assert stop(hands, Grade.STOP_IMAGES) < allowed_s()
    hands.until(lambda: bool(kept) and bool(ended), "the entry, and the end of the pack")

    assert spent_s() - began < 2 * allowed_s()
    assert isinstance(job.error, HaltedError)
    assert hands.ask(lambda desk: desk.book.load(strand)).grade is Grade.STOP_IMAGES


def test_over_the_chooser_of_a_page_no_file_is_taken(hands):
    hands.press("Back up")
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "the chooser")
    chooser = QApplication.activeModalWidget()
    assert chooser is not None
    hands.until(lambda: QApplication.focusWindow() is chooser.windowHandle(), "the focus in the chooser")

    assert stop(hands, Grade.POLICE_FIRST) < allowed_s()

    assert [one for one in hands.window.findChildren(QFileDialog) if one.isVisible()] == []
