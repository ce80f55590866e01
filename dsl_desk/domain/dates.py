"""Dates as people write them: "3/9/26", "yesterday 2pm", "3 Sept"; read back in words so that nobody is misread."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.moments import before, has_come

EXAMPLE: Final = "such as 3/9/26, Friday 12.30 or yesterday 2pm"
NOT_READ: Final = f"Enter a date {EXAMPLE}"
AHEAD: Final = "This date has not come yet. Enter when it happened"
NEVER_SHOWN: Final = "The clocks went forward in that hour, so no clock showed it. Enter the time before or after"
_LONGEST = 60
_YEARS: Final = range(1900, 2200)

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGO: Final = {"minute": timedelta(minutes=1), "min": timedelta(minutes=1), "hour": timedelta(hours=1)}
_DAYS_AGO: Final = {"day": 1, "week": 7}
_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}

_TWELVE = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b\.?")
_TWENTY_FOUR = re.compile(r"(?<![\d/.-])([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_DOTTED = re.compile(r"(?<=[a-z\d]) ([01]?\d|2[0-3])\.([0-5]\d)$")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})(?:\s*[/. -]\s*(\d{4}|\d{2}))?")
_ZONE = re.compile(r"(?<=[\dm.]) ?(gmt|bst)$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?:,? (\d{4}|\d{2}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}|\d{2}))?")
_SINCE = re.compile(r"(\d{1,3}|[a-z]+) (minute|min|hour|day|week)s? ago")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, and the time of day where it was said."""

    day: date
    time: time | None
    zone: tzinfo | None

    @property
    def iso(self) -> str:
        """As entries keep it: a day alone, or a time with its offset."""
        if self.time is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.time, self.zone).isoformat(timespec="minutes")

    @property
    def words(self) -> str:
        """As it is read back: Thursday 3 September 2026, 14:00; with GMT or BST in the hour that comes twice."""
        day = day_words(self.day)
        return f"{day}, {self._clock}" if self._clock else day

    @property
    def typed(self) -> str:
        """As somebody would type it so that it is read the same on any later day: 3 September 2026 14:00."""
        return f"{date_words(self.day)} {self._clock}".rstrip()

    @property
    def _clock(self) -> str:
        if self.time is None:
            return ""
        first, second = (datetime.combine(self.day, self.time.replace(fold=fold), self.zone) for fold in (0, 1))
        twice = first.utcoffset() != second.utcoffset()
        named = (second if self.time.fold else first).tzname() if twice else ""
        return f"{self.time:%H:%M} {named}".rstrip()


def in_our_time(day: date) -> bool:
    """Whether a day can be meant: a year of no school is a slip, and from the last of all nothing counts on."""
    return day.year in _YEARS


def month_name(day: date) -> str:
    """September: in English whatever language the laptop speaks, which `strftime` follows."""
    return _MONTHS[day.month - 1].capitalize()


def day_name(day: date) -> str:
    """Thursday, in English whatever language the laptop speaks."""
    return _DAYS[day.weekday()].capitalize()


def date_words(day: date) -> str:
    """A day without its name: 3 September 2026."""
    return f"{day.day} {month_name(day)} {day.year}"


def day_words(day: date) -> str:
    """A day with its name: Thursday 3 September 2026."""
    return f"{day_name(day)} {date_words(day)}"


