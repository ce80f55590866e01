"""A pack folder as a reader sees it: names, digests, bytes; every fault is kept with the file it belongs to."""

import contextlib
import hashlib
import io
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dsl_desk.domain.errors import Cancelled
from dsl_desk.exports.pack.layout import FOREIGN, segment_fault
from dsl_desk.exports.pack.verdict import CouldNotJudge, Failure

PIECE = 1 << 20
LARGEST_TEXT = 256 << 20
"""No file that is read as text or as a paper may be larger: a hostile one shall not fill the memory."""
LONGEST_LINE = 16 << 20
"""No entry of a journal is longer: a hostile file without an end of line shall not fill the memory either."""
_THREADS = 4
"""More than two cores, so that a few large files end together."""
_BATCH = 64
"""Small files that one thread takes at a time."""
_KEPT_SIZE, _KEPT_TOTAL = 1 << 16, 16 << 20
"""Small texts are kept from their first reading, up to a bound."""
_TEXTS = (".json", ".txt", ".pem", ".csv", ".p7s")
_DEEPEST = 6
"""A pack is four folders deep; whatever lies deeper is named by its folder."""


def printable(path: str) -> str:
    """A path of somebody else's making, safe for a terminal and a sheet of paper."""
    return path.encode("unicode_escape", errors="backslashreplace").decode("ascii")


