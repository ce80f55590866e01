"""Home: what is waiting for me, what the desk itself needs, and the cases."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.services.home import Care, HomeSeen, Waiting, WaitingKind
from dsl_desk.ui.desk.case_list import CaseList
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Icon, Kind, Panel, Row, SideBySide, Text

MOST_SHOWN = 4
"""Lines in sight before "Show all": the cases below stay in reach."""

_ICONS = {
    WaitingKind.LAPTOP: ("octagon-x", Role.DANGER),
    WaitingKind.HALTED: ("octagon-x", Role.DANGER),
    WaitingKind.OVERDUE: ("calendar-clock", Role.WARN),
    WaitingKind.CHECK: ("shield-check", Role.WARN),
    WaitingKind.SIGN_OFF: ("signature", Role.WAIT),
    WaitingKind.JUDGE: ("scale", Role.WAIT),
    WaitingKind.SESSION: ("timer", Role.INK),
    WaitingKind.PACK: ("package", Role.WARN),
    WaitingKind.DUE: ("calendar-clock", Role.TEXT2),
    WaitingKind.ACTION: ("calendar-clock", Role.TEXT2),
    WaitingKind.REGISTER: ("clipboard-list", Role.TEXT2),
    WaitingKind.HOLD_BACK: ("ear-off", Role.WARN),
    WaitingKind.NOTE: ("pen-line", Role.TEXT2),
    WaitingKind.SET_UP: ("settings", Role.WARN),
}


class DeskCare(Panel):
    """What the desk itself needs: set-up, backup, check.

    Signals: `set_up_requested`, `backup_requested`, `check_requested`.
    """

    set_up_requested = Signal()
    backup_requested = Signal()
    check_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=Space.L, parent=parent)
        self.body.setSpacing(Space.S)
        self.body.addWidget(Text(self.tr("This desk"), Look.STRONG))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.M)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.set_up: Button | None = None
        self.first: Button | None = None
        """The first thing that can be done here: in a narrow window it stands above the cases."""

    def show_care(self, seen: HomeSeen) -> None:
        """Show what is done and what is not."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.set_up = self.first = None
        if seen.left or seen.contacts_missing:
            self._lines.addWidget(self._set_up_line(seen))
        self._lines.addWidget(self._care_line(seen.backup, self.tr("Back up")))
        self._lines.addWidget(self._care_line(seen.check, self.tr("Check everything")))

    def _set_up_line(self, seen: HomeSeen) -> QWidget:
        if seen.left:
            title = self.tr("Set-up unfinished: {n} left").format(n=seen.lines_left)
            words = seen.left[0].words
        else:
            title = self.tr("Numbers missing: {n}").format(n=len(seen.contacts_missing))
            words = self.tr("Such as: {who}.").format(who=seen.contacts_missing[0])
        host, column = _line("triangle-alert", Role.WARN, title, words)
        self.set_up = Button(self.tr("&Finish set-up"), Kind.QUIET)
        self.first = self.set_up
        self.set_up.clicked.connect(self.set_up_requested)
        column.addSpacing(Space.XS)
        column.addWidget(self.set_up, 0, Qt.AlignmentFlag.AlignLeft)
        return host

    def _care_line(self, care: Care, act: str) -> QWidget:
        icon, role = ("circle-check", Role.OK) if care.done else ("triangle-alert", Role.WARN)
        host, column = _line(icon, role, care.title, care.words)
        if not care.done:
            button = Button(act, Kind.QUIET)
            self.first = self.first or button
            is_backup = act == self.tr("Back up")
            button.clicked.connect(self.backup_requested if is_backup else self.check_requested)
            column.addSpacing(Space.XS)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return host


def _line(icon: str, role: Role, title: str, words: str) -> tuple[QWidget, QVBoxLayout]:
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.M)
    side = QVBoxLayout()
    side.addWidget(Icon(icon, 20, role))
    side.addStretch(1)
    row.addLayout(side)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Text(title, Look.BODY))
    if words:
        column.addWidget(Text(words, Look.CAPTION, Role.TEXT2))
    row.addLayout(column, 1)
    return host, column


