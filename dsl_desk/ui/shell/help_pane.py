"""Help beside the page it is about."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.ui.painting import begin, colour, hairline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Scroller
from dsl_desk.ui.widgets.text import Icon, Text


class HelpPane(QWidget):
    """What a page's help says: paragraphs, and headings that begin with "## ".

    Signals: `hide_requested`.
    """

    hide_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(Size.HELP)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(Space.XL, 26, Space.L, Space.L)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(Icon("circle-question-mark", 18, Role.TEXT2), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Text(self.tr("Help with this page"), Look.STRONG, wrap=False), 1)
        self.hide_button = Button(self.tr("Hide"), Kind.QUIET, name=self.tr("Hide help"))
        self.hide_button.clicked.connect(self.hide_requested)
        head.addWidget(self.hide_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(head)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._column.addLayout(self._body)
        self._parts: list[Text] = []
        self._scroller = Scroller(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._scroller)
        self._column.addStretch(1)

    def show_help(self, text: str) -> None:
        """Show a page's help."""
        for part in self._parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for block in text.strip().split("\n\n"):
            heading, _, rest = block.partition("\n") if block.startswith("## ") else ("", "", block)
            for words, look in ((heading.removeprefix("## "), Look.STRONG), (" ".join(rest.split()), Look.BODY)):
                if words:
                    self._parts.append(Text(words, look))
        while self._body.count():
            self._body.takeAt(0)
        for part in self._parts:
            self._body.addSpacing(14 if part.look is Look.STRONG else Space.XS)
            self._body.addWidget(part)
        self.setAccessibleName(self.tr("Help with this page"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(0, 0, line, self.height()), colour(self, Role.LINE))
