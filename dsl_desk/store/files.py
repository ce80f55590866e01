"""Files that must not be half there: written beside, forced out, read back, then put in place (format section 4).

The one place where the store meets the differences between systems: modes and
folder fsync on one side, sharing violations on the other.
"""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import DiskFullError, StoreError
from dsl_desk.store.steps import Steps, no_steps

PART: Final = ".part"
_REPLACE_SECONDS: Final = 5.0
_RETRY_EVERY: Final = 0.05
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FileFaultError(StoreError):
    """A file of the desk could not be written or read. Nothing of this was kept; the file before it is in force."""


class ReadBackError(StoreError):
    """The disk gave back other bytes than were written. The file before it is in force. Do not trust this disk."""


@contextlib.contextmanager
def file_errors() -> Iterator[None]:
    """Turn what the system says of files into plain sentences, without paths."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError from None
        raise FileFaultError from None


def private_mode(folder: Path) -> int:
    """0600, or 0660 where the folder is shared by a group of logins (setgid)."""
    if sys.platform == "win32":
        return 0o600
    return 0o660 if folder.stat().st_mode & stat.S_ISGID else 0o600


def create_private(path: Path) -> None:
    """Make an empty file that only the desk's logins can read; refused where anything stands already."""
    with file_errors():
        mode = private_mode(path.parent)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), mode)
        try:
            _set_mode(handle, mode)
        finally:
            os.close(handle)


def _set_mode(handle: int, mode: int) -> None:
    if sys.platform != "win32":
        os.fchmod(handle, mode)


def fsync_dir(folder: Path) -> None:
    """Make the names in a folder durable. Windows keeps them itself and offers nothing to call."""
    if sys.platform == "win32":
        return
    with file_errors():
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_together(folder: Path) -> bool:
    """Force out everything of the file system that holds a folder; False where that cannot be relied on.

    Linux alone has such a call, and tells of a failed write only from 5.8 on; elsewhere
    each file is forced out by itself.
    """
    if sys.platform != "linux" or not _tells_of_failures(os.uname().release):
        return False
    import ctypes  # noqa: PLC0415 - Python itself has no syncfs

    with file_errors():
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.syncfs(handle) != 0:
                raise OSError(ctypes.get_errno(), "syncfs")
        except AttributeError:
            return False
        finally:
            os.close(handle)
    return True


def _tells_of_failures(release: str) -> bool:
    """Whether `syncfs` of this kernel reports writes that failed."""
    found = re.match(r"([0-9]+)\.([0-9]+)", release)
    return found is not None and (int(found[1]), int(found[2])) >= (5, 8)


def fsync_file(path: Path) -> None:
    """Force a file's content out to the disk."""
    with file_errors(), path.open("r+b") as file:
        os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Put a file in another's place in one step.

    Windows refuses while somebody reads the target: tried again for five
    seconds, then the old file stays in force.
    """
    with file_errors():
        if sys.platform == "win32":
            _patiently(lambda: source.replace(target))
        else:
            source.replace(target)


def _patiently(act: Callable[[], object]) -> None:
    deadline = time.monotonic() + _REPLACE_SECONDS
    while True:
        try:
            act()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_RETRY_EVERY)
        else:
            return


def remove(path: Path) -> None:
    """Take a file away; one that is gone already is no fault."""
    with file_errors():
        if sys.platform == "win32":
            _patiently(lambda: path.unlink(missing_ok=True))
        else:
            path.unlink(missing_ok=True)


def stands(path: Path) -> bool:
    """Whether anything is at a path; what cannot be reached, or is no name at all, is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder is at a path that can be reached."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_file(path: Path) -> bytes:
    """The whole of a small file; raises FileFaultError."""
    with file_errors():
        return path.read_bytes()


def write_beside(path: Path, content: bytes, steps: Steps = no_steps, *, private: bool = True) -> None:
    """Write a small file so that at any moment either the old or the new one is whole.

    Written as `.part`, fsync, read back, renamed, folder fsync. On any error the
    part is taken away and the old file stays in force. `private` is false on a
    medium, whose format may know no modes. Raises DiskFullError, ReadBackError or
    FileFaultError.
    """
    part = path.with_name(path.name + PART)
    try:
        _write_part(part, content, private_mode(path.parent) if private else None, steps)
        steps(f"{path.name} forced out")
        if read_file(part) != content:
            raise ReadBackError
        replace(part, path)
    except StoreError:
        with contextlib.suppress(StoreError):
            remove(part)
        raise
    steps(f"{path.name} renamed")
    fsync_dir(path.parent)
    steps(f"{path.name} in its folder")


def _write_part(part: Path, content: bytes, mode: int | None, steps: Steps) -> None:
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with file_errors():
        handle = os.open(part, flags, 0o600 if mode is None else mode)
        with os.fdopen(handle, "wb") as file:
            if mode is not None:
                _set_mode(handle, mode)
            file.write(content)
            file.flush()
            steps(f"{part.name} written")
            os.fsync(handle)
