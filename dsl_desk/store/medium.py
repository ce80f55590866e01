"""Large files on a backup medium: copied with their SHA-256 taken on the way, and read back past the cache."""

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import DiskFullError, MediumError
from dsl_desk.store.files import PART, FileFaultError, ReadBackError

_CHUNK: Final = 1024 * 1024


class MediumFullError(MediumError):
    """There is no room left on the medium. No finished backup was left on it; the desk itself is unchanged."""


@contextlib.contextmanager
def medium_errors() -> Iterator[None]:
    """Whatever goes wrong with a medium, in one plain sentence."""
    try:
        yield
    except DiskFullError:
        raise MediumFullError from None
    except (OSError, FileFaultError, ReadBackError):
        raise MediumError from None


def digest_of_file(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read from the disk and not from the cache where the system allows."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        _forget_cache(file.fileno())
        buffer = memoryview(bytearray(_CHUNK))
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
            size += count
    return digest.hexdigest(), size


def _forget_cache(handle: int) -> None:
    if sys.platform == "linux":
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def copy_beside(source: Path, target: Path) -> tuple[str, int]:
    """Copy as `.part`, force out, read back, rename; gives SHA-256 and size of what was read from the source.

    Raises ReadBackError where the medium gives back other bytes. On any error the part is taken away.
    """
    part = target.with_name(target.name + PART)
    try:
        read = _copy(source, part)
        if digest_of_file(part) != read:
            raise ReadBackError
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return read


def _copy(source: Path, part: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    buffer = memoryview(bytearray(_CHUNK))
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with (
        source.open("rb", buffering=0) as reading,
        os.fdopen(os.open(part, flags, 0o600), "wb", buffering=0) as writing,
    ):
        while count := reading.readinto(buffer):
            digest.update(buffer[:count])
            _write_all(writing.fileno(), buffer[:count])
            size += count
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def _write_all(handle: int, content: memoryview) -> None:
    while content:
        content = content[os.write(handle, content) :]
