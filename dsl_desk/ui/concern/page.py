"""What every page of a new concern has: it says what is missing, and puts what was typed into the answers so far."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.widgets import Button, Choice, Field, Kind, StepRail, Text

Problems = list[tuple[QWidget, str]]


class ConcernPage(Page):
    """One page of a new concern."""

    help_topic = "new-concern"

    def __init__(
        self, title: str, rail: StepRail, *, back: str, hint: str = "", go_on: str = "",
        kind: PageKind = PageKind.QUESTION, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(kind, title, hint=hint, back=back, rail=rail, parent=parent)
        self._go_on = go_on or self.tr("&Continue")
        self.later: Button | None = None

    def finish(self, *, later: bool = True) -> None:
        """Put the actions below what the page holds."""
        self.set_primary(self._go_on)
        if later:
            self.later = self.add_action(self.tr("Save and come back &later"), Kind.QUIET)

    def problems(self) -> Problems:
        """What is missing, each with the part it belongs to."""
        return []

    def collect(self, so_far: SoFar) -> None:
        """Put what was typed and chosen into the answers."""


def bare(name: str, editor: QWidget) -> Field[QWidget]:
    """A part whose question is the page's title: only its error is shown above it."""
    field = Field(name, editor)
    field.label.hide()
    if isinstance(editor, Choice):
        for words in editor.findChildren(Text):
            words.setVisible(bool(words.text()))
    return field
