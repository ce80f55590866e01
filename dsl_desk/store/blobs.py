"""Sealed content: which entry names it, which key opens it, and reading it whole or not at all (format section 2)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, HaltedError, InputError, NotReadableError
from dsl_desk.domain.payload import Payload
from dsl_desk.domain.words import BlobClass, BlobId, DeskId, StrandId
from dsl_desk.store.blob_format import (
    CHUNK,
    KEY_BYTES,
    TAG,
    associated,
    chunk_length,
    chunks,
    file_size,
    nonce,
    padded_length,
)
from dsl_desk.store.connection import Database
from dsl_desk.store.files import PART, file_errors
from dsl_desk.store.folder import BLOBS
from dsl_desk.store.index_values import BLOB_LINK
from dsl_desk.store.naming import Named, named_blob, naming
from dsl_desk.store.records import Records
from dsl_desk.store.seals import seal, unseal
from dsl_desk.store.sessions import hex_bytes
from dsl_desk.store.strands import EpochKey

_ZEROS: Final = bytes(CHUNK)
_DIFFERS: Final = "Sealed content is not what was taken in. Do not use it; nothing was changed. Look for a backup."


class ChunkFile(Protocol):
    """What a sealed file is read through."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer as far as there is something."""

    def read(self, size: int, /) -> bytes | None:
        """The next bytes, at most so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobKey:
    """What is sealed in a blob's row: what opens it and whose it is."""

    key: bytes = field(repr=False)
    strand: StrandId
    blob_class: BlobClass
    size: int

    def encode(self) -> bytes:
        """As it is sealed."""
        return msgspec.json.encode(
            {"key": self.key.hex(), "strand_id": self.strand, "class": self.blob_class.value, "size": self.size}
        )

    @staticmethod
    def decode(raw: bytes) -> "BlobKey":
        """Read what was sealed in a row; raises DamagedError."""
        match read_json(raw):
            case {"key": str(key), "strand_id": str(strand), "class": str(name), "size": int(size)}:
                classes = {known.value: known for known in BlobClass}
                if name in classes and len(key) == 2 * KEY_BYTES:
                    return BlobKey(key=hex_bytes(key), strand=StrandId(strand), blob_class=classes[name], size=size)
        raise DamagedError("The key of sealed content could not be read. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobRow:
    """What is kept of a blob beside its file."""

    sealed: bytes
    file_sha256: str
    quarantined: bool


def open_chunks(file: ChunkFile, desk: DeskId, blob: BlobId, key: bytes, size: int) -> Iterator[memoryview]:
    """The content of a sealed file, chunk by chunk, its filling checked and left away.

    A chunk is valid until the next is asked for. Raises DamagedError for anything
    altered, cut or swapped.
    """
    padded = padded_length(size)
    cipher, into, plain = AESGCM(key), bytearray(CHUNK + TAG), bytearray(CHUNK)
    left = size
    for number in range(chunks(padded)):
        length = chunk_length(number, padded)
        sealed = memoryview(into)[: length + TAG]
        _fill(file, sealed)
        opened = memoryview(plain)[:length]
        try:
            cipher.decrypt_into(nonce(number), sealed, associated(desk, blob, number, padded), opened)
        except InvalidTag as error:
            raise DamagedError(_DIFFERS) from error
        content = min(left, length)
        if opened[content:] != _ZEROS[: length - content]:
            raise DamagedError(_DIFFERS)
        left -= content
        yield opened[:content]
    if file.read(1):
        raise DamagedError(_DIFFERS)


def _fill(file: ChunkFile, buffer: memoryview) -> None:
    got = 0
    while got < len(buffer):
        with file_errors():
            count = file.readinto(buffer[got:])
        if not count:
            raise DamagedError(_DIFFERS)
        got += count


class Blobs:
    """The sealed content of an open desk."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._database: Database = records.database
        self.folder = records.unlocked.folder / BLOBS

    def row(self, blob: BlobId) -> BlobRow | None:
        """What is kept of a blob, or None."""
        found = self._database.one("SELECT sealed, file_sha256, quarantined FROM blob WHERE blob = ?", (blob,))
        return BlobRow(sealed=found[0], file_sha256=found[1], quarantined=bool(found[2])) if found else None

    def keep(self, blob: BlobId, key: BlobKey, file_sha256: str, under: EpochKey) -> None:
        """Write a blob's row, inside the act that writes its entry."""
        sealed = seal(self._records.desk, key.strand, under.epoch, under.key, "blob", blob, key.encode())
        self._database.execute(
            "INSERT INTO blob (blob, sealed, file_sha256, quarantined) VALUES (?, ?, ?, 0)", (blob, sealed, file_sha256)
        )

    def key(self, strand: StrandId, blob: BlobId, row: BlobRow) -> BlobKey:
        """Open a blob's key; raises DamagedError where it belongs to another strand, NotReadableError."""
        _, raw = unseal(self._records.desk, strand, self._records.strands.keys(strand), "blob", blob, row.sealed)
        key = BlobKey.decode(raw)
        if key.strand != strand:
            raise DamagedError(_DIFFERS)
        return key

    def seal_key_anew(self, strand: StrandId, payload: Payload, old: Mapping[int, bytes], under: EpochKey) -> None:
        """Seal the key of the blob that an entry names under another epoch, inside an act; its file stays as it is."""
        blob = named_blob(payload)
        row = self.row(blob) if blob else None
        if blob is None or row is None:
            return
        _, raw = unseal(self._records.desk, strand, old, "blob", blob, row.sealed)
        sealed = seal(self._records.desk, strand, under.epoch, under.key, "blob", blob, raw)
        self._database.execute("UPDATE blob SET sealed = ? WHERE blob = ?", (sealed, blob))

    def quarantine(self, blobs: list[BlobId]) -> None:
        """Mark content as refused, inside the act of a halt."""
        self._database.many("UPDATE blob SET quarantined = 1 WHERE blob = ?", [(blob,) for blob in blobs])

    def release(self, blobs: list[BlobId]) -> None:
        """Lift the mark, inside the act of `advice_applied`."""
        self._database.many("UPDATE blob SET quarantined = 0 WHERE blob = ?", [(blob,) for blob in blobs])

    def path(self, blob: BlobId) -> Path:
        """Where a blob's file lies; its `.part` where a crash came between the commit and the renaming."""
        path = self.folder / blob
        part = self.folder / f"{blob}{PART}"
        return part if not path.exists() and part.exists() else path

    def named(self, blob: BlobId) -> Named:
        """The entry that names a blob; raises NotReadableError where none that this person can read does."""
        records = self._records
        for link in records.index.links(BLOB_LINK, blob):
            if (read := records.named_before(link.strand, blob)) is not None:
                return read
            opened = records.entry(link.seq)
            found = naming(link.strand, opened.row.seq, opened.payload) if opened else None
            if found is not None and found.blob == blob and opened is not None and opened.row.strand == link.strand:
                return found
        for strand in (*records.strands.restricted_strands(), records.desk_strand):
            if records.strands.readable(strand) and (found := records.named(strand, blob)) is not None:
                return found
        raise NotReadableError

    def content(self, blob: BlobId) -> Iterator[memoryview]:
        """Content chunk by chunk; raises DamagedError at the end unless it is what its entry says.

        Raises HaltedError for quarantined content before a byte of it is opened.
        """
        row = self.row(blob)
        if row is None:
            raise NotReadableError
        named = self.named(blob)  # first of all: whoever cannot read its case is told nothing of a halt either
        if row.quarantined:
            raise HaltedError("This content is shut away by a halt. It is kept, and nobody may open it.")
        yield from self.read(named, row)

    def read(self, named: Named, row: BlobRow) -> Iterator[memoryview]:
        """Content of a named blob, compared with what the entry says; quarantine is the caller's to mind."""
        key = self.key(named.strand, named.blob, row)
        if named.size is not None and named.size != key.size:
            raise DamagedError(_DIFFERS)
        path = self.path(named.blob)
        digest = hashlib.sha256()
        if not path.exists():
            raise DamagedError("The file of sealed content is missing. Nothing was changed. Look for a backup.")
        with file_errors():
            file = path.open("rb", buffering=0)
            size = path.stat().st_size
        with file:
            if size != file_size(key.size):
                raise DamagedError(_DIFFERS)
            for chunk in open_chunks(file, self._records.desk, named.blob, key.key, key.size):
                digest.update(chunk)
                yield chunk
        if named.sha256 is not None and digest.hexdigest() != named.sha256:
            raise DamagedError(_DIFFERS)

    def whole(self, blob: BlobId, limit: int) -> bytes:
        """Content in one piece, compared before it is given; raises InputError above the limit of bytes."""
        found = bytearray()
        for chunk in self.content(blob):
            if len(found) + len(chunk) > limit:
                raise InputError("This content is larger than can be shown here. Export it instead.")
            found += chunk
        return bytes(found)
