from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any

import msgspec
import pytest

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.errors import DamagedError, StoreError, WrongCodeError
from dsl_desk.domain.words import DeskId
from dsl_desk.signatures import key_id, new_key, private_bytes
from dsl_desk.store import key_slots
from dsl_desk.store.key_slots import (
    NoMemoryError,
    SlotCost,
    SlotPlan,
    account_secret,
    open_escrow,
    open_signing,
    open_slot,
    pair_secret,
    seal_escrow,
    seal_signing,
    seal_slot,
    sign_in_tag,
    stretch,
)
from dsl_desk.store.recovery_codes import RecoveryCode, new_codes
from dsl_desk.store.seals import SealBrokenError, derive, gcm_open, gcm_seal
from dsl_desk.store.slots_file import Slot
from tests.store.keys.desks import CHEAP

DESK = DeskId("1" * 32)
DEVICE, ROOT = bytes(range(32)), "f" * 64
SECRET = bytes(range(32, 64)) + DEVICE
AGREEMENT = new_key()
PLAN = SlotPlan(slot="2" * 32, type="account", holder="3" * 32, tag="4" * 32, kdf=CHEAP.fresh())


def account() -> Slot:
    return seal_slot(DESK, PLAN, SECRET, AGREEMENT, ROOT)


def test_a_slot_gives_its_key_and_the_root_it_trusts() -> None:
    opened = open_slot(DESK, account(), SECRET)
    assert opened.root_sha256 == ROOT
    assert private_bytes(opened.agreement) == private_bytes(AGREEMENT)


def test_a_slot_is_bound_to_everything_that_stands_beside_it() -> None:
    slot = account()
    kdf = slot.kdf
    assert kdf is not None
    altered: list[dict[str, Any]] = [
        {"slot": "9" * 32},
        {"holder": "9" * 32},
        {"type": "account-no-device"},
        {"key_id": "9" * 64},
        {"tag": "9" * 32},
        {"tag": None},
        {"kdf": msgspec.structs.replace(kdf, m=kdf.m + 1)},
        {"kdf": msgspec.structs.replace(kdf, t=kdf.t + 1)},
        {"kdf": msgspec.structs.replace(kdf, p=kdf.p + 1)},
        {"kdf": msgspec.structs.replace(kdf, salt="9" * 32)},
        {"letters": "AB", "generation": 1},
        {"sealed": slot.sealed[:-2] + ("00" if slot.sealed[-2:] != "00" else "01")},
        {"sealed": ""},
    ]
    for change in altered:
        with pytest.raises(SealBrokenError):
            open_slot(DESK, msgspec.structs.replace(slot, **change), SECRET)
    with pytest.raises(SealBrokenError):
        open_slot(DeskId("5" * 32), slot, SECRET)
    with pytest.raises(SealBrokenError):
        open_slot(DESK, slot, SECRET[:-1] + b"\x00")


def resealed(content: bytes) -> Slot:
    """A slot made by somebody who knows the secret, with contents of their own."""
    slot = account()
    kdf = slot.kdf
    assert kdf is not None
    bound = plain_json(
        [
            "dsl-desk/slot-ad/1",
            DESK,
            slot.slot,
            slot.holder,
            slot.type,
            slot.key_id,
            slot.tag,
            kdf.m,
            kdf.t,
            kdf.p,
            kdf.salt,
        ]
    )
    key = derive(SECRET, ["dsl-desk/slot/1", "account", DESK, slot.slot])
    assert gcm_open(key, bound, bytes.fromhex(slot.sealed)).startswith(b'["dsl-desk/slot-key/1","')
    return msgspec.structs.replace(slot, sealed=gcm_seal(key, bound, content).hex())


def test_a_slot_with_contents_of_another_kind_or_another_key_is_damaged() -> None:
    other = private_bytes(new_key()).hex()
    for content in (
        plain_json(["dsl-desk/slot-key/2", other, ROOT]),
        plain_json(["dsl-desk/slot-key/1", other]),
        plain_json(["dsl-desk/slot-key/1", other, ROOT]),
        plain_json(["dsl-desk/slot-key/1", "00", ROOT]),
        b"not even json",
    ):
        with pytest.raises(DamagedError):
            open_slot(DESK, resealed(content), SECRET)


