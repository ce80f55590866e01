"""What a bad disk, a tidy-up tool or somebody with an editor does to the files; each is found and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - a steady choice of places; nothing secret comes of it
from typing import Any

import pytest

from dsl_desk.domain.errors import DamagedError, KeyringError, OlderStoreError, StoreError, WrongPassphraseError
from dsl_desk.store.connection import PAGE, CutShortError, MissingRecordsError
from dsl_desk.store.slots_file import COPIES, SlotsMissingError
from dsl_desk.store.unsealing import RecordsDamagedError
from tests.store.keys.desks import DSL, HEAD, KILLED, Box, at, child, custody, nothing


def found_by_opening_or_checking(box: Box) -> bool:
    """Whether somebody who opens the desk and checks everything is told."""
    try:
        desk = box.open(seconds=500)
    except StoreError:
        return True
    try:
        return bool(desk.check(nothing).findings)
    except StoreError:
        return True
    finally:
        desk.unlocked.database.close()
        custody(desk).close(None)


def test_random_bit_flips_of_the_records_are_all_found(box: Box, heavy: Callable[[int, int], int]) -> None:
    path = box.folder / "desk.db"
    whole = path.read_bytes()
    slots = (box.folder / "desk.slots").read_bytes()
    random = Random(20261121)
    missed = []
    for _ in range(heavy(25, 500)):
        place = random.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << random.randrange(8)
        path.write_bytes(changed)
        if not found_by_opening_or_checking(box):
            missed.append(place)
        path.write_bytes(whole)
        for name in COPIES:
            (box.folder / name).write_bytes(slots)
    assert missed == []


def test_records_cut_at_any_page_are_refused_and_not_changed(box: Box, heavy: Callable[[int, int], int]) -> None:
    path = box.folder / "desk.db"
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    for page in range(0, pages, 1 if heavy(0, 1) else 4):
        path.write_bytes(whole[: page * PAGE])
        with pytest.raises(DamagedError):
            box.open()
        assert path.read_bytes() == whole[: page * PAGE]
    path.write_bytes(whole)
    box.open().close(at(110))


@pytest.mark.parametrize("content", [b"", b"x", bytes(PAGE - 1)])
def test_empty_records_are_refused_and_never_made_anew(box: Box, content: bytes) -> None:
    path = box.folder / "desk.db"
    path.write_bytes(content)
    with pytest.raises(CutShortError):
        box.open()
    assert path.read_bytes() == content


def test_missing_records_are_refused_and_never_made_anew(box: Box) -> None:
    (box.folder / "desk.db").unlink()
    with pytest.raises(MissingRecordsError):
        box.open()
    assert not (box.folder / "desk.db").exists()


def test_damage_is_never_called_a_wrong_passphrase(box: Box) -> None:
    path = box.folder / "desk.db"
    path.write_bytes(os.urandom(path.stat().st_size))
    with pytest.raises(RecordsDamagedError, match="You are let in"):
        box.open()
    with pytest.raises(WrongPassphraseError):
        box.open((DSL[0], "this is not the passphrase"))


def kept_rows(box: Box) -> list[tuple[object, ...]]:
    """Everything that counts as a record, but for what opening the desk itself adds."""
    desk = box.open(seconds=600)
    database = custody(desk).holdings.database
    found = database.rows("SELECT * FROM entry WHERE seq <= 50")
    for table in ("strand", "blob", "doomed", "signing_key", "root_wrap"):
        found += database.rows(f"SELECT * FROM {table} ORDER BY 1")
    database.close()
    custody(desk).close(None)
    return found


def test_a_page_put_back_from_an_older_state_is_found(box: Box) -> None:
    """Each page's own seal holds: only the chain tells."""
    path = box.folder / "desk.db"
    before = path.read_bytes()
    desk = box.open()
    for seconds in range(40):
        desk.checkpoint("day", at(101 + seconds))
    desk.close(at(200))
    after = path.read_bytes()
    differing = [
        place
        for place in range(PAGE, min(len(before), len(after)), PAGE)
        if before[place : place + PAGE] != after[place : place + PAGE]
    ]
    assert differing
    rows = kept_rows(box)
    slots = (box.folder / "desk.slots").read_bytes()
    for place in differing:
        path.write_bytes(after[:place] + before[place : place + PAGE] + after[place + PAGE :])
        assert found_by_opening_or_checking(box) or kept_rows(box) == rows, place // PAGE
        for name in COPIES:
            (box.folder / name).write_bytes(slots)


