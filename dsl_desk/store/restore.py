"""Putting a backup back: into a new folder, with the old store kept beside it (format sections 3 and 4).

Opening then finds records older than the laptop has seen, and two people say that
this is meant. What was destroyed since the backup is destroyed again first.
"""

import contextlib
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from dsl_desk.domain.case_entries import ExhibitDestroyed
from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.moments import Moment, parse_utc
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import BlobId, StrandId
from dsl_desk.store.accounts import Two
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.disks import check_place
from dsl_desk.store.disposal import REPEATED
from dsl_desk.store.files import file_errors, fsync_dir, fsync_file, read_file
from dsl_desk.store.folder import BLOBS, RECORDS, Places, make_folder
from dsl_desk.store.folder_lock import take_lock
from dsl_desk.store.journal import EntryRow
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.medium import copy_beside, digest_of_file, medium_errors
from dsl_desk.store.register_values import Disposal
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.verify_backup import POOL, SIGNATURE, BadBackupError, read_manifest

_CHECKPOINT: Final = "checkpoint.json"
_SUPERSEDED: Final = "-superseded-"
_BLOB_ROW: Final = "SELECT 1 FROM blob WHERE blob = ?"
_THE_ONE_BEFORE: Final = 0
"""In place of the number of advice that is recorded again just before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFound:
    """A finished backup on a medium, as its own list tells of it; whether it is true is judged at the opening."""

    folder: Path
    entries: int
    at_utc: str


def backups_on(medium: Path) -> tuple[BackupFound, ...]:
    """Every finished backup in this folder or up to two folders below it, the one with most entries first."""
    with medium_errors():
        found = [one for folder in _folders(medium, depth=2) if (one := _finished(folder)) is not None]
    return tuple(sorted(found, key=lambda one: (one.entries, one.at_utc), reverse=True))


def _folders(folder: Path, *, depth: int) -> Iterator[Path]:
    """A folder and those below it; one that this login may not list (lost+found, System Volume Information) is none."""
    below = sorted(folder.iterdir())
    yield folder
    for one in below if depth else ():
        if one.is_dir() and not one.is_symlink() and one.name != POOL:
            with contextlib.suppress(PermissionError):
                yield from _folders(one, depth=depth - 1)


def _finished(folder: Path) -> BackupFound | None:
    if not (folder / SIGNATURE).is_file() or not (folder / _CHECKPOINT).is_file():
        return None
    try:
        match read_json(read_file(folder / _CHECKPOINT)):
            case {"format": "dsl-desk/backup/1", "seq": int(entries), "at_utc": str(at)}:
                parse_utc(at)
                return BackupFound(folder=folder, entries=entries, at_utc=at)
    except (DamagedError, ValueError):
        return None
    return None


def superseded(places: Places) -> tuple[Path, ...]:
    """Folders where stores that were replaced are kept beside the desk, the last one first.

    Not only the last: where a second backup is put back because the first was the
    wrong one, what stood there before both is two steps away.
    """
    named = re.compile(re.escape(f"{places.folder.name}{_SUPERSEDED}") + r"\d{8}T\d{6}")  # not a copy kept of one
    with file_errors():
        kept = sorted(one for one in places.folder.parent.iterdir() if named.fullmatch(one.name) and one.is_dir())
    return tuple(reversed(kept))


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
                raise BadBackupError(f"The backup’s {name} was altered or is damaged. Nothing was changed.")


def _set_aside(places: Places, at: Moment) -> Path:
    """Rename the store that is replaced; refused while it is open anywhere."""
    kept = places.folder.with_name(f"{places.folder.name}{_SUPERSEDED}{at.utc:%Y%m%dT%H%M%S}")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRepeat:
    """What two people had destroyed in a store that was replaced, as far as the restored one still holds it."""

    strand: StrandId
    first: int
    last: int
    """Clamped to the entries that both stores have in common; below `first` where none is to go."""
    blobs: tuple[BlobId, ...]
    because: tuple[EntryData, ...] = ()
    """Of content alone: the advice of the police, where the restored case lacks it, and that it was destroyed."""


def disposals_since(replaced: OpenDesk, restored: OpenDesk) -> tuple[ToRepeat, ...]:
    """What two people destroyed in the replaced store and the backup still holds."""
    found = (_to_repeat(one, replaced, restored) for one in replaced.kept.register.disposals)
    return tuple(one for one in found if one is not None)


def _to_repeat(one: Disposal, replaced: OpenDesk, restored: OpenDesk) -> ToRepeat | None:
    """One disposal again; None where nothing of it is left. Entries written since the backup are other entries."""
    there = {row.strand_seq: row for row in restored.kept.journal.rows(one.strand)}
    same = {row.strand_seq for row in replaced.kept.journal.rows(one.strand) if _is_same(there, row)}
    last = max((no for no in same if no <= one.last), default=one.first - 1)
    words = any(there[no].payload is not None for no in range(one.first, last + 1))
    blobs = tuple(BlobId(blob) for blob in one.blobs if restored.kept.database.one(_BLOB_ROW, (blob,)) is not None)
    if not words and not blobs:
        return None
    first, last = (one.first, last) if words else (1, 0)
    because = _because(replaced, restored, one, same) if one.last < one.first else ()
    return ToRepeat(strand=one.strand, first=first, last=last, blobs=blobs, because=because)


def _is_same(there: Mapping[int, EntryRow], row: EntryRow) -> bool:
    found = there.get(row.strand_seq)
    return found is not None and found.digest == row.digest


def _because(replaced: OpenDesk, restored: OpenDesk, one: Disposal, same: Collection[int]) -> tuple[EntryData, ...]:
    """The entries that say why content went, as the replaced store has them; none in a strand not this person's."""
    if not (replaced.kept.strands.readable(one.strand) and restored.kept.strands.readable(one.strand)):
        return ()
    before, entries = replaced.case(one.strand), list[EntryData]()
    for told in before.told(ExhibitDestroyed):
        held, said = before.exhibit(told.data.mark), before.entry_at(told.data.advice)
        if held is None or held.blob not in one.blobs or said is None or said.payload is None:
            continue
        advice = told.data.advice
        if advice not in same:
            entries.append(said.payload.data)
            advice = _THE_ONE_BEFORE
        entries.append(msgspec.structs.replace(told.data, advice=advice))
    return tuple(entries)


