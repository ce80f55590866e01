"""The school's days: terms, days without school, ends of lessons, days for the LADO; kept as settings, counted by.

Bank holidays ship with the program, with their years and where they were read; a
year that is missing is said to be unknown wherever days of it are counted.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import capwords
from typing import Final

from dsl_desk.domain.dates import day_words
from dsl_desk.domain.deadlines_calendar import (
    NO_TERMS,
    TERMS_NOT_READ,
    SchoolCalendar,
    of_sites,
    read_days,
    read_lesson_ends,
    read_terms,
    site_key,
)
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.deadlines_terms import LADO_DAYS, rules_of
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.policy_values import Term
from dsl_desk.paths import ResourcesMissingError, resources
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.school import School
from dsl_desk.services.settings import SettingsService, note

DAYS_TEXTS: Final = ("term_dates", "closed_days", "lesson_ends", "site_terms", "site_closed_days")
"""Settings; the last two are of sites that have their own: a federation can have two local authorities."""
LADO_SETTING: Final = "lado_days"
LONGEST_TEXT: Final = 2_000
BankHolidays = Mapping[int, Mapping[date, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDaysSeen:
    """The school's days as they are kept, and what the desk understood."""

    values: Mapping[str, str]
    lado_days: int
    understood: tuple[str, ...]
    bank_holidays: str
    may_change: bool


class DaysRead:
    """The calendar that a school's settings tell, read once for each state of them."""

    def __init__(self) -> None:
        self._told: tuple[str, ...] = ()
        self._kept: dict[str, SchoolCalendar] = {}

    @cached_property
    def bank_holidays(self) -> BankHolidays:
        """Those that ship with the program; raises ResourcesMissingError."""
        try:
            text = (resources() / "calendar" / "bank-holidays-england.toml").read_text(encoding="utf-8")
        except OSError as error:
            raise ResourcesMissingError from error
        return read_bank_holidays(text)

    def calendar(self, school: School, today: date, site: str = "") -> SchoolCalendar:
        """The days of a site, or the school's own where the site has none or is not known.

        What cannot be read counts as missing, and is said beside every date it touches.
        """
        return self.calendars(school, today).get(site_key(site)) or self.calendars(school, today)[""]

    def calendars(self, school: School, today: date) -> Mapping[str, SchoolCalendar]:
        """The school's own days under no name, and those of each site that has its own."""
        told = (today.isoformat(), *(school.setting(name) for name in DAYS_TEXTS))
        if self._told != told:
            terms, closed, ends, site_terms, site_closed = told[1:]
            of_site, closed_there = _by_site(site_terms), _by_site(site_closed)
            found = {"": self._read(today, terms, closed, ends)}
            for site in {*of_site, *closed_there}:
                found[site] = self._read(today, of_site.get(site, terms), closed_there.get(site, closed), ends)
            self._told, self._kept = told, found
        return self._kept

    def _read(self, today: date, term_dates: str, closed_days: str, lesson_ends: str) -> SchoolCalendar:
        missing = NO_TERMS
        try:
            terms = read_terms(term_dates, today)
        except InputError:
            terms, missing = (), TERMS_NOT_READ
        try:
            closed, ends = read_days(closed_days, today), read_lesson_ends(lesson_ends)
        except InputError:  # only what was checked is kept; what an older program kept counts as missing
            closed, ends = frozenset(), ()
        return SchoolCalendar(
            terms=terms, closed=closed, bank_holidays=self.bank_holidays, lesson_ends=ends, terms_missing=missing
        )


def _by_site(text: str) -> dict[str, str]:
    try:
        return of_sites(text)
    except InputError:  # only what was checked is kept
        return {}


def read_bank_holidays(text: str) -> dict[int, dict[date, str]]:
    """Bank holidays by year; raises ResourcesMissingError where the file is not as it was shipped."""
    try:
        years = tomllib.loads(text)["years"]
        return {
            int(year): {date.fromisoformat(day): str(name) for day, name in days.items()}
            for year, days in years.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, ValueError) as error:
        raise ResourcesMissingError from error


def lado_days(school: School) -> int | None:
    """Working days within which this school rings the LADO, where it set them; 0 is the same day."""
    text = school.setting(LADO_SETTING)
    return int(text) if text in map(str, LADO_DAYS) else None


class SchoolDaysService:
    """Shows and keeps the school's days."""

    def __init__(self, book: CaseBook, settings: SettingsService) -> None:
        self._book, self._settings, self._days = book, settings, DaysRead()

    def see(self) -> SchoolDaysSeen:
        """Everything the page of term dates shows."""
        school, calendars = self._book.school(), self._days.calendars(self._book.school(), self._today())
        calendar = calendars[""]
        policy, mine = rules_of(school.profile)[DeadlineKind.LADO], lado_days(school)
        of_policy = policy.count if policy.term is Term.WORKING_DAYS and policy.count in LADO_DAYS else 1
        years = sorted(calendar.bank_holidays)
        return SchoolDaysSeen(
            values={name: school.setting(name) for name in DAYS_TEXTS},
            lado_days=of_policy if mine is None else mine,
            understood=(
                *_understood(calendar),
                *(
                    f"At {capwords(site)}: {line}"
                    for site in sorted(calendars)
                    if site
                    for line in _understood(calendars[site])
                ),
            ),
            bank_holidays=f"Bank holidays of England are known for {years[0]} to {years[-1]}. "
            "Where a deadline reaches another year, it says so.",
            may_change=self._settings.may_change(),
        )

    def problems(self, values: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the days, by field."""
        today, found = self._today(), dict[str, str]()
        readers = {
            "term_dates": lambda text: read_terms(text, today),
            "closed_days": lambda text: read_days(text, today),
            "lesson_ends": read_lesson_ends,
            "site_terms": lambda text: [read_terms(lines, today) for lines in of_sites(text).values()],
            "site_closed_days": lambda text: [read_days(lines, today) for lines in of_sites(text).values()],
        }
        for name, read in readers.items():
            text = values.get(name, "")
            if len(text) > LONGEST_TEXT:
                found[name] = f"This text is too long: at most {LONGEST_TEXT:,} characters."
            else:
                note(found, name, read, text)
        if values.get(LADO_SETTING, "1") not in map(str, LADO_DAYS):
            found[LADO_SETTING] = "Choose within how many working days the LADO is rung"
        return found

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep the school's days as one entry; raises InputError, ProcedureError for whoever may only read them."""
        for words in self.problems(values).values():
            raise InputError(words)
        self._settings.write({name: values[name].strip() for name in (*DAYS_TEXTS, LADO_SETTING) if name in values})

    def _today(self) -> date:
        return date.fromisoformat(self._book.today())


def _understood(calendar: SchoolCalendar) -> Iterator[str]:
    if not calendar.terms:
        yield f"{calendar.terms_missing}."
    for term in calendar.terms:
        yield f"School from {day_words(term.first)} to {day_words(term.last)}."
    if calendar.closed:
        yield f"No school on {', '.join(day_words(day) for day in sorted(calendar.closed))}."
    if calendar.lesson_ends:
        yield f"Lessons end at {', '.join(f'{end:%H:%M}' for end in calendar.lesson_ends)}."
