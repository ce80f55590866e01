from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dsl_desk.domain.errors import Cancelled, DslDeskError, MediumError
from dsl_desk.domain.follow_up_entries import PaperKept
from dsl_desk.domain.words import BlobClass, StrandId
from dsl_desk.store.backup import BackupWritten, write_backup
from dsl_desk.store.credentials import Passphrase, RestoredByTwo
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.restore import backups_on, disposals_since, put_back, repeat_disposals
from dsl_desk.store.values import BlobFacts, Source
from dsl_desk.store.verify_backup import BadBackupError, verify_set
from tests.store.keys.desks import (
    DEPUTY,
    DSL,
    HEAD,
    Box,
    assert_one_valid_state,
    at,
    custody,
    killed_at_every_step,
    nothing,
)

BY_HEAD = RestoredByTwo(second=Passphrase(sign_in_name=HEAD[0], passphrase=HEAD[1]), reason="laptop replaced")


def described(facts: BlobFacts) -> PaperKept:
    return PaperKept(paper=facts.name, blob=facts.blob, sha256=facts.sha256, size=facts.size)


def with_papers(desk: OpenDesk, count: int, seconds: float = 101) -> StrandId:
    """A made-up case with so many sealed papers."""
    strand = desk.begin_case(at=at(seconds))
    sources = [
        Source.from_bytes(f"paper {number}", f"made-up words {number} ".encode() * 900) for number in range(count)
    ]
    desk.take_in(strand, sources, described, BlobClass.PAPER, at(seconds + 1), nothing, lambda: True)
    return strand


def written(desk: OpenDesk, medium: Path, seconds: float = 110) -> BackupWritten:
    return write_backup(desk, medium, at(seconds), nothing)


