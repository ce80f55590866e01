from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from dsl_desk.domain.case_entries import Halted
from dsl_desk.domain.desk_entries import Checkpoint, Restored
from dsl_desk.domain.errors import (
    DamagedError,
    InUseError,
    NewerStoreError,
    OlderStoreError,
    ProcedureError,
    StoreError,
    WaitError,
    WrongPassphraseError,
)
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.words import Grade, Role
from dsl_desk.store import migrations
from dsl_desk.store.connection import Database, open_database
from dsl_desk.store.credentials import Passphrase, ReadOnly, RestoredByTwo
from dsl_desk.store.disks import RefusedPlaceError, Volume
from dsl_desk.store.folder import MissingFolderError
from dsl_desk.store.heads import OlderRecordsError, OlderSlotsError, OtherRecordsError
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.values import CaseQuery
from tests.store.keys.desks import DEPUTY, DSL, HEAD, KILLED, PEOPLE, Box, OwnDisk, at, child, custody, nothing, person
from tests.store.records.world import concern, opened

HEAD_TYPED = Passphrase(sign_in_name=HEAD[0], passphrase=HEAD[1])


def marked(box: Box, seconds: float = 100) -> int:
    """Open, write one entry, close; gives the desk's last number."""
    desk = box.open(seconds=seconds)
    desk.checkpoint("day", at(seconds + 1))
    desk.close(at(seconds + 2))
    return desk_seq(box, seconds + 3)


def desk_seq(box: Box, seconds: float) -> int:
    desk = box.open(seconds=seconds)
    seq = desk.head().seq
    desk.close(at(seconds + 1))
    return seq


def test_the_first_unlock_of_a_day_signs_the_whole_chain_and_the_next_does_not(box: Box) -> None:
    for seconds, written in ((100, True), (200, False), (100_000, True)):
        desk = box.open(seconds=seconds)
        data = desk.records(desk.desk_strand)[-1].payload
        assert data is not None
        assert (isinstance(data.data, Checkpoint) and data.data.reason == "day") == written
        desk.close(at(seconds + 1))


@pytest.mark.parametrize("who", [DSL, HEAD, DEPUTY])
def test_everybody_opens_the_desk_with_their_own_passphrase(box: Box, who: tuple[str, str]) -> None:
    desk = box.open((who[0].upper(), f" {who[1]} "))
    assert desk.me.role in {person.role.value for person in PEOPLE}
    assert desk.check(nothing).findings == ()
    desk.close(at(110))


def test_a_desk_is_never_made_over_anything(box: Box) -> None:
    before = {path.name: path.stat().st_size for path in box.folder.iterdir()}
    with pytest.raises(RefusedPlaceError):
        box.create()
    assert {path.name: path.stat().st_size for path in box.folder.iterdir()} == before


def test_a_wrong_passphrase_is_counted_and_then_one_waits(box: Box) -> None:
    wrong = (DSL[0], "this is not the passphrase")
    for seconds in (100, 101, 102):
        with pytest.raises(WrongPassphraseError):
            box.open(wrong, seconds=seconds)
    with pytest.raises(WaitError) as waiting:
        box.open(DSL, seconds=103)
    assert waiting.value.seconds == 4
    box.open(HEAD, seconds=104).close(at(105))
    desk = box.open(DSL, seconds=107)
    assert desk.unlocked.failed_attempts == 3
    desk.close(at(108))
    assert box.slots()["slots"][0]["failed"] == 0


def test_a_wrong_attempt_in_the_future_counts_as_now_and_shuts_nobody_out(box: Box) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            box.open((DSL[0], "this is not the passphrase"), seconds=10**8)
    with pytest.raises(WaitError):
        box.open(DSL, seconds=200)
    box.open(DSL, seconds=206).close(at(210))


def test_an_unknown_name_costs_an_argon2id_and_counts_for_nobody_with_a_name(tmp_path: Path) -> None:
    box = Box(tmp_path / "two")
    box.create(people=PEOPLE[:2]).close(at(10))
    with pytest.raises(WrongPassphraseError):
        box.open(("nobody here", DSL[1]))
    assert [slot["failed"] for slot in box.slots()["slots"]] == [0] * 5


