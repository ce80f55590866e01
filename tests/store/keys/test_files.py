from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from dsl_desk.domain.errors import DiskFullError, MediumError
from dsl_desk.store import files, medium
from dsl_desk.store.files import (
    FileFaultError,
    ReadBackError,
    create_private,
    file_errors,
    fsync_dir,
    private_mode,
    read_file,
    remove,
    write_beside,
)
from dsl_desk.store.medium import MediumFullError, copy_beside, digest_of_file, medium_errors


def test_a_file_is_written_beside_and_put_in_place_for_its_owner_alone(tmp_path: Path) -> None:
    seen: list[str] = []
    path = tmp_path / "desk.slots"
    write_beside(path, b"new", seen.append)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert seen == [
        "desk.slots.part written",
        "desk.slots forced out",
        "desk.slots renamed",
        "desk.slots in its folder",
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["desk.slots"]


def test_a_group_of_logins_shares_its_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    assert private_mode(tmp_path) == 0o660
    create_private(tmp_path / "desk.db")
    assert (tmp_path / "desk.db").stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EFBIG, DiskFullError),
        (errno.EIO, FileFaultError),
    ],
)
def test_what_the_system_says_becomes_a_sentence_without_paths(number: int, sentence: type[Exception]) -> None:
    with pytest.raises(sentence) as told, file_errors():
        raise OSError(number, "words", "/home/somebody/desk")
    assert "somebody" not in str(told.value)


def test_on_an_error_the_old_file_stays_and_the_part_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.slots"
    write_beside(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        write_beside(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["desk.slots"]


def test_a_disk_that_gives_back_other_bytes_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.slots"
    write_beside(path, b"old")
    monkeypatch.setattr(files, "read_file", lambda _: b"other")
    with pytest.raises(ReadBackError):
        write_beside(path, b"new")
    assert path.read_bytes() == b"old"


def test_nothing_is_made_over_a_file_and_what_is_gone_may_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    create_private(path)
    with pytest.raises(FileFaultError):
        create_private(path)
    remove(path)
    remove(path)
    with pytest.raises(FileFaultError):
        read_file(path)
    with pytest.raises(FileFaultError):
        fsync_dir(tmp_path / "nowhere")


def test_a_link_is_not_followed_where_a_part_is_written(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.write_bytes(b"untouched")
    (tmp_path / "desk.slots.part").symlink_to(other)
    with pytest.raises(FileFaultError):
        write_beside(tmp_path / "desk.slots", b"new")
    assert other.read_bytes() == b"untouched"


def test_a_copy_to_a_medium_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(3 * 1024 * 1024 + 7))
    assert copy_beside(source, target) == digest_of_file(source) == digest_of_file(target)
    assert target.read_bytes() == source.read_bytes()
    monkeypatch.setattr(medium, "digest_of_file", lambda _: ("0" * 64, 1))
    with pytest.raises(ReadBackError):
        copy_beside(source, tmp_path / "another")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["source", "target"]


def test_what_goes_wrong_with_a_medium_is_one_of_two_sentences() -> None:
    for error, sentence in (
        (DiskFullError(), MediumFullError),
        (OSError(errno.EIO, "gone"), MediumError),
        (FileFaultError(), MediumError),
        (ReadBackError(), MediumError),
    ):
        with pytest.raises(sentence), medium_errors():
            raise error


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ("6.1.0-18-amd64", True),
        ("5.8", True),
        ("5.4.0-42-generic", False),
        ("4.19.0", False),
        ("of another kind", False),
    ],
)
def test_a_group_is_forced_out_at_once_only_where_a_failed_write_is_told(
    release: str, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.uname", lambda: SimpleNamespace(release=release), raising=False)
    assert files.sync_together(tmp_path) is told
    monkeypatch.setattr("sys.platform", "win32")
    assert not files.sync_together(tmp_path)


def test_a_folder_that_is_gone_cannot_be_forced_out(tmp_path: Path) -> None:
    with pytest.raises(FileFaultError):
        files.sync_together(tmp_path / "gone")
