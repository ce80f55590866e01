"""Items of a register, folded from its entries: what stands, what stood before, how it stands, what falls due.

Folding never fails: what an entry says of an item nobody recorded is passed over.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.dates import date_words as plain_date
from dsl_desk.domain.dates import day_name, in_our_time
from dsl_desk.domain.deadlines import hours_after
from dsl_desk.domain.deadlines_calendar import months_after
from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.moments import has_come
from dsl_desk.domain.register_kinds import Clock, FieldKind, Pair, RegisterField, RegisterKind, Stage
from dsl_desk.domain.words import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who wrote something of an item down, and when."""

    seq: int
    by: tuple[AccountId, ...]
    at_local: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one later entry said of an item, beside what stood before."""

    act: Act
    reason: str
    now: Mapping[str, str]
    before: Mapping[str, str]
    """What each of these fields said until then; only fields that said something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a register as it stands."""

    id: str
    fields: Mapping[str, str]
    recorded: Act
    changes: tuple[Change, ...] = ()
    closed: Act | None = None
    closed_because: str = ""

    def said(self, field: str) -> str:
        """What a field says now, empty where nothing was said."""
        return self.fields.get(field, "")

    def ever(self, field: str) -> frozenset[str]:
        """Everything a field ever said."""
        return frozenset(filter(None, (self.said(field), *(change.before.get(field, "") for change in self.changes))))


class Mood(enum.Enum):
    """How an item stands, at a glance."""

    WAITS = "waits"
    LATE = "late"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something of a register that falls due."""

    register: str
    item: str
    words: str
    late_words: str
    at: datetime
    """Aware. A day alone is due until it ends."""
    exact: bool
    """Whether the hour counts, or the day alone."""

    @property
    def last_day(self) -> datetime:
        """The day on which it is due, where the day alone counts."""
        return self.at - timedelta(days=1)

    def is_late(self, now: datetime) -> bool:
        """Whether that is past."""
        return has_come(self.at, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an item stands in words, and the next page of it that waits for somebody."""

    mood: Mood
    words: str
    waits_for: Stage | None = None
    due: Due | None = None


def fold_items(records: Iterable[Recorded]) -> dict[str, Item]:
    """Every item by its identifier, in the order in which they were recorded."""
    items: dict[str, Item] = {}
    for record in records:
        if record.payload is None:
            continue
        act = Act(seq=record.seq, by=record.payload.by, at_local=record.payload.at_local)
        match record.payload.data:
            case ItemRecorded() as told if told.item and told.item not in items:
                items[told.item] = Item(id=told.item, fields=dict(told.fields), recorded=act)
            case ItemChanged() as told if told.item in items:
                items[told.item] = _changed(items[told.item], told, act)
            case ItemClosed() as told if told.item in items and items[told.item].closed is None:
                items[told.item] = replace(items[told.item], closed=act, closed_because=told.reason)
            case _:
                pass
    return items


def _changed(item: Item, told: ItemChanged, act: Act) -> Item:
    before = {name: item.said(name) for name in told.fields if item.said(name)}
    change = Change(act=act, reason=told.reason, now=dict(told.fields), before=before)
    return replace(item, fields={**item.fields, **told.fields}, changes=(*item.changes, change))


def belongs(pair: Pair | None, fields: Mapping[str, str]) -> bool:
    """Whether a condition holds for these answers."""
    return pair is None or fields.get(pair[0], "") == pair[1]


def applies(to: Stage | Clock, fields: Mapping[str, str]) -> bool:
    """Whether a page or a clock belongs to an item with these answers."""
    return all(belongs(pair, fields) for pair in to.only_if)


def is_done(stage: Stage, fields: Mapping[str, str]) -> bool:
    """Whether everything that a page has to say is there."""
    return all(fields.get(field.id, "").strip() for field in needed(stage, fields))


def needed(stage: Stage, fields: Mapping[str, str]) -> tuple[RegisterField, ...]:
    """The fields of a page that may not be empty, as the other answers stand."""
    return tuple(field for field in stage.fields if field.missing and belongs(field.only_if, fields))


def open_stages(kind: RegisterKind, item: Item) -> tuple[Stage, ...]:
    """The pages of an item that can be filled in now: the first in turn that is not done, and those nobody waits for.

    None of a closed item.
    """
    if item.closed is not None:
        return ()
    found: list[Stage] = []
    for stage in kind.stages[1:]:
        if applies(stage, item.fields) and not is_done(stage, item.fields):
            found.append(stage)
            if stage.waits:
                break
    return tuple(found)


def dues(kind: RegisterKind, items: Iterable[Item], now: datetime) -> tuple[Due, ...]:
    """Everything of a register that falls due, the earliest first."""
    kept = tuple(items)
    found = (due for clock in kind.clocks for due in _due(kind, clock, kept, now))
    return tuple(sorted(found, key=lambda due: due.at.astimezone(UTC)))


def _due(kind: RegisterKind, clock: Clock, items: tuple[Item, ...], now: datetime) -> Iterator[Due]:
    counted = [item for item in items if item.said(clock.since)]
    if clock.newest:
        alike = {
            " ".join(item.said(clock.per).casefold().split()): item
            for item in sorted(counted, key=lambda item: (item.said(clock.since), item.recorded.seq))
        }
        counted = list(alike.values())
    for item in counted:
        until = kind.stage(clock.until)
        ended = until is not None and is_done(until, item.fields)
        elsewhere = bool(clock.unless) and bool(item.said(clock.unless))
        if item.closed is not None or ended or elsewhere or not applies(clock, item.fields):
            continue
        at = _moment(item.said(clock.since), clock, now)
        if at is not None:
            yield Due(
                register=kind.id, item=item.id, words=clock.words, late_words=clock.late, at=at, exact=clock.hours > 0
            )


def _moment(told: str, clock: Clock, now: datetime) -> datetime | None:
    """When it is due: hours after a moment (a day alone counts from its beginning), or the end of a day."""
    since = moment_of(told, now)
    if since is None:
        return None
    if clock.hours:
        return hours_after(since, clock.hours)
    return datetime.combine(months_after(since.date(), clock.months) + timedelta(days=1), time(0), since.tzinfo)


def moment_of(told: str, now: datetime) -> datetime | None:
    """A date as entries keep it, as a moment in the school's zone; a day alone begins at midnight there.

    What was told in summer falls due in winter by winter's clock. None for words, and for a year in which no school is.
    """
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        return None
    if not in_our_time(read.date()):
        return None
    return read.replace(tzinfo=now.tzinfo) if read.tzinfo is None else read.astimezone(now.tzinfo)


def standing(kind: RegisterKind, item: Item, now: datetime, found: Iterable[Due]) -> Standing:
    """How an item stands, in words; `found` is what of the register falls due."""
    if item.closed is not None and kind.closing is not None:
        return Standing(mood=Mood.CLOSED, words=kind.closing.done)
    own = [due for due in found if due.item == item.id]
    next_stage = next((stage for stage in open_stages(kind, item) if stage.waits), None)
    due = own[0] if own else None
    if due is not None and due.is_late(now):
        return Standing(mood=Mood.LATE, words=due.late_words, waits_for=next_stage, due=due)
    if next_stage is not None:
        return Standing(mood=Mood.WAITS, words=next_stage.waits, waits_for=next_stage, due=due)
    last = [stage for stage in kind.stages if applies(stage, item.fields) and is_done(stage, item.fields)]
    return Standing(mood=Mood.DONE, words=last[-1].done if last else kind.first.done, due=due)


def answer_words(field: RegisterField, value: str) -> str:
    """What was answered, as people read it: the words of what was chosen, a date with its day, else as typed."""
    if field.options:
        return dict(field.options).get(value, value)
    if field.kind in (FieldKind.WHEN, FieldKind.DAY):
        return date_words(value)
    return value


def date_words(told: str) -> str:
    """A date as entries keep it, in words: Thu 3 September 2026, 14:00. What is no date stays as it is."""
    try:
        day, at = date.fromisoformat(told[:10]), told[11:16]
    except ValueError:
        return told
    words = f"{day_name(day)[:3]} {plain_date(day)}"
    return f"{words}, {at}" if at else words
