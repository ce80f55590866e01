"""An entry that is a step waits for its turn; what protects a child never does (flows sections 6 and 9)."""

import pytest

from dsl_desk.domain import case_entries as told
from dsl_desk.domain import follow_up_entries as after
from dsl_desk.domain.case_words import HoldBack, Judgement
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.policy_values import Fact, Route
from dsl_desk.domain.procedure import Progress, StepState, progress_of, route_of, steps_of
from dsl_desk.domain.turns import LOOKING, check_turn, step_taken_by
from dsl_desk.domain.words import Grade
from tests.builders import CHAIR, DPO, DSL, OSL, SENIOR, CaseBuilder, device, profile, purpose
from tests.domain.test_entries import sample

ROUTE = profile().routes[0]
PROTECTS = (
    after.ConcernRecorded, told.TriageAnswered, told.Halted, after.AdviceRecorded, told.AdviceApplied,
    after.ReferralMade, after.ReferralDeclined, after.CallLogged, after.DeviceSecured, after.PersonLinked,
    after.ChildVoiceRecorded, told.ReviewPaused, told.ReviewFinished, after.SupportOffered, after.PackStarted,
    told.LaptopResumed, told.Corrected, after.SignOffDeclined,
)  # fmt: skip


def step(name):
    return next(one for one in ROUTE.steps if one.id == name)


def looked(*, access=True):
    """A case whose session of looking both have ended."""
    book = CaseBuilder()
    book.triage()
    book.reviewers()
    book.write(book.case.name_device(DSL, device()), DSL)
    if access:
        book.write(told.AccessRecorded(access="filtered", granted_by="somebody"), DSL)
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    for who in (DSL, SENIOR):
        book.write(book.case.declare(who, "I know of nothing"), who)
    book.write(book.case.open_review(DSL, present=("A", "B"), place="office"), DSL)
    for who in (DSL, SENIOR):
        finished = book.case.finish_review(who, access_withdrawn=True, device_locked_away=True, times_right=True)
        book.write(finished, who)
    return book


@pytest.mark.parametrize("kind", PROTECTS, ids=lambda kind: kind.KIND)
def test_what_protects_is_no_step_that_waits(kind):
    assert step_taken_by(sample(kind)) is None


def test_of_the_hold_back_list_only_leave_to_tell_waits():
    found = {decision: step_taken_by(after.HoldBackSet(party="press", decision=decision)) for decision in HoldBack}
    assert found == {HoldBack.WAIT: None, HoldBack.TOLD: None, HoldBack.MAY_TELL: Fact.HOLD_BACK}


def test_judging_waits_for_everything_that_the_route_puts_before_it():
    book = CaseBuilder()
    book.triage()
    book.reviewers()
    for waits, act in (
        ("Both declare", lambda: book.write(book.case.record_purpose(DSL, purpose()), DSL)),
        ("Both declare", lambda: book.write(book.case.declare(DSL, "I know of nothing"), DSL)),
        ("Both declare", lambda: book.write(book.case.declare(SENIOR, "I know of nothing"), SENIOR)),
        ("Look and record", lambda: book.write(book.case.skip_step(DSL, step("look"), "only papers"), DSL)),
        ("Where you will look; Access", lambda: book.write(book.case.name_device(DSL, device()), DSL)),
        ("Access", lambda: book.write(book.case.skip_step(DSL, step("access"), "no network"), DSL)),
    ):
        with pytest.raises(ProcedureError, match=f"First: .*{waits}"):
            check_turn(book.case, ROUTE, Fact.BOTH_JUDGED, DSL)
        act()
    check_turn(book.case, ROUTE, Fact.BOTH_JUDGED, DSL)
    book.write(book.case.judge(DSL, Judgement.NONE, "papers alone"), DSL)
    check_turn(book.case, ROUTE, Fact.BOTH_JUDGED, SENIOR)


def test_a_step_left_out_leaves_out_nothing_that_stands_before_it():
    book = looked(access=False)
    assert next(seen for seen in steps_of(book.case, ROUTE) if seen.step.id == "judge").waits_for == ("Access",)


def test_signing_waits_for_what_is_done_about_it():
    book = looked()
    for who in (DSL, SENIOR):
        book.write(book.case.judge(who, Judgement.NONE, "nothing there"), who)
    with pytest.raises(ProcedureError, match=r"First: Act\."):
        check_turn(book.case, ROUTE, Fact.SIGNED_BY_BOTH, DSL)
    with pytest.raises(ProcedureError, match="another role"):
        check_turn(book.case, ROUTE, Fact.ACTION, OSL)
    book.write(book.case.decide_action(DSL, action="none", who="DSL", by_when="now", reason="nothing there"), DSL)
    check_turn(book.case, ROUTE, Fact.SIGNED_BY_BOTH, SENIOR)