def test_a_second_instance_is_told_at_once_also_after_something_here_opened_and_closed_the_records(box: Box) -> None:
    desk = box.open()
    (box.folder / "desk.db").read_bytes()

    def second(_steps: object) -> None:
        try:
            box.open(HEAD)
        except InUseError:
            os._exit(KILLED)

    assert child(second, None) == KILLED
    with pytest.raises(InUseError):
        box.open(HEAD)
    desk.close(at(110))
    box.open(HEAD, seconds=200).close(at(210))


def test_the_folder_is_let_go_where_opening_fails(box: Box) -> None:
    with pytest.raises(WrongPassphraseError):
        box.open((DSL[0], "this is not the passphrase"))
    box.open(DSL).close(at(110))


def test_every_setting_of_the_format_is_in_force(box: Box) -> None:
    desk = box.open()
    database = custody(desk).holdings.database
    wanted = {
        "cipher_page_size": "16384",
        "page_size": 16384,
        "cache_spill": 0,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "mmap_size": 0,
        "locking_mode": "exclusive",
        "journal_mode": "delete",
        "synchronous": 3,
        "application_id": 0x44534C44,
        "user_version": migrations.LATEST,
        "encoding": "UTF-8",
    }
    read = {name: database.pragma(name) for name in wanted}
    read["page_size"] = int(str(read["page_size"]))
    assert read == wanted
    desk.close(at(110))


def test_what_lies_in_the_folder_is_the_owners_alone(box: Box) -> None:
    box.folder.chmod(0o755)
    box.open().close(at(110))
    assert box.folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in box.folder.iterdir()}
    assert modes.pop("blobs") == 0o700
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    "volume",
    [
        Volume(filesystem="nfs4"),
        Volume(filesystem="ext4", network=True),
        Volume(filesystem="ext4", removable=True),
        Volume(filesystem="vfat"),
        Volume(filesystem="ntfs", placeholders=True),
    ],
)
def test_a_desk_is_refused_where_it_would_not_be_safe(box: Box, volume: Volume) -> None:
    box.disks = OwnDisk(found=volume)
    with pytest.raises(RefusedPlaceError, match="laptop"):
        box.open()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    box = Box(tmp_path / "nothing here")
    with pytest.raises(MissingFolderError):
        box.open()
    assert not box.folder.exists()


def test_records_of_a_newer_program_are_refused_and_unchanged(box: Box) -> None:
    desk = box.open()
    vk = custody(desk).holdings.vk
    desk.close(at(110))
    database = open_database(box.folder / "desk.db", vk)
    database.rows(f"PRAGMA user_version={migrations.LATEST + 1}")
    database.close()
    before = (box.folder / "desk.db").read_bytes()
    with pytest.raises(NewerStoreError):
        box.open(seconds=200)
    assert (box.folder / "desk.db").read_bytes() == before


def as_before(database: Database) -> None:
    """The tables as the first step alone leaves them: lists of before, with a line that says something else."""
    first = resources.files("dsl_desk.store").joinpath("schema", migrations.STEPS[0]).read_text(encoding="utf-8")
    lists = first[first.index("CREATE TABLE case_index") : first.index("CREATE TABLE link_index")]
    with database.transaction():
        for table in ("case_index", "waiting_index", "case_letters"):
            database.execute(f"DROP TABLE {table}")
        database.execute("DROP INDEX strand_restricted")
        database.script(lists)
        database.execute("INSERT INTO case_index VALUES ('gone', 'r', 's', 'g', 'c', 's', 'o', 'c', 'o', 't', 1, 1)")
        database.execute("DELETE FROM search")
        database.rows("PRAGMA user_version=1")


