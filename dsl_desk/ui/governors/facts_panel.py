"""What stands in a summary beside the counts: filtering and monitoring, training, curriculum, the last report."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.governors import FACTS
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Field, LineEdit, Notice, Text

PARTS = {"filtering": "Filtering and monitoring", "other": "Training, curriculum, policies"}


class FactsPanel(Page):
    """The facts of one period; each line may be left empty.

    Signals: `facts_given({key: words})`.
    """

    help_topic = "governors"
    facts_given = Signal(object)

    def __init__(self, wanted: str, facts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Facts beside the counts"),
            hint=self.tr("What governors ask beyond counts. No name, no case, no date of a case. Leave a line empty."),
            back=self.tr("Back to the preview"),
            width=640,
            parent=parent,
        )
        self._wanted = wanted
        if wanted:
            self.add(Notice(self.tr("Your policy asks for: {what}.").format(what=wanted)), space=0)
        self.fields: dict[str, Field[LineEdit]] = {}
        for part, title in PARTS.items():
            self.add(Text(title, Look.HEADING), space=Space.L if self.fields or wanted else 0)
            for fact in FACTS:
                if fact.part == part:
                    field = Field(fact.label, LineEdit(facts.get(fact.key, "")), hint=fact.hint)
                    self.fields[fact.key] = field
                    self.add(field, space=Space.M)
        self.set_primary(self.tr("&See the preview with these"), icon="chart-column")
        self.primary_requested.connect(lambda: self.facts_given.emit(self.typed()))

    def typed(self) -> dict[str, str]:
        """What stands in the lines."""
        return {key: field.text().strip() for key, field in self.fields.items()}
