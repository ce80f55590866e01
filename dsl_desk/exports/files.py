"""Files on a medium: written once, synced, read back past the page cache; each system's calls behind one function."""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from dsl_desk.domain.errors import MediumError

PIECE = 1 << 20
"""How much is read at a time."""

FULL = (
    "There is no room left on the medium. No finished pack was left on it and the desk itself is unchanged. "
    "Free some room or take a larger medium, and try again."
)
TOO_LARGE = (
    "One file is larger than this medium’s format allows (FAT32 takes less than 4 GB a file). No finished pack was "
    "left on it. Take a medium formatted as exFAT or NTFS, and try again."
)
READ_ONLY = (
    "The medium cannot be written: it is write-protected or belongs to somebody else. "
    "Nothing was left on it and the desk itself is unchanged. Take another medium, and try again."
)
THERE_ALREADY = (
    "A file or folder of this name is already on the medium. It was not touched and nothing was written. "
    "Take another folder, or move the earlier one away."
)
GONE = (
    "The medium was removed or no longer answers. No finished pack was left on it and the desk itself is unchanged. "
    "Put the medium in again, or take another one, and start the pack anew."
)
ALTERED = (
    "The medium gave back other bytes than were written to it. No finished pack was left on it and the desk itself "
    "is unchanged. Take another medium; do not use this one for evidence."
)


class Hasher(Protocol):
    """A running digest."""

    def update(self, data: memoryview, /) -> None:
        """Take in the next bytes."""

    def digest(self) -> bytes:
        """The digest so far."""


@contextlib.contextmanager
def medium_errors() -> Iterator[None]:
    """Tell what a medium did in a plain sentence; no path and no system text reaches anybody."""
    try:
        yield
    except OSError as error:
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                raise MediumError(FULL) from error
            case errno.EFBIG:
                raise MediumError(TOO_LARGE) from error
            case errno.EROFS | errno.EACCES | errno.EPERM:
                raise MediumError(READ_ONLY) from error
            case errno.EEXIST:
                raise MediumError(THERE_ALREADY) from error
            case _:
                raise MediumError(GONE) from error


def create(path: Path | str) -> int:
    """A descriptor for a new file, its owner's alone; never follows a link and never overwrites."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR
    if sys.platform == "win32":
        flags |= os.O_BINARY | os.O_NOINHERIT
    else:
        flags |= os.O_NOFOLLOW | os.O_CLOEXEC
    return os.open(path, flags, 0o600)


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write every byte, however often the system takes only a part."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def sync_folder(folder: Path) -> None:
    """Make names in a folder last; Windows has no such call and keeps them with the file."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_system(folder: Path) -> bool:
    """Sync everything of the file system that holds a folder; False where the system has no such call.

    One call for a group of small files spares a stick one flush a file. It is Linux's
    alone; elsewhere each file is synced by itself.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - Python itself has no syncfs

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syncfs(descriptor) != 0:
            raise OSError(ctypes.get_errno(), "syncfs")
    except AttributeError:
        return False
    finally:
        os.close(descriptor)
    return True


def _forget(descriptor: int, start: int) -> None:
    """Drop what the system remembers of a synced file, so that the next read comes from the medium."""
    if sys.platform != "win32" and hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, start, 0, os.POSIX_FADV_DONTNEED)


def sync_and_read_back(path: Path | str, start: int, end: int, hasher: Hasher, buffer: bytearray) -> None:
    """Sync what was written so far and take `start` to `end` into the digest as the medium gives it back."""
    with open(path, "r+b", buffering=0) as file:  # noqa: PTH123 - a pack has thousands of files; this is the quicker one
        os.fsync(file.fileno())
        _read_back(file, start, end, hasher, buffer)


def read_back(path: Path | str, size: int, hasher: Hasher, buffer: bytearray) -> None:
    """Take a file that was synced already into the digest as the medium gives it back."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - see above
        _read_back(file, 0, size, hasher, buffer)


def _read_back(file: io.FileIO, start: int, end: int, hasher: Hasher, buffer: bytearray) -> None:
    _forget(file.fileno(), start)
    file.seek(start)
    left = end - start
    view = memoryview(buffer)
    while left:
        got = file.readinto(view[: min(left, len(buffer))])
        if not got:
            raise MediumError(ALTERED)
        hasher.update(view[:got])
        left -= got


def free_room(folder: Path) -> int:
    """Bytes that may still be written under a folder."""
    if sys.platform == "win32":
        import shutil  # noqa: PLC0415 - Windows alone has no statvfs

        return shutil.disk_usage(folder).free
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize
