"""What a register asks for, as a value: each kind of register is one file of data and not code (design section 6).

A register stands outside cases: checks of the filter, training, breaches, media. Its
items go through *stages* (asked for, decided, put in place), each with its own fields
and its own people; clocks say what falls due, rules what can never be.
"""

import enum
from typing import Final

import msgspec

from dsl_desk.domain.words import Role

FORMAT: Final = "dsl-desk/register/1"

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
    """The second moment comes within hours of the first, or a reason is given where one can be."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part: unknown keys are refused. `only_if` of a page or clock: all of these must hold."""


class RegisterField(_Part, frozen=True, kw_only=True):
    """One thing that is asked."""

    id: str
    label: str
    kind: FieldKind
    missing: str = ""
    """What is said where it is empty, where it may not be."""
    hint: str = ""
    options: tuple[Pair, ...] = ()
    only_if: Pair | None = None
    personal: bool = False
    """Whether it names or describes somebody; a table without names leaves it out."""
    column: str = ""
    """Its heading in the list, where that shows it."""


class Stage(_Part, frozen=True, kw_only=True):
    """One page of an item: what is written down together, by whom; `done` is how an item stands after it."""

    id: str
    title: str
    act: str
    """The words on the button that leads to it."""
    done: str
    fields: tuple[RegisterField, ...]
    waits: str = ""
    """How an item stands that waits for it; nothing where nobody waits for it."""
    only_if: tuple[Pair, ...] = ()
    by: tuple[Role, ...] = ()
    """Who may do it; everybody of the register where it is empty."""


class Clock(_Part, frozen=True, kw_only=True):
    """Something that falls due: on the day that the field `since` names, or so many hours or months after it."""

    words: str
    late: str
    """How an item stands once that is past."""
    since: str
    hours: int = 0
    months: int = 0
    """Calendar months: the same date, or the last of the month where it has no such day."""
    unless: str = ""
    """A field that names another day; where it says one, this clock does not run."""
    until: str = ""
    """The stage that ends it; nothing where only a newer item or closing does."""
    newest: bool = False
    """Whether only the newest item counts, of all or of those whose field `per` says the same."""
    per: str = ""
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
    """A field that gives the reason where it was not in time; nothing excuses it where it is empty."""


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
    """What one item is called."""
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
    expected: str = ""
    """What the list of registers says while nothing is in it, where the school has to have something."""
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
