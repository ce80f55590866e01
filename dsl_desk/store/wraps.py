"""`wrap/1`: how a key is handed to somebody who is not there (format sections 2 and 8).

HPKE base mode to the public half of a holder's agreement key. Nested wraps need
both holders. The wraps of a restricted strand name nobody: readers try them all.
"""

import os
from collections.abc import Iterable
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import DeskId, StrandId
from dsl_desk.signatures import PrivateKey, PublicKey, key_id, new_key

Kind = Literal["volume", "strand", "root", "draft"]
Layer = Literal["single", "inner", "outer"]

WRAP_BYTES: Final = 113
"""Length of a wrapped key of 32 bytes: enc65, ciphertext, tag16."""
UNNAMED_MULTIPLE: Final = 16
_SUITE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class WrapBrokenError(DamagedError):
    """A key that was handed over does not open for its recipient. Nothing was changed."""


def _info(
    desk: DeskId, kind: Kind, object_id: str, epoch: int, layer: Layer, key_ids: list[str], recipient: str
) -> bytes:
    return plain_json(["dsl-desk/wrap/1", desk, kind, object_id, epoch, layer, sorted(key_ids), recipient])


def _open(private: PrivateKey, wrapped: bytes, info: bytes) -> bytes:
    try:
        return _SUITE.decrypt(wrapped, private, info=info)
    except (InvalidTag, ValueError) as error:
        raise WrapBrokenError from error


def wrap(desk: DeskId, kind: Kind, object_id: str, epoch: int, public: PublicKey, key: bytes) -> bytes:
    """Wrap key material to one recipient."""
    recipient = key_id(public)
    return _SUITE.encrypt(key, public, info=_info(desk, kind, object_id, epoch, "single", [recipient], recipient))


def unwrap(desk: DeskId, kind: Kind, object_id: str, epoch: int, private: PrivateKey, wrapped: bytes) -> bytes:
    """Open what was wrapped to one recipient; raises WrapBrokenError."""
    recipient = key_id(private.public_key())
    return _open(private, wrapped, _info(desk, kind, object_id, epoch, "single", [recipient], recipient))


def wrap_nested(
    desk: DeskId, kind: Kind, object_id: str, epoch: int, publics: tuple[PublicKey, PublicKey], key: bytes
) -> bytes:
    """Wrap so that both recipients are needed: inner to the smaller key id, outer to the other."""
    inner, outer = sorted(publics, key=key_id)
    ids = [key_id(inner), key_id(outer)]
    if ids[0] == ids[1]:
        raise ValueError("two different recipients are needed")
    once = _SUITE.encrypt(key, inner, info=_info(desk, kind, object_id, epoch, "inner", ids, ids[0]))
    return _SUITE.encrypt(once, outer, info=_info(desk, kind, object_id, epoch, "outer", ids, ids[1]))


def unwrap_nested(
    desk: DeskId, kind: Kind, object_id: str, epoch: int, privates: tuple[PrivateKey, PrivateKey], wrapped: bytes
) -> bytes:
    """Open what needs both recipients; raises WrapBrokenError."""
    inner, outer = sorted(privates, key=lambda private: key_id(private.public_key()))
    ids = [key_id(inner.public_key()), key_id(outer.public_key())]
    once = _open(outer, wrapped, _info(desk, kind, object_id, epoch, "outer", ids, ids[1]))
    return _open(inner, once, _info(desk, kind, object_id, epoch, "inner", ids, ids[0]))


def wrap_strand_key(desk: DeskId, strand: StrandId, epoch: int, key: bytes, publics: Iterable[PublicKey]) -> bytes:
    """Wrap a restricted strand's key to its unnamed recipients.

    Filled up to a multiple of 16 (never none) with wraps of nothing to throw-away
    keys, sorted by bytes, one after the other; each 113 bytes.
    """
    wraps = [_unnamed(desk, strand, epoch, public, key) for public in publics]
    while not wraps or len(wraps) % UNNAMED_MULTIPLE:
        wraps.append(_unnamed(desk, strand, epoch, new_key().public_key(), os.urandom(len(key))))
    return b"".join(sorted(wraps))


def _unnamed(desk: DeskId, strand: StrandId, epoch: int, public: PublicKey, key: bytes) -> bytes:
    return _SUITE.encrypt(key, public, info=_info(desk, "strand", strand, epoch, "single", [], key_id(public)))


def unwrap_strand_key(desk: DeskId, strand: StrandId, epoch: int, private: PrivateKey, wraps: bytes) -> bytes | None:
    """Try every wrap of a restricted strand; None where none is for this reader.

    Raises DamagedError where the row is not a multiple of sixteen wraps.
    """
    if not wraps or len(wraps) % (WRAP_BYTES * UNNAMED_MULTIPLE):
        raise DamagedError("The list of who may read a restricted record is damaged. Nothing was changed.")
    info = _info(desk, "strand", strand, epoch, "single", [], key_id(private.public_key()))
    for at in range(0, len(wraps), WRAP_BYTES):
        try:
            return _open(private, wraps[at : at + WRAP_BYTES], info)
        except WrapBrokenError:
            continue
    return None