def _nothing_waits() -> QWidget:
    host, column = _line(
        "circle-check",
        Role.OK,
        QCoreApplication.translate("WaitingList", "Nothing is due, and nobody waits for you"),
        QCoreApplication.translate(
            "WaitingList",
            "Cases that go on stand below, with who acts next. A new concern begins with “New concern”, or Ctrl+N from "
            "anywhere.",
        ),
    )
    column.addStretch(1)
    return host


class WaitingList(QWidget):
    """What waits, the most urgent first.

    Signals: `opened(Waiting)`, `more_wanted` when everything that was told is in sight and more is asked for.
    """

    opened = Signal(object)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is waiting for me"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[Row] = []
        self._waiting: tuple[Waiting, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._further = False
        self.more: Button | None = None

    def show_waiting(self, waiting: tuple[Waiting, ...], *, further: bool = False, whole: bool = False) -> None:
        """Show what waits; a long list is folded until it is asked for. `further`: more waits than was told."""
        if self._shown == (waiting, further, whole):
            return  # nothing has changed: the lines, and the focus in them, stay
        self._shown, self._waiting, self._further = (waiting, further, whole), waiting, further
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows, self.more = [], None
        if not waiting:
            self._column.addWidget(_nothing_waits())
        shown = waiting if whole else waiting[:MOST_SHOWN]
        for item_waiting in shown:
            self._column.addWidget(self._row(item_waiting))
        if len(shown) < len(waiting) or further:
            self._add_more(folded=len(shown) < len(waiting))

    def _add_more(self, *, folded: bool) -> None:
        if not folded:
            words = self.tr("More is waiting: show more")
        elif self._further:
            words = self.tr("Show the first {n} things that wait").format(n=len(self._waiting))
        else:
            words = self.tr("Show all {n} things that wait").format(n=len(self._waiting))
        self.more = Button(words, Kind.QUIET, icon="chevron-down")
        self.more.clicked.connect(self._on_more if folded else self.more_wanted)
        self._column.addSpacing(Space.S)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, waiting: Waiting) -> Row:
        icon, role = _ICONS[waiting.kind]
        late = Role.DANGER if waiting.kind in (WaitingKind.HALTED, WaitingKind.LAPTOP) else Role.WARN
        row = Row(
            icon,
            waiting.title,
            waiting.what,
            waiting.when,
            role=role,
            date_role=late if waiting.late else Role.TEXT2,
        )
        row.clicked.connect(lambda _=False: self.opened.emit(waiting))
        self.rows.append(row)
        return row

    def _on_more(self) -> None:
        first = len(self.rows)
        self.show_waiting(self._waiting, further=self._further, whole=True)
        self.focus_row(first)

    def focus_row(self, at: int) -> None:
        """To a line that may have been added in this very moment: one that is not shown yet would not take it."""
        self.rows[at].show()
        self.rows[at].setFocus()


class HomePanel(Page):
    """Home.

    Signals: `waiting_opened(Waiting)`; those of its parts are taken from `care` and `cases`.
    """

    help_topic = "home"
    about_case = False

    waiting_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("What is waiting for me"), parent=parent)
        self.waiting, self.care = WaitingList(), DeskCare()
        self.cases = CaseList(heading=self.tr("Cases"))
        self.care.setMinimumWidth(240)
        self.top = SideBySide(self.waiting, self.care, ratio=(71, 29), stacks_below=720, gap=40)
        self.add(self.top)
        self.add(self.cases, space=Space.L)
        self.body.setStretchFactor(self.cases, 1)
        self.waiting.opened.connect(self.waiting_opened)

    def show_home(self, seen: HomeSeen, *, whole: bool = False) -> None:
        """Show what waits."""
        self.set_subtitle(seen.today)
        self.waiting.show_waiting(seen.waiting, further=seen.more, whole=whole)
        self.care.show_care(seen)

    def focus_first(self) -> None:
        """To the most urgent thing, or to what the desk itself needs, or to the search among the cases."""
        first = next(iter(self.waiting.rows), self.care.first) or self.cases.finder
        first.setFocus()


class CasesPanel(Page):
    """All cases, with every filter."""

    help_topic = "cases"
    about_case = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("Cases"), parent=parent)
        self.cases = CaseList(all_filters=True)
        self.add(self.cases)
        self.body.setStretchFactor(self.cases, 1)

    def focus_first(self) -> None:
        """To the search."""
        self.cases.finder.setFocus()
