"""Where a case stands on its route (design section 6, flows section 9)."""

import pytest

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import StepSkipped
from dsl_desk.domain.case_words import Agency, HoldBack, ParentsDecision, PersonRole
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseClosed,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    HoldBackSet,
    InformationShared,
    ParentsInformed,
    Printed,
    ReferralDeclined,
    SupportOffered,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.policy_values import Condition, Fact
from dsl_desk.domain.procedure import Progress, StepState, check_step, holds, progress_of, steps_of, unfinished
from dsl_desk.domain.wider_entries import WIDER_KINDS
from dsl_desk.domain.words import Grade, SubjectKind
from tests.builders import CHAIR, DPO, DSL, SENIOR, CaseBuilder, concern, device, profile, purpose
from tests.domain.test_entries import sample

ROUTE = profile().routes[0]
S = StepState


def states(case: Case) -> dict[str, StepState]:
    return {seen.step.id: seen.state for seen in steps_of(case, ROUTE)}


def test_before_anything_only_what_needs_nothing_can_start():
    found = states(CaseBuilder().case)
    assert (found["child-first"], found["who"]) == (S.NOT_STARTED, S.NOT_STARTED)
    assert found["finish"] is S.DOES_NOT_APPLY
    others = set(found.values()) - {S.NOT_STARTED, S.DOES_NOT_APPLY}
    assert others == {S.CANNOT_START}


def test_child_and_parents_are_open_from_triage_on():
    book = CaseBuilder()
    book.triage()
    found = states(book.case)
    assert (found["child"], found["parents"], found["reviewers"]) == (S.NOT_STARTED,) * 3
    assert found["look"] is S.CANNOT_START


def test_one_of_two_shows_that_the_second_person_is_waited_for():
    book = CaseBuilder()
    book.triage()
    book.write(book.case.name_reviewer(DSL, DSL, position="DSL"), DSL)
    assert states(book.case)["reviewers"] is S.NEEDS_SECOND
    book.write(book.case.name_reviewer(DSL, SENIOR, position="Senior"), DSL)
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    book.write(book.case.declare(DSL, "I know of nothing"), DSL)
    found = states(book.case)
    assert (found["reviewers"], found["declare"]) == (S.DONE, S.NEEDS_SECOND)
    book.write(book.case.declare(SENIOR, "I know of nothing"), SENIOR)
    book.write(book.case.name_device(DSL, device()), DSL)
    assert states(book.case)["look"] is S.CANNOT_START
    book.write(book.case.skip_step(DSL, next(s for s in ROUTE.steps if s.id == "access"), "No network used"), DSL)
    access = next(seen for seen in steps_of(book.case, ROUTE) if seen.step.id == "access")
    assert (access.state, access.skipped_because) == (S.SKIPPED, "No network used")
    assert states(book.case)["look"] is S.NOT_STARTED


def test_a_skip_of_what_cannot_be_skipped_is_not_believed():
    book = CaseBuilder()
    book.triage()
    book.write(StepSkipped(step="reviewers", reason="one is enough"), DSL)
    assert states(book.case)["reviewers"] is S.NOT_STARTED


def test_looking_in_progress_then_waits_for_the_second_confirmation():
    book = CaseBuilder().looking()
    assert (states(book.case)["look"], states(book.case)["finish"]) == (S.IN_PROGRESS, S.CANNOT_START)
    book.write(book.case.finish_review(DSL, access_withdrawn=True, device_locked_away=True, times_right=True), DSL)
    assert (states(book.case)["look"], states(book.case)["finish"]) == (S.DONE, S.NEEDS_SECOND)


def test_a_stop_takes_the_review_off_the_list():
    book = CaseBuilder().looking()
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    found = states(book.case)
    for step in ("look", "judge", "act", "sign"):
        assert found[step] is S.DOES_NOT_APPLY
    assert found["reviewers"] is S.DONE
    assert found["child"] is S.NOT_STARTED


def done() -> CaseBuilder:
    book = CaseBuilder().concluded()
    for entry in (
        DeviceSecured(device="tablet", held_by="DSL", place="safe"),
        HoldBackSet(party="press", decision=HoldBack.WAIT),
        book.case.skip_step(DSL, next(s for s in ROUTE.steps if s.id == "access"), "No network used"),
        book.case.decide_action(DSL, action="Talk", who="Tutor", by_when="Friday", reason="proportionate"),
        ChildVoiceRecorded(not_asked_because="away"),
        ParentsInformed(decision=ParentsDecision.TOLD, reason="They asked"),
        ExternalLogMade(system="main", reference="R"),
        ReferralDeclined(to=Agency.POLICE, reasons="No crime"),
    ):
        book.write(entry, DSL)
    return book


