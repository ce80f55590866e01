"""The size of words is chosen once and holds from the first paint of the next opening."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from dsl_desk import window_app
from dsl_desk.paths import config_folder
from dsl_desk.services import laptop
from dsl_desk.services.laptop import LaptopSettings

LOOK = """
from PySide6.QtWidgets import QApplication
from dsl_desk.window_app import _take_size
taken = _take_size()
app = QApplication([])
print(taken, app.primaryScreen().devicePixelRatio())
"""


def begun(tmp_path, **environment):
    """What a fresh process of the program sees."""
    known = {name: value for name, value in os.environ.items() if name not in ("QT_SCALE_FACTOR", "DSL_DESK_SCALED")}
    known |= {"XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", **environment}
    out = subprocess.run(
        [sys.executable, "-c", LOOK], env=known, capture_output=True, text=True, check=True, timeout=120
    )
    return out.stdout.split()


@pytest.mark.skipif(sys.platform != "linux", reason="the configuration is put elsewhere by a variable of Linux")
def test_what_was_chosen_holds_from_the_first_paint(tmp_path):
    assert begun(tmp_path) == ["100", "1.0"]
    laptop.keep(tmp_path / "dsl-desk", LaptopSettings(text_percent=150))
    assert begun(tmp_path) == ["150", "1.5"]
    assert begun(tmp_path, QT_SCALE_FACTOR="2") == ["150", "2.0"], "a size that the system sets holds"
    (tmp_path / "dsl-desk" / "window.json").write_text(json.dumps({"text_percent": 5000}))
    assert begun(tmp_path) == ["100", "1.0"]


def test_qt_and_the_program_mean_the_same_folder():
    assert window_app.qt_config() == config_folder()


def test_opening_again_is_this_very_program_with_the_size_chosen_anew(monkeypatch):
    monkeypatch.setenv(window_app.SCALE, "1.5")
    monkeypatch.setenv("DSL_DESK_SCALED", "1")
    begun_again = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: begun_again.append((program, arguments)))
    again: Callable[[], object] = window_app._open_again
    again()
    assert begun_again == [(sys.executable, [sys.executable, *sys.orig_argv[1:]])]
    assert window_app.SCALE not in os.environ
