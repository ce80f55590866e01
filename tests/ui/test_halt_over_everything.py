"""One key covers everything, from everywhere; two buttons, none preset; nothing of an open dialog is accepted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QMessageBox, QVBoxLayout, QWidget

from dsl_desk.domain.words import Grade
from dsl_desk.ui.halt import HaltState, Stopped
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import Dropdown, LineEdit, TextArea, ask_file
from tests.ui.gallery import PAGES, STOPPED, window

PATIENCE_MS = 60_000
KEYS = {
    "F8": (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    "Shift+Esc": (Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier),
}


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.show_page(PAGES["home"]())
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.keys.stop()


def press(key: str = "F8") -> None:
    """As the keyboard does it: to the window that has the focus."""
    target = QApplication.focusWindow()
    assert target is not None, "no window has the focus: no key can be pressed"
    QTest.keyClick(target, *KEYS[key])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", PAGES)
def test_one_key_covers_every_page_at_once(shell, name, key):
    shell.show_page(PAGES[name]())
    shell.set_person("Pat Example, DSL")
    covered: list[bool] = []
    shell.halt.covered.connect(lambda: covered.append(shell.page is not None and shell.page.isVisible()))
    started = time.process_time()

    press(key)

    assert covered == [False]  # what hears it first finds the content covered already
    assert time.process_time() - started < 0.5
    assert shell.halt.state is HaltState.ASKING


def test_nothing_is_preset_and_no_habit_does_anything(shell, qapp):
    press()
    chosen: list[Grade] = []
    shell.halt.chosen.connect(chosen.append)

    assert qapp.focusWidget() is shell.halt
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_F8):
        QTest.keyClick(qapp.focusWindow(), key)

    assert chosen == []
    assert shell.halt.state is HaltState.ASKING


@pytest.mark.parametrize(("key", "grade"), [(Qt.Key.Key_1, Grade.STOP_IMAGES), (Qt.Key.Key_2, Grade.POLICE_FIRST)])
def test_the_numbers_on_the_two_answers_choose_them(shell, qapp, key, grade):
    chosen: list[Grade] = []
    shell.halt.chosen.connect(chosen.append)
    QTest.keyClick(qapp.focusWindow(), key)
    assert chosen == []  # nothing is asked yet

    press()
    QTest.keyClick(qapp.focusWindow(), key, Qt.KeyboardModifier.ControlModifier)
    assert chosen == []
    QTest.keyClick(qapp.focusWindow(), key)

    assert chosen == [grade]


@pytest.mark.parametrize(("button", "grade"), [("_pictures", Grade.STOP_IMAGES), ("_other", Grade.POLICE_FIRST)])
def test_each_button_chooses_its_grade(shell, qtbot, button, grade):
    press()
    with qtbot.waitSignal(shell.halt.chosen) as told:
        qtbot.mouseClick(getattr(shell.halt, button), Qt.MouseButton.LeftButton)

    assert told.args == [grade]


def test_going_back_records_nothing_and_leaves_the_content_covered(shell, qtbot):
    chosen: list[Grade] = []
    shell.halt.chosen.connect(chosen.append)
    press()

    qtbot.mouseClick(shell.halt._back, Qt.MouseButton.LeftButton)
    assert chosen == []
    assert not shell.page.isVisible()

    qtbot.mouseClick(shell.halt._uncover, Qt.MouseButton.LeftButton)
    assert shell.page.isVisible()
    assert chosen == []


def over() -> QWidget | None:
    """What lies over the window just now."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def hears_keys(lying: QWidget) -> bool:
    """Whether a key that is pressed now goes to it: a dialog is in sight a moment before it has the focus.

    In that moment the focus is still in the window below, and Qt drops keys of a window that a dialog blocks; a test
    that pressed its one key then used to wait for ever. Real window systems hand such a key to the dialog.
    """
    return isinstance(lying, QMenu) or QApplication.focusWindow() is lying.windowHandle()