def verdict(folder: Path, vk: bytes, root: str) -> str:
    """What a process of its own says, keys through its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "dsl_desk.store.verify_backup", str(folder)],
        input=json.dumps({"vk": vk.hex(), "root": root, "whole_pool": True}),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.stderr == ""
    return done.stdout.strip()


def is_good(folder: Path, vk: bytes, root: str) -> bool:
    try:
        verify_set(folder, vk, root, whole_pool=True)
    except DslDeskError:
        return False
    return True


def test_a_second_backup_costs_what_is_new_and_both_verify_in_a_fresh_process(box: Box, tmp_path: Path) -> None:
    medium = tmp_path / "stick"
    desk = box.open()
    with_papers(desk, 3)
    first = written(desk, medium)
    with_papers(desk, 1, 120)
    second = written(desk, medium, 130)
    assert (first.copied, second.copied) == (3, 1)
    holdings = custody(desk).holdings
    assert verdict(first.folder, holdings.vk, holdings.root_sha256) == f"good {first.head.seq} {first.head.digest}"
    assert verdict(second.folder, holdings.vk, holdings.root_sha256).startswith("good ")
    assert verdict(second.folder, holdings.vk, "0" * 64).startswith("bad: ")
    assert verdict(second.folder, os.urandom(32), holdings.root_sha256).startswith("bad: ")
    assert {path.name for path in first.folder.iterdir()} == {
        "checkpoint.json", "desk.db", "desk.slots", "manifest.json", "manifest.sig",
    }  # fmt: skip
    assert desk.check(nothing).findings == ()
    desk.close(at(140))


def test_every_changed_file_of_a_set_and_of_the_pool_is_found(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 2)
    made = written(desk, tmp_path / "stick")
    holdings = custody(desk).holdings
    pool = list((made.folder.parent / "blobs").iterdir())
    for path in (*made.folder.iterdir(), *pool):
        whole = path.read_bytes()
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
        path.write_bytes(changed)
        assert not is_good(made.folder, holdings.vk, holdings.root_sha256), path.name
        path.unlink()
        assert not is_good(made.folder, holdings.vk, holdings.root_sha256), path.name
        path.write_bytes(whole)
    (made.folder / "stranger.txt").write_text("left over")
    assert not is_good(made.folder, holdings.vk, holdings.root_sha256)
    (made.folder / "stranger.txt").unlink()
    moved = made.folder.rename(made.folder.with_name("1-0000000000000000"))
    assert not is_good(moved, holdings.vk, holdings.root_sha256)
    assert is_good(moved.rename(made.folder), holdings.vk, holdings.root_sha256)
    desk.close(at(140))


def test_a_set_of_another_time_under_a_newer_signature_is_found(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    first = written(desk, tmp_path / "stick")
    second = written(desk, tmp_path / "stick", 120)
    holdings = custody(desk).holdings
    for name in ("desk.db", "manifest.json", "manifest.sig", "checkpoint.json"):
        copy = second.folder.parent / second.folder.name
        before = (copy / name).read_bytes()
        (copy / name).write_bytes((first.folder / name).read_bytes())
        assert not is_good(copy, holdings.vk, holdings.root_sha256), name
        (copy / name).write_bytes(before)
    desk.close(at(140))


def test_damaged_content_in_the_pool_is_written_anew_when_the_pool_is_read(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 2)
    made = written(desk, tmp_path / "stick")
    path = next((made.folder.parent / "blobs").iterdir())
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    assert written(desk, tmp_path / "stick", 120).copied == 0
    again = write_backup(desk, tmp_path / "stick", at(130), nothing, whole_pool=True)
    assert (again.copied, path.read_bytes()) == (1, whole)
    path.write_bytes(bytes(len(whole)))
    assert written(desk, tmp_path / "stick", 130 + 31 * 86400).copied == 1
    desk.close(at(140 + 31 * 86400))


def test_content_whose_own_file_is_damaged_is_left_out_and_named(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 3)
    one, other, _ = sorted((box.folder / "blobs").iterdir())
    one.write_bytes(bytes(one.stat().st_size))
    other.unlink()
    made = written(desk, tmp_path / "stick")
    assert set(made.left_out) == set(made.damaged) == {one.name, other.name}
    assert made.copied == 1
    desk.close(at(140))


def test_a_backup_that_was_stopped_leaves_no_set(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 2)

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_backup(desk, tmp_path / "stick", at(110), stop)
    (base,) = (tmp_path / "stick").iterdir()
    assert [path.name for path in base.iterdir()] == ["blobs"]
    desk.close(at(140))


def test_a_fresh_process_that_says_no_makes_the_backup_fail(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    says_no = (sys.executable, "-c", "print('bad: made up'); raise SystemExit(1)")
    with pytest.raises(BadBackupError, match="made up"):
        write_backup(desk, tmp_path / "stick", at(110), nothing, verifier=says_no)
    (base,) = (tmp_path / "stick").iterdir()
    assert [path.name for path in base.iterdir()] == ["blobs"]
    desk.close(at(140))


def test_a_medium_that_cannot_be_written_is_said_in_one_sentence(box: Box, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("no folder at all")
    desk = box.open()
    with pytest.raises(MediumError, match="desk itself is unchanged"):
        written(desk, tmp_path / "stick")
    assert desk.check(nothing).findings == ()
    desk.close(at(140))


def test_a_backup_opens_on_another_laptop_with_a_code_and_a_passphrase(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    strand = with_papers(desk, 2)
    made = written(desk, tmp_path / "stick")
    desk.close(at(140))
    other = Box(tmp_path / "other laptop")
    other.codes, other.accounts = box.codes, box.accounts
    assert put_back(other.laptop(), made.folder, at(200)) is None
    desk = other.open(HEAD, code=other.code("C"), seconds=300)
    papers = [
        one.payload.data for one in desk.records(strand) if one.payload and isinstance(one.payload.data, PaperKept)
    ]
    for paper in papers:
        content = b"".join(bytes(part) for part in desk.content(paper.blob))  # type: ignore[arg-type]  # a blob's id
        assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert len(papers) == 2
    desk.check(nothing)
    desk.close(at(310))
    assert_one_valid_state(other, (DSL, HEAD, DEPUTY))


def test_a_backup_put_back_needs_two_and_the_old_store_is_kept(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 1)
    made = written(desk, tmp_path / "stick")
    with_papers(desk, 1, 120)
    desk.close(at(140))
    kept = put_back(box.laptop(), made.folder, at(200))
    assert kept is not None
    assert (kept / "desk.db").exists()
    with pytest.raises(DslDeskError, match="backup"):
        box.open(seconds=300)
    desk = box.open(seconds=400, older=BY_HEAD)
    assert desk.check(nothing).findings == ()
    desk.close(at(410))


def test_what_was_destroyed_since_is_destroyed_again(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    strand = with_papers(desk, 1)
    made = written(desk, tmp_path / "stick")
    by = (desk.prove(*DSL, at(120)), desk.prove(*HEAD, at(120)))
    last = len(desk.records(strand))
    desk.dispose(strand, 1, last, "DOB+25", at(121), by)
    desk.close(at(140))
    kept = put_back(box.laptop(), made.folder, at(200))
    assert kept is not None
    replaced = Box(box.root)
    replaced.root = tmp_path / "kept"
    replaced.root.mkdir()
    shutil.copytree(kept, replaced.folder)
    shutil.copy(box.ring.file, replaced.root / "ring.json")
    replaced.__post_init__()
    desk = box.open(seconds=400, older=BY_HEAD)
    old = replaced.open(seconds=410)
    again = disposals_since(old, desk)
    old.close(at(411))
    assert [one.strand for one in again] == [strand]
    desk.check(nothing)
    by = (desk.prove(*DSL, at(420)), desk.prove(*HEAD, at(420)))
    assert repeat_disposals(desk, again, by=by, at=at(421)) == 1
    assert repeat_disposals(desk, again, by=by, at=at(422)) == 0
    assert list((box.folder / "blobs").iterdir()) == []
    desk.close(at(430))


@pytest.mark.parametrize("what", ["desk.db", "desk.slots", "manifest.sig"])
def test_a_set_that_is_not_whole_is_not_put_back(box: Box, tmp_path: Path, what: str) -> None:
    desk = box.open()
    made = written(desk, tmp_path / "stick")
    desk.close(at(140))
    before = (box.folder / "desk.db").read_bytes()
    if what == "manifest.sig":
        (made.folder / what).unlink()
    else:
        (made.folder / what).write_bytes(b"other bytes")
    with pytest.raises(BadBackupError):
        put_back(box.laptop(), made.folder, at(200))
    assert (box.folder / "desk.db").read_bytes() == before
    box.open(seconds=300).close(at(310))


@pytest.mark.parametrize("name", ["../../planted", "../../../planted", "planted", "/planted"])
def test_a_prepared_stick_writes_no_file_outside_the_desk(box: Box, tmp_path: Path, name: str) -> None:
    """Nobody has proved anything when a backup is put back: its list may name a desk's own files alone."""
    desk = box.open()
    made = written(desk, tmp_path / "stick")
    desk.close(at(140))
    before = (box.folder / "desk.db").read_bytes()
    content = b"made-up words that want to be elsewhere"
    source = made.folder.parent / "blobs" / (name.strip("/"))
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(content)
    manifest = json.loads((made.folder / "manifest.json").read_bytes())
    manifest["blobs"] = [{"id": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}]
    (made.folder / "manifest.json").write_text(json.dumps(manifest, separators=(",", ":")))
    with pytest.raises(BadBackupError):
        put_back(box.laptop(), made.folder, at(200))
    assert [one for one in tmp_path.rglob("planted") if one != source.resolve()] == []
    assert (box.folder / "desk.db").read_bytes() == before


