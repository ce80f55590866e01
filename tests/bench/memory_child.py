"""Writes one pack in a process of its own and prints how much the process grew: `DESK CASE OUT`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from dsl_desk.domain.words import StrandId
from tests.bench import desks
from tests.bench.harness import stopwatch


def resident(name: str) -> float:
    """MiB of memory: `VmRSS` now, `VmHWM` at most since the last reset."""
    found = re.search(rf"^{name}:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def main(desk_folder: Path, case: str, out: Path) -> None:
    """Open, gather what the pack says, note the memory, write the pack, note the highest memory since."""
    with desks.opened(desk_folder) as desk:
        job = desks.pack_job(desk, StrandId(case))
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the highest begins anew
        before = resident("VmRSS")
        seconds = stopwatch(lambda: desks.write_pack(job, out))
        print(json.dumps({"grown_mib": round(resident("VmHWM") - before, 2), "seconds": round(seconds, 6)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
