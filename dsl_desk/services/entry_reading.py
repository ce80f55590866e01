"""One entry of a case in full: its words, what was corrected beside it, and what of it can be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import (
    AdviceApplied,
    Corrected,
    Declared,
    ExhibitDestroyed,
    Halted,
    LaptopResumed,
    TriageAnswered,
)
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    PackLost,
    PackSealed,
    PackStarted,
    PaperKept,
    Printed,
    ScanAttached,
    SignedOff,
    Viewed,
)
from dsl_desk.domain.payload import EntryData, UnknownKind
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.services.paper.chronology import title, words_of
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.told import plain

_FIXED: Final = (
    AdviceApplied, CaseClosed, CaseOpened, CaseReopened, Corrected, Declared, ExhibitDestroyed, Halted, LaptopResumed,
    PackLost, PackSealed, PackStarted, PaperKept, Printed, ScanAttached, SignedOff, TriageAnswered,
    UnknownKind, Viewed,
)  # fmt: skip
"""What the desk itself wrote down, or what has a way of its own: questions are asked anew."""

_TECHNICAL: Final = frozenset(
    {"account", "advised", "blob", "blob_class", "mark", "media_type", "original_name", "parent", "parent_sha256",
     "party", "person", "previous", "produced_by_person", "profile", "registered", "replaces", "route", "sha256",
     "site", "step", "made_at_utc", "head", "theme", "outcome_id", "category", "retention"}
)  # fmt: skip
"""Fields that the program reads, not people."""

_LABELS: Final[Mapping[str, str]] = {
    "summary": "What was told", "occurred_at": "When it happened", "reported_at": "When it was reported",
    "reporter_name": "Who told it", "reported_to": "To whom", "opinion": "Own view", "child_words": "The child’s words",
    "immediate_action": "Done at once", "held_by": "Who has it", "key_holder": "Who holds the key",
    "secured_at": "When it was secured", "until": "Until when", "told_at": "When they were told", "words": "Words",
    "to_whom": "To whom", "prompted_how": "What they were asked", "wishes": "What the child wants",
    "not_asked_because": "Why not asked yet", "agreed_with": "Agreed with", "by_when": "By when", "who": "Who",
    "granted_by": "Who gave it", "granted_at": "When it was given", "ends_at": "When it ends",
    "stop_where": "Where to stop", "address": "Address or item", "seen": "What was seen", "concern": "Why it worries",
    "supplied_by": "Who brought it", "seen_by": "Who has seen it", "year_group": "Year group",
    "date_of_birth": "Date of birth", "year": "Year",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSeen:
    """One text of an entry that may be corrected."""

    name: str
    label: str
    value: str
    shown: str
    """As people read it: a time in words."""
    is_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSeen:
    """A correction that stands beside an entry."""

    number: int
    day: str
    who: str
    changes: tuple[tuple[str, str, str], ...]
    """Label, what stood there, what it should say."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRead:
    """One entry in full."""

    reference: str
    number: int
    title: str
    day: str
    who: str
    words: str
    corrections: tuple[CorrectionSeen, ...]
    fields: tuple[FieldSeen, ...]
    """What of it can be corrected; none where it cannot."""
    instead: str
    """What to do where it cannot be corrected."""
    voids: bool
    """Whether a correction of it makes signatures void."""


class EntryReadingService:
    """Reads one entry for the person signed in; a judgement that waits for the other one stays closed."""

    def __init__(self, book: CaseBook, printing: PrintingService) -> None:
        self._book, self._printing = book, printing

    def read(self, strand: StrandId, number: int) -> EntryRead:
        """The entry of that number; raises InputError where there is none that this person may read now."""
        case = self._book.load(strand)
        record = case.entry_at(number)
        if record is None or record.payload is None or self._is_hidden(case, record):
            raise InputError("This entry cannot be read here yet, or its words are gone.")
        story, payload = self._printing.story(strand), record.payload
        fields = _fields(payload.data)
        names = self._book.school().names
        return EntryRead(
            reference=case.ref,
            number=number,
            title=title(payload.kind),
            day=local_words(payload.at_local),
            who=", ".join(names.get(account, "a former account holder") for account in payload.by),
            words=words_of(story, record, for_police=False),
            corrections=tuple(
                CorrectionSeen(
                    number=told.at,
                    day=local_words(told.at_local),
                    who=", ".join(names.get(account, "a former account holder") for account in told.by),
                    changes=tuple(
                        (_label(name), local_words(_value(payload.data, name)), local_words(value))
                        for name, value in told.data.changes.items()
                    ),
                    reason=told.data.reason,
                )
                for told in case.corrections_of(number)
            ),
            fields=fields,
            instead="" if fields else _instead(payload.data),
            voids=payload.data.SUBSTANCE and bool(case.sign_off_state().signatures),
        )

    def _is_hidden(self, case: Case, record: Recorded) -> bool:
        me = self._book.me().account
        told = (one for one in case.told(EntryData) if one.at == record.strand_seq)
        return any(case.is_hidden_from(one, me) for one in told)


def _fields(data: EntryData) -> tuple[FieldSeen, ...]:
    if isinstance(data, _FIXED):
        return ()
    found = msgspec.structs.fields(type(data))
    texts = [field.name for field in found if field.type is str and field.name not in _TECHNICAL]
    return tuple(_field(name, _value(data, name)) for name in texts)


def _field(name: str, value: str) -> FieldSeen:
    is_time = "T" in value and local_words(value) != value
    shown = local_words(value) if is_time else value
    return FieldSeen(name=name, label=_label(name), value=value, shown=shown, is_time=is_time)


def _value(data: EntryData, name: str) -> str:
    value = getattr(data, name, "")
    return value if isinstance(value, str) else ""


def _label(name: str) -> str:
    return _LABELS.get(name, plain(name).capitalize())


def _instead(data: EntryData) -> str:
    if isinstance(data, TriageAnswered):
        return "Answers are not corrected. Answer the questions again; the earlier answers stand."
    if isinstance(data, Halted):
        return "A stop is not corrected. Its reason can be added afterwards."
    return "The desk itself wrote this down, so there is nothing to correct."
