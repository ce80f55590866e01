"""A case's entries as papers tell them: in order, with names for accounts and corrections beside what they correct."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dsl_desk.domain.case_entries import Corrected
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.follow_up_entries import CaseOpened, PersonLinked
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import AccountId, CaseRef
from dsl_desk.services.paper.spelling import SCHOOL_ZONE, lower, spoken
from dsl_desk.services.paper.spelling import moment_words as moment_words  # noqa: PLC0414 - asked for here

EntryT = TypeVar("EntryT", bound=EntryData)
DataT_co = TypeVar("DataT_co", bound=EntryData, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Generic[DataT_co]):
    """One entry with its words, as read."""

    no: int
    """Its number in the case (strand_seq)."""
    data: DataT_co
    record: Recorded

    @property
    def local(self) -> str:
        """When, by the school's clock, in words."""
        return spoken(self.record.payload.at_local, self.zone) if self.record.payload else ""

    @property
    def zone(self) -> str:
        """The zone that the laptop kept when it was written."""
        return self.record.payload.zone if self.record.payload else SCHOOL_ZONE

    def at(self, text: str) -> str:
        """A time that a field of this entry holds, in words."""
        return spoken(text, self.zone)

    @property
    def clock(self) -> str:
        """The time of day alone, where its day stands elsewhere on the same paper."""
        return self.local.partition(", ")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case as its papers tell it, up to and with one entry."""

    records: Sequence[Recorded]
    names: Mapping[AccountId, str]
    roles: Mapping[AccountId, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the profile calls its categories, routes, steps and retention classes, by their ids."""

    def each(self, kind: type[EntryT]) -> list[Line[EntryT]]:
        """Entries of one kind in order."""
        return [
            Line(no=record.strand_seq, data=record.payload.data, record=record)
            for record in self.records
            if record.payload is not None and isinstance(record.payload.data, kind)
        ]

    def last(self, kind: type[EntryT]) -> Line[EntryT] | None:
        """The latest entry of one kind, or None."""
        found = self.each(kind)
        return found[-1] if found else None

    @property
    def reference(self) -> CaseRef:
        """The case reference."""
        opened = self.last(CaseOpened)
        return CaseRef(opened.data.reference if opened else "")

    @property
    def head(self) -> Recorded:
        """The last entry told here; its digest stands on every page."""
        return self.records[-1]

    def name(self, account: str) -> str:
        """The name of an account's holder; never an account's own number."""
        return self.names.get(AccountId(account), "School root" if account == "root" else "a former account holder")

    def person(self, person: str) -> str:
        """The name under which somebody is linked to this case; never the key they are kept under."""
        linked = [line.data.name for line in self.each(PersonLinked) if line.data.person == person]
        return next(
            (name for name in reversed(linked) if name), "somebody whose name is not recorded" if person else ""
        )

    def title(self, identifier: str) -> str:
        """What the profile calls a category, a route, a step or a retention class."""
        return self.titles.get(identifier, lower(identifier))

    def by(self, record: Recorded) -> str:
        """Who made or signed an entry."""
        return ", ".join(self.name(account) for account in record.payload.by) if record.payload else ""

    def corrections(self, number: int) -> Iterator[Line[Corrected]]:
        """Corrections of one entry, in order."""
        return (line for line in self.each(Corrected) if line.data.corrects == number)

    def text(self, number: int, name: str, value: str) -> str:
        """A field's words, with what was corrected since standing beside them, never in their place."""
        for line in self.corrections(number):
            if name in line.data.changes:
                value = f"{value} [corrected at {line.no}: {line.data.changes[name]}]"
        return value

    def until(self, number: int) -> "Story":
        """The same case as it stood at one entry."""
        return Story(
            records=[record for record in self.records if record.strand_seq <= number],
            names=self.names,
            roles=self.roles,
            titles=self.titles,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Line[DataT_co]):
    """One entry to be told in sentences, within its case and for one kind of copy."""

    story: Story
    for_police: bool
    """Whether this copy may show what only police and the IWF see."""
