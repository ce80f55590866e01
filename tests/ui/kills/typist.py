"""Somebody who types into a concern's words in a real window until the process is killed.

Run as `python -m tests.ui.kills.typist FOLDER NAME`; the passphrase comes through the standard input. FOLDER holds the
desk, what this login keeps of it, and its key store. Each letter typed is told as `LENGTH MONOTONIC_SECONDS`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from dsl_desk.app import Surroundings
from dsl_desk.rehearsal.play import QUICK
from tests.ui.opened import Hands

STORY = "What were you told?"
EVERY_MS = 12


class FileKeyring:
    """A key store in a file, so that the next process opens the desk too; for made-up desks alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        """The value kept under that name."""
        found = json.loads(self._path.read_text(encoding="utf-8")).get(name) if self._path.exists() else None
        return None if found is None else str(found)

    def set(self, name: str, value: str) -> None:
        """Keep a value, whole or not at all: this very process is killed at random."""
        known = json.loads(self._path.read_text(encoding="utf-8")) if self._path.exists() else {}
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(known | {name: value}), encoding="utf-8")
        part.replace(self._path)


def around(folder: Path) -> Surroundings:
    """This laptop, as every process of the test sees it."""
    return Surroundings(config=folder / "laptop", keyring=FileKeyring(folder / "keyring.json"), cost=QUICK)


def letter(place: int) -> str:
    """The letter at a place of the endless text that is typed: numbered words, so that a gap is seen."""
    word, at = divmod(place, 8)
    return f"{word:07d} "[at]


def main(folder: Path, name: str, passphrase: str) -> None:
    """Unlock, go on with the concern, type for ever."""
    app = QApplication(["dsl-desk"])
    hands = Hands(app, around(folder))
    hands.unlock(name, passphrase)
    hands.comes("waiting for me")
    hands.key("Ctrl+N")
    hands.on(STORY)
    editor = next(one for one in hands.page.findChildren(QPlainTextEdit) if one.isVisible())
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    clock = QTimer()

    def type_one() -> None:
        QTest.keyClicks(editor, letter(len(editor.toPlainText())))
        sys.stdout.write(f"{len(editor.toPlainText())} {time.monotonic()}\n")
        sys.stdout.flush()

    clock.timeout.connect(type_one)
    clock.start(EVERY_MS)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.stdin.readline().rstrip("\n"))
