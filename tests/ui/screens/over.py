"""What stands over a page for a while: menus, choosers of files, the warning before the lock, the made-up people."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dsl_desk.ui.unlock.made_up import MadeUp, MadeUpPeople
from dsl_desk.ui.widgets import ask_file
from tests.ui.screens.story import HOME, Story

PEOPLE = (
    MadeUp(name="Demo Placeholder", post="DSL", sign_in_name="demo", passphrase="harbour pencil quartz meadow"),
    MadeUp(name="Mocka Stand-In", post="Deputy DSL", sign_in_name="mocka", passphrase="copper lantern thistle brook"),
    MadeUp(name="Testa Sample-Dean", post="Headteacher", sign_in_name="testa", passphrase="velvet anchor pumice wren"),
    MadeUp(name="Example Chairwood", post="Chair of Governors", sign_in_name="chair", passphrase="marble otter gate"),
)  # fmt: skip


def play(story: Story) -> None:
    """Each over the page on which it comes up."""
    story.open_case("first")
    story.shoot("case-record-something", over=lambda: _folded_out(story))
    folder = story.stage.out / "handover"
    story.shoot("choose-a-folder", over=lambda: _chooser(story, folder))
    window = story.at.window
    window.place_requested.emit("home")
    story.at.on(HOME)
    window._warning.show_seconds(20)
    story.shoot("lock-warning")
    window._warning.hide()
    window.lock_now()
    people = MadeUpPeople(PEOPLE)
    story.desk.door.panel.show_beside(people)
    story.shoot("unlock-rehearsal")
    people.deleteLater()
    story.come_in()


def _folded_out(story: Story) -> QWidget:
    button = story.desk.case.panel.record
    button.click()
    return button.menu_of_acts


def _chooser(story: Story, folder: Path) -> QWidget:
    return ask_file(story.at.window, "Folder for the pack", folder=True, on_picked=lambda _: None, start=folder)
