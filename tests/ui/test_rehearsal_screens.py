"""The whole rehearsal in the window, once: each screen is walked, and stopped by one key and one confirmation."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.touch import HandsError
from dsl_desk.rehearsal.window_play import rehearse_in_window
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.ui.tokens import AQUATIC, DESERT
from tests.ui.halts import WITHIN_S, Halts, allowed_s, over
from tests.ui.inks import seen_faults
from tests.ui.walk import walk

SIZES = {"100%": (1366, 768), "1280x640": (1280, 640), "150%": (910, 512), "200%": (683, 384)}
DRESSES = {
    "light": (Appearance.LIGHT, None), "dark": (Appearance.DARK, None), "aquatic": (Appearance.CONTRAST, AQUATIC),
    "desert": (Appearance.CONTRAST, DESERT),
}  # fmt: skip
FEWEST_SCREENS = 30
PATIENCE_MS = 120_000
SETTLED_AFTER = 20
"""Turns of the loop: parts within parts stack one after the other, and seven turns were seen to be needed."""


@dataclass
class Looked:
    """What was found on the screens of one rehearsal."""

    theme: Theme
    every_way: bool
    screens: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    halts: Halts | None = None

    def prepare(self, hands: Hands) -> None:
        hands._patience_ms = PATIENCE_MS  # two shared cores
        self.halts = Halts(hands.opened)
        hands.on_screen += [self.look, self.halts]

    def look(self, name: str, window: MainWindow) -> None:
        self.screens.append(name)
        before = len(self.faults)
        if over() is not None:
            return  # Qt's own chooser lies over the page
        sizes = SIZES if self.every_way else {"100%": SIZES["100%"]}
        dresses = DRESSES if self.every_way else {"light": DRESSES["light"]}
        scale = 2.0 if self.every_way else 1.0
        for size, (width, height) in sizes.items():
            window.resize(width, height)
            settle()
            self.faults += [f"{name} at {size}: {fault}" for fault in walk(window)]
            for dress, (appearance, system) in dresses.items():
                if self.every_way:
                    self.theme.set_appearance(appearance, system)
                    settle()
                self.faults += [f"{name} at {size}, {dress}: {fault}" for fault in seen_faults(window, scale)]
        print(name, *self.faults[before:], sep="\n  ", flush=True)
        if self.every_way:
            self.theme.set_appearance(Appearance.LIGHT)
            window.resize(*SIZES["100%"])
            settle()


def settle() -> None:
    for _ in range(SETTLED_AFTER):
        QApplication.processEvents()


@pytest.fixture(scope="module")
def looked(qapp, theme, heavy, tmp_path_factory) -> Looked:
    found = Looked(theme, every_way=heavy(0, 1) == 1)
    try:
        rehearse_in_window(tmp_path_factory.mktemp("played") / "rehearsal", prepare=found.prepare)
    except HandsError as error:
        found.faults.append(f"after {found.screens[-1:]}: {error}")
    return found


def test_every_screen_of_the_rehearsal_can_be_named_reached_hit_and_read(looked):
    assert len(looked.screens) >= FEWEST_SCREENS
    assert looked.faults == []


def test_every_screen_of_the_rehearsal_is_stopped_by_one_key_and_one_confirmation(looked):
    assert looked.halts.faults == []
    assert len(looked.halts.took) >= FEWEST_SCREENS
    slowest = max(looked.halts.took, key=looked.halts.took.__getitem__)
    print(f"slowest stop: {slowest}, {looked.halts.took[slowest]:.3f} s of {WITHIN_S} s")
    assert looked.halts.took[slowest] < allowed_s()
