"""Bytes of a sealed file: its length, its chunks and what each is bound to (format section 8, blob file)."""

from typing import Final

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.words import BlobId, DeskId

CHUNK: Final = 1 << 20
TAG: Final = 16
KEY_BYTES: Final = 32
FILE_TIME: Final = 946684800
"""2000-01-01T00:00:00Z: a file's times tell nothing."""
_SMALLEST_STEP: Final = 65536


def padded_length(size: int) -> int:
    """The content's length filled up with zeros, so that a file's size tells it only roughly."""
    if size == 0:
        return 0
    step = max(_SMALLEST_STEP, 1 << max(0, size.bit_length() - 1 - 4))
    return -(-size // step) * step


def chunks(padded: int) -> int:
    """How many chunks a padded content has; an empty one has one, empty."""
    return max(1, -(-padded // CHUNK))


def file_size(size: int) -> int:
    """Size of the sealed file of a content."""
    padded = padded_length(size)
    return padded + TAG * chunks(padded)


def nonce(number: int) -> bytes:
    """A chunk's nonce: its number; the key is this blob's alone and used once."""
    return number.to_bytes(12, "big")


def associated(desk: DeskId, blob: BlobId, number: int, padded: int) -> bytes:
    """What a chunk is bound to: desk, blob, place, being the last, and the padded length."""
    return plain_json(["dsl-desk/blob/1", desk, blob, number, number == chunks(padded) - 1, padded])


def chunk_length(number: int, padded: int) -> int:
    """Bytes of plain content in a chunk, filling included."""
    return min(CHUNK, padded - number * CHUNK)
