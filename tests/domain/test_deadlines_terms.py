"""By when something is due: the terms of the five profiles, hours and days, holidays and changes of the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.deadlines import DueBy, due_by, due_words, end_of, hours_after
from dsl_desk.domain.deadlines_calendar import NO_LESSONS, NO_TERMS, SchoolCalendar
from dsl_desk.domain.deadlines_terms import COMMON, Rule, rules_of, urgent_rule
from dsl_desk.domain.policy_values import Term
from tests.builders import profile
from tests.domain.school_time import CALENDAR, FIRST, LAST, LONDON, POLICIES, K, at, read

# -- terms of the five profiles


@pytest.mark.parametrize(
    ("name", "report", "urgent"),
    [
        ("independent-prep-2023", Term.AT_ONCE, Term.AT_ONCE),
        ("primary-2023", Term.AT_ONCE, Term.AT_ONCE),
        ("secondary-2021", Term.HOURS, Term.AT_ONCE),
        ("federation-2019", Term.SAME_DAY, Term.AT_ONCE),
        ("primary-2024", Term.SAME_DAY, Term.END_OF_LESSON),
    ],
)
def test_each_profile_counts_its_report_as_its_policy_says_and_the_rest_as_the_law_says(name, report, urgent):
    found = rules_of(read(name))
    assert found[K.REPORT].term is found[K.ANSWER].term is report
    assert urgent_rule(read(name)).term is urgent
    for kind in (K.POLICE, K.LADO, K.BREACH, K.REPLY, K.FILE):
        assert found[kind] == COMMON[kind], kind
    said = {one.id: one for one in read(name).deadlines}
    assert (said["subject-access"].term, said["subject-access"].count) == (Term.MONTHS, 1)


def test_five_profiles_ship():
    assert len(POLICIES) == 5


def test_before_a_profile_is_chosen_the_common_default_stands():
    assert rules_of(None) == dict(COMMON)
    assert urgent_rule(None) == Rule(term=Term.AT_ONCE)


def test_the_school_sets_its_own_days_for_the_lado():
    assert rules_of(profile(), 2)[K.LADO] == Rule(term=Term.WORKING_DAYS, count=2)
    assert rules_of(profile(), 0)[K.LADO] == Rule(term=Term.SAME_DAY)
    assert rules_of(profile())[K.LADO] == Rule(term=Term.WORKING_DAYS, count=1)


def test_a_profile_of_an_older_program_that_tells_hours_alone_still_counts():
    old = [msgspec.structs.replace(one, term=Term.HOURS, count=0) for one in profile().deadlines]
    found = rules_of(msgspec.structs.replace(profile(), deadlines=tuple(old)))
    assert found[K.LADO] == Rule(term=Term.HOURS, count=24)
    assert found[K.POLICE] == Rule(term=Term.AT_ONCE)


# -- by when


def test_within_72_hours_goes_on_through_the_weekend_and_the_change_of_the_clocks():
    assert due_by(Rule(term=Term.HOURS, count=72), at(20, 9, 0), CALENDAR).by == at(23, 9, 0)
    back = due_by(Rule(term=Term.HOURS, count=72), at(23, 9, 0, month=10), CALENDAR).by
    assert back == at(26, 8, 0, month=10), "the clocks go back on 25 October, so 72 hours end at eight"
    assert back - at(23, 9, 0, month=10).astimezone(UTC) == timedelta(hours=72)
    forward = due_by(Rule(term=Term.HOURS, count=72), at(26, 9, 0, month=3, year=2027), CALENDAR).by
    assert forward == at(29, 10, 0, month=3, year=2027)


def test_a_day_lasts_until_midnight_also_when_the_clocks_change():
    end = end_of(date(2026, 10, 25), LONDON)
    assert end == at(26, 0, 0, month=10)
    assert end.astimezone(UTC) - at(25, 0, 0, month=10).astimezone(UTC) == timedelta(hours=25)


def test_end_of_the_lesson_is_when_the_lesson_that_runs_ends():
    lesson = Rule(term=Term.END_OF_LESSON, count=1)
    assert due_by(lesson, at(20, 9, 10), CALENDAR) == DueBy(by=at(20, 9, 50))
    late = due_by(lesson, at(20, 16, 0), CALENDAR)
    assert (late.by, late.notes) == (at(20, 17, 0), ("No lesson ran then, so one hour is counted",))
    unknown = due_by(Rule(term=Term.END_OF_LESSON), at(20, 9, 10), replace(CALENDAR, lesson_ends=()))
    assert (unknown.by, unknown.notes) == (at(20, 10, 10), (NO_LESSONS,))


def test_days_and_months_end_with_the_day_and_say_what_was_left_out():
    working = due_by(Rule(term=Term.WORKING_DAYS, count=1), at(24, month=12), CALENDAR)
    assert (working.day, working.by) == (date(2026, 12, 29), at(30, 0, 0, month=12))
    assert "Christmas Day" in working.notes[0]
    school = due_by(Rule(term=Term.SCHOOL_DAYS, count=5), at(16, month=12), CALENDAR)
    assert school.day == date(2027, 1, 6), "two days of December, then the first three of the new term"
    month = due_by(Rule(term=Term.MONTHS, count=1), at(25), CALENDAR)
    assert month.day == date(2026, 12, 29), "Christmas Day is no day to answer on"
    same = due_by(Rule(term=Term.SAME_DAY), at(25, month=12), CALENDAR)
    assert same.day == date(2026, 12, 25), "what is to be done the same day, no holiday moves"
    assert due_by(Rule(term=Term.SCHOOL_DAYS, count=1), at(20), SchoolCalendar()).notes[0] == NO_TERMS


@given(
    st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(LONDON)),
    st.sampled_from([Rule(term=term, count=count) for term in Term for count in (1, 3)]),
)
def test_nothing_is_due_before_it_began_and_hours_are_hours(since, rule):
    due = due_by(rule, since, CALENDAR)
    assert due.by.astimezone(UTC) > since.astimezone(UTC)
    assert due.by.tzinfo is not None
    if due.day is not None:
        assert due.by == end_of(due.day, LONDON)
        assert due.iso == due.day.isoformat()
    else:
        assert datetime.fromisoformat(due.iso).tzinfo is not None
    if rule.term is Term.HOURS:
        assert due.by.astimezone(UTC) - since.astimezone(UTC) == timedelta(hours=rule.count)


@given(st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(LONDON)))
def test_hours_after_is_never_ambiguous_at_the_change_of_the_clocks(since):
    assert hours_after(since, 1).astimezone(UTC) - since.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (DueBy(by=at(20, 13, 0), at_once=True), "Now"),
        (DueBy(by=at(20, 12, 0), at_once=True), "Was due today, 12:00"),
        (DueBy(by=at(20, 15, 10)), "By 15:10 today"),
        (DueBy(by=at(21, 9, 0)), "By 09:00 tomorrow"),
        (DueBy(by=at(23, 9, 0)), "By Monday 23 November, 09:00"),
        (DueBy(by=at(21, 0, 0), day=date(2026, 11, 20)), "Today"),
        (DueBy(by=at(22, 0, 0), day=date(2026, 11, 21)), "Tomorrow"),
        (DueBy(by=at(24, 0, 0), day=date(2026, 11, 23)), "By Monday 23 November"),
        (DueBy(by=at(5, 0, 0, month=1, year=2027), day=date(2027, 1, 4)), "By Monday 4 January 2027"),
        (DueBy(by=at(20, 0, 0), day=date(2026, 11, 19)), "Was due yesterday"),
        (DueBy(by=at(14, 0, 0), day=date(2026, 11, 13)), "Was due Friday 13 November"),
        (DueBy(by=at(19, 9, 0)), "Was due yesterday, 09:00"),
    ],
)
def test_by_when_is_said_in_words(due, words):
    assert due_words(due, at(20)) == words
