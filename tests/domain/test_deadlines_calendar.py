"""Which days count: weekends, terms, bank holidays, lessons; what is not known is said, never guessed silently."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.deadlines_calendar import (
    MOST_LINES,
    NO_TERMS,
    TERMS_NOT_READ,
    SchoolCalendar,
    Span,
    months_after,
    of_sites,
    read_days,
    read_lesson_ends,
    read_terms,
)
from dsl_desk.domain.errors import InputError

TODAY = date(2026, 11, 20)
LONDON = ZoneInfo("Europe/London")
TERMS = (
    "Autumn: 3 September 2026 to 23 October 2026\n\n2 Nov 2026 - 18 Dec 2026\nSpring: 4/1/2027 until 2027-03-25\n"
    "Summer: 12 April 2027 to 21 July 2027"
)
BANK = {
    2026: {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day, substitute"},
    2027: {date(2027, 1, 1): "New Year’s Day", date(2027, 5, 3): "Early May bank holiday"},
}
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))


def calendar(**said):
    told = {
        "terms": read_terms(TERMS, TODAY),
        "bank_holidays": BANK,
        "lesson_ends": (time(9, 50), time(15, 10)),
        **said,
    }
    return SchoolCalendar(**told)


def test_terms_are_read_as_a_school_writes_them_in_any_order():
    found = read_terms("\n".join(reversed(TERMS.splitlines())), TODAY)
    assert found[0] == Span(first=date(2026, 9, 3), last=date(2026, 10, 23))
    assert found[2] == Span(first=date(2027, 1, 4), last=date(2027, 3, 25))
    assert len(found) == 4
    assert read_terms(" \n", TODAY) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Autumn", "Line 1 could not be read"),
        ("3 September 2026", "Line 1 could not be read"),
        ("a to b to c", "Line 1 could not be read"),
        ("\nAutumn: 3 September to 23 October", "Line 2: write every date with its year"),
        ("Autumn: 31 September 2026 to 23 October 2026", "Line 1 could not be read"),
        ("Autumn: 3 September 2026 to 23 October 2025", "ends after it begins"),
        ("Autumn: 3 September 2026 to 23 October 2027", "within the school year"),
        ("1 Sep 2026 to 20 Oct 2026\n20 Oct 2026 to 18 Dec 2026", "Two terms overlap"),
        ("x\n" * (MOST_LINES + 1), "At most"),
    ],
)
def test_a_term_that_cannot_be_read_is_refused_with_its_line(text, words):
    with pytest.raises(InputError, match=words):
        read_terms(text, TODAY)


def test_days_without_school_and_ends_of_lessons_are_read():
    assert read_days("INSET: 2 November 2026\n5/1/27", TODAY) == {date(2026, 11, 2), date(2027, 1, 5)}
    with pytest.raises(InputError, match="Line 1"):
        read_days("INSET", TODAY)
    assert read_lesson_ends(" 10:50, 9.50;15:10 9:50") == (time(9, 50), time(10, 50), time(15, 10))
    assert read_lesson_ends("  ") == ()
    for wrong in ("after lunch", "25:00", "9:5"):
        with pytest.raises(InputError, match="Write the times such as"):
            read_lesson_ends(wrong)


def test_a_bank_holiday_and_a_weekend_are_no_working_days():
    counted = calendar().working_days_after(date(2026, 12, 24), 1)
    assert counted.day == date(2026, 12, 29), "Christmas, the weekend and the substitute are left out"
    (note,) = counted.notes
    assert note == (
        "Not counted: bank holiday Friday 25 December 2026 (Christmas Day) and Monday 28 December 2026 "
        "(Boxing Day, substitute)"
    )
    assert calendar().working_days_after(date(2026, 11, 20), 1).day == date(2026, 11, 23)


def test_a_year_whose_bank_holidays_are_not_known_is_named():
    counted = calendar().working_days_after(date(2028, 12, 29), 3)
    assert counted.day == date(2029, 1, 3)
    assert counted.notes == (
        "The bank holidays of 2028 and 2029 are not known here, so they are counted as working days",
    )


def test_school_days_leave_out_holidays_and_days_without_school():
    half_term = calendar().school_days_after(date(2026, 10, 23), 1)
    assert half_term.day == date(2026, 11, 2)
    assert half_term.notes == ()
    inset = calendar(closed=frozenset({date(2026, 11, 2)})).school_days_after(date(2026, 10, 23), 1)
    assert inset.day == date(2026, 11, 3)


def test_where_term_dates_are_missing_or_end_weekdays_count_and_it_is_said():
    nothing = SchoolCalendar(bank_holidays=BANK)
    assert nothing.school_days_after(date(2026, 11, 20), 5).day == date(2026, 11, 27)
    assert nothing.school_days_after(date(2026, 11, 20), 5).notes == (NO_TERMS,)
    unread = SchoolCalendar(bank_holidays=BANK, terms_missing=TERMS_NOT_READ)
    assert unread.school_days_after(date(2026, 11, 20), 1).notes == (TERMS_NOT_READ,)
    past = calendar().school_days_after(date(2027, 7, 20), 5)
    assert past.day == date(2027, 7, 27)
    assert past.notes == ("Term dates end on Wednesday 21 July 2027; after that Mondays to Fridays are counted",)
    before = calendar().school_days_after(date(2026, 8, 31), 1)
    assert before.day == date(2026, 9, 1)
    assert "Term dates begin on Thursday 3 September 2026" in before.notes[0]


def test_the_next_working_day_is_the_day_itself_where_it_is_one():
    assert calendar().working_day_from(date(2026, 11, 20)).day == date(2026, 11, 20)
    assert calendar().working_day_from(date(2026, 12, 25)).day == date(2026, 12, 29)


def test_why_there_is_no_school_is_said():
    assert calendar().no_school(date(2026, 12, 25)) == "Friday 25 December 2026 is a bank holiday (Christmas Day)"
    assert calendar().no_school(date(2026, 10, 27)) == "There is no school on Tuesday 27 October 2026"
    assert calendar().no_school(date(2026, 11, 20)) == ""


def test_the_lesson_that_runs_is_told_by_its_end():
    def at(day, hour, minute):
        return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)

    assert calendar().lesson_end_after(at(20, 9, 10)) == at(20, 9, 50)
    assert calendar().lesson_end_after(at(20, 9, 50)) == at(20, 15, 10), "that lesson is over"
    assert calendar().lesson_end_after(at(20, 15, 11)) is None
    assert calendar().lesson_end_after(at(21, 9, 10)) is None, "there is no lesson on a Saturday"
    assert calendar(lesson_ends=()).lesson_end_after(at(20, 9, 10)) is None


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_a_calendar_month_ends_on_the_same_date_or_the_last_of_the_month(day, months, then):
    assert months_after(day, months) == then


@given(DAYS, st.integers(min_value=1, max_value=30), st.booleans())
def test_a_count_ends_on_a_day_that_counts_and_has_exactly_so_many_before_it(day, count, in_school):
    days = calendar()
    counts = days.is_school_day if in_school else days.is_working_day
    found = (days.school_days_after if in_school else days.working_days_after)(day, count).day
    assert counts(found)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(counts(one) for one in between) == count


@given(DAYS, st.integers(min_value=1, max_value=20))
def test_school_days_never_come_sooner_than_working_days(day, count):
    days = calendar()
    assert days.school_days_after(day, count).day >= days.working_days_after(day, count).day


@given(DAYS, st.integers(min_value=1, max_value=24))
def test_a_month_never_leaves_out_a_month(day, months):
    then = months_after(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


def test_days_of_sites_are_told_apart_by_the_name_before_the_first_colon():
    told = of_sites("North  Site: Autumn: 1 Sept 2026 to 2 Oct 2026\n\nSouth: 3 Nov 2026\nnorth site: 4 Nov 2026")
    assert told == {"north site": "Autumn: 1 Sept 2026 to 2 Oct 2026\n4 Nov 2026", "south": "3 Nov 2026"}
    assert of_sites("") == {}
    for wrong in ("3 Nov 2026", ": 3 Nov 2026", "North:"):
        with pytest.raises(InputError, match="Line 1 does not begin with a site"):
            of_sites(wrong)
