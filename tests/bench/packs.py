"""Evidence packs: written, sealed and read back against copy and `bagit`; verified; and the memory that takes."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench import desks, peers
from tests.bench.harness import Bench, LeftOut, Row, empty_folder, stopwatch
from tests.bench.material import GIB, large_files, small_files

WRITE_LARGE, WRITE_SMALL, VERIFY = 0.8, 1.5, 1.2
MEMORY_MIB = 64.0
_TREE = Path(__file__).parents[2]


def write_and_verify(bench: Bench, times: int) -> None:
    """A case with large exhibits, and one with many small ones."""
    peers.need_tools()
    total, count = bench.scaled(times * GIB), bench.scaled(2000 * times, 3)
    for kind, size in (("large", total), ("small", 150_000 * count)):
        bench.need(5 * size)
        with empty_folder(bench.room, "pack-desk") as base:
            plain = base / "plain"
            files = large_files(plain, total) if kind == "large" else small_files(plain, count)
            _both(bench, times, kind, files, base)


def _both(bench: Bench, times: int, kind: str, files: Sequence[Path], base: Path) -> None:
    """The pack that is written first lends its plain bytes to the peer and is what both verify."""
    amount = f"{sum(file.stat().st_size for file in files) / GIB:.1f} GiB in {len(files):,}"
    with desks.begun(base / "desk") as desk:
        case = desks.a_case(desk)
        desks.take_in(desk, case, files)
        desks.remove(files)
        job = desks.pack_job(desk, case)
        first = desks.write_pack(job, base)
        bench.contest(
            f"pack write, {kind} files",
            f"{times}x: {amount}",
            lambda folder: stopwatch(lambda: desks.write_pack(job, folder)),
            {
                "cp + bagit make + sync + bagit validate": (
                    lambda folder: peers.copy_and_bag(first / "bag" / "data", folder),
                    WRITE_LARGE if kind == "large" else WRITE_SMALL,
                )
            },
        )
    aim = VERIFY if kind == "large" else None
    bench.contest(
        f"pack verify, {kind} files",
        f"{times}x: {amount}",
        lambda _folder: stopwatch(lambda: desks.verify_pack(first)),
        {"bagit validate": (lambda _folder: peers.bag_validate(first / "bag"), aim)},
    )


def memory(bench: Bench, times: int) -> None:
    """How much a process grows while it writes a pack, measured in a fresh process each time."""
    if not Path("/proc/self/clear_refs").exists():
        raise LeftOut("the highest memory of a process can be reset and read on Linux alone")
    total = bench.scaled(times * GIB)
    bench.need(4 * total)
    grown, seconds = [], []
    with empty_folder(bench.room, "memory") as base:
        files = large_files(base / "plain", total)
        with desks.begun(base / "desk") as desk:
            case = desks.a_case(desk)
            desks.take_in(desk, case, files)
        desks.remove(files)
        for _ in range(bench.rounds):
            with empty_folder(base, "out") as out:
                told = subprocess.run(
                    [sys.executable, "-m", "tests.bench.memory_child", base / "desk", case, out],
                    cwd=_TREE, capture_output=True, text=True, check=False,
                )  # fmt: skip
            if told.returncode:
                raise LeftOut(f"the process that writes the pack ended with: {told.stderr.strip()[-300:]}")
            found = json.loads(told.stdout)
            grown.append(found["grown_mib"])
            seconds.append(found["seconds"])
    most, middle = max(grown), statistics.median(seconds)
    bench.keep(
        Row(
            work="pack write, memory growth", peer=f"a bound of {MEMORY_MIB:.0f} MiB",
            size=f"{times}x: {total / GIB:.1f} GiB in {len(files)}", ours_s=round(middle, 6),
            ratio=round(MEMORY_MIB / max(most, 0.1), 3), aim=1.0, ours_all=tuple(seconds), memory_mib=round(most, 1),
            note="ratio is the bound over the highest growth of all rounds; there is no other time to compare",
        )
    )  # fmt: skip
