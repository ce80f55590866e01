from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.errors import DamagedError
from dsl_desk.store.slots_file import (
    COPIES,
    LARGEST_COUNTER,
    LARGEST_FILE,
    Escrow,
    Kdf,
    Slot,
    SlotsFile,
    SlotsHead,
    SlotsMissingError,
    VolumeWrap,
    encode,
    heal_copies,
    parse,
    read_copies,
    write_copies,
)

KDF = Kdf(name="argon2id", m=262144, t=3, p=2, salt="5" * 32)
ACCOUNT = Slot(
    slot="1" * 32,
    type="account",
    holder="2" * 32,
    key_id="3" * 64,
    tag="4" * 32,
    kdf=KDF,
    sealed="ab",
    volume=(VolumeWrap(generation=1, state="current", wrap="cd"),),
)
ALONE = msgspec.structs.replace(ACCOUNT, type="account-no-device", tag=None, slot="6" * 32)
PAIR = Slot(slot="7" * 32, type="pair", holder="8" * 32, key_id="9" * 64, letters="AB", generation=1, sealed="ef")
FILE = SlotsFile(
    desk="a" * 32,
    counter=4,
    slots=(ACCOUNT, ALONE, PAIR),
    escrow=(Escrow(letter="A", generation=1, sealed="00"),),
    head=SlotsHead(seq=9, digest="b" * 64, branch="c" * 32),
)


def test_the_file_is_spelled_as_the_format_says() -> None:
    raw, digest = encode(msgspec.structs.replace(FILE, slots=(ACCOUNT,)))
    line, second, end = raw.split(b"\n")
    assert (second.decode(), end) == (digest, b"")
    assert json.loads(line) == {
        "format": "dsl-desk/slots/1",
        "desk": "a" * 32,
        "counter": 4,
        "slots": [
            {
                "slot": "1" * 32,
                "type": "account",
                "holder": "2" * 32,
                "key_id": "3" * 64,
                "tag": "4" * 32,
                "kdf": {"name": "argon2id", "m": 262144, "t": 3, "p": 2, "salt": "5" * 32},
                "letters": None,
                "generation": None,
                "sealed": "ab",
                "volume": [{"generation": 1, "state": "current", "wrap": "cd"}],
                "failed": 0,
                "failed_at_utc": None,
            }
        ],
        "escrow": [{"letter": "A", "generation": 1, "sealed": "00"}],
        "head": {"seq": 9, "digest": "b" * 64, "branch": "c" * 32},
    }
    assert list(json.loads(line)) == ["format", "desk", "counter", "slots", "escrow", "head"]


def test_what_was_written_reads_back() -> None:
    assert parse(encode(FILE)[0]) == (FILE, encode(FILE)[1])


@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_every_changed_bit_is_damage(at: int, bit: int) -> None:
    raw = bytearray(encode(FILE)[0])
    raw[at % len(raw)] ^= 1 << bit
    with pytest.raises(DamagedError):
        parse(bytes(raw))


def changed(**values: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(FILE))
    return found | values


def slot(number: int, **values: Any) -> dict[str, Any]:
    content = changed()
    content["slots"][number] |= values
    return content


def spelled(content: dict[str, Any]) -> bytes:
    import hashlib

    line = json.dumps(content).encode()
    return line + b"\n" + hashlib.sha256(line).hexdigest().encode() + b"\n"


