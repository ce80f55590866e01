"""Writing to a medium and reading it back on other threads meanwhile, in constant memory.

The calling thread reads, hashes and writes; what it wrote is handed over every
32 MiB to a checking thread, which syncs it, makes the system forget it and reads
it back from the medium itself. Small files are handed over in groups, synced
together where the system can do that.
"""

import hashlib
import os
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.errors import Cancelled, DslDeskError, MediumError
from dsl_desk.exports.files import (
    ALTERED,
    GONE,
    PIECE,
    Hasher,
    create,
    medium_errors,
    read_back,
    sync_and_read_back,
    sync_folder,
    sync_system,
    write_all,
)

SEGMENT = 32 << 20
SMALL = 4 << 20
GROUP = 64
_SYNCING = 4
"""Threads that sync small files one by one where there is no way to sync them together."""
_PATIENCE = 0.2
"""Seconds after which a slow medium is reported as being waited for, so that a stop is heard meanwhile."""
_AHEAD = 4
"""Segments written but not yet read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file as it was written and read back."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class _Segment:
    path: str
    start: int
    end: int
    digest: bytes | None
    """Digest of the whole file with its last segment, None before."""


_Small = tuple[str, int, bytes]
"""A small file: where, how many bytes, and their digest."""


class MediumWriter:
    """Writes the files of one pack under a folder that it makes; `settle` waits until all were read back.

    Raises MediumError (full, removed, gives back other bytes) and Cancelled from
    any call; whoever made it closes it in every case.
    """

    def __init__(self, top: Path, *, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> None:
        self._top, self._progress, self._cancelled = top, progress, cancelled
        self.written: dict[str, Written] = {}
        self._folders: set[str] = {str(top)}
        self._fault: DslDeskError | None = None
        self._segments: queue.SimpleQueue[_Segment | None] = queue.SimpleQueue()
        self._ahead = threading.Semaphore(_AHEAD)
        self._group: list[_Small] = []
        self._syncing: list[Future[None]] = []
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="read-back-group")
        self._one_by_one = ThreadPoolExecutor(_SYNCING, thread_name_prefix="read-back-one")
        self._checker = threading.Thread(target=self._check_segments, name="read-back", daemon=True)
        with medium_errors():
            top.mkdir(mode=0o700)
        self._checker.start()

    def write(self, path: str, chunks: Iterable[bytes | bytearray | memoryview]) -> Written:
        """Write one file, piece by piece; the pieces' own errors pass through."""
        target = f"{self._top}/{path}"
        self._pause()
        with medium_errors():
            self._make_folder(target.rpartition("/")[0])
            descriptor = create(target)
        hasher = hashlib.sha256()
        size = handed = 0
        try:
            for chunk in chunks:
                self._pause()
                hasher.update(chunk)
                with medium_errors():
                    write_all(descriptor, chunk)
                size += len(chunk)
                self._progress(len(chunk))
                if size - handed >= SEGMENT:
                    self._hand_over(_Segment(target, handed, size, None))
                    handed = size
        finally:
            with medium_errors():
                os.close(descriptor)
        if handed or size > SMALL:
            self._hand_over(_Segment(target, handed, size, hasher.digest()))
        else:
            self._add_to_group(target, size, hasher.digest())
        self.written[path] = found = Written(sha256=hasher.hexdigest(), size=size)
        return found

    def settle(self) -> None:
        """Wait until everything written so far lies on the medium and was read back."""
        self._send_group()
        self._wait_for_group()
        for _ in range(_AHEAD):
            self._take_turn()
        for _ in range(_AHEAD):
            self._ahead.release()
        self._pause()

    def sync_folders(self) -> None:
        """Make every name last."""
        with medium_errors():
            if not sync_system(self._top):
                for folder in sorted(self._folders, reverse=True):
                    sync_folder(Path(folder))

    def close(self) -> None:
        """Stop the other threads; safe to call twice, and after any error."""
        self._segments.put(None)
        self._checker.join()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._one_by_one.shutdown(wait=True, cancel_futures=True)

    def _make_folder(self, folder: str) -> None:
        if folder in self._folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        os.mkdir(folder, mode=0o700)  # noqa: PTH102 - a pack has thousands of folders; this is the quicker one
        self._folders.add(folder)

    def _pause(self) -> None:
        """Between pieces: stop if somebody asked for it or the medium failed behind us."""
        if self._fault is not None:
            raise self._fault
        if self._cancelled():
            raise Cancelled

    def _take_turn(self) -> None:
        while not self._ahead.acquire(timeout=_PATIENCE):
            self._progress(0)
            self._pause()
            if not self._checker.is_alive():
                raise MediumError(GONE)

    def _hand_over(self, segment: _Segment) -> None:
        self._take_turn()
        self._segments.put(segment)

    def _check_segments(self) -> None:
        buffer = bytearray(PIECE)
        hasher = hashlib.sha256()
        while (segment := self._segments.get()) is not None:
            if self._fault is None:
                try:
                    hasher = hashlib.sha256() if segment.start == 0 else hasher
                    with medium_errors():
                        sync_and_read_back(segment.path, segment.start, segment.end, hasher, buffer)
                    if segment.digest is not None and hasher.digest() != segment.digest:
                        raise MediumError(ALTERED)
                except MediumError as error:
                    self._fault = error
            self._ahead.release()

    def _add_to_group(self, path: str, size: int, digest: bytes) -> None:
        self._group.append((path, size, digest))
        if len(self._group) >= GROUP:
            self._send_group()

    def _send_group(self) -> None:
        group, self._group = self._group, []
        self._wait_for_group()
        if group:
            self._syncing = [self._pool.submit(self._check_group, group)]

    def _wait_for_group(self) -> None:
        waiting, self._syncing = self._syncing, []
        for one in waiting:
            while not wait((one,), timeout=_PATIENCE).done:
                self._progress(0)
            one.result()

    def _check_group(self, group: list[_Small]) -> None:
        """Sync a group of small files, then read each back; on another thread."""
        with medium_errors():
            together = sync_system(self._top)
        buffer = bytearray(PIECE)
        if together:
            for one in group:
                _check_small(one, buffer, read_back)
            return
        for done in [self._one_by_one.submit(_check_small, one, bytearray(PIECE), _sync_first) for one in group]:
            done.result()


def _sync_first(path: str, size: int, hasher: Hasher, buffer: bytearray) -> None:
    sync_and_read_back(path, 0, size, hasher, buffer)


def _check_small(one: _Small, buffer: bytearray, read: Callable[[str, int, Hasher, bytearray], None]) -> None:
    path, size, digest = one
    hasher = hashlib.sha256()
    with medium_errors():
        read(path, size, hasher, buffer)
    if hasher.digest() != digest:
        raise MediumError(ALTERED)
