"""The two grades of stop: one person closes, two open again on advice (flows section 1)."""

import pytest

from dsl_desk.domain.case_entries import AdviceApplied, ExhibitAdded, Halted, TriageAnswered
from dsl_desk.domain.case_words import Agency, Effect, Intake, Judgement, PersonRole
from dsl_desk.domain.continuity import copies_out
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import FollowUpDone, Printed
from dsl_desk.domain.people import Actor
from dsl_desk.domain.words import Answer, Grade, PackKind, SubjectKind
from tests.builders import (
    CODES,
    DEPUTY,
    DSL,
    HEAD,
    OSL,
    SENIOR,
    CaseBuilder,
    no_from,
    offered,
    renamed,
    there,
)

REASON = "Police said so on the telephone."


def halted(grade: Grade = Grade.STOP_IMAGES, *, exhibits: int = 0) -> CaseBuilder:
    """A case stopped in the middle of looking, with so many exhibits held."""
    book = CaseBuilder().looking()
    for _ in range(exhibits):
        book.exhibit()
    book.write(book.case.halt(DSL, grade), DSL)
    return book


@pytest.mark.parametrize("grade", [Grade.POLICE_FIRST, Grade.STOP_IMAGES])
def test_one_person_stops_a_case_at_once_and_the_session_ends(grade):
    book = halted(grade)
    assert book.case.grade is grade
    assert book.case.session is None
    assert book.case.sessions[-1].ended_by == "stopped"


def test_a_halt_without_a_grade_counts_as_a_stop_for_pictures():
    book = CaseBuilder()
    assert book.case.halt(DSL, Grade.OPEN).grade is Grade.STOP_IMAGES
    book.write(Halted(grade=Grade.OPEN), DSL)
    assert book.case.grade is Grade.STOP_IMAGES


def test_a_halt_is_never_refused_whatever_was_typed():
    entry = CaseBuilder().case.halt(DSL, Grade.STOP_IMAGES, reason="\0\ud800" + "x" * 50_000, isolation=("\udfff",))
    assert len(entry.reason) < 50_000
    assert "\0" not in entry.reason
    CaseBuilder().write(entry, DSL)


def test_a_lower_halt_does_not_lower_the_grade():
    book = halted(Grade.STOP_IMAGES)
    book.write(book.case.halt(SENIOR, Grade.POLICE_FIRST), SENIOR)
    assert book.case.grade is Grade.STOP_IMAGES


def test_a_higher_halt_raises_the_grade_and_quarantines():
    book = halted(Grade.POLICE_FIRST, exhibits=2)
    assert not book.case.quarantined()
    book.write(book.case.halt(SENIOR, Grade.STOP_IMAGES), SENIOR)
    assert book.case.grade is Grade.STOP_IMAGES
    assert len(book.case.quarantined()) == 2


def test_answering_triage_again_never_opens_a_stop():
    book = CaseBuilder()
    book.triage(q3=Answer.NOT_SURE)
    book.triage()
    assert book.case.grade is Grade.STOP_IMAGES


def test_the_reason_of_a_halt_may_follow_and_stops_nothing_anew():
    book = halted(Grade.POLICE_FIRST)
    at = book.case.last
    advice = book.advice(Agency.LADO)
    book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
    book.write(book.case.add_halt_reason(DSL, at, "A message read like a threat.", police_reference="LOG-1"), DSL)
    assert book.case.grade is Grade.OPEN


def test_a_reason_that_claims_a_higher_grade_stops_the_case():
    book = halted(Grade.POLICE_FIRST)
    book.write(Halted(grade=Grade.STOP_IMAGES, adds_to=book.case.last), DSL)
    assert book.case.grade is Grade.STOP_IMAGES


def test_a_halt_that_names_itself_still_stops():
    book = CaseBuilder()
    book.write(Halted(grade=Grade.POLICE_FIRST, adds_to=book.case.last + 1), DSL)
    assert book.case.grade is Grade.POLICE_FIRST


@pytest.mark.parametrize(("at", "reason"), [(1, "words"), (99, "words")])
def test_a_reason_needs_a_halt_to_belong_to(at, reason):
    with pytest.raises(InputError, match="no such stop"):
        halted().case.add_halt_reason(DSL, at, reason)


def test_a_reason_must_say_something():
    book = halted()
    with pytest.raises(InputError, match="what made you stop"):
        book.case.add_halt_reason(DSL, book.case.last, "  ")


@pytest.mark.parametrize("intake", list(Intake))
def test_nothing_comes_in_behind_a_stop_for_pictures(intake):
    with pytest.raises(HaltedError):
        halted().case.allow_intake(DSL, offered(intake, no_from(DSL, SENIOR)))