def run_over(open_it: Callable[[], object], *, when: Callable[[], bool] = lambda: True) -> None:
    """Open something that runs its own event loop, and press the halt key once it is there.

    Fails with a sentence where that never comes to be, or where the key does not end it; never waits for ever.
    """
    clock, patience, late = QTimer(), QTimer(), list[str]()

    def press_once_open() -> None:
        lying = over()
        if lying is not None and lying.isVisible() and hears_keys(lying) and when():
            clock.stop()
            press()

    def give_up() -> None:
        clock.stop()
        shown = [type(top).__name__ for top in QApplication.topLevelWidgets() if top.isVisible()]
        late.append(f"over the window: {over()}; the focus is in {QApplication.focusWindow()}; shown: {shown}")
        while (lying := over()) is not None and lying.isVisible():
            QDialog.reject(lying) if isinstance(lying, QDialog) else lying.close()
            lying.hide()

    clock.timeout.connect(press_once_open)
    patience.timeout.connect(give_up)
    patience.start(PATIENCE_MS)
    clock.start(10)
    open_it()
    clock.stop()
    patience.stop()
    assert late == [], "the halt key did not end what was open"


def test_over_a_modal_dialog_which_is_rejected(shell):
    dialog = QDialog(shell)
    QVBoxLayout(dialog).addWidget(QLineEdit())
    results: list[int] = []
    run_over(lambda: results.append(dialog.exec()))

    assert results == [QDialog.DialogCode.Rejected]
    assert shell.halt.state is HaltState.ASKING
    assert not dialog.isVisible()


def test_over_a_dialog_that_refuses_to_be_rejected(shell):
    class Stubborn(QDialog):
        def reject(self) -> None:
            """Not by habit."""

    dialog = Stubborn(shell)
    run_over(dialog.exec)

    assert not dialog.isVisible()
    assert shell.halt.state is HaltState.ASKING


def test_over_dialogs_within_dialogs(shell):
    outer, inner = QDialog(shell), QMessageBox(shell)
    inner.setText("Words")
    QTimer.singleShot(0, inner.exec)
    run_over(outer.exec, when=inner.isVisible)

    assert not outer.isVisible()
    assert not inner.isVisible()


def test_the_next_dialog_of_a_chain_is_put_away_too(shell, qtbot):
    first, second = QDialog(shell), QDialog(shell)
    run_over(first.exec)

    second.open()  # what the code after the first one would have done
    qtbot.waitUntil(lambda: not second.isVisible())

    assert shell.halt.state is HaltState.ASKING


def test_over_a_menu(shell):
    menu = QMenu(shell)
    menu.addAction("Something")
    run_over(lambda: menu.exec(shell.mapToGlobal(shell.rect().center())))

    assert not menu.isVisible()
    assert shell.halt.state is HaltState.ASKING


def test_over_a_list_that_is_folded_out_and_nothing_is_chosen(shell, qtbot):
    page = PAGES["form"]()
    box = Dropdown([("", "Choose…"), ("one", "The first"), ("two", "The second")], name="Made-up list")
    page.add(box)
    shell.show_page(page)
    box.setFocus()
    box.showPopup()
    qtbot.waitUntil(lambda: over() is not None)
    folded_out = over()
    assert folded_out is not None
    QTest.keyClick(folded_out, Qt.Key.Key_Down)
    press()

    qtbot.waitUntil(lambda: over() is None)
    assert box.key == ""
    assert shell.halt.state is HaltState.ASKING


def test_over_the_menu_of_a_field(shell):
    page = PAGES["form"]()
    shell.show_page(page)
    line = page.findChildren(LineEdit)[0]
    line.setText("words")
    line.setFocus()
    line.selectAll()
    menu = line.createStandardContextMenu()
    run_over(lambda: menu.exec(line.mapToGlobal(line.rect().center())))

    assert not menu.isVisible()
    assert line.text() == "words"
    assert shell.halt.state is HaltState.ASKING


def test_over_a_menu_within_a_menu(shell):
    menu = QMenu(shell)
    inner = menu.addMenu("More")
    inner.addAction("Something")

    def fold_out() -> None:
        menu.setActiveAction(inner.menuAction())
        QTest.keyClick(menu, Qt.Key.Key_Right)

    QTimer.singleShot(0, fold_out)
    run_over(lambda: menu.exec(shell.mapToGlobal(shell.rect().center())), when=inner.isVisible)

    assert not menu.isVisible()
    assert not inner.isVisible()


