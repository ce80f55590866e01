"""The door: unlocking, being refused, other ways in, a stop while nobody is signed in."""

from __future__ import annotations

from tests.ui.screens.story import Story


def play(story: Story) -> None:
    """Before anybody is in."""
    at, door = story.at, story.desk.door
    story.shoot("unlock")
    at.unlock(story.stage.cast.secret("chair").sign_in_name, "not the right words at all")
    at.quiet()
    story.shoot("unlock-refused")
    at.press("I cannot unlock")
    story.shoot("unlock-other-ways")
    for page, name in ((door.one_code, "unlock-one-code"), (door.two_codes, "unlock-two-codes")):
        door._show(page)
        story.shoot(name)
    door.show()
    at.window.halt_now()
    story.shoot("halt-locked")
    at.window.halt._on_uncover()
