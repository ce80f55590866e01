"""Pages behind the pages of the settings: what opens from their lines and buttons."""

from __future__ import annotations

from typing import cast

from dsl_desk.ui.settings.page import SettingsPlace
from dsl_desk.ui.settings.policy_pages import COMPARE, OTHER_POLICY, WAITING, ItemPage
from dsl_desk.ui.widgets import Field, LineEdit
from tests.ui.screens.story import Story

PARTS = ("days", "posts", "passphrase", "keys", "log")
"""Parts of the settings that open by themselves."""


def play(story: Story) -> None:
    """Each as it stands when it comes; nothing on them is kept but words that are dropped again."""
    for part in PARTS:
        _open(story, part)
        story.shoot(f"settings-{part}")
    _people(story)
    _codes(story)
    _open(story, "devices")
    story.at.press("Add a device")
    _until_other(story, "Devices")
    story.shoot("settings-add-a-device")
    _open(story, "about")
    _row(story, "protects")
    story.shoot("settings-what-it-protects")
    _open(story, "papers")
    story.shoot("settings-papers")
    _row(story, "card")
    story.shoot("settings-halt-card")
    _policy(story)


def _open(story: Story, part: str) -> None:
    settings = story.desk.settings
    settings.open()
    story.at.on("Settings")
    settings.open_part(part)
    _until_other(story, "Settings")


def _until_other(story: Story, title: str) -> None:
    story.at.until(lambda: story.at.title != title, f"another page than {title}")
    story.at.quiet()


def _row(story: Story, key: str) -> None:
    """Open a line of the page that is shown."""
    title = story.at.title
    cast("SettingsPlace", story.at.page).rows[key].click()
    _until_other(story, title)


def _people(story: Story) -> None:
    """One account, somebody who is let in, and the two who confirm what ends access."""
    _open(story, "people")
    rows = cast("SettingsPlace", story.at.page).rows
    _row(story, list(rows)[-1])
    story.shoot("settings-account")
    whose = story.at.title
    story.at.press("End this account…")
    _until_other(story, whose)
    story.shoot("settings-end-an-account")
    _open(story, "people")
    story.at.press("Let somebody in")
    story.at.on("Let somebody in")
    story.shoot("settings-let-in")


def _codes(story: Story) -> None:
    """Who keeps the envelopes."""
    _open(story, "codes")
    _row(story, "keepers")
    story.shoot("settings-keepers")


def _policy(story: Story) -> None:
    """A part of the policy, one text of it, what waits to be put in force, another policy, two to compare."""
    _open(story, "policy")
    _row(story, "deadlines")
    part = story.at.title
    story.shoot("settings-policy-part")
    _row(story, "deadlines[2]")
    story.shoot("settings-policy-text")
    text = cast("ItemPage", story.at.page)
    cast("Field[LineEdit]", next(iter(text.fields.values()))).set_text("An agency that has not answered is rung again")
    story.at.press("Keep for the next version")
    story.at.on(part)
    _open(story, "policy")
    _row(story, WAITING)
    story.shoot("settings-policy-in-force")
    story.at.press("Drop these changes")
    story.at.on("Policy")
    _row(story, OTHER_POLICY)
    story.shoot("settings-other-policy")
    _open(story, "policy")
    _row(story, COMPARE)
    story.shoot("settings-compare-policies")
