"""The school as its desk knows it: people and posts, contacts, profile, where things are kept.

All of it stands in the desk's own strand as settings, the latest of each name in
force; nothing is kept beside the journal.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from dsl_desk.domain.acting import Acting, as_dsl, read_acting
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.desk_entries import DeskCreated, PairIssued, ProfileChanged, SettingsChanged
from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, ProcedureError
from dsl_desk.domain.people import Actor, SchoolPeople
from dsl_desk.domain.policy import Profile, read_profile
from dsl_desk.domain.waiting import policy_of
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, PersonId, Role, StrandId
from dsl_desk.store.values import Account

CODES_TYPED_BACK = "codes_typed_back"
ENVELOPES_HANDED_OUT = "envelopes_handed_out"
SECOND_POSTS = "second_posts"
PROPRIETOR = "headteacher_is_proprietor"
ACTING_DSL = "acting_dsl"
"""Who stands in for the DSL, from when to when; only the Headteacher writes it (services/acting)."""

DSL_SITES = "dsl_sites"
"""Which site of a federation each further DSL is the DSL of, by person."""


class Desk(Protocol):
    """What this module asks of the store."""

    @property
    def me(self) -> Account:
        """Who is signed in."""
        ...

    @property
    def desk_strand(self) -> StrandId:
        """The desk's own strand."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Everybody who was ever issued a certificate."""
        ...

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """All entries of a strand."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the school with a post, as set-up names them."""

    id: PersonId
    name: str
    role: Role
    title: str
    initials: str

    def as_text(self) -> dict[str, str]:
        """As it stands in the settings."""
        return {
            "id": self.id, "name": self.name, "role": self.role.value, "title": self.title, "initials": self.initials,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """Everything a service asks about the school, folded from settings."""

    name: str
    settings: Mapping[str, str]
    people: Mapping[PersonId, Person]
    accounts: tuple[Account, ...]
    posts: SchoolPeople
    profile: Profile | None
    contacts: Mapping[str, str]
    names: Mapping[AccountId, str] = field(default_factory=dict)
    roles: Mapping[AccountId, str] = field(default_factory=dict)
    older: "Profiles | None" = None
    """Every profile that was ever in force here."""
    acting: Acting | None = None
    """Who stands in for the DSL, or stood in last."""
    today: date | None = None
    """The day on which it is asked; without one nobody stands in."""

    def on(self, today: date) -> "School":
        """The school on a day: whoever stands in for the DSL does so on their days alone."""
        return self if self.acting is None else replace(self, today=today)

    def profile_of(self, case: Case) -> Profile | None:
        """The profile a case is handled under: the version its route was chosen from, else the one it began with."""
        return self.profile_named(*policy_of(case))

    def profile_named(self, name: str, version: int) -> Profile | None:
        """That version of a profile; the one in force where none such ever was."""
        return (self.older.read(name, version) if self.older else None) or self.profile

    def setting(self, name: str) -> str:
        """One setting as text, empty where it was never set."""
        return self.settings.get(name, "")

    @property
    def procedure(self) -> Profile:
        """The profile in force; raises ProcedureError before one is chosen."""
        if self.profile is None:
            raise ProcedureError(
                "No policy profile is chosen yet. Choose one in the set-up; recording works meanwhile."
            )
        return self.profile

    def account(self, account: AccountId) -> Account:
        """The register's row of an account; raises ProcedureError for an unknown one."""
        for row in self.accounts:
            if row.account == account:
                return row
        raise ProcedureError("This account is not in the desk’s register of people.")

    def actor(self, account: AccountId) -> Actor:
        """An account with the person behind it, as conflict rules ask for it."""
        row = self.account(account)
        role = Role(row.role) if row.role in {role.value for role in Role} else None
        actor = Actor(account=row.account, person=row.person or PersonId(row.account), role=role, name=row.name)
        return as_dsl(actor, self.acting, self.today) if self.today else actor

    def accounts_of(self, people: Iterable[PersonId]) -> tuple[AccountId, ...]:
        """Accounts in force of these people."""
        wanted = set(people)
        return tuple(row.account for row in self.accounts if row.in_force and row.person in wanted)

    def initials(self, account: AccountId) -> str:
        """The initials that a person's exhibits are marked with."""
        row = self.account(account)
        person = self.people.get(row.person) if row.person else None
        return person.initials if person else "".join(part[0] for part in row.name.upper().split() if part[0].isalpha())

    def title(self, account: AccountId) -> str:
        """What somebody is in the school, as papers print it."""
        row = self.account(account)
        person = self.people.get(row.person) if row.person else None
        return person.title if person else row.role


def _json(settings: Mapping[str, str], name: str, empty: Any) -> Any:
    return read_json(settings[name].encode()) if settings.get(name) else empty


def _people(settings: Mapping[str, str]) -> dict[PersonId, Person]:
    try:
        return {
            PersonId(row["id"]): Person(
                id=PersonId(row["id"]), name=row["name"], role=Role(row["role"]), title=row["title"],
                initials=row["initials"],
            )
            for row in _json(settings, "people", [])
        }  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedError("The school’s list of people could not be read. Nothing was changed.") from error


def _second_posts(settings: Mapping[str, str]) -> dict[Role, PersonId]:
    """Posts whose holder has another post already: a Headteacher who is also the DSL is one person."""
    try:
        return {Role(role): PersonId(holder) for role, holder in _json(settings, SECOND_POSTS, {}).items()}
    except (AttributeError, ValueError) as error:
        raise DamagedError("The school’s list of posts could not be read. Nothing was changed.") from error


def _posts(
    settings: Mapping[str, str],
    people: Iterable[Person],
    accounts: Iterable[Account],
    code_holders: frozenset[PersonId],
) -> SchoolPeople:
    of: dict[Role, list[PersonId]] = {role: [] for role in Role}
    for person in people:
        of[person.role].append(person.id)
    for role, holder in _second_posts(settings).items():
        of[role].append(holder)
    sites = {PersonId(person): str(site) for person, site in _json(settings, DSL_SITES, {}).items()}
    dsls = sorted(of[Role.DSL], key=lambda person: person in sites)  # the school's own has no site and comes first
    return SchoolPeople(
        headteacher=next(iter(of[Role.HEADTEACHER]), None),
        dsl=next(iter(dsls), None),
        site_dsls=tuple((person, sites.get(person, "")) for person in dsls[1:]),
        deputies=tuple(of[Role.DEPUTY]),
        osl=next(iter(of[Role.OSL]), None),
        chair=next(iter(of[Role.CHAIR]), None),
        seniors=tuple(of[Role.SENIOR]),
        headteacher_is_proprietor=settings.get(PROPRIETOR) == "yes",
        account_holders=frozenset(row.person for row in accounts if row.in_force and row.person),
        code_holders=code_holders,
        headteacher_lets_dsl_help=settings.get("headteacher_lets_dsl_help") == "yes",
    )


class Profiles:
    """Every profile that was ever in force, by name and version; each is read when it is first asked for."""

    def __init__(self, read: Callable[[str, str], Profile]) -> None:
        self._read, self._read_already = read, dict[str, Profile]()
        self._texts: dict[tuple[str, int], str] = {}

    def keep(self, name: str, version: int, text: str) -> None:
        """Remember what a version said."""
        self._texts[name, version] = text

    def read(self, name: str, version: int) -> Profile | None:
        """That version, or None where there was none."""
        text = self._texts.get((name, version))
        return self.of(text, name) if text else None

    def of(self, text: str, name: str) -> Profile:
        """A profile by its text; read once, for reading checks all of it."""
        if text not in self._read_already:
            self._read_already[text] = self._read(text, name)
        return self._read_already[text]


class SchoolRegister:
    """Folds the settings once for each state of the desk's strand."""

    def __init__(self, desk: Desk, read: Callable[[str, str], Profile] = read_profile) -> None:
        self._desk, self._profiles = desk, Profiles(read)
        self._kept: tuple[int, School] | None = None

    def now(self) -> School:
        """The school as of the last entry of the desk's strand."""
        records = self._desk.records(self._desk.desk_strand)
        last = records[-1].seq if records else 0
        if self._kept is None or self._kept[0] != last:
            self._kept = (last, self._fold(records))
        return self._kept[1]

    def me(self) -> Actor:
        """Who is signed in, with the person behind the account."""
        return self.now().actor(self._desk.me.account)

    def _fold(self, records: Iterable[Recorded]) -> School:
        settings: dict[str, str] = {}
        text, name, school = "", "", ""
        custodians: dict[str, str] = {}
        for record in records:
            match record.payload.data if record.payload else None:
                case SettingsChanged() as changed:
                    settings.update(changed.settings)
                case ProfileChanged() as chosen:
                    text, name = chosen.text, chosen.profile
                    self._profiles.keep(name, chosen.version, text)
                case DeskCreated() as created:
                    school = created.school
                case PairIssued() as pair:
                    custodians.update(pair.custodians)
                case _:
                    pass
        people = _people(settings)
        holders = json.loads(settings["code_holders"]) if settings.get("code_holders") else custodians
        accounts = self._desk.accounts()
        persons = {row.account: row.person for row in accounts}
        code_holders = frozenset(
            PersonId(holder) if PersonId(holder) in people else (persons.get(AccountId(holder)) or PersonId(holder))
            for holder in holders.values()
        )
        names = {row.account: row.name for row in accounts} | {ROOT_ACCOUNT: "School root, opened by two codes"}
        return School(
            name=settings.get("school", "") or school,
            settings=settings,
            people=people,
            accounts=accounts,
            posts=_posts(settings, people.values(), accounts, code_holders),
            profile=self._profiles.of(text, name) if text else None,
            contacts=_json(settings, "contacts", {}),
            names=names,
            roles={row.account: row.role for row in accounts},
            older=self._profiles,
            acting=read_acting(_json(settings, ACTING_DSL, {})),
        )


def with_person(school: School, person: Person) -> str:
    """The list of people with one more, as it is written into the settings."""
    together = {**school.people, person.id: person}
    return json.dumps([entry.as_text() for entry in together.values()], ensure_ascii=False)