@pytest.mark.parametrize(
    "content",
    [
        changed(format="dsl-desk/slots/2"),
        changed(desk="../../etc"),
        changed(counter=0),
        changed(counter=LARGEST_COUNTER + 1),
        changed(counter="4"),
        changed(head={"seq": 1, "digest": "short", "branch": ""}),
        changed(head={"seq": -1, "digest": "b" * 64, "branch": ""}),
        changed(escrow=[{"letter": "A", "generation": 1, "sealed": "0"}]),
        changed(escrow=[{"letter": "AB", "generation": 1, "sealed": "00"}]),
        slot(0, slot="x"),
        slot(0, holder="x"),
        slot(0, key_id="x"),
        slot(0, tag=None),
        slot(0, tag="x"),
        slot(0, kdf=None),
        slot(0, kdf={"name": "argon2id", "m": 1, "t": 1, "p": 1, "salt": "zz"}),
        slot(0, letters="AB"),
        slot(0, sealed="AB"),
        slot(0, failed=-1),
        slot(0, type="visitor"),
        slot(0, volume=[{"generation": 0, "state": "current", "wrap": "cd"}]),
        slot(0, volume=[{"generation": 1, "state": "new", "wrap": "cd"}]),
        slot(0, volume=[{"generation": 1, "state": "current", "wrap": "c"}]),
        slot(1, tag="4" * 32),
        slot(2, generation=None),
        slot(2, kdf={"name": "argon2id", "m": 1, "t": 1, "p": 1, "salt": "5" * 32}),
    ],
)
def test_a_file_with_a_right_digest_and_wrong_contents_is_damage(content: dict[str, Any]) -> None:
    with pytest.raises(DamagedError):
        parse(spelled(content))


def test_a_key_that_stands_twice_is_damage() -> None:
    import hashlib

    line = b'{"counter":5,' + msgspec.json.encode(FILE)[1:]
    with pytest.raises(DamagedError):
        parse(line + b"\n" + hashlib.sha256(line).hexdigest().encode() + b"\n")


def places(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder, tmp_path / "third.slots"


def test_writing_counts_and_makes_all_three_copies_alike(tmp_path: Path) -> None:
    folder, third = places(tmp_path)
    file, digest = write_copies(folder, third, FILE)
    assert file.counter == 5
    found = read_copies(folder, third)
    assert (found.file, found.digest, found.alike) == (file, digest, True)
    assert {path.name for path in folder.iterdir()} == set(COPIES)
    assert all((path.stat().st_mode & 0o777) == 0o600 for path in (*folder.iterdir(), third))


@pytest.mark.parametrize("lost", COPIES)
@pytest.mark.parametrize("how", ["missing", "cut", "huge"])
def test_one_copy_is_enough_and_the_other_is_healed(tmp_path: Path, lost: str, how: str) -> None:
    folder, third = places(tmp_path)
    file, _ = write_copies(folder, third, FILE)
    path = folder / lost
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] if how == "cut" else bytes(LARGEST_FILE + 1))
    found = read_copies(folder, third)
    assert (found.file, found.alike) == (file, False)
    heal_copies(folder, third, found.file)
    assert read_copies(folder, third).alike


def test_the_higher_counter_wins_and_the_lower_copy_is_healed(tmp_path: Path) -> None:
    folder, third = places(tmp_path)
    write_copies(folder, third, FILE)
    old = (folder / COPIES[1]).read_bytes()
    newer, _ = write_copies(folder, third, msgspec.structs.replace(FILE, counter=5))
    (folder / COPIES[1]).write_bytes(old)
    found = read_copies(folder, third)
    assert (found.file, found.alike) == (newer, False)


def test_equal_counters_with_different_contents_are_damage(tmp_path: Path) -> None:
    folder, third = places(tmp_path)
    write_copies(folder, third, FILE)
    other = msgspec.structs.replace(FILE, counter=5, slots=())
    (folder / COPIES[1]).write_bytes(encode(other)[0])
    with pytest.raises(DamagedError, match="contradict"):
        read_copies(folder, third)


def test_the_third_copy_counts_only_where_both_are_gone(tmp_path: Path) -> None:
    folder, third = places(tmp_path)
    write_copies(folder, third, msgspec.structs.replace(FILE, counter=9))
    newest = third.read_bytes()
    write_copies(folder, third, FILE)
    third.write_bytes(newest)
    assert read_copies(folder, third).file.counter == 5
    for name in COPIES:
        (folder / name).unlink()
    assert read_copies(folder, third).file.counter == 10
    for gone in (None, tmp_path / "nowhere.slots"):
        with pytest.raises(SlotsMissingError):
            read_copies(folder, gone)


def test_a_counter_at_its_end_is_never_written_past(tmp_path: Path) -> None:
    folder, third = places(tmp_path)
    with pytest.raises(DamagedError, match="end"):
        write_copies(folder, third, msgspec.structs.replace(FILE, counter=LARGEST_COUNTER))
    assert list(folder.iterdir()) == []
