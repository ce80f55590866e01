"""Term dates, days without school, ends of lessons, days for the LADO: what deadlines are counted by."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.school_days import LADO_SETTING, SchoolDaysSeen
from dsl_desk.ui.settings.page import SettingsForm
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Choice, Field, LineEdit, Notice, NoticeKind, Text, TextArea


class DaysPage(SettingsForm):
    """The school's days.

    Signals: `told(values)`.
    """

    help_topic = "deadlines"
    told = Signal(object)

    def __init__(self, seen: SchoolDaysSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Term dates"), hint=self.tr("Deadlines are counted by them. Until they are here, by weekdays."),
            back=back, parent=parent,
        )  # fmt: skip
        self._seen = seen
        if not seen.may_change:
            words = self.tr("You can read this. The DSL, a deputy or the Headteacher can change it.")
            self.add(Notice(words, kind=NoticeKind.PLAIN))
        self._area("term_dates", self.tr("&Terms"), 5, self.tr("One a line: Autumn: 3 Sept 2026 to 23 Oct 2026."))
        self._area(
            "closed_days", self.tr("Days in term &without school"), 3, self.tr("One a line: INSET: 2 November 2026.")
        )
        self._area(
            "site_terms", self.tr("Terms of a site that has &its own"), 3,
            self.tr("The site first: North: Autumn: 3 Sept 2026 to 23 Oct 2026. Its cases are counted by them."),
        )  # fmt: skip
        self._area(
            "site_closed_days",
            self.tr("Days without school at &one site"),
            2,
            self.tr("North: INSET: 2 November 2026."),
        )
        ends = Field(
            self.tr("Lessons &end at"), LineEdit(seen.values.get("lesson_ends", "")), width=460,
            hint=self.tr("Such as 9:50, 10:50, 12:00, 14:10, 15:10."),
        )  # fmt: skip
        ends.editor.setReadOnly(not seen.may_change)
        self.add_field("lesson_ends", ends)
        self.lado = Choice(
            self.tr("The LADO is rung about an allegation"),
            [("0", self.tr("The same day")), ("1", self.tr("Within one working day")),
             ("2", self.tr("Within two working days"))],
            hint=self.tr("As your local authority asks. National guidance says one working day."),
        )  # fmt: skip
        self.lado.set_key(str(seen.lado_days))
        self.lado.setEnabled(seen.may_change)
        self.add(self.lado)
        self.add_heading(self.tr("What the desk understood"))
        for words in seen.understood:
            self.add(Text(words, role=Colour.TEXT2), space=Space.S)
        self.add(Text(seen.bank_holidays, role=Colour.TEXT2), space=Space.S)
        if seen.may_change:
            self.set_primary(self.tr("&Save"))
            self.primary_requested.connect(lambda: self.told.emit(self.values))

    def _area(self, key: str, label: str, lines: int, hint: str) -> None:
        area = Field(label, TextArea(lines), hint=hint)
        area.set_text(self._seen.values.get(key, ""))
        area.editor.setReadOnly(not self._seen.may_change)
        self.add_field(key, area)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        words = {key: field.text() for key, field in self.fields.items() if isinstance(field, Field)}
        return words | {LADO_SETTING: self.lado.key or "1"}