@pytest.mark.parametrize("intake", [Intake.CAPTURE, Intake.FILE])
def test_nothing_is_captured_under_police_first(intake):
    with pytest.raises(HaltedError):
        halted(Grade.POLICE_FIRST).case.allow_intake(DSL, offered(intake, no_from(DSL, SENIOR)))


def test_what_people_bring_is_taken_in_under_police_first():
    book = halted(Grade.POLICE_FIRST)
    assert book.exhibit(HEAD, Intake.SUPPLIED) == "BO/1"


def test_an_exhibit_that_got_in_behind_a_stop_all_the_same_stays_out_of_reach():
    book = CaseBuilder().looking()
    book.exhibit()
    entry = book.case.told(ExhibitAdded)[0].data
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    book.write(entry, DSL)
    assert len(book.case.quarantined()) == 2


def test_content_is_out_of_reach_behind_a_stop_for_pictures_only():
    for grade, refused in ((Grade.POLICE_FIRST, False), (Grade.STOP_IMAGES, True)):
        book = halted(grade, exhibits=1)
        if refused:
            with pytest.raises(HaltedError, match="behind a stop"):
                book.case.view_exhibit(DSL, "AQ/1", "to be sure")
        else:
            assert book.case.view_exhibit(DSL, "AQ/1", "to hand it over").what == "AQ/1"


@pytest.mark.parametrize("act", ["look", "judge", "purpose", "device", "sign", "resume"])
def test_looking_judging_and_signing_wait_while_stopped(act):
    case = halted(Grade.POLICE_FIRST).case
    acts = {
        "look": lambda: case.open_review(DSL, present=("Ada", "Edie"), place="Room 4"),
        "judge": lambda: case.judge(DSL, Judgement.NONE, "nothing there"),
        "purpose": lambda: case.declare(DSL, "I know of nothing"),
        "device": lambda: case.resume(DSL, present=("Ada", "Edie")),
        "sign": lambda: case.may_sign(DSL),
        "resume": lambda: case.pause(DSL, "tea"),
    }
    with pytest.raises(HaltedError):
        acts[act]()


# ---- advice


@pytest.mark.parametrize("agency", list(Agency))
@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("grade", [Grade.POLICE_FIRST, Grade.STOP_IMAGES])
def test_only_the_right_agency_and_effect_open_a_stop(agency, effect, grade):
    book = halted(grade)
    advice = book.advice(agency, effect)
    opens = effect in {Effect.CONTINUE, Effect.SCHOOL_MAY_PROCEED} and (
        agency is Agency.POLICE
        or (grade is Grade.POLICE_FIRST and agency in {Agency.LADO, Agency.SOCIAL_CARE, Agency.EDUCATION_SAFEGUARDING})
    )
    if opens:
        book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
        assert book.case.grade is Grade.OPEN
    else:
        with pytest.raises(ProcedureError):
            book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON)
        book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=advice), DSL, HEAD)
        assert book.case.grade is grade


@pytest.mark.parametrize(
    ("by", "second", "why"),
    [
        (DSL, DSL, "two different people"),
        (HEAD, renamed(HEAD, "7"), "two different people"),
        (DSL, SENIOR, "not a reviewer"),
        (CODES, HEAD, "must be signed in"),
    ],
)
def test_advice_is_applied_by_two_of_whom_one_was_no_reviewer(by: Actor, second: Actor, why):
    book = halted(Grade.POLICE_FIRST)
    advice = book.advice(Agency.LADO)
    with pytest.raises(ProcedureError, match=why):
        book.case.apply_advice(by, second, advice=advice, reason=REASON)


def test_two_accounts_of_the_reviewers_are_still_only_the_reviewers():
    book = halted(Grade.POLICE_FIRST)
    advice = book.advice(Agency.LADO)
    with pytest.raises(ProcedureError, match="not a reviewer"):
        book.case.apply_advice(renamed(DSL, "7"), renamed(SENIOR, "8"), advice=advice, reason=REASON)


def test_a_reviewer_and_two_codes_apply_advice_where_no_third_account_exists():
    book = halted(Grade.POLICE_FIRST)
    advice = book.advice(Agency.LADO)
    book.write(book.case.apply_advice(DSL, CODES, advice=advice, reason=REASON), DSL, CODES)
    assert book.case.grade is Grade.OPEN


