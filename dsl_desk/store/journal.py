"""The journal as it is kept: entries appended inside a transaction, opened, and never changed (format section 3).

A row shows order and time; what it says is sealed under its strand's key. Every
opening checks the seal, the header and the commitment before a word is believed.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec

from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.journal import (
    ChainFault,
    Head,
    Header,
    commitment_of,
    desk_chain_holds,
    digest_of,
    next_header,
    verify_desk_chain,
)
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryBook, EntryData, Payload, encode_payload
from dsl_desk.domain.signed import AlsoSigned
from dsl_desk.domain.words import AccountId, DeskId, DeviceId, Digest, SessionId, StrandId
from dsl_desk.signatures import PrivateKey, Signer, certificate_sha256, sign
from dsl_desk.store.connection import Database
from dsl_desk.store.seals import SALT_BYTES, seal, unseal
from dsl_desk.store.strands import EpochKey
from dsl_desk.store.values import Progress

_SIGNATURES = "The signatures of an entry could not be read. Nothing was changed."
_BY_SEQ: Final = (
    "SELECT seq, strand, strand_seq, header, digest, payload, session, signature, also FROM entry WHERE seq = ?"
)
_AFTER_SEQ: Final = (
    "SELECT seq, strand, strand_seq, header, digest, payload, session, signature, also"
    " FROM entry WHERE seq > ? ORDER BY seq"
)
_OF_STRAND: Final = (
    "SELECT seq, strand, strand_seq, header, digest, payload, session, signature, also"
    " FROM entry WHERE strand = ? AND strand_seq > ? ORDER BY strand_seq"
)
_BLOCK: Final = 1000
_BLOCK_AFTER: Final = (
    "SELECT count(*), max(seq), CAST(group_concat(line, char(10)) AS BLOB) FROM (SELECT seq, seq || ' ' || strand"
    " || ' ' || strand_seq || ' ' || digest || ' ' || CAST(header AS TEXT) AS line"
    " FROM entry WHERE seq > ? ORDER BY seq LIMIT ?)"
)
_INSERT: Final = (
    "INSERT INTO entry (seq, strand, strand_seq, header, digest, payload, session, signature, also)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class EntryRow(NamedTuple):
    """One entry as it stands in the desk, closed."""

    seq: int
    strand: StrandId
    strand_seq: int
    header: bytes
    digest: Digest
    payload: bytes | None
    """Sealed; None only where a disposal names it."""
    session: SessionId
    signature: bytes
    also: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One entry, opened and found to be what its header promised."""

    row: EntryRow
    at_utc: str
    salt: bytes
    payload: Payload
    also: tuple[AlsoSigned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Whose session writes, with the key that signs every header of it."""

    account: AccountId
    session: SessionId
    device: DeviceId
    key: PrivateKey


def also_json(also: Sequence[AlsoSigned]) -> bytes:
    """`also_signed` as it is sealed and as packs show it; `[]` where nobody signed."""
    return msgspec.json.encode(
        [{"account": one.account, "certificate": one.certificate, "signature": one.signature} for one in also]
    )


def read_also(raw: bytes) -> tuple[AlsoSigned, ...]:
    """Read `also_signed`; raises DamagedError for anything but its one shape."""
    found = read_json(raw)
    if not isinstance(found, list):
        raise DamagedError(_SIGNATURES)
    return tuple(_one_also(row) for row in found)


def _one_also(row: object) -> AlsoSigned:
    match row:
        case {"account": str(account), "certificate": str(certificate), "signature": str(signature), **more} if (
            not more
        ):
            return AlsoSigned(account=AccountId(account), certificate=certificate, signature=signature)
    raise DamagedError(_SIGNATURES)


class Journal:
    """Every entry of the desk, in order."""

    def __init__(self, database: Database, desk: DeskId, book: EntryBook) -> None:
        self._database = database
        self._desk = desk
        self._book = book

    def head(self) -> Head:
        """Where the desk's chain ends."""
        found = self._database.one("SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1")
        return Head(seq=found[0], digest=found[1]) if found else Head()

    def strand_head(self, strand: StrandId) -> Head:
        """Where a strand's own chain ends; `seq` is the strand's number."""
        found = self._database.one(
            "SELECT strand_seq, digest FROM entry WHERE strand = ? ORDER BY strand_seq DESC LIMIT 1", (strand,)
        )
        return Head(seq=found[0], digest=found[1]) if found else Head()

    def digest_at(self, seq: int) -> str | None:
        """Digest of the entry of that number; 64 zeros before the first, None where there is none."""
        if seq == 0:
            return Head().digest
        found = self._database.one("SELECT digest FROM entry WHERE seq = ?", (seq,))
        return str(found[0]) if found else None

    def rows(self, strand: StrandId | None = None, after: int = 0) -> Iterator[EntryRow]:
        """Entries in order: of one strand above a `strand_seq`, or of the whole desk above a `seq`."""
        if strand is None:
            yield from (EntryRow(*row) for row in self._database.each(_AFTER_SEQ, (after,)))
        else:
            yield from (EntryRow(*row) for row in self._database.each(_OF_STRAND, (strand, after)))

    def row(self, seq: int) -> EntryRow | None:
        """One entry by its number, closed."""
        found = self._database.one(_BY_SEQ, (seq,))
        return EntryRow(*found) if found else None

    def open(self, row: EntryRow, keys: Mapping[int, bytes]) -> Opened:
        """Open one entry; raises DamagedError unless it is what its header promised, NotReadableError without a key.

        The row must have a payload: a missing one is judged by whoever knows the disposals.
        """
        header = Header.decode(row.header)
        if (header.desk, header.seq, header.strand, header.strand_seq) != (
            self._desk,
            row.seq,
            row.strand,
            row.strand_seq,
        ) or digest_of(row.header) != row.digest:
            raise DamagedError(f"Entry {row.seq} does not stand where its header says. Nothing was changed.")
        if row.payload is None or row.also is None:
            raise DamagedError(f"Entry {row.seq} has lost its words. Nothing was changed.")
        salt, raw = unseal(self._desk, row.strand, keys, "entry", row.digest, row.payload)
        if commitment_of(salt, raw) != header.commitment:
            raise DamagedError(f"The words of entry {row.seq} are not those its header committed to.")
        _, also = unseal(self._desk, row.strand, keys, "also", row.digest, row.also)
        return Opened(row=row, at_utc=header.at_utc, salt=salt, payload=self._book.decode(raw), also=read_also(also))

    def append(
        self,
        strand: StrandId,
        data: EntryData,
        *,
        author: Author,
        under: EpochKey,
        at: Moment,
        signers: Sequence[Signer] = (),
    ) -> Opened:
        """Write one entry after the last; belongs in a transaction, and stands once that is durable.

        `signers` sign the header with their own keys, in order; without any the entry
        is the author's alone.
        """
        by = tuple(signer.account for signer in signers) or (author.account,)
        raw = encode_payload(data, by=by, device=author.device, session=author.session, at=at)
        salt = os.urandom(SALT_BYTES)
        header = next_header(
            desk=self._desk,
            strand=strand,
            at_utc=at.at_utc,
            commitment=commitment_of(salt, raw),
            desk_head=self.head(),
            strand_head=self.strand_head(strand),
        )
        signed = header.encode()
        digest = digest_of(signed)
        also = tuple(
            AlsoSigned(
                account=signer.account,
                certificate=certificate_sha256(signer.certificate),
                signature=signer.sign(signed).hex(),
            )
            for signer in signers
        )
        row = EntryRow(
            seq=header.seq,
            strand=strand,
            strand_seq=header.strand_seq,
            header=signed,
            digest=digest,
            payload=seal(self._desk, strand, under.epoch, under.key, "entry", digest, raw, salt),
            session=author.session,
            signature=sign(author.key, signed),
            also=seal(self._desk, strand, under.epoch, under.key, "also", digest, also_json(also)),
        )
        self._database.execute(_INSERT, row)
        return Opened(row=row, at_utc=header.at_utc, salt=salt, payload=self._book.decode(raw), also=also)

    def seal_anew(self, strand: StrandId, keys: Mapping[int, bytes], under: EpochKey) -> Iterator[Opened]:
        """Seal every entry of a strand under another epoch, word for word; belongs in a transaction.

        Gives each entry as it was, for whoever must re-seal what belongs to it.
        """
        for row in list(self.rows(strand)):
            if row.payload is None:
                continue
            opened = self.open(row, keys)
            self._database.execute(
                "UPDATE entry SET payload = ?, also = ? WHERE seq = ?",
                (
                    seal(
                        self._desk, strand, under.epoch, under.key, "entry", row.digest, opened.payload.raw, opened.salt
                    ),
                    seal(self._desk, strand, under.epoch, under.key, "also", row.digest, also_json(opened.also)),
                    row.seq,
                ),
            )
            yield opened

    def _chain_faults_after(self, start: int) -> Iterator[ChainFault]:
        last = Head(seq=start, digest=self.digest_at(start) or "")
        sql = "SELECT seq, strand, strand_seq, header, digest FROM entry WHERE seq > ? ORDER BY seq"
        for seq, strand, strand_seq, raw, digest in self._database.each(sql, (start,)):
            try:
                header = Header.decode(raw)
                stands = (header.desk, header.seq, header.strand, header.strand_seq) == (
                    self._desk,
                    seq,
                    strand,
                    strand_seq,
                )
                if not stands or seq != last.seq + 1:
                    yield ChainFault(seq=seq, what="it does not stand where its header says")
                elif digest_of(raw) != digest:
                    yield ChainFault(seq=seq, what="its digest is not that of its header")
                elif header.prev_desk != last.digest:
                    yield ChainFault(seq=seq, what="it is not linked to the entry before it")
            except DamagedError as error:
                yield ChainFault(seq=seq, what=str(error))
            last = Head(seq=seq, digest=digest)

    def _blocks(self) -> Iterator[tuple[int, bytes]]:
        """Every entry's number, strand and digest beside its header, as lines; the next thousand is read ahead."""
        with ThreadPoolExecutor(1, thread_name_prefix="chain") as beside:
            waiting = beside.submit(self._block, 0)
            while True:
                count, last, lines = waiting.result()
                if not count:
                    return
                waiting = beside.submit(self._block, last)
                yield count, lines

    def _blocks_in_turn(self, told: Progress) -> Iterator[tuple[int, bytes]]:
        """The same on this thread alone: between two blocks others may use the records."""
        whole, done = self.head().seq, 0
        while True:
            count, last, lines = self._block(done)
            if not count:
                return
            done = last
            told(min(done, whole), whole)
            yield count, lines

    def _block(self, after: int) -> tuple[int, int, bytes]:
        found = self._database.one(_BLOCK_AFTER, (after, _BLOCK))
        return (found[0], found[1], found[2]) if found and found[0] else (0, after, b"")

    def remove_words(self, strand: StrandId, first: int, last: int) -> None:
        """Take payloads, salts and second signatures away (disposal); belongs in a transaction."""
        self._database.execute(
            "UPDATE entry SET payload = NULL, also = NULL WHERE strand = ? AND strand_seq BETWEEN ? AND ?",
            (strand, first, last),
        )

    def chain_faults(self, start: int = 0, told: Progress | None = None) -> list[ChainFault]:
        """Check every header, digest, number and both links of the whole desk, without opening anything.

        About 10 microseconds an entry, a thousand of them read while those before are judged; where
        anything is amiss all are read once more, one by one, to name it. With `start` only the desk's own links of the
        entries after that one (strands' links need the beginning). With `told` it says how far it is and lets others
        work in between; entries that they append are judged too.
        """
        if start:
            return list(self._chain_faults_after(start))
        if desk_chain_holds(self._desk, self._blocks() if told is None else self._blocks_in_turn(told)):
            return []
        moved: list[ChainFault] = []

        def rows() -> Iterator[tuple[bytes, str]]:
            sql = "SELECT seq, strand, strand_seq, header, digest FROM entry ORDER BY seq"
            for seq, strand, strand_seq, header, digest in self._database.each(sql):
                if not header.startswith(
                    b'["dsl-desk/entry/1","%b",%d,"%b",%d,"' % (self._desk.encode(), seq, strand.encode(), strand_seq)
                ):
                    moved.append(ChainFault(seq=seq, what="it does not stand where its header says"))
                yield header, digest

        found = list(verify_desk_chain(self._desk, rows()))
        return sorted({*found, *moved}, key=lambda fault: fault.seq)
