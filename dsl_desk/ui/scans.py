"""Before the scan of a signed paper is chosen: what is on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Button, CheckBox


class ScanAsk(QWidget):
    """Before a scan is chosen: what is on it. Nothing else than the signed paper comes in this way."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.only_paper = CheckBox(self.tr("The scan sho&ws the signed paper, and nothing else"))
        self.button = Button(label, icon="file-text")
        column.addWidget(self.only_paper)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def problems(self) -> list[tuple[QWidget, str]]:
        """It must be said first."""
        if self.only_paper.isChecked():
            return []
        return [(self.only_paper, self.tr("Look at the paper, then tick that the scan shows it and nothing else"))]
