"""Refuse a run in which a module of the ratchet list fell below full branch coverage.

python -m tests.architecture.ratchet .coverage

The argument is the data that a run of the tests of these modules left: `coverage_tests.txt` names them. Only they are
traced, because tracing makes every test three times as long.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import coverage

LIST = Path(__file__).resolve().parent / "coverage_ratchet.txt"


def patterns() -> list[str]:
    lines = (line.strip() for line in LIST.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def fallen(files: Mapping[str, Mapping[str, Mapping[str, float]]], wanted: list[str]) -> list[str]:
    """One line for each listed module that is not whole, and for each pattern that fits no module."""
    known = {path.replace("\\", "/"): figures["summary"] for path, figures in files.items()}
    told = [f"{pattern}: no such module" for pattern in wanted if not any(fnmatch(path, pattern) for path in known)]
    for path, summary in sorted(known.items()):
        listed = any(fnmatch(path, pattern) for pattern in wanted)
        gaps = summary["missing_lines"] + summary.get("missing_branches", 0) + summary.get("missing_branch_lines", 0)
        if listed and gaps:
            told.append(f"{path}: {summary['percent_covered']:.1f} %, {int(gaps)} lines or branches never run")
    return told


def reported(data: Path, wanted: list[str]) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """The figures of the listed modules, those nobody imported among them."""
    measured = coverage.Coverage(data_file=data)
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        measured.json_report(outfile=str(figures), include=wanted)
        files: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(figures.read_bytes())["files"]
    return files


def main() -> int:
    files = reported(Path(sys.argv[1]), patterns())
    told = fallen(files, patterns())
    for line in told:
        print(line)
    print(f"Branch coverage: {len(files)} modules on the list, {len(told)} of them not whole.")
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main())
