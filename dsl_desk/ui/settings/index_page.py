"""The first page of the settings: what there is to set, and what of it wants attention."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import Row, SideBySide, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What stands at the right of a line because somebody should look at it."""

    key: str
    words: str


class SettingsPanel(Page):
    """Everything that can be set, in four groups.

    Signals: `row_requested(key)`.
    """

    help_topic = "settings"
    row_requested = Signal(str)

    def __init__(self, attention: tuple[Attention, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("Settings"), parent=parent)
        self._wants = {one.key: one.words for one in attention}
        self.rows: dict[str, Row] = {}
        left, right = QWidget(), QWidget()
        school, desk = _column(left), _column(right)
        self._heading(school, self.tr("The school"), first=True)
        self._line(school, "school", "house", self.tr("School"), self.tr("Name, address, what papers say of it."))
        self._line(school, "contacts", "phone", self.tr("Whom to ring"), self.tr("Numbers, and when last checked."))
        self._line(school, "days", "calendar-clock", self.tr("Term dates"), self.tr("What deadlines are counted by."))
        self._line(school, "posts", "users-round", self.tr("Who holds which post"), self.tr("It decides who leads."))
        self._line(school, "acting", "calendar-clock", self.tr("Standing in for the DSL"), self.tr("For some days."))
        self._line(school, "policy", "notebook-tabs", self.tr("Policy"), self.tr("Steps, deadlines, words."))
        self._line(school, "devices", "tablet-smartphone", self.tr("Devices"), self.tr("On which looking is done."))
        self._line(school, "papers", "printer", self.tr("Papers to lie ready"), self.tr("Halt card, fingerprint."))
        self._heading(desk, self.tr("Who may sign in"), first=True)
        self._line(
            desk, "people", "circle-user-round", self.tr("People and accounts"), self.tr("Let people in, end accounts.")
        )
        self._line(desk, "passphrase", "lock", self.tr("My passphrase"), self.tr("Change it; only you know it."))
        self._line(desk, "codes", "package", self.tr("Recovery codes"), self.tr("Three envelopes for the bad day."))
        self._line(desk, "readers", "shield-check", self.tr("Restricted records"), self.tr("Readers, keys to compare."))
        self._heading(desk, self.tr("This laptop"))
        self._line(desk, "look", "eye", self.tr("Appearance and lock"), self.tr("Colours, words, when it locks."))
        self._line(desk, "keys", "octagon-x", self.tr("Try the two keys"), self.tr("Halt and lock, on this keyboard."))
        self._line(desk, "about", "shield-check", self.tr("About this desk"), self.tr("Place, version, licences."))
        self._heading(desk, self.tr("What was done here"))
        self._line(desk, "access", "eye", self.tr("Who opened which case"), self.tr("For the DPO and who leads."))
        self._line(desk, "log", "clock", self.tr("What was changed"), self.tr("Every setting, by whom and when."))
        self._line(desk, "disposal", "package", self.tr("Records to dispose of"), self.tr("Their time is over."))
        for column in (school, desk):
            column.addStretch(1)
        self.add(SideBySide(left, right, ratio=(1, 1), stacks_below=680, gap=Space.XXXL))

    def _heading(self, column: QVBoxLayout, words: str, *, first: bool = False) -> None:
        if not first:
            column.addSpacing(Space.XL)
        column.addWidget(Text(words, Look.HEADING))
        column.addSpacing(Space.S)

    def _line(self, column: QVBoxLayout, key: str, icon: str, title: str, second: str) -> None:
        wants = self._wants.get(key, "")
        role = Colour.WARN if wants else Colour.INK
        row = Row(icon, title, second, wants, role=role, date_role=Colour.WARN if wants else Colour.TEXT2)
        row.clicked.connect(lambda _=False: self.row_requested.emit(key))
        self.rows[key] = row
        column.addWidget(row)

    def focus_row(self, key: str) -> None:
        """Put the focus on a line."""
        if key in self.rows:
            self.rows[key].setFocus()


def _column(host: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(host)
    column.setContentsMargins(Space.XS, 0, Space.XS, 0)
    column.setSpacing(0)
    return column
