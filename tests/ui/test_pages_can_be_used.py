"""Every part of the gallery can be named, reached, hit and read, at every size and with the fallback type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import Button, Field, TileGroup
from tests.ui.gallery import PAGES, STOPPED, two_panes, window
from tests.ui.walk import walk

SIZES = {"100%": (1366, 768), "1280x640": (1280, 640), "150%": (910, 512), "200%": (683, 384)}


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_every_part_can_be_named_reached_hit_and_read(shell, name, size):
    shell.resize(*SIZES[size])
    shell.show_page(PAGES[name]())
    settle()

    assert walk(shell) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["asking", "stopped", "numbers", "locked"])
def test_the_stop_page_can_be_named_reached_hit_and_read(shell, what, size):
    shell.resize(*SIZES[size])
    shell.show_page(PAGES["home"]())
    if what == "locked":
        shell.set_person("")
    shell.halt_now()
    if what in ("stopped", "numbers"):
        shell.show_stopped(STOPPED)
    if what == "numbers":
        shell.halt._ring.click()
    settle()

    assert walk(shell) == []


@pytest.mark.parametrize("name", ["home", "question", "form", "case"])
def test_the_fallback_type_is_not_clipped_either(qtbot, qapp, theme, name):
    before = qapp.font()
    try:
        qapp.setFont(QFont("DejaVu Sans", 10))
        shell = window(qapp)
        qtbot.addWidget(shell)
        shell.show()
        shell.show_page(PAGES[name]())
        settle()
        assert walk(shell) == []
        shell.keys.stop()
    finally:
        qapp.setFont(before)


def test_no_part_is_shown_as_a_window_of_its_own_while_a_page_is_built(shell, qapp):
    before = {id(top) for top in qapp.topLevelWidgets() if top.isVisible()}
    for make in PAGES.values():
        make()
        assert {id(top) for top in qapp.topLevelWidgets() if top.isVisible()} == before


@pytest.mark.parametrize("size", ["1280x640", "200%"])
def test_answers_and_continue_are_in_sight_together(shell, size):
    shell.resize(*SIZES[size])
    page = PAGES["question"]()
    shell.show_page(page)
    settle()

    (tiles,) = page.findChildren(TileGroup)
    seen = page.scroller.viewport().rect()
    for tile in tiles.tiles:
        top_left = tile.mapTo(page.scroller.viewport(), tile.rect().topLeft())
        assert seen.contains(tile.rect().translated(top_left))
    assert page.primary is not None
    assert page.primary.visibleRegion().boundingRect() == page.primary.rect()


def test_first_focus_is_the_first_answer_and_none_is_preset(shell, qapp):
    page = PAGES["question"]()
    shell.show_page(page)
    settle()

    (tiles,) = page.findChildren(TileGroup)
    assert tiles.answer is None
    assert qapp.focusWidget() is tiles.tiles[0]


def test_the_focus_ring_follows_the_focus_and_fields_show_it_themselves(shell, qapp):
    page = PAGES["question"]()
    shell.show_page(page)
    settle()
    assert shell.ring.isVisible()
    assert shell.ring.widget() is qapp.focusWidget()

    shell.show_page(PAGES["unlock"]())
    settle()
    assert not shell.ring.isVisible()


def test_an_error_line_leads_to_its_field_and_says_the_same_words(shell, qapp):
    page = PAGES["form"]()
    shell.show_page(page)
    settle()
    first = page.errors.links[0]

    first.click()

    field = next(f for f in page.findChildren(Field) if f.error == first.accessibleName())
    assert qapp.focusWidget() is field.editor
    assert first.accessibleName() in field.editor.accessibleDescription()


def test_clearing_the_problems_clears_every_field(shell):
    page = PAGES["form"]()
    shell.show_page(page)

    assert page.show_problems([])
    assert [f.error for f in page.findChildren(Field) if f.error] == []
    assert not page.errors.isVisible()


def test_tab_goes_as_one_reads_also_after_problems_were_shown(shell):
    page = PAGES["form"]()
    page.show_problems([])
    shell.show_page(page)
    settle()
    field = page.findChildren(Field)[0]

    page.show_problems([(field, "Enter the make and model")])
    settle()
    assert walk(shell) == []

    page.show_problems([])
    settle()
    assert walk(shell) == []


class Requests(QObject):
    """Counts how often a part asks to be laid out."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.number = 0
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count, and let it pass."""
        self.number += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_at_rest_is_not_laid_out_again_and_again(shell, name, size):
    shell.resize(*SIZES[size])
    page = PAGES[name]()
    shell.show_page(page)
    settle()
    counter = Requests(page._host)

    for _ in range(10):
        settle()

    assert counter.number <= 5  # the last of its building; a loop would ask forty times


def test_tab_comes_by_parts_that_came_into_a_pane_of_its_own(shell, qapp):
    page = two_panes()
    shell.show_page(page)
    settle()
    scroller = next(one for one in page.findChildren(QScrollArea) if one.isVisible() and one.widget() is not None)
    first, late, last = Button("First"), Button("Late"), Button("Last")
    inner = scroller.widget()
    box = inner.layout() if inner is not None else None
    assert isinstance(box, QVBoxLayout)
    for button in (first, last):
        box.addWidget(button)
    settle()
    box.insertWidget(box.indexOf(last), late)
    late.show()
    first.setFocus()

    QTest.keyClick(qapp.focusWindow(), Qt.Key.Key_Tab)

    assert qapp.focusWidget() is late
