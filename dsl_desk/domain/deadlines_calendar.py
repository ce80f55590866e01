"""Which days count: terms, days without school, bank holidays, and when lessons end; nothing is ever guessed silently.

What is not known is said in a plain sentence beside the date, and weekdays are
counted meanwhile. Bank holidays come with their year; a year that is not there
is unknown, not free of holidays.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from dsl_desk.domain.dates import day_words, read_when
from dsl_desk.domain.errors import InputError

NO_TERMS: Final = "Term dates are missing in Settings, so Mondays to Fridays are counted"
TERMS_NOT_READ: Final = "The term dates in Settings cannot be read, so Mondays to Fridays are counted"
NO_LESSONS: Final = "The times when lessons end are missing in Settings, so one hour is counted"
MOST_LINES: Final = 60
_DAY: Final = timedelta(days=1)
_LONGEST_TERM: Final = timedelta(days=200)
_BETWEEN: Final = re.compile(r"\s+(?:to|until|till|–|—|-)\s+|\s*[–—]\s*")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last, both counted: a term or half of one."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A day that was counted to, and what must be said beside it."""

    day: date
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCalendar:
    """What a school told of its days, with the bank holidays that are known."""

    terms: tuple[Span, ...] = ()
    closed: frozenset[date] = frozenset()
    """Days in term on which there is no school."""
    bank_holidays: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    """Year to its bank holidays; a year that is missing is not known."""
    lesson_ends: tuple[time, ...] = ()
    """In the order of the day."""
    terms_missing: str = NO_TERMS
    """What is said where there are no term dates: none were written, or they cannot be read."""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and no bank holiday that is known."""
        return day.weekday() < 5 and day not in self.bank_holidays.get(day.year, {})

    def knows(self, day: date) -> bool:
        """Whether the term dates reach as far as this day."""
        return bool(self.terms) and self.terms[0].first <= day <= self.terms[-1].last

    def is_school_day(self, day: date) -> bool:
        """A working day in term; where the term dates do not reach, every working day counts."""
        if not self.is_working_day(day):
            return False
        return not self.knows(day) or (any(day in term for term in self.terms) and day not in self.closed)

    def working_days_after(self, day: date, count: int) -> Counted:
        """So many working days on; the day itself is not counted."""
        found = _count(day, count, self.is_working_day)
        return Counted(day=found, notes=self._about_holidays(day, found))

    def school_days_after(self, day: date, count: int) -> Counted:
        """So many school days on; the day itself is not counted."""
        found = _count(day, count, self.is_school_day)
        return Counted(day=found, notes=(*self._about_terms(day, found), *self._about_holidays(day, found)))

    def working_day_from(self, day: date) -> Counted:
        """This day, or the next working day where it is none."""
        found = day if self.is_working_day(day) else _count(day, 1, self.is_working_day)
        return Counted(day=found, notes=self._about_holidays(day, found))

    def lesson_end_after(self, local: datetime) -> datetime | None:
        """When the lesson that runs then ends; None where none runs any more that day, or no times are known."""
        if not self.is_school_day(local.date()):
            return None
        ends = (local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) for at in self.lesson_ends)
        return next((end for end in ends if end > local), None)

    def no_school(self, day: date) -> str:
        """Why there is no school on a day, as a sentence; empty where there is, or nobody knows."""
        if (name := self.bank_holidays.get(day.year, {}).get(day)) is not None:
            return f"{day_words(day)} is a bank holiday ({name})"
        return "" if self.is_school_day(day) else f"There is no school on {day_words(day)}"

    def _about_terms(self, first: date, last: date) -> tuple[str, ...]:
        if not self.terms:
            return (self.terms_missing,)
        if self.knows(first) and self.knows(last):
            return ()
        if last > self.terms[-1].last:
            return (f"Term dates end on {day_words(self.terms[-1].last)}; after that Mondays to Fridays are counted",)
        return (f"Term dates begin on {day_words(self.terms[0].first)}; before that Mondays to Fridays are counted",)

    def _about_holidays(self, first: date, last: date) -> tuple[str, ...]:
        missing = [year for year in range(first.year, last.year + 1) if year not in self.bank_holidays]
        named = [
            f"{day_words(day)} ({name})"
            for year in range(first.year, last.year + 1)
            for day, name in sorted(self.bank_holidays.get(year, {}).items())
            if first <= day <= last
        ]
        said = [f"Not counted: bank holiday {' and '.join(named)}"] if named else []
        if missing:
            years = " and ".join(str(year) for year in missing)
            said.append(f"The bank holidays of {years} are not known here, so they are counted as working days")
        return tuple(said)


def _count(day: date, count: int, counts: Callable[[date], bool]) -> date:
    left = count
    while left > 0:
        day += _DAY
        left -= counts(day)
    return day


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months on; the last of the month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def read_terms(text: str, today: date) -> tuple[Span, ...]:
    """Terms as a school writes them, one a line: Autumn: 3 September 2026 to 23 October 2026.

    What stands before a colon is its name. Raises InputError that names the line
    that could not be read. Lines may come in any order; terms must not overlap.
    """
    found = sorted((_span(number, line, today) for number, line in _lines(text)), key=lambda span: span.first)
    for one, other in pairwise(found):
        if other.first <= one.last:
            raise InputError(
                f"Two terms overlap: one ends on {day_words(one.last)}, another begins on {day_words(other.first)}."
            )
    return tuple(found)


def of_sites(text: str) -> dict[str, str]:
    """Terms or days of sites that have their own, each line with the site before its first colon; the rest by site.

    North: Autumn: 3 September 2026 to 23 October 2026. Sites are named as cases name
    them, in small letters here. Raises InputError for a line without a site.
    """
    found: dict[str, list[str]] = {}
    for number, line in _lines(text):
        site, colon, rest = line.partition(":")
        if not colon or not site.strip() or not rest.strip():
            raise InputError(f"Line {number} does not begin with a site. Write it such as: North: Autumn: 3 Sept 2026 "
                             "to 23 Oct 2026.")  # fmt: skip
        found.setdefault(site_key(site), []).append(rest.strip())
    return {site: "\n".join(lines) for site, lines in found.items()}


def site_key(site: str) -> str:
    """A site's name as it is compared: blanks and capitals do not count."""
    return " ".join(site.split()).casefold()


