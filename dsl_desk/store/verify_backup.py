"""Is this backup whole? Judged by a fresh process, from the medium alone (format section 4).

Run as `python -m dsl_desk.store.verify_backup SET`; the volume key and the root's
SHA-256 come through the standard input as JSON, never as arguments. Prints one
line, `good` or `bad: …`, and ends with 0 or 1.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dsl_desk.domain.desk_entries import DESK_KINDS
from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DslDeskError, MediumError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.payload import EntryBook
from dsl_desk.domain.words import IDENTIFIER, DeskId
from dsl_desk.signatures import certificate_public, certificate_sha256, read_certificate, verifies
from dsl_desk.store.connection import Database, open_database
from dsl_desk.store.files import read_file
from dsl_desk.store.journal import Journal
from dsl_desk.store.medium import digest_of_file, medium_errors
from dsl_desk.store.register import Register, read_register
from dsl_desk.store.sessions import hex_bytes, read_statement
from dsl_desk.store.slots_file import parse

SET_FILES: Final = ("checkpoint.json", "desk.db", "desk.slots")
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
POOL: Final = "blobs"
BASE: Final = "dsl-desk-backup-"


class BadBackupError(MediumError):
    """This backup is not whole and must not be relied on. Make another; the desk itself is unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a set says it consists of."""

    raw: bytes
    files: dict[str, tuple[str, int]]
    """Name to SHA-256 and size."""
    blobs: dict[str, tuple[str, int]]
    left_out: tuple[str, ...]


def read_manifest(folder: Path) -> Manifest:
    """Read a set's manifest; raises BadBackupError."""
    raw = read_file(folder / MANIFEST)
    try:
        match read_json(raw):
            case {"format": "dsl-desk/backup-manifest/1", "files": [*files], "blobs": [*blobs], "left_out": [*left]}:
                return _named_rightly(
                    Manifest(
                        raw=raw,
                        files={one["path"]: (one["sha256"], one["size"]) for one in files},
                        blobs={one["id"]: (one["sha256"], one["size"]) for one in blobs},
                        left_out=tuple(map(str, left)),
                    )
                )
    except (KeyError, TypeError) as error:
        raise BadBackupError from error
    raise BadBackupError


def _named_rightly(manifest: Manifest) -> Manifest:
    """The manifest, where every name in it is one of a desk's own: files are read and written by these names.

    Putting a backup back has no key to judge the signature with, so a stick that
    somebody prepared must not be able to name a file anywhere else.
    """
    if set(manifest.files) != set(SET_FILES):
        raise BadBackupError("The backup does not consist of the files it should.")
    if not all(IDENTIFIER.fullmatch(str(blob)) for blob in manifest.blobs):
        raise BadBackupError("The backup names sealed content as no desk does.")
    return manifest


def verify_set(folder: Path, vk: bytes, root_sha256: str, *, whole_pool: bool) -> Head:
    """Check a set from the medium; returns the head it holds.

    Files against the manifest, the manifest's signature up to the pinned root,
    the copy's own integrity, its chain, its head and its list of content. With
    `whole_pool` every sealed file is read, else its presence and size are checked.
    Raises BadBackupError with what is wrong, or MediumError.
    """
    with medium_errors():
        manifest = read_manifest(folder)
        _check_files(folder, manifest, whole_pool=whole_pool)
        checkpoint = _fields(folder / "checkpoint.json")
        if folder.name != f"{checkpoint['seq']}-{str(checkpoint['head'])[:16]}":
            raise BadBackupError("The backup’s folder is not named after what it holds.")
        if folder.parent.name != BASE + str(checkpoint["desk_id"]):
            raise BadBackupError("The backup lies among those of another desk.")
        parsed, _ = parse(read_file(folder / "desk.slots"))
        if parsed.desk != checkpoint["desk_id"]:
            raise BadBackupError("The backup’s key slots belong to another desk.")
        return _check_records(folder, manifest, checkpoint, vk, root_sha256)


def _fields(path: Path) -> dict[str, Any]:
    found = read_json(read_file(path))
    if not isinstance(found, dict):
        raise BadBackupError
    return found


