"""Backups: one pool of sealed content and one small set each time, verified by a fresh process (format section 4).

Content never changes once it is sealed, so a second backup costs what is new.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from dsl_desk.domain.desk_entries import BackupMade
from dsl_desk.domain.encoding import compact_json, sha256_hex
from dsl_desk.domain.errors import DamagedError, StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment, parse_utc
from dsl_desk.signatures import certificate_der, certificate_sha256, sign
from dsl_desk.store.accounts import custody_of
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.files import fsync_dir, read_file, write_beside
from dsl_desk.store.holdings import Holdings
from dsl_desk.store.medium import copy_beside, digest_of_file, medium_errors
from dsl_desk.store.sessions import Session
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.verify_backup import BASE, MANIFEST, POOL, SET_FILES, SIGNATURE, BadBackupError

Progress = Callable[[int, int], None]
"""Told what is done and what there is to do; stops the work by raising `Cancelled`."""

WHOLE_POOL_EVERY: Final = timedelta(days=30)
_PATIENCE: Final = 0.2
"""Seconds after which the process that verifies is reported as being waited for."""
_POOL_READ: Final = "pool_read_at_utc"
_PROGRAM: Final = Path(__file__).resolve().parents[2]
"""Where a fresh process finds this package, installed or not."""
_VERIFIER: Final = (sys.executable, "-m", "dsl_desk.store.verify_backup")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupWritten:
    """A backup that was written, read back and verified."""

    folder: Path
    head: Head
    manifest_sha256: str
    copied: int
    """How many sealed files were new on the medium."""
    left_out: tuple[str, ...]
    """Quarantined content, and content whose own file is damaged."""
    damaged: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Pool:
    blobs: list[dict[str, object]]
    left_out: list[str]
    damaged: list[str]
    copied: int = 0


def write_backup(
    desk: OpenDesk,
    medium: Path,
    at: Moment,
    progress: Progress,
    *,
    medium_name: str = "",
    whole_pool: bool = False,
    verifier: Sequence[str] = _VERIFIER,
) -> BackupWritten:
    """Write a backup to a medium, read it back, and have a fresh process verify it.

    Monthly, and with `whole_pool`, all sealed content on the medium is read and what
    is damaged written anew. Raises MediumError, BadBackupError, DamagedError,
    Cancelled; a set that was not finished is taken away again, the pool stays.
    """
    if desk.waits_for_check:
        raise StoreError("Check everything first: this desk was not closed in order. Nothing was changed.")
    holdings = custody_of(desk).holdings
    base = medium / f"{BASE}{holdings.desk}"
    with medium_errors():
        (base / POOL).mkdir(parents=True, exist_ok=True)
    whole_pool = whole_pool or _pool_is_due(holdings, at)
    before = desk.head()
    pool = _fill_pool(holdings, base / POOL, progress, whole_pool=whole_pool)
    if desk.head() != before:  # other work went first between two reports: what it took in belongs to this backup
        again = _fill_pool(holdings, base / POOL, lambda _done, _total: None, whole_pool=False)
        again.copied += pool.copied
        pool = again
    desk.checkpoint("backup", at)
    head = desk.head()
    folder = base / f"{head.seq}-{head.digest[:16]}"
    with _fresh_process(verifier, folder) as process:
        try:
            manifest = _write_set(desk, holdings, folder, head, pool, at)
            _verify(holdings, process, progress, whole_pool=whole_pool)
        except BaseException:
            _take_away(folder)
            raise
    _record(desk, holdings, head, sha256_hex(manifest), pool, medium_name, at, whole_pool=whole_pool)
    return BackupWritten(
        folder=folder,
        head=head,
        manifest_sha256=sha256_hex(manifest),
        copied=pool.copied,
        left_out=tuple(pool.left_out),
        damaged=tuple(pool.damaged),
    )


def _pool_is_due(holdings: Holdings, at: Moment) -> bool:
    last = holdings.database.state(_POOL_READ)
    return not isinstance(last, str) or at.utc - parse_utc(last) > WHOLE_POOL_EVERY


def _fill_pool(holdings: Holdings, pool: Path, progress: Progress, *, whole_pool: bool) -> _Pool:
    """Bring every sealed file that is not quarantined onto the medium."""
    rows = holdings.database.rows("SELECT blob, file_sha256, quarantined FROM blob ORDER BY blob")
    filled = _Pool(blobs=[], left_out=[], damaged=[])
    steps = holdings.laptop.steps
    here, there = _sizes(holdings.laptop.places.blobs), _sizes(pool)
    for number, (blob, sha256, quarantined) in enumerate(rows):
        progress(number, len(rows))
        size = here.get(blob)
        if quarantined or size is None:
            filled.left_out.append(blob)
            if size is None:
                filled.damaged.append(blob)
            continue
        with medium_errors():
            is_there = there.get(blob) == size and (not whole_pool or digest_of_file(pool / blob) == (sha256, size))
            if not is_there:
                if not _bring(holdings.laptop.places.blobs / blob, pool / blob, sha256):
                    filled.left_out.append(blob)
                    filled.damaged.append(blob)
                    continue
                filled.copied += 1
                steps("blob in the pool")
        filled.blobs.append({"id": blob, "sha256": sha256, "size": size})
    progress(len(rows), len(rows))
    with medium_errors():
        fsync_dir(pool)
    return filled


def _sizes(folder: Path) -> dict[str, int]:
    """Every file of a folder with its size, in one look."""
    with medium_errors(), os.scandir(folder) as found:
        return {one.name: one.stat().st_size for one in found if one.is_file(follow_symlinks=False)}


def _bring(source: Path, target: Path, sha256: str) -> bool:
    """Copy one sealed file; false, and nothing left, where the desk's own file is not what its row says."""
    found, _ = copy_beside(source, target)
    if found != sha256:
        target.unlink()
        return False
    return True