def test_a_hot_journal_that_somebody_removed_is_found(box: Box, tmp_path: Path) -> None:
    def cut_off(_steps: object) -> None:
        desk = box.open()
        database = custody(desk).holdings.database
        database.rows("PRAGMA cache_spill=ON")  # the pages of an unfinished transaction reach the file, as in a commit
        database.rows("PRAGMA cache_size=2")
        database.execute("BEGIN IMMEDIATE")
        database.execute("UPDATE entry SET signature = zeroblob(70)")
        database.execute("CREATE TABLE filler (words TEXT)")
        for _ in range(300):
            database.execute("INSERT INTO filler (words) VALUES (hex(randomblob(3000)))")
        os._exit(KILLED)

    assert child(cut_off, None) == KILLED
    journal = box.folder / "desk.db-journal"
    assert journal.exists()
    other = box.copy(tmp_path / "journal kept")
    journal.unlink()
    assert found_by_opening_or_checking(box)
    assert not found_by_opening_or_checking(other)


@pytest.mark.parametrize("lost", [COPIES[:1], COPIES[1:], COPIES])
def test_lost_slot_files_are_healed_from_what_is_left(box: Box, lost: tuple[str, ...]) -> None:
    for name in lost:
        (box.folder / name).unlink()
    box.open().close(at(110))
    assert (box.folder / COPIES[0]).read_bytes() == (box.folder / COPIES[1]).read_bytes()


def test_without_any_slot_file_the_desk_says_so(box: Box) -> None:
    for path in (*(box.folder / name for name in COPIES), *box.config.iterdir()):
        path.unlink()
    with pytest.raises(SlotsMissingError):
        box.open()


def test_a_third_copy_is_not_guessed_among_several_desks(box: Box) -> None:
    for name in COPIES:
        (box.folder / name).unlink()
    (box.config / f"{'0' * 32}.slots").write_bytes(b"another desk's")
    with pytest.raises(SlotsMissingError):
        box.open()


def test_an_old_whole_folder_put_back_is_found_where_the_keyring_remembers(box: Box, tmp_path: Path) -> None:
    before = box.copy(tmp_path / "before")
    desk = box.open()
    desk.checkpoint("day", at(101))
    desk.close(at(110))
    for name in ("desk.db", *COPIES):
        (box.folder / name).write_bytes((before.folder / name).read_bytes())
    with pytest.raises(OlderStoreError):
        box.open(HEAD, seconds=200)
    box.lose_keyring()
    with pytest.raises(KeyringError):
        box.open(HEAD, seconds=300)


def test_altered_cost_of_a_passphrase_opens_nothing(box: Box) -> None:
    changes: list[dict[str, Any]] = [
        {"m": 65537}, {"t": 2}, {"p": 2}, {"salt": "0" * 32}, {"m": 1024}, {"m": 2**30}, {"name": "md5"},
    ]  # fmt: skip
    for change in changes:
        copy_slots = (box.folder / COPIES[0]).read_bytes()

        def alter(content: dict[str, Any], change: dict[str, Any] = change) -> None:
            content["slots"][0]["kdf"].update(change)

        box.edit_slots(alter)
        with pytest.raises((WrongPassphraseError, DamagedError)):
            box.open(seconds=400)
        for name in COPIES:
            (box.folder / name).write_bytes(copy_slots)
    box.open(seconds=900).close(at(910))
