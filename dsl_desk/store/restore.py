"""Putting a backup back: into a new folder, with the old store kept beside it (format sections 3 and 4).

Opening then finds records older than the laptop has seen, and two people say that
this is meant. What was destroyed since the backup is destroyed again first.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from dsl_desk.domain.moments import Moment
from dsl_desk.store.accounts import Two
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.files import file_errors, fsync_dir, fsync_file
from dsl_desk.store.folder import BLOBS, RECORDS, Places, check_place, make_folder
from dsl_desk.store.folder_lock import take_lock
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.medium import copy_beside, digest_of_file, medium_errors
from dsl_desk.store.register_values import Disposal
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.verify_backup import POOL, SIGNATURE, BadBackupError, read_manifest


def put_back(laptop: Laptop, backup_set: Path, at: Moment) -> Path | None:
    """Put a backup in the desk's place; gives the folder where the store it replaces is kept, if there was one.

    Every file is compared with the manifest before and after. Whether the manifest
    is the desk's own can only be judged with a key, at the opening that follows;
    then `verify_backup` says it. Raises BadBackupError, MediumError, InUseError.
    """
    places = laptop.places
    _check_set(backup_set)
    check_place(places.folder, laptop.disks)
    kept = _set_aside(places, at) if places.folder.exists() else None
    try:
        make_folder(places.folder)
        _fill(places, backup_set)
    except BaseException:
        _undo(places, kept)
        raise
    return kept


def _check_set(folder: Path) -> None:
    with medium_errors():
        if not (folder / SIGNATURE).is_file():
            raise BadBackupError("This backup was never finished. Use another; nothing was changed.")
        for name, expected in read_manifest(folder).files.items():
            if digest_of_file(folder / name) != expected:
                raise BadBackupError(f"The backup's {name} was altered or is damaged. Nothing was changed.")


def _set_aside(places: Places, at: Moment) -> Path:
    """Rename the store that is replaced; refused while it is open anywhere."""
    kept = places.folder.with_name(f"{places.folder.name}-superseded-{at.utc:%Y%m%dT%H%M%S}")
    take_lock(places).release(force=True)
    with file_errors():
        places.folder.rename(kept)
    fsync_dir(kept.parent)
    return kept


def _undo(places: Places, kept: Path | None) -> None:
    """Put the old store back in its place; only what this restore wrote itself is taken away."""
    with file_errors():
        if places.folder.exists():
            shutil.rmtree(places.folder)
        if kept is not None:
            kept.rename(places.folder)


def _fill(places: Places, backup_set: Path) -> None:
    manifest = read_manifest(backup_set)
    wanted = [(backup_set / "desk.db", places.folder / RECORDS, manifest.files["desk.db"])]
    wanted += [(backup_set / "desk.slots", places.folder / name, manifest.files["desk.slots"]) for name in COPIES]
    pool = backup_set.parent / POOL
    wanted += [(pool / blob, places.folder / BLOBS / blob, expected) for blob, expected in manifest.blobs.items()]
    for source, target, expected in wanted:
        with medium_errors():
            if copy_beside(source, target) != expected:
                raise BadBackupError("The backup gave back other bytes than its list names. Nothing was changed.")
        with file_errors():
            target.chmod(0o600)
        fsync_file(target)
    fsync_dir(places.folder / BLOBS)
    fsync_dir(places.folder)


def disposals_since(replaced: OpenDesk, restored: OpenDesk) -> tuple[Disposal, ...]:
    """What two people destroyed in the replaced store and the backup still holds."""
    known = {(one.strand, one.first, one.last) for one in restored.kept.register.disposals}
    return tuple(one for one in replaced.kept.register.disposals if (one.strand, one.first, one.last) not in known)


def repeat_disposals(desk: OpenDesk, disposals: Sequence[Disposal], *, by: Two, at: Moment) -> int:
    """Destroy again what was destroyed since the backup, before anybody works; gives how many records that were."""
    done = 0
    for one in disposals:
        if any(desk.kept.strands.rows(one.strand)):
            desk.dispose(one.strand, one.first, one.last, "destroyed before the backup was put back", at, by)
            done += 1
    return done
