"""Rows as a table of the documentation: `python -m tests.bench.table FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HEAD = (
    "| Work | Size | Against | Ours, s | Peer, s | Peer / ours | Aim | |\n"
    "|---|---|---|---:|---:|---:|---:|---|"
)  # fmt: skip


def markdown(rows: list[dict[str, Any]]) -> str:
    """The table; times as the median, with the fastest and slowest round."""
    return "\n".join([HEAD, *map(_row, rows)])


def _row(row: dict[str, Any]) -> str:
    ratio, aim = row["ratio"], row["aim"]
    said = "" if aim is None or ratio is None else "met" if ratio >= aim else "**missed**"
    if row.get("memory_mib") is not None:
        said += f", {row['memory_mib']:.0f} MiB at most"
    if ratio is None:
        said = row.get("note", "")
    cells = (
        row["work"],
        row.get("size", ""),
        row["peer"],
        _times(row["ours_s"], row.get("ours_all", [])),
        _times(row["peer_s"], row.get("peer_all", [])),
        "–" if ratio is None else f"{ratio:.2f}",
        "–" if aim is None else f"{aim:g}",
        said,
    )
    return f"| {' | '.join(cells)} |"


def _times(median: float | None, every: list[float]) -> str:
    if median is None:
        return "–"
    return f"{_short(median)} ({_short(min(every))}–{_short(max(every))})" if every else _short(median)


def _short(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"


if __name__ == "__main__":
    print(markdown(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
