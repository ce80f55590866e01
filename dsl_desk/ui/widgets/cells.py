"""What stands in a table: columns, cells, and the model that holds short lists."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.tokens import Role, State

Index = QModelIndex | QPersistentModelIndex


class CellRole(enum.IntEnum):
    """What a model says of a cell beside its words."""

    STATE = Qt.ItemDataRole.UserRole + 1
    """A `State`: shown as icon and words in its colour."""
    LOOKS = Qt.ItemDataRole.UserRole + 2
    """A `CellLook`."""
    COLOUR = Qt.ItemDataRole.UserRole + 3
    """A `Role` for the words."""
    WITHHELD = Qt.ItemDataRole.UserRole + 4
    """True where a count is not shown."""


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
    role: Role = Role.TEXT
    withheld: bool = False


class CellModel(QAbstractTableModel):
    """Rows held in memory, for lists that are short by nature."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns, self._rows = tuple(columns), list[Sequence[Cell]]()

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            return heading(self._columns[section], role)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell and how."""
        if not index.isValid():
            return None
        cell, column = self._rows[index.row()][index.column()], self._columns[index.column()]
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: cell.words,
            Qt.ItemDataRole.AccessibleTextRole: cell.words or (cell.state.words if cell.state is not None else ""),
            Qt.ItemDataRole.TextAlignmentRole: side | Qt.AlignmentFlag.AlignVCenter,
            CellRole.STATE: cell.state,
            CellRole.LOOKS: cell.look,
            CellRole.COLOUR: cell.role,
            CellRole.WITHHELD: cell.withheld,
        }
        return answers.get(role)


def heading(column: Column, role: int) -> Any:
    """What a model of one's own answers for a heading."""
    if role == Qt.ItemDataRole.DisplayRole:
        return column.title
    if role == Qt.ItemDataRole.TextAlignmentRole:
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
    return None
