"""Taking exhibits in: sealed, synced and recorded, against plain chunks in SQLite and against `cp` with `sha256sum`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench import desks, peers
from tests.bench.harness import Bench, empty_folder, stopwatch
from tests.bench.material import GIB, MIB, large_files, small_files

LARGE_AIM, SMALL_AIM = 1.5, 1.0


def intake(bench: Bench, times: int) -> None:
    """Large files and small ones."""
    peers.need_tools()
    large(bench, times)
    small(bench, times)


def large(bench: Bench, times: int) -> None:
    """1 GiB in three files, and so many times as much."""
    total = bench.scaled(times * GIB)
    bench.need(4 * total)
    with empty_folder(bench.room, "plain") as plain:
        files = large_files(plain, total)
        bench.contest(
            "intake, large files",
            f"{times}x: {_amount(total)} in {len(files)}",
            lambda folder: _take_in(files, folder),
            {
                "SQLite chunks + SHA-256, a commit a file": (lambda to: peers.sqlite_chunks(files, to), LARGE_AIM),
                "cp + sha256sum + sync": (lambda to: peers.copy_and_sums(files, to), LARGE_AIM),
            },
        )


def small(bench: Bench, times: int) -> None:
    """2,000 files of 150 kB, and so many times as many."""
    count = bench.scaled(2000 * times, 3)
    bench.need(4 * 150_000 * count)
    with empty_folder(bench.room, "plain") as plain:
        files = small_files(plain, count)
        bench.contest(
            "intake, small files",
            f"{times}x: {count:,} of 150 kB",
            lambda folder: _take_in(files, folder),
            {
                "SQLite chunks + SHA-256, a commit a file": (lambda to: peers.sqlite_chunks(files, to), SMALL_AIM),
                "SQLite chunks + SHA-256, a commit for 64": (
                    lambda to: peers.sqlite_chunks(files, to, a_commit=64),
                    None,
                ),
                "cp + sha256sum + sync": (lambda to: peers.copy_and_sums(files, to), None),
            },
        )


def _amount(size: int) -> str:
    return f"{size / GIB:.0f} GiB" if size >= GIB else f"{size / MIB:.0f} MiB"


def _take_in(files: Sequence[Path], folder: Path) -> float:
    """Into a desk that is open already: the time of the intake alone."""
    with desks.begun(folder / "desk") as desk:
        case = desks.a_case(desk)
        return stopwatch(lambda: desks.take_in(desk, case, files))
