"""A screen reader counts what stands in a part, the page changes, and it asks for what it counted: nothing may break.

In processes of their own: where Qt reads past a list, the process ends. Memory is filled when it is given out and taken
back, so that such a reading ends it each time instead of now and then.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractScrollArea

from dsl_desk.ui.papers.panel import PaperArea
from dsl_desk.ui.widgets import Scroller
from tests.ui.gallery import PAGES

ROOT = Path(__file__).parents[2]
BEYOND = (0, 1, 2, 7, 400)
WALK = f"""
import sys
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget
app = QApplication([])
from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance, Theme
Theme(app, resources() / "fonts", list(Appearance)[0])
from tests.ui.gallery import PAGES, window
made = window(app)
made.resize(900, 500)
made.show()
asked = bars = 0
for name in sys.argv[1:]:
    made.show_page(PAGES[name]())
    app.processEvents()
    parts = [part for part in made.findChildren(QWidget) if part.isVisible()]
    counted = [(part, QAccessible.queryAccessibleInterface(part).childCount()) for part in parts]
    bars += sum(part.objectName() == "qt_scrollarea_vcontainer" for part in parts)
    made.page.hide()  # as a page is that is left
    for part, count in counted:
        told = QAccessible.queryAccessibleInterface(part)
        for at in range(count):
            told.child(at)
        if isinstance(part, QHeaderView):  # nobody is led to it, and it never has a bar that could go
            assert (count, told.childCount()) == (1, 1), (part, count)
            continue
        for more in {BEYOND}:
            found = told.child(count + more)
            assert found is None or not found.isValid(), (part, count, more)
        asked += 1
made.keys.stop()
print("asked", asked, "bars", bars, flush=True)
"""
SCROLLED = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
from dsl_desk.ui.widgets import Scroller
area = Scroller(QLabel("made up\\n" * 200))
area.resize(200, 200)
area.show()
app.processEvents()
told = QAccessible.queryAccessibleInterface(area)
names = [told.child(at).object().objectName() for at in range(told.childCount())]
assert area.verticalScrollBar().isVisible()
area.hide()
gone = [told.child(at).object().objectName() for at in range(len(names))]
assert gone == names, (gone, names)
assert "qt_scrollarea_viewport" in names and "qt_scrollarea_vcontainer" in names, names
print("sound")
"""


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "MALLOC_PERTURB_": "165", "PYTHONFAULTHANDLER": "1",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", script, *words], env=environment, capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip


def test_a_bar_that_was_counted_can_be_asked_for_when_its_page_has_gone():
    ended = run(SCROLLED)

    assert (ended.returncode, ended.stdout.strip()) == (0, "sound"), ended.stderr[-1500:]


def test_no_part_of_a_page_breaks_when_it_is_asked_for_more_than_it_holds():
    ended = run(WALK, *PAGES)

    assert ended.returncode == 0, ended.stderr[-1500:]
    _, asked, _, bars = ended.stdout.split()
    assert int(asked) > 100
    assert int(bars) > 0  # else there was nothing that could have gone


@pytest.mark.parametrize("area", [Scroller, PaperArea])
def test_a_reader_is_told_of_an_area_that_scrolls_as_of_a_plain_part(area):
    """Qt chooses by the first name of a class that it knows, from the class itself upwards."""
    known, at = [], area.staticMetaObject
    while at is not None:
        known.append(at.className())
        at = at.superClass()
    assert known.index("QWidget") < known.index("QAbstractScrollArea")
    assert issubclass(area, QAbstractScrollArea)


def test_no_area_that_scrolls_is_made_from_qts_own():
    folder = ROOT / "dsl_desk"
    bare = ("(QScrollArea)", "(QPdfView)", "(QAbstractScrollArea)", "(QMdiArea)", "(QGraphicsView)")
    made = {
        (path.name, line.strip())
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith("class ") and any(kind in line for kind in bare)
    }
    assert made == set()
