"""Answers to choose from in forms, as round and square boxes; nothing is ever preset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from dsl_desk.ui.painting import (
    Paragraph,
    begin,
    colour,
    exact,
    split_mnemonic,
)
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.errors import ErrorLine, draw_bar
from dsl_desk.ui.widgets.text import Text


class Choice(QWidget):
    """One of several, as round buttons one under another; none preset unless an answer is shown.

    Signals: `chosen(key)`.
    """

    chosen = Signal(str)

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._group, self._buttons, self._showing = QButtonGroup(self), dict[str, QRadioButton](), False
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(Text(label, Look.STRONG))
        if hint:
            column.addWidget(Text(hint, role=Role.TEXT2))
        self._error = ErrorLine()
        column.addWidget(self._error)
        for key, words in options:
            button = QRadioButton(words)
            button.setMinimumHeight(Size.CHECK)
            button.setAccessibleDescription(label)
            self._buttons[key] = button
            self._group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.toggled.connect(lambda on, key=key: self._on_toggled(key, on=on))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to its choice, or to the first."""
        chosen = next((button for button in self._buttons.values() if button.isChecked()), None)
        first = chosen or next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(reason)

    @property
    def error(self) -> str:
        """What is wrong with it, or nothing."""
        return self._error.words

    def set_error(self, words: str) -> None:
        """Say what is wrong, in the words of the error summary; nothing clears it."""
        self._error.show_words(words)
        self._column.setContentsMargins(Space.L if words else 0, 0, 0, 0)
        for button in self._buttons.values():
            button.setAccessibleDescription(" ".join(part for part in (words, self.accessibleName()) if part))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the red bar beside a choice that is missing."""
        if self.error:
            draw_bar(self)

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


class CheckBox(QCheckBox):
    """A sentence one can agree to; its words wrap and all of it can be hit."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        plain, at = split_mnemonic(words)
        self._words = Paragraph.of(plain, Look.BODY, underline=at)
        self.setAccessibleName(plain)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it answers."""
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its words at a width."""
        return max(Size.CHECK, exact(self._words.fit(max(60, width - 29)).height) + 6)

    def sizeHint(self) -> QSize:
        """Its words on one line up to a readable measure."""
        width = min(exact(self._words.fit().natural_width) + 31, 640)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Its box and its widest word."""
        return QSize(exact(self._words.least_width) + 31, Size.CHECK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box beside the first line."""
        painter = begin(self)
        words = self._words.fit(max(60, self.width() - 29))
        one = Paragraph.of("x", Look.BODY).fit().height
        top = (self.height() - words.height) / 2
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.rect.setRect(0, int(top + one / 2 - 10), 20, 20)
        self.style().drawPrimitive(self.style().PrimitiveElement.PE_IndicatorCheckBox, option, painter, self)
        words.draw(painter, QPointF(29, top), colour(self, Role.TEXT))
