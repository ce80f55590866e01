"""What somebody tries who never saw the desk: Enter on a line, and reading why nothing happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from dsl_desk.domain.words import Grade
from dsl_desk.ui.desk.panel import WaitingList
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.shell import Place
from dsl_desk.ui.shell.nav import NavItem
from dsl_desk.ui.tokens import State
from dsl_desk.ui.widgets import Field, LineEdit, NoticeKind, Row, TaskRow
from dsl_desk.ui.widgets.links import ProblemLink
from tests.ui.gallery import STOPPED, window

LINES = {
    "what waits": lambda: Row("users-round", "Add a second account"),
    "a step": lambda: TaskRow("4", "Secure it", "Next: you.", State.NOT_STARTED, opens=True),
    "a place": lambda: NavItem(Place(key="home", words="Home", icon="house")),
    "a problem": lambda: ProblemLink("Choose how it was"),
}


@pytest.mark.parametrize("line", LINES)
def test_enter_opens_the_line_that_wears_the_ring(qtbot, theme, line):
    part = LINES[line]()
    qtbot.addWidget(part)
    pressed = []
    part.clicked.connect(lambda: pressed.append(line))

    QTest.keyClick(part, Qt.Key.Key_Return)
    QTest.keyClick(part, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(part, Qt.Key.Key_Space)
    QTest.keyClick(part, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert pressed == [line] * 3


@pytest.mark.parametrize("kind", [NoticeKind.WARN, NoticeKind.OK])
def test_why_nothing_was_recorded_is_in_sight_although_one_typed_at_the_foot_of_a_long_page(qtbot, qapp, theme, kind):
    shell = window(qapp)
    qtbot.addWidget(shell)
    shell.resize(1000, 640)
    shell.show()
    page = Page(PageKind.ASSISTANT, "Two people apply advice", back="Back")
    fields = [Field(f"Line {n}", LineEdit()) for n in range(20)]
    for field in fields:
        page.add(field)
    page.set_primary("&Apply")
    shell.show_page(page)
    settle()
    fields[-1].editor.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert page.scroller.verticalScrollBar().value() > 0

    page.show_notice("One of the two must be somebody who was not a reviewer.", kind)
    fields[-1].editor.setFocus(Qt.FocusReason.OtherFocusReason)
    settle()

    notice = page._notice
    assert notice.visibleRegion().boundingRect() == notice.rect()
    shell.keys.stop()


@pytest.mark.parametrize("grade", [Grade.POLICE_FIRST, Grade.STOP_IMAGES])
def test_the_stop_page_says_how_one_gets_on_to_write_down_a_call(qtbot, qapp, theme, grade):
    shell = window(qapp)
    qtbot.addWidget(shell)
    shell.show()
    shell.halt_now()
    shell.show_stopped(replace(STOPPED, grade=grade))
    settle()

    assert "unlock" in " ".join(part.text() for part in shell.halt.findChildren(QLabel) if part.isVisible())

    shell.show_stopped(replace(STOPPED, grade=grade, stays=True))
    settle()
    assert "unlock" not in " ".join(part.text() for part in shell.halt.findChildren(QLabel) if part.isVisible())
    shell.keys.stop()


def test_home_without_anything_due_does_not_deny_cases_that_go_on(qtbot, theme):
    waiting = WaitingList()
    qtbot.addWidget(waiting)
    waiting.show_waiting(())

    said = " ".join(part.text() for part in waiting.findChildren(QLabel))
    assert "Cases that go on stand below" in said


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
