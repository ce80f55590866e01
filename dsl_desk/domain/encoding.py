"""The one spelling of everything that is signed, sealed or linked (format section 8).

`plain_json` is the page's `J(x)`: an array of plain ASCII strings, whole numbers,
true, false, null and further arrays, without blanks. One value has one spelling,
so two programs that follow the page hash and sign the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from dsl_desk.domain.errors import DamagedError

PlainValue = str | int | bool | None | Sequence["PlainValue"]

LARGEST_NUMBER = 2**53 - 1
NO_DIGEST = "0" * 64
_PLAIN: Final = re.compile(r"[ !#-\[\]-~]*")
"""U+0020 to U+007E without quote and backslash: nothing in it ever needs an escape."""


def _is_plain(value: object) -> bool:
    if isinstance(value, str):  # asked of every part of every text that is signed, sealed or linked
        return _PLAIN.fullmatch(value) is not None
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    if isinstance(value, int):
        return isinstance(value, bool) or 0 <= value <= LARGEST_NUMBER
    return value is None


def _bare(value: str | int) -> str | int:
    """A text or number of a narrower type, as what it is."""
    return str.__str__(value) if isinstance(value, str) else int.__int__(value)


_SPELL: Final = msgspec.json.Encoder(enc_hook=_bare).encode


def plain_json(value: Sequence[PlainValue]) -> bytes:
    """Spell a list in the only way the formats know; raises ValueError for what cannot be spelled."""
    if not isinstance(value, (list, tuple)) or not _is_plain(value):
        raise ValueError("only plain lists of ASCII text and whole numbers have a signed spelling")
    return _SPELL(value)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DamagedError("A record names one thing twice, so it cannot be trusted. Nothing was changed.")
    return found


def _no_fraction(_text: str) -> float:
    raise DamagedError("A record holds a fraction where only whole numbers are written. Nothing was changed.")


_STRICT: Final = json.JSONDecoder(
    object_pairs_hook=_each_key_once, parse_float=_no_fraction, parse_constant=_no_fraction
)


def read_json(raw: bytes) -> object:
    """Read JSON strictly: no key twice, no fractions; raises DamagedError for anything else."""
    try:
        return _STRICT.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedError("A record could not be read. Nothing was changed.") from error


def read_plain(raw: bytes) -> list[object]:
    """Read a signed spelling and insist that it is the spelling; raises DamagedError otherwise."""
    value = read_json(raw)
    if not isinstance(value, list) or not _is_plain(value) or plain_json(value) != raw:
        raise DamagedError("A signed text is not spelled as it must be. Nothing was changed.")
    return value


def compact_json(value: object) -> bytes:
    """Spell a JSON value without blanks, in UTF-8, keys as they stand (for files that are hashed as written)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def sha256_hex(raw: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(raw).hexdigest()


def short_head(digest: str) -> str:
    """First 120 bits of a digest as 24 Crockford symbols, as printed on every page (format section 3)."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int(digest[:30], 16)
    return "".join(alphabet[number >> 5 * place & 31] for place in range(23, -1, -1))
