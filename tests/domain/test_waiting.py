"""What waits in a case, as the index keeps it: who is asked, what runs, and that earlier letters are due earlier."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.case_entries import ActionDecided, RouteChosen
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.deadlines_calendar import SchoolCalendar, Span
from dsl_desk.domain.deadlines_clocks import DeadlineKind as K
from dsl_desk.domain.deadlines_terms import rules_of, urgent_rule
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.follow_up_entries import CaseClosed, ExternalLogMade, ReferralMade
from dsl_desk.domain.waiting import Running, Told, Wait, asked_of, clocks_running, policy_of, read_running, waits
from dsl_desk.domain.wider_entries import DateSet
from dsl_desk.domain.words import Grade
from tests.builders import DEPUTY, DSL, SENIOR, CaseBuilder, profile

ZONE = ZoneInfo("Europe/London")
BEGIN = datetime(2026, 4, 6, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=ZONE)
CALENDAR = SchoolCalendar(
    terms=(Span(first=date(2026, 9, 3), last=date(2026, 12, 18)),),
    bank_holidays={2026: {date(2026, 12, 25): "Christmas Day"}},
    lesson_ends=(time(9, 50), time(15, 10)),
)


def runs(kind=K.ANSWER, told=Told.UTC, *, urgent=False, said=False):
    policy, version = ("", 0) if said else (profile().id, 3)
    return Running(kind=kind, urgent=urgent, said=said, told=told, policy=policy, version=version)


def action(by_when):
    return ActionDecided(action="Tell the parents", who="Ada Quill", by_when=by_when, reason="they ask")


def test_a_closed_case_waits_for_nobody():
    book = CaseBuilder()
    book.write(action("soon"), DSL)
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    assert list(waits(book.case)) == []
    assert clocks_running(book.case) == {}
    assert list(asked_of(book.case, DSL.account)) == []


def test_a_closed_case_that_was_stopped_since_waits_for_its_stop_alone():
    book = CaseBuilder()
    book.write(action("soon"), DSL)
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert list(waits(book.case)) == [Wait.STOPPED.value]
    assert clocks_running(book.case) == {}
    assert not reads_closed(book.case)


def test_a_case_that_was_stopped_before_it_was_closed_reads_as_closed():
    book = CaseBuilder()
    assert not reads_closed(book.case)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    assert reads_closed(book.case)


def test_a_stop_waits_and_asks_for_the_police_itself():
    book = CaseBuilder()
    book.looking(this_laptop=True)
    assert list(waits(book.case)) == [Wait.SESSION.of(DSL.account), Wait.SESSION.of(SENIOR.account)]
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert list(waits(book.case)) == [Wait.LAPTOP.value, Wait.STOPPED.value]
    assert not any(f" {K.POLICE.value} " in key for key in clocks_running(book.case))


def test_each_reviewer_is_asked_in_their_own_name_until_they_have_done_it():
    book = CaseBuilder()
    book.looking()
    book.sighting()
    book.finished()
    both = [Wait.JUDGE.of(DSL.account), Wait.JUDGE.of(SENIOR.account)]
    assert list(waits(book.case)) == both
    assert list(asked_of(book.case, DEPUTY.account)) == []
    book.judged()
    assert list(waits(book.case)) == []
    book.write(book.case.conclude(DSL, "About a teacher.", outcome="behaviour", severity="low"), DSL)
    covers = book.case.last
    book.sign(DSL, covers)
    assert list(waits(book.case)) == [Wait.SIGN_OFF.of(SENIOR.account)]
    book.sign(SENIOR, covers)
    assert list(waits(book.case)) == [Wait.NOTE.value]
    book.write(ExternalLogMade(system="MIS", reference="1"), DSL)
    assert list(waits(book.case)) == []


def test_an_action_waits_by_its_day_where_it_has_one_and_by_itself_where_it_has_none():
    book = CaseBuilder()
    book.triage()
    book.write(action("2026-11-27"), DSL)
    assert list(waits(book.case)) == []
    key = runs(K.ACTION, Told.DAY, said=True).key
    assert clocks_running(book.case)[key] == "2026-11-27"
    book.write(action("2026-11-24"), DSL)
    assert clocks_running(book.case)[key] == "2026-11-24", "what is due first stands for the case"
    book.write(action("when the parents are back"), DSL)
    assert list(waits(book.case)) == [Wait.ACTION.value]


@pytest.mark.parametrize(
    ("told", "how", "kept"),
    [
        ("2026-11-20", Told.DAY, "2026-11-20"),
        ("2026-11-20T10:00:00+01:00", Told.UTC, "2026-11-20T09:00:00+00:00"),
        ("2026-11-20T10:00", Told.LOCAL, "2026-11-20T10:00:00"),
    ],
)
def test_a_time_is_kept_in_letters_that_sort_as_it_was_told(told, how, kept):
    book = CaseBuilder()
    book.write(DateSet(what="Strategy meeting", on=told), DSL)
    assert clocks_running(book.case)[runs(K.DATE, how, said=True).key] == kept


def test_what_is_told_in_words_is_counted_from_when_it_was_written():
    book = CaseBuilder()
    made = ReferralMade(
        to=Agency.SOCIAL_CARE, reason="harm", threshold="significant harm", decided_at="today", sent_at="this morning",
        referred_by="Ada Quill", reply_due="soon",
    )  # fmt: skip
    book.write(made, DSL)
    policy, version = policy_of(book.case)
    key = Running(kind=K.REPLY, urgent=False, said=False, told=Told.UTC, policy=policy, version=version).key
    assert clocks_running(book.case)[key].startswith("2026-11-20T12:")


def test_a_clock_of_which_no_time_can_be_read_is_kept_under_no_key():
    book = CaseBuilder()
    book.write(DateSet(what="Strategy meeting", on="after the holidays"), DSL)
    assert clocks_running(book.case) != {}
    case = type(book.case)()
    for entry in book.case.entries:
        assert entry.payload is not None
        case = case.apply(replace(entry, payload=replace(entry.payload, at_local="nobody knows")))
    assert clocks_running(case) == {}


def test_a_case_is_counted_by_the_policy_of_its_route_else_by_the_one_it_began_with():
    book = CaseBuilder()
    assert policy_of(book.case) == (profile().id, profile().version)
    book.write(RouteChosen(route="device-or-site-review", reason="fits", profile="other", profile_version=7), DSL)
    assert policy_of(book.case) == ("other", 7)
    assert policy_of(type(book.case)()) == ("", 0)


@pytest.mark.parametrize("told", Told)
@pytest.mark.parametrize("said", [True, False])
def test_a_key_says_everything_that_it_was_made_from(told, said):
    group = runs(told=told, said=said, urgent=not said)
    assert read_running(group.key) == group
    assert read_running(Wait.PACK.value) is None


@given(
    after=st.lists(st.integers(0, 350 * 24 * 60), min_size=2, max_size=6),
    told=st.sampled_from(Told),
    kind=st.sampled_from(list(rules_of(profile()))),
    urgent=st.booleans(),
    said=st.booleans(),
)
def test_within_a_key_what_began_first_is_due_first(after, told, kind, urgent, said):
    group = runs(kind, told, urgent=urgent, said=said)
    letters = sorted(group.letters((BEGIN + timedelta(minutes=some)).astimezone(ZONE)) for some in after)
    rules, urgently = rules_of(profile()), urgent_rule(profile())
    dues = [group.due(one, rules, urgently, CALENDAR, NOW) for one in letters]
    by = [due.by.astimezone(UTC) for due in dues if due is not None]
    assert len(by) == len(letters)
    assert by == sorted(by)
    assert group.step in (timedelta(days=1), timedelta(seconds=1))
    assert group.due("in words", rules, urgently, CALENDAR, NOW) is None


def test_a_key_that_no_term_counts_is_never_due():
    group = runs(K.ACTION)
    assert group.due("2026-11-20", rules_of(profile()), urgent_rule(profile()), CALENDAR, NOW) is None
