"""Registers as tables (CSV): one that goes out, with or without names, and one that somebody brings.

Of a table that is brought one faulty line refuses the whole.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from dsl_desk.domain.dates import read_when
from dsl_desk.domain.errors import InputError, MediumError, StoreError
from dsl_desk.domain.register_items import Item
from dsl_desk.domain.register_kinds import CHOSEN, DATES, FieldKind, RegisterField, RegisterKind
from dsl_desk.services.case_things import local_words
from dsl_desk.services.register_values import headings_of, said_words
from dsl_desk.store.files import read_file

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 500
ADDED: Final = ("How it stands", "Recorded")
"""Headings that a table of this program's own has beside the fields; nothing is read from them."""
_NOTHING: Final = "Nothing was recorded."


def table_rows(
    kind: RegisterKind, items: Sequence[Item], stands: Sequence[str], *, names: bool
) -> tuple[tuple[str, ...], ...]:
    """Headings, then a row an item; without `names` what names or describes somebody is left out."""
    fields = tuple(field for field in kind.fields if names or not field.personal)
    headings = headings_of(kind)
    rows = [(*(headings[field.id] for field in fields), *ADDED)]
    for item, words in zip(items, stands, strict=True):
        said = said_words(fields, item.fields)
        rows.append((*(said.get(field.id, "") for field in fields), words, local_words(item.recorded.at_local)))
    return tuple(rows)


def read_table(kind: RegisterKind, place: Path, now: datetime) -> tuple[tuple[int, dict[str, str]], ...]:
    """The number of each line of a file, and its answers by the register's fields; dates as entries keep them.

    Raises InputError naming line and heading, MediumError where it cannot be read.
    """
    (_, headings), *rows = _rows(_read(place))
    columns = _columns(kind, headings)
    return tuple((number, _answers(columns, row, number, now)) for number, row in rows)


def _read(place: Path) -> bytes:
    try:
        if place.is_file() and place.stat().st_size <= MOST_BYTES:
            return read_file(place)
    except (StoreError, OSError) as error:
        raise MediumError(f"The file could not be read. Choose it again. {_NOTHING}") from error
    raise InputError(f"This is no file, or it is too large for a table of a register. {_NOTHING}")


def _rows(raw: bytes) -> list[tuple[int, list[str]]]:
    """Every line that says something, with its number in the file."""
    try:
        text = raw.decode("utf-8-sig")
        head = text.partition("\n")[0]
        delimiter = ";" if head.count(";") > head.count(",") else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as error:
        words = "The file is no table in UTF-8 (CSV). Save it as CSV UTF-8 and choose it again."
        raise InputError(f"{words} {_NOTHING}") from error
    if len(rows) < 2:
        raise InputError(f"The table has no line under its headings. {_NOTHING}")
    if len(rows) > MOST_LINES + 1:
        raise InputError(f"The table has more than {MOST_LINES} lines. Bring it in parts. {_NOTHING}")
    return rows


def _columns(kind: RegisterKind, headings: Sequence[str]) -> tuple[RegisterField | None, ...]:
    """Which field each column is, by its heading; a needed field without a column is named."""
    named: dict[str, RegisterField] = {}
    words = headings_of(kind)
    left_out = {heading.casefold() for heading in ADDED}
    for field in kind.first.fields:
        if field.kind is FieldKind.ME:
            left_out.add(words[field.id].casefold())
        else:
            named |= {name.casefold(): field for name in (field.id, field.column, words[field.id]) if name}
    found: list[RegisterField | None] = []
    for heading in headings:
        plain = " ".join(heading.casefold().split())
        if plain not in named and plain not in left_out:
            raise InputError(f"No part of this register is called as column {len(found) + 1} is. {_NOTHING}")
        found.append(named.get(plain))
    told = [field for field in found if field is not None]
    for field in kind.first.fields:
        if told.count(field) > 1:
            raise InputError(f"Two columns are called “{words[field.id]}”. {_NOTHING}")
        if field.missing and field.only_if is None and field.kind is not FieldKind.ME and field not in told:
            raise InputError(f"The column “{words[field.id]}” is missing. {_NOTHING}")
    return tuple(found)


def _answers(columns: Sequence[RegisterField | None], row: Sequence[str], line: int, now: datetime) -> dict[str, str]:
    if len(row) != len(columns):
        raise InputError(f"Line {line} has more or fewer cells than there are headings. {_NOTHING}")
    found: dict[str, str] = {}
    for field, cell in zip(columns, row, strict=True):
        if field is not None:
            try:
                found[field.id] = _answer(field, cell.strip(), now)
            except InputError as error:
                raise InputError(f"Line {line}: {error} {_NOTHING}") from error
    return found


def _answer(field: RegisterField, said: str, now: datetime) -> str:
    if said and field.kind in DATES:
        return read_when(said, now, ahead=field.kind is FieldKind.DAY).iso
    if field.kind in CHOSEN:
        by_words = {words.casefold(): key for key, words in field.options}
        return by_words.get(said.casefold(), said)
    return said
