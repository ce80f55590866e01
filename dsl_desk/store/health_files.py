"""Check everything, the files: each sealed file against its row and its entry, nothing missing, nothing left over."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import DamagedError, NotReadableError, StoreError
from dsl_desk.domain.words import IDENTIFIER, BlobId
from dsl_desk.store.blob_format import CHUNK, file_size
from dsl_desk.store.blobs import BlobRow, Blobs, ChunkFile, open_chunks
from dsl_desk.store.connection import PAGE
from dsl_desk.store.files import PART, file_errors
from dsl_desk.store.folder import BLOBS, HOT_JOURNAL, LOCK, RECORDS, RESERVE
from dsl_desk.store.health_rules import Told
from dsl_desk.store.naming import Named
from dsl_desk.store.records import Records
from dsl_desk.store.values import Finding, Progress

_SLOTS: Final = ("desk.slots", "desk.slots.2")
_KNOWN: Final = frozenset({RECORDS, BLOBS, LOCK, RESERVE, HOT_JOURNAL, *_SLOTS, *(f"{name}{PART}" for name in _SLOTS)})


class _Tee:
    """A file that digests what is read from it, so that one pass serves both digests."""

    def __init__(self, file: ChunkFile) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def readinto(self, buffer: memoryview) -> int:
        """Pass the bytes on, digested."""
        count = self._file.readinto(buffer) or 0
        self.digest.update(buffer[:count])
        return count

    def read(self, size: int) -> bytes:
        """Pass the bytes on, digested."""
        found = self._file.read(size) or b""
        self.digest.update(found)
        return found


class FileRules:
    """Every rule about files of the desk."""

    def __init__(self, records: Records, blobs: Blobs, told: Told, progress: Progress) -> None:
        self._records = records
        self._blobs = blobs
        self._told = told
        self._progress = progress
        self._database = records.database
        self._disposed = records.register.disposed_blobs()

    def run(self) -> tuple[list[Finding], int]:
        """Check all of it; gives the findings and how many sealed files there are."""
        names = [BlobId(row[0]) for row in self._database.rows("SELECT blob FROM blob ORDER BY blob")]
        found = [*self._folder(), *self._left_over(frozenset(names)), *self._missing_rows(frozenset(names))]
        for at, blob in enumerate(names):
            found += self._blob(blob)
            self._progress(at + 1, len(names))
        return found, len(names)

    def _folder(self) -> Iterator[Finding]:
        folder = self._records.unlocked.folder
        with file_errors():
            for path in sorted(folder.iterdir()):
                if path.name not in _KNOWN:
                    yield Finding(where=f"file {path.name}", what="it does not belong in the desk’s folder")
            size = (folder / RECORDS).stat().st_size
        pages = self._database.pragma("page_count")
        if not isinstance(pages, int) or pages * PAGE != size:
            yield Finding(where=f"file {RECORDS}", what="it has another size than its pages ask for")

    def _left_over(self, rows: frozenset[BlobId]) -> Iterator[Finding]:
        named = self._disposed
        doomed = {row[0] for row in self._database.rows("SELECT blob FROM doomed")}
        for blob in sorted(doomed - named):
            yield Finding(where=f"file {blob}", what="it is down to be destroyed and no disposal names it")
        with file_errors():
            files = sorted(path.name for path in self._blobs.folder.iterdir())
        for name in files:
            blob = name.removesuffix(PART)
            if blob in rows and name != blob and blob in files:
                yield Finding(where=f"file {name}", what="it stands beside the file that it was to become")
            if blob in rows or (blob in doomed and blob in named):
                continue
            what = "no record names it" if IDENTIFIER.fullmatch(blob) else "it does not belong among sealed files"
            yield Finding(where=f"file {name}", what=what)

    def _missing_rows(self, rows: frozenset[BlobId]) -> Iterator[Finding]:
        for blob, named in sorted(self._told.named.items()):
            if blob not in rows and blob not in self._disposed:
                yield Finding(where=f"entry {named.seq}", what=f"the row of the sealed file {blob} is missing")

    def _blob(self, blob: BlobId) -> Iterator[Finding]:
        row, named = self._blobs.row(blob), self._told.named.get(blob)
        where = f"file {blob}"
        if row is None:
            return
        if named is None and not self._told.not_readable:
            yield Finding(where=where, what="its row is named by no entry")
        if blob in self._disposed:
            yield Finding(where=where, what="a disposal names it and what opens it is still there")
        path = self._blobs.path(blob)
        if not path.exists():
            yield Finding(where=where, what="it is missing")
            return
        try:
            what = self._closed(path, row) if named is None or row.quarantined else self._opened(path, row, named)
        except NotReadableError:
            what = "its key is sealed under an epoch whose key is not there"
        except StoreError as error:
            what = str(error)
        if what is not None:
            yield Finding(where=where, what=what if named is None else f"{what} (entry {named.seq})")

    def _closed(self, path: Path, row: BlobRow) -> str | None:
        """A quarantined or unreadable one by its sealed bytes alone: nothing is opened."""
        digest, buffer = hashlib.sha256(), bytearray(CHUNK)
        with file_errors(), path.open("rb", buffering=0) as file:
            while count := file.readinto(buffer):
                digest.update(memoryview(buffer)[:count])
        return None if digest.hexdigest() == row.file_sha256 else "it is not the file that was sealed"

    def _opened(self, path: Path, row: BlobRow, named: Named) -> str | None:
        key = self._blobs.key(named.strand, named.blob, row)
        if named.size is not None and named.size != key.size:
            return "it has another size than its entry says"
        with file_errors():
            if path.stat().st_size != file_size(key.size):
                return "it is cut, or longer than it was"
        content = hashlib.sha256()
        with file_errors(), path.open("rb", buffering=0) as file:
            tee = _Tee(file)
            try:
                for chunk in open_chunks(tee, self._records.desk, named.blob, key.key, key.size):
                    content.update(chunk)
            except DamagedError:
                return "it was altered, or swapped with another"
        if tee.digest.hexdigest() != row.file_sha256:
            return "it is not the file that was sealed"
        if named.sha256 is not None and content.hexdigest() != named.sha256:
            return "its content is not what its entry says"
        return None