class PackReader:
    """The files of one pack, each read or hashed at most once for its digest.

    `intact` tells whether a file is, byte for byte, what the sealed lists say; what is
    not has failed already, and nothing further is concluded from it.
    """

    def __init__(
        self,
        top: Path,
        *,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        read_back: Mapping[str, str],
    ) -> None:
        self._top, self._progress, self._cancelled = top, progress, cancelled
        self._failures: dict[tuple[str, str], None] = {}
        self._digests: dict[str, str] = dict(read_back)
        self._altered: set[str] = set()
        self._lock = threading.Lock()
        self._done = 0
        self._kept: dict[str, bytes] = {}
        self._room = _KEPT_TOTAL
        self.sizes: dict[str, int] = {}
        try:
            is_folder = top.is_dir()
        except OSError:  # no right to it, or no name that a folder can have
            is_folder = False
        if not is_folder:
            raise CouldNotJudge
        self._list()
        if not {"bag/tagmanifest-sha256.txt", "bag/bag-info.txt", "proof/tagmanifest.p7s"} & set(self.sizes):
            raise CouldNotJudge

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything found so far, by path."""
        return tuple(sorted(Failure(path=path, why=why) for path, why in self._failures))

    def fail(self, path: str, why: str) -> None:
        """Name a file that fails, and why."""
        self._failures[printable(path), why] = None

    def alter(self, path: str, why: str) -> None:
        """Name a file whose bytes are not what was sealed; nothing further is concluded from it."""
        self._altered.add(path)
        self.fail(path, why)

    def intact(self, *paths: str) -> bool:
        """Whether these files are there with the bytes that were sealed."""
        return all(path in self.sizes and path in self._digests and path not in self._altered for path in paths)

    def under(self, folder: str) -> list[str]:
        """Paths under a folder of the pack, in order."""
        return sorted(path for path in self.sizes if path.startswith(folder + "/"))

    def _list(self) -> None:
        """Every file by its path; anything that is no plain file or folder is named here and never opened."""
        folders = [("", 0)]
        seen: dict[str, str] = {}
        while folders:
            folder, depth = folders.pop()
            try:
                with os.scandir(self._top / folder) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError:
                self.fail(folder or ".", "this folder could not be read")
                continue
            if not entries and folder:
                self.fail(folder, "an empty folder, which no pack holds")
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                self._take(entry, path, depth, folders, seen)

    def _take(
        self, entry: os.DirEntry[str], path: str, depth: int, folders: list[tuple[str, int]], seen: dict[str, str]
    ) -> None:
        if entry.name.lower() in FOREIGN or entry.name.startswith("._"):
            self.fail(
                path, "foreign file beside sealed content, as operating systems drop them; remove it and check again"
            )
            return
        fault = segment_fault(entry.name)
        if fault is not None:
            self.fail(path, fault)
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            self.fail(path, "its name differs from another’s by case alone")
        try:
            mode = entry.stat(follow_symlinks=False)
        except OSError:
            self.fail(path, "it could not be read")
            return
        if stat.S_ISDIR(mode.st_mode) and depth < _DEEPEST:
            folders.append((path, depth + 1))
        elif stat.S_ISREG(mode.st_mode):
            self.sizes[path] = mode.st_size
        else:
            self.fail(path, "neither a plain file nor a folder of a pack")

    @contextlib.contextmanager
    def hashing(self) -> Iterator[None]:
        """Take the digest of every file with both processor cores, the largest first, while the body runs."""
        left = sorted((path for path in self.sizes if path not in self._digests), key=lambda path: -self.sizes[path])
        total = sum(self.sizes[path] for path in left)
        large = sum(self.sizes[path] > PIECE for path in left)
        batches = [[path] for path in left[:large]]
        batches += [left[at : at + _BATCH] for at in range(large, len(left), _BATCH)]
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="digest") as pool:
            waiting = [pool.submit(self._hash_batch, batch, total) for batch in batches]
            yield
            for found in waiting:
                found.result()

    def _hash_batch(self, paths: list[str], total: int) -> None:
        buffer = bytearray(PIECE)
        for path in paths:
            try:
                self._digests[path] = self._hash(path, buffer, total)
            except OSError:
                self.alter(path, "it could not be read")

    def _hash(self, path: str, buffer: bytearray, total: int) -> str:
        hasher, size = hashlib.sha256(), self.sizes[path]
        view = memoryview(buffer)
        with self._open(path) as file:
            while got := file.readinto(buffer):
                if self._cancelled():
                    raise Cancelled
                hasher.update(view[:got])
                with self._lock:
                    self._done += got
                    self._progress(min(self._done, total), total)
                    if got == size <= _KEPT_SIZE and self._room >= size and path.endswith(_TEXTS):
                        self._kept[path] = bytes(view[:got])
                        self._room -= size
        return hasher.hexdigest()

    def _open(self, path: str) -> io.FileIO:
        """Never follows a link that took a file's place meanwhile."""
        flags = os.O_RDONLY
        if sys.platform == "win32":
            flags |= os.O_BINARY
        else:
            flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.fdopen(os.open(f"{self._top}/{path}", flags), "rb", buffering=0)

    def digest(self, path: str) -> str | None:
        """SHA-256 of a file, None where it is not there or could not be read."""
        return self._digests.get(path)

    def read(self, path: str) -> bytes | None:
        """A file's bytes, None where it is not there or not what was hashed (named then)."""
        if path not in self.sizes:
            return None
        if self.sizes[path] > LARGEST_TEXT:
            self.alter(path, "it is far larger than any such file of a pack")
            return None
        if path in self._kept:
            return self._kept[path]
        try:
            with self._open(path) as file:
                raw = file.read()
        except OSError:
            self.alter(path, "it could not be read")
            return None
        known = self._digests.get(path)
        if known is not None and hashlib.sha256(raw).hexdigest() != known:
            self.alter(path, "it gave other bytes at a second reading")
            return None
        return raw

    def read_intact(self, path: str) -> bytes | None:
        """A file's bytes where they are those that were sealed, else None (named already)."""
        return self.read(path) if self.intact(path) else None

    def lines(self, path: str) -> Iterator[bytes]:
        """Lines of an intact text file, split on LF alone, without it; one that has no end is named, none follows.

        What the medium gives at this second reading is held against the digest too.
        """
        if not self.intact(path):
            return
        hasher = hashlib.sha256()
        try:
            with io.BufferedReader(self._open(path), PIECE) as file:
                while line := file.readline(LONGEST_LINE):
                    if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                        self.alter(path, "a line of it is far longer than any entry")
                        return
                    hasher.update(line)
                    yield line.removesuffix(b"\n")
        except OSError:
            self.alter(path, "it could not be read")
            return
        if hasher.hexdigest() != self._digests[path]:
            self.alter(path, "it gave other bytes at a second reading")
