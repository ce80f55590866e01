"""The short note for the main system: what it may say of a child and of others (flows section 12)."""

import re
from collections.abc import Iterable
from typing import Final

from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.follow_up_entries import PersonLinked

NOTE_LIMIT: Final = 600
_ADDRESS: Final = re.compile(r"(?i)\b(?:[a-z]+://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|uk|io|gg|tv|me|co)\b")
_MARK: Final = re.compile(r"\b[A-Z]{2,4}[2-9]?/[1-9][0-9]*\b")


def note_faults(case: CaseState, note: str, child: str) -> tuple[str, ...]:
    """What must not stand in the main-system note of one child; empty for a note that may be copied.

    At most 600 characters, other people as "another pupil", no exhibits, no addresses.
    """
    faults: list[str] = []
    if len(note) > NOTE_LIMIT:
        faults.append(f"It is longer than {NOTE_LIMIT} characters.")
    if _ADDRESS.search(note):
        faults.append("It holds an address. Leave it out.")
    if _MARK.search(note):
        faults.append("It names an exhibit. Leave it out.")
    others = (told.data.name for told in case.told(PersonLinked) if told.data.person != child)
    if _names_somebody(note, others):
        faults.append("It names somebody else. Write “another pupil” or “an adult”.")
    return tuple(faults)


def _names_somebody(note: str, names: Iterable[str]) -> bool:
    words = set(re.findall(r"\w+", note.casefold()))
    return any(len(part) > 2 and part in words for name in names for part in re.findall(r"\w+", name.casefold()))
