"""Which route a case follows, above its steps; and where what is known leads to another, which and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.services.routes import RouteTaken
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Kind, Notice, NoticeKind, Text


class TakenRoute(QWidget):
    """The route's name, why it is the one, and the way to another."""

    def __init__(self, taken: RouteTaken, on_other: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.L)
        column.setSpacing(Space.XS)
        self.other = Button(self.tr("Choose the route…"), Kind.QUIET)
        self.other.clicked.connect(on_other)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(
            Text(self.tr("Route: {title}").format(title=taken.title), Look.STRONG), 1, Qt.AlignmentFlag.AlignVCenter
        )
        head.addWidget(self.other)
        column.addLayout(head)
        column.addWidget(Text(taken.words, role=Role.TEXT2))
        if taken.other:
            kind = NoticeKind.PLAIN if taken.knowingly else NoticeKind.WARN
            column.addSpacing(Space.XS)
            column.addWidget(Notice(taken.other, kind=kind, icon="arrow-right"))