def test_one_set_that_tells_no_time_hides_no_other(tmp_path: Path) -> None:
    for name, when in (("1-a", "nonsense"), ("2-b", "2026-11-20T09:00:00.000000Z")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.sig").write_bytes(b"{}")
        told = {"format": "dsl-desk/backup/1", "seq": 7, "at_utc": when}
        (tmp_path / name / "checkpoint.json").write_text(json.dumps(told))
    assert [one.folder.name for one in backups_on(tmp_path)] == ["2-b"]


def test_a_folder_of_the_stick_that_nobody_may_list_hides_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("2-b", "lost+found"):
        (tmp_path / name).mkdir()
    (tmp_path / "2-b" / "manifest.sig").write_bytes(b"{}")
    told = {"format": "dsl-desk/backup/1", "seq": 7, "at_utc": "2026-11-20T09:00:00.000000Z"}
    (tmp_path / "2-b" / "checkpoint.json").write_text(json.dumps(told))
    listed = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder.name == "lost+found":
            raise PermissionError(13, "made up")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)  # the tests may run as root, whom no mode keeps out
    assert [one.folder.name for one in backups_on(tmp_path)] == ["2-b"]


def test_content_that_is_missing_from_the_pool_leaves_the_old_store_in_its_place(box: Box, tmp_path: Path) -> None:
    desk = box.open()
    with_papers(desk, 1)
    made = written(desk, tmp_path / "stick")
    desk.close(at(140))
    next((made.folder.parent / "blobs").iterdir()).unlink()
    with pytest.raises(MediumError):
        put_back(box.laptop(), made.folder, at(200))
    box.open(seconds=300).close(at(310))


def test_a_backup_killed_at_every_step_leaves_the_desk_whole_and_no_false_set(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    desk = box.open()
    with_papers(desk, 2)
    desk.close(at(105))

    def act(desk: OpenDesk, copy: Box) -> None:
        written(desk, copy.root / "stick")

    def judge(copy: Box) -> None:
        desk = copy.open(seconds=500)
        holdings = custody(desk).holdings
        assert desk.check(nothing).findings == ()
        for folder in (copy.root / "stick").glob("*/*-*"):
            whole = (folder / "manifest.sig").exists()
            assert is_good(folder, holdings.vk, holdings.root_sha256) == whole
        assert written(desk, copy.root / "stick", 510).copied <= 2
        desk.close(at(520))

    steps = killed_at_every_step(box, tmp_path, act, judge, every=1 if heavy(0, 1) else 9)
    assert steps >= 12
