"""Answers to choose from in forms, as round and square boxes; nothing is ever preset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyleOptionButton,
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
from dsl_desk.ui.widgets.form_part import OneOf
from dsl_desk.ui.widgets.text import Text


class Choice(OneOf):
    """One of several, as round buttons one under another."""

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, Space.XS, parent)
        self._column.addWidget(Text(label, Look.STRONG))
        if hint:
            self._column.addWidget(Text(hint, role=Role.TEXT2))
        self._column.addWidget(self._error)
        for key, words in options:
            button = QRadioButton(words)
            button.setMinimumHeight(Size.CHECK)
            self._offer(key, button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


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
        return max(Size.CHECK, exact(self._words.height_at(max(60, width - 29))) + 6)

    def sizeHint(self) -> QSize:
        """Its words on one line up to a readable measure."""
        width = min(exact(self._words.one_line[0]) + 31, 640)
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
