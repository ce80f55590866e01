"""The index of the pictures that are kept: one line a screen, one link a mode."""

from __future__ import annotations

from pathlib import Path

NAME = "README.md"
_MODES = {"light": "light", "dark": "dark", "contrast": "high contrast", "200": "200 %"}
_HEAD = """# Pictures of every screen

Everything in them is made up: a school, a desk and people who do not exist. They are taken from the program
itself, on a desk that is set up and played for it, at 1366 × 768: light, dark, high contrast,
and at 200 % (four of the light ones as large as they are, the others smaller).

    python -m tests.ui.screens docs/screens keep

makes them anew, with this index; with the names of scenes (`forms`, `review`, `settings`, …) only those.
`shown.tsv` says which parts of the window each screen shows; a test holds that every page is on one of them.

| Screen | | | | |
|---|---|---|---|---|
"""


def write_index(folder: Path) -> None:
    """Write the index of a folder of pictures: one line a screen, in the order of their names."""
    screens = sorted(path.name.removesuffix("-light.png") for path in folder.glob("*-light.png"))
    (folder / NAME).write_text(_HEAD + "\n".join(_line(name) for name in screens) + "\n", encoding="utf-8")


def _line(name: str) -> str:
    links = " | ".join(f"[{words}]({name}-{mode}.png)" for mode, words in _MODES.items())
    return f"| {name.replace('-', ' ').capitalize()} | {links} |"
