"""A small picture of an exhibit to look at, decoded where it can harm nothing.

The original bytes are never re-encoded and never decoded in this process: a child
with limits on memory, time and pixels draws a small copy, which lives in memory
alone and goes with the page that shows it.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.errors import InputError
from dsl_desk.services import preview_worker

SECONDS = 30
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
        if len(untrusted) > LARGEST_BYTES:
            raise InputError(_TOO_LARGE)
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell, no name from outside
                worker_command(),
                input=untrusted,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
                env=_bare_environment(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(_DAMAGED) from error
        if done.returncode != preview_worker.DRAWN or not done.stdout.startswith(b"\x89PNG"):
            raise InputError(_SENTENCES.get(done.returncode, _DAMAGED))
        return Preview(png=done.stdout)


def _bare_environment() -> dict[str, str]:
    """Nothing of this login reaches the child, but what Windows needs to start a process at all."""
    needed = ("SYSTEMROOT", "PATH") if sys.platform == "win32" else ()
    return {name: os.environ[name] for name in needed if name in os.environ}
