"""A school's records: searching, unlocking, backing up a second time, rotating the key; at 1, 10 and 100 years."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import desks, peers
from tests.bench.harness import Bench, empty_folder, settle, stopwatch
from tests.bench.material import MIB, queries

CASES, ENTRIES, EXHIBITS = 60, 10_000, 1_000
SEARCH, UNLOCK, BACKUP = 0.5, 0.5, 5.0
HITS = 50
RECORDS_ALONE = 100
"""From so many years on there are no exhibits: their cost was seen at 1 and at 10."""


def records(bench: Bench, times: int) -> None:
    """One desk of that many years, and everything that is timed on it."""
    peers.need_tools()
    entries, cases = bench.scaled(ENTRIES * times, 20), bench.scaled(CASES * times)
    exhibits = bench.scaled(EXHIBITS * times) if times < RECORDS_ALONE else 0
    bench.need(20_000 * entries + 4 * exhibits * MIB)
    size = f"{times}x: {entries:,} entries"
    with empty_folder(bench.room, "school") as base:
        _school(
            bench,
            base,
            f"{entries}-{exhibits}",
            partial(desks.fill, cases=cases, entries=entries, exhibits=exhibits),
        )
        folder = base / "desk"
        search(bench, size, folder)
        unlock(bench, size, folder)
        second_backup(bench, f"{size}, {exhibits:,} exhibits", folder)
        rotation(bench, size, folder)


def _school(bench: Bench, base: Path, name: str, fill: Callable[[Path], None]) -> None:
    """A desk under `base`: made now, or copied from an earlier run's."""
    kept = base if bench.kept is None else bench.kept / name
    if not (kept / "desk" / "desk.db").exists():
        kept.mkdir(parents=True, exist_ok=True)
        bench.say(f"(a desk of {name} entries and exhibits was made in {stopwatch(lambda: fill(kept / 'desk')):.0f} s)")
    if kept != base:
        shutil.copytree(kept, base, dirs_exist_ok=True)


def search(bench: Bench, size: str, folder: Path) -> None:
    """The same documents, the same questions, the best 50 with the words around each."""
    asked = queries()
    with desks.opened(folder) as desk, empty_folder(bench.room, "search") as aside:
        plain = peers.PlainSearch(aside / "plain.db", desks.tokenizer(desk), desks.documents(desk))
        try:
            ours = sum(len(desk.search(words, HITS)) for words in asked)
            theirs = sum(len(plain.find(words, HITS)) for words in asked)
            note = f"{len(asked)} searches, {ours} hits shown, by the peer {theirs}"
            bench.contest(
                "search, all of them in turn",
                size,
                lambda _folder: stopwatch(lambda: [desk.search(words, HITS) for words in asked]),
                {
                    "plain FTS5": (
                        lambda _folder: stopwatch(lambda: [plain.find(words, HITS) for words in asked]),
                        SEARCH,
                    )
                },
                note,
            )
        finally:
            plain.close()


def unlock(bench: Bench, size: str, folder: Path) -> None:
    """From the passphrase to an open desk, less Argon2id, on the laptop it was last closed on."""
    with empty_folder(bench.room, "rows") as aside:
        with desks.opened(folder) as desk:
            plain = peers.PlainRows(aside / "plain.db", desks.journal_rows(desk))
        bench.contest(
            "unlock",
            size,
            lambda _folder: desks.unlock_seconds(folder),
            {"read and hash the same rows": (lambda _folder: plain.read_and_hash(), UNLOCK)},
        )


def second_backup(bench: Bench, size: str, folder: Path) -> None:
    """A day's work after a backup, and the next one beside it; against copying the folder."""
    with empty_folder(bench.room, "medium") as medium:
        with desks.opened(folder) as desk:
            desks.backup(desk, medium)
        ours, theirs = [], []
        for _ in range(bench.rounds):
            with desks.opened(folder) as desk:
                desks.a_days_work(desk)
                settle()
                ours.append(stopwatch(partial(desks.backup, desk, medium)))
            with empty_folder(bench.room, "copy") as to:
                settle()
                theirs.append(peers.copy_folder(folder, to))
        bench.add("second backup", "cp of the folder + sync", size, ours, theirs, BACKUP)


def rotation(bench: Bench, size: str, folder: Path) -> None:
    """A fresh volume key for every record, against copying the file of records."""
    ours, theirs = [], []
    for _ in itertools.repeat(None, bench.rounds):
        with desks.opened(folder) as desk:
            settle()
            ours.append(stopwatch(partial(desks.rotate, desk)))
        with empty_folder(bench.room, "copy") as to:
            settle()
            theirs.append(peers.copy_file(folder / "desk.db", to))
    bench.add("rotation of the volume key", "cp of desk.db + sync", size, ours, theirs, None)
