"""Who belongs to it: found by the first letters of a name, made sure of on a card, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.words import SubjectKind
from dsl_desk.services.known_people import KnownPerson
from dsl_desk.ui.concern.page import ConcernPage, Problems, bare
from dsl_desk.ui.concern.so_far import Linked, SoFar
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.widgets import Button, Choice, Dropdown, Facts, Field, Kind, LineEdit, Row, StepRail, Text, emptied

_LAST_YEAR = 13
_BARE_YEAR = re.compile(r"(?:y|yr|year)?\.? ?(\d{1,2}) ?([a-z]?)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\w\.?\s?){1,3}")
_SHOWN = 4


class PeoplePanel(ConcernPage):
    """Everybody linked so far, and the field that finds more.

    Signals: `typed(words)`, `chosen(KnownPerson)`, `new_requested(name)`.
    """

    help_topic = "people"

    typed = Signal(str)
    chosen = Signal(object)
    new_requested = Signal(str)

    def __init__(self, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        hint = self.tr("Everybody you were told of: affected, reporting, who saw it. You may add more later.")
        super().__init__(self.tr("Who belongs to it?"), rail, back=back, hint=hint)
        self._people = so_far.people
        self._gone: tuple[int, Linked] | None = None
        self._linked = QVBoxLayout()
        host = QWidget()
        self._linked.setContentsMargins(0, 0, 0, 0)
        self._linked.setSpacing(0)
        host.setLayout(self._linked)
        self.add(host, space=0)
        self.name = Field(
            self.tr("&Name"), LineEdit(), hint=self.tr("Two letters are enough to look for people the desk knows.")
        )
        self.add(self.name, space=Space.M)
        self._found = QVBoxLayout()
        self._found.setContentsMargins(0, 0, 0, 0)
        self._found.setSpacing(0)
        found = QWidget()
        found.setLayout(self._found)
        self.add(found, space=Space.XS)
        self.new = Button(self.tr("Somebody ne&w…"), icon="plus")
        self.new.clicked.connect(lambda: self.new_requested.emit(self.name.text().strip()))
        self.add(self.new, space=Space.M)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(lambda: self.typed.emit(self.name.text()))
        self.name.editor.textEdited.connect(lambda _: self._wait.start())
        self.put_back = Button("", Kind.QUIET, icon="plus")
        self.put_back.clicked.connect(self._put_back)
        self.put_back.hide()
        self.add(self.put_back, space=Space.S)
        self.finish()
        self.show_linked(so_far.people)

    def problems(self) -> Problems:
        """A name that was typed and belongs to nobody yet is never dropped in silence."""
        if not self.name.text().strip():
            return []
        return [(self.name, self.tr("Choose who it is, or “Somebody new”. To go on without them, empty the field"))]

    def _take_out(self, index: int) -> None:
        """Somebody was taken out, perhaps by a slip: one press puts them back."""
        one = self._people.pop(index)
        self._gone = (index, one)
        self.put_back.set_label(self.tr("&Put {name} back").format(name=one.name.replace("&", "&&")))
        self.put_back.show()
        self.show_linked(self._people)
        self.focus_first()

    def _put_back(self) -> None:
        if self._gone is not None:
            self._people.insert(*self._gone)
        self._gone = None
        self.put_back.hide()
        self.show_linked(self._people)
        self.focus_first()

    def focus_first(self) -> None:
        """To the name."""
        self.name.setFocus()

    def show_linked(self, people: Sequence[Linked]) -> None:
        """Show who is linked; pressing one takes it out again."""
        emptied(self._linked)
        for index, one in enumerate(people):
            is_what = ", ".join(part for part in (kind_words(one.kind), one.year_group) if part)
            second = f"{is_what} · {role_words(one.role)}"
            row = Row("circle-user-round", one.name, second, self.tr("Take out"))
            row.setAccessibleName(self.tr("{name}, {second}. Take out").format(name=one.name, second=second))
            row.clicked.connect(lambda _=False, index=index: self._take_out(index))
            self._linked.addWidget(row)

    def show_found(self, people: Sequence[KnownPerson]) -> None:
        """Show who fits what was typed."""
        emptied(self._found)
        for person in people[:_SHOWN]:
            row = Row("circle-user-round", person.name, second_line(person))
            row.clicked.connect(lambda _=False, person=person: self.chosen.emit(person))
            self._found.addWidget(row)
        if not people and len(self.name.text().strip()) > 1:
            self._found.addWidget(Text(self.tr("Nobody of that name yet. Choose “Somebody new”."), role=Role.TEXT2))


class PersonPanel(ConcernPage):
    """Make sure that it is the right person, and say what they are in this case."""

    help_topic = "people"

    def __init__(self, name: str, known: KnownPerson | None, rail: StepRail, *, back: str) -> None:
        title = self.tr("Is this the right person?") if known else self.tr("Somebody new")
        super().__init__(title, rail, back=back, go_on=self.tr("&Add this person"))
        self._known = known
        self.name = Field(self.tr("&Full name"), LineEdit(name), hint=self.tr("First and last name, no initials."))
        self.who = Field(self.tr("Who th&ey are"), Dropdown([("", self.tr("Choose…")), *_kinds()]), width=320)
        self.year = Field(self.tr("&Year group"), LineEdit(), width=220, optional=True)
        if known is not None:
            facts = [
                (self.tr("Name"), known.name),
                (self.tr("Who they are"), known.title or kind_words(known.kind.value)),
                (self.tr("Year group"), known.year_group or "–"),
                (self.tr("Date of birth"), known.date_of_birth or "–"),
                (self.tr("Named in"), _cases_words(known.cases)),
            ]
            self.add(Facts(facts), space=0)
        else:
            self.add(self.name, space=0)
            self.add(self.who, space=Space.M)
            self.add(self.year, space=Space.M)
        self.online = Field(
            self.tr("Names they use &online"), LineEdit(), hint=self.tr("As written there, with a comma between."),
            optional=True,
        )  # fmt: skip
        self.add(self.online, space=Space.M)
        roles = [(role.value, role_words(role.value)) for role in PersonRole]
        self.role = Choice("", roles)
        self.role_field = bare(self.tr("What are they in this case?"), self.role)
        self.role_field.label.show()
        self.add(self.role_field, space=Space.M)
        self.finish(later=False)
        self.not_them = self.add_action(self.tr("&Not them"), Kind.QUIET) if known else None

    def problems(self) -> Problems:
        """A full name, a kind and a role."""
        missing: Problems = []
        if self._known is None:
            name = self.name.text().strip()
            if not name:
                missing.append((self.name, self.tr("Enter the full name")))
            elif _INITIALS.fullmatch(name):
                missing.append((self.name, self.tr("Enter the full name: initials cannot be read years later")))
            if not self.who.editor.key:
                missing.append((self.who, self.tr("Choose who they are")))
        if self.role.key is None:
            missing.append((self.role_field, self.tr("Choose what they are in this case")))
        return missing

    def linked(self) -> Linked:
        """Who is to be added."""
        role = self.role.key or ""
        online = "\n".join(part.strip() for part in self.online.text().split(",") if part.strip())
        if self._known is None:
            kind, year = self.who.editor.key, year_words(self.year.text())
            return Linked(name=self.name.text().strip(), kind=kind, role=role, year_group=year, online=online)
        known = self._known
        return Linked(
            name=known.name, kind=known.kind.value, role=role, year_group=known.year_group, person=known.person,
            account=known.account, date_of_birth=known.date_of_birth, online=online,
        )  # fmt: skip


def year_words(typed: str) -> str:
    """A year group as it can be read on its own: "9" beside a name would look like an age."""
    said = " ".join(typed.split())
    bare = _BARE_YEAR.fullmatch(said)
    return f"Year {int(bare[1])}{bare[2]}" if bare and 1 <= int(bare[1]) <= _LAST_YEAR else said


def _cases_words(count: int) -> str:
    return "1 case you can read" if count == 1 else f"{count} cases you can read"


def second_line(person: KnownPerson) -> str:
    """What tells two people of the same name apart."""
    kind = person.title or kind_words(person.kind.value)
    return ", ".join(part for part in (person.year_group, kind, person.date_of_birth) if part)


def role_words(role: str) -> str:
    """A role in words."""
    return {
        "subject": "It is about them", "affected": "Affected by it", "witness": "Saw or heard it",
        "reporter": "Told us", "parent": "Parent or carer", "other": "Other",
    }.get(role, role)  # fmt: skip


def kind_words(kind: str) -> str:
    """What somebody is, in words."""
    return dict(_kinds()).get(kind, kind.replace("_", " "))


def _kinds() -> list[tuple[str, str]]:
    return [
        (SubjectKind.PUPIL.value, "Pupil"),
        (SubjectKind.STAFF.value, "Staff or volunteer"),
        (SubjectKind.OTHER_ADULT.value, "Another adult"),
        (SubjectKind.NOT_KNOWN.value, "Not known"),
    ]
