"""The whole rehearsal in the window, once, from set-up to the last page, by keyboard alone.

Each screen is walked on the way, and stopped by one key and one confirmation. With the mouse it is played by
`dsl-desk rehearsal`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.keys import Keys
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


_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.Drop)


class NoMouse(QObject):
    """Takes down every touch of the mouse."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.touched: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() in _MOUSE:
            self.touched.append(f"{type(watched).__name__} {event.type().name}")
        return False


@dataclass
class Looked:
    """What was found on the screens of one rehearsal."""

    theme: Theme
    every_way: bool
    screens: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    halts: Halts | None = None
    touched: list[str] = field(default_factory=list)

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
    found, mouse = Looked(theme, every_way=heavy(0, 1) == 1), NoMouse(qapp)
    out = tmp_path_factory.mktemp("played") / "rehearsal"
    try:
        rehearse_in_window(out, touch=Keys(qapp), prepare=found.prepare)
    except HandsError as error:
        found.faults.append(f"after {found.screens[-1:]}: {error}")
    finally:
        qapp.removeEventFilter(mouse)
    found.touched = mouse.touched
    return found


def test_the_whole_rehearsal_is_played_by_keyboard_alone(looked):
    assert looked.screens[0] == "welcome"
    assert looked.screens[-1] == "help"
    assert looked.touched == []


def test_every_screen_of_the_rehearsal_can_be_named_reached_hit_and_read(looked):
    assert len(looked.screens) >= FEWEST_SCREENS
    assert looked.faults == []


def test_every_screen_of_the_rehearsal_is_stopped_by_one_key_and_one_confirmation(looked):
    assert looked.halts.faults == []
    assert len(looked.halts.took) >= FEWEST_SCREENS
    slowest = max(looked.halts.took, key=looked.halts.took.__getitem__)
    print(f"slowest stop: {slowest}, {looked.halts.took[slowest]:.3f} s of {WITHIN_S} s")
    assert looked.halts.took[slowest] < allowed_s()
