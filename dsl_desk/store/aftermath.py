"""What opening looks at before anybody works: after a crash, and in the folder (format section 4)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dsl_desk.domain.errors import NotReadableError, StoreError
from dsl_desk.domain.journal import ChainFault
from dsl_desk.store.blob_format import CHUNK
from dsl_desk.store.connection import Database
from dsl_desk.store.disposal import work_off_doomed
from dsl_desk.store.files import PART, file_errors, fsync_dir, remove, replace
from dsl_desk.store.folder import BLOBS
from dsl_desk.store.health import fill_index_where_due
from dsl_desk.store.records import LAST_CLOSE, Records
from dsl_desk.store.register import Register
from dsl_desk.store.values import Finding, Progress

LAST_ENTRIES: Final = 1000
WHOLE_CHAIN: Final = 50_000
"""Up to so many entries the whole chain is verified at every unlock; beyond, from the last checkpoint."""


def look_at_opening(records: Records) -> tuple[Finding, ...]:
    """What every unlock looks at before anybody works, the outside heads being compared already.

    Works off `doomed`, puts finished `.part` files in their place, and clears what
    a crash surely cut off.
    """
    unlocked, register = records.unlocked, records.register
    outside = unlocked.outside_head
    found = list(new_signature_findings(records, outside.seq if outside else 0))
    if unlocked.crashed:
        found += crash_findings(records)
    else:
        found += [_of_entry(fault) for fault in records.journal.chain_faults(_chain_start(records))]
    for blob in work_off_doomed(unlocked.database, register, unlocked.folder, unlocked.steps):
        found.append(Finding(where=f"file {blob}", what="it is down to be destroyed and no disposal names it"))
    last_close = unlocked.database.state(LAST_CLOSE)
    clear = may_clear_parts(
        register,
        crashed=unlocked.crashed,
        head_on_chain=outside is not None,
        last_clean_seq=last_close if isinstance(last_close, int) else 0,
    )
    found += fill_index_where_due(records)
    found += sweep_blobs(unlocked.database, register, unlocked.folder, clear_parts=clear)
    return tuple(dict.fromkeys(found))


def _chain_start(records: Records) -> int:
    """0 for the whole chain, or the last checkpoint's entry of a long one."""
    return records.register.last_checkpoint if waits_to_be_read(records) else 0


def waits_to_be_read(records: Records) -> bool:
    """Whether opening left the older links of a long chain for later (format section 4, unlock)."""
    return not records.unlocked.crashed and records.head().seq > WHOLE_CHAIN


def rest_of_the_chain(records: Records, progress: Progress) -> tuple[Finding, ...]:
    """The links that opening left for later, read while somebody works; raises what `progress` raises."""
    return tuple(_of_entry(fault) for fault in records.journal.chain_faults(told=progress))


def _of_entry(fault: ChainFault) -> Finding:
    return Finding(where=f"entry {fault.seq}", what=fault.what)


def crash_findings(records: Records) -> tuple[Finding, ...]:
    """After a crash, perhaps a silent loss: structure, the whole chain, and the words of the last 1,000 entries."""
    found = [
        Finding(where="file desk.db", what=f"the database’s own check says: {fault[:200]}")
        for fault in records.database.faults(quick=True)
    ]
    found += [_of_entry(fault) for fault in records.journal.chain_faults()]
    for row in list(records.journal.rows(after=max(0, records.head().seq - LAST_ENTRIES))):
        if row.payload is None:
            if not records.register.disposed(row.strand, row.strand_seq):
                found.append(Finding(where=f"entry {row.seq}", what="its words are missing and no disposal names it"))
            continue
        try:
            keys = records.strands.keys(row.strand)
            if keys:
                records.journal.open(row, keys)
        except NotReadableError:
            found.append(Finding(where=f"entry {row.seq}", what="it is sealed under an epoch whose key is not there"))
        except StoreError as error:
            found.append(Finding(where=f"entry {row.seq}", what=str(error)))
    return tuple(found)


def new_signature_findings(records: Records, after: int) -> tuple[Finding, ...]:
    """Session signatures of entries above `after`, as far as their sessions are this person's to know (unlock)."""
    register = records.register
    found = [Finding(where=f"entry {fault.seq}", what=fault.what) for fault in register.faults]
    for row in records.journal.rows(after=after):
        if row.session not in register.sessions:
            known_elsewhere = row.strand in register.restricted or register.partly_disposed(row.strand)
            if not known_elsewhere:
                found.append(Finding(where=f"entry {row.seq}", what="it is signed by a session that nobody opened"))
        elif (fault := register.session_fault(row)) is not None:
            found.append(Finding(where=f"entry {row.seq}", what=fault))
    return tuple(found)


def may_clear_parts(register: Register, *, crashed: bool, head_on_chain: bool, last_clean_seq: int) -> bool:
    """Whether a `.part` without a row is surely what a crash cut off, so that it may go."""
    restored_since = any(seq > last_clean_seq for seq, _ in register.restored)
    return crashed and head_on_chain and not restored_since


def sweep_blobs(database: Database, register: Register, folder: Path, *, clear_parts: bool) -> tuple[Finding, ...]:
    """Compare sealed files with their rows: finish renaming, clear what a crash cut off, name all else.

    A file without a row is never taken away here.
    """
    return tuple(_sweep(database, register, folder / BLOBS, clear_parts=clear_parts))


def _sweep(database: Database, register: Register, blobs: Path, *, clear_parts: bool) -> Iterator[Finding]:
    rows: dict[str, str] = dict(database.rows("SELECT blob, file_sha256 FROM blob"))
    doomed = {row[0] for row in database.rows("SELECT blob FROM doomed")} & register.disposed_blobs()
    with file_errors():
        names = sorted(path.name for path in blobs.iterdir())
    present = {name for name in names if name in rows}
    moved = False
    for name in names:
        blob = name.removesuffix(PART)
        if name in rows or blob in doomed:
            continue
        if name == blob:
            yield Finding(where=f"file {name}", what="no record names it")
        elif blob not in rows:
            if clear_parts:
                remove(blobs / name)
                moved = True
            else:
                yield Finding(where=f"file {name}", what="it was left over and no record names it")
        elif blob in present:
            yield Finding(where=f"file {name}", what="it stands beside the file that it was to become")
        elif _digest(blobs / name) == rows[blob]:
            replace(blobs / name, blobs / blob)
            present.add(blob)
            moved = True
        else:
            yield Finding(where=f"file {name}", what="it is not the file that was sealed")
            present.add(blob)
    if moved:
        fsync_dir(blobs)
    for blob in sorted(rows.keys() - present):
        yield Finding(where=f"file {blob}", what="it is missing")


def _digest(path: Path) -> str:
    digest, buffer = hashlib.sha256(), bytearray(CHUNK)
    with file_errors(), path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(memoryview(buffer)[:count])
    return digest.hexdigest()
