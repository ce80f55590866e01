"""What lies beyond one case's steps: its whole chronology, packs, settings, help and the look round."""

from __future__ import annotations

from tests.ui.screens.story import HOME, Story

PARTS = ("school", "contacts", "policy", "devices", "people", "codes", "look", "about")
"""Parts of the settings, as their first page names them."""


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
        ("first", "route", "route-of-a-case"),
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


def settings(story: Story) -> None:
    """The settings and their parts."""
    story.at.window.place_requested.emit("settings")
    story.at.on("Settings")
    story.shoot("settings")
    for part in PARTS:
        story.desk.settings.open_part(part)
        story.at.until(lambda: story.at.page.title.text() != "Settings", part)
        story.shoot(f"settings-{part}")
        if part == "policy":
            _compared(story)
        story.desk.settings.open()
        story.at.on("Settings")


def _compared(story: Story) -> None:
    """Two policies side by side: the parts, and one of them."""
    story.at.press("Compare two policies")
    story.at.on("Which two policies?")
    story.at.page.second.editor.set_key("primary-2024.toml")  # type: ignore[attr-defined] # the page that was just named
    story.at.press("Lay them side by side")
    story.at.on("Two policies side by side")
    story.shoot("settings-policies-side-by-side")
    story.at.press("Who is told, and how soon")
    story.at.on("Who is told, and how soon")
    story.shoot("settings-policies-one-part")


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
