"""A real window on a real desk, for tests that press what a person would press."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from dsl_desk.app import Surroundings
from dsl_desk.ui.page import Page
from dsl_desk.ui.widgets import Field, Notice, Row
from dsl_desk.window_app.opened import WindowApp

PATIENCE_MS = 20_000


class Hands(QObject):
    """Somebody at the keyboard of an open window."""

    def __init__(self, app: QApplication, around: Surroundings) -> None:
        super().__init__()
        self._app = app
        self.parts: list[str] = []
        self.folder = Path()
        self.opened = WindowApp(app, around)
        self.window = self.opened.window
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Let the window work until something holds."""
        loop, patience, look = QEventLoop(), QTimer(), QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(loop.quit)
        look.timeout.connect(lambda: loop.quit() if holds() else None)
        patience.start(PATIENCE_MS)
        look.start(5)
        if not holds():
            loop.exec()
        look.stop()
        patience.stop()
        if not holds():
            page = self.window.page
            shown = page.title.text() if page else "no page"
            problems = [link.text() for link in page.errors.links] if page else []
            said = [notice.words for notice in page.findChildren(Notice) if notice.isVisible()] if page else []
            pytest.fail(f"never came: {what or holds}; shown: {shown}; problems: {problems}; said: {said}")

    def quiet(self) -> None:
        """Let everything that was asked for be answered."""
        for _ in range(4):  # an answer may ask for more
            self.until(lambda: not self.opened.pool.busy, "quiet")
            self._app.processEvents()

    @property
    def page(self) -> Page:
        page = self.window.page
        assert page is not None
        return page

    def on(self, title: str) -> None:
        """Wait until a page is shown."""
        self.until(lambda: self.window.page is not None and self.window.page.title.text() == title, f"page {title}")
        self.quiet()

    def press(self, words: str) -> None:
        """Press the button or line of these words."""
        found = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and words in (button.accessibleName(), button.text())
        ]
        assert found, (words, [b.accessibleName() for b in self.page.findChildren(QAbstractButton) if b.isVisible()])
        assert len(found) == 1, (words, found)
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def type(self, label: str, text: str) -> None:
        """Type into the field of this label, in place of what stands there."""
        editor = self.field(label)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClicks(editor, text)

    def field(self, label: str) -> QLineEdit:
        found = [line for line in self.page.findChildren(QLineEdit) if line.accessibleName() == label]
        assert len(found) == 1, (label, [line.accessibleName() for line in self.page.findChildren(QLineEdit)])
        return found[0]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = self._app.focusWindow()
        assert target is not None, "the window is not active"
        QTest.keyClick(target, key, modifiers)

    def rows(self) -> list[Row]:
        return [row for row in self.page.findChildren(Row) if row.isVisible()]

    def errors(self) -> list[str]:
        return [field.error for field in self.page.findChildren(Field) if field.error]

    def unlock(self, name: str, passphrase: str) -> None:
        self.type("Your sign-in name", name)
        self.type("Your passphrase", passphrase)
        self.press("Unlock")

    def told(self, parts: list[str]) -> None:
        """Keep what was answered."""
        self.parts = parts

    def close(self) -> None:
        """Close the window as a person does, and let go of everything."""
        self.window.close()
        self.opened.close()
        self.window.keys.stop()
        self.window.hide()
        self._app.processEvents()


def remember(around: Surroundings, folder: Path) -> None:
    """As if this desk had been opened here before."""
    around.config.mkdir(parents=True, exist_ok=True)
    (around.config / "last-desk").write_text(str(folder), encoding="utf-8")
