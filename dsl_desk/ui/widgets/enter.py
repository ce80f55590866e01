"""Enter on what wears the ring: of Qt's buttons only those of a dialog take it by themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def pressed_by_enter(event: QKeyEvent) -> bool:
    """Whether somebody pressed Enter once, with no other key."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat()
