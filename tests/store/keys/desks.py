"""A made-up laptop, key store and desk for the tests of keys: real SQLCipher and cryptography, the cheapest Argon2id."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dsl_desk.domain.errors import KeyringError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, DeviceId, Duty, Role
from dsl_desk.store.creation import Created, SetUp, create
from dsl_desk.store.credentials import Credentials, Older, Passphrase, TwoCodes
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.folder import Places, Volume
from dsl_desk.store.issuing import NewPerson, Secret
from dsl_desk.store.key_slots import SlotCost
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.opening import unlock
from dsl_desk.store.steps import Steps, no_steps

CHEAP = SlotCost(m=65536, t=1, p=1)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DSL = ("Dsl Made Up", "correct horse battery staple")
HEAD = ("head.made.up", "ångström tea pot number nine")
DEPUTY = ("deputy", "a much longer passphrase because there is no device")
BOOT = "b" * 32


def at(seconds: float = 0) -> Moment:
    """A moment of the made-up Monday morning."""
    when = START + timedelta(seconds=seconds)
    return Moment(utc=when, local=when, zone="Europe/London", boot=BOOT, mono_ms=int(seconds * 1000))


@dataclass
class Ring:
    """A key store in memory that can be made to fail as real ones do."""

    kept: dict[str, str] = field(default_factory=dict)
    fault: KeyringError | None = None
    forgets: bool = False

    def get(self, name: str) -> str | None:
        if self.fault is not None:
            raise self.fault
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        if self.fault is not None:
            raise self.fault
        if not self.forgets:
            self.kept[name] = value


@dataclass(frozen=True)
class OwnDisk:
    """The laptop's own disk, whatever this machine's is."""

    found: Volume = field(default_factory=lambda: Volume(filesystem="ext4"))

    def volume(self, folder: Path) -> Volume:
        return self.found


def person(who: tuple[str, str], name: str, role: Role, *, reduced: bool = False, issuer: bool = False) -> NewPerson:
    return NewPerson(
        name=name,
        role=role,
        secret=Secret(sign_in_name=who[0], passphrase=who[1], reduced=reduced),
        duties=(Duty.ISSUER,) if issuer else (),
    )


PEOPLE = (
    person(DSL, "Dana Samplewood", Role.DSL, issuer=True),
    person(HEAD, "Harriet Examplefield", Role.HEADTEACHER, issuer=True),
    person(DEPUTY, "Dev Testington", Role.DEPUTY, reduced=True),
)


@dataclass
class Box:
    """One desk's folder, one login's configuration folder, one key store, and the codes that were printed."""

    root: Path
    ring: Ring = field(default_factory=Ring)
    codes: tuple[str, ...] = ()
    accounts: tuple[AccountId, ...] = ()
    disks: OwnDisk = field(default_factory=OwnDisk)

    @property
    def folder(self) -> Path:
        return self.root / "store"

    @property
    def config(self) -> Path:
        return self.root / "config"

    def laptop(self, steps: Steps = no_steps) -> Laptop:
        return Laptop(
            places=Places(folder=self.folder, config=self.config),
            keyring=self.ring,
            disks=self.disks,
            device=DeviceId("d" * 32),
            program="dsl-desk test",
            cost=CHEAP,
            steps=steps,
        )

    def create(self, people: tuple[NewPerson, ...] = PEOPLE, steps: Steps = no_steps) -> OpenDesk:
        created: Created = create(
            self.laptop(steps), SetUp(school="Made-up School", people=people, custodians={"A": "Head"}), at()
        )
        self.codes, self.accounts = created.codes, created.accounts
        return created.desk

    def open(
        self,
        who: tuple[str, str] = DSL,
        *,
        code: str = "",
        seconds: float = 100,
        older: Older = None,
        steps: Steps = no_steps,
    ) -> OpenDesk:
        typed = Passphrase(sign_in_name=who[0], passphrase=who[1], code=code)
        return self.enter(typed, seconds=seconds, older=older, steps=steps)

    def open_with_codes(self, letters: str = "AB", *, seconds: float = 100) -> OpenDesk:
        return self.enter(self.two(letters), seconds=seconds)

    def enter(
        self, credentials: Credentials, *, seconds: float = 100, older: Older = None, steps: Steps = no_steps
    ) -> OpenDesk:
        return unlock(self.laptop(steps), credentials, at(seconds), older=older)

    def code(self, letter: str) -> str:
        return self.codes["ABC".index(letter)]

    def two(self, letters: str) -> TwoCodes:
        return TwoCodes(first=self.code(letters[0]), second=self.code(letters[1]))

    def copy(self, root: Path) -> Box:
        """Another laptop with the very same files and key store."""
        shutil.copytree(self.root, root)
        return replace(self, root=root, ring=Ring(kept=dict(self.ring.kept)))

    def lose_keyring(self) -> None:
        self.ring = Ring()
