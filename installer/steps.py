"""The steps of a run: each says what it is before it begins, and how it ended. Standard library only."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def say(words: str) -> None:
    """One line before what it announces, also where the output goes into a file."""
    print(f"\n== {words}", flush=True)


def step(name: str, *words: str | Path, **more: str) -> int:
    """Run one step from the checkout, say how long it took, and return its exit code."""
    say(name)
    began = time.monotonic()
    environment = {**os.environ, "PYTHONUTF8": "1", **more}
    code = subprocess.run([str(word) for word in words], cwd=ROOT, env=environment, check=False).returncode
    report(name, code, began)
    return code


def report(name: str, code: int, began: float) -> None:
    """How a step ended, and how long it took."""
    ended = "done" if code == 0 else f"FAILED with exit code {code}"
    print(f"-- {name}: {ended}, {time.monotonic() - began:.0f} s", flush=True)


def checked(*checks: tuple[str, list[str | Path]], **more: str) -> int:
    """Some steps in turn; the exit code of the first that fails."""
    return next((code for name, words in checks if (code := step(name, *words, **more))), 0)


class Beside:
    """One step that runs beside those after it; what it says is shown once they have said theirs."""

    def __init__(self, name: str, said: Path, *words: str | Path) -> None:
        self._name, self._said, self._began = name, said, time.monotonic()
        with said.open("wb") as out:
            self._process = subprocess.Popen(
                [str(word) for word in words], cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=os.name != "nt",
            )  # fmt: skip
        print(f"\n-- {name} has begun beside what follows", flush=True)

    def ended(self) -> int:
        """Wait for its end, say what it said and how long it took, and return its exit code."""
        say(self._name)
        code = self._process.wait()
        print(self._said.read_text(encoding="utf-8", errors="replace"), end="", flush=True)
        report(self._name, code, self._began)
        return code

    def stop(self) -> None:
        """Nothing of it goes on once the checks have ended; it has a process of its own, which ends with it."""
        if os.name != "nt" and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
