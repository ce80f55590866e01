"""Set-up, from the welcome to Home on the first day."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from dsl_desk.app import Surroundings
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring
from dsl_desk.ui.set_up.begin_pages import PlacePage
from dsl_desk.ui.set_up.secret_pages import CodesPage
from tests.ui.opened import Hands
from tests.ui.screens.camera import Camera
from tests.ui.screens.story import HOME

PASSPHRASE = "harbour pencil quartz meadow"


def play(app: QApplication, camera: Camera, folder: Path) -> None:
    """One person begins a desk."""
    hands = Hands(app, Surroundings(config=folder / "laptop", keyring=MemoryKeyring(), cost=QUICK))
    try:
        codes = _begin(hands, camera, folder / "desk")
        _tell(hands, camera, codes)
        _later(hands, camera)
    finally:
        hands.close()


def _begin(hands: Hands, camera: Camera, folder: Path) -> list[str]:
    hands.on("Welcome to DSL Desk")
    camera.shoot(hands.window, "set-up-welcome")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    camera.shoot(hands.window, "set-up-place")
    assert isinstance(hands.page, PlacePage)
    hands.page.set_folder(folder)
    hands.press("Continue")
    hands.on("Your school, and you")
    hands.press("Continue")
    hands.quiet()
    camera.shoot(hands.window, "set-up-errors")
    hands.type("Name of the school", "Example Vale School")
    hands.type("Your name", "Demo Placeholder")
    hands.press("Designated Safeguarding Lead")
    hands.page.show_problems([])
    hands.quiet()
    camera.shoot(hands.window, "set-up-you")
    hands.press("Continue")
    hands.on("Your own passphrase")
    hands.type("Sign-in name", "demo")
    hands.type("Passphrase", PASSPHRASE)
    hands.type("The same again", PASSPHRASE)
    camera.shoot(hands.window, "set-up-passphrase")
    hands.press("Begin the desk")
    hands.on("Copy three recovery codes by hand")
    assert isinstance(hands.page, CodesPage)
    camera.shoot(hands.window, "set-up-codes")
    return [words.text() for words in hands.page.code_words]


def _tell(hands: Hands, camera: Camera, codes: list[str]) -> None:
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.type("First code", codes[0])
    hands.type("Second code", codes[2])
    camera.shoot(hands.window, "set-up-codes-typed")
    hands.press("Compare")
    hands.on("Which policy does your school follow?")
    hands.press("Secondary school, online safety policy 2021")
    camera.shoot(hands.window, "set-up-policy")
    hands.press("Continue")
    hands.on("Who holds which post?")
    camera.shoot(hands.window, "set-up-posts")
    hands.press("Continue")
    hands.on("What papers say of the school")
    camera.shoot(hands.window, "set-up-school")
    hands.press("Continue")
    hands.on("Whom do you ring?")
    camera.shoot(hands.window, "set-up-contacts")
    hands.press("Continue")
    hands.on("Where will you look at devices and sites?")
    hands.press("This laptop")
    hands.quiet()
    camera.shoot(hands.window, "set-up-looking")
    hands.press("Continue")
    hands.on("Three papers to lie ready")
    camera.shoot(hands.window, "set-up-papers")
    hands.press("Go to Home")


def _later(hands: Hands, camera: Camera) -> None:
    hands.on(HOME)
    camera.shoot(hands.window, "home-first-day")
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    camera.shoot(hands.window, "set-up-left")
    for row, title, name in (
        ("Hand out the three envelopes.", "Hand out the three envelopes", "set-up-envelopes"),
        ("Add a second account; then reviewing opens.", "Add a second person", "set-up-second"),
    ):
        hands.press(row)
        hands.on(title)
        camera.shoot(hands.window, name)
        hands.press("Back")
        hands.on("Set-up unfinished")
