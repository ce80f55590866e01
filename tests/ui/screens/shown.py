"""Which parts of the program each picture shows: what is not on any picture is not looked at by anybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dsl_desk.ui.main_window import MainWindow

NAME = "shown.tsv"
WINDOW = "dsl_desk.ui."
EVERYWHERE = ("widgets.", "shell.", "main_window.", "window_frame.", "page_frame.", "halt_bar.")
"""What every page is made of, and what stands around each: on every picture, so not worth a word."""
_HEAD = "screen\tparts of the window on it, as they stand in dsl_desk/ui\n"


def part_name(kind: type) -> str:
    """A class of the window as the list names it: case.panel.CasePanel."""
    return f"{kind.__module__.removeprefix(WINDOW)}.{kind.__qualname__}"


def is_part(kind: type) -> bool:
    """Whether it is the window's own, and not on every picture."""
    mine = issubclass(kind, QWidget) and kind.__module__.startswith(WINDOW)
    return mine and not part_name(kind).startswith(EVERYWHERE)


def shown_in(window: MainWindow, *over: QWidget) -> frozenset[str]:
    """The parts that are in sight in a window, and in what stands over it; behind the stop page nothing is."""
    root: QWidget = window.halt if window.halt.is_up else window
    parts = [part for one in (root, *over) for part in (one, *one.findChildren(QWidget)) if part.isVisible()]
    return frozenset(part_name(type(part)) for part in parts if is_part(type(part)))


def read_shown(folder: Path) -> dict[str, frozenset[str]]:
    """What the list says of each screen; empty where there is none."""
    if not (folder / NAME).is_file():
        return {}
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()[1:]
    pairs = (line.split("\t", 1) for line in lines)
    return {screen: frozenset(parts.split()) for screen, parts in pairs}


def write_shown(folder: Path, taken: dict[str, frozenset[str]]) -> None:
    """Write it anew for the screens just taken, and leave out those whose pictures are gone."""
    known = {**read_shown(folder), **taken}
    there = {path.name.removesuffix("-light.png") for path in folder.glob("*-light.png")}
    lines = [f"{screen}\t{' '.join(sorted(known[screen]))}\n" for screen in sorted(known) if screen in there]
    (folder / NAME).write_text(_HEAD + "".join(lines), encoding="utf-8")
