"""What is due in cases, and the school's days it is counted by: for Home, for the place of a case, for Settings."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.dates import day_words
from dsl_desk.domain.deadlines import (
    LADO_DAYS,
    CaseDeadline,
    Standing,
    deadlines,
    due_words,
    explain,
    rules_of,
    waiting,
)
from dsl_desk.domain.deadlines_calendar import (
    NO_TERMS,
    TERMS_NOT_READ,
    SchoolCalendar,
    read_days,
    read_lesson_ends,
    read_terms,
)
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.policy_values import Term
from dsl_desk.domain.words import CaseRef, StrandId
from dsl_desk.paths import ResourcesMissingError, resources
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.deadline_words import DeadlineSeen, key_of, seen_of, title_of, what_of
from dsl_desk.services.due import Due
from dsl_desk.services.settings import SettingsService, note

CALENDAR_TEXTS: Final = ("term_dates", "closed_days", "lesson_ends")
LADO_SETTING: Final = "lado_days"
LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSeen:
    """The school's days as they are kept, and what the desk understood."""

    values: Mapping[str, str]
    lado_days: int
    lado_of_policy: int | None
    """Working days that the profile sets; None where it counts otherwise."""
    understood: tuple[str, ...]
    bank_holidays: str
    may_change: bool


class DeadlineService:
    """Counts what is due for the person signed in; nothing here is kept beside the journal."""

    def __init__(self, book: CaseBook, settings: SettingsService) -> None:
        self._book, self._settings = book, settings
        self._kept: tuple[tuple[str, ...], SchoolCalendar] | None = None

    # -- the school's days

    @cached_property
    def _bank_holidays(self) -> Mapping[int, Mapping[date, str]]:
        return read_bank_holidays(_shipped())

    def calendar(self) -> SchoolCalendar:
        """The school's days as its settings tell them; what cannot be read counts as missing, and is said."""
        school, day = self._book.school(), self._book.today()
        told = (day, *(school.setting(name) for name in CALENDAR_TEXTS))
        if self._kept is None or self._kept[0] != told:
            self._kept = (told, self._read_calendar(date.fromisoformat(day), *told[1:]))
        return self._kept[1]

    def _read_calendar(self, today: date, term_dates: str, closed_days: str, lesson_ends: str) -> SchoolCalendar:
        missing = NO_TERMS
        try:
            terms = read_terms(term_dates, today)
        except InputError:
            terms, missing = (), TERMS_NOT_READ
        try:
            closed = read_days(closed_days, today)
            ends = read_lesson_ends(lesson_ends)
        except InputError:  # only checked texts are kept; one kept by an older program counts as missing
            closed, ends = frozenset(), ()
        return SchoolCalendar(
            terms=terms, closed=closed, bank_holidays=self._bank_holidays, lesson_ends=ends, terms_missing=missing
        )

    def lado_days(self) -> int | None:
        """Working days within which this school rings the LADO, where it set them."""
        text = self._book.school().setting(LADO_SETTING)
        return int(text) if text in map(str, LADO_DAYS) else None

    def see_calendar(self) -> CalendarSeen:
        """Everything the page of term dates shows."""
        school, calendar = self._book.school(), self.calendar()
        policy = rules_of(school.profile)[DeadlineKind.LADO]
        of_policy = policy.count if policy.term is Term.WORKING_DAYS else None
        mine = self.lado_days()
        years = sorted(calendar.bank_holidays)
        return CalendarSeen(
            values={name: school.setting(name) for name in CALENDAR_TEXTS},
            lado_days=mine if mine is not None else of_policy if of_policy in LADO_DAYS else 1,
            lado_of_policy=of_policy,
            understood=tuple(_understood(calendar)),
            bank_holidays=f"Bank holidays of England are known for {years[0]} to {years[-1]}, as the government "
            "published them. For any other year the desk says that it does not know them.",
            may_change=self._settings.may_change(),
        )

    def calendar_problems(self, values: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the days, by field."""
        today, found = date.fromisoformat(self._book.today()), dict[str, str]()
        readers = {
            "term_dates": lambda text: read_terms(text, today),
            "closed_days": lambda text: read_days(text, today),
            "lesson_ends": read_lesson_ends,
        }
        for name, read in readers.items():
            text = values.get(name, "")
            if len(text) > LONGEST_TEXT:
                found[name] = f"This text is too long: at most {LONGEST_TEXT:,} characters."
            else:
                note(found, name, read, text)
        if values.get(LADO_SETTING, "1") not in map(str, LADO_DAYS):
            found[LADO_SETTING] = "Choose within how many working days the LADO is rung."
        return found

    def keep_calendar(self, values: Mapping[str, str]) -> None:
        """Keep the school's days as one entry; raises InputError, ProcedureError for whoever may only read them."""
        for words in self.calendar_problems(values).values():
            raise InputError(words)
        self._settings.write({name: values[name].strip() for name in (*CALENDAR_TEXTS, LADO_SETTING) if name in values})

    # -- a case

    def of(self, case: Case) -> tuple[CaseDeadline, ...]:
        """Every deadline of a case now."""
        return deadlines(
            case, self._book.school().profile_of(case), self.calendar(), self._book.now().local,
            lado_days=self.lado_days(),
        )  # fmt: skip

    def see(self, strand: StrandId) -> tuple[DeadlineSeen, ...]:
        """The deadlines of a case for its place: what runs first; those kept in time are left out."""
        now = self._book.now().local
        found = self.of(self._book.load(strand))
        return tuple(seen_of(one, now) for one in found if one.standing is not Standing.MET)

    def of_home(self, case: Case, strand: StrandId) -> Iterator[tuple[DeadlineKind, Due]]:
        """What is due in a case, for Home."""
        now = self._book.now().local
        for one in waiting(self.of(case)):
            yield one.clock.kind, Due(
                title=f"{title_of(one)}: {CaseRef(case.ref)}", what=what_of(one), by=one.due.by,
                when=due_words(one.due, now), late=one.standing is Standing.LATE, strand=strand,
            )  # fmt: skip

    def explain(self, strand: StrandId, key: str, reason: str, next_step: str = "") -> Case:
        """Write down why a deadline was missed, in the name of who is signed in; from then on nothing asks again."""
        one = next((one for one in self.of(self._book.load(strand)) if key_of(one) == key), None)
        if one is None:
            raise ProcedureError("This deadline does not run any more. Look at the case again.")
        missed = explain(one, what=title_of(one), reason=reason, next_step=next_step)
        return self._book.record(strand, lambda case, me: case.note(me, missed))


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


def _shipped() -> str:
    try:
        return (resources() / "calendar" / "bank-holidays-england.toml").read_text(encoding="utf-8")
    except OSError as error:
        raise ResourcesMissingError from error


def _understood(calendar: SchoolCalendar) -> Iterator[str]:
    if not calendar.terms:
        yield f"{calendar.terms_missing}."
    for term in calendar.terms:
        yield f"School from {day_words(term.first)} to {day_words(term.last)}."
    if calendar.closed:
        yield f"No school on {', '.join(day_words(day) for day in sorted(calendar.closed))}."
    if calendar.lesson_ends:
        yield f"Lessons end at {', '.join(f'{end:%H:%M}' for end in calendar.lesson_ends)}."
