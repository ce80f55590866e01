"""The desk locks by key, by being away, and after sleep; and comes back to the same place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from dsl_desk.ui.case.two_people import TwoProofs
from dsl_desk.ui.lock import IdleWatch
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import Button, LineEdit
from tests.ui.gallery import PAGES, STOPPED, HandClock, window


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def shell(qtbot, qapp, theme, clock) -> Iterator[MainWindow]:
    made = window(qapp, clock)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.show_page(PAGES["form"]())
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.keys.stop()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)],
    ids=["F12", "Ctrl+L"],
)
def test_a_key_locks_at_once(shell, qapp, key, modifier):
    page = shell.page
    told: list[bool] = []
    shell.locked.connect(lambda: told.append(page.isVisible()))

    QTest.keyClick(qapp.focusWindow(), key, modifier)

    assert told == [False]  # what hears it finds the page covered already
    assert shell.is_locked


def test_unlocking_comes_back_to_the_same_page_and_field(shell, qapp):
    page = shell.page
    field = next(box for box in page.findChildren(LineEdit) if box.text() == "EX-0007")
    field.setFocus()
    shell.lock_now()

    shell.unlocked("Pat Example, DSL")

    assert shell.page is page
    assert qapp.focusWidget() is field


def test_the_lock_reaches_over_an_open_dialog(shell, qtbot):
    dialog = QDialog(shell)
    dialog.open()
    shell.lock_now()

    assert shell.is_locked
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_page_asked_for_while_locked_waits_behind_the_lock(shell):
    shell.lock_now()
    later = PAGES["case"]()
    shell.show_page(later)
    assert not later.isVisible()

    shell.unlocked("Pat Example, DSL")

    assert shell.page is later


def test_a_passphrase_typed_before_the_lock_signs_nothing_after_it(shell):
    both = TwoProofs("Pat Example")
    shell.page.add(both)
    for field in (both.first, both.second):
        field.name.set_text("pat")
        field.passphrase.set_text("a made-up passphrase")
    both.code_one.set_text("A1: MADE-UP")

    shell.lock_now()
    shell.unlocked("Kit Specimen, Deputy")

    assert [field.typed.passphrase for field in (both.first, both.second)] == ["", ""]
    assert both.code_one.text() == ""
    assert both.second.typed.sign_in_name == "pat"


def test_what_is_told_while_locked_is_read_and_said_only_once_it_is_unlocked(shell, monkeypatch):
    spoken: list[str] = []
    monkeypatch.setattr("dsl_desk.ui.page.announce", lambda _page, words, **_how: spoken.append(words))
    page = shell.page
    shell.lock_now()
    shell.tell("MI-2026-AAAA: the pack is finished")
    assert shell.page._notice.words != "MI-2026-AAAA: the pack is finished"
    assert spoken == []

    shell.unlocked("Pat Example, DSL")

    assert page._notice.words == "MI-2026-AAAA: the pack is finished"
    assert spoken == ["MI-2026-AAAA: the pack is finished"]


@pytest.mark.parametrize("stays", [True, False])
def test_a_stop_that_is_kept_on_record_after_the_lock_does_not_lie_over_the_lock(shell, stays):
    shell.show_stopped(STOPPED)
    shell.lock_now()

    shell.show_stopped(replace(STOPPED, reference="MI-2026-AAAA", stays=stays))

    assert not shell.halt.is_up
    assert shell.page.isVisible()
    shell.unlocked("Pat Example, DSL")
    assert shell.halt.is_up is stays


def test_a_page_that_went_behind_the_lock_leads_home(shell, qtbot):
    page, places = shell.page, list[str]()
    shell.place_requested.connect(places.append)
    shell.lock_now()
    shell.tell("Saved.")
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))

    shell.unlocked("Pat Example, DSL")

    assert places == ["home"]


def test_what_is_told_while_locked_is_not_read_by_whoever_comes_to_another_page(shell):
    page = shell.page
    shell.lock_now()
    shell.tell("MI-2026-AAAA: the pack is finished")
    home = PAGES["case"]()
    shell.show_page(home)

    shell.unlocked("Kit Specimen, Deputy")

    assert shell.page is home
    assert not home._notice.words
    assert not page._notice.words


def watch(clock: HandClock) -> tuple[IdleWatch, list[str]]:
    idle, told = IdleWatch(clock, after_s=60, warning_s=30), list[str]()
    idle.warned.connect(lambda left: told.append(f"warned {left}"))
    idle.calmed.connect(lambda: told.append("calmed"))
    idle.due.connect(lambda: told.append("due"))
    idle.start()
    return idle, told


def go(idle: IdleWatch, clock: HandClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.go(1)
        idle.look()


def test_being_away_warns_thirty_seconds_and_then_locks(qapp, clock):
    idle, told = watch(clock)
    go(idle, clock, 29)
    assert told == []
    go(idle, clock, 1)
    assert told == ["warned 30"]
    go(idle, clock, 30)
    assert told[-1] == "due"
    assert not idle.running


def test_any_key_takes_the_warning_away(qapp, clock):
    idle, told = watch(clock)
    go(idle, clock, 40)
    idle.touch()
    assert told[-1] == "calmed"
    go(idle, clock, 29)
    assert told[-1] == "calmed"
    idle.stop()


@pytest.mark.parametrize("asleep", [True, False], ids=["suspended", "clock-set-forward-or-stalled"])
def test_a_jump_of_the_clock_locks_at_once_even_with_a_key_after_it(qapp, clock, asleep):
    idle, told = watch(clock)
    go(idle, clock, 3)
    clock.go(600, asleep=asleep)
    idle.touch()
    idle.look()

    assert told == ["due"]


def test_a_clock_set_back_does_not_keep_the_desk_open(qapp, clock):
    idle, told = watch(clock)
    clock.go(1)
    clock.wall = clock.wall.replace(hour=3)
    idle.look()
    go(idle, clock, 59)

    assert told[-1] == "due"


def test_the_warning_is_shown_and_a_key_in_the_window_takes_it_away(shell, clock, qapp):
    for _ in range(280):
        clock.go(1)
        shell.idle.look()
    assert shell._warning.isVisible()

    QTest.keyClick(qapp.focusWindow(), Qt.Key.Key_Down)

    assert not shell._warning.isVisible()
    assert not shell.is_locked


def test_a_button_pressed_by_a_screen_reader_takes_the_warning_away(shell, clock, qtbot):
    """It comes as neither key nor mouse: who used the desk by such actions alone was locked out while at work."""
    button = next(one for one in shell.page.findChildren(Button) if one.isVisible() and one.isEnabled())
    pressed: list[bool] = []
    button.clicked.disconnect()
    button.clicked.connect(lambda: pressed.append(True))
    for _ in range(280):
        clock.go(1)
        shell.idle.look()
    assert shell._warning.isVisible()

    offered = QAccessible.queryAccessibleInterface(button).actionInterface()
    offered.doAction(QAccessibleActionInterface.pressAction())
    qtbot.waitUntil(lambda: bool(pressed))

    assert not shell._warning.isVisible()
    assert not shell.is_locked


@pytest.mark.parametrize(("words", "there"), [("dictated words", True), ("", False)])
def test_dictated_words_take_the_warning_away_and_an_empty_answer_of_the_system_does_not(shell, clock, words, there):
    field = shell.page.findChildren(LineEdit)[0]
    for _ in range(280):
        clock.go(1)
        shell.idle.look()

    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)

    assert shell._warning.isVisible() is not there


def touched(window: QWindow) -> None:
    finger = QTest.touchEvent(window, QTest.createTouchDevice())
    finger.press(0, QPoint(5, 5), window)
    finger.commit()


@pytest.mark.parametrize(
    "does",
    [
        lambda window: QTest.keyPress(window, Qt.Key.Key_Down),
        lambda window: QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
        lambda window: QTest.mouseMove(window, QPoint(7, 9)),
        lambda window: QTest.wheelEvent(window, QPoint(5, 5), QPoint(0, 120)),
        touched,
    ],
    ids=["key", "mouse", "mouse-moved", "wheel", "touch"],
)
def test_every_way_to_be_there_is_seen_as_the_system_sends_it(shell, qapp, does):
    seen: list[bool] = []
    shell.keys.alive.connect(lambda: seen.append(True))

    does(shell.windowHandle())
    qapp.processEvents()

    assert seen


def test_being_away_locks_the_window(shell, clock):
    for _ in range(300):
        clock.go(1)
        shell.idle.look()
    QApplication.processEvents()

    assert shell.is_locked
