"""Pictures of the gallery, to be looked at: `python -m tests.ui.pictures OUT [name…]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.ui.tokens import AQUATIC, DESERT
from tests.ui.gallery import PAGES, STOPPED, window

WIDE = (1366, 768)
DRESSES = {
    "light": (Appearance.LIGHT, None), "dark": (Appearance.DARK, None),
    "contrast-dark": (Appearance.CONTRAST, AQUATIC), "contrast-light": (Appearance.CONTRAST, DESERT),
}  # fmt: skip


def grab(widget: QWidget, scale: float = 1.0) -> QPixmap:
    """A widget as it stands, at a ratio of device pixels."""
    picture = QPixmap(widget.size() * scale)
    picture.setDevicePixelRatio(scale)
    widget.render(picture, QPoint())
    return picture


def settle(app: QApplication) -> None:
    for _ in range(6):
        app.processEvents()


def main(folder: Path, names: list[str]) -> None:
    app = QApplication([])
    theme = Theme(app, resources() / "fonts", Appearance.LIGHT)
    shell = window(app)
    shell.show()
    shell.activateWindow()
    for name in names or [*PAGES, "stop", "ask", "stop-locked"]:
        for percent in (100, 150, 200):
            for dress, (appearance, system) in DRESSES.items():
                if percent > 100 and dress != "light":
                    continue
                theme.set_appearance(appearance, system)
                shell.resize(WIDE[0] * 100 // percent, WIDE[1] * 100 // percent)
                page = PAGES[name]() if name in PAGES else PAGES["home"]()
                shell.set_place({"home": "home", "case": "cases", "governors": "governors"}.get(name, ""))
                shell.set_person("" if name in ("unlock", "stop-locked") else "Pat Example, DSL")
                shell.show_page(page)
                if name == "stop":
                    shell.show_stopped(STOPPED)
                elif name in ("ask", "stop-locked"):
                    shell.halt_now()
                settle(app)
                grab(shell, percent / 100).save(str(folder / f"{name}-{dress}-{percent}.png"))
                shell.release()
    shell.close()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, sys.argv[2:])
