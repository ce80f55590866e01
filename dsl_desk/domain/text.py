"""Text as people type it: kept as typed, refused only where it could deceive a reader or harm a page.

Names are short and printed everywhere, so what cannot be seen in them is refused
with a plain sentence. Free text keeps any character a person may have copied
from a screen; papers and windows show it as inert text.
"""

import unicodedata
from typing import Final, TypeVar

import msgspec

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.payload import EntryData

ACCOUNT_NAME_LIMIT: Final = 50
PERSON_NAME_LIMIT: Final = 200
TEXT_LIMIT: Final = 20_000

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LINE_ENDS: Final = "\n\r\u2028\u2029"
_JOINERS: Final = "\u200c\u200d"
"""Needed to spell names in several scripts; they cannot reorder or hide what stands beside them."""


def _clean(text: str, *, limit: int, what: str, joiners: str) -> str:
    if len(text) > limit * 4:
        raise InputError(f"{what} is too long: at most {limit} characters. Nothing was kept of it.")
    name = unicodedata.normalize("NFC", " ".join(text.split(" "))).strip()
    if any(unicodedata.category(char) in _UNSEEN and char not in joiners for char in name):
        raise InputError(f"{what} holds a character that cannot be seen. Type it again by hand.")
    if not name or all(char.isspace() or char in joiners for char in name):
        raise InputError(f"{what} is empty. Write a name.")
    if len(name) > limit:
        raise InputError(f"{what} is too long: at most {limit} characters. Nothing was kept of it.")
    return name


def clean_account_name(text: str) -> str:
    """The name on papers and certificates: 1 to 50 characters after NFC, nothing unseen (format section 1)."""
    return _clean(text, limit=ACCOUNT_NAME_LIMIT, what="The name", joiners="")


def clean_name(text: str) -> str:
    """The name of a person, place or thing in a case: up to 200 characters, nothing unseen or reordering."""
    return _clean(text, limit=PERSON_NAME_LIMIT, what="The name", joiners=_JOINERS)


def clean_text(text: str) -> str:
    """Free text, kept as typed up to 20,000 characters; raises InputError for what no encoding can keep."""
    if len(text) > TEXT_LIMIT:
        raise InputError(f"This text is too long: at most {TEXT_LIMIT:,} characters. Shorten it or add it in parts.")
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        raise InputError("This text holds something that is not a character. Type it again by hand.")
    return text


def kept_at_all_costs(text: str) -> str:
    """Text of a halt: cut and mended rather than refused, because a stop is never turned away."""
    return text[:TEXT_LIMIT].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def shown_text(text: str) -> str:
    """Free text made harmless for one line of paper: unseen and line-breaking characters as a visible sign."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _LINE_ENDS:
        return "⏎"
    return "\ufffd" if unicodedata.category(char) in _UNSEEN and char not in _JOINERS else char


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for part in pair for text in _texts(part)]
        case tuple() | list():
            return [text for part in value for text in _texts(part)]
        case msgspec.Struct():
            return [text for field in value.__struct_fields__ for text in _texts(getattr(value, field))]
        case _:
            return []


E = TypeVar("E", bound=EntryData)


def checked(entry: E) -> E:
    """Give an entry back once its texts can be kept and its starred fields say something.

    Raises InputError naming the field in plain words; the entry's own text never
    stands in the message.
    """
    for text in _texts(entry):
        clean_text(text)
    for field in entry.STARRED:
        if not str(getattr(entry, field)).strip():
            missing = field.replace("_", " ")
            raise InputError(f"Something is missing: {missing}. Fill it in, or write why it is not known.")
    return entry
