"""What a case has set running, by when it is due, and how it ends: met, or missed with the reason."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ActionDecided
from dsl_desk.domain.case_words import Agency, CallOutcome, Consent
from dsl_desk.domain.deadlines import (
    CaseDeadline,
    Standing,
    deadlines,
    due_words,
    explain,
    waiting,
)
from dsl_desk.domain.deadlines_clocks import Clock, clocks, running
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseClosed,
    FollowUpDone,
    InformationShared,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.waiting import clocks_running, waits
from dsl_desk.domain.words import Answer, SubjectKind
from tests.builders import DSL, CaseBuilder, concern, missing, moment, profile
from tests.domain.school_time import CALENDAR, K, at, read


def told(**said):
    return msgspec.structs.replace(concern(), **said)


def of(book, kind, now=None, **said):
    """Every deadline of one kind, at noon and a half of that Friday unless another time is told."""
    found = deadlines(book.case, profile(), CALENDAR, now or at(20), **said)
    return [one for one in found if one.clock.kind is kind]


def only(book, kind, now=None, **said):
    (one,) = of(book, kind, now, **said)
    return one


def referral(to=Agency.SOCIAL_CARE, sent_at="2026-11-20T10:00:00+00:00", **said):
    return ReferralMade(
        to=to, reason="harm", threshold="significant harm", decided_at=sent_at, sent_at=sent_at,
        referred_by="Ada Quill", **said,
    )  # fmt: skip


def call(agency=Agency.LADO, outcome=CallOutcome.ANSWERED):
    return CallLogged(to="Duty desk", at="2026-11-20T12:10:00+00:00", outcome=outcome, agency=agency)


# -- what a case sets running


def test_a_concern_runs_until_it_is_written_down_and_its_questions_are_answered():
    book = CaseBuilder()
    one = only(book, K.ANSWER)
    assert (one.clock.of, one.standing) == ("story", Standing.OPEN)
    assert list(clocks_running(book.case))
    book.write(concern(), DSL)
    one = only(book, K.ANSWER, at(20, 12, 5))
    assert (one.clock.of, one.clock.since) == ("", "2026-11-20T09:00:00+00:00")
    assert one.due.by == at(21, 9, 0), "secondary-2021: as soon as possible, counted as 24 hours"
    book.triage()
    assert only(book, K.ANSWER).standing is Standing.MET
    assert not running(book.case)
    assert not list(waits(book.case))
    assert clocks_running(book.case) == {}
    assert not CaseBuilder().case.closed
    assert clocks(Case()) == ()
    assert clocks(Case().apply(missing(1))) == ()


def test_a_concern_that_may_be_a_crime_is_urgent():
    book = CaseBuilder()
    book.write(told(suspected=Answer.NOT_SURE, reported_at="2026-11-20T12:00:00+00:00"), DSL)
    one = only(book, K.ANSWER, at(20, 12, 5))
    assert one.due.at_once
    assert due_words(one.due, at(20, 12, 5)) == "Now"
    end = [one for one in deadlines(book.case, read("primary-2024"), CALENDAR, at(20, 12, 5))
           if one.clock.kind is K.ANSWER]  # fmt: skip
    assert end[0].due.by == at(20, 15, 10), "by the end of the lesson"
    stopped = CaseBuilder()
    stopped.triage(q3=Answer.YES)
    assert only(stopped, K.ANSWER).clock.urgent


def test_a_report_that_reached_the_dsl_late_asks_why():
    book = CaseBuilder()
    book.write(told(noticed_at="2026-11-18T10:00:00+00:00"), DSL)
    one = only(book, K.REPORT)
    assert one.standing is Standing.MET_LATE
    assert waiting([one]) == (), "nothing is left to do but to say why"
    missed = explain(one, what="Tell the DSL", reason="The teacher was ill.")
    assert (missed.deadline, missed.due) == ("report", "2026-11-19T10:00+00:00")
    book.write(missed, DSL)
    assert only(book, K.REPORT).standing is Standing.EXPLAINED
    day = CaseBuilder()
    day.write(told(noticed_at="2026-11-20", suspected=Answer.YES), DSL)
    assert only(day, K.REPORT).standing is Standing.MET, "no time was written, so nobody is late within that day"


def test_while_a_case_is_stopped_the_police_are_rung_or_it_is_said_why_not():
    book = CaseBuilder()
    about = book.triage(q3=Answer.YES)
    one = only(book, K.POLICE)
    assert (one.clock.about, one.due.at_once, one.standing) == (about, True, Standing.OPEN)
    assert only(book, K.POLICE, at(20, 13, 30)).standing is Standing.LATE
    for outcome in (CallOutcome.NO_ANSWER, CallOutcome.MESSAGE_LEFT, CallOutcome.DECLINED):
        book.write(call(Agency.POLICE, outcome), DSL)
    book.write(call(Agency.LADO), DSL)
    assert only(book, K.POLICE).standing is Standing.OPEN, "rang, no answer, is not rung"
    book.write(call(Agency.POLICE), DSL)
    assert only(book, K.POLICE).standing is Standing.MET
    ended = replace(book.case, grounds=())
    assert K.POLICE not in {clock.kind for clock in clocks(ended)}
    gone = CaseBuilder()
    gone.triage(q3=Answer.YES)
    lost = replace(gone.case, entries=(gone.case.entries[0], missing(2)))
    assert all(one.clock.kind is not K.POLICE for one in deadlines(lost, profile(), CALENDAR, at(20)))


def test_an_allegation_is_brought_to_the_lado_within_one_working_day():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    one = only(book, K.LADO)
    assert (one.due.day, one.standing) == (date(2026, 11, 23), Standing.OPEN)
    assert only(book, K.LADO, lado_days=0).due.day == date(2026, 11, 20)
    assert only(book, K.LADO, at(24, 0, 0)).standing is Standing.LATE
    book.write(told(reported_at="2026-11-19T16:00:00+00:00"), DSL)
    assert only(book, K.LADO).due.day == date(2026, 11, 20), "it runs from the report"
    for ending in (
        call(), referral(Agency.LADO), ReferralDeclined(to=Agency.LADO, reasons="not about a worker after all"),
        wider.ThresholdDecided(
            decision=wider.Threshold.LOW_LEVEL, adviser="Duty LADO", at="2026-11-20T12:10:00+00:00", advice="none",
            reason="below", decided_by="Bertram Oxlip",
        ),
    ):  # fmt: skip
        other = CaseBuilder()
        other.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
        other.write(ending, DSL)
        assert only(other, K.LADO).standing is Standing.MET, ending.KIND
    advised = CaseBuilder()
    advised.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    advised.advice(Agency.LADO)
    assert only(advised, K.LADO).standing is Standing.MET


def test_what_is_plainly_low_level_or_not_about_a_worker_is_no_allegation():
    low, pupil, changed = CaseBuilder(), CaseBuilder(), CaseBuilder()
    low.triage(about=SubjectKind.STAFF)
    pupil.triage(q4=Answer.YES)
    changed.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    changed.triage(about=SubjectKind.STAFF)
    for book in (low, pupil, changed):
        assert of(book, K.LADO) == []


def test_personal_data_that_got_out_reaches_the_ico_within_72_hours_of_knowing():
    book = CaseBuilder()
    book.write(told(categories=("data",), noticed_at="2026-11-19T08:00:00+00:00"), DSL)
    assert only(book, K.BREACH).due.by == at(22, 8, 0)
    reported = CaseBuilder()
    reported.write(told(categories=("data",)), DSL)
    assert only(reported, K.BREACH).due.by == at(23, 9, 0)
    book.write(ReferralDeclined(to=Agency.ICO, reasons="no risk", decided_at="2026-11-21T08:00:00+00:00"), DSL)
    assert only(book, K.BREACH).standing is Standing.MET


def test_a_referral_is_chased_until_it_is_answered():
    book = CaseBuilder()
    at_once = book.write(referral(), DSL)
    one = only(book, K.REPLY)
    assert (one.due.day, one.clock.of) == (date(2026, 11, 25), "social_care")
    book.write(FollowUpDone(about=at_once, what="Rang them again", at="2026-11-25T10:00:00+00:00"), DSL)
    again = only(book, K.REPLY, at(26))
    assert (again.due.day, again.standing) == (date(2026, 11, 30), Standing.OPEN), "it begins anew"
    book.write(FollowUpDone(about=at_once, what="Rang them once more"), DSL)
    assert only(book, K.REPLY).clock.since == moment(book.case.last).at_local
    book.write(ReplyReceived(referral=at_once, at="2026-11-26T10:00:00+00:00", outcome="s17"), DSL)
    assert only(book, K.REPLY).standing is Standing.MET
    said = CaseBuilder()
    said.write(referral(reply_due="2026-12-01"), DSL)
    said.write(referral(chase_on="2026-11-28", reply_due="2026-12-01"), DSL)
    days = {one.due.day: one for one in of(said, K.REPLY)}
    assert set(days) == {date(2026, 12, 1), date(2026, 11, 28)}
    assert days[date(2026, 11, 28)].due.notes == ("There is no school on Saturday 28 November 2026",)
    assert days[date(2026, 11, 28)].rule is None


def test_a_file_that_goes_with_the_child_waits_for_its_receipt():
    def sent(**said):
        return InformationShared(
            shared=True, at="2026-12-17T10:00:00+00:00", what="file", with_whom="Demo School", purpose="moves",
            lawful_basis="public task", consent=Consent.NOT_SOUGHT, reason="moves", **said,
        )  # fmt: skip

    book = CaseBuilder()
    book.write(sent(), DSL)
    book.write(msgspec.structs.replace(sent(transfer_to="Other"), shared=False), DSL)
    book.write(sent(transfer_to="Third", receipt="R-1"), DSL)
    assert of(book, K.FILE) == []
    book.write(sent(transfer_to="Demo School"), DSL)
    assert only(book, K.FILE).due.day == date(2027, 1, 7), "five school days, Christmas left out"
    book.write(sent(transfer_to="Demo School", receipt="R-2"), DSL)
    assert only(book, K.FILE).standing is Standing.MET
    other = CaseBuilder()
    about = other.write(sent(transfer_to="Demo School", transfer_due="2026-12-18"), DSL)
    assert only(other, K.FILE).due.day == date(2026, 12, 18)
    other.write(FollowUpDone(about=about, what="Receipt came by post"), DSL)
    assert only(other, K.FILE).standing is Standing.MET


def test_an_action_is_due_on_its_day_and_one_whose_day_is_told_in_words_is_no_deadline():
    book = CaseBuilder()
    decided = ActionDecided(action="Meet the parents", who="Ada Quill", by_when="2026-11-19", reason="agreed")
    about = book.write(decided, DSL)
    book.write(msgspec.structs.replace(decided, by_when="soon"), DSL)
    book.write(msgspec.structs.replace(decided, by_when="soonest!!!"[:10]), DSL)
    timed = book.write(msgspec.structs.replace(decided, by_when="2026-11-20T12:00"), DSL)
    first, second = of(book, K.ACTION)
    assert (first.clock.of, first.standing) == ("Meet the parents (Ada Quill)", Standing.LATE)
    assert (second.clock.about, second.due.by, second.due.day) == (timed, at(20, 12, 0), None)
    book.write(FollowUpDone(about=about, what="Met them", at="2026-11-20"), DSL)
    met = next(one for one in of(book, K.ACTION) if one.clock.about == about)
    assert met.standing is Standing.MET_LATE


def test_dates_that_were_set_run_until_something_came_of_them():
    book = CaseBuilder()
    for entry in (
        wider.DateSet(what="Strategy meeting", on="2026-11-24"),
        wider.DateSet(what="Bail ends", on="2026-11-25", outcome="extended"),
        wider.RiskAssessed(risk="again", control="watch", owner="Ada", person="p-1", review_on="2026-11-26"),
        wider.RiskAssessed(risk="no day", control="watch", owner="Ada", person="p-2"),
        wider.DisagreementRaised(agency=Agency.SOCIAL_CARE, what="no answer", raised_with="manager",
                                 at="2026-11-20", chase_on="2026-11-27"),
        wider.DisagreementRaised(agency=Agency.POLICE, what="no answer", raised_with="sergeant", at="2026-11-20"),
        wider.PreservationAsked(of_whom="Bus company", what="camera pictures", at="2026-11-20",
                                vanishes_on="2026-11-28"),
        wider.PreservationAsked(of_whom="Platform", what="account", at="2026-11-20", vanishes_on="2026-11-28",
                                reply="kept"),
        wider.PreservationAsked(of_whom="Shop", what="pictures", at="2026-11-20"),
        wider.MeasureTaken(measure="Account closed", by_whom="IT", at="2026-11-20", system="mail", until="2026-11-29"),
        wider.MeasureTaken(measure="Page blocked", by_whom="IT", at="2026-11-20", system="filter", until="2026-11-29",
                           restored_at="2026-11-20"),
        wider.MeasureTaken(measure="Set aside", by_whom="IT", at="2026-11-20", system="tablet"),
        wider.HandlingReviewed(worked="speed", change="a poster", by_when="2026-11-30"),
        wider.HandlingReviewed(worked="speed", change="nothing"),
    ):  # fmt: skip
        book.write(entry, DSL)
    due = {one.due.day: one.clock.kind for one in deadlines(book.case, profile(), CALENDAR, at(20))
           if one.standing is Standing.OPEN and one.clock.kind is not K.ANSWER}  # fmt: skip
    assert due == {
        date(2026, 11, 24): K.DATE, date(2026, 11, 26): K.RISK, date(2026, 11, 27): K.DISAGREEMENT,
        date(2026, 11, 28): K.VANISHES, date(2026, 11, 29): K.MEASURE, date(2026, 11, 30): K.CHANGE,
    }  # fmt: skip
    for entry in (
        wider.DateSet(what="Strategy meeting", on="2026-11-24", outcome="plan made"),
        wider.RiskAssessed(risk="again", control="watch", owner="Ada", person="p-1"),
        wider.DisagreementRaised(agency=Agency.SOCIAL_CARE, what="x", raised_with="head", at="2026-11-27", outcome="y"),
        wider.PreservationAsked(of_whom="Bus company", what="pictures", at="2026-11-20", reply="kept"),
        wider.MeasureTaken(measure="Given back", by_whom="IT", at="2026-11-29", system="mail"),
    ):
        book.write(entry, DSL)
    change = next(clock.about for clock in clocks(book.case) if clock.kind is K.CHANGE)
    book.write(FollowUpDone(about=change, what="The poster hangs"), DSL)
    left = [one.clock.kind for one in waiting(deadlines(book.case, profile(), CALENDAR, at(20)))]
    assert left == [K.ANSWER]


def test_a_closed_case_has_nothing_that_runs():
    book = CaseBuilder()
    book.write(referral(), DSL)
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    assert not running(book.case)
    assert waiting(deadlines(book.case, profile(), CALENDAR, at(30))) == ()


def test_an_entry_whose_words_name_no_time_counts_from_when_it_was_written():
    book = CaseBuilder()
    book.write(told(reported_at="just now"), DSL)
    assert only(book, K.ANSWER, at(20, 12, 5)).due.by == at(21, 12, 1)
    far = CaseBuilder()
    far.write(told(reported_at="0001-01-01T00:00:00+14:00"), DSL)
    assert only(far, K.ANSWER).due.by == at(21, 12, 1), "a year no clock can tell"
    for never in ("9999-12-31", "0001-01-01", "9999-12-31T23:59:59+00:00"):
        odd = CaseBuilder()
        odd.write(wider.DateSet(what="never", on=never), DSL)
        assert of(odd, K.DATE) == []
    plain = CaseBuilder()
    plain.write(told(reported_at="2026-11-20T10:00"), DSL)
    assert only(plain, K.ANSWER).due.by == at(21, 10, 0), "no offset: the school's own time"


# -- missed


def test_a_missed_deadline_is_explained_once_and_asks_no_more():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    late = only(book, K.LADO, at(25))
    with pytest.raises(InputError, match="Write why"):
        explain(late, what="Ring the LADO", reason=" ")
    missed = explain(late, what="Ring the LADO", reason="Nobody answered.", next_step="Written to today.")
    assert missed == wider.DeadlineMissed(
        deadline="lado", about=late.clock.about, due="2026-11-23", reason="Nobody answered.", what="Ring the LADO",
        next_step="Written to today.",
    )  # fmt: skip
    book.write(missed, DSL)
    said = only(book, K.LADO, at(25))
    assert said.standing is Standing.EXPLAINED
    assert said not in waiting(deadlines(book.case, profile(), CALENDAR, at(25)))
    with pytest.raises(ProcedureError, match="on record already"):
        explain(said, what="", reason="again")


def test_what_is_not_overdue_or_was_kept_has_nothing_to_explain():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    with pytest.raises(ProcedureError, match="not overdue yet"):
        explain(only(book, K.LADO), what="", reason="x")
    book.write(call(), DSL)
    with pytest.raises(ProcedureError, match="done in time"):
        explain(only(book, K.LADO), what="", reason="x")


def test_what_is_late_stands_first_then_what_is_due_first():
    book = CaseBuilder()
    decided = ActionDecided(action="a", who="b", by_when="2026-11-27", reason="agreed")
    book.write(concern(), DSL)
    book.triage()
    for day in ("2026-11-27", "2026-11-18", "2026-11-24", "2026-11-19"):
        book.write(msgspec.structs.replace(decided, by_when=day), DSL)
    found = deadlines(book.case, profile(), CALENDAR, at(20))
    assert [one.clock.on[-2:] for one in found if one.clock.on] == ["18", "19", "24", "27"]
    assert found[-1].standing is Standing.MET


@pytest.mark.parametrize(
    ("since", "by"),
    [("2026-10-22T00:20:00+01:00", "23:20"), ("2026-10-22T01:20:00+01:00", "00:20"),
     ("2026-10-22T02:20:00+01:00", "01:20"), ("2027-03-25T01:20:00+00:00", "01:20")],
)  # fmt: skip
def test_nothing_is_late_an_hour_early_in_the_night_on_which_the_clocks_change(since, by):
    book = CaseBuilder()
    book.write(told(categories=("data",), noticed_at=since), DSL)
    due = only(book, K.BREACH, at(22, 12, 0, month=10)).due.by
    assert f"{due.astimezone(UTC):%H:%M}" == by
    for minutes in range(-150, 151, 10):
        now = (due.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(due.tzinfo)
        one = only(book, K.BREACH, now)
        assert one.standing is (Standing.LATE if minutes >= 0 else Standing.OPEN)
        assert due_words(one.due, now).startswith("Was due" if minutes >= 0 else "By")
        reported = now.isoformat()
        done = CaseBuilder()
        done.write(told(categories=("data",), noticed_at=since), DSL)
        done.write(ReferralDeclined(to=Agency.ICO, reasons="no risk", decided_at=reported), DSL)
        met = only(done, K.BREACH, now).standing
        assert met is (Standing.MET_LATE if minutes >= 0 else Standing.MET)


@given(st.integers(min_value=0, max_value=60 * 24 * 20))
def test_a_deadline_is_open_until_its_very_end_and_late_from_then_on(minutes):
    book = _ALLEGATION
    now = at(20, 12, 2) + timedelta(minutes=minutes)
    one = only(book, K.LADO, now)
    assert isinstance(one, CaseDeadline)
    assert isinstance(one.clock, Clock)
    assert one.standing is (Standing.LATE if now >= at(24, 0, 0) else Standing.OPEN)


_ALLEGATION = CaseBuilder()
_ALLEGATION.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
