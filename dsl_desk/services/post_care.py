"""Who holds which post, changed once the desk is in use: it decides who leads a case and who is shut out (flows 5)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import PersonId, Role
from dsl_desk.services.begin import person_of
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.school import DSL_SITES, SECOND_POSTS, Person
from dsl_desk.services.settings import SettingsService, as_json, note
from dsl_desk.services.unlock import Typed

_ONE: Final = (Role.HEADTEACHER, Role.DSL, Role.OSL, Role.CHAIR, Role.DPO)
_MANY: Final = (Role.DEPUTY, Role.SENIOR)


SITE_DSLS: Final = "site_dsls"
"""The field of further DSLs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsSeen:
    """Who holds which post."""

    one: Mapping[Role, str]
    site_dsls: tuple[str, ...] = ()
    """Further DSLs of a federation, each as "name, site"."""
    deputies: tuple[str, ...] = ()
    seniors: tuple[str, ...] = ()
    headteacher_is_proprietor: bool = False
    headteacher_lets_dsl_help: bool = False
    may_change: bool = False


class PostCareService:
    """Reads and keeps who holds which post."""

    def __init__(self, book: CaseBook, settings: SettingsService, fresh: Callable[[], str]) -> None:
        self._book, self._settings, self._fresh = book, settings, fresh

    def see(self) -> PostsSeen:
        """Who holds which post now."""
        school = self._book.school()
        of = school.posts
        holders = {Role.HEADTEACHER: of.headteacher, Role.DSL: of.dsl, Role.OSL: of.osl, Role.CHAIR: of.chair}

        def name(person: PersonId) -> str:
            return school.people[person].name if person in school.people else ""

        one = {role: name(holder) for role, holder in holders.items() if holder is not None}
        dpo = next((person.name for person in school.people.values() if person.role is Role.DPO), "")
        return PostsSeen(
            one=one | ({Role.DPO: dpo} if dpo else {}),
            site_dsls=tuple(f"{name(person)}, {site}" for person, site in of.site_dsls),
            deputies=tuple(name(person) for person in of.deputies),
            seniors=tuple(name(person) for person in of.seniors),
            headteacher_is_proprietor=of.headteacher_is_proprietor,
            headteacher_lets_dsl_help=of.headteacher_lets_dsl_help,
            may_change=self._settings.may_change(),
        )

    def problems(self, posts: PostsSeen) -> dict[str, str]:
        """What is wrong with the names, by post."""
        found: dict[str, str] = {}
        for role, value in posts.one.items():
            if value.strip():
                note(found, role.value, clean_account_name, value)
        for line in posts.site_dsls:
            name, site = _name_and_site(line)
            if not site:
                found[SITE_DSLS] = "Write the site after the name, with a comma between them."
            else:
                note(found, SITE_DSLS, clean_account_name, name)
        for role, names in ((Role.DEPUTY, posts.deputies), (Role.SENIOR, posts.seniors)):
            for value in names:
                if role.value not in found:
                    note(found, role.value, clean_account_name, value)
        return found

    def keep(self, posts: PostsSeen, me: Typed) -> None:
        """Keep who holds which post; it decides who leads and who is shut out, so it asks for the own passphrase.

        The same name is the same person, also somebody's who has an account. Nobody's account ends by it.
        """
        for words in self.problems(posts).values():
            raise InputError(words)
        self._settings.asked()
        self._settings.myself(me)
        wanted: list[tuple[Role, str]] = [
            (role, name) for role, name in posts.one.items() if role in _ONE and name.strip()
        ]
        wanted += [(Role.DEPUTY, name) for name in posts.deputies]
        wanted += [(Role.SENIOR, name) for name in posts.seniors]
        further = [_name_and_site(line) for line in posts.site_dsls]
        wanted += [(Role.DSL, name) for name, _ in further]
        named = [clean_account_name(name).casefold() for _, name in wanted]
        if any(named.count(clean_account_name(name).casefold()) > 1 for name, _ in further):
            raise InputError("A further DSL has no other post here, and is named for one site alone.")
        people, second = self._people(wanted)
        ids = {person.name: person.id for person in people.values()}
        self._settings.write(
            {
                "people": json.dumps([person.as_text() for person in people.values()], ensure_ascii=False),
                DSL_SITES: as_json({ids[clean_account_name(name)]: site for name, site in further}),
                SECOND_POSTS: as_json({role.value: holder for role, holder in second.items()}),
                "headteacher_is_proprietor": "yes" if posts.headteacher_is_proprietor else "no",
                "headteacher_lets_dsl_help": "yes" if posts.headteacher_lets_dsl_help else "no",
            }
        )

    def _people(self, wanted: list[tuple[Role, str]]) -> tuple[dict[PersonId, Person], dict[Role, PersonId]]:
        """The school's list by post and name; somebody named twice is one person with a second post."""
        school = self._book.school()
        known = {row.name.casefold(): row.person for row in school.accounts if row.in_force and row.person}
        known |= {person.name.casefold(): person.id for person in school.people.values()}
        people: dict[PersonId, Person] = {}
        second: dict[Role, PersonId] = {}
        for role, name in wanted:
            clean = clean_account_name(name)
            person = known.setdefault(clean.casefold(), PersonId(self._fresh()))
            if person not in people:
                before = school.people.get(person)
                fresh = person_of(clean, role, person)
                people[person] = replace(fresh, initials=before.initials) if before else fresh
            elif role in _MANY:
                raise InputError("One person is named twice. A deputy or a further senior has no other post here.")
            else:
                second[role] = person
        return people, second


def _name_and_site(line: str) -> tuple[str, str]:
    """A name and a site apart; the site is empty where there is no comma."""
    name, _, site = line.rpartition(",") if "," in line else (line, "", "")
    return name.strip(), site.strip()
