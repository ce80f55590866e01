"""The chronology: every entry in order, each in plain sentences, corrections named."""

from typing import Any, Final

from dsl_desk.domain.case_entries import Corrected
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.payload import UnknownKind
from dsl_desk.exports.papers.chronology import Chronology, ChronologyLine
from dsl_desk.services.paper.spelling import SCHOOL_ZONE, end, spoken, utc_words, word
from dsl_desk.services.paper.story import Story, Telling
from dsl_desk.services.paper.tell_follow_up import FOLLOW_UP_TELLERS
from dsl_desk.services.paper.tell_handing_over import HANDING_OVER_TELLERS
from dsl_desk.services.paper.tell_review import REVIEW_TELLERS
from dsl_desk.services.paper.tell_wider import WIDER_TELLERS

TELLERS: Final = {**REVIEW_TELLERS, **FOLLOW_UP_TELLERS, **WIDER_TELLERS, **HANDING_OVER_TELLERS}
"""For each kind of entry that a case may hold, how it is told."""
NEWER: Final = "Made by a newer program; its words stand in the journal file."
ELSEWHERE: Final = "An entry of the desk itself; its words stand in the journal file."
_TITLES: Final = {
    "child_voice_recorded": "Child’s words",
    "external_log_made": "Note in the main system",
    "hold_back_set": "Hold back",
    "sign_off_declined": "Sign-off declined",
    "signed_off": "Signed",
    "epoch_opened": "New key",
    "viewed": "Looked at",
    "paper_kept": "Paper kept",
    "session_opened": "Signed in",
    "session_closed": "Signed out",
}


def chronology(story: Story, *, for_police: bool, reviewed: bool) -> Chronology:
    """All entries of the case, in order."""
    return Chronology(
        lines=tuple(_line(story, record, for_police=for_police) for record in story.records),
        note="Order is told by the numbers. Times are this laptop’s own word, in UTC and in the school’s local time.",
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
        local=spoken(payload.at_local, payload.zone or SCHOOL_ZONE),
        who=story.by(record),
        what=title(payload.kind) if not isinstance(payload.data, UnknownKind) else "Entry of a newer program",
        text=words_of(story, record, for_police=for_police),
        corrects=payload.data.corrects if isinstance(payload.data, Corrected) else None,
    )


def title(kind: str) -> str:
    """A kind of entry as a heading."""
    return _TITLES.get(kind, word(kind))


def words_of(story: Story, record: Recorded, *, for_police: bool) -> str:
    """What one entry says, in plain sentences; nothing that only the program reads."""
    if record.payload is None:
        return ""
    data: Any = record.payload.data
    if isinstance(data, UnknownKind):
        return NEWER
    teller = TELLERS.get(type(data))
    if teller is None:
        return ELSEWHERE
    return end(teller(Telling(no=record.strand_seq, data=data, record=record, story=story, for_police=for_police)))