def test_a_pair_opens_with_its_two_codes_in_the_order_of_their_letters() -> None:
    codes = {code.letter: code for code in new_codes(1)}
    plan = SlotPlan(slot="2" * 32, type="pair", holder="3" * 32, letters="AC", generation=1)
    assert pair_secret(codes, "AC") == codes["A"].secret + codes["C"].secret
    slot = seal_slot(DESK, plan, pair_secret(codes, "AC"), AGREEMENT, ROOT)
    assert open_slot(DESK, slot, pair_secret(codes, "AC")).root_sha256 == ROOT
    for letters in ("CA", "AB", "BC"):
        with pytest.raises(SealBrokenError):
            open_slot(DESK, slot, pair_secret(codes, letters))
    for change in ({"letters": "AB"}, {"generation": 2}):
        with pytest.raises(SealBrokenError):
            open_slot(DESK, msgspec.structs.replace(slot, **change), pair_secret(codes, "AC"))


def test_the_device_secret_stands_beside_the_passphrase_unless_the_slot_does_without() -> None:
    assert account_secret("account", b"A" * 32, DEVICE) == b"A" * 32 + DEVICE
    assert account_secret("account-no-device", b"A" * 32, DEVICE) == b"A" * 32
    for device in (None, b"short"):
        with pytest.raises(StoreError, match="recovery code"):
            account_secret("account", b"A" * 32, device)


@pytest.mark.parametrize(
    "change",
    [{"name": "scrypt"}, {"m": 65535}, {"m": 1048577}, {"t": 0}, {"t": 11}, {"p": 0}, {"p": 9}],
)
def test_a_lowered_cost_is_damage_and_nothing_is_derived(change: dict[str, Any]) -> None:
    with pytest.raises(DamagedError):
        stretch("any words at all", msgspec.structs.replace(CHEAP.fresh(), **change))


def test_a_fresh_cost_is_the_programs_own_with_a_salt_of_its_own() -> None:
    one, other = SlotCost().fresh(), SlotCost().fresh()
    assert (one.name, one.m, one.t, one.p) == ("argon2id", 262144, 3, 2)
    assert one.salt != other.salt
    assert len(bytes.fromhex(one.salt)) == 16


def test_the_same_passphrase_typed_otherwise_gives_the_same_key() -> None:
    kdf = CHEAP.fresh()
    assert stretch("tea  pot\u00a0nine", kdf) == stretch(" tea pot nine ", kdf) != stretch("Tea pot nine", kdf)


def test_too_little_memory_says_to_close_other_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hungry:
        def __init__(self, **_: Any) -> None: ...

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(key_slots, "Argon2id", Hungry)
    with pytest.raises(NoMemoryError, match="Close other programs"):
        stretch("any words at all", CHEAP.fresh())


def test_a_tag_is_hmac_of_the_name_under_a_key_of_the_device_secret() -> None:
    key = derive(DEVICE, ["dsl-desk/sign-in/1", DESK])
    expected = hmac.digest(key, b"dana samplewood", hashlib.sha256)[:16].hex()
    assert sign_in_tag(DESK, DEVICE, " Dana  SAMPLEWOOD") == expected
    assert sign_in_tag(DESK, os.urandom(32), "Dana Samplewood") != expected


def test_a_signing_key_opens_for_its_slot_salt_and_certificate_alone() -> None:
    slot, signing, name = account(), new_key(), "e" * 64
    sealed = seal_signing(DESK, slot, SECRET, signing, name)
    assert private_bytes(open_signing(DESK, slot, SECRET, name, sealed)) == private_bytes(signing)
    kdf = slot.kdf
    assert kdf is not None
    other_salt = msgspec.structs.replace(slot, kdf=msgspec.structs.replace(kdf, salt="9" * 32))
    for where, secret, certificate in (
        (other_salt, SECRET, name),
        (msgspec.structs.replace(slot, slot="9" * 32), SECRET, name),
        (slot, SECRET[::-1], name),
        (slot, SECRET, "d" * 64),
    ):
        with pytest.raises(SealBrokenError):
            open_signing(DESK, where, secret, certificate, sealed)


def test_an_escrow_gives_the_device_secret_to_its_own_code_alone() -> None:
    one, other = new_codes(1)[:2]
    escrow = seal_escrow(DESK, one, DEVICE)
    assert open_escrow(DESK, escrow, one) == DEVICE
    impostor = RecoveryCode(letter=one.letter, generation=1, secret=other.secret)
    for wrong, code in (
        (escrow, impostor),
        (msgspec.structs.replace(escrow, letter="B"), one),
        (msgspec.structs.replace(escrow, generation=2), one),
    ):
        with pytest.raises(WrongCodeError):
            open_escrow(DESK, wrong, code)


def test_a_slot_names_its_key() -> None:
    assert account().key_id == key_id(AGREEMENT.public_key())
