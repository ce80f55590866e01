"""Archives for the way to the officer: a plain ZIP, or an AES-256 ZIP in which no name shows."""

from collections.abc import Callable
from pathlib import Path


def new_archive_code() -> str:
    """A generated code of 26 Crockford symbols (130 bits), to travel apart from the archive."""
    raise NotImplementedError


def plain_archive(
    pack: Path,
    out: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Write the finished pack folder as the one top folder of a stored ZIP; returns its SHA-256."""
    raise NotImplementedError


def encrypted_archive(
    pack: Path,
    out: Path,
    code: str,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """Write an AE-2 AES-256 ZIP whose only member is `<folder>.zip`; returns its SHA-256 (needs 7-Zip to open)."""
    raise NotImplementedError