def test_records_of_an_older_program_open_and_their_lists_are_made_anew(box: Box) -> None:
    desk = box.open()
    kept, stopped = (
        desk.begin_case(opened(reference), concern(title), at=at(101))
        for reference, title in (("MI-2026-2222", "Zebedee was seen"), ("MI-2026-3333", "Quentin was seen"))
    )
    hidden = desk.begin_case(opened("MI-2026-4444"), concern("Zebedee was seen"), at=at(101), readers=[desk.me.account])
    desk.write(stopped, CaseClosed(outcome="support", retention="child"), at=at(102))
    desk.write(stopped, Halted(grade=Grade.STOP_IMAGES), at=at(103))
    vk = custody(desk).holdings.vk
    desk.close(at(110))
    database = open_database(box.folder / "desk.db", vk)
    as_before(database)
    database.close()

    for seconds in (200, 300):
        desk = box.open(seconds=seconds)
        database = custody(desk).holdings.database
        assert (database.pragma("user_version"), database.state("index_due")) == (migrations.LATEST, None)
        assert [row.strand for row in desk.cases(CaseQuery(words="ebede")).rows] == [kept]
        assert [row.strand for row in desk.cases(CaseQuery(states=("stopped",))).rows] == [stopped]
        assert [strand for _, strand in desk.waiting_cases("stopped", 9)] == [stopped]
        assert {hit.strand for hit in desk.search("seen")} == {kept, stopped}
        assert [row.strand for row in desk.restricted_cases()] == [hidden]
        assert desk.opening_findings == desk.check(nothing).findings == ()
        assert desk.rebuild_index()
        desk.close(at(seconds + 10))


def test_a_case_that_cannot_be_read_keeps_no_other_from_the_lists_that_are_made_anew(box: Box) -> None:
    desk = box.open()
    kept, spoilt = (
        desk.begin_case(opened(reference), concern("Zebedee was seen"), at=at(101))
        for reference in ("MI-2026-2222", "MI-2026-3333")
    )
    vk = custody(desk).holdings.vk
    desk.close(at(110))
    database = open_database(box.folder / "desk.db", vk)
    as_before(database)
    with database.transaction():
        database.execute("UPDATE entry SET payload = x'00' WHERE strand = ? AND strand_seq = 2", (spoilt,))
    database.close()

    desk = box.open(seconds=200)
    assert [finding.where for finding in desk.opening_findings] == [f"strand {spoilt}"]
    assert [row.strand for row in desk.cases(CaseQuery()).rows] == [kept]
    desk.close(at(210))


def test_a_keyring_that_knows_another_root_is_not_believed_silently(box: Box) -> None:
    (desk, value), *_ = box.ring.kept.items()
    parts = value.split(",")
    box.ring.put(desk, ",".join([*parts[:2], '"' + "0" * 64 + '"', *parts[3:]]))
    with pytest.raises(DamagedError, match="another school root"):
        box.open()


def test_the_volume_key_changes_once_a_month_without_cause(box: Box) -> None:
    generations = []
    for day in (0, 29, 30, 31, 61):
        desk = box.open(seconds=100 + day * 86400)
        generations.append(custody(desk).holdings.generation)
        desk.close(at(110 + day * 86400))
    assert generations == [1, 1, 2, 2, 3]


def test_what_waits_for_the_check_after_a_crash_is_not_freed_by_locking_and_coming_back(box: Box) -> None:
    def crash(_steps: object) -> None:
        box.open().checkpoint("day", at(101))
        os._exit(KILLED)

    assert child(crash, None) == KILLED
    for seconds in (200, 300):
        desk = box.open(seconds=seconds)
        assert desk.waits_for_check
        desk.close(at(seconds + 10))
    desk = box.open(seconds=400)
    assert desk.check(nothing).findings == ()
    desk.close(at(410))
    desk = box.open(seconds=500)
    assert not desk.waits_for_check
    desk.close(at(510))


def test_after_a_crash_the_desk_is_looked_through_and_goes_on(box: Box) -> None:
    def crash(_steps: object) -> None:
        box.open().checkpoint("day", at(101))
        os._exit(KILLED)

    assert child(crash, None) == KILLED
    desk = box.open(seconds=200)
    assert desk.unlocked.crashed
    assert desk.opening_findings == ()
    assert desk.check(nothing).findings == ()
    desk.close(at(210))
    desk = box.open(seconds=300)
    assert not desk.unlocked.crashed
    desk.close(at(310))


def old_state(box: Box, tmp_path: Path) -> None:
    """Put the whole folder back as it was before the last entries."""
    before = box.copy(tmp_path / "before")
    marked(box)
    for name in ("desk.db", *COPIES):
        (box.folder / name).write_bytes((before.folder / name).read_bytes())


