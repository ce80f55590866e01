"""A copy of a suspect desk, kept before anybody looks into it (format section 4)."""

import os
import shutil
from pathlib import Path
from typing import Final

from dsl_desk.domain.moments import Moment
from dsl_desk.store.files import file_errors, fsync_dir
from dsl_desk.store.folder import BLOBS, HOT_JOURNAL, RECORDS, Places
from dsl_desk.store.slots_file import COPIES

_FILES: Final = (RECORDS, HOT_JOURNAL, *COPIES)


def keep_copy(places: Places, at: Moment) -> Path:
    """Copy every file of the desk into a folder beside it, before anything is opened; returns that folder.

    Sealed content never changes, so it is linked where the disk can, else copied.
    Raises DiskFullError or FileFaultError. Call it with the folder locked and the
    records closed: closing a descriptor of them drops SQLite's own lock.
    """
    kept = places.folder.with_name(f"{places.folder.name}-kept-{at.utc:%Y%m%dT%H%M%S}")
    with file_errors():
        kept.mkdir(mode=0o700, exist_ok=True)
        (kept / BLOBS).mkdir(mode=0o700, exist_ok=True)
        for name in _FILES:
            source = places.folder / name
            if source.exists():
                _copy(source, kept / name)
        for blob in places.blobs.iterdir() if places.blobs.is_dir() else ():
            _link(blob, kept / BLOBS / blob.name)
    fsync_dir(kept)
    return kept


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _link(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        target.hardlink_to(source)
    except OSError:
        _copy(source, target)
