from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.errors import DamagedError, NotReadableError
from dsl_desk.domain.words import DeskId, StrandId
from dsl_desk.store.seals import (
    Purpose,
    SealBrokenError,
    derive,
    epoch_check,
    epoch_of,
    gcm_open,
    gcm_seal,
    seal,
    unseal,
)

DESK, STRAND = DeskId("1" * 32), StrandId("2" * 32)
KEY = bytes(range(32))


def closed(payload: bytes = b"words", purpose: Purpose = "entry") -> bytes:
    return seal(DESK, STRAND, 1, KEY, purpose, "object", payload, bytes(32))


@given(payload=st.binary(max_size=3000), purpose=st.sampled_from(["entry", "also", "draft", "blob"]))
def test_what_was_sealed_opens_as_it_was(payload: bytes, purpose: Purpose) -> None:
    sealed = seal(DESK, STRAND, 7, KEY, purpose, "object", payload)
    assert unseal(DESK, STRAND, {7: KEY}, purpose, "object", sealed)[1] == payload


@pytest.mark.parametrize(("purpose", "block"), [("entry", 512), ("also", 1024), ("draft", 512), ("blob", 512)])
def test_length_tells_only_the_number_of_blocks(purpose: Purpose, block: int) -> None:
    assert len(closed(b"", purpose)) == 5 + 28 + block
    assert len(closed(bytes(block - 36), purpose)) == 5 + 28 + block
    assert len(closed(bytes(block - 35), purpose)) == 5 + 28 + 2 * block


def test_a_salt_is_kept_with_the_payload_and_is_random_where_none_is_given() -> None:
    assert unseal(DESK, STRAND, {1: KEY}, "entry", "object", closed())[0] == bytes(32)
    salts = {
        unseal(DESK, STRAND, {1: KEY}, "also", "x", seal(DESK, STRAND, 1, KEY, "also", "x", b"[]"))[0] for _ in "ab"
    }
    assert len(salts) == 2
    with pytest.raises(ValueError, match="32 bytes"):
        seal(DESK, STRAND, 1, KEY, "entry", "object", b"", b"short")


def test_a_seal_moved_anywhere_else_does_not_open() -> None:
    sealed, other = closed(), "3" * 32
    moved = [
        (DeskId(other), STRAND, {1: KEY}, "entry", "object"),
        (DESK, StrandId(other), {1: KEY}, "entry", "object"),
        (DESK, STRAND, {1: KEY}, "draft", "object"),
        (DESK, STRAND, {1: KEY}, "entry", "another object"),
        (DESK, STRAND, {1: os.urandom(32)}, "entry", "object"),
    ]
    for desk, strand, keys, purpose, name in moved:
        with pytest.raises(SealBrokenError):
            unseal(desk, strand, keys, purpose, name, sealed)  # type: ignore[arg-type]  # purposes of the list above
    with pytest.raises(SealBrokenError):
        unseal(DESK, STRAND, {2: KEY}, "entry", "object", b"\x01\x00\x00\x00\x02" + sealed[5:])


def test_every_single_bit_of_a_seal_matters() -> None:
    sealed = closed()
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((DamagedError, NotReadableError)):
            unseal(DESK, STRAND, {1: KEY}, "entry", "object", bytes(changed))


def test_a_seal_of_an_epoch_without_a_key_is_not_ours_to_read() -> None:
    assert epoch_of(closed()) == 1
    with pytest.raises(NotReadableError):
        unseal(DESK, STRAND, {2: KEY}, "entry", "object", closed())


@pytest.mark.parametrize(
    "raw", [b"", b"\x01\x00\x00\x00", b"\x01\x00\x00\x00\x01", b"\x01\x00\x00\x00\x01" + bytes(27)]
)
def test_a_seal_that_was_cut_is_damaged(raw: bytes) -> None:
    with pytest.raises(SealBrokenError):
        unseal(DESK, STRAND, {1: KEY}, "entry", "object", raw)


def test_a_seal_of_another_number_is_refused() -> None:
    with pytest.raises(DamagedError, match="does not know"):
        unseal(DESK, STRAND, {1: KEY}, "entry", "object", b"\x02" + closed()[1:])


@pytest.mark.parametrize(
    "plain",
    [
        bytes(35),
        bytes(511),
        bytes(32) + b"\x00\x00\x02\x00" + bytes(476),
        bytes(32) + b"\x00\x00\x00\x01" + b"ab" + bytes(474),
        bytes(510) + b"\x00\x01",
    ],
)
def test_a_seal_that_holds_but_is_wrongly_filled_is_damaged(plain: bytes) -> None:
    key = derive(KEY, ["dsl-desk/seal-key/1", DESK, STRAND, 1, "entry"])
    sealed = gcm_seal(key, plain_json(["dsl-desk/seal/1", DESK, STRAND, 1, "entry", "object"]), plain)
    with pytest.raises(DamagedError, match="filled up"):
        unseal(DESK, STRAND, {1: KEY}, "entry", "object", b"\x01\x00\x00\x00\x01" + sealed)


def test_gcm_binds_what_stands_beside_it() -> None:
    sealed = gcm_seal(KEY, b"beside", b"inside")
    assert gcm_open(KEY, b"beside", sealed) == b"inside"
    with pytest.raises(SealBrokenError):
        gcm_open(KEY, b"aside", sealed)
    with pytest.raises(SealBrokenError):
        gcm_open(KEY, b"beside", sealed[:27])


def test_a_key_for_one_purpose_is_hkdf_with_a_salt_of_zeros() -> None:
    """Computed apart, by the two steps of RFC 5869."""
    import hashlib
    import hmac

    info = plain_json(["dsl-desk/strand-check/1", DESK, STRAND, 3])
    extracted = hmac.digest(bytes(32), KEY, hashlib.sha256)
    expected = hmac.digest(extracted, info + b"\x01", hashlib.sha256)
    assert derive(KEY, ["dsl-desk/strand-check/1", DESK, STRAND, 3]) == expected
    assert epoch_check(DESK, STRAND, 3, KEY) == expected.hex()