def test_over_the_file_chooser_and_no_file_is_taken(shell, tmp_path, qtbot):
    (tmp_path / "made-up.txt").write_text("words")
    picked: list[Path] = []
    chooser = ask_file(shell, "Choose a made-up file", on_picked=picked.append, start=tmp_path)
    assert isinstance(chooser, QFileDialog)
    qtbot.waitUntil(lambda: QApplication.focusWindow() is chooser.windowHandle())

    press()

    qtbot.waitUntil(lambda: shell.halt.state is HaltState.ASKING)
    assert QApplication.activeModalWidget() is None
    assert picked == []


@pytest.mark.parametrize("editor", [LineEdit, TextArea])
def test_while_typing(shell, editor, qapp, qtbot):
    page = PAGES["form"]()
    box = editor()
    box.setAccessibleName("Words")
    page.add(box)
    shell.show_page(page)
    box.setFocus()
    qtbot.keyClicks(box, "abc")

    press("Shift+Esc")

    assert shell.halt.state is HaltState.ASKING
    assert box.text() == "abc"


def test_while_locked_there_is_only_the_page_with_999_and_101(shell, qtbot):
    shell.lock_now()
    asked: list[Grade] = []
    shell.halt.chosen.connect(asked.append)
    press()

    assert shell.halt.state is HaltState.LOCKED
    qtbot.mouseClick(shell.halt._ring, Qt.MouseButton.LeftButton)
    words = " ".join(step.words for step in shell.halt._steps.steps)
    assert "999" in words
    assert "101" in words
    assert asked == []

    qtbot.mouseClick(shell.halt._away, Qt.MouseButton.LeftButton)
    assert shell.is_locked
    assert shell.page.isVisible()


def test_the_stop_page_has_no_way_on_but_numbers_and_lock(shell):
    shell.show_stopped(STOPPED)

    shown = [b for b in (shell.halt._ring, shell.halt._lock, shell.halt._back, shell.halt._uncover, shell.halt._away,
                         shell.halt._pictures, shell.halt._other) if b.isVisible()]  # fmt: skip
    assert shown == [shell.halt._ring, shell.halt._lock]
    assert "STOPPED at 14:02." in shell.halt.accessibleName()


def test_every_number_stands_once_on_the_stop_page(shell):
    shell.halt.set_numbers([("Emergency", "999"), ("Police", "101"), ("LADO", "01632 960777")])
    shell.show_stopped(STOPPED)
    shell.halt._on_ring()

    told = [step.words.rpartition(": ")[2] for step in shell.halt._steps.steps]
    assert told == ["999", "101", "01632 960777"]


@pytest.mark.parametrize(
    ("grade", "first"), [(Grade.STOP_IMAGES, "Do not look again."), (Grade.POLICE_FIRST, "Keep what")]
)
def test_each_grade_has_its_own_steps(shell, grade, first):
    shell.show_stopped(Stopped(grade=grade, time="14:02"))

    assert shell.halt._steps.steps[0].words.startswith(first)


@pytest.mark.parametrize("size", [(1366, 768), (1280, 640), (683, 384)])
def test_steps_one_to_three_are_in_sight(shell, qtbot, size):
    shell.resize(*size)
    shell.show_stopped(STOPPED)
    QApplication.processEvents()

    for step in shell.halt._steps.steps[:3]:
        assert step.visibleRegion().boundingRect() == step.rect()


@pytest.mark.parametrize("stays", [True, False])
def test_a_stop_of_this_laptop_stays_through_lock_and_unlock(shell, stays):
    shell.show_stopped(Stopped(grade=Grade.STOP_IMAGES, time="14:02", stays=stays))
    shell.lock_now()
    assert shell.page.isVisible()

    shell.unlocked("Pat Example, DSL")

    assert shell.halt.is_up is stays
    assert shell.page.isVisible() is not stays


def test_no_shortcut_of_the_page_works_below_the_stop(shell, qtbot, qapp):
    page = PAGES["question"]()
    asked: list[bool] = []
    page.primary_requested.connect(lambda: asked.append(True))
    shell.show_page(page)
    press()

    QTest.keyClick(qapp.focusWindow(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert asked == []
