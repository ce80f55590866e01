"""A table that somebody brought, shown before its lines go into the register."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dsl_desk.domain.register_kinds import FieldKind, RegisterKind
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.widgets import Cell, Column, Notice, Table


class TablePanel(Page):
    """What the lines would be as items; nothing is recorded before it is asked for here."""

    help_topic = "registers"

    def __init__(self, kind: RegisterKind, lines: Sequence[Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT, self.tr("Record these lines?"), subtitle=kind.title, back=kind.title, width=1100,
            parent=parent,
        )  # fmt: skip
        self.help_topic = kind.topic
        self.add(Notice(self.tr("Nothing is recorded yet. What is recorded cannot be taken out again.")), space=0)
        table = Table(
            self.tr("Lines of the table"),
            [
                Column(title=field.column, narrow=number < 2, right=field.kind is FieldKind.NUMBER)
                for number, field in enumerate(kind.columns)
            ],
            selectable=False,
        )
        table.show_rows([[Cell(words) for words in line] for line in lines])
        table.show_whole()
        self.add(table)
        label = self.tr("&Record 1 line") if len(lines) == 1 else self.tr("&Record {n} lines").format(n=len(lines))
        self.set_primary(label)
