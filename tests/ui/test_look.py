"""Colours that can be read, switched while the window is open; states verbatim; icons with their licence."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.ui import doorway
from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance
from dsl_desk.ui.tokens import AQUATIC, DARK, DESERT, LIGHT, MEETINGS, Role, Size, State, contrast_colours, ratio
from dsl_desk.ui.widgets import Button, Dropdown, Kind
from tests.ui.gallery import PAGES, window
from tests.ui.pictures import grab

PALETTES = {"light": LIGHT, "dark": DARK, "aquatic": contrast_colours(AQUATIC), "desert": contrast_colours(DESERT)}
COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
UI = Path(__file__).resolve().parents[2] / "dsl_desk" / "ui"


@pytest.mark.parametrize("palette", PALETTES)
def test_every_pair_of_colours_that_meets_can_be_read(palette):
    colours = PALETTES[palette]
    found = {
        f"{front.value} on {ground.value}": round(ratio(colours[front], colours[ground]), 2)
        for front, ground, least in MEETINGS
        if ratio(colours[front], colours[ground]) < least
    }
    assert found == {}


def test_contrast_is_reckoned_as_wcag_reckons_it():
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_states_are_the_words_of_the_trade():
    assert [state.words for state in State] == [
        "Cannot start yet", "Not started", "In progress", "Needs second person", "Done", "Skipped with reason",
        "Does not apply", "Halted", "Wait",
    ]  # fmt: skip
    assert len({state.icon for state in State}) == len(list(State))


def pixels(picture: QImage) -> bytes:
    return bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits())


def shown(qapp, name: str, size: tuple[int, int] = (1366, 768)):
    shell = window(qapp)
    shell.resize(*size)
    shell.show()
    shell.activateWindow()
    shell.show_page(PAGES[name]())
    for _ in range(6):
        QApplication.processEvents()
    return shell


@pytest.fixture
def still_cursor(qapp):
    """The cursor stands without blinking: two pictures are of one moment of it, however long the machine takes."""
    pace = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(pace)


@pytest.mark.parametrize("name", ["home", "question", "case", "form", "governors"])
@pytest.mark.parametrize("dress", [Appearance.DARK, Appearance.CONTRAST])
def test_a_live_switch_looks_like_a_fresh_start(qapp, theme, still_cursor, name, dress):
    live = shown(qapp, name)
    theme.set_appearance(dress, AQUATIC)
    for _ in range(6):
        QApplication.processEvents()
    switched = pixels(grab(live).toImage())
    live.keys.stop()
    live.close()

    fresh = shown(qapp, name)
    started = pixels(grab(fresh).toImage())
    fresh.keys.stop()
    fresh.close()

    assert switched == started


def test_no_style_sheet_and_no_colour_of_its_own_in_any_part_of_the_window():
    found = []
    for path in sorted(UI.rglob("*.py")):
        if path.name in ("tokens.py", "doorway.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "setStyleSheet":
                found.append(f"{path.name}:{node.lineno} style sheet")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.fullmatch(node.value):
                found.append(f"{path.name}:{node.lineno} colour {node.value}")
    assert found == []


def test_every_icon_that_the_window_names_is_there_with_its_licence():
    icons = resources() / "icons"
    there = {path.stem for path in icons.glob("*.svg")}
    assert (icons / "LICENSE").is_file()
    assert {state.icon for state in State} <= there
    for path in there:
        assert "<svg" in (icons / f"{path}.svg").read_text(encoding="utf-8")


def test_inter_is_shipped_with_its_licence_and_is_what_the_window_wears(theme, qapp):
    assert (resources() / "fonts" / "LICENSE-Inter.txt").is_file()
    assert "Inter" in QFontDatabase.families()
    assert qapp.font().families()[0] == "Inter"


def test_the_doorway_wears_the_colours_of_the_window():
    for worn, colours in ((doorway._LIGHT, LIGHT), (doorway._DARK, DARK)):
        assert worn == (colours[Role.PAGE], colours[Role.SURFACE], colours[Role.LINE])
    assert (doorway._HEADER, doorway._BAR) == (Size.HEADER, Size.BAR)


def test_the_doorway_paints_once_before_anything_but_qt_is_imported():
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from dsl_desk.ui.doorway import Doorway\n"
        "app = QApplication([])\n"
        "def then():\n"
        "    print(sorted(m for m in sys.modules if m.startswith('dsl_desk.')))\n"
        "    app.quit()\n"
        "door = Doorway(then)\n"
        "door.show()\n"
        "app.exec()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert ended.stdout.strip() == "['dsl_desk.ui', 'dsl_desk.ui.doorway']"


@pytest.mark.parametrize(("room", "filled"), [((1366, 728), True), ((1280, 1024), True), ((1920, 1040), False)])
def test_the_window_never_hangs_over_the_edge_of_a_small_screen(qtbot, room, filled):
    door, real = doorway.Doorway(lambda: None), QWidget()
    qtbot.addWidget(door)
    qtbot.addWidget(real)

    door.open(QSize(*room))
    door.give_way(real)

    assert (door.isMaximized(), real.isMaximized()) == (filled, filled)
    assert filled or (real.width(), real.height()) == (1366, 768)
    unfolded = door.normalGeometry()
    assert unfolded.width() <= room[0]
    assert unfolded.height() <= room[1] - 40


def test_the_lines_of_a_list_that_folds_out_are_tall_enough_to_hit(qtbot, theme):
    made = Dropdown([(str(n), f"Line {n}") for n in range(20)])
    qtbot.addWidget(made)
    made.show()
    made.showPopup()

    lines = [made.view().visualRect(made.model().index(n, 0)).height() for n in range(20)]
    made.hidePopup()

    assert min(lines) >= Size.TARGET


def test_enter_presses_the_button_that_wears_the_ring_and_none_of_the_stop_page(qtbot):
    for kind in Kind:
        button = Button("Go on", kind)
        pressed: list[bool] = []
        qtbot.addWidget(button)
        button.clicked.connect(lambda *_, pressed=pressed: pressed.append(True))
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

        assert len(pressed) == (0 if kind is Kind.STOP else 2)


def test_the_shell_imports_no_service_and_no_key():
    script = (
        "import sys\n"
        "import dsl_desk.ui.main_window, dsl_desk.ui.theme, dsl_desk.ui.jobs\n"
        "bad = ('dsl_desk.services', 'dsl_desk.store', 'dsl_desk.exports', 'dsl_desk.signatures', 'cryptography',"
        " 'sqlcipher3', 'keyring', 'reportlab', 'pyhanko', 'msgspec')\n"
        "print([m for m in sys.modules if m.startswith(bad)])\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert ended.stdout.strip() == "[]"
