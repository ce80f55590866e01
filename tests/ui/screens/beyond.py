"""What lies beyond one case's steps: its whole chronology, packs, settings, help and the look round."""

from __future__ import annotations

import re

from tests.ui.screens.story import HOME, Story
from tests.ui.settings import test_every_page as settings_pages

KEPT = frozenset({"Settings", "Whom to ring", "Policy", "Devices", "People and accounts", "Recovery codes",
                  "Replace all three codes", "Appearance and lock", "About this desk"})  # fmt: skip
"""Pages of the settings that the documents show; the others look like them."""


def around(story: Story) -> None:
    """The whole chronology, one entry, advice applied by two, the questions again, what was brought."""
    case = story.desk.case
    story.open_case("first")
    case._on_act("chronology")
    story.at.until(lambda: story.at.page is not case.panel, "the chronology")
    story.shoot("chronology")
    story.at.press("Open this entry")
    story.at.quiet()
    story.shoot("entry")
    for name, act, picture in (
        ("police", "apply_advice", "advice-by-two"), ("first", "questions", "questions-again"),
        ("first", "person", "add-a-person"), ("first", "material", "what-was-brought"),
    ):  # fmt: skip
        story.open_case(name)
        case._on_act(act)
        story.at.until(lambda: story.at.page is not case.panel, act)
        story.shoot(picture)


def packs(story: Story) -> None:
    """The register of packs, and one of them."""
    story.at.window.place_requested.emit("packs")
    story.at.on("Packs")
    story.shoot("packs")


class _Tour(settings_pages.Tour):
    """Goes through the settings and takes a picture of each page."""

    def __init__(self, story: Story) -> None:
        super().__init__(story.at)
        self.story = story

    def look(self, title: str) -> None:
        self.hands.on(title)
        name = "settings-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        self.story.shoot("settings" if title == "Settings" else name, kept=title in KEPT)


def settings(story: Story) -> None:
    """Every page of the settings."""
    story.at.window.place_requested.emit("settings")
    tour = _Tour(story)
    tour.look("Settings")
    for part in (
        settings_pages.school, settings_pages.papers, settings_pages.policy, settings_pages.devices,
        settings_pages.people, settings_pages.laptop,
    ):  # fmt: skip
        part(tour)


def helping(story: Story) -> None:
    """Help as a place, help beside Home, the look round."""
    window = story.at.window
    window.place_requested.emit("help")
    story.at.until(lambda: story.at.page.title.text() != "Settings", "help")
    story.shoot("help")
    window.place_requested.emit("home")
    story.at.on(HOME)
    window.toggle_help()
    story.shoot("help-beside-home")
    window.toggle_help()
    story.at.opened.help.tour.start()
    story.shoot("look-round")
    story.at.opened.help.tour.leave()
