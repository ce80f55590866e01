"""Notes that a halt or a lock key was pressed, and lets it do what it always does."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_KEY = Qt.Key
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class KeySeen(QObject):
    """Sees the two keys while its page is in sight; takes none of them.

    Signals: `pressed(keys)`.
    """

    pressed = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)  # the last one installed is asked first: before the halt takes the key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the key, and let it pass."""
        if event.type() in _KEYS and isinstance(event, QKeyEvent) and self._page.isVisible():
            keys = _name(event)
            if keys:
                self.pressed.emit(keys)
        return False


def _name(event: QKeyEvent) -> str:
    key, mods = event.key(), event.modifiers()
    if key == _KEY.Key_F8:
        return "F8"
    if key == _KEY.Key_F12:
        return "F12"
    if key == _KEY.Key_Escape and mods & Qt.KeyboardModifier.ShiftModifier:
        return "Shift+Esc"
    return "Ctrl+L" if key == _KEY.Key_L and mods == Qt.KeyboardModifier.ControlModifier else ""
