"""Takes the same screen in every dress and size, small enough to keep, and says what the walk finds in it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.ui.tokens import AQUATIC, SystemColours
from tests.ui.pictures import grab
from tests.ui.walk import walk

COLOURS = 128
"""Enough for the shades of words at their edges; each picture is a third of what it would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """One way to see a screen."""

    name: str
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    dress: Appearance = Appearance.LIGHT
    system: SystemColours | None = None


MODES = (
    Mode(name="light"),
    Mode(name="dark", dress=Appearance.DARK),
    Mode(name="contrast", dress=Appearance.CONTRAST, system=AQUATIC),
    Mode(name="200", size=(683, 384), scale=2.0),
)
MORE = (
    Mode(name="dark-200", size=(683, 384), scale=2.0, dress=Appearance.DARK),
    Mode(name="1280", size=(1280, 640)),
)
"""Looked at while making, not kept."""


@dataclass
class Camera:
    """Saves pictures named SCREEN-MODE.png into a folder."""

    app: QApplication
    theme: Theme
    folder: Path
    modes: tuple[Mode, ...] = MODES
    taken: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def shoot(self, window: MainWindow, name: str) -> None:
        """Take what the window shows in every mode; it is left as it was, light and at its usual size."""
        for mode in self.modes:
            self.theme.set_appearance(mode.dress, mode.system)
            window.resize(*mode.size)
            self.settle()
            _save(grab(window, mode.scale), self.folder / f"{name}-{mode.name}.png")
            found = walk(window)
            if found:
                self.faults[f"{name}-{mode.name}"] = found
        self.theme.set_appearance(Appearance.LIGHT)
        window.resize(1366, 768)
        self.settle()
        if self.modes:
            self.taken[name] = title_of(window)

    def settle(self) -> None:
        """Let the layout come to rest."""
        for _ in range(8):
            self.app.processEvents()


def title_of(window: MainWindow) -> str:
    """What a screen is called: its page's title, or the first sentence of the stop."""
    if window.halt.is_up:
        return " ".join(window.halt.accessibleName().split()[:8])
    return window.page.title.text() if window.page is not None else ""


def _save(picture: object, path: Path) -> None:
    """As a PNG of few colours."""
    store = QBuffer()
    store.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(store, "PNG")  # type: ignore[attr-defined]  # a QPixmap, whose stub lacks the device form
    image = Image.open(io.BytesIO(bytes(store.data().data()))).convert("RGB")
    small = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
