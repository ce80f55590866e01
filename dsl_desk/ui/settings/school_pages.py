"""The school's particulars, whom to ring, and who holds which post."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.case_things import local_day
from dsl_desk.services.post_care import SITE_DSLS, PostsSeen
from dsl_desk.services.posts import POSTS
from dsl_desk.services.settings import ContactSeen, ContactsSeen, SchoolSeen
from dsl_desk.ui.settings.page import ProvedForm, SettingsForm
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import CheckBox, Choice, Field, LineEdit, Notice, NoticeKind, Text, TextArea

ONE_HOLDER = (Role.HEADTEACHER, Role.DSL, Role.OSL, Role.CHAIR, Role.DPO)


class SchoolPage(SettingsForm):
    """What papers and pages say of the school.

    Signals: `told(values)`.
    """

    told = Signal(object)

    def __init__(self, seen: SchoolSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("School"), back=back, parent=parent)
        self._seen = seen
        self._say_who(seen.may_change)
        self._line("school", self.tr("&Name of the school"), self.tr("As it reads on papers from now on."))
        self._area("school_address", self.tr("&Address"), 3)
        self._line("school_number", self.tr("&Telephone number"), self.tr("For an officer who rings back."), 320)
        self._line("site", self.tr("S&ite or sites"), self.tr("Several: a semicolon between them."))
        self._line("local_authority", self.tr("&Local authority"))
        self._line("police_force", self.tr("&Police force"))
        self.add_heading(self.tr("Cover and governors"))
        self._area(
            "stand_ins", self.tr("Who stands in when the DSL is a&way"), 3, self.tr("Name, and from when to when.")
        )
        self._line("governor_named", self.tr("Named &governor"), self.tr("For safeguarding or online safety."))
        self._area(
            "lawful_basis", self.tr("&Basis in law, and where the privacy notice is"), 3,
            self.tr("Two or three lines; they stand on the cover sheet of every pack."),
        )  # fmt: skip
        self.add_heading(self.tr("Where things are"))
        self._line("main_system", self.tr("&Main safeguarding system"), self.tr("Such as CPOMS or MyConcern."))
        self._line(
            "form_kept_at", self.tr("Where signed forms are &kept"), self.tr("Such as: safe in the DSL’s office.")
        )
        self.where = Choice(
            self.tr("Looking is done on"),
            [("another", self.tr("Another device that pupils do not use")), ("this", self.tr("This laptop"))],
            hint=self.tr("What a review suggests; each one asks again."),
        )
        self.where.set_key(seen.values.get("looking_where") or None)
        self.where.setEnabled(seen.may_change)
        self.add(self.where)
        self._line("laptop_make", self.tr("Make and model of this lapto&p"))
        self._line(
            "laptop_serial", self.tr("Its serial n&umber"), self.tr("For the sheet “If police take this laptop”.")
        )
        if seen.may_change:
            self.set_primary(self.tr("&Save"))
            self.primary_requested.connect(lambda: self.told.emit(self.values))

    def _say_who(self, may_change: bool) -> None:
        if not may_change:
            words = self.tr("You can read this. The DSL, a deputy or the Headteacher can change it.")
            self.add(Notice(words, kind=NoticeKind.PLAIN))

    def _line(self, key: str, label: str, hint: str = "", width: int = 460) -> None:
        line = Field(label, LineEdit(self._seen.values.get(key, "")), width=width, hint=hint)
        line.editor.setReadOnly(not self._seen.may_change)
        self.add_field(key, line)

    def _area(self, key: str, label: str, lines: int, hint: str = "") -> None:
        area = Field(label, TextArea(lines), hint=hint)
        area.set_text(self._seen.values.get(key, ""))
        area.editor.setReadOnly(not self._seen.may_change)
        self.add_field(key, area)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        words = {key: field.text() for key, field in self.fields.items() if isinstance(field, Field)}
        return words | ({"looking_where": self.where.key} if self.where.key else {})


class _ContactLine:
    """The fields of one contact."""

    def __init__(self, page: "ContactsPage", one: ContactSeen, may_change: bool) -> None:
        self.one = one
        page.add(Text(one.title, Look.STRONG), space=Space.XL)
        if one.help or one.web:
            page.add(Text(" · ".join(part for part in (one.web, one.help) if part), role=Colour.TEXT2), space=2)
        self.number = Field(page.tr("Number"), LineEdit(one.number), width=320)
        self.note = Field(page.tr("Who and when"), LineEdit(one.note), hint=page.tr("Name, hours, what to ask for."))
        self.checked = CheckBox(page.tr("I have checked it today"))
        for part, what in ((self.number, page.tr("Number")), (self.note, page.tr("Who and when"))):
            part.editor.setAccessibleName(f"{one.title}: {what}")
            part.editor.setReadOnly(not may_change)
        self.checked.setAccessibleName(f"{one.title}: {self.checked.text()}")
        page.add_field(one.id, self.number, space=Space.S)
        page.add(self.note, space=Space.S)
        page.add(Text(_checked_words(page, one), role=Colour.WARN if one.due else Colour.TEXT2), space=Space.S)
        if may_change:
            page.add(self.checked, space=2)


def _checked_words(page: QWidget, one: ContactSeen) -> str:
    if one.checked:
        words = page.tr("Last checked on {day}.").format(day=local_day(one.checked))
        return f"{words} {page.tr('Ring it and check it again.')}" if one.due else words
    return page.tr("Never checked here. Ring it once, on a quiet day.") if one.due else page.tr("Not filled in.")


class ContactsPage(SettingsForm):
    """Whom to ring: local numbers to fill in, national ones as the policy gives them.

    Signals: `told(numbers, notes, checked)`.
    """

    help_topic = "numbers"
    told = Signal(object, object, object)

    def __init__(self, seen: ContactsSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Whom to ring"),
            hint=self.tr("These stand on the stop page and on the halt card. Check each once in {n} months.").format(
                n=seen.every_months
            ),
            back=back,
            parent=parent,
        )
        always = ", ".join(f"{one.title}: {one.number}" for one in seen.contacts if one.fixed)
        self.add(Notice(self.tr("Always there: {numbers}.").format(numbers=always or "999, 101"), icon="phone"))
        self.lines: list[_ContactLine] = []
        for national, heading in ((False, self.tr("Local: the school fills them in")), (True, self.tr("National"))):
            asked = [one for one in seen.contacts if one.national is national and not one.fixed]
            if asked:
                self.add_heading(heading)
            self.lines += [_ContactLine(self, one, seen.may_change) for one in asked]
        if seen.may_change:
            self.set_primary(self.tr("&Save the numbers"))
            self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        numbers = {line.one.id: line.number.text() for line in self.lines}
        notes = {line.one.id: line.note.text() for line in self.lines}
        checked = frozenset(line.one.id for line in self.lines if line.checked.isChecked())
        empty = {name: self.tr("There is no number here to check") for name in checked if not self._has(name, numbers)}
        if self.show_field_problems(empty):
            self.told.emit(numbers, notes, checked)

    def _has(self, name: str, numbers: Mapping[str, str]) -> bool:
        return any(line.one.id == name and (numbers[name].strip() or line.one.web) for line in self.lines)


class PostsPage(ProvedForm):
    """Who holds which post: it decides who leads, and who is shut out of a case about themselves.

    Signals: `told(posts)`.
    """

    help_topic = "who-is-who"
    told = Signal(object)

    def __init__(self, seen: PostsSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who holds which post"),
            hint=self.tr("It decides who leads a case, and who is shut out of one about themselves."),
            back=back,
            parent=parent,
        )
        self._seen = seen
        self.names: dict[Role, Field[LineEdit]] = {}
        for role in ONE_HOLDER:
            self.names[role] = Field(POSTS[role], LineEdit(seen.one.get(role, "")), width=460)
            self.add_field(role.value, self.names[role])
        self.site_dsls = self._many(
            SITE_DSLS, self.tr("Further DSLs of a &federation"), seen.site_dsls,
            hint=self.tr("One a line: the name, a comma, the site. The DSL above stands for every other site."),
        )  # fmt: skip
        self.deputies = self._many(Role.DEPUTY.value, self.tr("De&puty DSLs"), seen.deputies)
        self.seniors = self._many(Role.SENIOR.value, self.tr("Other se&nior staff"), seen.seniors)
        self.proprietor = CheckBox(self.tr("The Headteacher is also the p&roprietor of the school"))
        self.proprietor.setChecked(seen.headteacher_is_proprietor)
        self.helps = CheckBox(self.tr("The Headteacher lets the DSL &help with a case about staff"))
        self.helps.setChecked(seen.headteacher_lets_dsl_help)
        self.add(self.proprietor)
        self.add(self.helps, space=Space.XS)
        self.add(
            Text(
                self.tr(
                    "The same name is the same person, also in two posts. A new name is a new person. No account "
                    "ends by this: do that under People and accounts."
                ),
                role=Colour.TEXT2,
            ),
            space=Space.S,
        )
        if seen.may_change:
            self.add_proof()
            self.set_primary(self.tr("&Save the posts"))
            self.primary_requested.connect(self._on_primary)

    def _many(self, key: str, label: str, names: tuple[str, ...], *, hint: str = "") -> Field[TextArea]:
        area = Field(label, TextArea(3), hint=hint or self.tr("One name a line."), width=460)
        area.set_text("\n".join(names))
        self.add_field(key, area)
        return area

    @property
    def typed(self) -> PostsSeen:
        """What stands in the fields."""
        return PostsSeen(
            one={role: field.text().strip() for role, field in self.names.items()},
            site_dsls=_lines(self.site_dsls),
            deputies=_lines(self.deputies),
            seniors=_lines(self.seniors),
            headteacher_is_proprietor=self.proprietor.isChecked(),
            headteacher_lets_dsl_help=self.helps.isChecked(),
        )

    def _on_primary(self) -> None:
        if self.show_missing([]):
            self.told.emit(self.typed)


def _lines(field: Field[TextArea]) -> tuple[str, ...]:
    return tuple(line.strip() for line in field.text().splitlines() if line.strip())
