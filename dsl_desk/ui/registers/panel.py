"""The list of registers, and one register with its items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.finding import folded
from dsl_desk.domain.register_items import Mood
from dsl_desk.services.register_values import ItemLine, RegisterLine, RegisterSeen
from dsl_desk.ui.case.menu import MenuButton
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Role, Space, State
from dsl_desk.ui.widgets import Button, Cell, CellLook, Column, Field, LineEdit, Row, SideBySide, Table, Text, in_column

MOODS = {
    Mood.WAITS: State.IN_PROGRESS, Mood.LATE: State.WAIT, Mood.DONE: State.DONE, Mood.CLOSED: State.DONE,
}  # fmt: skip
WITH_NAMES, WITHOUT_NAMES, PRINT, BRING = "with-names", "without-names", "print", "bring"


class RegistersPanel(Page):
    """Every register that this person may use.

    Signals: `register_requested(id)`.
    """

    help_topic = "registers"
    register_requested = Signal(str)

    def __init__(self, lines: Sequence[RegisterLine], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.PLACE,
            self.tr("Registers"),
            subtitle=self.tr("What the school keeps beside its cases. No pupils’ names belong here."),
            parent=parent,
        )
        self.rows: dict[str, Row] = {}
        left, right = in_column(0, inset=Space.XS), in_column(0, inset=Space.XS)
        half = (len(lines) + 1) // 2
        for number, line in enumerate(lines):
            side = left if number < half else right
            side[1].addWidget(self._line(line))
        for side in (left, right):
            side[1].addStretch(1)
        if lines:
            self.add(SideBySide(left[0], right[0], ratio=(1, 1), stacks_below=680, gap=Space.XXXL), space=0)
        else:
            self.add(Text(self.tr("No register is kept by your post."), role=Role.TEXT2), space=0)

    def _line(self, line: RegisterLine) -> Row:
        second = line.next_words or (self.tr("{n} recorded").format(n=line.count) if line.count else "")
        row = Row(
            "clipboard-list",
            line.kind.title,
            second or self.tr("Nothing recorded yet"),
            self._wants(line),
            date_role=Role.WARN if line.late else Role.TEXT2,
        )
        row.clicked.connect(lambda _=False, name=line.kind.id: self.register_requested.emit(name))
        self.rows[line.kind.id] = row
        return row

    def _wants(self, line: RegisterLine) -> str:
        told = []
        if line.late:
            told.append(self.tr("{n} late").format(n=line.late))
        if line.waiting:
            told.append(self.tr("{n} open").format(n=line.waiting))
        return ", ".join(told)

    def focus_first(self) -> None:
        """To the first register."""
        for row in self.rows.values():
            row.setFocus()
            return


class RegisterPanel(Page):
    """One register: its items, the newest first.

    Signals: `item_requested(id)`, `record_requested`, `out_requested(key)` (print, with or without names, bring).
    """

    help_topic = "registers"
    item_requested = Signal(str)
    record_requested = Signal()
    out_requested = Signal(str)

    def __init__(self, seen: RegisterSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.PLACE, seen.kind.title, subtitle=seen.kind.hint, back=self.tr("Registers"), parent=parent
        )
        self.help_topic = seen.kind.topic
        self._seen, self._shown = seen, tuple[ItemLine, ...]()
        self.print = Button(self.tr("&Print…"), icon="printer")
        self.print.clicked.connect(lambda: self.out_requested.emit(PRINT))
        self.save = MenuButton(
            self.tr("Save as a &table…"),
            [(WITHOUT_NAMES, self.tr("Without names")), (WITH_NAMES, self.tr("With names"))],
        )
        self.save.picked.connect(self.out_requested)
        for button in (self.print, self.save):
            self.add_to_head(button)
            button.setEnabled(bool(seen.lines) or (button is self.save and seen.kind.from_table))
        if seen.kind.from_table:
            self.bring = Button(self.tr("&Bring a table…"), icon="file-text")
            self.bring.clicked.connect(lambda: self.out_requested.emit(BRING))
            self.add_to_head(self.bring)
        self.finder = Field(self.tr("&Find a line"), LineEdit(), width=400)
        self.finder.editor.textChanged.connect(lambda _: self._show())
        self.none = Text("", role=Role.TEXT2)
        self.table = Table(self.tr("{title}, the newest first").format(title=seen.kind.title), self._columns())
        self.table.row_opened.connect(lambda row: self.item_requested.emit(self._shown[row].id))
        self.add(self.finder, space=0)
        self.add(self.none, space=Space.S)
        self.add(self.table, space=Space.S)
        self.finder.setVisible(bool(seen.lines))
        self.set_primary(seen.kind.first.act, icon="plus")
        self.primary_requested.connect(self.record_requested)
        self._show()

    def _columns(self) -> list[Column]:
        fields = self._seen.kind.columns
        columns = [
            Column(title=field.column, width=0 if n == 0 else 176, narrow=n == 0) for n, field in enumerate(fields)
        ]
        return [*columns, Column(title=self.tr("How it stands"), width=272)]

    def focus_first(self) -> None:
        """To the search where there is something to find, else to the button that begins it."""
        if self._seen.lines:
            self.finder.setFocus()
        elif self.primary is not None:
            self.primary.setFocus()

    def focus_item(self, item: str) -> None:
        """To a line: the one that was open last."""
        for row, line in enumerate(self._shown):
            if line.id == item:
                self.table.setCurrentIndex(self.table.model().index(row, 0))
                self.table.setFocus()

    def _show(self) -> None:
        wanted = folded(self.finder.text()).split()
        self._shown = tuple(line for line in self._seen.lines if all(word in line.words for word in wanted))
        self.none.set_words(
            "" if self._shown else self.tr("No line has these words.") if self._seen.lines else self._seen.kind.empty
        )
        self.none.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        self.table.show_rows([self._cells(line) for line in self._shown])

    def _cells(self, line: ItemLine) -> list[Cell]:
        first, *rest = line.cells
        return [
            Cell(first, CellLook.LINK),
            *(Cell(words) for words in rest),
            Cell(line.standing.words, state=MOODS[line.standing.mood]),
        ]
