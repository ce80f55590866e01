"""A case's entries as papers tell them: in order, with names for accounts and corrections beside what they correct."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from dsl_desk.domain.case_entries import Corrected
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.follow_up_entries import CaseOpened
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import AccountId, CaseRef

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
        return local_words(self.record.payload.at_local) if self.record.payload else ""

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
        """The name of an account's holder; the account itself where nobody knows it any more."""
        return self.names.get(AccountId(account), "School root" if account == "root" else account[:8])

    def by(self, record: Recorded) -> str:
        """Who made or signed an entry."""
        return ", ".join(self.name(account) for account in record.payload.by) if record.payload else ""

    def corrections(self, number: int) -> Iterator[Line[Corrected]]:
        """Corrections of one entry, in order."""
        return (line for line in self.each(Corrected) if line.data.corrects == number)

    def text(self, number: int, field: str, value: str) -> str:
        """A field's words, with what was corrected since standing beside them, never in their place."""
        for line in self.corrections(number):
            if field in line.data.changes:
                value = f"{value} [corrected at {line.no}: {line.data.changes[field]}]"
        return value

    def until(self, number: int) -> "Story":
        """The same case as it stood at one entry."""
        return Story(
            records=[record for record in self.records if record.strand_seq <= number],
            names=self.names,
            roles=self.roles,
        )


def local_words(at_local: str) -> str:
    """A payload's local time in words: 24 November 2026, 14:02 +00:00."""
    try:
        at = datetime.fromisoformat(at_local)
    except ValueError:
        return at_local
    return moment_words(at)


def moment_words(at: datetime) -> str:
    """An aware time in words, with its offset."""
    offset = at.strftime("%z")
    return f"{at.day} {at.strftime('%B %Y, %H:%M')} {offset[:3]}:{offset[3:5]}"


def utc_words(at_utc: str) -> str:
    """An entry's UTC time to the second."""
    return f"{at_utc[:19].replace('T', ' ')} UTC"


def word(value: object) -> str:
    """A closed word as it reads: `cannot_tell` becomes `Cannot tell`."""
    text = str(getattr(value, "value", value)).replace("_", " ")
    return text[:1].upper() + text[1:]
