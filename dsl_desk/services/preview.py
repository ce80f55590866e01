"""A small picture of an exhibit to look at, decoded where it can harm nothing.

The original bytes are never re-encoded and never decoded in this process: a child
with limits on memory, time and pixels draws a small copy, which lives in memory
alone and goes with the page that shows it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.errors import InputError
from dsl_desk.services import preview_worker

SECONDS = 30
_PNG = b"\x89PNG"
LARGEST_BYTES = 64 * 1024 * 1024

_SENTENCES = {
    preview_worker.NOT_A_PICTURE: "This exhibit is not a picture that the desk opens. "
    "It is kept exactly as it came in; describe it in words, or hand it over unopened.",
    preview_worker.TOO_MANY_PIXELS: "This picture has more than 50 million pixels and is not shown. "
    "It is kept exactly as it came in.",
}
_DAMAGED = "This picture could not be drawn. It is kept exactly as it came in; hand it over unopened."
_TOO_LARGE = "This exhibit is too large to be shown. It is kept exactly as it came in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a picture to cover: its edges as parts of 1, from the left and from the top.

    Raises InputError where it lies outside the picture or is empty.
    """

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise InputError("An area to cover must lie on the picture. Mark it again; nothing was made.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A picture to show, covered until somebody says why they uncover it."""

    png: bytes


def worker_command() -> list[str]:
    """How the child is started: this Python in isolation, or the packed program under another name."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--preview-worker"]
    return [sys.executable, "-I", str(Path(preview_worker.__file__))]


class ChildPreviews:
    """Draws previews in a child process, one at a time."""

    def __init__(self, *, seconds: int = SECONDS) -> None:
        self._seconds = seconds

    def draw(self, untrusted: bytes) -> Preview:
        """Decode one picture; raises InputError with a plain sentence where it cannot be shown."""
        drawn = self._asked(untrusted)
        if not drawn.startswith(_PNG):
            raise InputError(_DAMAGED)
        return Preview(png=drawn)

    def redacted(self, untrusted: bytes, areas: Sequence[Area]) -> bytes:
        """A PNG of the whole picture with these areas filled solid black, read again by another child.

        Raises InputError where it is no picture, or where the copy read again does not prove what it should.
        """
        told = json.dumps([[area.left, area.top, area.right, area.bottom] for area in areas])
        copy = self._asked(untrusted, "redact", told)
        if not copy.startswith(_PNG):
            raise InputError(_DAMAGED)
        self._asked(copy, "prove", told)
        return copy

    def _asked(self, untrusted: bytes, *work: str) -> bytes:
        """Have a child do one piece of work on untrusted bytes."""
        if len(untrusted) > LARGEST_BYTES:
            raise InputError(_TOO_LARGE)
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell, no name from outside
                [*worker_command(), *work],
                input=untrusted,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
                env=_bare_environment(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(_DAMAGED) from error
        if done.returncode != preview_worker.DRAWN:
            raise InputError(_SENTENCES.get(done.returncode, _DAMAGED))
        return done.stdout


def _bare_environment() -> dict[str, str]:
    """Nothing of this login reaches the child, but what Windows needs to start a process at all."""
    needed = ("SYSTEMROOT", "PATH") if sys.platform == "win32" else ()
    return {name: os.environ[name] for name in needed if name in os.environ}
