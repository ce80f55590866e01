"""Help beside the page it is about."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.ui.help.text import HelpText
from dsl_desk.ui.help.topics import INDEX, topic
from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour, hairline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Scroller
from dsl_desk.ui.widgets.text import Icon, Text


class HelpPane(QWidget):
    """The topic of the page that is shown; its links and "All topics" are read here too, without leaving the page.

    Signals: `hide_requested`.
    """

    hide_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(Size.HELP)
        self.setAccessibleName(self.tr("Help with this page"))
        self._key, self._of_page = "", ""
        self._made = ""
        """The topic whose text is made."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._make_head())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.XL, Space.XS, Space.L, Space.L)
        column.setSpacing(0)
        self.back = Button(self.tr("Back to this page’s help"), Kind.QUIET, icon="arrow-left")
        self.back.clicked.connect(lambda: self.read(self._of_page))
        self.text = HelpText()
        self.text.link_requested.connect(self.read)
        self.all = Button(self.tr("All help topics"), Kind.QUIET, icon="notebook-tabs")
        self.all.clicked.connect(lambda: self.read(INDEX))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addSpacing(Space.L)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.scroller = Scroller(inside)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll what has no links
        self.scroller.setAccessibleName(self.tr("Text of the help"))
        outer.addWidget(self.scroller, 1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(Space.XL, Space.L, Space.L, Space.S)
        head.setSpacing(Space.S)
        head.addWidget(Icon("circle-question-mark", 18, Role.TEXT2), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Text(self.tr("Help with this page"), Look.STRONG, wrap=False), 1)
        self.hide_button = Button(self.tr("Hide"), Kind.QUIET, name=self.tr("Hide help"))
        self.hide_button.clicked.connect(self.hide_requested)
        head.addWidget(self.hide_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    @property
    def key(self) -> str:
        """The topic that is shown."""
        return self._key

    def show_help(self, key: str) -> None:
        """Another page is shown: its own topic, from the beginning; made once somebody sees it."""
        self._of_page = key
        if key and key != self._key:
            self._key = key
            if not self.isHidden():
                self._put(key)

    def read(self, key: str) -> None:
        """Read another topic beside the same page."""
        self._put(key)
        self.scroller.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, topic(key).title)

    def _put(self, key: str) -> None:
        self._key = self._made = key
        self.text.show_topic(topic(key))
        self.back.setVisible(key != self._of_page)
        self.all.setVisible(key != INDEX)
        self.scroller.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the topic that is due."""
        super().showEvent(event)
        if self._made != self._key:
            self._put(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(0, 0, line, self.height()), colour(self, Role.LINE))
