"""`python -m tests.ui.screens OUT [first-day | door | home | concern | place | forms | … | more | keep]`.

`more` takes two further modes, to be looked at; `keep` writes the index beside the pictures and takes away those of
screens that are gone.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance, Theme
from tests.ui.screens import beyond, cases, concern, door, first_day, further, inner, over, registers, seldom, staff
from tests.ui.screens.camera import MODES, MORE, Camera
from tests.ui.screens.index import write_index
from tests.ui.screens.shown import write_shown
from tests.ui.screens.story import Story

SCENES: dict[str, Callable[[Story], None]] = {
    "concern": concern.play, "place": cases.place, "forms": cases.forms, "review": cases.review,
    "signing": cases.signing, "packs": cases.packs, "governors": cases.governors, "care": cases.care,
    "around": beyond.around, "register": beyond.packs, "registers": registers.play,
    "named-registers": registers.named, "further": further.play, "seldom": seldom.play,
    "settings": beyond.settings, "inner": inner.play, "help": beyond.helping,
    "elsewhere": staff.elsewhere, "apart": staff.apart, "standing-in": staff.standing_in,
    "halt": cases.halt, "just-stopped": staff.just_stopped, "over": over.play,
}  # fmt: skip
"""In the order of a case: each goes on from where those before it left the desk."""
ONLY_LOOK = frozenset({"concern", "place", "forms", "further", "seldom", "settings", "inner", "help", "over"})
"""Those that leave the desk as it was: not played where their pictures are not wanted."""


def main(out: Path, wanted: list[str]) -> int:
    """Take the pictures; says what the walk finds, and ends with 1 where it finds something."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    modes, keep = MODES + MORE if "more" in wanted else MODES, "keep" in wanted
    wanted = [name for name in wanted if name not in ("more", "keep")]
    camera = Camera(app, Theme(app, resources() / "fonts", Appearance.LIGHT), out, modes, small=keep)
    with tempfile.TemporaryDirectory() as folder:
        if not wanted or "first-day" in wanted:
            first_day.play(app, camera, Path(folder) / "first")
        if wanted != ["first-day"]:
            _school_days(app, camera, Path(folder) / "school", wanted)
    for name, faults in camera.faults.items():
        print(name, *faults, sep="\n  ")
    if keep:
        _keep(out, camera, whole=not wanted)
    print(len(camera.taken), "screens")
    return 1 if camera.faults else 0


def _keep(out: Path, camera: Camera, *, whole: bool) -> None:
    taken = {f"{name}-{mode.name}.png" for name in camera.taken for mode in camera.modes}
    for old in out.glob("*.png") if whole else ():
        if old.name not in taken:
            old.unlink()
    write_index(out)
    write_shown(out, camera.taken)


def _school_days(app: QApplication, camera: Camera, folder: Path, wanted: list[str]) -> None:
    story = Story.begin(app, camera, folder)
    try:
        if not wanted or "door" in wanted:
            door.play(story)
        story.come_in() if story.at.page is story.desk.door.panel else None
        if not wanted or "home" in wanted:
            story.shoot("home-nothing-waiting")
        last = max((list(SCENES).index(name) for name in wanted if name in SCENES), default=-1)
        _quietly(camera, story, cases.begin, shown=not wanted or "home" in wanted)
        for at, (name, scene) in enumerate(SCENES.items()):
            if wanted and at > last:
                break
            if not wanted or name in wanted or name not in ONLY_LOOK:
                _quietly(camera, story, scene, shown=not wanted or name in wanted)
    finally:
        story.close()


def _quietly(camera: Camera, story: Story, scene: Callable[[Story], None], *, shown: bool) -> None:
    """Play a scene, with or without pictures."""
    modes, camera.modes = camera.modes, camera.modes if shown else ()
    scene(story)
    camera.modes = modes


if __name__ == "__main__":
    code = main(Path(sys.argv[1]), sys.argv[2:])
    sys.stdout.flush()
    os._exit(code)  # windows of a whole program are gone with it
