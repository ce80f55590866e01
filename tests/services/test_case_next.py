"""What is next in a case is never something the procedure says to wait with (flows sections 3, 7 and 10)."""

import pytest

from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, HoldBack, ParentsDecision
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    HoldBackSet,
    ParentsInformed,
    ReferralMade,
)
from dsl_desk.domain.outside_first import WAITING, Outside, outside_first, waits
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.at_a_stop import next_after_stop
from dsl_desk.services.case_next import NextAct
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.next_words import WAITS
from tests.services.scenes import PAIR, begun, judged, sign

ROUTE = "device-or-site-review"
ANSWER_AT_HOME = "Wait for advice, and record it when it comes."


@pytest.fixture
def police_first(stage):
    """A case about a pupil, stopped by an answer of triage."""
    stage.sign_in("dsl")
    return begun(stage, triage=all_no(SubjectKind.PUPIL, _5b=Answer.YES)).strand


def seen(stage, strand):
    return CasePlaceService(stage.desk.book).see(strand)


def after(stage, strand):
    return seen(stage, strand).after


def line(stage, strand, fact):
    return next(one for group in seen(stage, strand).groups for one in group.steps if one.fact is fact)


def secure(stage, strand):
    stage.desk.work.secure_device(strand, DeviceSecured(device="A tablet", held_by="the DSL", place="safe"))


def call(stage, strand, outcome=CallOutcome.ANSWERED, agency=Agency.POLICE, reference=""):
    told = CallLogged(to="Police, 101", at="now", outcome=outcome, agency=agency, reference=reference)
    stage.desk.work.log_call(strand, told)


def advise(stage, strand, effect=Effect.KEEP, agency=Agency.POLICE):
    told = AdviceRecorded(who="Officer 1", agency=agency, at="now", words="As said.", effect=effect, reference="L1")
    stage.desk.advice.record(strand, told)


def hold(stage, strand, party="parents", decision=HoldBack.WAIT):
    stage.desk.work.hold_back(strand, HoldBackSet(party=party, decision=decision, reason="as they said"))


def refer(stage, strand, to=Agency.SOCIAL_CARE):
    told = ReferralMade(
        to=to, reason="threats", threshold="harm", decided_at="now", sent_at="now", referred_by="the DSL"
    )  # fmt: skip
    stage.desk.referral.refer(strand, told)


def at_home(stage, strand):
    """What the line of a halted case says on Home."""
    return next_after_stop(stage.desk.book.load(strand))


def rest_done(stage, strand):
    """Everything one person can do at a stop but what waits."""
    work = stage.desk.work
    hold(stage, strand, "press")
    work.child_voice(strand, ChildVoiceRecorded(not_asked_because="police are asked first"))
    work.main_system(strand, ExternalLogMade(system="The school’s", reference="1", note="detail held by DSL"))


def test_after_a_stop_the_device_is_secured_and_then_somebody_outside_is_rung(stage, police_first):
    assert after(stage, police_first).step.fact is Fact.DEVICE_SECURED

    secure(stage, police_first)

    assert (after(stage, police_first).step, after(stage, police_first).act) == (None, NextAct.RING)
    assert "999" in seen(stage, police_first).stop.ring


@pytest.mark.parametrize("outcome", [CallOutcome.ANSWERED, CallOutcome.DECLINED])
def test_once_they_know_the_steps_go_on_and_parents_are_left_out(stage, police_first, outcome):
    secure(stage, police_first)
    call(stage, police_first, outcome)
    assert after(stage, police_first).step.fact is Fact.HOLD_BACK

    rest_done(stage, police_first)

    now = after(stage, police_first)
    assert (now.step, now.act) == (None, NextAct.ANSWER)
    assert now.waiting == ("Parents", "Close")
    assert seen(stage, police_first).stop.ring == ""


