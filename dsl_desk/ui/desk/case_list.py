"""Find, filter and open cases; the same on Home and at Cases."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.domain.words import AccountId
from dsl_desk.services.case_list import CaseFilter, FilterChoices, ListedPage, ListOrder, ListState
from dsl_desk.ui.desk.model import CaseModel
from dsl_desk.ui.messages import announce
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Dropdown, Flow, LineEdit, Table, Text

PAUSE_MS = 10
"""Letters that come at once (pasted words, a held key) are read together; while one answer is awaited only the last
wish waits."""


class CaseList(QWidget):
    """A table of cases with what narrows it down.

    Signals: `filter_changed(CaseFilter)`, `page_wanted(offset)`, `case_opened(strand)`.
    """

    filter_changed = Signal(object)
    page_wanted = Signal(int)
    case_opened = Signal(str)

    def __init__(self, *, heading: str = "", all_filters: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = AccountId("")
        self.finder = LineEdit(placeholder=self.tr("Find by reference, name or word"))
        self.finder.setAccessibleName(self.tr("Find cases by reference, name or word"))
        self.finder.setFixedWidth(280)
        self.state = Dropdown(
            [
                (ListState.CURRENT.value, self.tr("Open and halted")),
                (ListState.HALTED.value, self.tr("Halted")),
                (ListState.CLOSED.value, self.tr("Closed")),
                (ListState.ALL.value, self.tr("All")),
            ],
            name=self.tr("State of the cases shown"),
        )
        self.category = Dropdown([("", self.tr("Any category"))], name=self.tr("Category of the cases shown"))
        self.person = Dropdown([("", self.tr("By anyone"))], name=self.tr("Who opened or reviews the cases shown"))
        self.order = Dropdown(
            [
                (ListOrder.CHANGED.value, self.tr("Latest first")),
                (ListOrder.OPENED.value, self.tr("Newest first")),
                (ListOrder.REFERENCE.value, self.tr("By reference")),
            ],
            name=self.tr("Order of the cases"),
        )
        if not all_filters:
            self.category.hide()
            self.order.hide()
        self.count = Text("", role=Role.TEXT2, wrap=False, right=True)
        self.model = CaseModel(self)
        self.table = Table(self.tr("Cases"), self.model.columns)
        self.table.setModel(self.model)
        self.none = Text("", role=Role.TEXT2)
        self._build(heading)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._connect()

    def _build(self, heading: str) -> None:
        tools = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        tools.setSizePolicy(policy)
        flow = Flow(tools, gap=10)
        if heading:
            title = Text(heading, Look.HEADING, wrap=False)
            title.setMinimumWidth(title.sizeHint().width() + Space.M)
            flow.add(title)
        for part in (self.finder, self.state, self.category, self.person, self.order):
            flow.add(part)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(tools, 1)
        self.count.setMinimumWidth(96)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        self.rest = QWidget()  # where there is no row the room stays white
        self.rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.rest.hide()
        column.addWidget(self.rest, 1)

    def _connect(self) -> None:
        self.finder.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._on_changed)
        for box in (self.state, self.category, self.person, self.order):
            box.currentIndexChanged.connect(lambda _: self._on_changed())
        self.finder.returnPressed.connect(self._on_entered)
        self.model.page_wanted.connect(self.page_wanted)
        self.table.row_opened.connect(self._on_opened)

    @property
    def wanted(self) -> CaseFilter:
        """What is looked for now."""
        return CaseFilter(
            words=self.finder.text(),
            state=ListState(self.state.key),
            category=self.category.key,
            person=AccountId(self.person.key) if self.person.key else None,
            order=ListOrder(self.order.key),
            descending=self.order.key != ListOrder.REFERENCE.value,
        )

    def set_choices(self, choices: FilterChoices) -> None:
        """What the filters offer; what was chosen stays where it is still there."""
        self._me = choices.me
        others = [(str(key), name) for key, name in choices.people if key != choices.me]
        _refill(self.category, [("", self.tr("Any category")), *choices.categories])
        _refill(
            self.person,
            [("", self.tr("By anyone")), (str(choices.me), self.tr("Mine")), *others],
        )

    def show_first(self, page: ListedPage) -> None:
        """Show the first page of what was asked for."""
        current = self.model.case_at(self.table.currentIndex().row())
        self.model.show_first(page)
        narrowed = self.wanted != CaseFilter()
        said = self.tr("1 case") if page.total == 1 else self.tr("{n} cases").format(n=f"{page.total:,}")
        if page.more:
            said = self.tr("{n} cases or more").format(n=f"{page.total:,}")
        self.count.set_words(said if page.total else "")
        self.none.set_words(
            self.tr("No case fits. Type less, or choose “All”.") if narrowed else self.tr("There is no open case.")
        )
        self.none.setVisible(not page.total)
        self.table.setVisible(bool(page.total))
        self.rest.setVisible(self.table.is_short)  # what is not taken by rows stays white below them
        if current is not None and (row := self.model.row_of(current.strand)) >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))
        if self.finder.hasFocus():
            announce(self, said)

    def add_page(self, page: ListedPage) -> None:
        """Show a page that was scrolled into sight."""
        self.model.add_page(page)

    def ask_again(self) -> None:
        """Ask for what is wanted now."""
        self._on_changed()

    def _on_changed(self) -> None:
        self._pause.stop()
        self.filter_changed.emit(self.wanted)

    def _on_entered(self) -> None:
        """Return goes on to the rows."""
        if self.model.total:
            self.table.setFocus()

    def _on_opened(self, row: int) -> None:
        case = self.model.case_at(row)
        if case is not None:
            self.case_opened.emit(case.strand)


def _refill(box: Dropdown, options: Sequence[tuple[str, str]]) -> None:
    chosen = box.key
    box.blockSignals(True)
    box.clear()
    for key, words in options:
        box.addItem(words, key)
    box.set_key(chosen)
    box.blockSignals(False)
