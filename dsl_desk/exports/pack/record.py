"""record.json: an exhibit's facts, whether its content is in the pack or not (format section 6)."""

import json
from typing import Final

from dsl_desk.exports.pack.contents import ExhibitContent, PackExhibit
from dsl_desk.exports.pack.layout import exhibit_extension, exhibit_folder

RECORD_KEYS = (
    "mark",
    "entry",
    "description",
    "content",
    "withheld",
    "file_name",
    "original_name",
    "sha256",
    "size",
    "media_type",
    "produced_by",
    "role",
    "made_at_utc",
    "made_at_local",
    "method",
    "source",
    "stop_questions_answered_no_by",
)

_SPELL: Final = json.JSONEncoder(ensure_ascii=False).encode


def exhibit_file_name(exhibit: PackExhibit) -> str | None:
    """Name of the file with the original bytes, None where there is no content."""
    if exhibit.content is not ExhibitContent.INCLUDED:
        return None
    return f"{exhibit_folder(exhibit.mark)}.{exhibit_extension(exhibit.original_name, exhibit.media_type)}"


def record_json(exhibit: PackExhibit) -> bytes:
    """The record, readable by a person: one key a line."""
    record = {
        "mark": exhibit.mark,
        "entry": exhibit.entry,
        "description": exhibit.description,
        "content": exhibit.content.value,
        "withheld": exhibit.withheld,
        "file_name": exhibit_file_name(exhibit),
        "original_name": exhibit.original_name,
        "sha256": exhibit.sha256,
        "size": exhibit.size,
        "media_type": exhibit.media_type,
        "produced_by": exhibit.produced_by,
        "role": exhibit.role,
        "made_at_utc": exhibit.made_at_utc,
        "made_at_local": exhibit.made_at_local,
        "method": exhibit.method,
        "source": exhibit.source,
        "stop_questions_answered_no_by": list(exhibit.stop_questions_answered_no_by),
    }
    lines = (f'"{key}": {_SPELL(value)}' for key, value in record.items())
    return ("{\n " + ",\n ".join(lines) + "\n}\n").encode("utf-8")
