"""The list of cases as a table: rows come a page at a time, as they are scrolled into sight."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_list import CaseState, ListedCase, ListedPage
from dsl_desk.ui.tokens import State
from dsl_desk.ui.widgets import Cell, CellLook, Cells, Column

PAGE = 16
"""Rows asked for at a time: more than a laptop’s window shows; a taller one asks for the next as it paints."""
_KEPT_PAGES = 75
_EMPTY = Cell("")
Index = QModelIndex | QPersistentModelIndex

_STATES = {
    CaseState.IN_PROGRESS: (State.IN_PROGRESS, "In progress"),
    CaseState.NEEDS_SECOND: (State.NEEDS_SECOND, "Needs second person"),
    CaseState.HALTED: (State.HALTED, "Halted: no looking"),
    CaseState.POLICE_FIRST: (State.HALTED, "Halted: police first"),
    CaseState.SIGNED: (State.DONE, "Signed off"),
    CaseState.CLOSED: (State.DONE, "Closed"),
}


class CaseModel(Cells):
    """Cases of one filter; what is not there yet is shown empty and asked for.

    Signals: `page_wanted(offset)`.
    """

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self.columns = (
            Column(title=self.tr("Reference"), width=140),
            Column(title=self.tr("Concern")),
            Column(title=self.tr("About"), width=120, narrow=False),
            Column(title=self.tr("State"), width=216),
            Column(title=self.tr("Next to act"), width=126, narrow=False),
            Column(title=self.tr("Sign-off"), width=116, narrow=False),
        )
        self._pages: dict[int, tuple[ListedCase, ...]] = {}
        self._asked: set[int] = set()
        self._total = 0

    @property
    def total(self) -> int:
        """How many cases there are under this filter."""
        return self._total

    def show_first(self, page: ListedPage) -> None:
        """Another filter, or a fresh look: begin with its first page."""
        self.beginResetModel()
        self._pages, self._asked, self._total = {0: page.rows}, {0}, page.total
        self.endResetModel()

    def add_page(self, page: ListedPage) -> None:
        """A page that was scrolled into sight has come."""
        number = page.offset // PAGE
        if len(self._pages) >= _KEPT_PAGES:
            far = max(self._pages, key=lambda one: abs(one - number))
            self._pages.pop(far)
            self._asked.discard(far)
        self._pages[number] = page.rows
        if page.rows:
            first = self.index(page.offset, 0)
            last = self.index(page.offset + len(page.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(first, last)

    def forget_asked(self, offset: int) -> None:
        """A page did not come; it may be asked for again."""
        self._asked.discard(offset // PAGE)

    def case_at(self, row: int) -> ListedCase | None:
        """The case of a row, where it has come."""
        rows = self._pages.get(row // PAGE, ())
        return rows[row % PAGE] if row % PAGE < len(rows) else None

    def row_of(self, strand: StrandId) -> int:
        """Where a case stands among those that have come, or -1."""
        for number, rows in self._pages.items():
            for at, case in enumerate(rows):
                if case.strand == strand:
                    return number * PAGE + at
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else self._total

    def cell(self, row: int, column: int) -> Cell:
        """One cell; one whose page is not there asks for it."""
        case = self.case_at(row)
        if case is None:
            self._want(row // PAGE)
            return Cell(self.tr("…")) if column == 0 else _EMPTY
        return _cell(case, column)

    def _want(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self.page_wanted.emit(number * PAGE)


def _cell(case: ListedCase, column: int) -> Cell:
    match column:
        case 0:
            return Cell(case.reference, CellLook.MARK)
        case 1:
            return Cell(case.title)
        case 2:
            return Cell(case.about)
        case 3:
            state, words = _STATES[case.state]
            return Cell(words, state=state)
        case 4:
            return Cell(case.next_to_act)
        case _:
            return Cell(case.sign_off)
