"""What every part of a form has in common: it says at its own place what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets.errors import ErrorLine, draw_bar


class FormPart(QWidget):
    """A column with a line for what is wrong; who makes one says where in the column that line stands."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = ErrorLine()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)

    @property
    def error(self) -> str:
        """What is wrong with it, or nothing."""
        return self._error.words

    def set_error(self, words: str) -> None:
        """Say what is wrong, in the words of the error summary; nothing clears it."""
        self._error.show_words(words)
        self._column.setContentsMargins(Space.L if words else 0, 0, 0, 0)
        self._describe(words)
        self.update()

    def _describe(self, words: str) -> None:
        """Let a screen reader say it too, at what takes the focus."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the red bar beside a part that needs a change."""
        if self.error:
            draw_bar(self)


class OneOf(FormPart):
    """One of several answers; none preset unless one is shown.

    Signals: `chosen(key)`, by whoever uses it and not by showing an answer given earlier.
    """

    chosen = Signal(str)

    def __init__(self, label: str, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(spacing, parent)
        self.setAccessibleName(label)
        self._group, self._buttons, self._showing = QButtonGroup(self), dict[str, QRadioButton](), False

    def _offer(self, key: str, button: QRadioButton) -> None:
        button.setAccessibleDescription(self.accessibleName())
        self._buttons[key] = button
        self._group.addButton(button)
        button.toggled.connect(lambda on, key=key: self._on_toggled(key, on=on))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to its answer, or to the first. (A focus proxy would make Tab stop wherever this part was made.)"""
        chosen = next((button for button in self._buttons.values() if button.isChecked()), None)
        first = chosen or next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(reason)

    @property
    def key(self) -> str | None:
        """What was chosen, or None."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_key(self, key: str | None) -> None:
        """Show a choice made earlier, or none."""
        self._showing = True
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == key)
        self._group.setExclusive(True)
        self._showing = False

    def _on_toggled(self, key: str, *, on: bool) -> None:
        """Chosen by click, key or screen reader alike (which switches it on without a click)."""
        if on and not self._showing:
            self.chosen.emit(key)

    def _describe(self, words: str) -> None:
        for button in self._buttons.values():
            button.setAccessibleDescription(" ".join(part for part in (words, self.accessibleName()) if part))
