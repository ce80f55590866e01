"""The upper edge: whose desk, search, who is signed in, lock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dsl_desk.ui.painting import begin, colour, colours_of, draw_icon, font_of, hairline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button
from dsl_desk.ui.widgets.fields import LineEdit
from dsl_desk.ui.widgets.text import Icon, Text

_WHO_NARROW, _WHO = 170, 420
"""So much of the person at most, in pixels: whose desk it is, and that it is a rehearsal, stays to be read."""


class SearchLine(LineEdit):
    """Search over everything one may see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(placeholder="", parent=parent)
        self.setPlaceholderText(self.tr("Search everything you may see"))
        self.setAccessibleName(self.tr("Search everything you may see"))
        self.setAccessibleDescription(self.tr("Ctrl+F"))
        self.setTextMargins(27, 0, 58, 0)
        self.setFixedHeight(34)

    def sizeHint(self) -> QSize:
        """300 wide."""
        return QSize(Size.SEARCH, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glass, and the keys while it is empty."""
        super().paintEvent(event)
        painter = begin(self)
        box = QRectF(11, self.height() / 2 - 8, 16, 16)
        draw_icon(painter, "search", box, colour(self, Role.TEXT2), heavy=colours_of(self).contrast)
        if not self.text():
            painter.setFont(font_of(Look.BODY))
            painter.setPen(colour(self, Role.TEXT2))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), int(side), self.tr("Ctrl+F"))


class Header(QWidget):
    """The upper edge of the window.

    Signals: `lock_requested`, `help_requested`, `search_requested(words)`.
    """

    lock_requested = Signal()
    help_requested = Signal()
    search_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, Space.L, 4)
        row.setSpacing(10)
        self.desk = Text(self.tr("DSL Desk"), Look.STRONG, wrap=False)
        self.desk.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.desk.setProperty("may_end_in_dots", True)
        self.search = SearchLine()
        self.search.returnPressed.connect(lambda: self.search_requested.emit(self.search.text()))
        self.search.textEdited.connect(self.search_requested)
        self.help = Button("", icon="circle-question-mark", keys=self.tr("F1"), name=self.tr("Help with this page"))
        self.help.clicked.connect(self.help_requested)
        self.who = Text("", role=Role.TEXT, wrap=False)
        self.who.setProperty("may_end_in_dots", True)
        self.lock = Button(self.tr("&Lock"), icon="lock", keys=self.tr("F12"), name=self.tr("Lock the desk"))
        self.lock.clicked.connect(self.lock_requested)
        row.addWidget(Icon("notebook-tabs", 22, Role.INK))
        row.addWidget(self.desk, 1)
        row.addWidget(self.search)
        row.addWidget(self.help)
        row.addSpacing(Space.S)
        row.addWidget(Icon("circle-user-round", 20, Role.TEXT2))
        row.addWidget(self.who)
        row.addSpacing(Space.S)
        row.addWidget(self.lock)
        self._short = False

    def set_room(self, *, narrow: bool, short: bool, place: bool, has_help: bool) -> None:
        """Fit a narrow or short window, and the kind of page."""
        self._short = short
        self.search.setVisible(place and not narrow)
        self.help.setVisible(has_help)
        self.help.set_icon_only(narrow)  # the desk's name needs the room more than the key does
        self.who.setMaximumWidth(_WHO_NARROW if narrow else _WHO)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """52 tall, 46 in a short window."""
        return QSize(400, max(Size.HEADER_SHORT if self._short else Size.HEADER, self.lock.sizeHint().height() + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its lower edge."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.LINE))
