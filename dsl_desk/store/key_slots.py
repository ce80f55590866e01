"""Key slots: what a passphrase and a device secret, or two recovery codes, open (format sections 1 and 8).

A slot holds the private half of its holder's agreement key and the SHA-256 of the
school root, so that whoever opens it knows which root everything must lead to.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from dsl_desk.domain.encoding import PlainValue, plain_json, read_plain
from dsl_desk.domain.errors import DamagedError, StoreError, WrongCodeError
from dsl_desk.domain.words import DeskId
from dsl_desk.signatures import PrivateKey, key_id, private_bytes, read_private
from dsl_desk.store.recovery_codes import RecoveryCode
from dsl_desk.store.seals import SealBrokenError, derive, gcm_open, gcm_seal
from dsl_desk.store.sign_in import passphrase_bytes, sign_in_bytes
from dsl_desk.store.slots_file import Escrow, Kdf, Slot, SlotType

DEVICE_BYTES: Final = 32
_TAG_BYTES: Final = 16
_KDF_NAME: Final = "argon2id"
_LEAST_MEMORY: Final = 65536
_MOST_MEMORY: Final = 1048576
_MOST_PASSES: Final = 10
_MOST_LANES: Final = 8


class NoMemoryError(StoreError):
    """This laptop has too little free memory to open the desk. Close other programs and try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCost:
    """What one attempt at a passphrase costs: memory in KiB, passes, lanes."""

    m: int = 262144
    t: int = 3
    p: int = 2

    def fresh(self) -> Kdf:
        """Parameters for a new seal, with a salt of its own."""
        return Kdf(name=_KDF_NAME, m=self.m, t=self.t, p=self.p, salt=os.urandom(16).hex())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """What a slot held."""

    agreement: PrivateKey = field(repr=False)
    root_sha256: str


def stretch(passphrase: str, kdf: Kdf) -> bytes:
    """Argon2id over a passphrase, 32 bytes.

    Raises DamagedError where the parameters are outside what a desk ever wrote,
    so that nobody can lower the cost; NoMemoryError; InputError.
    """
    sound = (
        kdf.name == _KDF_NAME
        and _LEAST_MEMORY <= kdf.m <= _MOST_MEMORY
        and 1 <= kdf.t <= _MOST_PASSES
        and 1 <= kdf.p <= _MOST_LANES
    )
    if not sound:
        raise DamagedError("A key slot is damaged. Nothing was changed; the other copy or a backup may be whole.")
    salt = bytes.fromhex(kdf.salt)
    spelled = passphrase_bytes(passphrase)
    try:
        return Argon2id(salt=salt, length=32, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m).derive(spelled)
    except MemoryError as error:
        raise NoMemoryError from error


def sign_in_tag(desk: DeskId, device: bytes, sign_in_name: str) -> str:
    """By what a slot is found without naming anybody: 16 bytes in hex, useless without the device secret."""
    key = derive(device, ["dsl-desk/sign-in/1", desk])
    return hmac.digest(key, sign_in_bytes(sign_in_name), hashlib.sha256)[:_TAG_BYTES].hex()


def account_secret(slot_type: SlotType, stretched: bytes, device: bytes | None) -> bytes:
    """What an account's slot and signing key are sealed under: the stretched passphrase, and the device secret."""
    if slot_type == "account-no-device":
        return stretched
    if device is None or len(device) != DEVICE_BYTES:
        raise StoreError("This laptop’s device secret is missing, so this way in is shut. Use a recovery code as well.")
    return stretched + device


def pair_secret(codes: Mapping[str, RecoveryCode], letters: str) -> bytes:
    """What a recovery pair's slot is sealed under: the two codes in the order of their letters."""
    return b"".join(codes[letter].secret for letter in letters)


def _slot_key(desk: DeskId, slot: Slot, secret: bytes) -> bytes:
    info: list[PlainValue] = ["dsl-desk/slot/1", slot.type, desk, slot.slot]
    if slot.letters is not None and slot.generation is not None:
        info += [slot.letters, slot.generation]
    return derive(secret, info)


