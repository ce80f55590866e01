"""Qt must not lose references: PySide6 6.12.0 on Python 3.11 dies after some thousand calls that return nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

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
