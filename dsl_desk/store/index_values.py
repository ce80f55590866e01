"""What the index keeps of a case: its line of the list, its links and its words, read from the fold alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dsl_desk.domain.access import is_reading
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ReviewerNamed
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.desk_entries import EpochOpened, ItemRecorded, ReadersChanged
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.follow_up_entries import ConcernRecorded, PackStarted, PersonLinked
from dsl_desk.domain.links import named_by
from dsl_desk.domain.payload import Payload, payload_fields
from dsl_desk.domain.waiting import clocks_running, waits
from dsl_desk.domain.words import CaseRef, StrandId
from dsl_desk.store.naming import named_blob
from dsl_desk.store.values import CLOSED, OPEN, STOPPED, CaseRow

_LONG_HEX: Final = re.compile(r"[0-9a-f]{32,}")
_TITLE: Final = 120
REGISTER_LINK: Final = "register"
BLOB_LINK: Final = "blob"
"""Which strand a sealed file belongs to; its own row does not say."""
REVIEWER_LINK: Final = "reviewer"
NAME_LINK: Final = "name"
"""Each part of a linked person's name, in small letters, with the person behind it: found by its first letters."""
PACK_LINK: Final = "pack"
"""A case of which a pack was begun."""
NAME_PARTS: Final = "\x1f"
"""Stands between a part of a name and the person it belongs to."""
_MOST_PARTS: Final = 8

CaseValues = tuple[str | int, ...]
LinkValues = tuple[str, str, int]
SearchValues = tuple[int, str, str]
WaitingValues = tuple[str, str]
LetterValues = tuple[int, str, str]


def case_row(row: Sequence[str | int], *, restricted: bool) -> CaseRow:
    """A line of the list as it is kept, strand first."""
    strand, reference, state, grade, category, site, opened_at, changed_at, opened_by, title, *_ = map(str, row)
    return CaseRow(
        strand=StrandId(strand),
        reference=CaseRef(reference),
        state=state,
        grade=grade,
        category=category,
        site=site,
        opened_at_utc=opened_at,
        changed_at_utc=changed_at,
        opened_by=opened_by,
        title=title,
        restricted=restricted,
    )


def restricted_row(strand: StrandId, case: Case) -> CaseRow | None:
    """The line of a restricted case, made when it is asked for and never kept; None for a register."""
    line = case_values(case)
    return case_row((strand, *line), restricted=True) if line else None


def register_names(case: Case) -> frozenset[str]:
    """Registers whose rows stand in a strand; none in a case."""
    rows = (entry.payload.data for entry in case.entries if entry.payload)
    return frozenset(row.register for row in rows if isinstance(row, ItemRecorded))


def case_values(case: Case) -> CaseValues | None:
    """A case's line of the list without its strand; None where the strand is no case."""
    if case.opened is None:
        return None
    first, last = case.entries[0], case.entries[-1]
    concern = case.latest(ConcernRecorded)
    category = concern.data.categories[0] if concern and concern.data.categories else ""
    site = concern.data.site if concern and concern.data.site else case.opened.site
    opened_by = first.payload.by[0] if first.payload else ""
    return (
        case.ref,
        _state(case),
        case.grade.value,
        category,
        site,
        first.at_utc,
        _changed_at(case),
        opened_by,
        _title(case),
        last.seq,
    )


def letter_values(case: Case) -> LetterValues | None:
    """What of a case is found by a part of it: its first entry's number, its reference and its title; None of none."""
    return (case.entries[0].seq, case.ref, _title(case)) if case.opened is not None else None


def _title(case: Case) -> str:
    concern = case.latest(ConcernRecorded)
    return concern.data.summary.strip().partition("\n")[0][:_TITLE] if concern else ""


def _changed_at(case: Case) -> str:
    """When something was last recorded; that somebody read it changes nothing."""
    told = (one for one in reversed(case.entries) if not is_reading(one.payload.data if one.payload else None))
    return next(told, case.entries[-1]).at_utc


def waiting_values(case: Case) -> frozenset[WaitingValues]:
    """What waits in a case: the kind of thing, and since when (of what has no day, when the case last changed)."""
    if case.opened is None:
        return frozenset()
    changed_at = _changed_at(case)
    return frozenset([*((kind, changed_at) for kind in waits(case)), *clocks_running(case).items()])


def _state(case: Case) -> str:
    if reads_closed(case):
        return CLOSED
    return STOPPED if case.is_stopped else OPEN


def link_values(records: Iterable[Recorded]) -> Iterator[LinkValues]:
    """Persons, devices, addresses and online names a strand names, each with the first entry that did."""
    seen: set[tuple[str, str]] = set()
    for recorded in records:
        for link in _links(recorded.payload) if recorded.payload else ():
            if link[1] and link not in seen:
                seen.add(link)
                yield (*link, recorded.seq)


def _links(payload: Payload) -> tuple[tuple[str, str], ...]:
    blob = named_blob(payload)
    things = tuple((named.kind.value, named.key) for named in named_by(payload.data))
    return (*things, *_told_links(payload), *(((BLOB_LINK, blob),) if blob else ()))


def _told_links(payload: Payload) -> tuple[tuple[str, str], ...]:
    match payload.data:
        case PersonLinked() as linked:
            parts = dict.fromkeys(part[:40] for part in linked.name.casefold().split()[:_MOST_PARTS])
            return tuple((NAME_LINK, f"{part}{NAME_PARTS}{linked.person}") for part in parts)
        case ReviewerNamed() as reviewer:
            return ((REVIEWER_LINK, reviewer.account),)
        case PackStarted():
            return ((PACK_LINK, "begun"),)
        case ItemRecorded() as item:
            return ((REGISTER_LINK, item.register),)
        case _:
            return ()


def searchable(records: Iterable[Recorded]) -> Iterator[SearchValues]:
    """The words of each entry that search may find, with its number and kind; ids and digests are no words."""
    for recorded in records:
        payload = recorded.payload
        if payload is None or isinstance(payload.data, (EpochOpened, ReadersChanged)):
            continue
        words = "\n".join(_words(payload_fields(payload.raw).get("data")))
        if words:
            yield recorded.seq, words, payload.kind


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            if value and not _LONG_HEX.fullmatch(value):
                yield value
        case dict():
            for part in value.values():
                yield from _words(part)
        case list():
            for part in value:
                yield from _words(part)
