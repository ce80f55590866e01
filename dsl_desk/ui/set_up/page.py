"""What every page of the assistant shares: the rail, one main button, and a way to leave it for later."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.widgets import Button, Kind, NoticeKind, StepRail


class SetUpPage(Page):
    """One page of the assistant.

    Signals: `later_requested`.
    """

    help_topic = "first-day"

    later_requested = Signal()

    def __init__(
        self, title: str, *, hint: str, rail: StepRail | None, back: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(PageKind.ASSISTANT, title, hint=hint, back=back, rail=rail, width=640, parent=parent)
        self.fields: dict[str, QWidget] = {}
        self.later: Button | None = None

    def add_field(self, key: str, field: QWidget, *, space: int | None = None) -> None:
        """A field, by the name under which a service speaks of it."""
        self.fields[key] = field
        self.add(field, space=space)

    def offer_later(self, words: str) -> None:
        """Let people leave this page for another day."""
        self.later = self.add_action(words, Kind.QUIET)
        self.later.clicked.connect(self.later_requested)

    def show_field_problems(self, problems: Mapping[str, str]) -> bool:
        """Show what a service found wrong; true where nothing is."""
        return self.show_problems([(self.fields[key], words) for key, words in problems.items()])

    def set_busy(self, busy: bool) -> None:
        """Work is being done: the buttons wait."""
        super().set_busy(busy)
        if self.later is not None:
            self.later.setEnabled(not busy)

    def show_refused(self, words: str) -> None:
        """Say why it could not be done."""
        self.set_busy(False)
        self.show_notice(words, NoticeKind.WARN)
        self.scroller.verticalScrollBar().setValue(0)
