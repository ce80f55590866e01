"""Who and what a rehearsal is about: invented people and harmless material that ships with the program."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.words import PersonId, Role
from dsl_desk.paths import resources
from dsl_desk.services.school import Person
from dsl_desk.store.issuing import Secret

_ROLES = {
    "headteacher": Role.HEADTEACHER,
    "dsl": Role.DSL,
    "deputy_dsl": Role.DEPUTY,
    "osl": Role.OSL,
    "chair": Role.CHAIR,
}
_WORDS = {
    "head": "lantern orchard tuesday ribbon",
    "dsl": "harbour pencil quartz meadow",
    "deputy": "copper violin saturday bridge",
    "chair": "walnut compass april feather",
}
"""Passphrases of the rehearsal, printed for everybody to try; no real desk may ever use one."""


class CastError(DslDeskError):
    """The rehearsal's made-up material is missing or damaged. Install DSL Desk again."""


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """One invented person."""

    id: str
    name: str
    role: str
    title: str = ""
    initials: str = ""
    sign_in_name: str | None = None
    year_group: str = ""
    date_of_birth: str = ""
    telephone: str = ""
    address: str = ""
    parents: tuple[str, ...] = ()


class PlayedSchool(msgspec.Struct, frozen=True, kw_only=True):
    """The invented school."""

    name: str
    sites: tuple[str, ...]
    local_authority: str
    police_force: str
    contacts: dict[str, str]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of made-up material."""

    file: str
    media_type: str
    description: str
    source: str
    address: str | None = None


class _People(msgspec.Struct, frozen=True, kw_only=True):
    school: PlayedSchool
    people: tuple[Played, ...]


class _Material(msgspec.Struct, frozen=True, kw_only=True):
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody and everything of the rehearsal."""

    school: PlayedSchool
    played: dict[str, Played]
    material: dict[str, Item]
    folder: Path
    passphrases: dict[str, str] = field(repr=False, default_factory=dict)

    def person(self, name: str) -> Person:
        """Somebody with a post, as set-up keeps them."""
        played = self.played[name]
        return Person(
            id=PersonId(played.id),
            name=played.name,
            role=_ROLES[played.role],
            title=played.title,
            initials=played.initials,
        )

    def secret(self, name: str) -> Secret:
        """What somebody signs in with."""
        return Secret(sign_in_name=self.played[name].sign_in_name or name, passphrase=self.passphrases[name])

    def file(self, item: str) -> Path:
        """Where a piece of material lies."""
        return self.folder / item

    @property
    def staff(self) -> tuple[str, ...]:
        """Ids of everybody with a post."""
        return tuple(name for name, played in self.played.items() if played.role in _ROLES)


def load_cast() -> Cast:
    """Read the made-up people and material; raises CastError where they are not whole."""
    folder = resources() / "rehearsal"
    try:
        people = msgspec.json.decode((folder / "people.json").read_bytes(), type=_People)
        material = msgspec.json.decode((folder / "material.json").read_bytes(), type=_Material)
    except (OSError, msgspec.MsgspecError) as error:
        raise CastError from error
    return Cast(
        school=people.school,
        played={person.id: person for person in people.people},
        material={item.file: item for item in material.items},
        folder=folder,
        passphrases=dict(_WORDS),
    )
