"""A policy profile as a file: read into plain parts, written back as TOML; comments of the shipped file are not kept.

Only what a profile is made of is written: texts, whole numbers, yes and no, lists of texts, tables, lists of tables.
"""

import re
import tomllib
from typing import Any, Final

from dsl_desk.domain.errors import InputError, ProfileError

_PART: Final = re.compile(r"([a-z_]+)(?:\[([0-9]{1,4})\])?")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def read_parts(text: str) -> dict[str, Any]:
    """A profile as plain parts; raises ProfileError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError("The policy profile could not be read. Nothing was changed.") from error


def written(parts: dict[str, Any]) -> str:
    """The same parts as TOML, which reads back as exactly these parts."""
    return "\n".join(_table(parts, "")).strip("\n") + "\n"


def put(parts: dict[str, Any], address: str, value: str | list[str]) -> None:
    """Put a text in its place, such as `categories[2].definition`; raises InputError where there is no such place."""
    *way, last = address.split(".")
    at: Any = parts
    for name in way:
        at = _step(at, name)
    key, number = _named(last)
    if not isinstance(at, dict):
        raise InputError("The profile has no such place. Nothing was changed.")
    if number is None:
        at[key] = value
        return
    listed = at.get(key)
    if not isinstance(listed, list) or number >= len(listed) or not isinstance(listed[number], str):
        raise InputError("The profile has no such place. Nothing was changed.")
    listed[number] = value


def _step(at: Any, name: str) -> Any:
    key, number = _named(name)
    found = at.get(key) if isinstance(at, dict) else None
    if number is None:
        return found
    return found[number] if isinstance(found, list) and number < len(found) else None


def _named(part: str) -> tuple[str, int | None]:
    found = _PART.fullmatch(part)
    if found is None:
        raise InputError("The profile has no such place. Nothing was changed.")
    return found[1], int(found[2]) if found[2] else None


def _table(parts: dict[str, Any], name: str) -> list[str]:
    """One table: its plain values first, then the tables and lists of tables below it."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in parts.items() if not _is_below(value)]
    for key, value in parts.items():
        below = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, dict):
            lines += ["", f"[{below}]", *_table(value, below)]
        elif _is_below(value):
            for row in value:
                lines += ["", f"[[{below}]]", *_table(row, below)]
    return lines


def _is_below(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
    )


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case list():
            return "[" + ", ".join(_value(part) for part in value) + "]"
        case _:
            raise InputError("A profile holds texts, whole numbers, yes and no, and lists. Nothing was changed.")


def _text(text: str) -> str:
    """A text between quotation marks, every control character spelled out."""
    return '"' + "".join(_SHORT.get(char) or (_spelled(char) if _is_control(char) else char) for char in text) + '"'


def _is_control(char: str) -> bool:
    return ord(char) < 0x20 or ord(char) == 0x7F


def _spelled(char: str) -> str:
    return f"\\u{ord(char):04X}"
