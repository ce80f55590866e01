"""Touching the window by keyboard alone: Tab, arrows, Space, Enter and the window's own keys; never a mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QCompleter,
    QFileDialog,
    QLineEdit,
    QMenu,
    QRadioButton,
    QTableView,
    QWidget,
)

from dsl_desk.rehearsal.touch import HandsError
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.reading_order import reading_order

_KEY, _NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
_MOST_STEPS = 400
_FAR, _LOOK_AGAIN = 12, 20
_LATIN = 0xFF


class Keys:
    """Somebody with a keyboard and nothing else: one way of touching the window (`touch.Touch`)."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    # -- single keys

    def key(self, words: str) -> None:
        """Press keys as they are written on a cap: "Ctrl+N", "F8", "Tab"."""
        pressed = QKeySequence.fromString(words)[0]  # type: ignore[index]  # the stub forgets that it can be indexed
        self._click(pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        for sign in text:
            if sign == "\n":
                self._click(_KEY.Key_Return)
            elif ord(sign) <= _LATIN:
                QTest.keyClick(self._target(), sign)  # type: ignore[call-overload]  # Qt takes a sign in place of a key
            else:
                self._compose(sign)

    def _compose(self, sign: str) -> None:
        """A sign that no key stands for, such as a typographic quotation mark."""
        at = self._app.focusWidget()
        if at is not None:
            self._app.sendEvent(at, QKeyEvent(QEvent.Type.KeyPress, 0, _NONE, sign))

    def _click(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyPress(self._target(), key, modifiers)
        left = self._focused()
        if left is not None:  # a dialog may have gone with the key that went down
            QTest.keyRelease(left, key, modifiers)
        self._app.processEvents()

    def _focused(self) -> QWindow | None:
        return self._app.focusWindow()

    def _target(self) -> QWindow:
        """Where keys go; Qt hands them on to a menu or a list that is open."""
        found = self._focused()
        if found is None:  # without a window system nobody gives the focus back when a dialog has gone
            for top in self._app.topLevelWidgets():
                if isinstance(top, MainWindow) and top.isVisible():
                    top.activateWindow()
            self._app.processEvents()
            found = self._focused()
        if found is None:
            raise HandsError("No window has the focus, so no key can be pressed.")
        return found

    # -- reaching a part

    def reach(self, part: QWidget) -> None:
        """Tab, back or forth, until this part has the focus; arrow keys inside a group of answers."""
        goal, way, chain = _stop_of(part), list[str](), list[QWidget]()
        for step in range(_MOST_STEPS):
            at = self._app.focusWidget()
            if at is goal:
                return
            if step % _LOOK_AGAIN == 0:  # what is shown may have changed meanwhile
                chain = [stop for stop in reading_order(goal.window()) if stop.isVisible() and stop.isEnabled()]
            way.append(_called(at))
            self._step(at, goal, chain)
        raise HandsError(f"{_called(goal)} cannot be reached by keyboard; the focus went by {' > '.join(way[-6:])}.")

    def _step(self, at: QWidget | None, goal: QWidget, chain: list[QWidget]) -> None:
        if at is not None and _same_group(at, goal):
            self._click(_towards(at, goal))
            return
        here = next((i for i, stop in enumerate(chain) if stop is at), -1)
        there = next((i for i, stop in enumerate(chain) if stop is goal or _same_group(stop, goal)), -1)
        if there < 0:
            raise HandsError(f"{_called(goal)} stands in no Tab order.")
        if here < 0:
            self._click(_KEY.Key_Tab)
        elif there - here > _FAR and self._pane_between(at, goal):
            self._click(_KEY.Key_F6)
        else:
            self._click(_KEY.Key_Tab if there > here else _KEY.Key_Backtab, _shift(back=there < here))

    def _pane_between(self, at: QWidget | None, goal: QWidget) -> bool:
        """Whether the goal stands in another pane than the focus."""
        window = goal.window()
        page = window.page if isinstance(window, MainWindow) else None
        return at is not None and page is not None and page.isAncestorOf(goal) and not page.isAncestorOf(at)

    # -- touching a part

    def press(self, button: QAbstractButton) -> None:
        """Do what a button is for; the page's main button by Ctrl+Enter, as its cap says."""
        window = button.window()
        page = window.page if isinstance(window, MainWindow) else None
        if isinstance(window, MainWindow) and page is not None and button is page.primary and not window.halt.is_up:
            self.key("Ctrl+Return")
            return
        self.reach(button)
        if not (isinstance(button, QRadioButton) and button.isChecked()):
            self._click(_KEY.Key_Space)

    def write(self, editor: QWidget, text: str) -> None:
        """Type into a field, in place of what stands there."""
        self.reach(editor)
        self.key("Ctrl+A")
        self._click(_KEY.Key_Delete)
        self.type(text)

    def pick(self, dropdown: QComboBox, index: int) -> None:
        """Choose one of a list that folds out, without unfolding it."""
        self.reach(dropdown)
        self._click(_KEY.Key_Home)
        for _ in range(index):
            self._click(_KEY.Key_Down)

    def choose(self, menu: QMenu, act: QAction) -> None:
        """Go down an open menu to a line, and take it."""
        for _ in menu.actions():
            if menu.activeAction() is act:
                break
            self._click(_KEY.Key_Down)
        self._click(_KEY.Key_Return)

    def open_row(self, table: QTableView, row: int) -> None:
        """Open a row of a table."""
        self.reach(table)
        self.key("Ctrl+Home")
        for _ in range(row):
            self._click(_KEY.Key_Down)
        self._click(_KEY.Key_Return)

    def file(self, chooser: QFileDialog, path: Path) -> None:
        """Name a file or a folder in Qt's own chooser, and take it."""
        line = chooser.findChild(QLineEdit, "fileNameEdit")
        if not isinstance(line, QLineEdit):
            raise HandsError("The file chooser has no line to type a name into.")
        for _ in range(_MOST_STEPS):
            if self._app.focusWidget() is line:
                break
            self._click(_KEY.Key_Tab)
        self.key("Ctrl+A")
        self.type(str(path))
        self._click(_KEY.Key_Escape if _completes(line) else _KEY.Key_Return)
        if chooser.isVisible():
            self._click(_KEY.Key_Return)


def _stop_of(part: QWidget) -> QWidget:
    proxy = part.focusProxy()
    return _stop_of(proxy) if proxy is not None else part


def _called(part: QWidget | None) -> str:
    """What a part is called in a sentence."""
    return f"“{part.accessibleName() or type(part).__name__}”" if part is not None else "nothing"


def _same_group(one: QWidget | None, other: QWidget) -> bool:
    """Whether both are answers of one question: Tab goes to one of them, arrows from one to the next."""
    if not isinstance(one, QRadioButton) or not isinstance(other, QRadioButton):
        return False
    return one.group() is not None and one.group() is other.group()


def _towards(at: QWidget, goal: QWidget) -> Qt.Key:
    """The arrow that leads from one answer to another, as they stand."""
    here, there = at.mapToGlobal(at.rect().center()), goal.mapToGlobal(goal.rect().center())
    if abs(there.y() - here.y()) > at.height() // 2:
        return _KEY.Key_Down if there.y() > here.y() else _KEY.Key_Up
    return _KEY.Key_Right if there.x() > here.x() else _KEY.Key_Left


def _completes(line: QLineEdit) -> bool:
    completer = _completer(line)
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible()


def _completer(line: QLineEdit) -> QCompleter | None:
    return line.completer()


def _shift(*, back: bool) -> Qt.KeyboardModifier:
    return Qt.KeyboardModifier.ShiftModifier if back else _NONE
