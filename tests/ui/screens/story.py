"""What the pictures are taken of: one made-up school, its desk on this laptop, and somebody at the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.app import Surroundings
from dsl_desk.domain.words import StrandId
from dsl_desk.rehearsal import opening
from dsl_desk.rehearsal.cast import load_cast
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring, Stage
from dsl_desk.window_app.joined import DeskWindow
from tests.ui.opened import Hands, remember
from tests.ui.screens.camera import Camera

HOME = "What is waiting for me"


@dataclass
class Story:
    """A desk that is played behind the window while it is locked, and looked at in it."""

    app: QApplication
    camera: Camera
    stage: Stage
    hands: Hands | None = None
    strands: dict[str, StrandId] = field(default_factory=dict)

    @classmethod
    def begin(cls, app: QApplication, camera: Camera, folder: Path) -> Story:
        """A desk that four invented people have set up."""
        around = Surroundings(config=folder / "laptop", keyring=MemoryKeyring(), cost=QUICK)
        stage = Stage(out=folder, cast=load_cast(), around=around)
        opening.play(stage)
        stage.lock()
        (folder / "handover").mkdir()
        return cls(app, camera, stage)

    def shoot(self, name: str, *, kept: bool = True, over: Callable[[], QWidget] | None = None) -> None:
        """Take what is shown now, and what `over` brings up; where pictures are kept only what is not like another."""
        self.at.quiet()
        if kept or not self.camera.small:
            self.camera.shoot(self.at.window, name, over)

    @property
    def at(self) -> Hands:
        """The person at the window."""
        if self.hands is None:
            remember(self.stage.around, self.stage.desk_folder)
            self.hands = Hands(self.app, self.stage.around)
            self.hands.opened.help.tour.offers = False
            self.hands.window.idle.blockSignals(True)  # a picture may take so long that the laptop seems to have slept
            self.hands.on("Unlock the desk")
        return self.hands

    @property
    def desk(self) -> DeskWindow:
        """What stands in the window."""
        return self.at.opened.desk

    def come_in(self, who: str = "dsl") -> None:
        """Somebody unlocks, and goes Home."""
        secret = self.stage.cast.secret(who)
        self.at.unlock(secret.sign_in_name, secret.passphrase)
        self.at.until(lambda: not self.at.window.is_locked and self.at.page is not self.desk.door.panel, "inside")
        self.at.window.place_requested.emit("home")
        self.at.on(HOME)

    def play(self, act: Callable[[Stage], object], who: str = "dsl") -> object:
        """Lock the window, let something happen on the desk behind it, and come in again."""
        if self.hands is not None and not self.at.window.is_locked:
            self.at.window.release()
            self.at.window.activateWindow()  # a chooser may have had the keys last
            self.at.until(lambda: self.app.focusWindow() is not None, "the window is active")
            self.at.key(Qt.Key.Key_F12)
            self.at.quiet()
        try:
            self.stage.sign_in("dsl")
            return act(self.stage)
        finally:
            self.stage.lock()
            self.come_in(who)

    def open_case(self, name: str) -> None:
        """Go to the place of a case."""
        strand = self.strands[name]
        self.desk.home.case_requested.emit(strand)
        self.at.until(lambda: self.desk.case.strand == strand and self.at.page is self.desk.case.panel, name)
        self.at.quiet()

    def step(self, name: str, opener: Callable[[StrandId], None], title: str) -> None:
        """Go from a case to one of its pages."""
        opener(self.strands[name])
        self.at.on(title)

    def close(self) -> None:
        """The window closes."""
        if self.hands is not None:
            self.hands.close()