def _write_set(desk: OpenDesk, holdings: Holdings, folder: Path, head: Head, pool: _Pool, at: Moment) -> bytes:
    steps = holdings.laptop.steps
    with medium_errors():
        folder.mkdir()
        part = folder / "desk.db.part"
        holdings.database.vacuum_into(part)
        with contextlib.suppress(OSError):  # a medium's format may know no modes
            part.chmod(0o600)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(folder / "desk.db")
        steps("backup: records")
        slots = read_file(holdings.laptop.places.folder / COPIES[0])
        write_beside(folder / "desk.slots", slots, steps, private=False)
        write_beside(folder / "checkpoint.json", _checkpoint(desk, holdings, head, at), steps, private=False)
        manifest = _manifest(folder, pool)
        write_beside(folder / MANIFEST, manifest, steps, private=False)
        write_beside(folder / SIGNATURE, _signature(desk, holdings, manifest), steps, private=False)
        fsync_dir(folder.parent)
    return manifest


def _checkpoint(desk: OpenDesk, holdings: Holdings, head: Head, at: Moment) -> bytes:
    return compact_json(
        {
            "format": "dsl-desk/backup/1",
            "desk_id": holdings.desk,
            "seq": head.seq,
            "head": head.digest,
            "branch": desk.branch,
            "at_utc": at.at_utc,
        }
    )


def _manifest(folder: Path, pool: _Pool) -> bytes:
    files = []
    for name in SET_FILES:
        sha256, size = digest_of_file(folder / name)
        files.append({"path": name, "sha256": sha256, "size": size})
    return compact_json(
        {
            "format": "dsl-desk/backup-manifest/1",
            "files": files,
            "blobs": pool.blobs,
            "left_out": sorted(pool.left_out),
        }
    )


def _signature(desk: OpenDesk, holdings: Holdings, manifest: bytes) -> bytes:
    """The session's signature over the manifest, with what leads from it to the root."""
    session = desk.session
    return compact_json(
        {
            "statement": session.opened.statement,
            "statement_signature": session.opened.signature,
            "certificate": _certificate(holdings, session).hex(),
            "signature": sign(session.author.key, manifest).hex(),
        }
    )


def _certificate(holdings: Holdings, session: Session) -> bytes:
    register = holdings.register()
    issuance = register.speaking(session.author.account)
    if issuance is not None:
        return certificate_der(issuance.certificate)
    if register.root is None or certificate_sha256(register.root) != holdings.root_sha256:
        raise DamagedError
    return certificate_der(register.root)


@contextlib.contextmanager
def _fresh_process(verifier: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that will verify, started now: it waits for its keys while the set is being written."""
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, and a folder of ours
        [*verifier, str(folder)], stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=_PROGRAM
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _verify(holdings: Holdings, process: subprocess.Popen[str], progress: Progress, *, whole_pool: bool) -> None:
    """A fresh process opens the set from the medium; keys go through a pipe. Reports while it is waited for."""
    given: str | None = json.dumps({"vk": holdings.vk.hex(), "root": holdings.root_sha256, "whole_pool": whole_pool})
    said: str | None = None
    while said is None:
        try:
            said, _ = process.communicate(given, timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            given = None  # it has them
            progress(1, 1)
    if process.returncode != 0 or not said.startswith("good "):
        raise BadBackupError(said.strip().removeprefix("bad: ") or None)


def _take_away(folder: Path) -> None:
    """Remove a set that was not finished; what is left of it, if the medium is gone, has no signature."""
    with contextlib.suppress(OSError):
        if folder.is_dir():
            shutil.rmtree(folder)


def _record(
    desk: OpenDesk,
    holdings: Holdings,
    head: Head,
    manifest_sha256: str,
    pool: _Pool,
    medium_name: str,
    at: Moment,
    *,
    whole_pool: bool,
) -> None:
    entry = BackupMade(
        seq=head.seq,
        head=head.digest,
        manifest_sha256=manifest_sha256,
        medium=medium_name,
        left_out=len(pool.left_out),
    )
    with desk.kept.act("backup recorded", at):
        desk.kept.append(desk.desk_strand, entry, at=at)
        holdings.database.set_state("backup_due", 0)
        if whole_pool:
            holdings.database.set_state(_POOL_READ, at.at_utc)
