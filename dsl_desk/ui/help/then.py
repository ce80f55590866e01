"""What happens next, in one sentence at the end of a page, before anybody presses anything."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets.text import Icon, Text


class Then(QWidget):
    """An arrow and a sentence: what pressing the main button leads to."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)  # no taller than its words: what follows stands right below
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        side = QVBoxLayout()
        side.setContentsMargins(0, 1, 0, 0)
        side.addWidget(Icon("arrow-right", 16, Role.TEXT2))
        side.addStretch(1)
        row.addLayout(side)
        self.text = Text(words, Look.CAPTION, Role.TEXT2)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
