"""The keys that work over everything: over dialogs, file choosers, menus and assistants.

A QShortcut does not reach over a modal dialog; a filter on the application sees every key before any window does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QDynamicPropertyChangeEvent, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QActionEvent,
    QDrag,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QToolTip, QWidget

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_SIGNS_OF_LIFE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    )
)
_PERHAPS = frozenset((QEvent.Type.InputMethod, QEvent.Type.Timer))
_WATCHED = _SIGNS_OF_LIFE | _PERHAPS | {QEvent.Type.ShortcutOverride, QEvent.Type.Show}
_NEVER_WATCHED = frozenset(
    (
        QEvent,
        QActionEvent,
        QChildEvent,
        QDynamicPropertyChangeEvent,
        QFocusEvent,
        QHideEvent,
        QInputMethodQueryEvent,
        QMoveEvent,
        QPaintEvent,
        QResizeEvent,
    )
)
"""Classes of events that are never of a watched kind: Qt gives every watched kind a class of its own.

Nine in ten events are of these, and asking one for its kind takes longer than all else that is done with it.
"""
_MOST_WINDOWS = 64
_CAN_END_A_DRAG = ("xcb", "windows", "cocoa", "wayland")


def is_halt(event: QKeyEvent) -> bool:
    """F8 with any modifier, or Shift+Esc."""
    key = event.key()
    return key == _Key.Key_F8 or (key == _Key.Key_Escape and bool(event.modifiers() & _Mod.ShiftModifier))


def is_lock(event: QKeyEvent) -> bool:
    """F12, or Ctrl+L."""
    key = event.key()
    return key == _Key.Key_F12 or (key == _Key.Key_L and event.modifiers() == _Mod.ControlModifier)


def is_alive(watched: QObject, event: QEvent) -> bool:
    """Whether somebody is there who uses neither keys nor mouse: dictation, a keyboard on the screen, a screen reader.

    Words that are dictated or composed come as such. A screen reader or a voice presses a button by its action; Qt
    then lets the button go by a timer of the button's own, and buttons have timers for nothing else than being pressed.
    """
    if isinstance(event, QInputMethodEvent):
        return bool(event.commitString() or event.preeditString())
    return event.type() is QEvent.Type.Timer and isinstance(watched, QAbstractButton)


class KeyWatch(QObject):
    """Sees every key before any window does.

    Signals: `halt_pressed`, `lock_pressed` (before the key goes anywhere), `alive` (somebody is there).
    """

    halt_pressed = Signal()
    lock_pressed = Signal()
    alive = Signal()

    def __init__(self, app: QApplication, window: QWidget, is_covered: Callable[[], bool]) -> None:
        super().__init__(window)
        self._app, self._window, self._is_covered = app, window, is_covered
        app.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the halt and the lock keys; let everything else pass."""
        if type(event) in _NEVER_WATCHED:
            return False
        kind = event.type()
        if kind not in _WATCHED:
            return False
        if kind in _KEYS and isinstance(event, QKeyEvent):
            if is_halt(event):
                event.accept()
                self.halt_pressed.emit()
                return True
            if is_lock(event):
                event.accept()
                self.lock_pressed.emit()
                return True
        if kind in _SIGNS_OF_LIFE or (kind in _PERHAPS and is_alive(watched, event)):
            self.alive.emit()
        elif kind is QEvent.Type.Show and isinstance(watched, QWidget):
            self._keep_covered(watched)
        return False

    def _keep_covered(self, shown: QWidget) -> None:
        """A dialog that opens behind a stop (the next of a chain) is put away before it can be used."""
        if shown.isWindow() and shown is not self._window and self._is_covered():
            QTimer.singleShot(0, shown, lambda: put_away(shown))


def put_away(window: QWidget) -> None:
    """Reject a dialog, hide any other window."""
    if isinstance(window, QDialog):
        QDialog.reject(window)
    if window.isVisible():
        window.hide()


def clear_the_screen(window: QWidget) -> None:
    """Close every menu, end every drag, reject every dialog, hide every other window; nothing of them is accepted."""
    if QGuiApplication.platformName() in _CAN_END_A_DRAG:
        QDrag.cancel()
    QToolTip.hideText()
    for _ in range(_MOST_WINDOWS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
        if popup.isVisible():
            popup.hide()
    for _ in range(_MOST_WINDOWS):
        modal = QApplication.activeModalWidget()
        if modal is None or modal is window:
            break
        put_away(modal)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            put_away(other)
