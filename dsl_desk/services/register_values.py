"""What lists and pages of registers show, and how an item is put in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dsl_desk.domain.deadlines import DueBy, due_words
from dsl_desk.domain.desk_entries import ItemRecorded
from dsl_desk.domain.register_items import Act, Due, Item, Standing, answer_words, open_stages
from dsl_desk.domain.register_kinds import DATES, RegisterField, RegisterKind, Stage
from dsl_desk.domain.registers import may_do
from dsl_desk.domain.words import Role
from dsl_desk.services.due import Due as HomeDue

_TITLE: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One register in the list of registers."""

    kind: RegisterKind
    count: int
    waiting: int
    late: int
    next_words: str
    """What comes next in it, and when; nothing where nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item in the list of its register."""

    id: str
    cells: tuple[str, ...]
    standing: Standing
    words: str
    """Everything it says, for finding it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSeen:
    """One register with its items, the newest first."""

    kind: RegisterKind
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of an item as it was filled in."""

    stage: Stage
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of an item's history."""

    when: str
    by: str
    what: str
    before: tuple[tuple[str, str], ...] = ()
    """Label, and what stood there until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table that somebody brought: what the list would show of each line, and what it says."""

    cells: tuple[tuple[str, ...], ...]
    answers: tuple[tuple[int, Mapping[str, str]], ...]
    """Number of the line in the file, and its answers by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAct:
    """Something further that one can do with an item, and the page that asks why."""

    key: str
    act: str
    """The words on the button that leads to it."""
    title: str
    guide: str
    ask: str
    missing: str
    go_on: str
    which: tuple[tuple[str, str], ...] = ()
    """Whom of the school it is about, where the name alone does not say: key and words of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSeen:
    """One item as its page shows it."""

    kind: RegisterKind
    item: Item
    title: str
    standing: Standing
    sections: tuple[Section, ...]
    history: tuple[Told, ...]
    next: tuple[Stage, ...]
    """Pages that this person can fill in now."""
    waits_for_others: str
    """Who has to do what comes next, where it is not this person."""
    may_close: bool
    due_words: str = ""
    """What falls due and when, and how many hours are left where hours count."""
    notices: tuple[str, ...] = ()
    """What somebody should read before anything else."""
    acts: tuple[ItemAct, ...] = ()


def as_item(entry: ItemRecorded) -> Item:
    """An item that is not recorded yet, to be looked at."""
    return Item(id=entry.item, fields=entry.fields, recorded=Act(seq=0, by=(), at_local=""))


def when_words(due: Due, now: datetime) -> str:
    """By when something falls due, as somebody says it: By Monday 3 August; Was due yesterday."""
    return due_words(DueBy(by=due.at, day=None if due.exact else due.last_day.date()), now)


def due_line(due: Due, now: datetime) -> str:
    """What falls due and when, in a line."""
    return f"{due.words}: {uncapped(when_words(due, now))}"


def due_notice(due: Due | None, now: datetime) -> str:
    """The same as a sentence, with the hours that are left where hours count."""
    if due is None:
        return ""
    hours = int((due.at.astimezone(UTC) - now.astimezone(UTC)).total_seconds() // 3600)
    left = f" {hours} {'hour is' if hours == 1 else 'hours are'} left." if due.exact and hours >= 0 else ""
    return f"{due_line(due, now)}.{left}"


def uncapped(words: str) -> str:
    """Words that go on in a line."""
    return words[:1].lower() + words[1:]


def headings_of(kind: RegisterKind) -> dict[str, str]:
    """What each field is called in a table, where labels of several pages stand side by side."""
    labels = [label_words(field) for field in kind.fields]
    return {
        field.id: label_words(field) if labels.count(label_words(field)) == 1 else f"{stage.done}: {label_words(field)}"
        for stage in kind.stages
        for field in stage.fields
    }


def label_words(field: RegisterField) -> str:
    """A label without the mark of its key."""
    return field.label.replace("&", "")


def said_words(fields: Iterable[RegisterField], said: Mapping[str, str]) -> dict[str, str]:
    """What these fields say, as people read it; empty ones are left out."""
    return {field.id: answer_words(field, said[field.id]) for field in fields if said.get(field.id)}


def cells_of(kind: RegisterKind, item: Item) -> tuple[str, ...]:
    """What the list shows of an item."""
    said = said_words(kind.columns, item.fields)
    return tuple(said.get(field.id, "–") for field in kind.columns)


def title_of(kind: RegisterKind, item: Item) -> str:
    """What an item is called on its page: the first thing that the list shows of it, a date with what it is of."""
    words = cells_of(kind, item)[0].partition("\n")[0]
    if kind.columns[0].kind in DATES:
        words = f"{kind.one[:1].upper()}{kind.one[1:]}, {words}"
    return words if len(words) <= _TITLE else words[: _TITLE - 1].rstrip() + "…"


def sections_of(kind: RegisterKind, item: Item) -> tuple[Section, ...]:
    """The pages of an item that say something."""
    found = []
    for stage in kind.stages:
        said = said_words(stage.fields, item.fields)
        if said:
            facts = tuple((label_words(field), said[field.id]) for field in stage.fields if field.id in said)
            found.append(Section(stage=stage, facts=facts))
    return tuple(found)


def undated(kind: RegisterKind, items: Iterable[Item], role: Role | None) -> Iterator[HomeDue]:
    """Lines whose next page waits for somebody of this role and has no day by which it is asked for, for Home."""
    for item in items:
        page = next((stage for stage in open_stages(kind, item) if stage.waits), None)
        if page is None or not may_do(page, role):
            continue
        if any(clock.until == page.id and item.said(clock.since) for clock in kind.clocks):
            continue  # its day reminds of it, once it is near
        yield HomeDue(
            title=page.waits, what=f"{kind.title}: {title_of(kind, item)}", by=None, when="", register=kind.id,
            item=item.id, since=(item.changes[-1].act if item.changes else item.recorded).at_local,
        )  # fmt: skip
