"""What the federation's policy of 2019 does not let happen: pictures, police first, devices, parents."""

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import Agency, Effect, Intake, ParentsDecision, PersonRole
from dsl_desk.domain.errors import DslDeskError, HaltedError, InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import LessonRecorded, ParentsInformed, PersonLinked, ReferralMade
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.services.policy_scenes import FEDERATION, Scene
from tests.services.random_wider import AT

IMAGERY, IIOC = "youth-imagery", "indecent-images"


@pytest.fixture
def school(keys):
    return Scene(keys, FEDERATION)


def test_an_allegation_about_a_worker_waits_for_the_lado_and_nobody_looks(school):
    school.answer(about=SubjectKind.STAFF, q2b=Answer.NOT_SURE)
    assert school.case.grade is Grade.POLICE_FIRST
    school.work.choose_route(school.strand, "staff-misuse", "as the policy says")
    assert school.state("threshold") is StepState.CANNOT_START
    decided = wider.ThresholdDecided(
        decision=wider.Threshold.MET, adviser="Demo Adviser", at=AT, advice="met", reason="made up", decided_by="Head",
        limbs=("harmed",),
    )  # fmt: skip
    with pytest.raises(ProcedureError):
        school.work.note(school.strand, decided)
    school.refer_to(Agency.LADO)
    school.work.note(school.strand, decided)
    assert school.state("threshold") is StepState.DONE
    with pytest.raises(DslDeskError):
        school.name_both()


def test_somebody_at_risk_of_radicalisation_the_dsl_for_a_child_the_headteacher_for_staff(school):
    school.on("radicalisation", q5b=Answer.YES)
    assert school.state("head-told") is StepState.DOES_NOT_APPLY
    school.sign_in("dsl")
    assert school.book.load(school.strand).ref
    school.work.link_person(school.strand, PersonLinked(person="t", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF))
    assert school.state("head-told") is StepState.NOT_STARTED
    told = next(line for line in school.policy.told if "radicalisation" in line.when)
    assert told.who == ("DSL; for staff the Headteacher",)


def test_only_dsl_and_deputies_run_the_route_about_pictures_of_young_people(school):
    school.on(IMAGERY, q3=Answer.YES)
    asked = wider.AgesAsked(adult_involved="no", known_from="told")
    for name in ("head", "osl", "senior"):
        school.sign_in(name)
        with pytest.raises(DslDeskError):
            school.work.note(school.strand, asked)
    school.sign_in("deputy")
    school.work.note(school.strand, asked)


def test_not_viewed_is_usual_and_viewing_waits_for_the_ages_and_needs_its_reason(school):
    school.on(IMAGERY, q3=Answer.YES)
    not_viewed = wider.ViewingDecided(decision=wider.Viewing.NOT_VIEWED, reason="no need")
    with pytest.raises(ProcedureError):
        school.work.note(school.strand, not_viewed)
    school.work.note(school.strand, wider.AgesAsked(adult_involved="no", known_from="told"))
    with pytest.raises(InputError):
        school.work.note(school.strand, wider.ViewingDecided(decision=wider.Viewing.VIEWED, reason="must"))
    school.work.note(school.strand, not_viewed)
    assert school.state("viewing") is StepState.DONE


def test_nothing_of_such_a_picture_comes_in_at_any_grade(school):
    school.on(IMAGERY)
    assert school.case.grade is Grade.OPEN
    with pytest.raises(ProcedureError, match="no file comes in"):
        school.bring()
    with pytest.raises(DslDeskError):
        school.bring(Intake.CAPTURE)
    school.answer(q3=Answer.YES)
    with pytest.raises(HaltedError):
        school.bring()
    assert not school.desk.blobs


def test_no_copy_is_kept_even_where_police_ask_for_one(school):
    school.on(IIOC, q3=Answer.YES)
    school.advised(effect=Effect.KEEP)
    with pytest.raises(HaltedError):
        school.bring()
    assert not school.desk.blobs
    assert school.advised(effect=Effect.KEEP)  # that they asked, and where it lies, is written down


def test_nobody_deletes_before_the_police_said_so(school):
    school.on(IMAGERY, q3=Answer.YES)
    school.refer_to(Agency.POLICE)
    deleted = wider.DeletionRecorded(
        deleted_by="the pupil", witnessed_by="the DSL", agency=Agency.POLICE, advice=school.case.last,
        agency_words="May go.", at=AT,
    )  # fmt: skip
    with pytest.raises(ProcedureError, match="First ask the police"):
        school.work.note(school.strand, deleted)