def test_a_purpose_written_anew_asks_for_both_declarations_before_signing():
    book = looked()
    for who in (DSL, SENIOR):
        book.write(book.case.judge(who, Judgement.NONE, "nothing there"), who)
    book.write(book.case.decide_action(DSL, action="none", who="DSL", by_when="now", reason="nothing there"), DSL)
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    with pytest.raises(ProcedureError, match="First: Both declare"):
        check_turn(book.case, ROUTE, Fact.SIGNED_BY_BOTH, DSL)


def test_what_is_done_may_be_done_again_by_whose_step_it_is():
    book = looked()
    check_turn(book.case, ROUTE, Fact.PURPOSE, SENIOR)
    check_turn(book.case, ROUTE, Fact.TWO_REVIEWERS, DSL)
    for who in (SENIOR, DPO):
        with pytest.raises(ProcedureError, match="another role"):
            check_turn(book.case, ROUTE, Fact.TWO_REVIEWERS, who)


def test_at_a_stop_no_step_of_a_review_is_anybodys_turn():
    book = CaseBuilder()
    book.triage()
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    for fact in (Fact.TWO_REVIEWERS, Fact.PURPOSE, Fact.LOOKED, Fact.BOTH_JUDGED, Fact.SIGNED_BY_BOTH):
        with pytest.raises(ProcedureError, match="This case is stopped"):
            check_turn(book.case, ROUTE, fact, DSL)
    check_turn(book.case, ROUTE, Fact.PARENTS, DSL)


def test_a_route_without_such_a_step_leaves_it_to_the_case():
    check_turn(CaseBuilder().case, Route(id="short", title="Short", steps=()), Fact.PARENTS, CHAIR)
    check_turn(CaseBuilder().case, ROUTE, Fact.CONCLUDED, CHAIR)


@pytest.mark.parametrize("fact", [fact for fact in Fact if fact in LOOKING])
def test_on_a_route_without_looking_nothing_of_a_review_can_be_done(fact):
    with pytest.raises(ProcedureError, match="no looking in school"):
        check_turn(CaseBuilder().case, Route(id="short", title="Short", steps=()), fact, CHAIR)


def test_a_case_follows_the_route_chosen_or_the_first():
    book, school = CaseBuilder(), profile()
    assert route_of(book.case, None) is None
    assert route_of(book.case, school) == ROUTE
    book.write(told.RouteChosen(route=ROUTE.id, profile=school.id, profile_version=1), DSL)
    assert route_of(book.case, school) == ROUTE
    book.write(told.RouteChosen(route="gone", profile=school.id, profile_version=1), DSL)
    assert route_of(book.case, school) == ROUTE


def test_leaving_a_step_out_is_for_whose_step_it_is():
    book = CaseBuilder()
    book.triage()
    with pytest.raises(ProcedureError, match="another role"):
        book.case.skip_step(OSL, step("parents"), "not mine to say")


def test_whoever_is_named_after_a_session_confirms_nothing_of_it_and_looks_first():
    book = CaseBuilder().looking()
    book.write(book.case.finish_review(DSL, access_withdrawn=True, device_locked_away=True, times_right=True), DSL)
    assert progress_of(book.case, Fact.FINISHED_BY_BOTH) is Progress.BY_ONE
    replaced = book.case.name_reviewer(DSL, OSL, position="OSL", place=2, reason="the other is ill")
    book.write(replaced, DSL)

    assert progress_of(book.case, Fact.FINISHED_BY_BOTH) is Progress.DONE
    with pytest.raises(ProcedureError, match="No session waits"):
        book.case.finish_review(OSL, access_withdrawn=True, device_locked_away=True, times_right=True)
    with pytest.raises(ProcedureError, match="You were not there"):
        book.case.judge(OSL, Judgement.NONE, "I was not there")


def test_a_second_review_has_its_own_looking():
    book = CaseBuilder().concluded()
    book.write(after.CaseClosed(outcome="support", retention="child"), DSL)
    book.write(book.case.reopen(DSL, "new facts"), DSL)
    states = {seen.step.id: seen.state for seen in steps_of(book.case, ROUTE)}
    assert (states["look"], states["finish"]) == (StepState.CANNOT_START, StepState.DOES_NOT_APPLY)
