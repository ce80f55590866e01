"""How a timing is taken: ours and its peers in turn, in the same run, medians of at least five."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROUNDS = 5
"""The fewest rounds whose median is worth writing down."""

Act = Callable[[Path], float]
"""One timed act: gets an empty folder of its own, gives the seconds that count; the folder is removed afterwards."""


class LeftOut(Exception):  # noqa: N818 - an outcome that is printed and kept, not a fault of the timing
    """A timing that cannot be taken here, with the reason in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `ratio` is the peer's time over ours: above 1, ours is ahead."""

    work: str
    peer: str
    size: str
    """How much of a school's year it is, and of what."""
    ours_s: float | None = None
    peer_s: float | None = None
    ratio: float | None = None
    aim: float | None = None
    """The ratio that is asked for; None where nothing is asked and the figure is for knowing."""
    ours_all: tuple[float, ...] = ()
    peer_all: tuple[float, ...] = ()
    memory_mib: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is none, or no figure."""
        return None if self.aim is None or self.ratio is None else self.ratio >= self.aim

    def as_json(self) -> dict[str, Any]:
        """The six keys that are always there, and the others where they say something."""
        always = {name: getattr(self, name) for name in ("work", "peer", "ours_s", "peer_s", "ratio", "aim")}
        more = {name: getattr(self, name) for name in ("size", "ours_all", "peer_all", "memory_mib", "note")}
        return always | {name: value for name, value in more.items() if value not in (None, (), "")}


@dataclass(slots=True, kw_only=True)
class Bench:
    """Where the timings happen, how many rounds they take, and what came of them."""

    room: Path
    """A folder with much free space; everything in it is made here and removed again."""
    rounds: int = ROUNDS
    weight: float = 1.0
    """How much of every size is made: 1 is all of it."""
    kept: Path | None = None
    """Where made desks are kept for another run, None to make them anew each time."""
    say: Callable[[str], None] = print
    rows: list[Row] = field(default_factory=list)

    def scaled(self, count: int, least: int = 1) -> int:
        """A count at this run's weight."""
        return max(least, round(count * self.weight))

    def need(self, size: int) -> None:
        """Raise LeftOut unless that many bytes, and 2 GiB for everybody else, are free."""
        free = shutil.disk_usage(self.room).free
        if free < size + 2 * 2**30 * min(1.0, self.weight):
            raise LeftOut(f"it needs {size / 2**30:.0f} GiB of free disk, and {free / 2**30:.0f} are free")

    def contest(
        self, work: str, size: str, ours: Act, peers: Mapping[str, tuple[Act, float | None]], note: str = ""
    ) -> None:
        """Time ours against each peer in turn and add a row for each; every peer comes with its aim."""
        names = list(peers)
        times = interleaved(self.room, [ours, *(peers[name][0] for name in names)], self.rounds)
        for name, peer_times in zip(names, times[1:], strict=True):
            self.add(work, name, size, times[0], peer_times, peers[name][1], note)

    def add(
        self, work: str, peer: str, size: str, ours: Sequence[float], theirs: Sequence[float], aim: float | None,
        note: str = "",
    ) -> None:  # fmt: skip
        """Add the row of two series of times that were taken in turn."""
        mine, other = statistics.median(ours), statistics.median(theirs)
        self.keep(
            Row(
                work=work, peer=peer, size=size, ours_s=round(mine, 6), peer_s=round(other, 6),
                ratio=round(other / mine, 3), aim=aim, ours_all=tuple(round(one, 6) for one in ours),
                peer_all=tuple(round(one, 6) for one in theirs), note=note,
            )
        )  # fmt: skip

    def keep(self, row: Row) -> None:
        """Keep a row and say it at once: a long run shows what it has."""
        self.rows.append(row)
        self.say(line(row))


def interleaved(room: Path, acts: Sequence[Act], rounds: int) -> list[list[float]]:
    """Run the acts in turn, each round beginning with another, so that a slow minute falls on all of them."""
    times: list[list[float]] = [[] for _ in acts]
    for turn in range(rounds):
        for place in range(len(acts)):
            which = (turn + place) % len(acts)
            with empty_folder(room, f"act-{which}") as folder:
                settle()
                times[which].append(acts[which](folder))
    return times


def settle() -> None:
    """Let the system finish writing what earlier acts left, so that no act pays for another."""
    if hasattr(os, "sync"):
        os.sync()


def stopwatch(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextlib.contextmanager
def empty_folder(room: Path, name: str) -> Iterator[Path]:
    """A folder that is empty at first and gone afterwards."""
    folder = room / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


HEADING = f"{'work':<30} {'size':<26} {'peer':<44} {'ours s':>9} {'peer s':>9} {'ratio':>7} {'aim':>5}"


def line(row: Row) -> str:
    """A row as the table prints it."""
    figures = [_figure(row.ours_s, 9, 4), _figure(row.peer_s, 9, 4), _figure(row.ratio, 7, 2), _figure(row.aim, 5, 1)]
    said = "" if row.met is None else "  met" if row.met else "  MISSED"
    memory = "" if row.memory_mib is None else f"  {row.memory_mib:.1f} MiB"
    note = f"  ({row.note})" if row.note and row.ratio is None else ""
    return f"{row.work:<30} {row.size:<26} {row.peer:<44} {' '.join(figures)}{said}{memory}{note}"


def _figure(value: float | None, width: int, places: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{places}f}"
