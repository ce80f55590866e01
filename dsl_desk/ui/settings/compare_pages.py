"""Two policies side by side: which two, what differs in which part, and each thing beside the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.services.policy_care import Comparable
from dsl_desk.services.profile_compare import Compared, Part, Stands
from dsl_desk.ui.settings.page import SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import Dropdown, Field, Line, SideBySide, Status, Text

_ICONS = {Stands.DIFFERS: "pen-line", Stands.ONLY_FIRST: "minus", Stands.ONLY_SECOND: "plus"}


class CompareChoosePage(SettingsForm):
    """Which two policies are laid side by side.

    Signals: `told(first key, second key)`.
    """

    help_topic = "compare-policies"
    told = Signal(str, str)

    def __init__(self, offered: Sequence[Comparable], back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Which two policies?"), back=back, parent=parent,
            hint=self.tr("Nothing is changed by looking. The policy in force stays in force."),
        )  # fmt: skip
        lines = [(one.key, one.title) for one in offered]
        self.first = Field(self.tr("&First"), Dropdown(lines))
        self.second = Field(self.tr("&Second"), Dropdown([("", self.tr("Choose…")), *lines]))
        self.add_field("first", self.first)
        self.add_field("second", self.second)
        self.set_primary(self.tr("&Lay them side by side"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        first, second = self.first.editor.key, self.second.editor.key
        missing: list[tuple[QWidget, str]] = []
        if not second:
            missing = [(self.second, self.tr("Choose the second policy"))]
        elif first == second:
            missing = [(self.second, self.tr("Choose another one: these two are the same"))]
        if self.show_problems(missing):
            self.told.emit(first, second)


class ComparePage(SettingsPlace):
    """The parts of two policies, and how much of each differs."""

    help_topic = "compare-policies"

    def __init__(
        self, first: str, second: str, parts: Sequence[Part], back: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Two policies side by side"), back=back, parent=parent)
        self.add(facts_of([(self.tr("First"), first), (self.tr("Second"), second)], key_width=90), space=0)
        differ = [part for part in parts if part.differing]
        self.add_heading(self.tr("What differs"))
        if not differ:
            self.add_words(self.tr("Nothing: the two say the same."))
        for part in differ:
            words = self.tr("{n} of {all} differ").format(n=len(part.differing), all=len(part.rows))
            self.add_row(part.key, "pen-line", part.title, _first_words(part), words)
        alike = [part.title for part in parts if not part.differing]
        if alike:
            self.add_heading(self.tr("The same in both"))
            self.add_words(", ".join(alike))


def _first_words(part: Part) -> str:
    """What differs, by its titles."""
    titles = ", ".join(row.title for row in part.differing)
    return titles if len(titles) <= 90 else f"{titles[:88].rstrip(', ')}…"


class ComparePartPage(SettingsPlace):
    """One part: each thing that differs beside the same thing of the other policy, and what is the same."""

    help_topic = "compare-policies"

    def __init__(self, first: str, second: str, part: Part, back: str, parent: QWidget | None = None) -> None:
        super().__init__(part.title, back=back, parent=parent)
        self.add(facts_of([(self.tr("First"), first), (self.tr("Second"), second)], key_width=90), space=0)
        for row in part.differing:
            self.add(Line(), space=Space.L)
            self.add(Text(row.title, Look.HEADING), space=Space.M)
            self.add(self._mark(row), space=Space.XS)
            pair = SideBySide(
                self._one(self.tr("First"), row.first), self._one(self.tr("Second"), row.second), ratio=(1, 1),
                stacks_below=560, gap=Space.XL,
            )  # fmt: skip
            self.add(pair, space=Space.S)
        if part.same:
            self.add_heading(self.tr("The same in both"))
            self.add_words(", ".join(row.title for row in part.same))

    def _mark(self, row: Compared) -> QWidget:
        words = {
            Stands.DIFFERS: self.tr("Differs"), Stands.ONLY_FIRST: self.tr("Only in the first"),
            Stands.ONLY_SECOND: self.tr("Only in the second"), Stands.SAME: self.tr("The same"),
        }[row.stands]  # fmt: skip
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Status.of(_ICONS.get(row.stands, "minus"), words, Colour.INK, Colour.ACCENT_SOFT), 0,
                         Qt.AlignmentFlag.AlignLeft)  # fmt: skip
        return host

    def _one(self, whose: str, said: str) -> QWidget:
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(Text(whose, Look.CAPTION_STRONG, Colour.TEXT2))
        column.addWidget(Text(said or self.tr("Not there"), role=Colour.TEXT if said else Colour.TEXT2))
        return host
