"""Recovery codes as they are printed, copied by hand and typed back (format section 8).

Three codes, A, B and C; any two open the desk, one gives back the device secret.
"""

import hashlib
import os
import re
from dataclasses import dataclass, field
from typing import Final

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.errors import WrongCodeError
from dsl_desk.domain.words import DeskId

LETTERS: Final = ("A", "B", "C")
PAIRS: Final = ("AB", "AC", "BC")
CODE_BYTES: Final = 16
_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY: Final = 26
_WHOLE: Final = 28
_LABEL: Final = re.compile(r"\s*([A-Za-z])\s*([0-9]{1,15})\s*:")
_ALIKE: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCode:
    """One of the three codes of one generation."""

    letter: str
    generation: int
    secret: bytes = field(repr=False)
    """16 random bytes."""


def new_codes(generation: int) -> tuple[RecoveryCode, ...]:
    """Three fresh codes."""
    return tuple(
        RecoveryCode(letter=letter, generation=generation, secret=os.urandom(CODE_BYTES)) for letter in LETTERS
    )


def printed(desk: DeskId, code: RecoveryCode) -> str:
    """A code as it stands on paper: `A1: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`."""
    number = int.from_bytes(code.secret, "big") << 2
    body = "".join(_SYMBOLS[number >> 5 * place & 31] for place in range(_BODY - 1, -1, -1))
    text = body + _check_symbols(desk, code)
    groups = "-".join(text[at : at + 4] for at in range(0, _WHOLE, 4))
    return f"{code.letter}{code.generation}: {groups}"


def _check_symbols(desk: DeskId, code: RecoveryCode) -> str:
    spelled = plain_json(["dsl-desk/code/1", desk, code.letter, code.generation, code.secret.hex()])
    bits = int.from_bytes(hashlib.sha256(spelled).digest()[:2], "big") >> 6
    return _SYMBOLS[bits >> 5] + _SYMBOLS[bits & 31]


def read_code(desk: DeskId, letter: str, generation: int, text: str) -> RecoveryCode:
    """Read a code as somebody typed it; raises WrongCodeError, which says to check every symbol.

    Any case; O is read as 0, I and L as 1; blanks and hyphens are dropped; the
    label may be left out and is checked where it is typed.
    """
    label = _LABEL.match(text)
    if label is not None:
        if (label[1].upper(), int(label[2])) != (letter, generation):
            raise WrongCodeError("This is another code than the one asked for, or of an older set. Check its label.")
        text = text[label.end() :]
    symbols = re.sub(r"[\s-]", "", text).upper().translate(_ALIKE)
    if len(symbols) != _WHOLE or set(symbols) - set(_SYMBOLS):
        raise WrongCodeError
    number = 0
    for symbol in symbols[:_BODY]:
        number = number << 5 | _SYMBOLS.index(symbol)
    code = RecoveryCode(letter=letter, generation=generation, secret=(number >> 2).to_bytes(CODE_BYTES, "big"))
    if number & 3 or symbols[_BODY:] != _check_symbols(desk, code):
        raise WrongCodeError
    return code