@pytest.mark.parametrize("by", [(DSL,), (DSL, DSL), (DSL, SENIOR), (DSL, HEAD, DEPUTY)])
def test_an_entry_that_says_two_applied_advice_opens_nothing_without_them(by):
    book = halted(Grade.POLICE_FIRST)
    advice = book.advice(Agency.LADO)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=advice), *by)
    assert book.case.grade is Grade.POLICE_FIRST


def test_two_who_looked_stay_reviewers_for_a_stop_also_when_one_was_replaced_since():
    book = halted(Grade.POLICE_FIRST)
    book.write(book.case.name_reviewer(HEAD, DEPUTY, position="deputy", place=2, reason="busy"), HEAD)
    advice = book.advice(Agency.LADO)
    with pytest.raises(ProcedureError, match="not a reviewer"):
        book.case.apply_advice(DSL, SENIOR, advice=advice, reason=REASON)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=advice), DSL, SENIOR)
    assert book.case.grade is Grade.POLICE_FIRST


def test_a_reviewer_named_after_the_stop_cannot_say_that_it_was_a_mistake():
    book = halted()
    book.write(book.case.name_reviewer(HEAD, DEPUTY, position="deputy", place=2, reason="busy"), HEAD)
    for who in (DSL, DEPUTY):
        book.triage(who)
    with pytest.raises(ProcedureError, match="answer the questions again"):
        book.case.undo_mistaken_halt(DSL, HEAD, REASON)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, mistake=True), DSL, HEAD)
    assert book.case.grade is Grade.STOP_IMAGES


def test_a_subject_applies_no_advice():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF, q2b=Answer.NO)
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF, SENIOR.account)
    advice = book.advice(Agency.LADO)
    for pair in ((DSL, SENIOR), (SENIOR, DSL), (DSL, renamed(SENIOR, "7"))):
        with pytest.raises(ProcedureError, match="nothing here"):
            book.case.apply_advice(*pair, advice=advice, reason=REASON)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=advice), DSL, SENIOR)
    assert book.case.grade is Grade.POLICE_FIRST


def test_advice_must_be_recorded_and_newer_than_the_stop():
    book = halted(Grade.POLICE_FIRST)
    with pytest.raises(InputError, match="Record the advice first"):
        book.case.apply_advice(DSL, HEAD, advice=99, reason=REASON)
    old = book.advice(Agency.LADO)
    book.write(book.case.halt(HEAD, Grade.POLICE_FIRST), HEAD)
    with pytest.raises(ProcedureError, match="older than the stop"):
        book.case.apply_advice(DSL, HEAD, advice=old, reason=REASON)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=99), DSL, HEAD)
    assert book.case.grade is Grade.POLICE_FIRST


def test_a_case_that_is_not_stopped_has_nothing_to_open():
    book = CaseBuilder().reviewers()
    advice = book.advice()
    with pytest.raises(ProcedureError, match="not stopped"):
        book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON)


def test_a_stop_for_pictures_opens_exhibit_by_exhibit():
    book = halted(exhibits=2)
    whole = book.advice()
    with pytest.raises(ProcedureError, match="name each one"):
        book.case.apply_advice(DSL, HEAD, advice=whole, reason=REASON)
    book.write(AdviceApplied(reason=REASON, grade_after=Grade.OPEN, advice=whole, exhibits=("AQ/1", "AQ/2")), DSL, HEAD)
    assert book.case.grade is Grade.STOP_IMAGES
    assert len(book.case.quarantined()) == 2
    for mark, left in (("AQ/1", Grade.STOP_IMAGES), ("AQ/2", Grade.OPEN)):
        advice = book.advice(exhibits=(mark,))
        entry = book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON)
        assert entry.grade_after is left
        book.write(entry, DSL, HEAD)
        assert book.case.grade is left
    assert not book.case.quarantined()
    assert book.case.reachable("AQ/1").mark == "AQ/1"


def test_what_is_released_stays_behind_the_stop_while_another_exhibit_is():
    book = halted(exhibits=2)
    advice = book.advice(exhibits=("AQ/1",))
    book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
    with pytest.raises(HaltedError):
        book.case.reachable("AQ/1")


def test_a_further_stop_puts_what_was_released_behind_it_again():
    book = halted(exhibits=2)
    advice = book.advice(exhibits=("AQ/1",))
    book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
    book.write(book.case.halt(HEAD, Grade.POLICE_FIRST), HEAD)
    assert [exhibit.mark for exhibit in book.case.quarantined()] == ["AQ/2"]
    book.write(book.case.halt(HEAD, Grade.STOP_IMAGES), HEAD)
    assert len(book.case.quarantined()) == 2


