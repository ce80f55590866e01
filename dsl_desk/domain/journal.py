"""The journal's own rules: headers, digests, commitments and the two links (format sections 3 and 8).

The desk's chain runs through everything; a strand's own chain runs through its
entries alone, so one case can be handed over and verified by itself without a
word about another child.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dsl_desk.domain.encoding import NO_DIGEST, plain_json
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import DeskId, Digest, StrandId

ENTRY_FORMAT = "dsl-desk/entry/1"
_FIRST = NO_DIGEST.encode()
_NUMBER = rb"([1-9][0-9]{0,15})"
_ID = rb'"([0-9a-f]{32})"'
_DIGEST = rb'"([0-9a-f]{64})"'
_MOMENT = rb'"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)"'
_HEADER = re.compile(
    b",".join([rb'\["dsl-desk/entry/1"', _ID, _NUMBER, _ID, _NUMBER, _MOMENT, _DIGEST, _DIGEST, _DIGEST]) + rb"\]"
)
_UNMARKED = re.compile(rb"\((?!\?)")
_ENTRY = re.compile(
    rb"([0-9]+) ([0-9a-f]{32}) ([0-9]+) ([0-9a-f]{64}) ("
    + b",".join(
        [rb'\["dsl-desk/entry/1"', _ID, _NUMBER, _ID, _NUMBER, _UNMARKED.sub(b"(?:", _MOMENT),
         _UNMARKED.sub(b"(?:", _DIGEST), _DIGEST, _DIGEST]
    )
    + rb"\])"
)  # fmt: skip
_NONE_YET = (0, _FIRST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an entry shows without being opened: time and order, nothing else."""

    desk: DeskId
    seq: int
    strand: StrandId
    strand_seq: int
    at_utc: str
    commitment: str
    prev_desk: str
    prev_strand: str

    def encode(self) -> bytes:
        """The header's one spelling, which is hashed and signed."""
        return plain_json(
            [
                ENTRY_FORMAT,
                self.desk,
                self.seq,
                self.strand,
                self.strand_seq,
                self.at_utc,
                self.commitment,
                self.prev_desk,
                self.prev_strand,
            ]
        )

    @staticmethod
    def decode(raw: bytes) -> "Header":
        """Read a header in its one spelling; raises DamagedError for any other bytes."""
        found = _HEADER.fullmatch(raw)
        if found is None:
            raise DamagedError("An entry’s header is not spelled as it must be. Nothing was changed.")
        desk, seq, strand, strand_seq, at_utc, commitment, prev_desk, prev_strand = (
            part.decode("ascii") for part in found.groups()
        )
        return Header(
            desk=DeskId(desk),
            seq=int(seq),
            strand=StrandId(strand),
            strand_seq=int(strand_seq),
            at_utc=at_utc,
            commitment=commitment,
            prev_desk=prev_desk,
            prev_strand=prev_strand,
        )


def digest_of(header: bytes) -> Digest:
    """SHA-256 over the header bytes: the entry's name, which the next entries link to."""
    return Digest(hashlib.sha256(header).hexdigest())


def commitment_of(salt: bytes, payload: bytes) -> str:
    """What a header promises about its payload: SHA-256 over 32 bytes of salt and the exact payload."""
    return hashlib.sha256(salt + payload).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain ends: number and digest of its last entry (0 and 64 zeros before the first)."""

    seq: int = 0
    digest: str = NO_DIGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """One place where a chain does not hold, named by the desk's number of the entry."""

    seq: int
    what: str


def next_header(
    *, desk: DeskId, strand: StrandId, at_utc: str, commitment: str, desk_head: Head, strand_head: Head
) -> Header:
    """The header that follows two heads."""
    return Header(
        desk=desk,
        seq=desk_head.seq + 1,
        strand=strand,
        strand_seq=strand_head.seq + 1,
        at_utc=at_utc,
        commitment=commitment,
        prev_desk=desk_head.digest,
        prev_strand=strand_head.digest,
    )


