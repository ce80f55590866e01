"""The desk's folder: what lies where, and whether it is there (format section 4)."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import StoreError
from dsl_desk.store.disks import RefusedPlaceError, reached
from dsl_desk.store.files import file_errors
from dsl_desk.store.slots_file import COPIES, THIRD_SUFFIX

RECORDS: Final = "desk.db"
HOT_JOURNAL: Final = "desk.db-journal"
LOCK: Final = "desk.lock"
RESERVE: Final = "desk.reserve"
BLOBS: Final = "blobs"


class MissingFolderError(StoreError):
    """The desk's folder is not there. Nothing was changed and nothing made anew; look whether it was moved."""


class NoDeskError(MissingFolderError):
    """There is no desk in this folder. Nothing was changed; look whether it was moved, or name the desk's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything of one desk lies on this laptop."""

    folder: Path
    config: Path
    """This login's configuration folder, which holds the third copy of the key slots."""

    @property
    def records(self) -> Path:
        """`desk.db`: all records."""
        return self.folder / RECORDS

    @property
    def hot_journal(self) -> Path:
        """What SQLCipher needs after a loss of power."""
        return self.folder / HOT_JOURNAL

    @property
    def lock(self) -> Path:
        """`desk.lock`: held for the life of the process."""
        return self.folder / LOCK

    @property
    def blobs(self) -> Path:
        """Sealed content."""
        return self.folder / BLOBS

    def third_copy(self, desk: str) -> Path:
        """This login's copy of the key slots of a desk."""
        return self.config / f"{desk}{THIRD_SUFFIX}"

    def third_copies(self) -> list[Path]:
        """Copies of the key slots of every desk this login has opened."""
        with file_errors():
            return sorted(self.config.glob(f"*{THIRD_SUFFIX}")) if self.config.is_dir() else []


def check_empty(folder: Path) -> None:
    """Raise RefusedPlaceError where anything stands in the folder; one that is not there yet is empty."""
    with file_errors():
        if folder.exists() and any(folder.iterdir()):
            raise RefusedPlaceError("There is something in this folder already. Choose an empty one for the desk.")


def make_folder(folder: Path) -> None:
    """Make the desk's folder and what stands in it, for its owner alone; refused where a desk stands already."""
    with file_errors():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_empty(folder)
        _close(folder)
        (folder / BLOBS).mkdir(mode=0o700)
        _close(folder / BLOBS)


def unmake_folder(places: Places) -> None:
    """Take back an empty desk folder that was just made; where any record stands in it nothing is touched."""
    with file_errors():
        if places.records.exists() or (places.blobs.is_dir() and any(places.blobs.iterdir())):
            return
        if places.blobs.is_dir():
            places.blobs.rmdir()
        places.lock.unlink(missing_ok=True)


def _close(folder: Path) -> None:
    if sys.platform != "win32" and not folder.stat().st_mode & stat.S_ISGID:
        folder.chmod(0o700)


def check_folder(places: Places) -> None:
    """Raise MissingFolderError where there is no desk's folder; close it to others where it stands open.

    A folder in which nothing of a desk lies is somebody's own: NoDeskError, and its rights stay as they are.
    """
    with reached():
        if not places.folder.is_dir():
            raise MissingFolderError
        if not any((places.folder / name).exists() for name in (RECORDS, *COPIES, LOCK, RESERVE, BLOBS)):
            raise NoDeskError
    with file_errors():
        for folder in (places.folder, places.blobs):
            if folder.is_dir():
                _tighten(folder)


def _tighten(folder: Path) -> None:
    """0700 for one login, 2770 for a group of them; wider rights are taken away, and files' with them."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    wanted = 0o2770 if mode & stat.S_ISGID else 0o700
    if mode != wanted and folder.stat().st_uid == os.geteuid():
        folder.chmod(wanted)
