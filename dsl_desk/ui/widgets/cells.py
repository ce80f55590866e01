"""What stands in a table: columns, cells, and the model that holds short lists."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dsl_desk.ui.tokens import Role, State

Index = QModelIndex | QPersistentModelIndex


class CellLook(enum.Enum):
    """How a cell's words are set."""

    PLAIN = "plain"
    STRONG = "strong"
    LINK = "link"
    MARK = "mark"
    """A reference or mark that opens its row: a link in the type where 0 and O differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading and how wide it is (0 takes the rest)."""

    title: str
    width: int = 0
    right: bool = False
    narrow: bool = True
    """Whether it stays in a narrow window."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a short list."""

    words: str
    look: CellLook = CellLook.PLAIN
    state: State | None = None
    """Shown as icon and words in its colour."""
    role: Role = Role.TEXT
    withheld: bool = False
    """Whether it is a count that is not shown."""

    @property
    def told(self) -> str:
        """Its words, to a screen reader too where only a state is drawn."""
        return self.words or (self.state.words if self.state is not None else "")


class Cells(QAbstractTableModel):
    """What a table shows: each cell as one value, asked for once when it is painted."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        raise NotImplementedError

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            return heading(self.columns[section], role)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, to Qt and to a screen reader."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(index.row(), index.column()).words
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.cell(index.row(), index.column()).told
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(self.columns[index.column()])
        return None


class CellModel(Cells):
    """Rows held in memory, for lists that are short by nature."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._rows = list[Sequence[Cell]]()

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self._rows[row][column]


def heading(column: Column, role: int) -> Any:
    """What a model of one's own answers for a heading."""
    if role == Qt.ItemDataRole.DisplayRole:
        return column.title
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _side(column)
    return None


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