def test_the_whole_route_can_be_walked_to_its_end():
    book = done()
    covers = book.case.last
    book.sign(DSL, covers)
    assert states(book.case)["sign"] is S.NEEDS_SECOND
    assert unfinished(book.case, ROUTE) == ("Sign",)
    book.sign(SENIOR, covers)
    assert unfinished(book.case, ROUTE) == ()
    closed = book.case.close_case(DSL, outcome="behaviour", retention="child", unfinished=unfinished(book.case, ROUTE))
    book.write(closed, DSL)
    assert set(states(book.case).values()) == {S.DONE, S.SKIPPED}


def test_a_voided_sign_off_is_to_be_done_again():
    book = done()
    covers = book.case.last
    book.sign(DSL, covers)
    book.write(book.case.decide_action(DSL, action="More", who="Tutor", by_when="Friday", reason="new facts"), DSL)
    assert states(book.case)["sign"] is S.NOT_STARTED
    assert progress_of(book.case, Fact.SIGNED_BY_BOTH) is Progress.NONE
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    assert states(book.case)["sign"] is S.CANNOT_START  # both declare again first


def test_a_step_is_taken_by_the_right_role_when_its_turn_has_come():
    book = CaseBuilder()
    assert check_step(book.case, ROUTE, "who", CHAIR).id == "who"
    with pytest.raises(InputError, match="no such step"):
        check_step(book.case, ROUTE, "nonsense", DSL)
    with pytest.raises(ProcedureError, match="another role"):
        check_step(book.case, ROUTE, "who", DPO)
    with pytest.raises(ProcedureError, match="First: Who is it about"):
        check_step(book.case, ROUTE, "suspected", DSL)
    with pytest.raises(ProcedureError, match="does not apply"):
        check_step(book.case, ROUTE, "finish", DSL)


@pytest.mark.parametrize("fact", list(Fact))
def test_every_fact_is_nothing_at_first(fact):
    assert progress_of(Case(), fact) is Progress.NONE


def test_every_fact_can_be_shown():
    book = done()
    covers = book.case.last
    for who in (DSL, SENIOR):
        book.sign(who, covers)
    for entry in (concern(), Printed(paper="form, 2 sheets"), CaseClosed(outcome="behaviour", retention="child")):
        book.write(entry, DSL)
    book.advice()
    kinds: tuple[type[EntryData], ...] = (*WIDER_KINDS, CallLogged, SupportOffered, InformationShared, FeedbackGiven)
    for kind in kinds:
        book.write(sample(kind), DSL)
    shown = {fact for fact in Fact if progress_of(book.case, fact) is Progress.DONE}
    assert set(Fact) - shown == {Fact.ACCESS, Fact.SCAN_ATTACHED, Fact.LESSONS}


def test_a_stopped_session_is_looking_that_did_not_end():
    book = CaseBuilder().looking()
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    assert progress_of(book.case, Fact.LOOKED) is Progress.STARTED
    assert progress_of(book.case, Fact.FINISHED_BY_BOTH) is Progress.NONE


def test_immediate_action_shows_that_the_child_came_first():
    import msgspec

    book = CaseBuilder()
    book.write(concern(), DSL)
    assert progress_of(book.case, Fact.CHILD_SAFE) is Progress.NONE
    book.write(msgspec.structs.replace(concern(), immediate_action="Rang home"), DSL)
    assert progress_of(book.case, Fact.CHILD_SAFE) is Progress.DONE


@pytest.mark.parametrize(
    ("kind", "child", "pupil", "worker"),
    [
        (None, True, False, False),
        (SubjectKind.PUPIL, True, True, False),
        (SubjectKind.STAFF, False, False, True),
        (SubjectKind.OTHER_ADULT, False, False, False),
        (SubjectKind.NOT_KNOWN, True, False, False),
    ],
)
def test_conditions_follow_whom_it_is_about(kind, child, pupil, worker):
    book = CaseBuilder()
    if kind is not None:
        book.triage(about=kind)
    assert holds(book.case, Condition.CHILD_INVOLVED) is child
    assert holds(book.case, Condition.ABOUT_PUPIL) is pupil
    assert holds(book.case, Condition.ABOUT_WORKER) is worker
    assert holds(book.case, Condition.ALWAYS)
    assert holds(book.case, Condition.NOT_STOPPED)
    assert not holds(book.case, Condition.STOPPED)
    assert not holds(book.case, Condition.LOOKING_DONE)


def test_a_pupil_who_is_affected_makes_a_staff_case_involve_a_child():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF)
    book.link("p-x", PersonRole.AFFECTED)
    assert holds(book.case, Condition.CHILD_INVOLVED)
