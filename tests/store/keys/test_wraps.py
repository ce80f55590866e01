from __future__ import annotations

import os

import pytest

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import DeskId, StrandId
from dsl_desk.signatures import key_id, new_key
from dsl_desk.store.wraps import (
    WRAP_BYTES,
    Kind,
    WrapBrokenError,
    unwrap,
    unwrap_nested,
    unwrap_strand_key,
    wrap,
    wrap_nested,
    wrap_strand_key,
)

DESK, STRAND = DeskId("1" * 32), StrandId("2" * 32)
SECRET = bytes(range(32))


def test_a_wrap_opens_for_its_recipient_alone() -> None:
    mine, other = new_key(), new_key()
    wrapped = wrap(DESK, "volume", DESK, 1, mine.public_key(), SECRET)
    assert len(wrapped) == WRAP_BYTES
    assert unwrap(DESK, "volume", DESK, 1, mine, wrapped) == SECRET
    with pytest.raises(WrapBrokenError):
        unwrap(DESK, "volume", DESK, 1, other, wrapped)


@pytest.mark.parametrize(
    ("desk", "kind", "name", "epoch"),
    [
        (DeskId("3" * 32), "volume", DESK, 1),
        (DESK, "root", DESK, 1),
        (DESK, "volume", STRAND, 1),
        (DESK, "volume", DESK, 2),
    ],
)
def test_a_wrap_moved_anywhere_else_does_not_open(desk: DeskId, kind: Kind, name: str, epoch: int) -> None:
    mine = new_key()
    wrapped = wrap(DESK, "volume", DESK, 1, mine.public_key(), SECRET)
    with pytest.raises(WrapBrokenError):
        unwrap(desk, kind, name, epoch, mine, wrapped)


@pytest.mark.parametrize("raw", [b"", bytes(10), bytes(WRAP_BYTES), os.urandom(WRAP_BYTES)])
def test_what_is_no_wrap_is_refused(raw: bytes) -> None:
    with pytest.raises(WrapBrokenError):
        unwrap(DESK, "volume", DESK, 1, new_key(), raw)


def test_a_nested_wrap_needs_both_in_either_order() -> None:
    one, two, three = new_key(), new_key(), new_key()
    wrapped = wrap_nested(DESK, "root", "f" * 64, 0, (one.public_key(), two.public_key()), b"a root key of any length")
    for pair in ((one, two), (two, one)):
        assert unwrap_nested(DESK, "root", "f" * 64, 0, pair, wrapped) == b"a root key of any length"
    for pair in ((one, three), (three, two), (one, one)):
        with pytest.raises(WrapBrokenError):
            unwrap_nested(DESK, "root", "f" * 64, 0, pair, wrapped)
    for alone in (one, two):
        with pytest.raises(WrapBrokenError):
            unwrap(DESK, "root", "f" * 64, 0, alone, wrapped)


def test_nesting_for_one_person_twice_is_refused() -> None:
    one = new_key().public_key()
    with pytest.raises(ValueError, match="two different"):
        wrap_nested(DESK, "root", "f" * 64, 0, (one, one), SECRET)


@pytest.mark.parametrize(("readers", "wraps"), [(0, 16), (1, 16), (16, 16), (17, 32)])
def test_unnamed_wraps_come_in_sixteens_and_are_sorted(readers: int, wraps: int) -> None:
    keys = [new_key() for _ in range(readers)]
    row = wrap_strand_key(DESK, STRAND, 2, SECRET, [key.public_key() for key in keys])
    parts = [row[at : at + WRAP_BYTES] for at in range(0, len(row), WRAP_BYTES)]
    assert len(parts) == wraps
    assert parts == sorted(parts)
    assert all(key_id(key.public_key()).encode() not in row for key in keys)
    assert all(unwrap_strand_key(DESK, STRAND, 2, key, row) == SECRET for key in keys)
    assert unwrap_strand_key(DESK, STRAND, 2, new_key(), row) is None


@pytest.mark.parametrize("cut", [0, 1, WRAP_BYTES, WRAP_BYTES * 15])
def test_a_row_that_is_no_sixteen_wraps_is_damaged(cut: int) -> None:
    row = wrap_strand_key(DESK, STRAND, 1, SECRET, [])
    with pytest.raises(DamagedError):
        unwrap_strand_key(DESK, STRAND, 1, new_key(), row[:cut])
