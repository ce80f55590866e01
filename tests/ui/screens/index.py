"""The index of the pictures that are kept: one line a screen, one link a mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = "README.md"
_MODES = {"light": "light", "dark": "dark", "contrast": "high contrast", "200": "200 %"}
_HEAD = """# Pictures of every screen

Everything in them is made up: a school, a desk and people who do not exist. They are taken from the program
itself, on a desk that is set up and played for it, at 1366 × 768: light, dark, high contrast, and at 200 %.

    python -m tests.ui.screens docs/screens keep

makes them anew, with this index.

| Screen | | | | |
|---|---|---|---|---|
"""


def write_index(folder: Path, titles: Mapping[str, str]) -> None:
    """Write the index of a folder of pictures; screens stand in the order in which they were taken."""
    lines = [_line(name, title) for name, title in titles.items()]
    (folder / NAME).write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _line(name: str, title: str) -> str:
    links = " | ".join(f"[{words}]({name}-{mode}.png)" for mode, words in _MODES.items())
    return f"| {name}: {title.replace('|', '/')} | {links} |"


def modes() -> Sequence[str]:
    """The modes of which a picture is kept."""
    return tuple(_MODES)
