"""A desk begins, and grows: first account, codes, further people, profile, contacts, and what is printed (flows 10)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dsl_desk.domain.desk_entries import ProfileChanged, SettingsChanged
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import AccountId, Duty, PersonId, Role
from dsl_desk.services.begin import MAY_BEGIN, PolicyChoice, person_of
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.contacts_asked import ContactAsked, contacts_asked
from dsl_desk.services.keeping import KeepingService
from dsl_desk.services.paper.desk_papers import (
    ShownCode,
    halt_card,
    laptop_taken,
    recovery_envelopes,
    root_fingerprint,
)
from dsl_desk.services.paper.story import moment_words
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.services.school import DSL_SITES, ENVELOPES_HANDED_OUT, PROPRIETOR, SECOND_POSTS, Person, with_person
from dsl_desk.signatures import Signer, certificate_sha256
from dsl_desk.store.issuing import NewPerson, Secret

_MANY = frozenset({Role.DEPUTY, Role.SENIOR})
"""Posts that several people may hold at a time."""


class Accounts(Protocol):
    """The part of the store that issues accounts and codes; `app` ties it to the open desk."""

    def issue(self, person: NewPerson, by: tuple[Signer, Signer], at: Moment) -> AccountId:
        """Give somebody an account: two issuers, or one account and the root by two codes."""
        ...

    def confirm_codes(self, first: str, second: str) -> None:
        """Check that two codes were copied rightly; raises WrongCodeError."""
        ...

    def codes_confirmed(self) -> bool:
        """Whether two of the newest codes were typed back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One part of set-up that is not done yet."""

    part: str
    """profile, second, codes, envelopes or contacts; sites and readers are done in Settings."""
    words: str


class SetUpService:
    """Everything a school tells its desk about itself; each part can come later, recording works at once."""

    def __init__(self, book: CaseBook, printing: PrintingService, accounts: Accounts, keeping: KeepingService) -> None:
        self._book, self._printing, self._accounts, self._keeping = book, printing, accounts, keeping

    def settings(self, settings: Mapping[str, str]) -> None:
        """Keep settings of the school: name, contacts, places, the main system. What stays as it is makes no entry."""
        self._write_changed(dict(settings))

    def settings_now(self, names: Iterable[str]) -> dict[str, str]:
        """Settings by name as they are kept now; empty where one was never set."""
        school = self._book.school()
        return {name: school.setting(name) for name in names}

    def _write_changed(self, settings: dict[str, str]) -> None:
        school = self._book.school()
        changed = {name: value for name, value in settings.items() if value != school.setting(name)}
        if changed:
            self._write(changed)

    def _write(self, settings: dict[str, str]) -> None:
        self._book.switch.ask_laptop()
        desk = self._book.desk
        desk.write(desk.desk_strand, SettingsChanged(settings=settings), at=self._book.now())

    def people(self, people: Sequence[Person]) -> None:
        """Keep who holds which post; the same person may hold several accounts but is one signer."""
        self._write({"people": json.dumps([person.as_text() for person in people], ensure_ascii=False)})

    def posts(
        self, people: Sequence[Person], second: Mapping[Role, PersonId], *, headteacher_is_proprietor: bool
    ) -> None:
        """Who holds which post, with those who hold two; it decides who leads and who is shut out (flows section 5)."""
        self._write_changed(
            {
                "people": json.dumps([person.as_text() for person in people], ensure_ascii=False),
                SECOND_POSTS: json.dumps({role.value: holder for role, holder in second.items()}),
                PROPRIETOR: "yes" if headteacher_is_proprietor else "no",
            }
        )

    def posts_now(self) -> dict[Role, str]:
        """Names by post, as they are kept now."""
        school = self._book.school()
        posts, found = school.posts, dict[Role, str]()
        holders = {
            Role.HEADTEACHER: posts.headteacher,
            Role.DSL: posts.dsl,
            Role.DEPUTY: next(iter(posts.deputies), None),
            Role.OSL: posts.osl,
            Role.CHAIR: posts.chair,
        }
        for role, holder in holders.items():
            if holder is not None and holder in school.people:
                found[role] = school.people[holder].name
        return found

    def posts_by_name(
        self, names: Mapping[Role, str], fresh: Callable[[], str], *, headteacher_is_proprietor: bool
    ) -> None:
        """Who holds which post, by name; the same name twice is one person. Raises InputError.

        Somebody with an account keeps the person that their account belongs to.
        """
        school = self._book.school()
        known = {person.name.casefold(): person.id for person in school.people.values()}
        known |= {row.name.casefold(): row.person for row in school.accounts if row.in_force and row.person}
        people: dict[PersonId, Person] = {}
        second: dict[Role, PersonId] = {}
        for role, name in names.items():
            clean = clean_account_name(name)
            person = known.setdefault(clean.casefold(), PersonId(fresh()))
            if person in people:
                second[role] = person
            else:
                people[person] = person_of(clean, role, person)
        replaced = {people_of.role for people_of in people.values()} | set(second)
        for other in school.people.values():
            if other.id not in people and (other.role not in replaced or other.role in _MANY):
                people[other.id] = other
        self.posts(tuple(people.values()), second, headteacher_is_proprietor=headteacher_is_proprietor)

    def me(self) -> str:
        """Name of the person signed in."""
        return self._book.me().name

    def without_account(self) -> tuple[Person, ...]:
        """Whoever holds a post whose holder may be the second person, and cannot sign in yet."""
        school = self._book.school()
        taken = {row.person for row in school.accounts if row.in_force}
        return tuple(one for one in school.people.values() if one.role in MAY_BEGIN and one.id not in taken)

    def add_person(self, person: Person) -> None:
        """One more person with a post."""
        self._write({"people": with_person(self._book.school(), person)})

    def contacts(self, contacts: Mapping[str, str]) -> None:
        """Whom to ring, by id; an empty number takes one away, those not named stay. 999 and 101 need no setting."""
        known = {**self._book.school().contacts, **contacts}
        kept = {name: number for name, number in known.items() if number}
        self._write_changed({"contacts": json.dumps(kept, ensure_ascii=False)})

    def profile(self, text: str, file_name: str) -> None:
        """Choose the policy profile; raises ProfileError naming file, key and fault, and the old one stays in force."""
        profile = read_profile(text, file_name)
        desk = self._book.desk
        desk.write(
            desk.desk_strand,
            ProfileChanged(profile=profile.id, version=profile.version, text=text),
            at=self._book.now(),
        )

    def policy_now(self, choices: Iterable[PolicyChoice]) -> str:
        """The file of the one among these that is in force as it ships, or nothing."""
        profile = self._book.school().profile
        return next((one.file_name for one in choices if profile == read_profile(one.text, one.file_name)), "")

    def issue(self, person: Person, secret: Secret, by: tuple[Signer, Signer], *, issuer: bool = False) -> AccountId:
        """Give somebody an account; two prove themselves for it. Raises ProcedureError, InputError.

        Somebody whom the list of posts names already, with the same post, is that person. A case about them is kept
        from this account too, also one that was begun before.
        """
        person = self._as_known(person)
        if person.id not in self._book.school().people:
            self.add_person(person)
        new = NewPerson(
            name=person.name,
            role=person.role,
            secret=secret,
            duties=(Duty.ISSUER,) if issuer or person.role in {Role.DSL, Role.HEADTEACHER} else (),
            person=person.id,
        )
        account = self._accounts.issue(new, by, self._book.now())
        self._keeping.keep_from_holders()
        return account

    def _as_known(self, person: Person) -> Person:
        school = self._book.school()
        alike = (
            known
            for known in school.people.values()
            if known.role is person.role and known.name.casefold() == person.name.casefold()
        )
        taken = {row.person for row in school.accounts if row.in_force}
        return next((known for known in alike if known.id not in taken), person)

    def codes_typed_back(self, first: str, second: str) -> None:
        """Two codes were typed back from paper, so the root is held by somebody; raises WrongCodeError."""
        self._accounts.confirm_codes(first, second)

    def envelopes_handed_out(self, holders: Mapping[str, str]) -> None:
        """Each envelope is with somebody, no two with one person; before that no case can be closed.

        Whose name stands among the school's people is kept as that person: a pair of
        codes is shut out of a case about somebody who holds one of them.
        """
        school = self._book.school()
        known = {row.name.casefold(): str(row.person) for row in school.accounts if row.in_force and row.person}
        known |= {one.name.casefold(): str(one.id) for one in school.people.values()}
        told = {letter: known.get(" ".join(words.split()).casefold(), words) for letter, words in holders.items()}
        if len({words.casefold() for words in told.values()}) < len(told) or len(told) != 3:
            raise InputError("Three envelopes, three different holders: a person, the safe, the trust.")
        self._write({"code_holders": json.dumps(told, ensure_ascii=False), ENVELOPES_HANDED_OUT: "yes"})
        self._keeping.keep_from_holders()

    def unfinished(self) -> tuple[str, ...]:
        """What set-up still lacks, in words for Home."""
        return tuple(left.words for left in self.left())

    def left(self) -> tuple[Left, ...]:
        """What set-up still lacks, in the order in which it is best done."""
        school = self._book.school()
        sites = len([site for site in school.setting("site").split(";") if site.strip()])
        second = sum(row.in_force for row in school.accounts) > 1
        checks: tuple[tuple[bool, str, str], ...] = (
            (school.profile is not None, "profile", "Choose the policy profile."),
            (second, "second", "Add a second account; then reviewing opens."),
            (self._accounts.codes_confirmed(), "codes", "Type two recovery codes back from paper."),
            (school.setting(ENVELOPES_HANDED_OUT) == "yes", "envelopes", "Hand out the three envelopes."),
            (bool(school.contacts), "contacts", "Fill in whom to ring."),
            (
                sites < 2 or bool(school.setting(DSL_SITES)),
                "sites",
                f"{sites} sites: say who is DSL at each, or that one person is for all.",
            ),
        )
        return tuple(Left(part=part, words=words) for done, part, words in checks if not done)

    def contacts_asked(self) -> tuple[ContactAsked, ...]:
        """Whom the profile asks for that is local; without a profile the few that every school needs."""
        return contacts_asked(self._book.school())

    def contacts_missing(self) -> tuple[str, ...]:
        """Ids of contacts of the profile that nobody has filled in; amber on Home."""
        school = self._book.school()
        return tuple(one.id for one in contacts_asked(school) if not one.number) if school.profile else ()

    def print_halt_card(self) -> Page:
        """The stop page, to lie beside the laptop."""
        school = self._book.school()
        return self._printing.desk_paper("halt-card.pdf", halt_card(school.profile, school.contacts))

    def print_fingerprint(self, kept_by: Sequence[str]) -> Page:
        """The one paper against which every signature of the school is checked."""
        desk = self._book.desk
        sheet = root_fingerprint(certificate_sha256(desk.root), moment_words(self._book.now().local), kept_by)
        return self._printing.desk_paper("root-fingerprint.pdf", sheet)

    def print_envelopes(self, codes: Sequence[ShownCode]) -> Page:
        """One sheet an envelope; the codes are shown this once and kept nowhere."""
        sheets = recovery_envelopes(codes, moment_words(self._book.now().local))
        return self._printing.desk_paper("recovery-envelopes.pdf", sheets)

    def print_laptop_taken(self, last_backup: str = "") -> Page:
        """What to have ready if police take this laptop."""
        school = self._book.school()
        ids = [str(row.account) for row in school.accounts if row.in_force]
        return self._printing.desk_paper(
            "if-police-take-this-laptop.pdf", laptop_taken(school.settings, ids, last_backup)
        )
