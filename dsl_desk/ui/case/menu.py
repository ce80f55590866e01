"""A button that folds out a short list of things one may do; nothing happens before one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dsl_desk.ui.painting import font_of
from dsl_desk.ui.tokens import Look
from dsl_desk.ui.widgets import Button


class MenuButton(Button):
    """A few acts behind one button; many of them stand under headings.

    Signals: `picked(key)`.
    """

    picked = Signal(str)

    def __init__(
        self, label: str, acts: Sequence[tuple[str, str]] = (), *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, icon=icon, icon_after="chevron-down", parent=parent)
        self.menu_of_acts = QMenu(self)
        self.menu_of_acts.setAccessibleName(self.accessibleName())
        self.set_groups([("", acts)])
        self.clicked.connect(self._fold_out)

    def set_groups(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Show these acts, a heading above each group that has one; the keys go from act to act."""
        self.menu_of_acts.clear()
        for title, acts in groups:
            if title and acts:
                heading = self.menu_of_acts.addSection(title)
                heading.setFont(font_of(Look.CAPTION_STRONG))
            for key, words in acts:
                act = self.menu_of_acts.addAction(words)
                act.triggered.connect(lambda _=False, key=key: self.picked.emit(key))

    def _fold_out(self) -> None:
        first = next((act for act in self.menu_of_acts.actions() if not act.isSeparator()), None)
        self.menu_of_acts.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
        if first is not None:
            self.menu_of_acts.setActiveAction(first)
