"""A made-up laptop, key store and desk: real SQLCipher and cryptography, the cheapest Argon2id there may be."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dsl_desk.domain.errors import KeyringError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, DeviceId, Duty, Role
from dsl_desk.store.creation import Created, SetUp, create
from dsl_desk.store.credentials import Credentials, Older, Passphrase, TwoCodes
from dsl_desk.store.custody import Custody
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.disks import Volume
from dsl_desk.store.folder import Places
from dsl_desk.store.issuing import NewPerson, Secret
from dsl_desk.store.key_slots import SlotCost
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.opening import unlock
from dsl_desk.store.slots_file import COPIES
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
    """A key store in a file, so that it outlives a killed process; it can be made to fail as real ones do."""

    file: Path
    fault: KeyringError | None = None
    forgets: bool = False

    @property
    def kept(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.file.read_text()) if self.file.exists() else {}
        return found

    def get(self, name: str) -> str | None:
        if self.fault is not None:
            raise self.fault
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        if self.fault is not None:
            raise self.fault
        if not self.forgets:
            self.put(name, value)

    def put(self, name: str, value: str) -> None:
        self.file.write_text(json.dumps(self.kept | {name: value}))


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
    codes: tuple[str, ...] = ()
    accounts: tuple[AccountId, ...] = ()
    disks: OwnDisk = field(default_factory=OwnDisk)
    ring: Ring = field(init=False)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.ring = Ring(file=self.root / "ring.json")

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
        return replace(self, root=root)

    def lose_keyring(self) -> None:
        self.ring.file.unlink()

    def edit_slots(self, change: Callable[[dict[str, Any]], object], names: tuple[str, ...] = COPIES) -> None:
        """Change the slots as somebody with an editor would, digest included."""
        content = self.slots()
        change(content)
        line = json.dumps(content, separators=(",", ":")).encode()
        for name in names:
            (self.folder / name).write_bytes(line + b"\n" + hashlib.sha256(line).hexdigest().encode() + b"\n")

    def slots(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "desk.slots").read_bytes().split(b"\n")[0])
        return found


def custody(desk: OpenDesk) -> Custody:
    keeper = desk.unlocked.keeper
    assert isinstance(keeper, Custody)
    return keeper


def nothing(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


KILLED = 77


def child(work: Callable[[Callable[[str], None]], object], kill_at: int | None) -> int:
    """Run work in a process of its own that ends, without any tidying, at one durable step; gives its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later Pythons warn of forks beside threads
        process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    passed = [0]

    def step(_name: str) -> None:
        passed[0] += 1
        if passed[0] == kill_at:
            os._exit(KILLED)

    try:
        work(step)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the child tells its parent by its exit code
        traceback.print_exc()
        os._exit(1)


class Armed:
    """A step hook that counts only once it is armed, so that opening the desk costs no steps."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self.on = False

    def __call__(self, name: str) -> None:
        if self.on:
            self._steps(name)


def killed_at_every_step(
    box: Box, into: Path, act: Callable[[OpenDesk, Box], None], judge: Callable[[Box], None], *, every: int = 1
) -> int:
    """Do something to copies of a desk, killed after each durable step in turn; `judge` looks at what is left.

    Gives the number of steps there are (or, with `every` above 1, about that).
    """
    for number in itertools.count(1, every):
        copy = box.copy(into / f"kill-{number}")

        def work(steps: Steps, copy: Box = copy) -> None:
            armed = Armed(steps)
            desk = copy.open(steps=armed)
            armed.on = True
            act(desk, copy)
            armed.on = False
            desk.close(at(200))

        code = child(work, number)
        assert code in (0, KILLED), "the work failed by itself"
        judge(copy)
        shutil.rmtree(copy.root)
        if code == 0:
            return number - 1
    raise AssertionError


def assert_one_valid_state(
    box: Box, people: tuple[tuple[str, str], ...] = (DSL, HEAD, DEPUTY), *, pairs: str = "BC", slots_in_all: int = 6
) -> int:
    """Everybody named gets in, nothing is half-done, all copies are alike; gives the generation of the volume key."""
    generation = 0
    for number, who in enumerate((*people, None)):
        seconds = 1000 + number * 10
        desk = box.open(who, seconds=seconds) if who else box.open_with_codes(pairs, seconds=seconds)
        keeper = custody(desk)
        assert keeper.holdings.database.state("rotation_due") in (0, None)
        generation = keeper.holdings.generation
        assert desk.kept.register.faults == []
        assert keeper.holdings.database.faults(quick=False) == []
        desk.close(at(seconds + 5))
        slots = box.slots()
        states = {(one["generation"], one["state"]) for slot in slots["slots"] for one in slot["volume"]}
        assert states == {(generation, "current")}
        assert len(slots["slots"]) == slots_in_all
        copies = {(box.folder / name).read_bytes() for name in COPIES}
        assert copies == {(box.config / f"{slots['desk']}.slots").read_bytes()}
        names = {path.name for path in box.folder.iterdir()}
        assert names == {"blobs", "desk.db", "desk.lock", "desk.reserve", "desk.slots", "desk.slots.2"}
    return generation
