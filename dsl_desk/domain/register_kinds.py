"""What a register asks for, as a value: each kind of register is one file of data and not code (design section 6).

A register stands outside cases: checks of the filter, training, breaches, media. Its
items go through *stages* (asked for, decided, put in place), each with its own fields
and its own people; clocks say what falls due, rules what can never be. `read_kind`
refuses a faulty file with a sentence that names file, key and fault.
"""

import enum
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.words import Role

FORMAT: Final = "dsl-desk/register/1"
MOST_COLUMNS: Final = 4
_NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")

Pair = tuple[str, str]
"""A field and the answer it must have."""


class FieldKind(enum.Enum):
    """How an answer is given."""

    LINE = "line"
    TEXT = "text"
    NAME = "name"
    """A person or a post, as people write it."""
    WHEN = "when"
    """A day, or a day and a time, that has been."""
    DAY = "day"
    """A day that may lie ahead."""
    NUMBER = "number"
    PICK = "pick"
    CHOICE = "choice"
    ME = "me"
    """Whoever is signed in; the desk writes it, nobody types it."""


CHOSEN: Final = frozenset({FieldKind.PICK, FieldKind.CHOICE})
DATES: Final = frozenset({FieldKind.WHEN, FieldKind.DAY})
NAMES: Final = frozenset({FieldKind.NAME, FieldKind.ME})


class RuleKind(enum.Enum):
    """What can hold between fields of an item."""

    DIFFER = "differ"
    """Two fields never name the same person, also not by an earlier value."""
    NOT_BEFORE = "not_before"
    """The second day is not before the first."""
    REQUIRES = "requires"
    """Where one answer is so, another, once it is given, must be so."""
    WITHIN = "within"
    """The second moment comes within hours of the first, or a reason is given."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part: unknown keys are refused."""


class RegisterField(_Part, frozen=True, kw_only=True):
    """One thing that is asked."""

    id: str
    label: str
    kind: FieldKind
    missing: str = ""
    """What is said where it is empty; nothing where it may be left empty."""
    hint: str = ""
    options: tuple[Pair, ...] = ()
    only_if: Pair | None = None
    personal: bool = False
    """Whether it names or describes somebody; a table without names leaves it out."""
    column: str = ""
    """Its heading in the list; nothing where the list does not show it."""


class Stage(_Part, frozen=True, kw_only=True):
    """One page of an item: what is written down together, by whom."""

    id: str
    title: str
    act: str
    """The words on the button that leads to it."""
    done: str
    """How an item stands once it is done."""
    fields: tuple[RegisterField, ...]
    waits: str = ""
    """How an item stands that waits for it; nothing where nobody waits for it."""
    only_if: tuple[Pair, ...] = ()
    """It belongs to the item where all of these hold."""
    by: tuple[Role, ...] = ()
    """Who may do it; everybody of the register where it is empty."""


class Clock(_Part, frozen=True, kw_only=True):
    """Something that falls due: on the day a field names, or so many hours after it."""

    words: str
    late: str
    """How an item stands once that is past."""
    since: str
    """The field it is counted from."""
    hours: int = 0
    until: str = ""
    """The stage that ends it; nothing where only a newer item or closing does."""
    newest: bool = False
    """Whether only the newest item of the register counts."""
    only_if: tuple[Pair, ...] = ()


class Rule(_Part, frozen=True, kw_only=True):
    """What can never be, whoever writes it."""

    kind: RuleKind
    words: str
    """What is said where it is broken."""
    fields: tuple[str, ...] = ()
    when: Pair | None = None
    then: Pair | None = None
    hours: int = 0
    unless: str = ""
    """A field that gives the reason where it was not in time."""


class Closing(_Part, frozen=True, kw_only=True):
    """How an item ends."""

    act: str
    done: str
    hint: str = ""
    needs: tuple[str, ...] = ()
    """Stages that come first, where they belong to the item."""
    refused: str = ""
    """What is said where they are not done."""


class RegisterKind(_Part, frozen=True, kw_only=True):
    """One register."""

    format: str
    id: str
    order: int
    title: str
    one: str
    """What one item is called: "a filter change"."""
    hint: str
    empty: str
    """What the list says while nothing is in it, and what to do then."""
    topic: str
    """The topic of help that explains it."""
    who: tuple[Role, ...]
    """Who reads it and writes in it."""
    stages: tuple[Stage, ...]
    clocks: tuple[Clock, ...] = ()
    rules: tuple[Rule, ...] = ()
    closing: Closing | None = None
    provisions: tuple[str, ...] = ()
    from_table: bool = False
    """Whether items may be taken from a table (CSV) that somebody brings."""

    @property
    def first(self) -> Stage:
        """What is written down when an item begins."""
        return self.stages[0]

    @property
    def fields(self) -> tuple[RegisterField, ...]:
        """Every field, stage after stage."""
        return tuple(field for stage in self.stages for field in stage.fields)

    def stage(self, name: str) -> Stage | None:
        """One stage by its name."""
        return next((stage for stage in self.stages if stage.id == name), None)

    def field(self, name: str) -> RegisterField | None:
        """One field by its name."""
        return next((field for field in self.fields if field.id == name), None)

    @property
    def columns(self) -> tuple[RegisterField, ...]:
        """What the list shows of an item, beside how it stands."""
        return tuple(field for field in self.fields if field.column)


