from __future__ import annotations

from pathlib import Path

import pytest

from dsl_desk.store.disks import (
    FatPlaceError,
    NetworkPlaceError,
    RefusedPlaceError,
    RemovablePlaceError,
    SynchronisedPlaceError,
    SystemDisks,
    UnreachableFolderError,
    Volume,
    check_place,
)
from dsl_desk.store.folder import MissingFolderError, NoDeskError, Places, check_folder, make_folder
from dsl_desk.store.kept_copy import keep_copy
from tests.store.keys.desks import OwnDisk, at

HOME = Path("/home/somebody")


@pytest.mark.parametrize("filesystem", ["ext4", "btrfs", "xfs", "ntfs", "apfs", "tmpfs", "overlay"])
def test_the_laptops_own_disk_is_fine(filesystem: str) -> None:
    check_place(HOME / "DSL Desk", OwnDisk(found=Volume(filesystem=filesystem)))


@pytest.mark.parametrize(
    ("volume", "error"),
    [
        (Volume(filesystem="nfs4"), NetworkPlaceError),
        (Volume(filesystem="cifs"), NetworkPlaceError),
        (Volume(filesystem="fuse.sshfs"), NetworkPlaceError),
        (Volume(filesystem="ntfs", network=True), NetworkPlaceError),
        (Volume(filesystem="vfat"), FatPlaceError),
        (Volume(filesystem="exfat", removable=True), FatPlaceError),
        (Volume(filesystem="ext4", removable=True), RemovablePlaceError),
        (Volume(filesystem="ntfs", placeholders=True), SynchronisedPlaceError),
    ],
)
def test_other_disks_are_refused_each_with_its_reason(volume: Volume, error: type[RefusedPlaceError]) -> None:
    with pytest.raises(error):
        check_place(HOME / "DSL Desk", OwnDisk(found=volume))


@pytest.mark.parametrize(
    "name", ["OneDrive", "OneDrive - Sample School", "Dropbox", "Google Drive", "iCloud Drive", "Nextcloud"]
)
def test_folders_that_are_copied_elsewhere_are_refused_at_any_depth(name: str) -> None:
    for folder in (HOME / name, HOME / name / "safe" / "desk"):
        with pytest.raises(SynchronisedPlaceError):
            check_place(folder, OwnDisk())
    check_place(HOME / f"not {name}", OwnDisk())


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox"])
def test_a_mark_of_a_synchronising_program_is_enough(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()
    with pytest.raises(SynchronisedPlaceError):
        check_place(tmp_path / "deeper" / "desk", OwnDisk())


def test_a_new_folder_is_the_owners_alone_and_never_made_over_something(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "desk"
    make_folder(folder)
    assert folder.stat().st_mode & 0o777 == (folder / "blobs").stat().st_mode & 0o777 == 0o700
    with pytest.raises(RefusedPlaceError, match="empty"):
        make_folder(folder)


def test_a_folder_for_a_group_keeps_its_rights_and_others_lose_theirs(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    folder.chmod(0o2775)
    make_folder(folder)
    check_folder(Places(folder=folder, config=tmp_path))
    assert folder.stat().st_mode & 0o7777 == 0o2770


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingFolderError):
        check_folder(Places(folder=tmp_path / "gone", config=tmp_path))


def test_a_folder_with_nothing_of_a_desk_in_it_is_left_exactly_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "my own things"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NoDeskError, match="no desk in this folder"):
        check_folder(Places(folder=folder, config=tmp_path))
    assert folder.stat().st_mode & 0o777 == 0o755
    assert [one.name for one in folder.iterdir()] == ["letter.txt"]


def test_a_folder_that_no_system_can_reach_is_refused_in_words(tmp_path: Path) -> None:
    for folder in (tmp_path / ("a" * 300), Path("a/" * 3000)):
        with pytest.raises(UnreachableFolderError, match="cannot reach"):
            check_place(folder, SystemDisks())
        with pytest.raises(UnreachableFolderError, match="cannot reach"):
            check_folder(Places(folder=folder, config=tmp_path))
        with pytest.raises(UnreachableFolderError, match="cannot reach"):
            check_place(folder, OwnDisk())


def test_the_system_names_this_disk(tmp_path: Path) -> None:
    here = SystemDisks().volume(tmp_path / "not" / "made" / "yet")
    assert here.filesystem
    assert here == SystemDisks().volume(tmp_path)


def test_third_copies_are_listed_and_none_where_nothing_was_opened(tmp_path: Path) -> None:
    places = Places(folder=tmp_path / "desk", config=tmp_path / "config")
    assert places.third_copies() == []
    places.config.mkdir()
    places.third_copy("a" * 32).write_bytes(b"x")
    assert places.third_copies() == [places.third_copy("a" * 32)]


def test_a_kept_copy_holds_every_file_and_costs_no_room_for_sealed_content(tmp_path: Path) -> None:
    places = Places(folder=tmp_path / "desk", config=tmp_path)
    make_folder(places.folder)
    places.records.write_bytes(b"records")
    (places.blobs / "b1").write_bytes(b"sealed")
    kept = keep_copy(places, at())
    assert (kept / "desk.db").read_bytes() == b"records"
    assert (kept / "blobs" / "b1").samefile(places.blobs / "b1")
    assert keep_copy(places, at()) == kept
    assert kept.stat().st_mode & 0o777 == 0o700
