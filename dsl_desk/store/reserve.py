"""Room kept for one entry: a halt must be recorded on a full disk too (format section 4)."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from dsl_desk.domain.errors import DiskFullError, StoreError
from dsl_desk.store.files import file_errors, private_mode, remove
from dsl_desk.store.folder import RESERVE

T = TypeVar("T")

SIZE: Final = 4 << 20
_ROOM: Final = 2 * SIZE
"""Only with this much free besides is the reserve made again."""


class Reserve:
    """`desk.reserve`: 4 MiB of written random bytes that a halt may have."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RESERVE

    def give_up(self) -> None:
        """Let the disk have it."""
        remove(self._path)

    def spend_if_full(self, act: Callable[[], T]) -> T:
        """Do this; where the disk is full, give the reserve up and do it once more."""
        try:
            return act()
        except DiskFullError:
            self.give_up()
            return act()

    def renew(self) -> bool:
        """Make it anew where there is room; true where it stands now. A disk without room is no error here."""
        with contextlib.suppress(OSError):
            if self._path.exists() and self._path.stat().st_size == SIZE:
                return True
            if shutil.disk_usage(self._path.parent).free < _ROOM:
                return False
        try:
            self._write()
        except StoreError:
            with contextlib.suppress(StoreError):
                remove(self._path)
            return False
        return True

    def _write(self) -> None:
        flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with file_errors():
            handle = os.open(self._path, flags, private_mode(self._path.parent))
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(SIZE))  # written for real: holes and zeros reserve nothing
                file.flush()
                os.fsync(handle)