def _check_files(folder: Path, manifest: Manifest, *, whole_pool: bool) -> None:
    if set(manifest.files) != set(SET_FILES) or {one.name for one in folder.iterdir()} != {
        *SET_FILES,
        MANIFEST,
        SIGNATURE,
    }:
        raise BadBackupError("The backup does not consist of the files it should.")
    for name, expected in manifest.files.items():
        if digest_of_file(folder / name) != expected:
            raise BadBackupError(f"The backup’s {name} was altered or is damaged.")
    pool = folder.parent / POOL
    for name, (sha256, size) in manifest.blobs.items():
        path = pool / name
        if not path.is_file() or path.stat().st_size != size:
            raise BadBackupError(f"Sealed content {name} is missing from the backup or cut.")
        if whole_pool and digest_of_file(path) != (sha256, size):
            raise BadBackupError(f"Sealed content {name} of the backup was altered or is damaged.")


def _check_records(folder: Path, manifest: Manifest, checkpoint: dict[str, Any], vk: bytes, root_sha256: str) -> Head:
    desk = DeskId(str(checkpoint["desk_id"]))
    database = open_database(folder / "desk.db", vk, "read")
    try:
        with ThreadPoolExecutor(max_workers=1) as beside:
            faults = beside.submit(_own_checks, folder / "desk.db", vk)
            head = _check_entries(folder, manifest, checkpoint, database, desk, root_sha256)
            if faults.result():
                raise BadBackupError("The backup’s records are damaged.")
            return head
    finally:
        database.close()


def _own_checks(path: Path, vk: bytes) -> list[str]:
    """The database's own checks, on a connection of their own beside the reading of the entries."""
    database = open_database(path, vk, "read")
    try:
        return database.faults(quick=False)
    finally:
        database.close()


def _check_entries(
    folder: Path, manifest: Manifest, checkpoint: dict[str, Any], database: Database, desk: DeskId, root_sha256: str
) -> Head:
    register = read_register(database, desk, root_sha256, EntryBook(DESK_KINDS))
    _check_signature(_fields(folder / SIGNATURE), manifest.raw, desk, register)
    journal = Journal(database, desk, EntryBook(DESK_KINDS))
    head = journal.head()
    if (head.seq, head.digest) != (checkpoint["seq"], checkpoint["head"]):
        raise BadBackupError("The backup’s records end elsewhere than it says.")
    if register.faults or journal.chain_faults():
        raise BadBackupError("The backup’s chain of entries does not hold.")
    _check_content(database, manifest)
    return head


def _check_content(database: Database, manifest: Manifest) -> None:
    rows: dict[str, str] = {row[0]: row[1] for row in database.rows("SELECT blob, file_sha256 FROM blob")}
    named = {name: sha256 for name, (sha256, _) in manifest.blobs.items()}
    if any(rows.get(name) != sha256 for name, sha256 in named.items()):
        raise BadBackupError("The backup holds other content than its records name.")
    if set(rows) - set(named) != set(manifest.left_out):
        raise BadBackupError("The backup lacks content that its records name.")


def _check_signature(told: dict[str, Any], manifest: bytes, desk: DeskId, register: Register) -> None:
    """The manifest is signed by a session that somebody of this desk opened."""
    text = str(told["statement"])
    statement = read_statement(text)
    certificate = read_certificate(hex_bytes(str(told["certificate"])))
    name = certificate_sha256(certificate)
    ours = register.certificate(name) is not None or (
        register.root is not None and name == certificate_sha256(register.root)
    )
    fits = statement.desk == desk and statement.certificate == name and ours
    if not fits or not verifies(
        certificate_public(certificate), hex_bytes(str(told["statement_signature"])), text.encode()
    ):
        raise BadBackupError("The backup is not signed by anybody of this desk.")
    if not verifies(statement.public, hex_bytes(str(told["signature"])), manifest):
        raise BadBackupError("The backup’s list of files was altered.")


def main(arguments: list[str]) -> int:
    """Verify the one set named; what is secret comes through the standard input."""
    given = json.load(sys.stdin)
    folder = Path(arguments[0]).absolute()
    try:
        head = verify_set(
            folder, bytes.fromhex(given["vk"]), given["root"], whole_pool=bool(given.get("whole_pool", True))
        )
    except (DslDeskError, KeyError, ValueError) as error:
        sys.stdout.write(f"bad: {error}\n" if isinstance(error, DslDeskError) else "bad: it could not be read\n")
        return 1
    sys.stdout.write(f"good {head.seq} {head.digest}\n")
    return 0


if __name__ == "__main__":  # pragma: no cover - run in a process of its own
    sys.exit(main(sys.argv[1:]))
