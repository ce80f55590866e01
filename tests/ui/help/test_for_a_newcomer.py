"""In the real window: the look round is offered once to each person, and help is a place one can go to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dsl_desk.ui.help.place import HelpPanel
from tests.desks import set_up_once, stage
from tests.ui.opened import Hands, remember
from tests.ui.walk import walk

__all__ = ["set_up_once", "stage"]

HOME = "What is waiting for me"


@pytest.fixture
def hands(qapp, theme, stage):
    remember(stage.around, stage.desk_folder)
    hands = Hands(qapp, stage.around)
    hands.opened.help.tour.offers = True
    hands.on("Unlock the desk")
    yield hands
    hands.close()


def come_in(hands, stage, name="dsl") -> None:
    secret = stage.cast.secret(name)
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.on(HOME)


def test_each_person_is_offered_it_once_on_this_laptop(hands, stage):
    tour = hands.opened.help.tour
    come_in(hands, stage)
    hands.until(lambda: tour.shown, "the offer")
    assert walk(hands.window) == []
    hands.press("Not now")
    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    come_in(hands, stage)
    hands.quiet()
    assert not tour.shown

    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    come_in(hands, stage, "deputy")
    hands.until(lambda: tour.shown, "the offer to somebody else")

    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: hands.page.title.text() != HOME, "a new concern")
    assert not tour.shown


def test_help_is_a_place_and_starts_the_look_round_on_home(hands, stage):
    hands.opened.help.tour.offers = False
    come_in(hands, stage)
    hands.press("Help")
    hands.on("Help")
    assert isinstance(hands.page, HelpPanel)
    hands.quiet()
    assert walk(hands.window) == []

    hands.press("Show me round")
    hands.on(HOME)
    hands.until(lambda: hands.opened.help.tour.shown, "the first card")
    hands.press("Leave the look round")
    assert not hands.opened.help.tour.shown


def test_help_stays_where_it_was_while_one_goes_elsewhere(hands, stage):
    hands.opened.help.tour.offers = False
    come_in(hands, stage)
    hands.window.place_requested.emit("help")
    hands.on("Help")
    hands.type("Find in help", "receipt")
    key = hands.page.key
    hands.window.place_requested.emit("home")
    hands.on(HOME)
    hands.window.place_requested.emit("help")
    hands.on("Help")

    assert hands.page.key == key
    assert hands.field("Find in help").text() == "receipt"
