"""The look round: offered once, on Home alone, left at any time; halt and lock work over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.help.tour import Tour, stops
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.window_app.helping import SHOWN_ROUND, ShownRound
from tests.ui.gallery import PAGES, window
from tests.ui.walk import walk


class Memory:
    def __init__(self) -> None:
        self.offered: list[str] = []

    def was_offered(self, account: str) -> bool:
        return account in self.offered

    def note_offered(self, account: str) -> None:
        self.offered.append(account)


@pytest.fixture
def pool(qapp) -> Iterator[JobPool]:
    made = JobPool()
    yield made
    assert made.close()


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.keys.stop()


@pytest.fixture
def home(shell):
    page = PAGES["home"]()
    page.help_topic = "home"
    shell.show_page(page)
    return page


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def tour(shell, pool, memory, home) -> Tour:
    return Tour(shell, pool, memory, lambda: home)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWindow()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_it_is_offered_once_without_taking_the_focus(qtbot, qapp, tour, memory, home):
    home.focus_first()
    before = qapp.focusWidget()
    tour.somebody_came("a" * 32)
    qtbot.waitUntil(lambda: tour.shown)
    assert qapp.focusWidget() is before
    assert memory.offered == ["a" * 32]

    QTest.mouseClick(tour.card.out, Qt.MouseButton.LeftButton)
    assert not tour.shown

    tour.somebody_came("a" * 32)
    qtbot.waitUntil(lambda: not tour._pool.busy)
    settle()
    assert not tour.shown


def test_it_is_not_offered_where_it_is_turned_off(qtbot, tour, memory):
    tour.offers = False
    tour.somebody_came("a" * 32)
    qtbot.waitUntil(lambda: not tour._pool.busy)
    assert memory.offered == []


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100", "200"])
def test_every_card_is_reached_by_keys_and_can_be_used(tour, shell, qapp, size):
    shell.resize(*size)
    settle()
    tour.start()
    settle()
    assert qapp.focusWidget() is tour.card.on
    titles = []
    for _ in stops(str):
        settle()
        titles.append(tour.card.title.text())
        assert walk(shell) == []
        assert tour._pointer.isVisible()
        assert shell.page_host.rect().contains(tour.card.geometry())
        press(Qt.Key.Key_Space)

    assert titles == ["Home", "New concern", "The steps of a case", "Halt", "Lock", "Help"]
    assert not tour.shown
    assert not tour._pointer.isVisible()


def test_back_goes_one_card_back(tour):
    tour.start()
    tour.card.on.click()
    assert tour.card.title.text() == "New concern"
    tour.card.before.click()
    assert tour.card.title.text() == "Home"
    assert not tour.card.before.isVisible()


def test_esc_leaves_it_and_the_page_has_the_focus_again(tour, shell, qapp):
    tour.start()
    settle()
    press(Qt.Key.Key_Escape)

    assert not tour.shown
    assert shell.page.isAncestorOf(qapp.focusWidget())


def test_asked_for_from_elsewhere_it_wants_home_first(qtbot, tour, shell, home):
    shell.show_page(PAGES["governors"]())
    with qtbot.waitSignal(tour.home_wanted):
        tour.start()
    assert not tour.shown

    shell.show_page(home)
    assert tour.shown


@pytest.mark.parametrize("name", [name for name in PAGES if name != "home"])
def test_it_never_stands_over_another_page(tour, shell, name):
    tour.start()
    shell.show_page(PAGES[name]())

    assert not tour.shown
    assert not tour._pointer.isVisible()


def test_halt_covers_it_and_the_lock_puts_it_away(tour, shell):
    tour.start()
    settle()
    press(Qt.Key.Key_F8)
    assert not tour.card.isVisible()
    assert not tour._pointer.isVisible()
    shell.release()

    tour.start()
    settle()
    press(Qt.Key.Key_F12)
    assert shell.is_locked
    assert not tour.shown


def test_what_is_remembered_names_nobody(tmp_path):
    account = "0123456789abcdef" * 2
    memory = ShownRound(tmp_path / "laptop")
    assert not memory.was_offered(account)
    memory.note_offered(account)
    memory.note_offered("f" * 32)

    assert memory.was_offered(account)
    assert not memory.was_offered("e" * 32)
    kept = (tmp_path / "laptop" / SHOWN_ROUND).read_text()
    assert account not in kept
    assert len(kept.split()) == 2
