"""Disposal: two people destroy a record; that it stood there remains (format section 3).

One transaction takes words, keys, drafts and every index away and names the files
in `doomed`; the volume key is changed; then the files go. Opening finishes what a
crash cut off.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path

from dsl_desk.domain.desk_entries import Disposed, EpochOpened
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, BlobId, StrandId
from dsl_desk.signatures import Signer
from dsl_desk.store.blobs import Blobs
from dsl_desk.store.connection import Database
from dsl_desk.store.drafts import Drafts
from dsl_desk.store.files import PART, fsync_dir, remove
from dsl_desk.store.folder import BLOBS
from dsl_desk.store.journal import Opened
from dsl_desk.store.naming import named_blob
from dsl_desk.store.records import Records
from dsl_desk.store.register import Register
from dsl_desk.store.restricting import Restricting
from dsl_desk.store.seals import KEY_BYTES, epoch_check
from dsl_desk.store.steps import Steps
from dsl_desk.store.strands import EpochKey


class Disposals:
    """Destroying records, by two people."""

    def __init__(self, records: Records, blobs: Blobs, drafts: Drafts, restricting: Restricting) -> None:
        self._records = records
        self._blobs = blobs
        self._drafts = drafts
        self._restricting = restricting

    def dispose(self, strand: StrandId, first: int, last: int, rule: str, at: Moment, also: Sequence[Signer]) -> Opened:
        """Destroy a strand's entries from `first` to `last`, with the files that only they name.

        Raises ProcedureError for the desk's own strand, for numbers that are not there
        and without two people; NotReadableError. Rotation and the files' end follow.
        """
        records = self._records
        records.must_be_there(strand)
        end = records.journal.strand_head(strand).seq
        if strand == records.desk_strand or not 1 <= first <= last <= end:
            raise ProcedureError("There is nothing like this to dispose of. Nothing was changed.")
        whole = (first, last) == (1, end)
        blobs = self._only_named_in(strand, first, last)
        with records.act("disposed", at):
            told = Disposed(strand=strand, first=first, last=last, blobs=tuple(blobs), rule=rule)
            entry = records.append(records.desk_strand, told, at=at, also=also)
            records.unlocked.steps("disposal: entry written")
            readers = None if whole else self._readers(strand)
            records.index.remove(strand)
            records.journal.remove_words(strand, first, last)
            records.drop_cached(strand)
            records.unlocked.steps("disposal: words gone")
            if whole:
                self._drafts.remove(strand)
                records.strands.drop(strand)
            elif readers is None:
                self._new_epoch(strand, at)
            else:
                self._restricting.restrict_within(strand, readers, at)
            self._doom(blobs)
            records.database.set_state("rotation_due", 1)
            records.unlocked.steps("disposal: files doomed")
        return entry

    def _readers(self, strand: StrandId) -> tuple[AccountId, ...] | None:
        if not self._records.strands.restricted(strand):
            return None
        return self._records.rules(strand).readers or ()

    def _only_named_in(self, strand: StrandId, first: int, last: int) -> list[BlobId]:
        """Files that entries of this range name, and no entry of the strand outside it."""
        inside: list[BlobId] = []
        outside: set[BlobId] = set()
        for recorded in self._records.recorded(strand):
            blob = named_blob(recorded.payload) if recorded.payload else None
            if blob is None:
                continue
            if first <= recorded.strand_seq <= last:
                inside.append(blob)
            else:
                outside.add(blob)
        kept = [blob for blob in dict.fromkeys(inside) if blob not in outside]
        return [blob for blob in kept if self._blobs.row(blob) is not None]

    def _new_epoch(self, strand: StrandId, at: Moment) -> None:
        """What is left of an ordinary strand is sealed under a new key; the old one opened what is gone."""
        records = self._records
        old = dict(records.strands.keys(strand))
        under = EpochKey(records.strands.latest(strand).epoch + 1, secrets.token_bytes(KEY_BYTES))
        records.strands.add(strand, under, None)
        self._restricting.seal_anew(strand, old, under)
        records.strands.drop_before(strand, under.epoch)
        check = epoch_check(records.desk, strand, under.epoch, under.key)
        records.append(strand, EpochOpened(epoch=under.epoch, check=check), at=at, under=under)
        records.index.remove(strand)
        records.index.fill(strand, records.case(strand))

    def work_off(self) -> tuple[str, ...]:
        """Take the doomed files away; gives the ids that no disposal names."""
        unlocked = self._records.unlocked
        return work_off_doomed(unlocked.database, self._records.register, unlocked.folder, unlocked.steps)

    def _doom(self, blobs: Sequence[BlobId]) -> None:
        rows = [(blob,) for blob in blobs]
        self._records.database.many("DELETE FROM blob WHERE blob = ?", rows)
        self._records.database.many("INSERT OR IGNORE INTO doomed (blob) VALUES (?)", rows)


def work_off_doomed(database: Database, register: Register, folder: Path, steps: Steps) -> tuple[str, ...]:
    """Take away the files that disposals named; gives the ids that no disposal names, whose files are kept.

    Only after the outside head was compared. An id leaves `doomed` when its file is gone.
    """
    named = register.disposed_blobs()
    unnamed: list[str] = []
    for (blob,) in database.rows("SELECT blob FROM doomed ORDER BY blob"):
        if blob not in named or database.one("SELECT 1 FROM blob WHERE blob = ?", (blob,)) is not None:
            unnamed.append(blob)
            continue
        for name in (blob, f"{blob}{PART}"):
            remove(folder / BLOBS / name)
        steps("disposal: file gone")
        fsync_dir(folder / BLOBS)
        with database.transaction("disposal: worked off"):
            database.execute("DELETE FROM doomed WHERE blob = ?", (blob,))
    return tuple(unnamed)
