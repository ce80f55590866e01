"""A disk that runs full: one plain sentence, nothing half-kept, and the desk opens again once there is room."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dsl_desk.domain.desk_entries import SettingsChanged
from dsl_desk.domain.errors import DiskFullError, StoreError, WrongPassphraseError
from dsl_desk.store import accounts
from dsl_desk.store.backup import write_backup
from dsl_desk.store.issuing import Secret
from dsl_desk.store.medium import MediumFullError
from tests.store.keys.desks import DSL, HEAD, Box, assert_one_valid_state, at, custody, nothing

WORDS = SettingsChanged(settings={"made-up": "x" * 60000})
SMALL = 6 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MiB of its own; mounting needs root."""
    place = tmp_path / "small disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=700", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def full(first_box: Box, small_disk: Path) -> Box:
    """A desk on a small disk; `fill` takes what room is left."""
    return first_box.copy(small_disk / "laptop")


def fill(box: Box, *, but: int = 0) -> Path:
    ballast = box.root / "ballast"
    free = shutil.disk_usage(box.root).free - but
    with ballast.open("wb") as file:
        try:
            for _ in range(max(0, free) // 4096):
                file.write(os.urandom(4096))
            file.flush()
        except OSError:
            pass
    return ballast


def test_an_entry_on_a_full_disk_is_refused_and_the_next_one_is_kept(full: Box) -> None:
    desk = full.open()
    ballast = fill(full)
    before = desk.head()
    with pytest.raises(DiskFullError):
        desk.write(desk.desk_strand, WORDS, at=at(101))
    assert desk.head() == before
    ballast.unlink()
    desk.write(desk.desk_strand, WORDS, at=at(102))
    assert desk.check(nothing).findings == ()
    desk.close(at(110))
    assert_one_valid_state(full, (DSL, HEAD))


@pytest.mark.parametrize("room", [0, 4096, 12288, 40960, 200000])
def test_a_change_of_key_without_room_changes_nothing(full: Box, room: int) -> None:
    desk = full.open()
    ballast = fill(full, but=room)
    with pytest.raises(DiskFullError):
        desk.rotate()
    assert custody(desk).holdings.generation == 1
    ballast.unlink()
    desk.rotate()
    desk.close(at(110))
    assert_one_valid_state(full, (DSL, HEAD))


@pytest.mark.parametrize("room", [0, 8192, 20480, 40960, 81920])
def test_a_new_passphrase_without_room_leaves_exactly_one_that_opens(full: Box, room: int) -> None:
    desk = full.open()
    new = (DSL[0], "a wholly new passphrase")
    ballast = fill(full, but=room)
    with contextlib.suppress(DiskFullError):
        accounts.new_passphrase(desk, *DSL, new=Secret(sign_in_name=new[0], passphrase=new[1]), at=at(101))
    ballast.unlink()
    desk.close(at(110))
    opened = []
    for number, who in enumerate((DSL, new)):
        try:
            full.open(who, seconds=200 + number).close(at(210))
            opened.append(who)
        except WrongPassphraseError:
            continue
    assert len(opened) == 1


def test_a_wrong_passphrase_on_a_full_disk_is_still_called_one(full: Box) -> None:
    fill(full)
    with pytest.raises(WrongPassphraseError):
        full.open((DSL[0], "this is not the passphrase"))


def test_a_full_disk_at_opening_is_said_and_the_desk_opens_once_there_is_room(full: Box) -> None:
    ballast = fill(full)
    with pytest.raises(StoreError):
        full.open()
    ballast.unlink()
    full.open(seconds=200).close(at(210))
    assert_one_valid_state(full, (DSL, HEAD))


def test_a_full_medium_leaves_no_set_and_the_desk_goes_on(box: Box, small_disk: Path) -> None:
    stick = small_disk / "stick"
    stick.mkdir()
    with (stick / "ballast").open("wb") as ballast:
        ballast.write(bytes(SMALL - 200_000))
    desk = box.open()
    with pytest.raises(MediumFullError, match="no room left on the medium"):
        write_backup(desk, stick, at(101), nothing)
    assert not list(stick.glob("dsl-desk-backup-*/*-*"))
    (stick / "ballast").unlink()
    write_backup(desk, stick, at(110), nothing)
    assert desk.check(nothing).findings == ()
    desk.close(at(120))