def _bound_to(head: str, desk: DeskId, slot: Slot) -> list[PlainValue]:
    kdf = slot.kdf or Kdf(name="", m=0, t=0, p=0, salt="")
    return [head, desk, slot.slot, slot.holder, slot.type, slot.key_id, slot.tag or "", kdf.m, kdf.t, kdf.p, kdf.salt]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlan:
    """Everything a slot says in clear, before it is sealed."""

    slot: str
    type: SlotType
    holder: str
    tag: str | None = None
    kdf: Kdf | None = None
    letters: str | None = None
    generation: int | None = None


def seal_slot(desk: DeskId, plan: SlotPlan, secret: bytes, agreement: PrivateKey, root_sha256: str) -> Slot:
    """A slot that opens with `secret` alone; the volume key is wrapped to it apart."""
    slot = Slot(
        slot=plan.slot,
        type=plan.type,
        holder=plan.holder,
        key_id=key_id(agreement.public_key()),
        tag=plan.tag,
        kdf=plan.kdf,
        letters=plan.letters,
        generation=plan.generation,
        sealed="",
    )
    content = plain_json(["dsl-desk/slot-key/1", private_bytes(agreement).hex(), root_sha256])
    associated = plain_json(_bound_to("dsl-desk/slot-ad/1", desk, slot))
    sealed = gcm_seal(_slot_key(desk, slot, secret), associated, content)
    return msgspec.structs.replace(slot, sealed=sealed.hex())


def open_slot(desk: DeskId, slot: Slot, secret: bytes) -> OpenedSlot:
    """Open a slot; raises SealBrokenError where the secret is wrong or anything of the slot was altered.

    Raises DamagedError where it opens and holds another key than it says.
    """
    associated = plain_json(_bound_to("dsl-desk/slot-ad/1", desk, slot))
    content = read_plain(gcm_open(_slot_key(desk, slot, secret), associated, bytes.fromhex(slot.sealed)))
    match content:
        case ["dsl-desk/slot-key/1", str(private), str(root)]:
            agreement = read_private(bytes.fromhex(private))
        case _:
            raise DamagedError("A key slot holds what this program does not know. Nothing was changed.")
    if key_id(agreement.public_key()) != slot.key_id:
        raise DamagedError("A key slot holds another key than it says. Nothing was changed.")
    return OpenedSlot(agreement=agreement, root_sha256=root)


def _signing_key(desk: DeskId, slot: Slot, secret: bytes) -> bytes:
    return derive(secret, ["dsl-desk/signing/1", slot.type, desk, slot.slot])


def _signing_bound(desk: DeskId, slot: Slot, certificate: str) -> bytes:
    return plain_json([*_bound_to("dsl-desk/signing-ad/1", desk, slot), certificate])


def seal_signing(desk: DeskId, slot: Slot, secret: bytes, signing: PrivateKey, certificate: str) -> bytes:
    """Seal the private half of a signing key for the records, under a key of its own from the slot's secret."""
    bound = _signing_bound(desk, slot, certificate)
    return gcm_seal(_signing_key(desk, slot, secret), bound, private_bytes(signing))


def open_signing(desk: DeskId, slot: Slot, secret: bytes, certificate: str, sealed: bytes) -> PrivateKey:
    """Open a signing key that belongs to this very slot, salt and certificate; raises SealBrokenError."""
    return read_private(gcm_open(_signing_key(desk, slot, secret), _signing_bound(desk, slot, certificate), sealed))


def _escrow_info(desk: DeskId, letter: str, generation: int) -> list[PlainValue]:
    return ["dsl-desk/device-escrow/1", desk, letter, generation]


def seal_escrow(desk: DeskId, code: RecoveryCode, device: bytes) -> Escrow:
    """The device secret under one recovery code, so that a lost keyring is not a lost desk."""
    info = _escrow_info(desk, code.letter, code.generation)
    sealed = gcm_seal(derive(code.secret, info), plain_json(info), device)
    return Escrow(letter=code.letter, generation=code.generation, sealed=sealed.hex())


def open_escrow(desk: DeskId, escrow: Escrow, code: RecoveryCode) -> bytes:
    """The device secret from one recovery code; raises WrongCodeError, which says to check the code."""
    info = _escrow_info(desk, escrow.letter, escrow.generation)
    try:
        return gcm_open(derive(code.secret, info), plain_json(info), bytes.fromhex(escrow.sealed))
    except SealBrokenError as error:
        raise WrongCodeError from error