def test_what_left_the_desk_before_a_stop_is_listed():
    book = CaseBuilder()
    book.write(book.case.note_print(DSL, Printed(paper="form")), DSL)
    book.write(book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="usb", recipient="police"), DSL)
    assert copies_out(book.case) == ()
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    book.write(book.case.note_print(DSL, Printed(paper="referral sheet")), DSL)
    assert [(copy.at, copy.where) for copy in copies_out(book.case)] == [(2, ""), (3, "")]


def test_where_a_copy_is_now_is_what_somebody_wrote_after_the_stop():
    book = CaseBuilder()
    at = book.write(book.case.note_print(DSL, Printed(paper="form")), DSL)
    book.write(book.case.follow_up(DSL, FollowUpDone(what="On the desk", about=at)), DSL)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert [copy.where for copy in copies_out(book.case)] == [""]
    book.write(book.case.follow_up(DSL, FollowUpDone(what="Office safe, locked away by Pat", about=at)), DSL)
    assert [copy.where for copy in copies_out(book.case)] == ["Office safe, locked away by Pat"]


def test_police_first_opens_for_the_case_and_not_for_single_exhibits():
    book = halted(Grade.POLICE_FIRST, exhibits=1)
    advice = book.advice(exhibits=("AQ/1",))
    with pytest.raises(ProcedureError, match="must cover the case"):
        book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON)


def test_a_stop_for_pictures_falls_to_police_first_where_that_has_grounds_of_its_own():
    book = halted(Grade.POLICE_FIRST)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    advice = book.advice()
    for after in (Grade.POLICE_FIRST, Grade.OPEN):
        book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
        assert book.case.grade is after


def test_after_a_stop_both_declare_anew():
    book = halted(Grade.POLICE_FIRST)
    advice = book.advice()
    book.write(book.case.apply_advice(DSL, HEAD, advice=advice, reason=REASON), DSL, HEAD)
    with pytest.raises(ProcedureError, match="have not declared"):
        book.case.open_review(DSL, present=("Ada", "Edie"), place="Room 4")


def test_advice_cannot_name_an_exhibit_that_is_not_there():
    with pytest.raises(InputError, match="Check the mark"):
        halted().advice(exhibits=("ZZ/9",))


# ---- destroying


def test_an_exhibit_is_destroyed_by_two_on_police_advice_that_names_it():
    book = halted(exhibits=2)
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/1",))
    entry = book.case.destroy_exhibit(
        DSL, HEAD, mark="AQ/1", advice=advice, reference="LOG-0042", method="key destroyed"
    )
    book.write(entry, DSL)
    assert there(book.case.exhibit("AQ/1")).is_held
    book.write(entry, DSL, HEAD)
    assert not there(book.case.exhibit("AQ/1")).is_held
    assert [exhibit.mark for exhibit in book.case.quarantined()] == ["AQ/2"]
    with pytest.raises(InputError, match="holds no exhibit"):
        book.case.destroy_exhibit(DSL, HEAD, mark="AQ/1", advice=advice, reference="x", method="x")


def test_a_destroyed_exhibit_cannot_be_viewed_but_its_mark_is_never_used_again():
    book = halted(Grade.POLICE_FIRST, exhibits=1)
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/1",))
    entry = book.case.destroy_exhibit(DSL, HEAD, mark="AQ/1", advice=advice, reference="L", method="key destroyed")
    book.write(entry, DSL, HEAD)
    with pytest.raises(ProcedureError, match="destroyed by two"):
        book.case.view_exhibit(DSL, "AQ/1", "to see")
    assert book.exhibit(DSL, Intake.SUPPLIED) == "AQ/2"


@pytest.mark.parametrize(
    ("agency", "effect", "exhibits", "reference"),
    [
        (Agency.LADO, Effect.DESTROY, ("AQ/1",), "L"),
        (Agency.POLICE, Effect.KEEP, ("AQ/1",), "L"),
        (Agency.POLICE, Effect.DESTROY, (), "L"),
        (Agency.POLICE, Effect.DESTROY, ("AQ/1",), " "),
    ],
)
def test_nothing_less_than_police_advice_with_reference_destroys(agency, effect, exhibits, reference):
    book = halted(exhibits=1)
    advice = book.advice(agency, effect, exhibits, reference)
    with pytest.raises(ProcedureError, match="police advice"):
        book.case.destroy_exhibit(DSL, HEAD, mark="AQ/1", advice=advice, reference="L", method="key destroyed")


def test_triage_is_kept_with_who_answered():
    book = CaseBuilder()
    book.triage(OSL, q3=Answer.YES)
    told = book.case.told(TriageAnswered)[0]
    assert told.by == (OSL.account,)
    assert told.data.because_of == ("3",)
