"""What a school may change about its desk at any time: its particulars, and whom to ring.

Every change is an entry of the desk's own strand; what stood before stays there. Who may change it: the DSL, a
deputy, the Headteacher, and whoever may let others in (the person a desk begins with).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from dsl_desk.domain.desk_entries import SettingsChanged
from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, InputError, ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.text import clean_account_name, clean_name, clean_text
from dsl_desk.domain.words import Duty, Role
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.contacts_asked import EVERY_SCHOOL
from dsl_desk.services.unlock import Typed
from dsl_desk.signatures import Signer

CONTACTS_CHECKED: Final = "contacts_checked"
"""Setting: id of a contact to the day somebody last rang or read it, YYYY-MM-DD."""
CONTACT_NOTES: Final = "contact_notes"
SCHOOL_LINES: Final = (
    "school", "school_number", "site", "local_authority", "police_force", "main_system", "form_kept_at",
    "governor_named", "looking_where", "laptop_make", "laptop_serial",
)  # fmt: skip
"""Settings of one line that papers or pages show."""
SCHOOL_TEXTS: Final = ("school_address", "stand_ins", "lawful_basis")
LONGEST_TEXT: Final = 2_000
_MAY_CHANGE: Final = frozenset({Role.DSL, Role.DEPUTY, Role.HEADTEACHER})


class Proofs(Protocol):
    """Where somebody proves who they are at this very moment."""

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Signer:
        """Open a person's signing key with their own passphrase, for one act."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSeen:
    """The school's particulars as they are kept now."""

    values: Mapping[str, str]
    may_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSeen:
    """Somebody to ring."""

    id: str
    title: str
    number: str
    note: str = ""
    """What the school wrote beside it."""
    help: str = ""
    """What the profile says of it."""
    web: str = ""
    national: bool = False
    """It ships with the profile; local ones the school fills in."""
    fixed: bool = False
    checked: str = ""
    """The day it was last checked, YYYY-MM-DD."""
    due: bool = False
    """Never checked, or longer ago than the profile allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsSeen:
    """Everybody to ring, local ones first."""

    contacts: tuple[ContactSeen, ...]
    every_months: int
    may_change: bool


class SettingsService:
    """Reads and keeps what the school may change."""

    def __init__(self, book: CaseBook, proofs: Proofs) -> None:
        self._book, self._proofs = book, proofs

    # -- who

    def may_change(self) -> bool:
        """Whether the person signed in may change settings."""
        me = self._book.desk.me
        return me.role in {role.value for role in _MAY_CHANGE} or Duty.ISSUER.value in me.duties

    def asked(self) -> None:
        """Raise ProcedureError for whoever may only read them."""
        if not self.may_change():
            raise ProcedureError(
                "Settings are changed by the DSL, a deputy or the Headteacher. Nothing was changed; tell one of them."
            )

    def myself(self, me: Typed) -> Signer:
        """The person signed in, proved with their own passphrase; raises WrongPassphraseError, ProcedureError."""
        signer = self._proofs.prove(me.sign_in_name, me.passphrase, self._book.now())
        if signer.account != self._book.desk.me.account:
            raise ProcedureError("Only the person who is signed in can confirm this. Nothing was changed.")
        return signer

    def write(self, settings: Mapping[str, str]) -> None:
        """Keep settings as one entry; what did not change is not written again."""
        self.asked()
        self._book.switch.ask_laptop()
        school = self._book.school()
        changed = {name: value for name, value in settings.items() if value != school.setting(name)}
        if changed:
            desk = self._book.desk
            desk.write(desk.desk_strand, SettingsChanged(settings=changed), at=self._book.now())

    def today(self) -> str:
        """This day by the school's clock, YYYY-MM-DD."""
        return self._book.today()

    # -- the school

    def school(self) -> SchoolSeen:
        """Particulars as they are kept now."""
        school = self._book.school()
        values = {name: school.setting(name) for name in (*SCHOOL_LINES, *SCHOOL_TEXTS)} | {"school": school.name}
        return SchoolSeen(values=values, may_change=self.may_change())

    def school_problems(self, values: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the particulars, by field."""
        found: dict[str, str] = {}
        if "school" in values and not values["school"].strip():
            found["school"] = "Enter the name of the school"
        for name, value in values.items():
            clean = _clean_area if name in SCHOOL_TEXTS else clean_account_name if name == "school" else clean_name
            if value.strip() and name not in found:
                note(found, name, clean, value)
        return found

    def keep_school(self, values: Mapping[str, str]) -> None:
        """Keep the particulars; raises InputError."""
        for words in self.school_problems(values).values():
            raise InputError(words)
        known = {*SCHOOL_LINES, *SCHOOL_TEXTS}
        kept = {name: value.strip() for name, value in values.items() if name in known}
        if kept.get("school") == self._book.school().name:
            del kept["school"]
        self.write(kept)

    # -- whom to ring

    def contacts(self) -> ContactsSeen:
        """Everybody to ring; local ones first, in the profile's order."""
        school = self._book.school()
        notes, checked = self._names(CONTACT_NOTES), self._names(CONTACTS_CHECKED)
        months = school.profile.review_contacts_every_months if school.profile else 12
        today = date.fromisoformat(self._book.today())

        def seen(name: str, title: str, number: str = "", help_words: str = "", web: str = "", *,
                 national: bool = False, fixed: bool = False) -> ContactSeen:  # fmt: skip
            kept, when = school.contacts.get(name, ""), checked.get(name, "")
            return ContactSeen(
                id=name, title=title, number=kept or number, note=notes.get(name, ""), help=help_words, web=web,
                national=national, fixed=fixed, checked=when,
                due=not fixed and bool(kept or number or web) and _is_due(when, today, months),
            )  # fmt: skip

        if school.profile is None:
            found = [seen(name, title) for name, title in EVERY_SCHOOL.items()]
        else:
            found = [
                seen(one.id, one.title, one.number, one.note, one.web, national=bool(one.number or one.web),
                     fixed=one.fixed)
                for one in school.profile.contacts
            ]  # fmt: skip
        found.sort(key=lambda one: (one.fixed, one.national))
        return ContactsSeen(contacts=tuple(found), every_months=months, may_change=self.may_change())

    def contact_problems(self, numbers: Mapping[str, str], notes: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the numbers, by contact."""
        found: dict[str, str] = {}
        for name, value in (*numbers.items(), *notes.items()):
            if value.strip() and name not in found:
                note(found, name, clean_name, value)
        return found

    def keep_contacts(self, numbers: Mapping[str, str], notes: Mapping[str, str], checked: frozenset[str]) -> None:
        """Keep numbers and notes, and which of them were checked today; 999 and 101 stay as they are."""
        for words in self.contact_problems(numbers, notes).values():
            raise InputError(words)
        school, today = self._book.school(), self._book.today()
        fixed = {one.id for one in school.profile.contacts if one.fixed} if school.profile else {"999", "101"}
        given = {one.id: one.number for one in school.profile.contacts} if school.profile else {}
        kept, told, days = dict(school.contacts), self._names(CONTACT_NOTES), self._names(CONTACTS_CHECKED)
        for name, number in numbers.items():
            clean = number.strip()
            if name in fixed or clean == kept.get(name, given.get(name, "")):
                continue
            days.pop(name, None)  # a new number was not checked because the old one was
            kept.pop(name, None)
            if clean:
                kept[name] = clean
        told.update({name: note.strip() for name, note in notes.items()})
        days.update(dict.fromkeys(checked, today))
        self.write(
            {
                "contacts": as_json(kept),
                CONTACT_NOTES: as_json({name: note for name, note in told.items() if note}),
                CONTACTS_CHECKED: as_json(days),
            }
        )

    def _names(self, setting: str) -> dict[str, str]:
        return _mapping(self._book.school().setting(setting))


def as_json(value: Mapping[str, str]) -> str:
    """Names and values as one setting keeps them."""
    return json.dumps(dict(value), ensure_ascii=False)


def note(found: dict[str, str], name: str, check: Callable[[str], object], value: str) -> None:
    """Keep what a check says about a field."""
    try:
        check(value)
    except InputError as error:
        found[name] = str(error)


def _clean_area(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InputError(f"This text is too long: at most {LONGEST_TEXT:,} characters.")
    return clean_text(text)


def _mapping(text: str) -> dict[str, str]:
    if not text:
        return {}
    kept = read_json(text.encode())
    if not isinstance(kept, dict):
        raise DamagedError("A setting of the school could not be read. Nothing was changed.")
    return {str(name): str(value) for name, value in kept.items()}


def _is_due(checked: str, today: date, months: int) -> bool:
    try:
        day = date.fromisoformat(checked)
    except ValueError:
        return True
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day) >= months
