"""The timings: `python -m tests.bench.run [--out FILE] [--small]` prints a table and writes the rows as JSON.

One school year comes first and takes some minutes; ten years take about an hour,
a hundred another. It may be stopped at any time: the file holds what was done.
`--times 1` stops after one year. `--small` makes a tiny amount of everything, to
see that it runs; its times say nothing. `DSL_DESK_HEAVY` (a number, 1 by default)
scales every size.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from dsl_desk.domain.errors import DslDeskError
from tests.bench import contents, packs, records, window
from tests.bench.harness import HEADING, ROUNDS, Bench, LeftOut, Row
from tests.bench.machine import facts

Work = Callable[[Bench, int], None]
WORKS: dict[str, tuple[Work, tuple[int, ...]]] = {
    "intake": (contents.intake, (1, 10)),
    "packs": (packs.write_and_verify, (1, 10)),
    "memory": (packs.memory, (1, 10)),
    "records": (records.records, (1, 10, 100)),
    "window": (window.window, (1,)),
}
"""Each work and how many times a school's year it is done for; 100 times for records alone."""
SMALL = 0.002


def main(words: Sequence[str] | None = None) -> int:
    """Take the timings; 0 where all were taken, 1 where the program failed in one of them."""
    wanted = parsed(words)
    room = Path(tempfile.mkdtemp(prefix="dsl-desk-bench-", dir=wanted.room))
    bench = Bench(room=room, rounds=wanted.rounds, weight=SMALL if wanted.small else weight(), kept=wanted.keep)
    print(*(f"{name}: {value}" for name, value in facts(room).items()), sep="\n")
    print("\nTiny amounts: these times say nothing." if wanted.small else "", HEADING, sep="\n")
    failed = 0
    try:
        for times, name in itertools.product((1,) if wanted.small else wanted.times, wanted.works):
            work, sizes = WORKS[name]
            if times in sizes:
                failed += attempt(bench, name, work, times)
                keep(bench.rows, wanted.out)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return 1 if failed else 0


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("--out", type=Path, help="write the rows to this file as JSON too")
    parser.add_argument("--small", action="store_true", help="a tiny amount of everything, to see that it runs")
    parser.add_argument("--works", nargs="+", choices=WORKS, default=list(WORKS), help="only these")
    parser.add_argument("--times", nargs="+", type=int, choices=(1, 10, 100), default=[1, 10, 100], help="only these")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each timing (default {ROUNDS})")
    parser.add_argument("--room", type=Path, help="folder for the material (default: the system's for temporary files)")
    parser.add_argument(
        "--keep", type=Path, help="folder where made desks of records are kept and found by a later run"
    )
    return parser.parse_args(words)


def weight() -> float:
    """What `DSL_DESK_HEAVY` says, 1 where it says nothing."""
    try:
        return float(os.environ.get("DSL_DESK_HEAVY") or "1") or SMALL
    except ValueError:
        sys.exit("DSL_DESK_HEAVY must be a number, for example 1 or 0.2.")


def attempt(bench: Bench, name: str, work: Work, times: int) -> int:
    """One work at one size; what cannot be timed becomes a row that says why, and the others go on."""
    try:
        work(bench, times)
    except LeftOut as reason:
        bench.keep(Row(work=name, peer="-", size=f"{times}x", note=f"left out: {reason}"))
    except (DslDeskError, NotImplementedError) as fault:
        bench.keep(Row(work=name, peer="-", size=f"{times}x", note=f"failed: {type(fault).__name__}: {fault}"))
        return 1
    return 0


def keep(rows: Sequence[Row], out: Path | None) -> None:
    """Write the rows so far, one a line: a run that is cut short keeps what it had."""
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("[\n" + ",\n".join(json.dumps(row.as_json()) for row in rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
