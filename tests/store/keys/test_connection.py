from __future__ import annotations

import os
from pathlib import Path

import pytest

from dsl_desk.domain.errors import DamagedError, InUseError, NewerStoreError, StoreError
from dsl_desk.store.connection import (
    PAGE,
    Database,
    DiskFaultError,
    MissingRecordsError,
    NotOursError,
    NotThisKeyError,
    open_database,
)
from dsl_desk.store.migrations import LATEST, check_version, migrate

VK = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def database(path: Path) -> Database:
    made = open_database(path, VK, "create")
    migrate(made)
    return made


def test_new_records_are_ours_encrypted_and_the_owners_alone(database: Database, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    with database.transaction():
        database.set_state("word", "unmistakable")
    database.close()
    raw = path.read_bytes()
    assert b"unmistakable" not in raw
    assert b"SQLite format" not in raw
    again = open_database(path, VK)
    assert again.state("word") == "unmistakable"
    assert again.state("nothing") is None
    again.close()


def test_nothing_is_made_over_a_file_and_nothing_is_made_by_opening(path: Path, database: Database) -> None:
    database.close()
    with pytest.raises(StoreError, match="already"):
        open_database(path, VK, "create")
    path.unlink()
    with pytest.raises(MissingRecordsError):
        open_database(path, VK)
    with pytest.raises(DiskFaultError):
        open_database(Path("/dev/null/desk.db"), VK)
    assert not path.exists()


def test_a_wrong_key_opens_nothing_and_one_of_a_wrong_length_is_refused(path: Path, database: Database) -> None:
    database.close()
    with pytest.raises(NotThisKeyError):
        open_database(path, os.urandom(32))
    with pytest.raises(StoreError, match="length"):
        open_database(path, b"short")


def test_records_of_another_program_are_refused(path: Path, database: Database) -> None:
    database.rows("PRAGMA application_id=1")
    database.close()
    with pytest.raises(NotOursError):
        open_database(path, VK)


def two_things_of_which_one_fails(database: Database) -> None:
    with database.transaction("second"):
        database.set_state("two", 2)
        database.execute("INSERT INTO nowhere VALUES (1)")


def test_what_is_done_together_is_kept_together_or_not_at_all(database: Database) -> None:
    seen: list[str] = []
    watched = Database(database._connection, database.path, seen.append)
    with watched.transaction("first"):
        watched.set_state("one", 1)
    with pytest.raises(StoreError):
        two_things_of_which_one_fails(watched)
    assert seen == ["first"]
    assert (database.state("one"), database.state("two")) == (1, None)
    with database.transaction(), pytest.raises(StoreError, match="at once"), database.transaction():
        pass
    database.close()


def test_errors_of_the_library_never_come_out_and_carry_no_values(database: Database) -> None:
    with pytest.raises(StoreError) as told:
        database.execute("INSERT INTO nowhere (x) VALUES (?)", ("a child's name",))
    assert "child" not in str(told.value)
    with pytest.raises(StoreError):
        list(database.each("SELECT nothing FROM desk_state"))
    with pytest.raises(StoreError):
        database.many("INSERT INTO nowhere VALUES (?)", [(1,)])
    database.close()
    with pytest.raises(StoreError):
        database.one("SELECT 1")
    database.close()


def test_other_files_are_never_attached_and_copies_need_the_door_held_open(database: Database, tmp_path: Path) -> None:
    for statement in (f"ATTACH '{tmp_path}/x' AS x", "VACUUM", f"VACUUM INTO '{tmp_path}/v'"):
        with pytest.raises(StoreError):
            database.execute(statement)
    database.compact()
    database.vacuum_into(tmp_path / "copy")
    with pytest.raises(StoreError, match="stands where"):
        database.vacuum_into(tmp_path / "copy")
    with pytest.raises(StoreError):
        database.execute("VACUUM")
    copy = open_database(tmp_path / "copy", VK, "read")
    assert copy.faults(quick=False) == copy.faults(quick=True) == []
    assert (tmp_path / "copy").stat().st_size % PAGE == 0
    with pytest.raises(StoreError):
        copy.execute("DELETE FROM desk_state")
    copy.close()
    database.close()


def test_a_key_is_never_changed_in_the_middle_of_an_act(database: Database) -> None:
    with database.transaction(), pytest.raises(StoreError, match="middle"):
        database.rekey(os.urandom(32))
    new = os.urandom(32)
    database.rekey(new)
    database.reopen(new)
    assert database.pragma("locking_mode") == "exclusive"
    database.close()


def test_whether_anything_was_written_is_known_without_looking(database: Database) -> None:
    before = database.changes
    assert database.rows("SELECT count(*) FROM desk_state")
    assert database.changes == before
    with database.transaction():
        database.set_state("a", 1)
    after = database.changes
    assert after > before
    new = os.urandom(32)
    database.rekey(new)
    database.reopen(new)
    assert database.changes > after
    database.close()
    with pytest.raises(StoreError):
        assert database.changes


def test_a_second_connection_is_told_that_the_desk_is_in_use(database: Database, path: Path) -> None:
    with pytest.raises(InUseError):
        open_database(path, VK)
    database.close()
    open_database(path, VK).close()


def test_read_only_means_that_nothing_can_be_written(database: Database) -> None:
    database.make_read_only()
    with pytest.raises(StoreError):
        database.execute("DELETE FROM desk_state")
    database.close()


def test_damaged_pages_are_named_by_the_databases_own_checks(database: Database, path: Path) -> None:
    with database.transaction():
        for number in range(200):
            database.set_state(f"name {number}", "x" * 1000)
    database.close()
    raw = bytearray(path.read_bytes())
    raw[-PAGE // 2] ^= 1
    path.write_bytes(raw)
    damaged = open_database(path, VK)
    try:
        found = damaged.faults(quick=False)
    except DamagedError:
        found = ["it cannot even be read"]
    assert found
    damaged.close()


def test_tables_go_forward_once_and_newer_ones_are_refused(path: Path) -> None:
    made = open_database(path, VK, "create")
    with pytest.raises(DamagedError, match="no records"):
        check_version(made)
    migrate(made)
    migrate(made)
    check_version(made)
    made.rows(f"PRAGMA user_version={LATEST + 1}")
    with pytest.raises(NewerStoreError):
        check_version(made)
    made.close()