@pytest.mark.parametrize("outcome", [CallOutcome.NO_ANSWER, CallOutcome.MESSAGE_LEFT])
def test_nobody_answered_means_ringing_again(stage, police_first, outcome):
    secure(stage, police_first)
    call(stage, police_first, outcome)
    call(stage, police_first, agency=Agency.OTHER)

    assert after(stage, police_first).act is NextAct.RING
    assert at_home(stage, police_first).startswith("Ring 101")
    assert seen(stage, police_first).stop.ring.startswith("Nobody outside has been told since")


def test_a_referral_says_that_they_know_and_home_asks_for_no_call(stage, police_first):
    secure(stage, police_first)
    refer(stage, police_first)
    assert outside_first(stage.desk.book.load(police_first)) is Outside.ANSWER
    assert at_home(stage, police_first) == ANSWER_AT_HOME


def test_what_was_said_before_a_stop_tells_nobody_of_it(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    refer(stage, strand)
    call(stage, strand)
    advise(stage, strand)
    secure(stage, strand)
    stage.desk.halt.stop(strand, Grade.POLICE_FIRST, where="told")

    assert (after(stage, strand).step, after(stage, strand).act) == (None, NextAct.RING)
    assert seen(stage, strand).stop.ring.startswith("Nobody outside has been told since")
    assert at_home(stage, strand).startswith("Ring 101")

    call(stage, strand)

    assert after(stage, strand).act is not NextAct.RING
    assert seen(stage, strand).stop.ring == ""
    assert at_home(stage, strand) == ANSWER_AT_HOME


def test_an_old_reference_of_the_police_does_not_tell_them_of_a_stop_for_pictures(stage, police_first):
    secure(stage, police_first)
    call(stage, police_first, reference="LOG-1")
    stage.desk.halt.stop(police_first, Grade.STOP_IMAGES, where="told")
    call(stage, police_first, agency=Agency.SOCIAL_CARE)

    assert after(stage, police_first).act is NextAct.RING
    assert seen(stage, police_first).stop.ring.startswith("The police have not been told since")
    assert at_home(stage, police_first).startswith("Ring 101")

    call(stage, police_first)

    assert after(stage, police_first).act is not NextAct.RING
    assert seen(stage, police_first).stop.ring == ""


def test_at_a_stop_for_pictures_only_a_reference_of_the_police_is_enough(stage, police_first):
    secure(stage, police_first)
    stage.desk.halt.stop(police_first, Grade.STOP_IMAGES, where="told")
    assert at_home(stage, police_first).startswith("Ring 101")
    call(stage, police_first)
    assert after(stage, police_first).act is NextAct.RING
    assert at_home(stage, police_first).startswith("Ask the police for their log number")

    call(stage, police_first, reference="LOG-1")

    assert after(stage, police_first).step.fact is Fact.HOLD_BACK


def test_advice_that_lets_the_school_go_on_is_applied_by_two_next(stage, police_first):
    secure(stage, police_first)
    advise(stage, police_first, Effect.SCHOOL_MAY_PROCEED)

    assert (after(stage, police_first).step, after(stage, police_first).act) == (None, NextAct.APPLY)
    assert at_home(stage, police_first) == "Advice is recorded; two people apply it."


def test_a_route_with_a_step_for_the_call_offers_that_step(stage, police_first):
    stage.desk.work.choose_route(police_first, "exploitation", "as the questions say")
    secure(stage, police_first)

    found = after(stage, police_first).step

    assert found.fact in (Fact.REFERRAL, Fact.CALLED)
    assert found.agency in (Agency.POLICE, Agency.SOCIAL_CARE)


@pytest.mark.parametrize("route", ["sexual-harm", "staff-misuse", "about-headteacher"])
def test_at_a_stop_for_pictures_the_police_come_before_social_care_and_the_lado(stage, police_first, route):
    stage.desk.halt.stop(police_first, Grade.STOP_IMAGES, where="told")
    stage.desk.work.choose_route(police_first, route, "as was said")
    secure(stage, police_first)

    found = after(stage, police_first)

    assert found.step.agency is Agency.POLICE
    assert seen(stage, police_first).stop.ring.startswith("Police must be rung")


def test_parents_are_next_once_the_list_says_they_may_be_told(stage, police_first):
    secure(stage, police_first)
    call(stage, police_first)
    rest_done(stage, police_first)
    assert line(stage, police_first, Fact.PARENTS).next == WAITS[Fact.PARENTS]

    hold(stage, police_first, "parents", HoldBack.MAY_TELL)

    assert after(stage, police_first).step.fact is Fact.PARENTS
    assert line(stage, police_first, Fact.PARENTS).next.startswith("Next: you.")


def test_a_step_that_waits_opens_all_the_same_for_a_child_may_be_in_danger_now(stage, police_first):
    parents = line(stage, police_first, Fact.PARENTS)
    assert parents.waits
    assert parents.opens
    assert "unless a child is in danger now" in parents.next


def test_what_they_said_ends_the_waiting_but_not_for_whom_the_list_still_names(stage, police_first):
    secure(stage, police_first)
    call(stage, police_first)
    advise(stage, police_first, Effect.HAND_OVER)
    rest_done(stage, police_first)
    hold(stage, police_first)

    now = after(stage, police_first)

    assert now.step.fact is Fact.CLOSED
    assert now.waiting == ("Parents",)


def test_hold_off_is_no_answer_to_go_on_with(stage, police_first):
    secure(stage, police_first)
    advise(stage, police_first, Effect.HOLD_OFF)
    refer(stage, police_first)
    assert waits(stage.desk.book.load(police_first), Fact.CLOSED)
    assert at_home(stage, police_first) == ANSWER_AT_HOME


def test_where_only_the_list_is_left_it_is_looked_at_again(stage):
    """A case that both signed, with every other step taken or left out."""
    stage.sign_in("dsl")
    strand = judged(stage)
    hold(stage, strand)
    for step in ("secure", "child", "main-system", "close"):
        stage.desk.work.skip(strand, ROUTE, step, "made up for this test")
    for name in PAIR:
        sign(stage, strand, name)

    now = after(stage, strand)

    assert (now.step, now.act) == (None, NextAct.HELD)
    assert now.waiting == ("Parents",)

    hold(stage, strand, decision=HoldBack.MAY_TELL)

    assert after(stage, strand).step.fact is Fact.PARENTS


@pytest.mark.parametrize("party", WAITING[Fact.TAKEDOWN])
def test_nobody_on_the_list_speaks_for_another(stage, police_first, party):
    other = next(one for one in WAITING[Fact.TAKEDOWN] if one != party)
    hold(stage, police_first, party, HoldBack.MAY_TELL)
    assert waits(stage.desk.book.load(police_first), Fact.TAKEDOWN)

    hold(stage, police_first, other, HoldBack.WAIT)
    assert waits(stage.desk.book.load(police_first), Fact.TAKEDOWN)

    hold(stage, police_first, other, HoldBack.TOLD)
    assert not waits(stage.desk.book.load(police_first), Fact.TAKEDOWN)


def test_after_advice_a_step_waits_only_for_whom_the_list_names(stage, police_first):
    advise(stage, police_first)
    assert not waits(stage.desk.book.load(police_first), Fact.TAKEDOWN)

    hold(stage, police_first, "platform", HoldBack.WAIT)
    hold(stage, police_first, "take_down", HoldBack.MAY_TELL)

    assert waits(stage.desk.book.load(police_first), Fact.TAKEDOWN)


def test_a_decision_to_wait_is_a_decision(stage, police_first):
    told = ParentsInformed(decision=ParentsDecision.WAIT, reason="police are asked first")
    stage.desk.work.parents(police_first, told)
    assert "Parents" not in after(stage, police_first).waiting


def test_every_step_that_may_wait_says_why():
    assert set(WAITS) == set(WAITING)
    assert all(words.startswith("Wait with this") and words.endswith(".") for words in WAITS.values())


def test_an_open_case_asks_for_nothing_outside(stage):
    stage.sign_in("dsl")
    case = stage.desk.book.load(begun(stage).strand)
    assert outside_first(case) is None
    assert not any(waits(case, fact) for fact in Fact)
