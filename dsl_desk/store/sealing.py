"""Sealing a source into a `.part` file in one pass, on both cores (format sections 2 and 8).

The content's digest is taken over the very buffers that are sealed. Until the
entry's transaction commits, the key exists in memory alone: whatever is left of an
aborted sealing are bytes that nobody can read.
"""

import contextlib
import hashlib
import os
import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dsl_desk.domain.errors import HaltedError, InputError
from dsl_desk.domain.words import BlobId, DeskId, Digest
from dsl_desk.store.blob_format import (
    CHUNK,
    FILE_TIME,
    KEY_BYTES,
    TAG,
    associated,
    chunk_length,
    chunks,
    nonce,
    padded_length,
)
from dsl_desk.store.files import PART, file_errors, private_mode, remove
from dsl_desk.store.values import Allowed, Readable, Source

_BUFFERS: Final = 4
_FLUSH_EVERY: Final = 32
"""Chunks after which the disk is asked to write, so that the last fsync has little left."""
_COUNT = "What was to be taken in changed while it was read. Nothing of it was kept. Copy it first, then add the copy."

Chunk = tuple[bytearray, bytearray]


@dataclass(slots=True, kw_only=True)
class Sealed:
    """A source that is sealed in its `.part` and in no record yet."""

    blob: BlobId
    key: bytes = field(repr=False)
    part: Path
    size: int
    sha256: Digest
    file_sha256: str
    handle: int
    """Open for the fsync; -1 once closed."""

    @property
    def path(self) -> Path:
        """Its place once the entry stands."""
        return self.part.with_name(self.blob)

    def sync(self) -> None:
        """Force it out, set its times to what every file of the desk has, and close it."""
        with file_errors():
            os.fsync(self.handle)
        self.close()

    def close(self) -> None:
        """Close it where it was forced out, with the times that every file of the desk has."""
        with file_errors():
            os.close(self.handle)
            self.handle = -1
            os.utime(self.part, (FILE_TIME, FILE_TIME))

    def drop(self) -> None:
        """Forget the key and take the unreadable bytes away."""
        self.key = b""
        if self.handle >= 0:
            with contextlib.suppress(OSError):
                os.close(self.handle)
            self.handle = -1
        remove(self.part)


class _Halt:
    """Asks whether content may still come in."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed

    def check(self) -> None:
        if not self._allowed():
            raise HaltedError


def _create(folder: Path, blob: BlobId) -> tuple[Path, int]:
    part = folder / f"{blob}{PART}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with file_errors():
        return part, os.open(part, flags, private_mode(folder))


def _read(source: Readable, buffer: memoryview) -> None:
    got = 0
    while got < len(buffer):
        with source_errors():
            count = source.readinto(buffer[got:])
        if not count:
            raise InputError(_COUNT)
        got += count


@contextlib.contextmanager
def source_errors() -> Iterator[None]:
    """What a medium says when it cannot be read, in plain words; without its name."""
    try:
        yield
    except OSError:
        raise InputError("What was to be taken in could not be read. Nothing of it was kept.") from None


def _write(handle: int, content: memoryview) -> None:
    while content:
        content = content[os.write(handle, content) :]


class _Sealing:
    """One source on its way into one `.part`."""

    def __init__(self, desk: DeskId, source: Source, folder: Path, allowed: Allowed) -> None:
        self._desk = desk
        self._halt = _Halt(allowed)
        self.blob = BlobId(secrets.token_hex(16))
        self._key = secrets.token_bytes(KEY_BYTES)
        self._cipher = AESGCM(self._key)
        self._content, self._file = hashlib.sha256(), hashlib.sha256()
        with source_errors():
            self._readable, self.size = source.open()
        self._padded = padded_length(self.size)
        self.part, self.handle = _create(folder, self.blob)

    def chunks(self) -> int:
        return chunks(self._padded)

    def seal(self, number: int, buffers: Chunk) -> memoryview:
        """Read a chunk, seal it, and take the content's digest over the very bytes that were sealed."""
        self._halt.check()
        plain, sealed = buffers
        length = chunk_length(number, self._padded)
        content = max(0, min(length, self.size - number * CHUNK))
        view = memoryview(plain)[:length]
        _read(self._readable, view[:content])
        view[content:] = bytes(length - content)
        out = memoryview(sealed)[: length + TAG]
        self._cipher.encrypt_into(nonce(number), view, associated(self._desk, self.blob, number, self._padded), out)
        self._content.update(view[:content])
        return out

    def store(self, sealed: memoryview) -> None:
        """Write a sealed chunk, and take the file's digest."""
        self._file.update(sealed)
        with file_errors():
            _write(self.handle, sealed)

    def finish(self) -> Sealed:
        """All chunks are written: refuse a source that has more than its handle said."""
        with source_errors():
            if self._readable.readinto(memoryview(bytearray(1))):
                raise InputError(_COUNT)
        self._halt.check()
        return Sealed(
            blob=self.blob,
            key=self._key,
            part=self.part,
            size=self.size,
            sha256=Digest(self._content.hexdigest()),
            file_sha256=self._file.hexdigest(),
            handle=self.handle,
        )

    def close(self) -> None:
        self._readable.close()

    def abandon(self) -> None:
        """Drop the key and the bytes."""
        self._key = b""
        with contextlib.suppress(OSError):
            os.close(self.handle)
        remove(self.part)