def read_when(text: str, now: datetime, *, ahead: bool = False) -> When:
    """Read a date as somebody wrote it; the day comes before the month, a year left out is the latest that fits.

    `now` is aware, at the school's offset. Raises InputError with an example where it
    cannot be read, or where it lies ahead and must not (`ahead`).
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    if not words or len(words) > _LONGEST:
        raise InputError(NOT_READ)
    found = _ago(words, now) or _parts(words, now, ahead=ahead)
    if not ahead and _is_ahead(found, now):
        raise InputError(AHEAD)
    return found


def _is_ahead(found: When, now: datetime) -> bool:
    if found.day != now.date() or found.time is None:
        return found.day > now.date()
    return not has_come(datetime.combine(found.day, found.time, found.zone), now)


def _ago(words: str, now: datetime) -> When | None:
    if words == "now":
        return _at(now)
    if words == "half an hour ago":
        return _at(before(now, timedelta(minutes=30)))
    told = _SINCE.fullmatch(words)
    if told is None:
        return None
    count = int(told[1]) if told[1].isdigit() else _COUNTS.get(told[1], 0)
    if not count:
        raise InputError(NOT_READ)
    if told[2] in _DAYS_AGO:
        return When(day=now.date() - timedelta(days=count * _DAYS_AGO[told[2]]), time=None, zone=now.tzinfo)
    return _at(before(now, count * _AGO[told[2]]))


def _at(moment: datetime) -> When:
    return When(day=moment.date(), time=moment.time().replace(second=0, microsecond=0, tzinfo=None), zone=moment.tzinfo)


def _parts(words: str, now: datetime, *, ahead: bool) -> When:
    zone = _ZONE.search(words)
    rest, at = _time_in(words[: zone.start()] if zone else words)
    rest = " ".join(part for part in rest.split() if part not in {"at", "on", "about", "around"})
    day = _day(rest, now.date(), ahead=ahead) if rest else now.date()
    if not in_our_time(day) or (at is None and zone is not None):
        raise InputError(NOT_READ)
    if at is not None:
        at = _shown(datetime.combine(day, at, now.tzinfo), zone[1] if zone else "")
    return When(day=day, time=at, zone=now.tzinfo)


def _shown(at: datetime, named: str) -> time:
    """The time of day, at which of two hours of one name; the first where nobody says, so that nothing counts late.

    Raises InputError for an hour that the clocks left out, and for GMT in summer or BST in winter.
    """
    if at.tzinfo is None:
        return at.time()
    if at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise InputError(NEVER_SHOWN)
    for told in (at, at.replace(fold=1)):
        if not named or (told.tzname() or "").casefold() == named:
            return told.time()
    raise InputError(NOT_READ)


def _time_in(words: str) -> tuple[str, time | None]:
    """The words without the time of day, and that time."""
    for word, at in (("noon", time(12)), ("midday", time(12)), ("midnight", time(0))):
        if word in words.split():
            return words.replace(word, " "), at
    twelve = _TWELVE.search(words)
    if twelve is not None:
        hour, minute = int(twelve[1]), int(twelve[2] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            raise InputError(NOT_READ)
        hour = hour % 12 + (12 if twelve[3] == "p" else 0)
        return words[: twelve.start()] + " " + words[twelve.end() :], time(hour, minute)
    full = _TWENTY_FOUR.search(words)
    if full is None and _NUMBERS.fullmatch(words) is None:
        full = _DOTTED.search(words)
    if full is not None:
        return words[: full.start()] + " " + words[full.end() :], time(int(full[1]), int(full[2]))
    return words, None


def _day(words: str, today: date, *, ahead: bool) -> date:
    if words in {"today", "this morning", "this afternoon"}:
        return today
    if words in {"yesterday", "last night"}:
        return today - timedelta(days=1)
    if words == "tomorrow":
        return today + timedelta(days=1)
    named = _weekday(words, today, ahead=ahead)
    return named if named is not None else _written(words, today, ahead=ahead)


def _weekday(words: str, today: date, *, ahead: bool) -> date | None:
    """The latest day of that name, or the next where days ahead are meant."""
    name = words.removeprefix("last ").removeprefix("next ")
    index = next((i for i, day in enumerate(_DAYS) if len(name) >= 3 and day.startswith(name)), None)
    if index is None:
        return None
    if ahead:
        return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - index) % 7
    return today - timedelta(days=7 if back == 0 and words.startswith("last ") else back)


def _written(words: str, today: date, *, ahead: bool) -> date:
    iso, numbers = _ISO.fullmatch(words), _NUMBERS.fullmatch(words)
    if iso is not None:
        return _made(int(iso[3]), int(iso[2]), iso[1], today, ahead=ahead)
    if numbers is not None:
        return _made(int(numbers[1]), int(numbers[2]), numbers[3], today, ahead=ahead)
    first, second = _DAY_FIRST.fullmatch(words), _MONTH_FIRST.fullmatch(words)
    if first is not None:
        return _made(int(first[1]), _month(first[2]), first[3], today, ahead=ahead)
    if second is not None:
        return _made(int(second[2]), _month(second[1]), second[3], today, ahead=ahead)
    raise InputError(NOT_READ)


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name) or (name == "sept" and number == 9):
            return number
    raise InputError(NOT_READ)


def _made(day: int, month: int, year: str | None, today: date, *, ahead: bool) -> date:
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        made = date(today.year, month, day)
        if made > today and not ahead:
            return made.replace(year=today.year - 1)
        return made.replace(year=today.year + 1) if made < today and ahead else made
    except ValueError as error:
        raise InputError(NOT_READ) from error