def verify_desk_chain(desk: DeskId, rows: Iterable[tuple[bytes, str]]) -> Iterator[ChainFault]:
    """Check the whole desk: every header, digest and both links, numbers without gaps.

    `rows` are header bytes and kept digest in the order of `seq`. Yields a fault
    for each entry that does not hold; what follows is judged against what is kept.
    """
    # plain bytes and tuples: this runs over every entry at every unlock
    this_desk, last, expected = desk.encode(), _FIRST, 0
    heads: dict[bytes, tuple[int, bytes]] = {}
    for raw, text in rows:
        expected += 1
        kept = text.encode()
        found = _HEADER.fullmatch(raw)
        if found is None:
            yield ChainFault(seq=expected, what="its header is not spelled as it must be")
            last = kept
            continue
        of_desk, seq, strand, strand_seq, _, _, prev_desk, prev_strand = found.groups()
        number, head = heads.get(strand, (0, _FIRST))
        if of_desk != this_desk or int(seq) != expected or int(strand_seq) != number + 1:
            yield ChainFault(seq=expected, what="its numbers do not follow the entries before it")
        elif hashlib.sha256(raw).hexdigest() != text:
            yield ChainFault(seq=expected, what="its digest is not that of its header")
        elif prev_desk != last:
            yield ChainFault(seq=expected, what="it is not linked to the entry before it")
        elif prev_strand != head:
            yield ChainFault(seq=expected, what="it is not linked to its strand’s entry before it")
        last = kept
        heads[strand] = (number + 1, kept)


def desk_chain_holds(desk: DeskId, blocks: Iterable[tuple[int, bytes]]) -> bool:
    """Whether the whole desk holds: what `verify_desk_chain` judges, three times as fast, naming nothing.

    A block is how many entries it has, and a line for each, in order: seq, strand,
    strand_seq and digest as they are kept, and the header. False as soon as anything
    is not as it must be, also where a line is not spelled as every good one is.
    """
    this_desk, last, expected = desk.encode(), _FIRST, 0
    heads: dict[bytes, tuple[int, bytes]] = {}
    for count, lines in blocks:
        entries = lines.split(b"\n")
        if len(entries) != count:
            return False
        for entry in entries:
            found = _ENTRY.fullmatch(entry)
            if found is None:
                return False
            seq, strand, strand_seq, kept, raw, of_desk, of_seq, of_strand, of_strand_seq, prev_desk, prev_strand = (
                found.groups()
            )
            expected += 1
            number, head = heads.get(strand, _NONE_YET)
            if (
                (seq, strand, strand_seq, this_desk) != (of_seq, of_strand, of_strand_seq, of_desk)
                or int(seq) != expected
                or int(strand_seq) != number + 1
                or (prev_desk, prev_strand) != (last, head)
                or hashlib.sha256(raw).hexdigest().encode() != kept
            ):
                return False
            last, heads[strand] = kept, (number + 1, kept)
    return True


def verify_strand_chain(rows: Iterable[tuple[bytes, str]]) -> Iterator[ChainFault]:
    """Check one strand by itself, as a pack holds it: its own links, and the desk's where entries adjoin.

    Gaps of the desk's numbers are other strands' entries and cannot be checked by
    a reader of one strand.
    """
    first: Header | None = None
    at, last, last_seq = 0, Head(), 0
    for raw, kept in rows:
        at += 1
        try:
            header = Header.decode(raw)
        except DamagedError:
            yield ChainFault(seq=at, what="its header is not spelled as it must be")
            last = Head(seq=at, digest=kept)
            continue
        first = first or header
        if (header.desk, header.strand, header.strand_seq) != (first.desk, first.strand, at) or header.seq <= last_seq:
            yield ChainFault(seq=at, what="its numbers do not follow the entries before it")
        elif digest_of(raw) != kept:
            yield ChainFault(seq=at, what="its digest is not that of its header")
        elif header.prev_strand != last.digest:
            yield ChainFault(seq=at, what="it is not linked to its strand’s entry before it")
        elif header.seq == last_seq + 1 and header.prev_desk != last.digest:
            yield ChainFault(seq=at, what="it is not linked to the entry before it")
        last, last_seq = Head(seq=at, digest=kept), header.seq