def _buffers() -> Chunk:
    return bytearray(CHUNK), bytearray(CHUNK + TAG)


def seal_small(desk: DeskId, source: Source, folder: Path, allowed: Allowed) -> Sealed:
    """Seal one source on the calling thread; its fsync is left to the group it belongs to."""
    work = _Sealing(desk, source, folder, allowed)
    try:
        buffers = _buffers()
        for number in range(work.chunks()):
            work.store(work.seal(number, buffers))
        return work.finish()
    except BaseException:
        work.abandon()
        raise
    finally:
        work.close()


def seal_large(desk: DeskId, source: Source, folder: Path, allowed: Allowed, told: Callable[[int], None]) -> Sealed:
    """Seal one source on two cores: this thread reads, seals and digests; another digests the file and writes it.

    `told` hears of each chunk's bytes on this thread and may raise `Cancelled`.
    Memory is constant whatever the size.
    """
    work = _Sealing(desk, source, folder, allowed)
    writer = _Writer(work)
    try:
        try:
            for number in range(work.chunks()):
                buffers = writer.free()
                sealed = work.seal(number, buffers)
                writer.put(buffers, sealed)
                told(len(sealed) - TAG)
        finally:
            writer.stop()
        writer.check()
        return work.finish()
    except BaseException:
        work.abandon()
        raise
    finally:
        work.close()


class _Writer:
    """The second thread of a large sealing, and a third that keeps the disk busy."""

    def __init__(self, work: _Sealing) -> None:
        self._work = work
        self._errors: list[BaseException] = []
        self._free: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self._full: queue.SimpleQueue[tuple[Chunk, memoryview] | None] = queue.SimpleQueue()
        self._flush: queue.SimpleQueue[bool] = queue.SimpleQueue()
        for _ in range(_BUFFERS):
            self._free.put(_buffers())
        self._threads = [threading.Thread(target=self._run, daemon=True)]
        self._threads.append(threading.Thread(target=self._keep_flushing, daemon=True))
        for thread in self._threads:
            thread.start()

    def free(self) -> Chunk:
        """Buffers to fill; raises what went wrong in the writing."""
        self.check()
        return self._free.get()

    def put(self, buffers: Chunk, sealed: memoryview) -> None:
        self._full.put((buffers, sealed))

    def check(self) -> None:
        if self._errors:
            raise self._errors[0]

    def stop(self) -> None:
        """Let both threads finish what is queued."""
        self._full.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        written = 0
        while (item := self._full.get()) is not None:
            buffers, sealed = item
            if not self._errors:
                self._attempt(lambda sealed=sealed: self._work.store(sealed))  # type: ignore[misc]  # bound now
            written += 1
            if written % _FLUSH_EVERY == 0:
                self._flush.put(True)
            self._free.put(buffers)
        self._flush.put(False)

    def _keep_flushing(self) -> None:
        while self._flush.get():
            self._attempt(self._flush_now)

    def _flush_now(self) -> None:
        with file_errors():
            os.fsync(self._work.handle)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that asked, which raises it
            self._errors.append(error)
