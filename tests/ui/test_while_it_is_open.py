"""What happens around an open window: colours switched, a screen unplugged, the lock falling over a dialog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu
from shiboken6 import isValid

from dsl_desk.ui.halt import HaltState
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance
from dsl_desk.ui.tokens import AQUATIC
from dsl_desk.ui.widgets import LineEdit, TextArea, ask_file
from dsl_desk.window_app import screens
from dsl_desk.window_app.screens import Screens, in_sight, within
from tests.ui.gallery import PAGES, STOPPED, HandClock, window
from tests.ui.walk import walk


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


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def away(shell: MainWindow, clock: HandClock, seconds: int = 300) -> None:
    """Nobody touches anything for so long."""
    for _ in range(seconds):
        clock.go(1)
        shell.idle.look()
    settle()


# -- the lock falls while something is open


def a_dialog(shell) -> QDialog:
    dialog = QDialog(shell)
    dialog.open()
    return dialog


def a_chain_of_dialogs(shell) -> QDialog:
    first = QDialog(shell)
    first.open()
    second = QInputDialog(first)
    second.open()
    return second


def a_file_chooser(shell) -> QDialog:
    ask_file(shell.page, "Choose", on_picked=lambda _: pytest.fail("something was picked"))
    return next(found for found in QApplication.topLevelWidgets() if isinstance(found, QFileDialog))


@pytest.mark.parametrize("opened", [a_dialog, a_chain_of_dialogs, a_file_chooser], ids=lambda made: made.__name__)
def test_being_away_locks_over_what_is_open_and_accepts_nothing(shell, clock, opened):
    dialog = opened(shell)
    settle()
    assert dialog.isVisible()
    away(shell, clock)

    assert shell.is_locked
    if isValid(dialog):  # a file chooser is taken down as soon as it is rejected
        assert not dialog.isVisible()
        assert dialog.result() == QDialog.DialogCode.Rejected
    assert QApplication.activeModalWidget() is None
    assert walk(shell) == []


def test_being_away_closes_a_menu(shell, clock):
    menu = QMenu(shell)
    menu.addAction("One")
    QTimer.singleShot(0, menu, lambda: menu.popup(shell.rect().center()))
    settle()
    away(shell, clock)

    assert shell.is_locked
    assert not menu.isVisible()


def test_a_dialog_that_opens_behind_the_lock_is_put_away(shell, clock):
    away(shell, clock)
    dialog = a_dialog(shell)
    settle()

    assert not dialog.isVisible()


def test_a_stop_that_stands_when_the_lock_falls_stands_again_after_it(shell, clock):
    from dataclasses import replace

    shell.show_stopped(replace(STOPPED, stays=True))
    away(shell, clock)
    assert shell.is_locked

    shell.unlocked("Pat Example, DSL")
    assert shell.halt.state is HaltState.STOPPED


# -- colours and contrast switched while it is open


@pytest.mark.parametrize("dress", [Appearance.DARK, Appearance.CONTRAST], ids=lambda dress: dress.value)
def test_a_switch_of_colours_leaves_words_cursor_and_focus_where_they_are(shell, qapp, theme, dress):
    field = shell.page.findChildren(LineEdit)[0]
    field.setText("half a word")
    field.setCursorPosition(4)
    field.setFocus()
    theme.set_appearance(dress, AQUATIC)
    settle()

    assert field.text() == "half a word"
    assert field.cursorPosition() == 4
    assert qapp.focusWidget() is field
    assert walk(shell) == []


def test_a_switch_of_colours_keeps_what_can_be_undone(shell, theme):
    area = TextArea(3)
    shell.page.add(area)
    settle()
    area.setFocus()
    area.insertPlainText("first ")
    theme.set_appearance(Appearance.DARK)
    settle()
    area.insertPlainText("second")
    area.undo()
    area.undo()

    assert area.toPlainText() == ""


@pytest.mark.parametrize("stands", ["stopped", "asking", "locked", "dialog"])
def test_a_switch_of_colours_uncovers_nothing(shell, theme, stands):
    page = shell.page
    if stands == "stopped":
        shell.show_stopped(STOPPED)
    elif stands == "asking":
        shell.halt_now()
    elif stands == "locked":
        shell.lock_now()
    else:
        a_dialog(shell)
    before = (shell.is_locked, shell.halt.is_up, page.isVisible())
    theme.set_appearance(Appearance.DARK)
    settle()

    assert (shell.is_locked, shell.halt.is_up, page.isVisible()) == before


# -- a screen is unplugged

LAPTOP, BESIDE = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("stood", "left", "stands"),
    [
        (QRect(100, 50, 1200, 600), [LAPTOP, BESIDE], QRect(100, 50, 1200, 600)),
        (QRect(1500, 100, 1200, 600), [LAPTOP], QRect(166, 100, 1200, 600)),
        (QRect(1500, 100, 1900, 1000), [LAPTOP], QRect(0, 0, 1366, 728)),
        (QRect(-3000, -900, 800, 500), [LAPTOP], QRect(0, 0, 800, 500)),
        (QRect(1000, 100, 700, 500), [LAPTOP], QRect(1000, 100, 700, 500)),
    ],
    ids=["in-sight", "on-the-screen-that-went", "too-large-for-what-is-left", "far-away", "mostly-in-sight"],
)
def test_a_window_is_brought_to_where_it_can_be_seen(stood, left, stands):
    assert in_sight(stood, left) == stands


@pytest.mark.parametrize(
    ("frame", "room", "stands"),
    [
        (QRect(10, 20, 1200, 600), LAPTOP, QRect(10, 20, 1200, 600)),
        (QRect(200, 100, 1366, 768), LAPTOP, QRect(0, 0, 1366, 728)),
        (QRect(60, 40, 1366, 768), QRect(0, 0, 1280, 680), QRect(0, 0, 1280, 680)),
        (QRect(300, 300, 900, 500), QRect(0, 32, 1280, 688), QRect(300, 220, 900, 500)),
        (QRect(1500, -10, 900, 500), BESIDE, QRect(1500, 0, 900, 500)),
    ],
)
def test_a_window_opens_whole_within_its_screen(frame, room, stands):
    assert within(frame, room) == stands
    assert room.contains(within(frame, room))


@pytest.mark.parametrize("room", [LAPTOP, QRect(0, 32, 1280, 688)])
def test_no_edge_of_the_window_hangs_out_once_it_is_shown_or_made_smaller_again(shell, qapp, qtbot, monkeypatch, room):
    made = Screens(qapp, shell)
    monkeypatch.setattr(screens, "room_for", lambda _: room)
    shell.hide()
    shell.setGeometry(200, 150, 1366, 768)
    shell.show()
    qtbot.waitUntil(lambda: room.contains(shell.frameGeometry()))

    shell.showMaximized()
    shell.showNormal()
    shell.setGeometry(QRect(500, 300, 1000, 640))
    qtbot.waitUntil(lambda: not shell.isMaximized() and room.contains(shell.frameGeometry()))
    assert made.parent() is shell


def test_an_unplugged_screen_brings_the_window_back_with_everything_typed(shell, qapp):
    watch = Screens(qapp, shell)
    field = shell.page.findChildren(LineEdit)[0]
    field.setText("half a word")
    shell.setGeometry(9_000, 9_000, 900, 600)
    qapp.screenRemoved.emit(qapp.primaryScreen())
    settle()

    assert qapp.primaryScreen().availableGeometry().contains(shell.geometry().center())
    assert field.text() == "half a word"
    assert watch.parent() is shell


def test_halt_and_lock_work_right_after_a_screen_went(shell, qapp):
    from PySide6.QtTest import QTest

    watch = Screens(qapp, shell)
    shell.setGeometry(9_000, 9_000, 900, 600)
    watch.bring_back()
    settle()
    QTest.keyClick(qapp.focusWindow(), Qt.Key.Key_F12)

    assert shell.is_locked
    assert walk(shell) == []