def read_kind(text: str, file_name: str) -> RegisterKind:
    """Read and check a kind of register; raises ProfileError naming the file, the key and what is wrong with it."""
    try:
        kind = msgspec.toml.decode(text, type=RegisterKind)
    except msgspec.MsgspecError as error:
        raise ProfileError(f"{file_name}: {_plain(str(error))}. The register was not loaded.") from error
    for fault in faults_of(kind):
        raise ProfileError(f"{file_name}: {fault}. The register was not loaded.")
    return kind


def _plain(fault: str) -> str:
    what, mark, where = fault.rpartition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if mark else fault


def faults_of(kind: RegisterKind) -> Iterator[str]:
    """Each fault as "key: what is wrong", the first first; none for a sound register."""
    if kind.format != FORMAT:
        yield f"format: must be {FORMAT}"
    if not _NAME.fullmatch(kind.id):
        yield "id: small letters, digits and hyphens"
    if not kind.who:
        yield "who: nobody may read it"
    if kind.stages:
        yield from _whole(kind)
    else:
        yield "stages: there must be at least one"


def _whole(kind: RegisterKind) -> Iterator[str]:
    yield from _twice(kind)
    for number, stage in enumerate(kind.stages):
        yield from _stage(kind, f"stages[{number}]", stage)
    if not 1 <= len(kind.columns) <= MOST_COLUMNS:
        yield f"stages: the list shows one to {MOST_COLUMNS} fields"
    yield from _around(kind)


def _around(kind: RegisterKind) -> Iterator[str]:
    for number, clock in enumerate(kind.clocks):
        yield from _clock(kind, f"clocks[{number}]", clock)
    for number, rule in enumerate(kind.rules):
        yield from _rule(kind, f"rules[{number}]", rule)
    for need in kind.closing.needs if kind.closing else ():
        if kind.stage(need) is None:
            yield f"closing.needs: {need} is not a stage of this register"


def _twice(kind: RegisterKind) -> Iterator[str]:
    for key, names in (
        ("stages", [stage.id for stage in kind.stages]),
        ("stages.fields", [field.id for field in kind.fields]),
    ):
        for name in names:
            if names.count(name) > 1:
                yield f"{key}: there are two named {name}"


def _stage(kind: RegisterKind, key: str, stage: Stage) -> Iterator[str]:
    if not any(field.missing for field in stage.fields):
        yield f"{key}.fields: nothing of it has to be filled in, so it could never be seen to be done"
    if set(stage.by) - set(kind.who):
        yield f"{key}.by: somebody who may not read the register"
    yield from _conditions(kind, f"{key}.only_if", stage.only_if)
    for number, field in enumerate(stage.fields):
        where = f"{key}.fields[{number}]"
        if not _NAME.fullmatch(field.id):
            yield f"{where}.id: small letters, digits and hyphens"
        if (field.kind in CHOSEN) != (len(field.options) > 1):
            yield f"{where}.options: what is chosen needs at least two, and nothing else has any"
        yield from _conditions(kind, f"{where}.only_if", (field.only_if,) if field.only_if else ())
        if field.only_if and field.only_if[0] not in {other.id for other in stage.fields}:
            yield f"{where}.only_if: {field.only_if[0]} is asked on another page"


def _conditions(kind: RegisterKind, key: str, pairs: tuple[Pair, ...]) -> Iterator[str]:
    for name, answer in pairs:
        field = kind.field(name)
        if field is None:
            yield f"{key}: {name} is not a field of this register"
        elif answer not in dict(field.options):
            yield f"{key}: {answer} is not an answer of {name}"


def _clock(kind: RegisterKind, key: str, clock: Clock) -> Iterator[str]:
    field = kind.field(clock.since)
    if field is None or field.kind not in DATES:
        yield f"{key}.since: {clock.since} is not a date of this register"
    if clock.until and kind.stage(clock.until) is None:
        yield f"{key}.until: {clock.until} is not a stage of this register"
    if clock.hours < 0:
        yield f"{key}.hours: cannot be less than nothing"
    yield from _conditions(kind, f"{key}.only_if", clock.only_if)


def _rule(kind: RegisterKind, key: str, rule: Rule) -> Iterator[str]:
    if rule.kind is RuleKind.REQUIRES:
        if rule.when is None or rule.then is None:
            yield f"{key}: when and then are missing"
        yield from _conditions(kind, key, tuple(filter(None, (rule.when, rule.then))))
        return
    wanted = NAMES if rule.kind is RuleKind.DIFFER else DATES
    if len(rule.fields) != 2:
        yield f"{key}.fields: must name two"
    for name in rule.fields:
        field = kind.field(name)
        if field is None or field.kind not in wanted:
            yield f"{key}.fields: {name} is not a {'name' if wanted is NAMES else 'date'} of this register"
    if rule.kind is RuleKind.WITHIN and (rule.hours < 1 or kind.field(rule.unless) is None):
        yield f"{key}: hours, and the field that gives the reason, are missing"