def test_an_older_store_is_found_and_nothing_is_written(box: Box, tmp_path: Path) -> None:
    old_state(box, tmp_path)
    before = (box.folder / "desk.db").read_bytes()
    with pytest.raises(OlderRecordsError):
        box.open(seconds=300)
    assert (box.folder / "desk.db").read_bytes() == before


def test_an_older_store_can_be_looked_at_without_changing_it_and_a_copy_is_kept(box: Box, tmp_path: Path) -> None:
    old_state(box, tmp_path)
    before = (box.folder / "desk.db").read_bytes()
    desk = box.open(seconds=300, older=ReadOnly())
    assert desk.records(desk.desk_strand)
    with pytest.raises(StoreError):
        desk.checkpoint("day", at(301))
    desk.close(at(310))
    assert (box.folder / "desk.db").read_bytes() == before
    with pytest.raises(OlderRecordsError):
        box.open(seconds=320)
    (kept,) = box.root.glob("store-kept-*")
    assert (kept / "desk.db").read_bytes() == before


def test_an_older_store_goes_on_where_two_people_say_so_and_what_was_abandoned_is_named(
    box: Box, tmp_path: Path
) -> None:
    old_state(box, tmp_path)
    lost = next(iter(box.ring.kept.values())).split('"')[-2]
    with pytest.raises(ProcedureError):
        box.open(seconds=300, older=RestoredByTwo(second=Passphrase(sign_in_name=DSL[0], passphrase=DSL[1]), reason=""))
    desk = box.open(seconds=400, older=RestoredByTwo(second=HEAD_TYPED, reason="backup put back"))
    branch = desk.branch
    (restored,) = [
        one.payload.data
        for one in desk.records(desk.desk_strand)
        if one.payload is not None and isinstance(one.payload.data, Restored)
    ]
    assert restored.branch == branch
    assert lost in restored.abandoned
    assert desk.check(nothing).findings == ()
    desk.close(at(410))
    box.open(seconds=500).close(at(510))


def test_two_accounts_of_one_person_do_not_put_an_older_store_back(tmp_path: Path) -> None:
    box = Box(tmp_path / "one person")
    second = replace(person(("again", "a second account of hers"), "Dana Samplewood", Role.SENIOR), person="p1")
    box.create((replace(PEOPLE[0], person="p1"), PEOPLE[1], second)).close(at(10))
    old_state(box, tmp_path)

    hers = Passphrase(sign_in_name="again", passphrase="a second account of hers")
    with pytest.raises(ProcedureError, match="Two different people"):
        box.open(seconds=300, older=RestoredByTwo(second=hers, reason="backup put back"))

    box.open(seconds=400, older=RestoredByTwo(second=HEAD_TYPED, reason="backup put back")).close(at(410))


def test_another_history_of_the_same_desk_is_told_from_an_older_one(box: Box, tmp_path: Path) -> None:
    other = box.copy(tmp_path / "other")
    marked(box)
    marked(other)
    marked(other, 200)
    for name in ("desk.db", *COPIES):
        (box.folder / name).write_bytes((other.folder / name).read_bytes())
    with pytest.raises(OtherRecordsError):
        box.open(seconds=600)


def test_an_old_slot_file_alone_is_found(box: Box) -> None:
    old = (box.folder / "desk.slots").read_bytes()
    marked(box)
    for name in COPIES:
        (box.folder / name).write_bytes(old)
    with pytest.raises(OlderSlotsError):
        box.open(seconds=300)
    desk = box.open(seconds=400, older=RestoredByTwo(second=HEAD_TYPED, reason="the newer file is lost"))
    desk.close(at(410))
    box.open(seconds=500).close(at(510))


def test_opening_loads_nothing_of_printing_or_windows() -> None:
    """Unlocking must be quick, and must not start what it does not need."""
    heavy = ("reportlab", "pyhanko", "PySide6", "keyring")
    code = f"import sys, dsl_desk.store.opening; print([name for name in {heavy!r} if name in sys.modules])"
    root = Path(__file__).parents[3]
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert seen.stdout.strip() == "[]"


def test_an_older_store_error_is_one_that_the_screen_can_tell_apart() -> None:
    assert issubclass(OlderRecordsError, OlderStoreError)
    assert issubclass(OlderSlotsError, OlderStoreError)
