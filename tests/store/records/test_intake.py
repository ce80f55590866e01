"""Content coming in, opened again, shut away: whole with its entry, or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dsl_desk.domain.case_entries import ExhibitAdded, Halted
from dsl_desk.domain.errors import (
    Cancelled,
    DamagedError,
    DiskFullError,
    HaltedError,
    InputError,
    NotReadableError,
    StoreError,
)
from dsl_desk.domain.words import BlobClass, BlobId, Grade, StrandId
from dsl_desk.store import intake
from dsl_desk.store.blob_format import file_size, padded_length
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.folder import BLOBS
from dsl_desk.store.values import BlobFacts, Readable, Source
from tests.store.records.world import AT, World, advice, call, exhibit, take_in

MIB = 1 << 20


def nothing(done: int, total: int) -> None:
    """Hears of progress."""


def take(
    desk: OpenDesk,
    strand: StrandId,
    *sources: Source,
    allowed: Callable[[], bool] = lambda: True,
    progress: Callable[[int, int], None] = nothing,
) -> list[BlobId]:
    recorded = desk.take_in(
        strand, sources, lambda facts: exhibit(facts, f"XY/{facts.index + 1}"), BlobClass.EXHIBIT, AT, progress, allowed
    )
    told = [one.payload.data for one in recorded if one.payload]
    return [BlobId(data.blob) for data in told if isinstance(data, ExhibitAdded)]


def source(content: bytes, said: int | None = None) -> Source:
    size = len(content) if said is None else said
    return Source(name="a.bin", open=lambda: (io.BytesIO(content), size))


@pytest.fixture
def desk(harmed: World) -> Iterator[OpenDesk]:
    desk = harmed.open()
    yield desk
    desk.close(AT)


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, MIB - 1, MIB, MIB + 1, 3 * MIB + 17, 9 * MIB + 5])
def test_content_of_any_size_comes_back_as_it_was(desk: OpenDesk, harmed: World, size: int):
    content = os.urandom(size)
    (blob,) = take(desk, harmed.notes["one"], source(content))
    path = harmed.folder / BLOBS / blob
    assert path.stat().st_size == file_size(size)
    assert path.stat().st_mtime == 946684800
    assert b"".join(bytes(chunk) for chunk in desk.content(blob)) == content
    assert desk.content_bytes(blob, size) == content
    named = desk.kept.named(harmed.notes["one"], blob)
    assert named is not None
    assert named.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("size", "padded"),
    [(0, 0), (1, 65536), (65536, 65536), (65537, 131072), (MIB, MIB), (MIB + 1, MIB + 65536), (33 * MIB, 34 * MIB)],
)
def test_a_file_tells_its_content_s_size_only_roughly(size: int, padded: int):
    assert padded_length(size) == padded


@pytest.mark.parametrize("together", [True, False])
def test_many_small_files_and_large_ones_keep_their_order(
    desk: OpenDesk, harmed: World, together: bool, monkeypatch: pytest.MonkeyPatch
):
    if not together:  # a system that forces each file out by itself
        monkeypatch.setattr(intake, "sync_together", lambda _folder: False)
    contents = [os.urandom(100 + index) for index in range(150)]
    contents[70] = os.urandom(9 * MIB)
    told: list[tuple[int, int]] = []
    blobs = take(
        desk, harmed.notes["one"], *map(source, contents), progress=lambda done, total: told.append((done, total))
    )
    assert [desk.content_bytes(blob, 10 * MIB) for blob in blobs] == contents
    assert told[-1] == (sum(map(len, contents)), sum(map(len, contents)))
    assert told == sorted(told)
    assert len(harmed.blob_files()) == 153


@pytest.mark.parametrize("size", [1000, 9 * MIB])
@pytest.mark.parametrize("off", [-1, 1])
def test_a_source_that_yields_another_count_than_it_said_is_refused(desk: OpenDesk, harmed: World, size: int, off: int):
    before = harmed.blob_files()
    with pytest.raises(InputError):
        take(desk, harmed.notes["one"], source(bytes(size), size + off))
    assert harmed.blob_files() == before
    assert harmed_rows(desk) == len(before)


def harmed_rows(desk: OpenDesk) -> int:
    (count,) = desk.unlocked.database.one("SELECT count(*) FROM blob") or (0,)
    return int(count)


class _Breaks(io.BytesIO):
    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # as the port has it
        raise OSError("the medium is gone")


@pytest.mark.parametrize("size", [1000, 9 * MIB])
def test_a_medium_that_breaks_off_leaves_nothing(desk: OpenDesk, harmed: World, size: int):
    before = harmed.blob_files()
    broken: tuple[Readable, int] = (_Breaks(bytes(size)), size)
    with pytest.raises(InputError):
        take(desk, harmed.notes["one"], source(b"good"), Source(name="b", open=lambda: broken))
    assert [path for path in harmed.blob_files() if path.suffix] == []
    assert len(harmed.blob_files()) - len(before) in (0, 1)
    assert harmed_rows(desk) == len(harmed.blob_files())


def test_a_source_that_cannot_be_opened_is_refused(desk: OpenDesk, harmed: World, tmp_path: Path):
    with pytest.raises(InputError):
        take(desk, harmed.notes["one"], Source.from_path(tmp_path / "nowhere"))


def test_a_file_on_a_medium_is_taken_in_under_its_name(desk: OpenDesk, harmed: World, tmp_path: Path):
    (tmp_path / "report.pdf").write_bytes(b"pages")
    (blob,) = take(desk, harmed.notes["one"], Source.from_path(tmp_path / "report.pdf"))
    assert desk.content_bytes(blob, 10) == b"pages"
    assert desk.case(harmed.notes["one"]).exhibits[-1].blob == blob


@pytest.mark.skipif(sys.platform == "win32", reason="names there are text")
def test_a_file_whose_name_is_no_text_is_taken_in_as_it_is_and_its_name_spelled_out(
    desk: OpenDesk, harmed: World, tmp_path: Path
):
    place = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    place.write_bytes(b"pages")
    (blob,) = take(desk, harmed.notes["one"], Source.from_path(place))
    assert desk.content_bytes(blob, 10) == b"pages"
    added = desk.case(harmed.notes["one"]).exhibits[-1].data
    assert isinstance(added, ExhibitAdded)
    assert added.original_name == "caf\\udce9.pdf"


@pytest.mark.parametrize(
    ("asked", "sizes"),
    [
        *((asked, (12 * MIB,)) for asked in (0, 1, 3, 12, 13)),
        *((asked, (1000, 2000, 3000)) for asked in (0, 1, 3, 6)),
    ],
)
def test_a_halt_while_content_comes_in_leaves_no_row_and_no_file(
    desk: OpenDesk, harmed: World, asked: int, sizes: tuple[int, ...]
):
    before, lock, left = harmed.blob_files(), threading.Lock(), [asked]

    def allowed() -> bool:
        with lock:
            left[0] -= 1
            return left[0] >= 0

    with pytest.raises(HaltedError):
        take(desk, harmed.notes["one"], *(source(bytes(size)) for size in sizes), allowed=allowed)
    assert harmed.blob_files() == before
    assert harmed_rows(desk) == len(before)


def test_a_halt_just_before_the_commit_leaves_no_row_and_no_file(desk: OpenDesk, harmed: World):
    before, described = harmed.blob_files(), list[BlobFacts]()

    def describe(facts: BlobFacts) -> ExhibitAdded:
        described.append(facts)
        return exhibit(facts, "XY/1")

    with pytest.raises(HaltedError):
        desk.take_in(
            harmed.notes["one"],
            [source(b"content")],
            describe,
            BlobClass.EXHIBIT,
            AT,
            nothing,
            lambda: not described,
        )
    assert described
    assert harmed.blob_files() == before


@pytest.mark.parametrize("sizes", [(12 * MIB,), (1000,) * 70], ids=["large", "small"])
def test_cancelling_keeps_what_is_recorded_and_nothing_half(desk: OpenDesk, harmed: World, sizes: tuple[int, ...]):
    def stop(done: int, total: int) -> None:
        if done > 64_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        take(desk, harmed.notes["one"], *(source(bytes(size)) for size in sizes), progress=stop)
    assert harmed_rows(desk) == len(harmed.blob_files())
    assert [path for path in harmed.blob_files() if path.suffix] == []
    assert len(harmed.blob_files()) == (3 if len(sizes) == 1 else 67)


def test_papers_and_the_entry_they_belong_to_stand_together_or_not_at_all(desk: OpenDesk, harmed: World):
    one, before = harmed.notes["one"], len(desk.records(harmed.notes["one"]))
    sources = [source(b"form"), source(b"text")]

    def describe(facts):
        return exhibit(facts, f"XY/{facts.index + 1}")

    recorded = desk.take_in(
        one, sources, describe, BlobClass.PAPER, AT, nothing, lambda: True,
        also=(harmed.ada.signer, harmed.ben.signer), then=lambda facts: [advice(), call(f"{len(facts)} papers")],
    )  # fmt: skip
    assert [one.payload.kind for one in recorded if one.payload] == [
        "exhibit_added", "exhibit_added", "advice_applied", "call_logged",
    ]  # fmt: skip

    def breaks(facts):
        raise InputError

    with pytest.raises(InputError):
        desk.take_in(one, sources, describe, BlobClass.PAPER, AT, nothing, lambda: True, then=breaks)
    assert len(desk.records(one)) == before + 4
    assert len(harmed.blob_files()) == 5


def test_an_entry_that_is_refused_drops_the_key_and_the_bytes(desk: OpenDesk, harmed: World):
    before = harmed.blob_files()
    with pytest.raises(StoreError):
        desk.take_in(
            harmed.notes["one"], [source(b"x")], lambda facts: harmed.issued(harmed.ada), BlobClass.SCAN, AT, nothing,
            lambda: True, also=(harmed.ada.signer, harmed.ben.signer),
        )  # fmt: skip
    assert harmed.blob_files() == before


def test_nothing_comes_into_a_case_that_is_not_yours(desk: OpenDesk, harmed: World):
    before = harmed.blob_files()
    with pytest.raises(NotReadableError):
        take(desk, harmed.notes["own"], source(b"x"))
    assert harmed.blob_files() == before


def test_content_above_the_limit_is_not_held_in_memory(desk: OpenDesk, harmed: World):
    (blob,) = take(desk, harmed.notes["one"], source(bytes(2 * MIB)))
    with pytest.raises(InputError):
        desk.content_bytes(blob, MIB)


def test_content_that_nobody_recorded_is_not_there(desk: OpenDesk):
    with pytest.raises(NotReadableError):
        desk.content_bytes(BlobId("0" * 32), 10)


@pytest.mark.parametrize("harm", ["cut", "longer", "flipped", "flipped at the end", "missing", "another"])
def test_harmed_content_is_never_called_whole(desk: OpenDesk, harmed: World, harm: str):
    blob, other = take(desk, harmed.notes["one"], source(bytes(2 * MIB)), source(bytes(2 * MIB)))
    path = harmed.folder / BLOBS / blob
    raw = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(raw[:-1])
        case "longer":
            path.write_bytes(raw + b"x")
        case "flipped":
            path.write_bytes(raw[:1000] + bytes([raw[1000] ^ 1]) + raw[1001:])
        case "flipped at the end":
            path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        case "missing":
            path.unlink()
        case _:
            path.write_bytes((harmed.folder / BLOBS / other).read_bytes())
    with pytest.raises(DamagedError):
        desk.content_bytes(blob, 3 * MIB)


def test_quarantined_content_is_refused_and_checked_by_its_file_alone(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    (blob,) = take_in(desk, one, b"must not be seen", first=7)
    halted = desk.write_halt(one, Halted(grade=Grade.STOP_IMAGES), AT, [blob])
    assert halted.payload is not None
    assert desk.is_quarantined(blob)
    with pytest.raises(HaltedError):
        next(desk.content(blob))
    desk.close(AT)
    assert harmed.judge() == ([], 1)
    path = harmed.folder / BLOBS / blob
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert any("not the file that was sealed" in one for one in harmed.judge()[0])


def test_content_comes_out_of_quarantine_with_advice_by_two(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    (blob,) = take_in(desk, one, b"may be seen after all", first=7)
    desk.write_halt(one, Halted(grade=Grade.STOP_IMAGES), AT, [blob])
    desk.release(one, advice(), [blob], AT, (harmed.ada.signer, harmed.ben.signer))
    assert desk.content_bytes(blob, 100) == b"may be seen after all"
    desk.close(AT)
    assert harmed.judge() == ([], 1)


@contextmanager
def no_room_above(size: int) -> Iterator[None]:
    """No file may grow beyond this many bytes, as on a disk that is full."""
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_refuses_a_blob_and_keeps_all_else(desk: OpenDesk, harmed: World):
    before = harmed.blob_files()
    with no_room_above(5 * MIB), pytest.raises(DiskFullError):
        take(desk, harmed.notes["one"], source(bytes(12 * MIB)))
    with no_room_above(5 * MIB), pytest.raises(DiskFullError):
        take(desk, harmed.notes["one"], source(bytes(6 * MIB)), source(b"small"))
    assert harmed.blob_files() == before
    desk.write(harmed.notes["one"], call("still writing"), at=AT)


def fill(path: Path) -> None:
    """Take all the room that is left."""
    with path.open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(65536)):
            pass


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted as root alone")
def test_on_a_full_disk_an_entry_is_refused_and_a_halt_is_written(good: World, tmp_path: Path):
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(disk)], check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        world = good.copy(disk / "desk")
        desk, one = world.open(), world.notes["one"]
        assert (world.folder / "desk.reserve").stat().st_size == 4 * MIB
        blob = desk.case(one).exhibits[0].blob
        fill(disk / "filler")
        with pytest.raises(DiskFullError):
            desk.write(one, call("w" * 40000), at=AT)
        with pytest.raises(DiskFullError):
            take(desk, one, source(bytes(300_000)))
        desk.write_halt(one, Halted(grade=Grade.STOP_IMAGES), AT, [blob])
        assert not (world.folder / "desk.reserve").exists()
        assert desk.is_quarantined(blob)
        (disk / "filler").unlink()
        desk.close(AT)
        assert world.judge() == ([], 1)
        world.open().close(AT)
        assert (world.folder / "desk.reserve").stat().st_size == 4 * MIB
    finally:
        subprocess.run(["umount", str(disk)], check=True)
