"""What is wrong is said on top and at the part itself, in the same words, and Tab comes by every line at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.reading_order import open_to_tab
from dsl_desk.ui.widgets import Choice, Field, LineEdit, TileGroup
from tests.ui.gallery import PAGES, window
from tests.ui.walk import tell, walk

PARTS: dict[str, Callable[[], Field[LineEdit] | Choice | TileGroup]] = {
    "field": lambda: Field("What was told", LineEdit()),
    "choice": lambda: Choice("Which post", [("dsl", "DSL"), ("head", "Headteacher")], hint="One of them."),
    "tiles": lambda: TileGroup("Any reason to stop?", [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]),
}


@pytest.fixture
def shell(qtbot, qapp, theme):
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_the_part_says_it_in_the_words_of_the_summary(shell, qapp, part, size):
    page, wrong = Page(PageKind.ASSISTANT, "A page", back="Back", width=640), PARTS[part]()
    page.add(wrong)
    page.set_primary("Go on")
    shell.resize(*size)
    shell.show_page(page)

    assert page.show_problems([(wrong, "Choose or enter it")]) is False
    assert wrong.error == "Choose or enter it"
    link = page.errors.links[0]
    page.errors.setFocus()
    QTest.keyClick(page.errors, Qt.Key.Key_Tab)  # at once, not after the next turn of the loop
    assert qapp.focusWidget() is link
    qapp.processEvents()
    assert walk(shell) == []
    link.click()
    assert wrong.isAncestorOf(qapp.focusWidget())

    assert page.show_problems([]) is True
    assert wrong.error == ""
    assert walk(shell) == []


def test_a_choice_tells_a_screen_reader_what_is_wrong(theme):
    choice = PARTS["choice"]()
    choice.set_error("Choose a post")
    first = choice.findChildren(QRadioButton)[0]
    assert first.accessibleDescription() == "Choose a post Which post"
    choice.set_error("")
    assert first.accessibleDescription() == "Which post"


@pytest.mark.parametrize("name", ["form", "review", "home", "question"])
def test_tab_goes_round_the_whole_window_and_misses_nothing(shell, qapp, name):
    shell.show_page(PAGES[name]())
    qapp.processEvents()
    shell.page.focus_first()
    chain, gone = open_to_tab(shell), []
    for _ in chain:
        gone.append(qapp.focusWidget())
        QTest.keyClick(qapp.focusWindow(), Qt.Key.Key_Tab)

    start = chain.index(gone[0])
    wanted = once_a_group(chain[start:] + chain[:start])
    assert once_a_group(gone)[: len(wanted)] == wanted


def once_a_group(parts: list[QWidget]) -> list[str]:
    """Tab comes by one answer of a question; arrows go from one to the next."""
    seen, kept = set[int](), list[str]()
    for part in parts:
        group = part.group() if isinstance(part, QRadioButton) else None
        if group is None or id(group) not in seen:
            kept.append(tell(part) if group is None else "one answer")
            seen.add(id(group))
    return kept
