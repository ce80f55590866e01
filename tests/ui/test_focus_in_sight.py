"""What has the focus is in sight with what it asks, and nothing moves under a pointer that is pressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.widgets import CheckBox, Field, LineEdit
from tests.ui.gallery import window

SMALL = (683, 384)


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.resize(*SMALL)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def a_long_page() -> tuple[Page, list[Field[LineEdit]], list[CheckBox]]:
    page = Page(PageKind.ASSISTANT, "Made-up questions", width=640)
    fields = [Field(f"Question {n}", LineEdit(), hint="With a hint of its own.") for n in range(9)]
    boxes = [CheckBox(f"Made-up statement {n}") for n in range(9)]
    for part in (*fields, *boxes):
        page.add(part)
    page.set_primary("Continue")
    return page, fields, boxes


def rest_of(page: Page, part: QWidget) -> tuple[int, int]:
    """How far a part stands below the upper and above the lower edge of what is in sight."""
    seen = page.scroller.viewport()
    top = part.mapTo(seen, QPoint(0, 0)).y()
    return top, seen.height() - top - part.height()


def test_tab_brings_a_question_into_sight_with_its_words(shell):
    page, fields, _ = a_long_page()
    shell.show_page(page)
    settle()
    for field in fields:
        field.editor.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        assert min(rest_of(page, field)) >= 0, field.label.text()
    for field in reversed(fields):
        field.editor.setFocus(Qt.FocusReason.BacktabFocusReason)
        settle()
        assert min(rest_of(page, field)) >= 0, field.label.text()


def test_a_box_half_out_of_sight_stays_under_the_pointer_and_is_ticked(shell):
    page, _, boxes = a_long_page()
    shell.show_page(page)
    settle()
    bar = page.scroller.verticalScrollBar()
    bar.setValue(bar.value() + rest_of(page, boxes[4])[0] - page.scroller.viewport().height() + boxes[4].height() // 2)
    settle()
    stood = bar.value()
    assert rest_of(page, boxes[4])[1] < 0
    QTest.mousePress(shell.windowHandle(), Qt.MouseButton.LeftButton, pos=boxes[4].mapTo(shell, QPoint(12, 4)))
    settle()
    assert bar.value() == stood
    QTest.mouseRelease(shell.windowHandle(), Qt.MouseButton.LeftButton, pos=boxes[4].mapTo(shell, QPoint(12, 4)))
    settle()
    assert boxes[4].isChecked()


def test_news_from_elsewhere_is_said_and_does_not_move_the_page_from_under_somebody_who_types(shell):
    page, fields, boxes = a_long_page()
    shell.show_page(page)
    settle()
    fields[6].editor.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    stood = page.scroller.verticalScrollBar().value()
    assert stood > 0
    shell.tell("Backed up.")
    settle()
    assert page.scroller.verticalScrollBar().value() == stood
    boxes[6].setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    shell.tell("Backed up again.")
    settle()
    assert page.scroller.verticalScrollBar().value() == 0
