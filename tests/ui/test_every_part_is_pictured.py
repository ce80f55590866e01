"""Every page of the window, and every part of one, is on a picture that is kept; the few that are not say why."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

import dsl_desk.ui
from dsl_desk.ui.page import Page
from tests.ui.screens.shown import is_part, part_name, read_shown

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
NOT_PICTURED = {
    "page.Page": "what every page is made from",
    "case.two_people.TwoPage": "what pages have in common that two people sign",
    "concern.page.ConcernPage": "what the pages of a concern have in common",
    "registers.own_pages.OwnPage": "what pages of single registers have in common",
    "review.before_panels.ProvedPanel": "what pages have in common that each reviewer signs",
    "set_up.page.SetUpPage": "what the pages of set-up have in common",
    "settings.page.ProvedForm": "what forms have in common that ask for the own passphrase",
    "settings.page.SettingsForm": "what the forms of the settings have in common",
    "settings.page.SettingsPlace": "what the places of the settings have in common",
    "unlock.panel.GatePage": "what the pages at the door have in common",
    "doorway.Doorway": "stands for the blink before the first picture, and holds nothing",
    "review.screen.GivingWay": "a strip over other programs, while the window is away",
}


def parts() -> set[type]:
    """Every class of the window that can be seen, but what is on every picture."""
    names = {module.name for module in pkgutil.walk_packages(dsl_desk.ui.__path__, "dsl_desk.ui.")}
    for name in names:
        importlib.import_module(name)
    return {kind for kind in kinds_of(QWidget) if kind.__module__ in names and is_part(kind)}


def missing(kinds: set[type]) -> list[str]:
    """What is on no picture and gives no reason for it."""
    return sorted({part_name(kind) for kind in kinds} - pictured() - NOT_PICTURED.keys())


def kinds_of(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    below: list[type[QWidget]] = kind.__subclasses__()
    for one in below:
        yield one
        yield from kinds_of(one)


def pictured() -> frozenset[str]:
    return frozenset().union(*read_shown(SCREENS).values())


def test_every_page_and_every_part_of_one_is_on_a_picture():
    found = missing(parts())
    assert found == [], "Take a picture: a scene in tests/ui/screens, then `python -m tests.ui.screens … keep`"


def test_a_page_that_nobody_took_is_missed():
    forgotten = type("Forgotten", (Page,), {"__module__": "dsl_desk.ui.case.forgotten"})
    assert missing({*parts(), forgotten}) == ["case.forgotten.Forgotten"]


def test_what_has_no_picture_is_there_and_has_none():
    assert NOT_PICTURED.keys() - {part_name(kind) for kind in parts()} == set()
    assert NOT_PICTURED.keys() & pictured() == set()


def test_pictures_name_no_part_that_is_gone():
    assert pictured() - {part_name(kind) for kind in parts()} == set()


def test_the_list_names_the_pictures_that_are_there():
    there = {path.name.removesuffix("-light.png") for path in SCREENS.glob("*-light.png")}
    assert read_shown(SCREENS).keys() == there
