"""Help beside a page and as a place: by keyboard alone, found as one types, in a narrow window too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.help.place import HelpPanel
from dsl_desk.ui.help.topics import INDEX
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.tokens import Size
from tests.ui.gallery import PAGES, window
from tests.ui.walk import walk


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.show_page(PAGES["question"]())
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.keys.stop()


@pytest.fixture
def place(shell) -> HelpPanel:
    page = HelpPanel(shell)
    shell.show_page(page)
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWindow()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_a_page_with_a_topic_has_its_help_beside_it(shell):
    assert shell._help.isVisible()
    assert shell._help.key == "triage"
    assert walk(shell) == []


def test_f1_hides_it_and_brings_it_back(shell):
    press(Qt.Key.Key_F1)
    assert not shell._help.isVisible()
    press(Qt.Key.Key_F1)
    assert shell._help.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["wide", "narrow"])
def test_a_place_keeps_its_room_until_help_is_asked_for(shell, size):
    home = PAGES["home"]()
    home.help_topic = "home"
    shell.resize(*size)
    shell.show_page(home)
    assert not shell._help.isVisible()

    press(Qt.Key.Key_F1)
    settle()
    assert shell._help.isVisible()
    assert shell._help.key == "home"
    assert home.isVisible() == (size[0] >= Size.NARROW)  # in a narrow window a place's help is read alone
    assert walk(shell) == []

    shell.resize(size[0] - 20, size[1])  # asked for, it stays
    settle()
    assert shell._help.isVisible()


def test_a_link_is_followed_by_keys_alone_and_leads_back(shell, qapp):
    shell._help.hide_button.setFocus()
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        if qapp.focusWidget() in shell._help.text.links:
            break
    link = qapp.focusWidget()
    assert link in shell._help.text.links
    press(Qt.Key.Key_Space)
    settle()

    assert shell._help.key == "stops"
    assert qapp.focusWidget() is shell._help.scroller
    assert walk(shell) == []

    shell._help.back.setFocus()
    press(Qt.Key.Key_Space)
    assert shell._help.key == "triage"
    assert not shell._help.back.isVisible()


def test_all_topics_are_read_beside_the_page_without_leaving_it(shell):
    page = shell.page
    shell._help.all.click()
    settle()

    assert shell._help.key == INDEX
    assert shell.page is page
    assert walk(shell) == []


def test_another_page_shows_its_own_topic_again(shell):
    shell._help.read("stops")
    shell.show_page(PAGES["form"]())

    assert shell._help.key == "where-to-look"
    assert not shell._help.back.isVisible()


def test_arrow_keys_scroll_a_text_that_is_longer_than_the_pane(shell):
    shell.resize(1366, 500)
    shell._help.read("stops")
    settle()
    for _ in range(8):
        press(Qt.Key.Key_Down)

    assert shell._help.scroller.verticalScrollBar().value() > 0


@pytest.mark.parametrize("size", [(1366, 768), (910, 512), (683, 384)], ids=["100", "150", "200"])
def test_the_help_place_can_be_used_at_every_size(shell, place, size):
    shell.resize(*size)
    settle()
    assert walk(shell) == []

    place.finder.set_text("laptop")
    settle()
    assert walk(shell) == []

    place.read("stops")
    settle()
    assert walk(shell) == []


def test_typing_lists_what_holds_the_words_and_marks_them(place):
    QTest.keyClicks(place.finder.editor, "recovery code")

    shown = [link.key for link in place.list.shown]
    assert "recovery-codes" in shown
    assert "dates" not in shown
    assert place.key == "recovery-codes"  # its title says it: the best
    assert {mark.casefold() for mark in place.text.marks} == {"recovery", "code"}
    near = place.list.near("lost-laptop")
    assert near.isVisible()
    assert near.marks


def test_nothing_found_says_so_and_clearing_brings_everything_back(place):
    place.finder.set_text("zebra")
    assert place.list.shown == []
    assert "No topic" in place.found.text()

    place.finder.set_text("")
    assert len(place.list.shown) > 50
    assert place.text.marks == ()


def test_search_list_and_text_are_gone_through_by_keys(place, qapp):
    QTest.keyClicks(place.finder.editor, "laptop")
    press(Qt.Key.Key_Down)
    first = qapp.focusWidget()
    assert first is place.list.shown[0]
    press(Qt.Key.Key_Down)
    assert qapp.focusWidget() is place.list.shown[1]
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Space)

    assert place.key == first.key
    assert qapp.focusWidget() is place._right


def test_a_narrow_window_shows_the_list_or_the_text(shell, place):
    shell.resize(683, 384)
    settle()
    assert place.list.isVisible()
    assert not place.text.isVisible()

    place.list.shown[0].click()
    assert place.text.isVisible()
    assert not place.list.isVisible()

    place.back.click()
    assert place.list.isVisible()


def test_pasted_markup_in_the_search_is_only_words(place):
    place.finder.set_text("<b>laptop</b> \u202e [x](y) " + "a" * 10_000)
    assert place.list.shown == []


def test_help_over_a_place_in_a_narrow_window_goes_and_gives_the_place_back(shell):
    """At 200 % the list of cases was wider than what help left of the window."""
    home = PAGES["home"]()
    home.help_topic = "home"
    shell.resize(683, 384)
    shell.show_page(home)
    press(Qt.Key.Key_F1)
    settle()
    assert shell._help.width() == shell.width()
    assert shell._help.hide_button.hasFocus()
    press(Qt.Key.Key_F1)
    settle()
    assert home.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert home.isAncestorOf(focused)
    press(Qt.Key.Key_F1)
    other = PAGES["question"]()
    shell.show_page(other)
    settle()
    assert other.isVisible()
    assert walk(shell) == []
