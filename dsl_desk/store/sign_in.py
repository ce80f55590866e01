"""Sign-in names and passphrases, brought to one spelling before anything is derived from them (format section 8).

What somebody types on another keyboard, or under another version of Python, must
give the same bytes, or the desk would not open.
"""

import unicodedata
from typing import Final

from dsl_desk.domain.errors import InputError
from dsl_desk.store.unicode_14 import is_assigned

LONGEST: Final = 1024
"""Bytes of UTF-8."""
SHORTEST_PASSPHRASE: Final = 12
SHORTEST_WITHOUT_DEVICE: Final = 24
"""Without a device secret behind it the passphrase stands alone, so it is longer (symbols)."""
_WHITE_SPACE: Final = frozenset(
    "\t\n\v\f\r \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)


class UnreadableTextError(InputError):
    """A name or passphrase holds a character that cannot be typed the same way everywhere. Use other characters."""


class WrongLengthError(InputError):
    """A name or passphrase is empty or far too long. Type at least one character, at most about a thousand."""


class ShortPassphraseError(InputError):
    """This passphrase is too short. Use several words that do not belong together."""


def _refused(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or not is_assigned(char)


def _one_spelling(text: str) -> str:
    if any(char not in _WHITE_SPACE and _refused(char) for char in text):
        raise UnreadableTextError
    folded = unicodedata.normalize("NFKC", text)
    blanks = "".join(" " if char in _WHITE_SPACE else char for char in folded)
    return " ".join(word for word in blanks.split(" ") if word)


def _as_bytes(text: str) -> bytes:
    spelled = text.encode("utf-8")
    if not 1 <= len(spelled) <= LONGEST:
        raise WrongLengthError
    return spelled


def passphrase_bytes(text: str) -> bytes:
    """A passphrase as Argon2id takes it; case is kept. Raises InputError."""
    return _as_bytes(_one_spelling(text))


def sign_in_bytes(text: str) -> bytes:
    """A sign-in name as its tag is made of it: without regard to case. Raises InputError."""
    return _as_bytes(unicodedata.normalize("NFKC", _one_spelling(text).casefold()))


def check_new_passphrase(text: str, *, with_device: bool) -> None:
    """Refuse a new passphrase that is too short to stand; raises ShortPassphraseError."""
    shortest = SHORTEST_PASSPHRASE if with_device else SHORTEST_WITHOUT_DEVICE
    if len(_one_spelling(text)) < shortest:
        raise ShortPassphraseError
