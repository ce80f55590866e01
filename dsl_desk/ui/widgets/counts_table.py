"""Counts in a table, where some may be withheld."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dsl_desk.ui.widgets.cells import Cell, CellLook, Column
from dsl_desk.ui.widgets.table import Table

_WORDS = 360

WITHHELD = None
"""A count that is not shown; both kinds look alike (design section 10)."""


class CountsTable(Table):
    """Counts by row and column; what is withheld is a dashed cell with the word, both kinds alike."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        rows: Sequence[tuple[str, Sequence[int | None]]],
        total: tuple[str, Sequence[int | None]] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        first, *others = headings
        columns = [Column(title=first), *(Column(title=title, width=141, right=True) for title in others)]
        super().__init__(name, columns, selectable=False, parent=parent)
        self.setMaximumWidth(_WORDS + sum(column.width for column in columns))  # counts stay near their words
        self.show_rows([self._line(*row) for row in rows] + ([self._line(*total, strong=True)] if total else []))
        self.show_whole()

    def _line(self, words: str, counts: Sequence[int | None], *, strong: bool = False) -> list[Cell]:
        look = CellLook.STRONG if strong else CellLook.PLAIN
        cells = [Cell(words, look)]
        for at, count in enumerate(counts):
            last = CellLook.STRONG if at == len(counts) - 1 else look
            held = count is WITHHELD
            cells.append(Cell(self.tr("Withheld") if held else str(count), last, withheld=held))
        return cells
