"""Keys of strands: an ordinary one's stands in its row, a restricted one's is wrapped to unnamed readers.

A strand's key comes in epochs (format section 2). Only the newest epoch's row is
kept once a strand was restricted or partly disposed of.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dsl_desk.domain.errors import DamagedError, NotReadableError
from dsl_desk.domain.words import DeskId, StrandId
from dsl_desk.signatures import PrivateKey, PublicKey
from dsl_desk.store.connection import Database
from dsl_desk.store.seals import KEY_BYTES
from dsl_desk.store.wraps import unwrap_strand_key, wrap_strand_key


class StrandRow(NamedTuple):
    """One epoch of a strand as it is kept: its key in clear, or wrapped."""

    strand: StrandId
    epoch: int
    key: bytes | None
    wraps: bytes | None


class EpochKey(NamedTuple):
    """What new entries of a strand are sealed under."""

    epoch: int
    key: bytes


class StrandKeys:
    """The keys of every strand as this person has them."""

    def __init__(self, database: Database, desk: DeskId, agreement: PrivateKey) -> None:
        self._database = database
        self._desk = desk
        self._agreement = agreement
        self._tried: dict[tuple[StrandId, int, bytes], bytes | None] = {}

    def rows(self, strand: StrandId | None = None) -> list[StrandRow]:
        """Every epoch kept, of one strand or of all."""
        sql = "SELECT strand, epoch, key, wraps FROM strand"
        if strand is None:
            found = self._database.rows(f"{sql} ORDER BY strand, epoch")
        else:
            found = self._database.rows(f"{sql} WHERE strand = ? ORDER BY epoch", (strand,))
        return [StrandRow(*row) for row in found]

    def keys(self, strand: StrandId) -> Mapping[int, bytes]:
        """Epoch to key, as far as this person has them; empty where the strand is not theirs to read."""
        return {row.epoch: key for row in self.rows(strand) if (key := self.opened(row)) is not None}

    def opened(self, row: StrandRow) -> bytes | None:
        """The key of one epoch, or None where it is not this person's; raises DamagedError for any other row."""
        if row.key is not None and row.wraps is None and len(row.key) == KEY_BYTES:
            return row.key
        if row.key is not None or row.wraps is None:
            raise DamagedError("The key of a record is not kept as it must be. Nothing was changed.")
        name = (row.strand, row.epoch, hashlib.sha256(row.wraps).digest())
        if name not in self._tried:
            self._tried[name] = unwrap_strand_key(self._desk, row.strand, row.epoch, self._agreement, row.wraps)
        return self._tried[name]

    def readable(self, strand: StrandId) -> bool:
        """Whether this person holds the newest key of the strand."""
        rows = self.rows(strand)
        return bool(rows) and self.opened(rows[-1]) is not None

    def restricted(self, strand: StrandId) -> bool:
        """Whether the strand's key is wrapped to named readers alone."""
        return any(row.wraps is not None for row in self.rows(strand))

    def restricted_strands(self) -> Iterator[StrandId]:
        """Every restricted strand of the desk, readable or not."""
        for (strand,) in self._database.rows("SELECT DISTINCT strand FROM strand WHERE wraps IS NOT NULL ORDER BY 1"):
            yield StrandId(strand)

    def latest(self, strand: StrandId) -> EpochKey:
        """What to seal under; raises NotReadableError."""
        newest, _ = self.state(strand)
        if newest is None:
            raise NotReadableError
        return newest

    def state(self, strand: StrandId) -> tuple[EpochKey | None, bool]:
        """What to seal under (None where the strand is not this person's), and whether it is restricted."""
        rows = self.rows(strand)
        key = self.opened(rows[-1]) if rows else None
        return (EpochKey(rows[-1].epoch, key) if key else None), any(row.wraps is not None for row in rows)

    def add(self, strand: StrandId, epoch_key: EpochKey, readers: Iterable[PublicKey] | None) -> None:
        """Keep an epoch's key: as it is, or wrapped to readers and recovery pairs; belongs in a transaction."""
        epoch, key = epoch_key
        wraps = None if readers is None else wrap_strand_key(self._desk, strand, epoch, key, readers)
        self._database.execute(
            "INSERT INTO strand (strand, epoch, key, wraps) VALUES (?, ?, ?, ?)",
            (strand, epoch, key if readers is None else None, wraps),
        )

    def wrap_anew(self, strand: StrandId, epoch_key: EpochKey, readers: Iterable[PublicKey]) -> None:
        """Replace the whole list of recipients of an epoch whose key stays; belongs in a transaction."""
        wraps = wrap_strand_key(self._desk, strand, epoch_key.epoch, epoch_key.key, readers)
        self._database.execute(
            "UPDATE strand SET wraps = ? WHERE strand = ? AND epoch = ?", (wraps, strand, epoch_key.epoch)
        )

    def drop_before(self, strand: StrandId, epoch: int) -> None:
        """Remove the keys of earlier epochs; belongs in a transaction."""
        self._database.execute("DELETE FROM strand WHERE strand = ? AND epoch < ?", (strand, epoch))

    def drop(self, strand: StrandId) -> None:
        """Remove every key of a strand (disposal); belongs in a transaction."""
        self._database.execute("DELETE FROM strand WHERE strand = ?", (strand,))
        self._tried = {name: key for name, key in self._tried.items() if name[0] != strand}
