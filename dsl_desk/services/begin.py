"""Beginning a desk: what set-up asks before there is a record, checked in words, page by page (flows section 10)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.exhibit import initials_of
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import Duty, PersonId, Role
from dsl_desk.paths import ResourcesMissingError, resources
from dsl_desk.services.posts import POSTS
from dsl_desk.services.school import Person
from dsl_desk.store.creation import SetUp
from dsl_desk.store.issuing import NewPerson, Secret
from dsl_desk.store.sign_in import SHORTEST_PASSPHRASE, SHORTEST_WITHOUT_DEVICE, check_new_passphrase, sign_in_bytes

LETTERS = "ABC"
MAY_BEGIN = (Role.DSL, Role.DEPUTY, Role.HEADTEACHER, Role.OSL, Role.SENIOR)
"""Posts whose holder may begin a desk; the Chair is let in by two, and governors get paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Somebody who is to sign in, as typed."""

    name: str = ""
    role: Role | None = None
    sign_in_name: str = ""
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    reduced: bool = False
    """Without this laptop's key store behind it; the passphrase is then longer."""
    person: str = ""
    """Id in the school's own list of people."""

    def who_problems(self) -> dict[str, str]:
        """What is wrong with name and post, by field."""
        found: dict[str, str] = {}
        _note(found, "name", lambda: clean_account_name(self.name), empty=(self.name, "Enter the name"))
        if self.role is None:
            found["role"] = "Choose the post"
        return found

    def secret_problems(self) -> dict[str, str]:
        """What is wrong with sign-in name and passphrase, by field."""
        found: dict[str, str] = {}
        shortest = self.shortest
        _note(
            found, "sign_in_name", lambda: sign_in_bytes(self.sign_in_name), empty=(self.sign_in_name, "Enter a name")
        )
        _note(
            found,
            "passphrase",
            lambda: check_new_passphrase(self.passphrase, with_device=not self.reduced),
            empty=(self.passphrase, "Enter a passphrase"),
            instead=f"The passphrase must have at least {shortest} characters. Use four or more words.",
        )
        if "passphrase" not in found and self.passphrase != self.again:
            found["again"] = "The two passphrases are not the same. Type the second one again."
        return found

    @property
    def shortest(self) -> int:
        """How many characters the passphrase must have."""
        return SHORTEST_WITHOUT_DEVICE if self.reduced else SHORTEST_PASSPHRASE

    @property
    def as_person(self) -> Person:
        """This person in the school's own list; raises InputError without a post."""
        return person_of(self.name, self.role, PersonId(self.person))

    @property
    def secret(self) -> Secret:
        """What they sign in with."""
        return Secret(sign_in_name=self.sign_in_name, passphrase=self.passphrase, reduced=self.reduced)


def person_of(name: str, role: Role | None, person: PersonId) -> Person:
    """Somebody with a post, as the school's list keeps them; raises InputError."""
    if role is None:
        raise InputError("Choose the post of this person.")
    clean = clean_account_name(name)
    return Person(id=person, name=clean, role=role, title=POSTS[role], initials=initials_of(clean))


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDesk:
    """Everything that is needed before a desk can exist: a name for the school, and one person."""

    school: str = ""
    me: NewAccount = field(default_factory=NewAccount)
    rehearsal: bool = False

    def school_problems(self) -> dict[str, str]:
        """What is wrong with the school's name, by field."""
        found: dict[str, str] = {}
        empty = (self.school, "Enter the name of the school")
        _note(found, "school", lambda: clean_account_name(self.school), empty=empty)
        return found

    def with_me(self, me: NewAccount) -> "FirstDesk":
        """The same with somebody else's particulars."""
        return replace(self, me=me)

    def as_set_up(self) -> SetUp:
        """As the store takes it; raises InputError."""
        person = self.me.as_person
        first = NewPerson(
            name=person.name, role=person.role, secret=self.me.secret, duties=(Duty.ISSUER,), person=person.id
        )
        return SetUp(school=self.school, people=[first], rehearsal=self.rehearsal)


def _note(
    found: dict[str, str], name: str, check: Callable[[], object], *, empty: tuple[str, str], instead: str = ""
) -> None:
    """Keep what a check says about a field; nothing typed is told more kindly than a check can."""
    if not empty[0].strip():
        found[name] = empty[1]
        return
    try:
        check()
    except InputError as error:
        found[name] = instead or str(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChoice:
    """A policy profile that ships with the program."""

    file_name: str
    title: str
    text: str = field(repr=False)


def policies() -> tuple[PolicyChoice, ...]:
    """Every profile that ships with the program and can be read; raises ResourcesMissingError."""
    folder, found = resources() / "policies", list[PolicyChoice]()
    try:
        for path in sorted(folder.glob("*.toml")):
            text = path.read_text(encoding="utf-8")
            found.append(PolicyChoice(file_name=path.name, title=read_profile(text, path.name).title, text=text))
    except OSError as error:
        raise ResourcesMissingError from error
    return tuple(found)
