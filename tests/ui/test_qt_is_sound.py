"""Qt must not lose references: PySide6 6.12.0 on Python 3.11 dies after some thousand calls that return nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from shiboken6 import Shiboken

from dsl_desk.ui.reading_order import order_tabs
from tests.ui.gallery import PAGES, window

ROUNDS = 50_000
SCRIPT = f"""
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget = QWidget()
for _ in range({ROUNDS}):
    widget.setEnabled(True)
print("sound")
"""


def test_fifty_thousand_calls_into_qt_leave_the_process_alive():
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False, timeout=120
    )

    assert (ended.returncode, ended.stdout.strip()) == (0, "sound"), ended.stderr[-500:]


def test_the_pinned_qt_is_the_one_that_is_installed():
    assert {version("PySide6-Essentials"), version("PySide6-Addons"), version("shiboken6")} == {"6.11.3"}


def test_the_window_never_becomes_the_child_of_a_part_of_its_own(qapp, theme):
    """Else PySide walks through the whole window for each part that is deleted: a page took seconds to go."""
    made = window(qapp)
    made.show()
    made.show_page(PAGES["home"]())
    order_tabs(made)
    made.lock_now()
    told = Shiboken.dump(made)
    made.keys.stop()
    assert "parent...." not in told


def test_the_chain_of_focus_is_walked_in_one_place_only():
    folder = Path(__file__).parents[2] / "dsl_desk"
    asking = {path.name for path in folder.rglob("*.py") if "InFocusChain()" in path.read_text(encoding="utf-8")}
    assert asking == {"reading_order.py"}


def test_no_item_of_a_layout_is_asked_for():
    """Qt deletes items untold; a part made later at the address of one was taken for it (decision 012)."""
    folder = Path(__file__).parents[2] / "dsl_desk"
    asking = [path.name for path in folder.rglob("*.py") if ".itemAt(" in path.read_text(encoding="utf-8")]
    assert asking == []
