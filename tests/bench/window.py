"""The window: its first paint, how long it ever stands still, Home and search at a hundred thousand cases."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench import schools
from tests.bench.harness import Bench, LeftOut, Row, empty_folder, stopwatch
from tests.bench.material import GIB, large_files, small_files

_TREE = Path(__file__).parents[2]
_OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
PAINT, GROWTH = 0.65, 1 / 1.5
BOUND_S = 0.1
"""No stall of the window, and no keystroke at the 95th percentile, may be longer."""
MANY, FEW, EXHIBITS = 100_000, 100, 200


def window(bench: Bench, times: int) -> None:
    """Everything that is timed of the window."""
    first_paint(bench)
    with empty_folder(bench.room, "window") as room:
        lists(bench, room)
        with_exhibits(bench, room, times)


def first_paint(bench: Bench) -> None:
    """From the start of the process to the end of the first paint, beside an empty window of Qt alone."""

    def start(which: str) -> float:
        begun = time.monotonic()
        told = _child("tests.bench.paint_child", which)
        return float(told) - begun

    bench.contest(
        "first paint of the window",
        "offscreen, 1366 x 768",
        lambda _folder: start("ours"),
        {"a bare PySide6 window": (lambda _folder: start("bare"), PAINT)},
    )


def lists(bench: Bench, room: Path) -> None:
    """Home and search as you type, in a desk of many cases; Home in one of few beside it."""
    many, few = bench.scaled(MANY, 30), bench.scaled(FEW, 3)
    found = {cases: _figures(bench, room, cases) for cases in (few, many)}
    size = f"{many:,} cases"
    bench.add("Home, until it is shown", f"the same with {few:,} cases", size,
              found[many]["homes"], found[few]["homes"], GROWTH)  # fmt: skip
    _bound(bench, "search as you type, 95th percentile", size, [found[many]["p95"]], "a bound of 100 ms a keystroke")
    _stall(bench, "searching", size, [found[many]])


def _figures(bench: Bench, room: Path, cases: int) -> dict[str, Any]:
    kept = (bench.kept or room) / f"window-{cases}"
    if not (kept / "desk" / "desk.db").exists():
        schools.begin(kept)
        bench.say(f"(a desk of {cases:,} cases was made in {stopwatch(lambda: schools.fill(kept, cases)):.0f} s)")
    folder = room / f"lists-{cases}"
    shutil.copytree(kept, folder)
    (folder / "laptop" / "last-desk").write_text(str(folder / "desk"), encoding="utf-8")
    return _json("lists", folder)


def with_exhibits(bench: Bench, room: Path, times: int) -> None:
    """The window while a pack is written, and while many exhibits come in."""
    total, count = bench.scaled(times * GIB), bench.scaled(EXHIBITS, 3)
    bench.need(3 * total)
    school, out, plain = room / "school", room / "stick", room / "plain"
    schools.begin(school)
    case = schools.case_with(school, large_files(plain, total))
    shutil.rmtree(plain)
    packs, intakes = [], []
    for turn in range(min(3, bench.rounds)):
        out.mkdir()
        packs.append(_json("pack", school, case, out))
        shutil.rmtree(out)
        files = small_files(plain / str(turn), count)
        intakes.append(_json("exhibits", school, schools.case_with(school, []), *files))
    _stall(bench, "a pack is written", f"{total / GIB:.1f} GiB", packs)
    _stall(bench, "exhibits come in", f"{count} of 150 kB", intakes)


def _stall(bench: Bench, while_: str, size: str, found: list[dict[str, Any]]) -> None:
    longest = max(found, key=lambda one: float(one["stall"]))
    if longest["stall"] > BOUND_S and longest["at"]:
        bench.say(longest["at"])
    _bound(bench, f"longest stall, {while_}", size, [one["stall"] for one in found], "a bound of 100 ms")


def _bound(bench: Bench, work: str, size: str, series: list[float], peer: str) -> None:
    """A figure that must stay under a bound: the worst of its rounds counts, not the median."""
    worst = max(series)
    bench.keep(
        Row(
            work=work, peer=peer, size=size, ours_s=round(statistics.median(series), 6), peer_s=BOUND_S,
            ratio=round(BOUND_S / max(worst, 1e-6), 3), aim=1.0, ours_all=tuple(round(one, 6) for one in series),
            note="ratio is the bound over the worst of all rounds",
        )
    )  # fmt: skip


def _json(*words: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_child("tests.bench.window_child", *map(str, words)))
    return found


def _child(module: str, *words: str) -> str:
    """What a process of its own prints last; one that fails leaves the timing out, with its words."""
    told = subprocess.run(
        [sys.executable, "-m", module, *words], cwd=_TREE, env=_OFFSCREEN, capture_output=True, text=True, check=False
    )
    if told.returncode or not told.stdout.strip():
        raise LeftOut(f"the window's process ended with {told.returncode}: {told.stderr.strip()[-400:]}")
    return told.stdout.strip().splitlines()[-1]
