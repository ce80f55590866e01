"""A school's time for tests of deadlines: its calendar, the clock on its wall, and the five profiles."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dsl_desk.domain.deadlines_calendar import SchoolCalendar, Span
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.policy import read_profile

POLICIES = sorted((Path(__file__).parents[2] / "resources" / "policies").glob("*.toml"))
LONDON = ZoneInfo("Europe/London")

FIRST, LAST = (datetime.combine(date(year, 1, 1), time()) for year in (2026, 2028))
K = DeadlineKind
CALENDAR = SchoolCalendar(
    terms=(
        Span(first=date(2026, 11, 2), last=date(2026, 12, 18)), Span(first=date(2027, 1, 4), last=date(2027, 7, 21)),
    ),
    bank_holidays={2026: {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day, substitute"},
                   2027: {date(2027, 1, 1): "New Year’s Day"}},
    lesson_ends=(time(9, 50), time(10, 50), time(15, 10)),
)  # fmt: skip


def at(day, hour=12, minute=30, month=11, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@cache
def read(name):
    path = next(path for path in POLICIES if path.stem == name)
    return read_profile(path.read_text(encoding="utf-8"), path.name)
