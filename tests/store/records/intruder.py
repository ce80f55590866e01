"""Somebody who holds the volume key, tools and a session of their own, and does with it all that can be done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.journal import Head, commitment_of, digest_of
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.signatures import PublicKey, Signer, sign
from dsl_desk.store.journal import Author, EntryRow, also_json
from dsl_desk.store.records import Records
from dsl_desk.store.seals import seal
from dsl_desk.store.sessions import Session
from dsl_desk.store.strands import EpochKey
from tests.store.records.world import AT, Person, World

Change = Callable[[dict[str, Any]], None]


class Intruder:
    """Cas, who reads the ordinary cases, with every check of the program left out."""

    def __init__(self, world: World, session: Session | None = None) -> None:
        self.world = world
        self.person: Person = world.cas
        self.kept = Records(world.unlocked(world.cas))
        self.database = self.kept.database
        self.journal = self.kept.journal
        self.strands = self.kept.strands
        self.desk_strand = self.kept.desk_strand
        self.one = world.notes["one"]
        self.old_session = session

    def close(self) -> None:
        self.database.close()

    def sql(self, text: str, *values: Any) -> None:
        self.database.execute(text, values)

    def keys(self, strand: StrandId) -> Mapping[int, bytes]:
        return self.strands.keys(strand)

    def rows(self, kind: str, strand: StrandId | None = None) -> list[EntryRow]:
        rows = [row for row in self.journal.rows(strand or self.desk_strand) if row.payload is not None]
        return [row for row in rows if self.journal.open(row, self.keys(row.strand)).payload.kind == kind]

    def first(self, kind: str, strand: StrandId | None = None) -> EntryRow:
        return self.rows(kind, strand)[0]

    def sign_in(self) -> Session:
        """A real session of Cas's own."""
        self.kept.begin_session(self.person.signer, AT)
        return self.kept.session

    def append(
        self,
        strand: StrandId,
        data: EntryData,
        session: Session,
        *,
        signers: Sequence[Signer] = (),
        under: EpochKey | None = None,
        by: Sequence[AccountId] | None = None,
    ) -> EntryRow:
        """An entry that no check has seen; `by` lies about who wrote it."""
        author = session.author
        if by is not None:
            author = Author(account=by[0], session=author.session, device=author.device, key=author.key)
        row = self.journal.append(
            strand, data, author=author, under=under or self.strands.latest(strand), at=AT, signers=signers
        ).row
        if by is not None and len(by) > 1:
            self.recommit(row, lambda told: told.update(by=list(by)), session)
        return row

    def sealed(self, row: EntryRow, raw: bytes, salt: bytes | None = None, purpose: str = "entry") -> bytes:
        under = self.strands.latest(row.strand)
        return seal(self.world.desk, row.strand, under.epoch, under.key, purpose, row.digest, raw, salt)  # type: ignore[arg-type]  # a purpose

    def reseal(self, row: EntryRow, change: Change) -> None:
        """Other words under the same header: what VK and the strand's key allow at once."""
        opened = self.journal.open(row, self.keys(row.strand))
        told = json.loads(opened.payload.raw)
        change(told)
        raw = json.dumps(told, separators=(",", ":")).encode()
        self.sql("UPDATE entry SET payload = ? WHERE seq = ?", self.sealed(row, raw, opened.salt), row.seq)

    def recommit(self, row: EntryRow, change: Change, session: Session | None) -> None:
        """Other words, a header that commits to them, and every later entry linked anew."""
        self.relink(row.seq, session, {row.seq: change})

    def relink(self, start: int, session: Session | None, changes: Mapping[int, Change] | None = None) -> None:
        """Write the chain anew from `start` on; entries of an own session are signed anew, others cannot be."""
        last, heads = Head(), dict[str, Head]()
        for row in list(self.journal.rows()):
            seq, before = last.seq + 1, heads.get(row.strand, Head())
            digest = str(row.digest)
            if row.seq >= start or seq != row.seq:
                digest = self._rewrite(row, seq, last, before, session, changes or {})
            last, heads[row.strand] = Head(seq=seq, digest=digest), Head(seq=before.seq + 1, digest=digest)

    def _rewrite(
        self,
        row: EntryRow,
        seq: int,
        desk: Head,
        strand: Head,
        session: Session | None,
        changes: Mapping[int, Change],
    ) -> str:
        header = json.loads(row.header)
        keys = self.keys(row.strand)
        opened = self.journal.open(row, keys) if keys else None
        raw = opened.payload.raw if opened else b""
        if opened is not None:
            told = json.loads(raw)
            if told["kind"] == "checkpoint":
                told["data"].update(seq=seq - 1, head=desk.digest)
            changes.get(row.seq, lambda told: None)(told)
            if told != json.loads(raw):
                raw = json.dumps(told, separators=(",", ":")).encode()
                header[6] = commitment_of(opened.salt, raw)
        header[2], header[4], header[7], header[8] = seq, strand.seq + 1, desk.digest, strand.digest
        signed = plain_json(header)
        digest = digest_of(signed)
        new = row._replace(seq=seq, strand_seq=strand.seq + 1, header=signed, digest=digest)
        if opened is not None:
            new = new._replace(
                payload=self.sealed(new, raw, opened.salt),
                also=self.sealed(new, also_json(opened.also), purpose="also"),
            )
        if session is not None and row.session == session.author.session:
            new = new._replace(signature=sign(session.author.key, signed))
        self.sql("DELETE FROM entry WHERE seq IN (?, ?)", row.seq, seq)
        self.sql("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *new)
        return digest

    def plant_epoch(self, strand: StrandId, epoch: int, readers: Sequence[PublicKey]) -> EpochKey:
        """A row of keys of one's own for somebody else's strand."""
        under = EpochKey(epoch, os.urandom(32))
        self.strands.add(strand, under, readers)
        return under
