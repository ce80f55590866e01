"""Disposal: two people destroy a record; that it stood there remains (format section 3).

One transaction takes words, keys, drafts and every index away and names the files
in `doomed`; the volume key is changed; then the files go. Opening finishes what a
crash cut off.
"""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dsl_desk.domain.desk_entries import Disposed, EpochOpened
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
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

_NOTHING_LIKE_THIS: Final = "There is nothing like this to dispose of. Nothing was changed."
REPEATED: Final = "destroyed before the backup was put back"
"""The rule that a repeated disposal names."""


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
            raise ProcedureError(_NOTHING_LIKE_THIS)
        blobs = tuple(self._only_named_in(strand, first, last))
        told = Disposed(strand=strand, first=first, last=last, blobs=blobs, rule=rule)
        with records.act("disposed", at):
            return self._destroy(told, at, also)

    def destroy_content(
        self,
        strand: StrandId,
        data: Sequence[EntryData],
        blobs: Sequence[BlobId],
        rule: str,
        at: Moment,
        also: Sequence[Signer],
    ) -> tuple[Opened, ...]:
        """Destroy sealed content of a strand whose entries all stay, with the entries that say why.

        The `disposed` entry, the last of what comes back, names these blobs and the
        empty range `from` 1 `to` 0. Raises ProcedureError where the strand does not hold
        them and without two people; NotReadableError. Rotation and the files' end follow.
        """
        records = self._records
        records.must_be_there(strand)
        held = [records.named(strand, blob) is not None and self._blobs.row(blob) is not None for blob in blobs]
        if strand == records.desk_strand or not blobs or not all(held):
            raise ProcedureError(_NOTHING_LIKE_THIS)
        with records.act("content destroyed", at):
            told = [records.append(strand, one, at=at, also=also) for one in data]
            disposed = Disposed(strand=strand, first=1, last=0, blobs=tuple(blobs), rule=rule)
            return (*told, self._destroy(disposed, at, also))

    def repeat(
        self, strand: StrandId, first: int, last: int, blobs: Sequence[str], at: Moment, also: Sequence[Signer]
    ) -> Opened:
        """Destroy again what a store that was replaced had destroyed, also in a strand this person cannot read.

        There it takes words and files away and leaves the key as it is: only a reader can seal the rest anew.
        """
        left = tuple(BlobId(blob) for blob in blobs if self._blobs.row(BlobId(blob)) is not None)
        told = Disposed(strand=strand, first=first, last=last, blobs=left, rule=REPEATED)
        with self._records.act("disposed again", at):
            return self._destroy(told, at, also)

    def _destroy(self, told: Disposed, at: Moment, also: Sequence[Signer]) -> Opened:
        """The entry, then everything it names, inside an act."""
        records, strand = self._records, StrandId(told.strand)
        whole = told.first == 1 and told.last == records.journal.strand_head(strand).seq
        reads = whole or records.strands.readable(strand)
        entry = records.append(records.desk_strand, told, at=at, also=also)
        records.unlocked.steps("disposal: entry written")
        readers = None if whole or not reads else self._readers(strand)
        records.index.remove(strand)
        records.journal.remove_words(strand, told.first, told.last)
        records.drop_cached(strand)
        records.unlocked.steps("disposal: words gone")
        self._doom(told.blobs)
        if whole:
            self._drafts.remove(strand)
            records.strands.drop(strand)
        elif readers is not None:
            self._restricting.restrict_within(strand, readers, at)
        elif reads:
            self._new_epoch(strand, at)
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

    def is_finished(self) -> bool:
        """Whether the key was changed and every file is gone: only then does a certificate print."""
        database = self._records.database
        return not database.state("rotation_due") and database.one("SELECT 1 FROM doomed LIMIT 1") is None

    def _doom(self, blobs: Sequence[str]) -> None:
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
