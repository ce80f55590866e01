"""What a screen reader is given: names, roles, states and actions of every part, as Qt hands them on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from dsl_desk.ui import messages
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.tokens import State
from dsl_desk.ui.widgets import Cell, Choice, Column, Field, LineEdit, NoticeKind, Table, TileGroup
from tests.ui.gallery import PAGES, window
from tests.ui.walk import walk

SPEAKING = (
    QAccessible.Role.Button, QAccessible.Role.RadioButton, QAccessible.Role.CheckBox, QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox, QAccessible.Role.Table, QAccessible.Role.Link, QAccessible.Role.List,
)  # fmt: skip


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


@pytest.fixture
def announced(monkeypatch) -> list[str]:
    """What is said aloud, taken down where it leaves the window."""
    said: list[str] = []
    real = QAccessibleAnnouncementEvent

    def taken(widget: QWidget, words: str):
        said.append(words)
        return real(widget, words)

    monkeypatch.setattr(messages, "QAccessibleAnnouncementEvent", taken)
    return said


def told(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def name(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name).strip()


def acts(interface: QAccessibleInterface) -> list[str]:
    offered = offers(interface)
    return offered.actionNames() if offered is not None else []


def offers(interface: QAccessibleInterface) -> QAccessibleActionInterface | None:
    return interface.actionInterface()


def below(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for child in children(interface):
        if not child.state().invisible:
            yield child
            if child.role() is not QAccessible.Role.Table:
                yield from below(child)


def children(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    """What stands in a part; Qt answers with nothing for what has gone meanwhile."""
    return list(filter(None, (interface.child(at) for at in range(interface.childCount()))))


def cells_of(table: QAccessibleInterface) -> list[str]:
    """Every cell of a table, with its headings, as it is read."""
    kinds = (QAccessible.Role.Cell, QAccessible.Role.ColumnHeader)
    return [name(part) for part in children(table) if part.role() in kinds]


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("page", PAGES)
def test_whatever_can_be_used_says_its_name_and_what_it_does(shell, page):
    shell.show_page(PAGES[page]())
    settle()
    parts = [part for part in below(told(shell)) if part.role() in SPEAKING and not part.state().disabled]

    assert [(part.role(), name(part)) for part in parts if not name(part)] == []
    presses = [part for part in parts if part.role() in (QAccessible.Role.Button, QAccessible.Role.RadioButton)]
    pressing = {QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.toggleAction()}
    assert [name(part) for part in presses if not pressing & set(acts(part))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_a_name_and_every_cell_its_words(shell, page):
    shell.show_page(PAGES[page]())
    settle()
    for table in shell.findChildren(QTableView):
        if not table.isVisible():
            continue
        interface = told(table)
        assert interface.role() is QAccessible.Role.Table
        assert name(interface), type(table)
        assert cells_of(interface), name(interface)
        assert "" not in cells_of(interface), name(interface)


def test_a_state_in_a_table_is_said_in_its_words(qtbot):
    table = Table("Made-up cases", [Column(title="Reference"), Column(title="State")])
    qtbot.addWidget(table)
    table.show_rows([[Cell("MI-2026-K7Q4"), Cell("", state=State.NEEDS_SECOND)]])

    assert State.NEEDS_SECOND.words in cells_of(told(table))


def do(widget: QWidget, wanted: str) -> None:
    """As a screen reader does it: by the action alone."""
    told(widget).actionInterface().doAction(wanted)


def test_an_answer_chosen_by_a_screen_reader_is_an_answer(qtbot):
    tiles = TileGroup("Is anybody in danger?", [("yes", "&Yes"), ("no", "&No")])
    choice = Choice("How was it?", [("on", "On"), ("off", "Off")])
    heard: list[str] = []
    for part, told_by in ((tiles, tiles.answered), (choice, choice.chosen)):
        qtbot.addWidget(part)
        told_by.connect(heard.append)
    tiles.set_answer("yes")
    choice.set_key("on")
    assert heard == []  # shown again is not chosen

    do(tiles.tiles[1], QAccessibleActionInterface.toggleAction())
    do(choice._buttons["off"], QAccessibleActionInterface.toggleAction())

    assert heard == ["no", "off"]
    assert (tiles.answer, choice.key) == ("no", "off")


def test_a_place_is_gone_to_by_a_screen_reader(shell, qtbot):
    gone: list[str] = []
    shell.place_requested.connect(gone.append)
    item = shell._nav._items["cases"]
    actions = acts(told(item))
    do(item, actions[0])
    qtbot.waitUntil(lambda: gone == ["cases"])  # the button goes down for a moment, as under a finger
    shell.set_place("cases")

    assert told(item).text(QAccessible.Text.Description) == "You are here"


def test_the_question_stands_with_its_answers(shell):
    page = PAGES["question"]()
    shell.show_page(page)
    settle()
    (tiles,) = page.findChildren(TileGroup)

    assert {told(tile).text(QAccessible.Text.Description) for tile in tiles.tiles} == {page.title.text()}
    assert told(tiles.tiles[0]).role() is QAccessible.Role.RadioButton


def test_a_new_page_what_was_saved_and_what_is_wrong_are_said_aloud(shell, announced):
    page = PAGES["form"]()
    page.show_problems([])
    shell.show_page(page)
    assert announced[-1] == page.title.text()

    shell.tell("Saved at 14:02.", NoticeKind.OK)
    assert announced[-1] == "Saved at 14:02."

    field = page.findChildren(Field)[0]
    page.show_problems([(field, "Enter the make and model")])
    assert announced[-1] == "There is a problem"
    assert told(page.errors).text(QAccessible.Text.Name) == "There is a problem. Enter the make and model"
    assert "Enter the make and model" in told(field.editor).text(QAccessible.Text.Description)
    settle()
    assert walk(shell) == []


def test_the_stop_is_said_at_once_and_whole(shell, announced):
    shell.show_page(PAGES["home"]())
    shell.halt_now()
    assert "What made you stop?" in announced[-1]


def test_a_passphrase_is_never_read_aloud(qtbot, shell):
    page = PAGES["unlock"]()
    shell.show_page(page)
    (secret,) = [line for line in page.findChildren(LineEdit) if line.echoMode() is LineEdit.EchoMode.Password]
    secret.setText("made-up words")

    assert told(secret).state().passwordEdit
    assert "made-up" not in told(secret).text(QAccessible.Text.Value)
