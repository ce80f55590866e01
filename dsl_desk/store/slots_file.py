"""`desk.slots`: the file that says how the desk opens, in copies that mend each other (format sections 1 and 8).

It holds no names and no public keys, and nothing in it is trusted except what
opens under its key. Two copies lie in the desk's folder, a third in the login's
configuration folder, read only where neither of the two is valid.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, StoreError
from dsl_desk.domain.words import IDENTIFIER
from dsl_desk.store.files import read_file, write_beside
from dsl_desk.store.steps import Steps, no_steps

FORMAT: Final = "dsl-desk/slots/1"
COPIES: Final = ("desk.slots", "desk.slots.2")
THIRD_SUFFIX: Final = ".slots"
LARGEST_COUNTER: Final = 2**52
LARGEST_FILE: Final = 4 * 1024 * 1024
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")

SlotType = Literal["account", "account-no-device", "pair"]


class SlotsMissingError(DamagedError):
    """No file of key slots is there that can be read. Nothing was changed; put one back from a backup."""


class Kdf(msgspec.Struct, frozen=True, kw_only=True):
    """How a passphrase becomes a key: Argon2id with memory in KiB, passes, lanes and a salt of 16 bytes in hex."""

    name: str
    m: int
    t: int
    p: int
    salt: str


class VolumeWrap(msgspec.Struct, frozen=True, kw_only=True):
    """The volume key of one generation, wrapped to the slot's holder."""

    generation: int
    state: Literal["current", "pending"]
    wrap: str


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One holder's way in: a sealed private key and the volume key wrapped to its public half."""

    slot: str
    type: SlotType
    holder: str
    """Account id, or pair id."""
    key_id: str
    tag: str | None = None
    kdf: Kdf | None = None
    letters: str | None = None
    generation: int | None = None
    sealed: str
    volume: tuple[VolumeWrap, ...] = ()
    failed: int = 0
    failed_at_utc: str | None = None


class Escrow(msgspec.Struct, frozen=True, kw_only=True):
    """The device secret sealed under one recovery code."""

    letter: str
    generation: int
    sealed: str


class SlotsHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where the chain ended at the checkpoint that this file last went with."""

    seq: int
    digest: str
    branch: str


class SlotsFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `desk.slots`."""

    format: str = FORMAT
    desk: str
    counter: int
    slots: tuple[Slot, ...] = ()
    escrow: tuple[Escrow, ...] = ()
    head: SlotsHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The slots as they were read, and whether every copy was the same."""

    file: SlotsFile
    digest: str
    """SHA-256 of the line: what checkpoints record."""
    alike: bool


def encode(file: SlotsFile) -> tuple[bytes, str]:
    """The file's bytes and its digest: one line of JSON, then the digest of that line."""
    line = msgspec.json.encode(file)
    digest = hashlib.sha256(line).hexdigest()
    return line + b"\n" + digest.encode("ascii") + b"\n", digest


def parse(raw: bytes) -> tuple[SlotsFile, str]:
    """Read one copy; raises DamagedError for anything that is not whole or not spelled as it must be."""
    lines = raw.split(b"\n")
    if len(lines) != 3 or lines[2] or lines[1] != hashlib.sha256(lines[0]).hexdigest().encode("ascii"):
        raise DamagedError("A file of key slots is damaged. Nothing was changed.")
    try:
        file = msgspec.convert(read_json(lines[0]), type=SlotsFile)
    except msgspec.ValidationError as error:
        raise DamagedError("A file of key slots is not spelled as it must be. Nothing was changed.") from error
    if not _is_sound(file):
        raise DamagedError("A file of key slots is not spelled as it must be. Nothing was changed.")
    return file, lines[1].decode("ascii")


def _is_sound(file: SlotsFile) -> bool:
    return (
        file.format == FORMAT
        and IDENTIFIER.fullmatch(file.desk) is not None
        and 1 <= file.counter <= LARGEST_COUNTER
        and _SHA256.fullmatch(file.head.digest) is not None
        and file.head.seq >= 0
        and all(map(_sound_slot, file.slots))
        and all(_HEX.fullmatch(escrow.sealed) and len(escrow.letter) == 1 for escrow in file.escrow)
    )


def _sound_slot(slot: Slot) -> bool:
    is_pair = slot.type == "pair"
    has_tag = slot.type == "account"
    return (
        IDENTIFIER.fullmatch(slot.slot) is not None
        and IDENTIFIER.fullmatch(slot.holder) is not None
        and _SHA256.fullmatch(slot.key_id) is not None
        and (slot.tag is not None) == has_tag
        and (slot.tag is None or IDENTIFIER.fullmatch(slot.tag) is not None)
        and (slot.kdf is None) == is_pair
        and (slot.kdf is None or IDENTIFIER.fullmatch(slot.kdf.salt) is not None)
        and (slot.letters is not None) == (slot.generation is not None) == is_pair
        and _HEX.fullmatch(slot.sealed) is not None
        and all(_HEX.fullmatch(wrap.wrap) and 1 <= wrap.generation < LARGEST_COUNTER for wrap in slot.volume)
        and slot.failed >= 0
    )


def read_copies(folder: Path, third: Path | None) -> Found:
    """The valid copy with the highest counter; the third counts only where neither of the folder is valid.

    Raises SlotsMissingError where no copy is valid, DamagedError where two of
    equal counter differ.
    """
    found = [copy for copy in (_try(folder / name) for name in COPIES) if copy is not None]
    alike = len(found) == len(COPIES) and found[0] == found[1] and third is not None and _try(third) == found[0]
    if not found and third is not None:
        last = _try(third)
        found = [last] if last is not None else []
    if not found:
        raise SlotsMissingError
    top = max(file.counter for file, _ in found)
    best = {digest: file for file, digest in found if file.counter == top}
    if len(best) > 1:
        raise DamagedError("The two copies of the key slots contradict each other. Nothing was changed.")
    ((digest, file),) = best.items()
    return Found(file=file, digest=digest, alike=alike)


def _try(path: Path) -> tuple[SlotsFile, str] | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return None
        return parse(read_file(path))
    except (OSError, StoreError):
        return None


def write_copies(folder: Path, third: Path, file: SlotsFile, steps: Steps = no_steps) -> tuple[SlotsFile, str]:
    """Write the next state of the slots to all three places, one after the other; returns it with its digest."""
    if file.counter >= LARGEST_COUNTER:
        raise DamagedError("The count of the key slots has reached its end. Nothing was changed.")
    file = msgspec.structs.replace(file, counter=file.counter + 1)
    raw, digest = encode(file)
    for path in (*(folder / name for name in COPIES), third):
        write_beside(path, raw, steps)
    return file, digest


def heal_copies(folder: Path, third: Path, file: SlotsFile, steps: Steps = no_steps) -> None:
    """Replace every missing, invalid or lower copy by the very bytes that were taken."""
    raw, digest = encode(file)
    for path in (*(folder / name for name in COPIES), third):
        copy = _try(path)
        if copy is None or copy[1] != digest:
            write_beside(path, raw, steps)