def repeat_disposals(desk: OpenDesk, disposals: Sequence[ToRepeat], *, by: Two, at: Moment) -> int:
    """Destroy again what was destroyed since the backup, before anybody works; gives how many times that was."""
    done = 0
    for one in disposals:
        if _is_left(desk, one):
            if one.because:
                desk.destroy_content(one.strand, tuple(_numbered(desk, one)), one.blobs, REPEATED, at, by)
            else:
                desk.repeat_disposal(one.strand, one.first, one.last, one.blobs, at, by)
            done += 1
    return done


def _numbered(desk: OpenDesk, one: ToRepeat) -> Iterator[EntryData]:
    """The entries as they will stand: advice that is recorded anew has another number here."""
    last = desk.kept.journal.strand_head(one.strand).seq
    for count, data in enumerate(one.because):
        anew = isinstance(data, ExhibitDestroyed) and data.advice == _THE_ONE_BEFORE
        yield msgspec.structs.replace(data, advice=last + count) if anew else data


def _is_left(desk: OpenDesk, one: ToRepeat) -> bool:
    """Whether anything of it is still there: two replaced stores may both have told of it."""
    kept = desk.kept
    rows = (row for row in kept.journal.rows(one.strand, one.first - 1) if row.strand_seq <= one.last)
    return any(row.payload is not None for row in rows) or any(
        kept.database.one(_BLOB_ROW, (blob,)) is not None for blob in one.blobs
    )
