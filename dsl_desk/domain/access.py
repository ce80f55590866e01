"""Who opened which case when, without a word of what stands in it (flows section 11; P-201).

The log is read from the cases' own journals, so nothing can be taken out of it and
nothing stands in it twice. What was written into a case is no access; that it was
opened, printed, packed or looked at is.
"""

import enum

from dsl_desk.domain.follow_up_entries import CaseOpened, PackStarted, Printed, Viewed
from dsl_desk.domain.payload import EntryData

RECORD = "record"
"""What a `viewed` entry names where the whole record was opened, not one exhibit."""
OPENED_REASON = "Opened in the window"


class AccessKind(enum.Enum):
    """How somebody reached a case; the words are those of the log."""

    BEGAN = "Began it"
    OPENED = "Opened it"
    LOOKED = "Looked at an exhibit"
    PRINTED = "Printed a paper"
    PACKED = "Began a pack"


def access_of(data: EntryData) -> AccessKind | None:
    """How an entry says that somebody reached the case, or None where it tells of something else."""
    match data:
        case CaseOpened():
            return AccessKind.BEGAN
        case Viewed():
            return AccessKind.OPENED if data.what == RECORD else AccessKind.LOOKED
        case Printed():
            return AccessKind.PRINTED
        case PackStarted():
            return AccessKind.PACKED
        case _:
            return None


def is_reading(data: EntryData | None) -> bool:
    """Whether an entry says only that the record was opened: it changes nothing, and no list is moved by it."""
    return isinstance(data, Viewed) and data.what == RECORD
