"""`seal/1`: how every payload, second signature, draft and blob key is closed (format sections 2 and 8).

Each purpose has its own key, derived from the strand's; what is sealed is bound
to its desk, strand, epoch, purpose and object, so that nothing can be moved, and
padded, so that its length says little.
"""

import os
import struct
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dsl_desk.domain.encoding import PlainValue, plain_json
from dsl_desk.domain.errors import DamagedError, NotReadableError
from dsl_desk.domain.words import DeskId, StrandId

Purpose = Literal["entry", "also", "draft", "blob"]

KEY_BYTES: Final = 32
SALT_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
_NUMBER: Final = 1
_HEAD: Final = struct.Struct(">BI")
_LENGTH: Final = struct.Struct(">I")
_BLOCK: Final[dict[str, int]] = {"entry": 512, "also": 1024, "draft": 512, "blob": 512}


class SealBrokenError(DamagedError):
    """A sealed record does not open: it was altered, or sealed under another key. Nothing was changed."""


def derive(key: bytes, info: Sequence[PlainValue]) -> bytes:
    """A key of 32 bytes for one purpose: HKDF-SHA256 with 32 zero bytes of salt; `info` is spelled as a J."""
    return HKDF(hashes.SHA256(), KEY_BYTES, bytes(32), plain_json(info)).derive(key)


def gcm_seal(key: bytes, associated: bytes, plaintext: bytes) -> bytes:
    """nonce12 ‖ ciphertext ‖ tag16 under a fresh random nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, associated)


def gcm_open(key: bytes, associated: bytes, sealed: bytes) -> bytes:
    """Undo `gcm_seal`; raises SealBrokenError for anything altered, moved or under another key."""
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise SealBrokenError
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except InvalidTag as error:
        raise SealBrokenError from error


def seal(
    desk: DeskId,
    strand: StrandId,
    epoch: int,
    strand_key: bytes,
    purpose: Purpose,
    object_id: str,
    payload: bytes,
    salt: bytes | None = None,
) -> bytes:
    """Close a payload under its strand's key. `salt` is 32 bytes, random where none is given.

    In an entry the salt is the commitment's; elsewhere it serves nothing.
    """
    salt = os.urandom(SALT_BYTES) if salt is None else salt
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 32 bytes")
    plain = salt + _LENGTH.pack(len(payload)) + payload
    plain += bytes(-len(plain) % _BLOCK[purpose])
    key = derive(strand_key, ["dsl-desk/seal-key/1", desk, strand, epoch, purpose])
    return _HEAD.pack(_NUMBER, epoch) + gcm_seal(key, _associated(desk, strand, epoch, purpose, object_id), plain)


def epoch_of(sealed: bytes) -> int:
    """Which epoch of its strand's key a seal names; raises DamagedError for what is no `seal/1`."""
    if len(sealed) < _HEAD.size:
        raise SealBrokenError
    number, epoch = _HEAD.unpack_from(sealed)
    if number != _NUMBER:
        raise DamagedError("A record is sealed in a way this program does not know. Nothing was changed.")
    return int(epoch)


def unseal(
    desk: DeskId, strand: StrandId, strand_keys: Mapping[int, bytes], purpose: Purpose, object_id: str, sealed: bytes
) -> tuple[bytes, bytes]:
    """Open a payload: its salt and its exact bytes.

    `strand_keys` are the epochs' keys that this reader has. Raises
    NotReadableError where the epoch's is not among them, SealBrokenError where
    the seal does not hold, DamagedError where it holds and its padding does not.
    """
    epoch = epoch_of(sealed)
    strand_key = strand_keys.get(epoch)
    if strand_key is None:
        raise NotReadableError
    key = derive(strand_key, ["dsl-desk/seal-key/1", desk, strand, epoch, purpose])
    plain = gcm_open(key, _associated(desk, strand, epoch, purpose, object_id), sealed[_HEAD.size :])
    start = SALT_BYTES + _LENGTH.size
    if len(plain) < start or len(plain) % _BLOCK[purpose]:
        raise DamagedError("A sealed record is not filled up as it must be. Nothing was changed.")
    (length,) = _LENGTH.unpack_from(plain, SALT_BYTES)
    payload, filling = plain[start : start + length], plain[start + length :]
    if len(payload) != length or any(filling):
        raise DamagedError("A sealed record is not filled up as it must be. Nothing was changed.")
    return plain[:SALT_BYTES], payload


def _associated(desk: DeskId, strand: StrandId, epoch: int, purpose: Purpose, object_id: str) -> bytes:
    return plain_json(["dsl-desk/seal/1", desk, strand, epoch, purpose, object_id])


def epoch_check(desk: DeskId, strand: StrandId, epoch: int, strand_key: bytes) -> str:
    """What `epoch_opened` says of a strand key, so that a planted one is seen (64 hex digits)."""
    return derive(strand_key, ["dsl-desk/strand-check/1", desk, strand, epoch]).hex()
