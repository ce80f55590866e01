"""Ours: desks of the real product, made, filled and opened for a timing; nothing below is a stand-in but the laptop."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from dsl_desk.clock import SystemClock
from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import BlobClass, DeviceId, Role, StrandId
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.bag import write_pack as write_to_medium
from dsl_desk.exports.pack.contents import PackContents
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.pack.verifier import verify_pack as verify_folder
from dsl_desk.signatures import Signer, certificate_sha256
from dsl_desk.store.backup import write_backup
from dsl_desk.store.creation import SetUp, create
from dsl_desk.store.credentials import Passphrase
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.disks import Volume
from dsl_desk.store.folder import Places
from dsl_desk.store.issuing import NewPerson, Secret
from dsl_desk.store.key_slots import SlotCost
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.opening import unlock
from dsl_desk.store.values import Source
from tests.bench import pack_material
from tests.bench.material import Steady
from tests.bench.words_of_cases import SCHOOL, Told

CLOCK = SystemClock()
_NAMES, _PASSPHRASE = ("Made-up Lead", "Made-up Head"), "seven made-up words stand in here today"
_DISK_OF_A_LAPTOP = Volume(filesystem="ext4")
_CHEAP = SlotCost(m=65536, t=1, p=1)
"""The least the format accepts: key derivation is left out of every figure anyway."""


class FileKeyring:
    """A key store in a file, so that another process can open the desk too; for made-up desks alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        """The value kept under that name."""
        found = json.loads(self._path.read_text(encoding="utf-8")).get(name) if self._path.exists() else None
        return None if found is None else str(found)

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        known = json.loads(self._path.read_text(encoding="utf-8")) if self._path.exists() else {}
        self._path.write_text(json.dumps(known | {name: value}), encoding="utf-8")


class _AnyDisk:
    def volume(self, folder: Path) -> Volume:
        return _DISK_OF_A_LAPTOP


def _keyring(folder: Path) -> FileKeyring:
    return FileKeyring(folder.with_name(folder.name + "-keyring.json"))


def _laptop(folder: Path) -> Laptop:
    return Laptop(
        places=Places(folder=folder, config=folder.with_name(folder.name + "-config")),
        keyring=_keyring(folder),
        disks=_AnyDisk(),
        device=DeviceId("d" * 32),
        program="DSL Desk (timings)",
        cost=_CHEAP,
    )


@contextlib.contextmanager
def begun(folder: Path) -> Iterator[OpenDesk]:
    """A new desk of two people, open, closed at the end."""
    people = [
        NewPerson(name=name, role=role, secret=Secret(sign_in_name=name, passphrase=_PASSPHRASE))
        for name, role in zip(_NAMES, (Role.DSL, Role.HEADTEACHER), strict=True)
    ]
    desk = create(_laptop(folder), SetUp(school=SCHOOL, people=people), CLOCK.now()).desk
    try:
        yield desk
    finally:
        desk.close(CLOCK.now())


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[OpenDesk]:
    """A desk that is there, opened by its first person."""
    desk = _unlock(folder)
    try:
        yield desk
    finally:
        desk.close(CLOCK.now())


def _unlock(folder: Path) -> OpenDesk:
    typed = Passphrase(sign_in_name=_NAMES[0], passphrase=_PASSPHRASE)
    return unlock(_laptop(folder), typed, CLOCK.now())


# -------------------------------------------------------- unlocking
@contextlib.contextmanager
def _stretching_counted() -> Iterator[list[float]]:
    """How long each key derivation took meanwhile."""
    spent: list[float] = []

    class Counted:
        def __init__(self, **settings: Any) -> None:
            self._real = Argon2id(**settings)

        def derive(self, key_material: bytes) -> bytes:
            begun_at = time.perf_counter()
            try:
                return self._real.derive(key_material)
            finally:
                spent.append(time.perf_counter() - begun_at)

    with mock.patch("dsl_desk.store.key_slots.Argon2id", Counted):
        yield spent


def unlock_seconds(folder: Path) -> float:
    """From a typed passphrase to an open desk, less Argon2id."""
    with _stretching_counted() as spent:
        begun_at = time.perf_counter()
        desk = _unlock(folder)
        taken = time.perf_counter() - begun_at
    desk.close(CLOCK.now())
    return taken - sum(spent)