@pytest.mark.parametrize("route", [IMAGERY, IIOC, "exploitation"])
def test_police_stand_first_of_all_who_are_told_and_are_never_left_out(school, route):
    school.on(route, q3=Answer.YES)
    told = [step for step in school.route.steps if step.agency]
    assert told[0].agency is Agency.POLICE
    with pytest.raises(ProcedureError):
        school.work.skip(school.strand, route, told[0].id, "busy")
    with pytest.raises(ProcedureError):
        school.end()


def test_a_device_with_such_pictures_is_put_away_and_a_worker_s_brings_headteacher_and_lado(school):
    school.on(IIOC, q3=Answer.YES)
    assert school.step("secure").needs == ("suspected",)
    assert school.state("lado") is StepState.DOES_NOT_APPLY
    school.work.link_person(school.strand, PersonLinked(person="t", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF))
    assert school.state("head-told") is StepState.NOT_STARTED
    assert school.state("lado") is StepState.NOT_STARTED
    with pytest.raises(ProcedureError):
        school.work.skip(school.strand, IIOC, "lado", "busy")


@pytest.mark.parametrize("route", ["sexual-harm"])
def test_sexual_violence_reaches_the_dsl_at_once_and_nobody_looks(school, route):
    listed = next(one for one in school.policy.escalation if one.id == "sexual-violence")
    assert listed.to[0] == "DSL, immediately"
    assert listed.grade is Grade.POLICE_FIRST
    school.on(route)
    with pytest.raises(ProcedureError):
        school.name_both()
    assert school.state("risk") is StepState.NOT_STARTED


def test_another_school_is_told_after_the_police(school):
    school.on("exploitation", q4=Answer.YES)
    assert school.state("other-setting") is StepState.CANNOT_START
    with pytest.raises(ProcedureError, match="Ask the police"):
        school.refer_to(Agency.OTHER_SETTING)
    school.refer_to(Agency.POLICE)
    with pytest.raises(ProcedureError, match="Ask the police"):
        school.refer_to(Agency.OTHER_SETTING)  # told is not yet asked: they have not answered
    school.rung()
    school.refer_to(Agency.OTHER_SETTING)
    assert [told.data.to for told in school.case.told(ReferralMade)] == [Agency.POLICE, Agency.OTHER_SETTING]


def test_a_confiscated_device_goes_to_parents_or_police_and_never_to_somebody_involved(school):
    school.on("school-technology")
    back = wider.ItemReleased(
        item="a phone", to=wider.Release.PARENT, to_name="a parent", at=AT, released_by="Head", may_be_involved="yes"
    )
    with pytest.raises(ProcedureError, match="may be involved"):
        school.work.note(school.strand, back)
    nobody = wider.ItemReleased(item="a phone", to=wider.Release.PARENT, to_name=" ", at=AT, released_by="Head")
    with pytest.raises(InputError):
        school.work.note(school.strand, nobody)
    school.answer(q5b=Answer.YES)
    for to in (wider.Release.PARENT, wider.Release.OWNER, wider.Release.RETAINED):
        with pytest.raises(ProcedureError, match="advice is open"):
            school.work.note(
                school.strand, wider.ItemReleased(item="a phone", to=to, to_name="x", at=AT, released_by="Head")
            )
    police = wider.ItemReleased(item="a phone", to=wider.Release.POLICE, to_name="PC", at=AT, released_by="Head")
    assert school.work.note(school.strand, police).told(wider.ItemReleased)


def test_a_case_about_a_child_closes_with_a_word_on_parents_and_with_lessons(school):
    school.on("bullying")
    school.refer_to(Agency.OTHER)
    school.leave_out(*(step.id for step in school.route.steps if step.skippable and step.id != "parents"))
    with pytest.raises(ProcedureError, match="Lessons"):
        school.end()
    school.work.lesson(school.strand, LessonRecorded(lesson="nothing new", theme="none"))
    with pytest.raises(ProcedureError, match="Parents"):
        school.end()
    with pytest.raises(InputError):
        school.work.parents(school.strand, ParentsInformed(decision=ParentsDecision.NOT_TOLD, reason=""))
    school.work.parents(school.strand, ParentsInformed(decision=ParentsDecision.NOT_TOLD, reason="would add to risk"))
    assert school.end().closed


def test_whom_it_is_about_reads_none_of_it(school):
    school.work.link_person(school.strand, PersonLinked(person="ben", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF))
    for account in ("deputy", "deputy2"):
        school.sign_in(account)
        with pytest.raises(NotReadableError):
            school.book.load(school.strand)
