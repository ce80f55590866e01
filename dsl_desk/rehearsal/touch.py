"""How a person touches what is on the screen: with the mouse here; another way in is another Touch.

Only what can be seen and is not covered can be touched, so that a rehearsal fails where a person would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.ui.widgets import Tile

_LEFT = Qt.MouseButton.LeftButton


class HandsError(DslDeskError):
    """The rehearsal could not go on in the window. Nothing of a real desk was touched; report it."""


class Touch(Protocol):
    """The ways in which a person touches a window; nothing else ever does in a rehearsal."""

    def press(self, button: QAbstractButton) -> None:
        """Press a button, a line, an answer or a box."""
        ...

    def write(self, editor: QWidget, text: str) -> None:
        """Type into a field, in place of what stands there."""
        ...

    def pick(self, dropdown: QComboBox, index: int) -> None:
        """Choose one of a list that folds out."""
        ...

    def open_row(self, table: QTableView, row: int) -> None:
        """Open a row of a table."""
        ...

    def choose(self, menu: QMenu, act: QAction) -> None:
        """Choose from a menu that is folded out."""
        ...

    def key(self, keys: str) -> None:
        """Press a key or a chord, such as F8 or Ctrl+N, wherever the focus is."""
        ...

    def file(self, chooser: QFileDialog, path: Path) -> None:
        """Name a file or folder in Qt's own chooser, and accept it."""
        ...


class Clicks:
    """Somebody with a mouse, who types once a field is clicked."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def press(self, button: QAbstractButton) -> None:
        """Click it where it can be seen."""
        self._click(button, _point_of(button))

    def write(self, editor: QWidget, text: str) -> None:
        """Click the field, mark what stands there, and type over it."""
        self._click(editor, _middle(editor))
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if not text:
            QTest.keyClick(editor, Qt.Key.Key_Delete)
        elif text.isascii():
            QTest.keyClicks(editor, text)
        elif isinstance(editor, QLineEdit):  # letters that no key of the keyboard stands for are pasted
            editor.insert(text)
        elif isinstance(editor, QPlainTextEdit):
            editor.insertPlainText(text)

    def pick(self, dropdown: QComboBox, index: int) -> None:
        """Put the focus on it and go down by arrow keys; the wheel never changes it."""
        reach(dropdown)
        dropdown.setFocus(Qt.FocusReason.MouseFocusReason)
        QTest.keyClick(dropdown, Qt.Key.Key_Home)
        for _ in range(index):
            QTest.keyClick(dropdown, Qt.Key.Key_Down)

    def open_row(self, table: QTableView, row: int) -> None:
        """Click its first cell twice."""
        index = table.model().index(row, 0)
        reach(table)
        table.scrollTo(index)
        at = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseDClick(table.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, at)

    def choose(self, menu: QMenu, act: QAction) -> None:
        """Click the line of the menu."""
        QTest.mouseClick(menu, _LEFT, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(act).center())

    def key(self, keys: str) -> None:
        """Press it where a person's key would go: to a menu, a dialog, or what has the focus."""
        target = self._app.activePopupWidget() or self._app.activeModalWidget() or self._app.activeWindow()
        if target is None:
            target = next((window for window in self._app.topLevelWidgets() if window.isVisible()), None)
        if target is None:
            raise HandsError("No window was there to press a key in.")
        self._to_front(target)
        focused = self._app.focusWidget()
        if focused is not None and focused.window() is target:
            target = focused
        QTest.keySequence(target, QKeySequence(keys))

    def file(self, chooser: QFileDialog, path: Path) -> None:
        """Write the path where Qt's chooser asks for it, and press its button."""
        line = chooser.findChild(QLineEdit, "fileNameEdit")
        box = chooser.findChild(QDialogButtonBox)
        if not isinstance(line, QLineEdit) or not isinstance(box, QDialogButtonBox):
            raise HandsError("Qt's chooser has no field for a name.")
        line.selectAll()
        line.insert(str(path))
        accept = next(one for one in box.buttons() if box.buttonRole(one) is QDialogButtonBox.ButtonRole.AcceptRole)
        QTest.mouseClick(accept, _LEFT)

    def _to_front(self, window: QWidget) -> None:
        """A click or a key goes to the window in front; a screen that nobody sees has no manager that puts it there."""
        if not window.isActiveWindow():
            window.activateWindow()
            self._app.processEvents()

    def _click(self, widget: QWidget, at: QPoint) -> None:
        window = widget.window()
        self._to_front(window)
        self._app.processEvents()  # what has just come has its place only then
        reach(widget)
        hit = window.childAt(widget.mapTo(window, at))
        if hit is not None and hit is not widget and not widget.isAncestorOf(hit) and not hit.isAncestorOf(widget):
            raise HandsError(f"“{widget.accessibleName()}” cannot be clicked: {type(hit).__name__} lies over it.")
        inner = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        QTest.mouseClick(inner, _LEFT, Qt.KeyboardModifier.NoModifier, at)


def reach(widget: QWidget) -> None:
    """Scroll whatever has to be scrolled until a part can be seen."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget, 8, 24)
        at = at.parentWidget()


def _middle(widget: QWidget) -> QPoint:
    return QPoint(min(40, widget.width() // 2), widget.height() // 2)


def _point_of(button: QAbstractButton) -> QPoint:
    """The middle; of a round button its circle, for only circle and words answer."""
    if isinstance(button, QRadioButton) and not isinstance(button, Tile):
        return QPoint(12, button.height() // 2)
    return button.rect().center()
