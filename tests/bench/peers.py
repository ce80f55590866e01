"""What ours is measured against: the plain tools a school or an officer would have without it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.harness import LeftOut, stopwatch
from tests.bench.material import MIB

TOOLS = ("cp", "sha256sum", "sync")


def need_tools() -> None:
    """Raise LeftOut where the machine has none of the plain tools (Windows)."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        raise LeftOut(f"its peers need {', '.join(absent)}, which this machine has not")


def _run(*command: str | os.PathLike[str], to: Path | None = None) -> None:
    with (to or Path(os.devnull)).open("wb") as out:
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=True)


def _sync(folder: Path) -> None:
    """Everything of this file system on the disk, as ours leaves it."""
    _run("sync", "--file-system", folder)


def sqlite_chunks(files: Sequence[Path], folder: Path, *, a_commit: int = 1) -> float:
    """The files in a plain SQLite database, in chunks of 1 MiB, with their SHA-256; a commit after so many files."""
    return stopwatch(lambda: _into_sqlite(files, folder / "plain.db", a_commit))


def _into_sqlite(files: Sequence[Path], path: Path, a_commit: int) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT, size INTEGER, sha256 TEXT)")
    database.execute("CREATE TABLE chunk (file INTEGER, number INTEGER, content BLOB, PRIMARY KEY (file, number))")
    for start in range(0, len(files), a_commit):
        database.execute("BEGIN IMMEDIATE")
        for name in files[start : start + a_commit]:
            _file_into_sqlite(database, name)
        database.execute("COMMIT")
    database.close()


def _file_into_sqlite(database: sqlite3.Connection, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    row = database.execute("INSERT INTO file (name) VALUES (?)", (path.name,)).lastrowid
    with path.open("rb", buffering=0) as file:
        number = 0
        while chunk := file.read(MIB):
            digest.update(chunk)
            size += len(chunk)
            database.execute("INSERT INTO chunk VALUES (?, ?, ?)", (row, number, chunk))
            number += 1
    database.execute("UPDATE file SET size = ?, sha256 = ? WHERE id = ?", (size, digest.hexdigest(), row))


def copy_and_sums(files: Sequence[Path], folder: Path) -> float:
    """`cp`, then `sha256sum` over the copies, then `sync`."""

    def work() -> None:
        copies = folder / "copies"
        copies.mkdir()
        for start in range(0, len(files), 500):
            _run("cp", "--target-directory", copies, *files[start : start + 500])
        with (folder / "SHA256SUMS").open("wb") as sums:
            for start in range(0, len(files), 500):
                names = [copies / file.name for file in files[start : start + 500]]
                subprocess.run(["sha256sum", *names], stdout=sums, check=True)
        _sync(folder)

    return stopwatch(work)


def bagit(*words: str | os.PathLike[str]) -> None:
    """`bagit.py` by its command line, in one process."""
    import bagit as library

    _run(sys.executable, library.__file__, "--quiet", *words)


def copy_and_bag(plain: Path, folder: Path) -> float:
    """Copy a folder of plain files out, make a BagIt bag of it with SHA-256, `sync`, validate it."""

    def work() -> None:
        bag = folder / "bag"
        _run("cp", "--recursive", plain, bag)
        bagit("--sha256", bag)
        _sync(folder)
        bagit("--validate", bag)

    return stopwatch(work)


def bag_validate(bag: Path) -> float:
    """`bagit.py --validate`."""
    return stopwatch(lambda: bagit("--validate", bag))


def copy_folder(source: Path, folder: Path) -> float:
    """`cp --recursive`, then `sync`."""

    def work() -> None:
        _run("cp", "--recursive", source, folder / "copy")
        _sync(folder)

    return stopwatch(work)


def copy_file(source: Path, folder: Path) -> float:
    """`cp` of one file, then `sync`."""

    def work() -> None:
        _run("cp", source, folder / "copy")
        _sync(folder)

    return stopwatch(work)


class PlainSearch:
    """The same documents in a plain SQLite database with FTS5, the same tokenizer, best first with snippets."""

    def __init__(self, path: Path, tokenizer: str, documents: Iterable[tuple[int, str]]) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute(f'CREATE VIRTUAL TABLE words USING fts5(text, tokenize="{tokenizer}")')
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", documents)
        self._database.execute("COMMIT")

    def find(self, words: str, limit: int) -> list[tuple[int, str]]:
        """Entries that all these words stand in, with words around what was found."""
        asked = " ".join(f'"{word}"' for word in words.split())
        return self._database.execute(
            "SELECT rowid, snippet(words, 0, char(2), char(3), '…', 12) FROM words WHERE words MATCH ? "
            "ORDER BY rank LIMIT ?",
            (asked, limit),
        ).fetchall()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


class PlainRows:
    """The rows of a desk's journal, as they are, in a plain SQLite database."""

    def __init__(self, path: Path, rows: Iterable[Sequence[object]]) -> None:
        self._path = path
        database = sqlite3.connect(path, isolation_level=None)
        database.execute(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, strand TEXT, strand_seq INTEGER, header, digest, payload, "
            "session TEXT, signature, also)"
        )
        database.execute("BEGIN")
        database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute("COMMIT")
        database.close()

    def read_and_hash(self) -> float:
        """Open the database, read every row, take the SHA-256 of its header and of its sealed payload."""
        return stopwatch(self._read)

    def _read(self) -> None:
        database = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
        sha256 = hashlib.sha256
        for *_, header, _digest, payload, _session, _signature, _also in database.execute(
            "SELECT * FROM entry ORDER BY seq"
        ):
            sha256(header.encode() if isinstance(header, str) else header).digest()
            sha256(payload or b"").digest()
        database.close()
