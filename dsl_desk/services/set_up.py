"""A desk begins, and grows: first account, codes, further people, profile, contacts, and what is printed (flows 10)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dsl_desk.domain.desk_entries import ProfileChanged, SettingsChanged
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.words import AccountId, Duty, PersonId, Role
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.paper.desk_papers import (
    ShownCode,
    halt_card,
    laptop_taken,
    recovery_envelopes,
    root_fingerprint,
)
from dsl_desk.services.paper.story import moment_words
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.services.school import ENVELOPES_HANDED_OUT, SECOND_POSTS, Person, with_person
from dsl_desk.signatures import Signer, certificate_sha256
from dsl_desk.store.issuing import NewPerson, Secret


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
    """profile, second, codes, envelopes or contacts."""
    words: str


class SetUpService:
    """Everything a school tells its desk about itself; each part can come later, recording works at once."""

    def __init__(self, book: CaseBook, printing: PrintingService, accounts: Accounts) -> None:
        self._book, self._printing, self._accounts = book, printing, accounts

    def settings(self, settings: Mapping[str, str]) -> None:
        """Keep settings of the school: name, contacts, places, the main system."""
        self._write(dict(settings))

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
        self._write(
            {
                "people": json.dumps([person.as_text() for person in people], ensure_ascii=False),
                SECOND_POSTS: json.dumps({role.value: holder for role, holder in second.items()}),
                "headteacher_is_proprietor": "yes" if headteacher_is_proprietor else "no",
            }
        )

    def add_person(self, person: Person) -> None:
        """One more person with a post."""
        self._write({"people": with_person(self._book.school(), person)})

    def contacts(self, contacts: Mapping[str, str]) -> None:
        """Whom to ring; 999 and 101 are always there without being set."""
        self._write({"contacts": json.dumps(dict(contacts), ensure_ascii=False)})

    def profile(self, text: str, file_name: str) -> None:
        """Choose the policy profile; raises ProfileError naming file, key and fault, and the old one stays in force."""
        profile = read_profile(text, file_name)
        desk = self._book.desk
        desk.write(
            desk.desk_strand,
            ProfileChanged(profile=profile.id, version=profile.version, text=text),
            at=self._book.now(),
        )

    def issue(self, person: Person, secret: Secret, by: tuple[Signer, Signer], *, issuer: bool = False) -> AccountId:
        """Give somebody an account; two prove themselves for it. Raises ProcedureError, InputError."""
        if person.id not in self._book.school().people:
            self.add_person(person)
        new = NewPerson(
            name=person.name,
            role=person.role,
            secret=secret,
            duties=(Duty.ISSUER,) if issuer or person.role in {Role.DSL, Role.HEADTEACHER} else (),
            person=person.id,
        )
        return self._accounts.issue(new, by, self._book.now())

    def codes_typed_back(self, first: str, second: str) -> None:
        """Two codes were typed back from paper, so the root is held by somebody; raises WrongCodeError."""
        self._accounts.confirm_codes(first, second)

    def envelopes_handed_out(self, holders: Mapping[str, str]) -> None:
        """Each envelope is with somebody, no two with one person; before that no case can be closed."""
        if len(set(holders.values())) < len(holders) or len(holders) != 3:
            raise InputError("Three envelopes, three different holders: a person, the safe, the trust.")
        self._write({"code_holders": json.dumps(dict(holders)), ENVELOPES_HANDED_OUT: "yes"})

    def unfinished(self) -> tuple[str, ...]:
        """What set-up still lacks, in words for Home."""
        return tuple(left.words for left in self.left())

    def left(self) -> tuple[Left, ...]:
        """What set-up still lacks, in the order in which it is best done."""
        school = self._book.school()
        second = sum(row.in_force for row in school.accounts) > 1
        checks: tuple[tuple[bool, str, str], ...] = (
            (school.profile is not None, "profile", "Choose the policy profile."),
            (second, "second", "Add a second account; then reviewing opens."),
            (self._accounts.codes_confirmed(), "codes", "Type two recovery codes back from paper."),
            (school.setting(ENVELOPES_HANDED_OUT) == "yes", "envelopes", "Hand out the three envelopes."),
            (bool(school.contacts), "contacts", "Fill in whom to ring."),
        )
        return tuple(Left(part=part, words=words) for done, part, words in checks if not done)

    def contacts_missing(self) -> tuple[str, ...]:
        """Ids of contacts of the profile that nobody has filled in; amber on Home."""
        school = self._book.school()
        profile = school.profile
        known = school.contacts
        if profile is None:
            return ()
        return tuple(
            one.id for one in profile.contacts if not (one.fixed or one.number or one.web or known.get(one.id))
        )

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
