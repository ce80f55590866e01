"""A real window on a real desk, for tests that press what a person would press: the rehearsal's own hands."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dsl_desk.app import Surroundings
from dsl_desk.rehearsal import hands
from dsl_desk.rehearsal.touch import Touch

__all__ = ["Hands", "remember"]


class Hands(hands.Hands):
    """Somebody at the keyboard of an open window, with room for what a test keeps."""

    def __init__(self, app: QApplication, around: Surroundings, touch: Touch | None = None) -> None:
        super().__init__(app, around, touch)
        self.parts: list[str] = []
        self.folder = Path()

    def key(self, key: str | Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a chord by its words, or a key by its number in the window that has the focus."""
        if isinstance(key, str):
            super().key(key)
            return
        target = self._app.focusWindow()
        assert target is not None, "the window is not active"
        QTest.keyClick(target, key, modifiers)

    def told(self, parts: list[str]) -> None:
        """Keep what was answered."""
        self.parts = parts


def remember(around: Surroundings, folder: Path) -> None:
    """As if this desk had been opened here before."""
    around.config.mkdir(parents=True, exist_ok=True)
    (around.config / "last-desk").write_text(str(folder), encoding="utf-8")
