"""The quiet strip of the last thirty seconds."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.text import Icon, Text


class LockWarning(QFrame):
    """ "The desk locks in 20 seconds." It takes no focus and needs no click: any key makes it go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.M)
        row.addWidget(Icon("lock", 20, Role.WARN))
        self._words = Text("", Look.READ_STRONG, wrap=False)
        row.addWidget(self._words)
        self.hide()

    def show_seconds(self, seconds: int) -> None:
        """Say how long is left; said aloud once at the start."""
        one = self.tr("The desk locks in 1 second. Press any key to go on.")
        many = self.tr("The desk locks in {n} seconds. Press any key to go on.").format(n=seconds)
        words = one if seconds == 1 else many
        fresh = not self.isVisible()
        self._words.set_words(words)
        self.setAccessibleName(words)
        self.place()
        self.show()
        self.raise_()
        if fresh:
            announce(self, words)

    def place(self) -> None:
        """Stand at the bottom middle, above the halt bar."""
        parent = self.parentWidget()
        if parent is not None:
            size = self.sizeHint()
            width = min(size.width() + 20, parent.width() - 2 * Space.L)
            left = (parent.width() - width) // 2
            self.setGeometry(left, parent.height() - Size.BAR - size.height() - Space.L, width, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its box."""
        edge, ground = colour(self, Role.WARN), colour(self, Role.WARN_SOFT)
        outline(begin(self), QRectF(self.rect()), edge, 2, Size.RADIUS_PANEL, ground)
