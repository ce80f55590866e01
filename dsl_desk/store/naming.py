"""Which sealed file an entry names, and the content it must have (format sections 2 and 3)."""

from dataclasses import dataclass
from typing import Any

from dsl_desk.domain.payload import Payload, UnknownKind, payload_fields
from dsl_desk.domain.words import BlobId, Digest, StrandId


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A blob as an entry names it: the content it must have."""

    blob: BlobId
    strand: StrandId
    seq: int
    sha256: Digest | None
    size: int | None


def _field(payload: Payload, name: str) -> Any:
    """A field of an entry's data, also of a kind that a newer program made."""
    if isinstance(payload.data, UnknownKind):
        data = payload_fields(payload.raw).get("data")
        return data.get(name) if isinstance(data, dict) else None
    return getattr(payload.data, name, None)


def named_blob(payload: Payload) -> BlobId | None:
    """The blob that an entry names, or None."""
    blob = _field(payload, "blob")
    return BlobId(blob) if isinstance(blob, str) and blob else None


def naming(strand: StrandId, seq: int, payload: Payload) -> Named | None:
    """The blob an entry names, with the digest and size it says."""
    blob = named_blob(payload)
    if blob is None:
        return None
    sha256, size = _field(payload, "sha256"), _field(payload, "size")
    return Named(
        blob=blob,
        strand=strand,
        seq=seq,
        sha256=Digest(sha256) if isinstance(sha256, str) else None,
        size=size if isinstance(size, int) else None,
    )
