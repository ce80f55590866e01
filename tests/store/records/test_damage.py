"""Bits that flip, entries that do not fit, kinds of a newer program: found, named, or shown as such."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.payload import EntryData, UnknownKind
from dsl_desk.domain.signed import AlsoSigned
from dsl_desk.domain.words import AccountId, StrandId, StrandKind
from dsl_desk.store.blobs import BlobKey
from dsl_desk.store.connection import PAGE
from dsl_desk.store.folder import BLOBS, RECORDS
from dsl_desk.store.journal import also_json, read_also
from dsl_desk.store.migrations import migrate
from dsl_desk.store.records import Records
from dsl_desk.store.reserve import SIZE, Reserve
from tests.store.records.world import AT, World, call, moment, new_school


class FromTheFuture(EntryData, frozen=True, kw_only=True):
    """A kind that this program does not know."""

    KIND: ClassVar[str] = "dreamt_of_later"
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.CASE})
    words: str
    blob: str = ""


def test_a_kind_of_a_newer_program_is_kept_shown_and_fails_nothing(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    (recorded,) = desk.write(one, FromTheFuture(words="something new"), at=AT)
    assert recorded.payload is not None
    assert recorded.payload.data == UnknownKind(kind="dreamt_of_later")
    assert recorded.strand_seq in desk.case(one).substance
    assert [hit.kind for hit in desk.search("something new")] == ["dreamt_of_later"]
    desk.close(AT)
    assert harmed.judge() == ([], 1)


@pytest.mark.heavy
def test_every_flipped_bit_is_found(good: World, tmp_path: Path, heavy: Callable[[int, int], int]):
    """Anywhere in the records and the sealed files."""
    world = good.copy(tmp_path / "desk")
    files = [world.folder / RECORDS, *(world.folder / BLOBS).iterdir()]
    sizes = [path.stat().st_size for path in files]
    for _ in range(heavy(12, 500)):
        at = secrets.randbelow(8 * sum(sizes))
        for path, size in zip(files, sizes, strict=True):
            if at < 8 * size:
                _flip(path, at)
                found, _ = world.judge()
                assert found, (path.name, at)
                _flip(path, at)
                break
            at -= 8 * size
    assert world.judge() == ([], 1)


def _flip(path: Path, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


@pytest.mark.heavy
def test_records_cut_at_any_page_are_refused(good: World, tmp_path: Path, heavy: Callable[[int, int], int]):
    world = good.copy(tmp_path / "desk")
    path = world.folder / RECORDS
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    step = max(1, pages // heavy(6, pages))
    for page in range(0, pages, step):
        path.write_bytes(whole[: page * PAGE])
        found, _ = world.judge()
        assert found, page
    path.write_bytes(whole)
    assert world.judge() == ([], 1)


def test_an_old_page_put_back_is_found(harmed: World):
    """Wherever its rows were others: a page written anew with the same rows tells nothing."""
    path = harmed.folder / RECORDS
    before, rows_before = path.read_bytes(), harmed.pages()
    desk = harmed.open(at=moment(0))
    for number in range(60):
        desk.write(harmed.notes["one"], call(f"call {number}"), at=moment(number))
    desk.close(moment(60))
    after, rows_after = path.read_bytes(), harmed.pages()
    database = harmed.database()
    (root,) = database.one("SELECT rootpage FROM sqlite_schema WHERE name = 'search_idx'") or (0,)
    database.close()
    hints, body = root - 1, PAGE - 80
    found = 0
    for page in range(1, len(before) // PAGE):
        old, new = (rows[page * body - 16 : (page + 1) * body - 16] for rows in (rows_before, rows_after))
        if old == new:
            continue
        at = page * PAGE
        path.write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
        if page == hints:
            assert _hits(harmed) == 60  # the search's table of hints: what it finds is the same without them
            continue
        assert harmed.judge()[0], page + 1
        found += 1
    path.write_bytes(after)
    assert harmed.judge() == ([], 1)
    assert found > 5


def _hits(world: World) -> int:
    desk = world.look()
    hits = desk.search("call", 1000)
    desk.unlocked.database.close()
    return len([hit for hit in hits if "call" in hit.snippet])


def test_an_old_file_put_back_whole_is_found_by_the_outside_head(harmed: World):
    path = harmed.folder / RECORDS
    before = path.read_bytes()
    desk = harmed.open()
    desk.write(harmed.notes["one"], call("later"), at=AT)
    desk.close(AT)
    path.write_bytes(before)
    assert any("old or another copy" in one for one in harmed.judge()[0])


@pytest.mark.parametrize(
    "raw",
    [b"{}", b"[1]", b'[{"account":"a"}]', b'[{"account":"a","certificate":"b","signature":"c","more":"d"}]',
     b'[{"account":1,"certificate":"b","signature":"c"}]', b"no", b'[{"account":"a","account":"b"}]'],
)  # fmt: skip
def test_signatures_in_another_shape_are_damage(raw: bytes):
    with pytest.raises(DamagedError):
        read_also(raw)


def test_signatures_read_back_as_they_were():
    also = (AlsoSigned(account=AccountId("a" * 32), certificate="b", signature="c"),)
    assert read_also(also_json(also)) == also
    assert also_json(()) == b"[]"


@pytest.mark.parametrize(
    "raw",
    [b"{}", b"[]", b'{"key":"00","strand_id":"a","class":"exhibit","size":1}',
     b'{"key":"' + b"0" * 64 + b'","strand_id":"a","class":"other","size":1}'],
)  # fmt: skip
def test_a_blob_key_in_another_shape_is_damage(raw: bytes):
    with pytest.raises(DamagedError):
        BlobKey.decode(raw)


def test_the_reserve_is_made_once_and_given_up(tmp_path: Path):
    reserve = Reserve(tmp_path)
    assert reserve.renew()
    content = (tmp_path / "desk.reserve").read_bytes()
    assert len(content) == SIZE
    assert reserve.renew()
    assert (tmp_path / "desk.reserve").read_bytes() == content
    reserve.give_up()
    reserve.give_up()
    assert not (tmp_path / "desk.reserve").exists()


def test_a_long_chain_is_verified_from_its_last_checkpoint(harmed: World):
    desk = harmed.look()
    start = desk.kept.register.last_checkpoint
    assert start > 0
    desk.unlocked.database.close()
    desk = harmed.open()
    for number in range(4):
        desk.write(harmed.notes["one"], call(f"{number}"), at=AT)
    journal, database = desk.kept.journal, desk.unlocked.database
    first = start + 2
    assert journal.chain_faults(start) == []
    with database.transaction():
        database.execute("UPDATE entry SET header = x'00' WHERE seq = ?", (first,))
        database.execute("UPDATE entry SET digest = 'x' WHERE seq = ?", (first + 1,))
        database.execute("UPDATE entry SET strand_seq = 900 WHERE seq = ?", (first + 3,))
    assert [fault.seq for fault in journal.chain_faults(start)] == [first, first + 1, first + 2, first + 3]
    database.close()


def test_an_empty_journal_has_no_head_and_no_entry(tmp_path: Path):
    world = new_school(tmp_path / "desk")
    unlocked = world.unlocked(world.ada, "create")
    migrate(unlocked.database)
    kept = Records(unlocked)
    assert kept.head() == Head()
    assert kept.journal.strand_head(StrandId("0" * 32)) == Head()
    assert kept.journal.row(1) is None
    assert kept.entry(1) is None
    assert kept.journal.digest_at(1) is None
    assert kept.journal.digest_at(0) == "0" * 64
    unlocked.database.close()
