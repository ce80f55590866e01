"""Dates as people write them, read as they mean them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.dates import AHEAD, NEVER_SHOWN, NOT_READ, date_words, day_words, read_when
from dsl_desk.domain.errors import InputError

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3/9/26", "Thursday 3 September 2026"),
        ("03-09-2026", "Thursday 3 September 2026"),
        ("3.9.26", "Thursday 3 September 2026"),
        ("3 9 2026", "Thursday 3 September 2026"),
        ("24 11 2026", "Tuesday 24 November 2026"),
        ("2026-09-03", "Thursday 3 September 2026"),
        ("3 Sept 2026", "Thursday 3 September 2026"),
        ("3rd of September", "Thursday 3 September 2026"),
        ("Sept 3, 2026", "Thursday 3 September 2026"),
        ("3/12", "Wednesday 3 December 2025"),
        ("25 December", "Thursday 25 December 2025"),
        ("today", "Tuesday 24 November 2026"),
        ("yesterday 2pm", "Monday 23 November 2026, 14:00"),
        ("Yesterday at 2.30 pm", "Monday 23 November 2026, 14:30"),
        ("last night", "Monday 23 November 2026"),
        ("monday", "Monday 23 November 2026"),
        ("tue", "Tuesday 24 November 2026"),
        ("last tuesday", "Tuesday 17 November 2026"),
        ("fri 09:15", "Friday 20 November 2026, 09:15"),
        ("3/9/26 14:02", "Thursday 3 September 2026, 14:02"),
        ("12am", "Tuesday 24 November 2026, 00:00"),
        ("noon", "Tuesday 24 November 2026, 12:00"),
        ("yesterday midnight", "Monday 23 November 2026, 00:00"),
        ("now", "Tuesday 24 November 2026, 14:02"),
        ("an hour ago", "Tuesday 24 November 2026, 13:02"),
        ("10 minutes ago", "Tuesday 24 November 2026, 13:52"),
        ("two days ago", "Sunday 22 November 2026"),
        ("half an hour ago", "Tuesday 24 November 2026, 13:32"),
        ("Friday 12.30", "Friday 20 November 2026, 12:30"),
        ("20 November at 9.05", "Friday 20 November 2026, 09:05"),
        ("20/11/26 14.30", "Friday 20 November 2026, 14:30"),
        ("3 9.26", "Thursday 3 September 2026"),
    ],
)
def test_a_date_is_read_as_it_was_meant(typed, words):
    assert read_when(typed, NOW).words == words


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24th of last month",
        "31/2/26",
        "13pm",
        "2:75pm",
        "3 Foo 2026",
        "some days ago",
        "x" * 70,
        "99/99/99",
        "3/9/1",
        "1/1/0001",
        "31/12/1899",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(InputError) as refused:
        read_when(typed, NOW)
    assert str(refused.value) == NOT_READ


@pytest.mark.parametrize("typed", ["tomorrow", "25/11/26", "3pm", "1 Jan 2030"])
def test_what_happened_cannot_lie_ahead(typed):
    with pytest.raises(InputError) as refused:
        read_when(typed, NOW)
    assert str(refused.value) == AHEAD


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tomorrow 9am", "Wednesday 25 November 2026, 09:00"),
        ("friday", "Friday 27 November 2026"),
        ("next tuesday", "Tuesday 1 December 2026"),
        ("3/1", "Sunday 3 January 2027"),
        ("3/12", "Thursday 3 December 2026"),
    ],
)
def test_a_date_to_come_is_read_where_one_is_asked_for(typed, words):
    assert read_when(typed, NOW, ahead=True).words == words


def test_a_day_is_kept_alone_and_a_time_with_its_offset():
    assert read_when("3/9/26", NOW).iso == "2026-09-03"
    assert read_when("yesterday 2pm", NOW).iso == "2026-11-23T14:00+00:00"


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(typed):
    said = NOT_READ
    try:
        read_when(typed, NOW)
    except InputError as refused:
        said = str(refused)
    assert said in {NOT_READ, AHEAD}


@given(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2026, 11, 23)))  # noqa: DTZ001 - hypothesis takes naive bounds
def test_what_is_read_back_is_read_the_same(day):
    found = read_when(f"{day.day}/{day.month}/{day.year} {day:%H:%M}", NOW)
    assert (found.day, found.time) == (day.date(), day.time().replace(second=0, microsecond=0))


def london(year, month, day, hour, minute=0, fold=0):
    return datetime(year, month, day, hour, minute, tzinfo=LONDON, fold=fold)


FIRST_PASS, SECOND_PASS = (london(2026, 10, 25, 1, 20, fold=fold) for fold in (0, 1))


@pytest.mark.parametrize(
    ("typed", "now", "iso", "words"),
    [
        ("now", FIRST_PASS, "2026-10-25T01:20+01:00", "Sunday 25 October 2026, 01:20 BST"),
        ("now", SECOND_PASS, "2026-10-25T01:20+00:00", "Sunday 25 October 2026, 01:20 GMT"),
        ("10 minutes ago", SECOND_PASS, "2026-10-25T01:10+00:00", "Sunday 25 October 2026, 01:10 GMT"),
        ("an hour ago", SECOND_PASS, "2026-10-25T01:20+01:00", "Sunday 25 October 2026, 01:20 BST"),
        ("2 hours ago", london(2026, 10, 25, 2, 30), "2026-10-25T01:30+01:00", "Sunday 25 October 2026, 01:30 BST"),
        ("today 01:40", SECOND_PASS, "2026-10-25T01:40+01:00", "Sunday 25 October 2026, 01:40 BST"),
        ("01:10 GMT", SECOND_PASS, "2026-10-25T01:10+00:00", "Sunday 25 October 2026, 01:10 GMT"),
        ("1.10am bst", SECOND_PASS, "2026-10-25T01:10+01:00", "Sunday 25 October 2026, 01:10 BST"),
        ("25/10/26 14:00 GMT", london(2026, 10, 26, 9), "2026-10-25T14:00+00:00", "Sunday 25 October 2026, 14:00"),
        ("20 minutes ago", london(2026, 3, 29, 2, 10), "2026-03-29T00:50+00:00", "Sunday 29 March 2026, 00:50"),
        ("last night", london(2026, 11, 23, 0, 3), "2026-11-22", "Sunday 22 November 2026"),
        ("29 Feb", london(2028, 2, 29, 0, 1), "2028-02-29", "Tuesday 29 February 2028"),
    ],
)
def test_the_night_on_which_the_clocks_change_loses_and_doubles_no_hour(typed, now, iso, words):
    found = read_when(typed, now)
    assert (found.iso, found.words) == (iso, words)
    assert read_when(found.typed, now + timedelta(days=400)) == found


@pytest.mark.parametrize(
    ("typed", "now", "said"),
    [
        ("01:30", london(2026, 3, 29, 9), NEVER_SHOWN),
        ("today 01:40 GMT", SECOND_PASS, AHEAD),
        ("today 01:40", FIRST_PASS, AHEAD),
        ("3/7/26 14:00 GMT", london(2026, 10, 25, 9), NOT_READ),
        ("3/7/26 GMT", london(2026, 10, 25, 9), NOT_READ),
        ("today 10:05", london(2026, 11, 22, 0, 20), AHEAD),
    ],
)
def test_an_hour_that_was_not_or_is_not_yet_is_refused(typed, now, said):
    with pytest.raises(InputError) as refused:
        read_when(typed, now)
    assert str(refused.value) == said


def test_a_calendar_has_no_clock_on_its_wall():
    assert read_when("29/3/26 01:30", NOW.replace(tzinfo=None)).words == "Sunday 29 March 2026, 01:30"


def test_a_day_is_told_in_english_whatever_language_the_laptop_speaks():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day_words(day) for day in days] == [f"{day:%A} {day.day} {day:%B} {day.year}" for day in days]
    assert date_words(days[1]) == "2 January 2026"