def _span(number: int, line: str, today: date) -> Span:
    parts = _BETWEEN.split(line.rpartition(":")[2].strip())
    if len(parts) != 2:
        raise InputError(f"Line {number} could not be read. Write it such as: Autumn: 3 Sept 2026 to 23 Oct 2026.")
    first, last = (_day(number, part, today) for part in parts)
    if not first <= last <= first + _LONGEST_TERM:
        raise InputError(f"Line {number}: a term ends after it begins, and within the school year. Check the years.")
    return Span(first=first, last=last)


def read_days(text: str, today: date) -> frozenset[date]:
    """Single days, one a line, with or without a name before a colon; raises InputError that names the line."""
    return frozenset(_day(number, line.rpartition(":")[2], today) for number, line in _lines(text))


def _lines(text: str) -> list[tuple[int, str]]:
    found = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(found) > MOST_LINES:
        raise InputError(f"At most {MOST_LINES} lines. Leave out years that are over.")
    return found


def _day(number: int, words: str, today: date) -> date:
    if not re.search(r"\b\d{4}\b|/\d\d\s*$", words):
        raise InputError(f"Line {number}: write every date with its year, such as 3 Sept 2026.")
    try:
        return read_when(words, datetime.combine(today, time(12)), ahead=True).day
    except InputError as fault:
        raise InputError(f"Line {number} could not be read. Write dates such as 3 Sept 2026 or 3/9/2026.") from fault


def read_lesson_ends(text: str) -> tuple[time, ...]:
    """Times of the day, parted by commas or spaces: 9:50, 10:50, 12:00; raises InputError for anything else."""
    ends = set[time]()
    for part in re.split(r"[,;\s]+", text.strip()):
        if not part:
            continue
        told = _CLOCK.fullmatch(part)
        if told is None:
            raise InputError("Write the times such as 9:50, 10:50, 12:00, 14:10.")
        ends.add(time(int(told[1]), int(told[2])))
    return tuple(sorted(ends))
