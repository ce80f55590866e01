"""Archives for the way: one top folder, or locked so that no name shows."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
import pyzipper

from dsl_desk.domain.errors import Cancelled, HaltedError, InputError, MediumError
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.files import sync_and_read_back
from dsl_desk.exports.pack import transport
from dsl_desk.exports.pack.bag import discard, finish
from dsl_desk.exports.pack.transport import Archive, encrypted_archive, new_archive_code, plain_archive
from dsl_desk.exports.pack.verifier import verify_pack
from tests.exports.pack.kit import BOOK, case, sha

CODE = "0123456789ABCDEFGHJKMNPQRS"


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return case(PackKind.AS_IT_STANDS).write(tmp_path_factory.mktemp("pack"), "C").partial


def test_a_plain_archive_unpacks_to_a_pack_that_verifies(partial: Path, tmp_path: Path) -> None:
    made = plain_archive(partial, tmp_path / "pack.zip")
    assert not made.final.exists()
    final = finish(made)
    assert made.sha256 == sha(final.read_bytes())
    assert made.size == final.stat().st_size
    with zipfile.ZipFile(final) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"MI-2026-K7Q4-pack-1"}
        archive.extractall(tmp_path)
    assert verify_pack(tmp_path / "MI-2026-K7Q4-pack-1", book=BOOK).good


def test_a_locked_archive_shows_no_name_and_opens_with_its_code(partial: Path, tmp_path: Path) -> None:
    final = finish(encrypted_archive(partial, tmp_path / "pack.zip", CODE))
    raw = final.read_bytes()
    assert b"ABC-1" not in raw
    assert b"officer-summary" not in raw
    with pyzipper.AESZipFile(final) as outer:
        (only,) = outer.infolist()
        assert only.filename == "MI-2026-K7Q4-pack-1.zip"
        assert (only.wz_aes_version, only.wz_aes_strength) == (2, 3)
        with pytest.raises(RuntimeError):
            outer.read(only, pwd=b"WRONG")
        (tmp_path / "inner.zip").write_bytes(outer.read(only, pwd=CODE.encode()))
    with zipfile.ZipFile(tmp_path / "inner.zip") as inner:
        inner.extractall(tmp_path)
    assert verify_pack(tmp_path / "MI-2026-K7Q4-pack-1", book=BOOK).good


@pytest.mark.parametrize("place", [200, -5000, -200])
def test_a_locked_archive_that_the_medium_gives_back_otherwise_is_taken_away(
    partial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """The stick loses a byte between writing and reading: the code would open nothing for the officer."""

    def spoilt(path: Path, *how: Any) -> None:
        sync_and_read_back(path, *how)
        raw = bytearray(path.read_bytes())
        raw[place] ^= 1
        path.write_bytes(raw)

    monkeypatch.setattr(transport, "sync_and_read_back", spoilt)
    with pytest.raises(MediumError):
        encrypted_archive(partial, tmp_path / "pack.zip", CODE)
    assert list(tmp_path.iterdir()) == []


def test_codes_are_long_made_by_chance_and_never_chosen(partial: Path, tmp_path: Path) -> None:
    codes = {new_archive_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 26 and not set(code) - set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for code in codes)
    for chosen in ("", "password", CODE.lower(), "I" * 26):
        with pytest.raises(InputError):
            encrypted_archive(partial, tmp_path / "pack.zip", chosen)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_was_stopped_leaves_nothing(partial: Path, tmp_path: Path) -> None:
    for after in (0, 5):
        asked = iter(range(1000))
        with pytest.raises(Cancelled):
            plain_archive(partial, tmp_path / "pack.zip", cancelled=lambda: next(asked) >= after)  # noqa: B023  # asked before the next round
        with pytest.raises(Cancelled):
            encrypted_archive(partial, tmp_path / "pack.zip", CODE, cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("locked", [False, True], ids=["plain", "locked"])
def test_reading_back_lets_others_go_first_and_what_ends_there_leaves_nothing(
    partial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """A stop that is pressed then is written at the next piece, and not when all of it was read."""
    monkeypatch.setattr(transport, "_AT_ONCE", 4_000)
    out, left = tmp_path / "pack.zip", [10**9]

    def told(done: int, total: int) -> None:
        left[0] -= done == total
        if left[0] < 0:
            raise HaltedError

    def make() -> Archive:
        if locked:
            return encrypted_archive(partial, out, CODE, progress=told)
        return plain_archive(partial, out, progress=told)

    made = make()
    assert made.sha256 == sha(made.partial.read_bytes())
    times = 10**9 - left[0]
    assert times > made.size // 4_000 > 1
    discard(made.partial)
    for more in (1, times // 2, times - 1):
        left[0] = more
        with pytest.raises(HaltedError):
            make()
        assert list(tmp_path.iterdir()) == []


def test_an_archive_is_never_written_over(partial: Path, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(b"earlier")
    with pytest.raises(MediumError):
        plain_archive(partial, tmp_path / "pack.zip")
    assert (tmp_path / "pack.zip").read_bytes() == b"earlier"


def test_an_unfinished_archive_can_be_discarded(partial: Path, tmp_path: Path) -> None:
    discard(plain_archive(partial, tmp_path / "pack.zip").partial)
    assert list(tmp_path.iterdir()) == []


def test_a_medium_that_is_full_is_told_plainly(partial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, *_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(zipfile, "ZipFile", Full)
    with pytest.raises(MediumError, match="no room"):
        plain_archive(partial, tmp_path / "pack.zip")
    assert list(tmp_path.iterdir()) == []


def test_progress_reaches_the_whole(partial: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    plain_archive(partial, tmp_path / "pack.zip", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert os.listdir(tmp_path) == ["pack.zip.partial"]  # noqa: PTH208 - names alone