# -------------------------------------------------------- filling
def fill(folder: Path, *, cases: int, entries: int, exhibits: int) -> None:
    """A desk with so many entries in so many cases, some of them exhibits of 1 MB; a checkpoint after every tenth."""
    told, pictures = Told(), Steady("pictures")
    with begun(folder) as desk:
        for number in range(cases):
            at = CLOCK.now()
            taken = _share(exhibits, cases, number)
            words = _share(entries, cases, number) - taken - 2
            case = desk.begin_case(*told.opening(at), at=at)
            desk.write(case, *(told.entry(which, at) for which in range(max(1, words))), at=at)
            sources = [Source.from_bytes(f"{which}.jpg", pictures.take(10**6)) for which in range(taken)]
            _take(desk, case, sources, told, at)
            if number % 10 == 9:
                desk.checkpoint("routine", CLOCK.now())


def _share(total: int, parts: int, number: int) -> int:
    return total * (number + 1) // parts - total * number // parts


def a_days_work(desk: OpenDesk) -> None:
    """A new case with twenty entries and two exhibits."""
    told, at, salt = Told(f"day after {desk.head().seq}"), CLOCK.now(), Steady(f"day {desk.head().seq}")
    case = a_case(desk)
    desk.write(case, *(told.entry(which, at) for which in range(18)), at=at)
    _take(desk, case, [Source.from_bytes(f"{which}.jpg", salt.take(10**6)) for which in range(2)], told, at)


def a_case(desk: OpenDesk) -> StrandId:
    """A case that has only begun."""
    at = CLOCK.now()
    seq = desk.head().seq
    return desk.begin_case(*Told(f"case after {seq}", seq + 100_000).opening(at), at=at)


def take_in(desk: OpenDesk, case: StrandId, files: Sequence[Path]) -> None:
    """Seal files into a case, as exhibits."""
    _take(desk, case, [Source.from_path(path) for path in files], Told(), CLOCK.now())


def _take(desk: OpenDesk, case: StrandId, sources: Sequence[Source], told: Told, at: Moment) -> None:
    if sources:
        desk.take_in(
            case, sources, told.exhibit(1, at), BlobClass.EXHIBIT, at, lambda _done, _total: None, lambda: True
        )


def remove(files: Sequence[Path]) -> None:
    """Make room: what was taken in is needed no longer."""
    for file in files:
        file.unlink()


# -------------------------------------------------------- packs
@dataclass(frozen=True, slots=True, kw_only=True)
class PackJob:
    """What a pack will say and who seals it; their passphrase was typed before."""

    contents: PackContents
    signer: Signer


def pack_job(desk: OpenDesk, case: StrandId) -> PackJob:
    """Everything that is gathered before a pack is written."""
    at = CLOCK.now()
    signer = desk.prove(_NAMES[0], _PASSPHRASE, at)
    return PackJob(
        contents=pack_material.contents(desk, case, certificate_sha256(signer.certificate), at), signer=signer
    )


def write_pack(job: PackJob, folder: Path) -> Path:
    """Written, sealed, read back, verified, renamed."""
    contents = job.contents
    sealing = Sealing(case=contents.case, number=contents.number, signers=(job.signer,))
    return finish(write_to_medium(contents, folder, sealing, book=BOOK))


def verify_pack(pack: Path) -> None:
    """Judge a pack; the timing is of a good one."""
    verdict = verify_folder(pack, book=BOOK)
    if not verdict.good:
        raise DamagedError(f"The pack of the timing is not good: {verdict.failures[0]}")


# -------------------------------------------------------- what the peers read
def tokenizer(desk: OpenDesk) -> str:
    """How the desk's search takes words apart."""
    found = desk.unlocked.database.one("SELECT sql FROM sqlite_schema WHERE name = 'search'")
    told = re.search(r"tokenize = '([^']+)'", found[0] if found else "")
    return told[1] if told else "unicode61"


def documents(desk: OpenDesk) -> Iterator[tuple[int, str]]:
    """Every document of the desk's search, by the number of its entry."""
    yield from desk.unlocked.database.each("SELECT rowid, words FROM search")


def journal_rows(desk: OpenDesk) -> Iterator[Sequence[object]]:
    """Every row of the journal, sealed as it lies there."""
    columns = "seq, strand, strand_seq, header, digest, payload, session, signature, also"
    yield from desk.unlocked.database.each(f"SELECT {columns} FROM entry ORDER BY seq")


# -------------------------------------------------------- keeping
def backup(desk: OpenDesk, medium: Path) -> None:
    """A backup onto the medium: written, read back, verified by a fresh process."""
    write_backup(desk, medium, CLOCK.now(), lambda _done, _total: None)


def rotate(desk: OpenDesk) -> None:
    """A fresh volume key."""
    desk.unlocked.keeper.rotate()
