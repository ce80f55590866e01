"""The chronology: every entry in order, every field that says something, corrections named."""

from typing import Any

import msgspec

from dsl_desk.domain.case_entries import Corrected, ExhibitAdded, Halted
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.payload import EntryData, UnknownKind
from dsl_desk.exports.papers.chronology import Chronology, ChronologyLine
from dsl_desk.exports.papers.frame import WITHHELD
from dsl_desk.services.paper.story import Story, local_words, utc_words, word

NOT_SHOWN = frozenset({"blob", "statement", "signature", "check", "recipients", "profile_version"})
"""Fields that only the program reads; they stand in the journal files beside this paper."""
ADDRESS_AT_STOP = "last_item"
_ACCOUNTS = frozenset({"account", "readers", "replaces"})


def chronology(story: Story, *, for_police: bool, reviewed: bool) -> Chronology:
    """All entries of the case, in order."""
    return Chronology(
        lines=tuple(_line(story, record, for_police=for_police) for record in story.records),
        note="Order is told by the numbers. Times are this laptop's own word, in UTC and in the school's local time.",
        reviewed=reviewed,
    )


def _line(story: Story, record: Recorded, *, for_police: bool) -> ChronologyLine:
    utc = utc_words(record.at_utc)
    if record.payload is None:
        return ChronologyLine(
            number=record.strand_seq, utc=utc, local="", who="", what="Entry withheld", withheld="not readable here"
        )
    payload = record.payload
    return ChronologyLine(
        number=record.strand_seq,
        utc=utc,
        local=local_words(payload.at_local),
        who=story.by(record),
        what=title(payload.kind),
        text=words_of(story, payload.data, for_police=for_police),
        corrects=payload.data.corrects if isinstance(payload.data, Corrected) else None,
    )


def title(kind: str) -> str:
    """A kind of entry as a heading."""
    return word(kind)


def words_of(story: Story, data: EntryData, *, for_police: bool) -> str:
    """Every field of an entry that says something, one a line."""
    if isinstance(data, UnknownKind):
        return f"Made by a newer program ({data.kind}); its words stand in the journal file."
    lines = []
    for field in data.__struct_fields__:
        value = getattr(data, field)
        if field in NOT_SHOWN or value in ("", None, (), {}):
            continue
        if isinstance(data, Halted) and field == ADDRESS_AT_STOP and not for_police:
            value = WITHHELD
        lines.append(f"{word(field)}: {_shown(story, field, value)}")
    if isinstance(data, ExhibitAdded):
        lines.append("Content is kept apart and checked by its digest.")
    return "\n".join(lines)


def _shown(story: Story, field: str, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case str() if field in _ACCOUNTS:
            return story.name(value)
        case tuple() | list():
            return "; ".join(_shown(story, field, part) for part in value)
        case dict():
            return "; ".join(f"{word(key)}: {part}" for key, part in value.items())
        case msgspec.Struct():
            parts = ((name, getattr(value, name)) for name in value.__struct_fields__)
            return ", ".join(f"{name} {_shown(story, name, part)}" for name, part in parts if part != "")
        case str() | int():
            return str(value)
        case _:
            return word(value)
