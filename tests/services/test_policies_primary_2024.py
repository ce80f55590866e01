"""What the primary's policy of 2024 does not let happen: adults and pictures, who is told, sharing."""

import pytest
from msgspec.structs import replace

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import Agency, Consent
from dsl_desk.domain.errors import DslDeskError, InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import InformationShared
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.triage import Question, needed_questions
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.services.policy_scenes import LATEST, Scene
from tests.services.random_wider import AT

IMAGERY = "youth-imagery"


@pytest.fixture
def school(keys):
    return Scene(keys, LATEST)


@pytest.mark.parametrize("adult", ["yes", "not_sure"])
def test_the_ages_are_asked_before_anything_and_an_adult_makes_it_abuse(school, adult):
    school.on(IMAGERY, q3=Answer.YES)
    with pytest.raises(ProcedureError):
        school.work.skip(school.strand, IMAGERY, "ages", "not known")
    assert school.state("ceop") is StepState.DOES_NOT_APPLY
    school.work.note(school.strand, wider.AgesAsked(adult_involved=adult, known_from="told"))
    assert school.state("ceop") is StepState.NOT_STARTED
    with pytest.raises(ProcedureError):
        school.work.skip(school.strand, IMAGERY, "police", "busy")


def test_whoever_comes_with_it_is_asked_whether_somebody_looked_copied_or_deleted(school):
    assert Question.ALREADY in needed_questions(SubjectKind.PUPIL)
    school.sign_in("osl")
    school.sign_in("senior")
    with pytest.raises(DslDeskError):
        school.work.note(
            school.strand,
            wider.ViewingDecided(decision=wider.Viewing.VIEWED, reason="x", agreed_by="x", viewed_by="x", present="x",
                                 place="x", at=AT, decided="x"),
        )  # fmt: skip


def test_the_chair_and_the_lado_hear_of_the_headteacher_who_sees_nothing(school):
    school.answer(about=SubjectKind.HEADTEACHER, q2b=Answer.NO)
    school.sign_in("deputy")
    school.work.choose_route(school.strand, "about-headteacher", "as the policy says")
    assert {"lado"} <= school.must("about-headteacher")
    assert "chair-told" in {step.id for step in school.route.steps}
    school.sign_in("head")
    with pytest.raises(NotReadableError):
        school.book.load(school.strand)


def test_sexual_violence_goes_to_the_dsl_at_once(school):
    listed = next(one for one in school.policy.escalation if one.id == "sexual-violence")
    assert listed.to == ("DSL, immediately",)
    assert listed.grade is Grade.POLICE_FIRST


def test_information_is_shared_on_record_by_an_approved_and_protected_way(school):
    shared = InformationShared(
        shared=True, at=AT, what="what happened", with_whom="the new school", purpose="to protect", reason="moves",
        lawful_basis="public task", consent=Consent.NOT_SOUGHT, channel="The agency’s own secure portal",
        encryption="its own",
    )  # fmt: skip
    for faulty in (
        replace(shared, channel=""), replace(shared, encryption=""), replace(shared, channel="My own e-mail"),
        replace(shared, purpose=" "), replace(shared, with_whom=""),
    ):  # fmt: skip
        with pytest.raises(InputError):
            school.work.share(school.strand, faulty)
    assert school.work.share(school.strand, shared).told(InformationShared)


def test_staff_misuse_is_told_to_the_headteacher(school):
    school.answer(about=SubjectKind.STAFF, q2b=Answer.NO)
    school.work.choose_route(school.strand, "staff-misuse", "as the policy says")
    assert school.state("head-told") is StepState.NOT_STARTED
    assert school.step("lado").agency is Agency.LADO
    school.sign_in("head")
    assert school.book.load(school.strand).ref
