"""What the command line asks of a rehearsal: play it, by the window where Qt can paint, and open its desk again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dsl_desk.rehearsal import play as by_services
from dsl_desk.rehearsal.programme import is_rehearsed, read_programme
from dsl_desk.rehearsal.stage import Stage, empty_folder
from dsl_desk.services.ports import Progress

__all__ = ["has_screen", "is_rehearsed", "look", "people_of", "play"]


def has_screen() -> bool:
    """Whether there is a screen to show a window on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def play(out: Path, progress: Progress, *, window: bool) -> tuple[Stage, tuple[str, ...]]:
    """Play it, and say what was different from what was asked for; raises InputError, HandsError."""
    if not window:
        return by_services.rehearse(out, progress=progress), ()
    try:
        from dsl_desk.rehearsal import window_play  # noqa: PLC0415
    except ImportError:  # a library that Qt paints with is not installed on this machine
        empty_folder(out)
        words = "No window can be painted on this machine, so it was played without one, and there are no pictures."
        return by_services.rehearse(out, progress=progress), (words,)
    return window_play.rehearse_in_window(out, progress=progress), ()


def people_of(out: Path) -> tuple[str, ...]:
    """Who was played and what each signs in with, for the terminal; raises InputError."""
    people = read_programme(out).people
    widest = max(len(person.name) for person in people)
    return (
        "The rehearsed desk opens in a window. Everybody in it is made up; sign in as any of them:",
        *(f"  {one.name:<{widest}}  {one.role:<12}  {one.sign_in_name:<8}  {one.passphrase}" for one in people),
        "Close the window when you have seen enough.",
    )


def look(out: Path) -> int:
    """Open it in the window; returns the exit code."""
    from dsl_desk.rehearsal import look as window  # noqa: PLC0415

    return window.look(out)
