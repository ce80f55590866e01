"""The bar with the one button that is on every page, always bottom right."""

from __future__ import annotations

import enum

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dsl_desk.ui.painting import begin, colour, hairline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.text import Text


class BarMode(enum.Enum):
    """What the bar says."""

    NORMAL = "normal"
    LOOKING = "looking"
    LOCKED = "locked"
    HALTED = "halted"


class HaltBar(QWidget):
    """ "Not sure? Halt." on every page.

    Signals: `halt_requested`.
    """

    halt_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = BarMode.NORMAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, Space.L, 4)
        row.setSpacing(Space.M)
        self._lead = Text(self.tr("Not sure? Halt."), Look.STRONG, wrap=False)
        self._words = Text("", role=Role.TEXT2, wrap=False)
        self.button = Button(
            self.tr("Halt"), Kind.HALT, icon="octagon-x", keys=self.tr("F8"), name=self.tr("Halt: stop everything")
        )
        self.button.setFixedWidth(Size.HALT_WIDTH)
        self.button.clicked.connect(self.halt_requested)
        row.addWidget(self._lead)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self._short = False
        self.set_mode(BarMode.NORMAL)

    def set_mode(self, mode: BarMode) -> None:
        """Say what holds now."""
        self.mode = mode
        words = {
            BarMode.NORMAL: self.tr("It stops everything at once and says whom to ring. Nothing is deleted."),
            BarMode.LOOKING: self.tr("It stops everything at once and says whom to ring. Nothing is deleted."),
            BarMode.LOCKED: self.tr("It shows what to do and whom to ring. No passphrase is needed."),
            BarMode.HALTED: self.tr("Looking, pictures and printing of content are closed. Halt again if it is worse."),
        }
        lead = self.tr("Halted.") if mode is BarMode.HALTED else self.tr("Not sure? Halt.")
        self._lead.set_words(lead)
        self._words.set_words(words[mode])
        self.update()

    def set_short(self, short: bool) -> None:
        """Take less height in a short window."""
        self._short = short
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """60 tall, 52 in a short window."""
        return QSize(400, max(Size.BAR_SHORT if self._short else Size.BAR, self.button.sizeHint().height() + 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the sentence only where there is room for it."""
        super().resizeEvent(event)
        needed = self._lead.sizeHint().width() + self._words.sizeHint().width() + Size.HALT_WIDTH + 80
        self._words.setVisible(self.width() >= needed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its upper edge: red while somebody looks."""
        painter = begin(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        looking = self.mode is BarMode.LOOKING
        width = 3 if looking else hairline(self)
        edge = colour(self, Role.HALT if looking else Role.DANGER if self.mode is BarMode.HALTED else Role.LINE)
        painter.fillRect(QRectF(0, 0, self.width(), width), edge)
