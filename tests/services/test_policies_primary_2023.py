"""What the community primary's policy of 2023 does not let happen: its list of twelve, and who is told."""

import pytest

from dsl_desk.domain.case_words import Agency, Intake
from dsl_desk.domain.errors import DslDeskError, ProcedureError
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.services.policy_scenes import FIRST, REVIEW, Scene

# item of the policy's list -> the question of triage that finds it, the grade it leads to
LISTED = {
    "non-consensual-images": ("q5a", Grade.STOP_IMAGES),
    "self-generated-images": ("q3", Grade.STOP_IMAGES),
    "terrorism": ("q5b", Grade.POLICE_FIRST),
    "hate-crime": ("q5b", Grade.POLICE_FIRST),
    "fraud-extortion": ("q5b", Grade.POLICE_FIRST),
    "harassment": ("q5b", Grade.POLICE_FIRST),
    "child-abuse-images": ("q3", Grade.STOP_IMAGES),
    "exploitation": ("q4", Grade.POLICE_FIRST),
    "extreme-pornography": ("q5a", Grade.STOP_IMAGES),
    "illegal-sale": ("q5b", Grade.POLICE_FIRST),
    "computer-misuse": ("q5b", Grade.POLICE_FIRST),
}


@pytest.fixture
def school(keys):
    return Scene(keys, FIRST)


def test_the_list_is_whole(school):
    assert {one.id for one in school.policy.escalation} == set(LISTED)
    assert all(one.to for one in school.policy.escalation)


@pytest.mark.parametrize("item", LISTED)
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE], ids=["yes", "not sure"])
def test_what_is_on_the_list_is_not_checked_in_school(school, item, answer):
    question, grade = LISTED[item]
    assert next(one for one in school.policy.escalation if one.id == item).grade is grade
    assert school.answer(**{question: answer}).case.grade is grade
    with pytest.raises(DslDeskError):
        school.name_both()
    with pytest.raises(DslDeskError):
        school.open()
    for intake in (Intake.CAPTURE, Intake.FILE):
        with pytest.raises(DslDeskError):
            school.bring(intake)
    assert not school.desk.blobs


@pytest.mark.parametrize("item", LISTED)
def test_a_check_under_way_ends_when_something_of_the_list_comes_up(school, item):
    question, grade = LISTED[item]
    school.looking()
    school.see()
    assert school.answer(**{question: Answer.YES}).case.grade is grade
    assert school.case.session is None
    with pytest.raises(DslDeskError):
        school.see()


def test_an_extremist_matter_asks_police_and_channel(school):
    school.on("radicalisation", q5b=Answer.YES)
    asked = {step.agency for step in school.route.steps if step.agency}
    assert {Agency.POLICE, Agency.CHANNEL} <= asked


def test_exploitation_asks_police_and_social_care_and_police_cannot_be_left_out(school):
    school.on("exploitation", q4=Answer.YES)
    assert {"police"} <= school.must("exploitation")
    assert Agency.SOCIAL_CARE in {step.agency for step in school.route.steps}


def test_blackmail_with_pictures_of_a_child_is_both_stops(school):
    school.answer(q3=Answer.YES, q5b=Answer.YES)
    assert school.case.grade is Grade.STOP_IMAGES
    assert {ground.grade for ground in school.case.grounds} >= {Grade.STOP_IMAGES}


def test_copyright_asks_for_advice_and_stops_nothing(school):
    category = school.policy.category("copyright")
    assert category is not None
    assert category.ask_for_advice
    assert school.answer().case.grade is Grade.OPEN
    school.name_both()
    assert len(school.case.reviewers) == 2
    assert all(one.id != "copyright" for one in school.policy.escalation)


def test_suspicion_of_a_crime_takes_the_check_off_the_list_and_asks_for_a_referral(school):
    school.answer(q5b=Answer.YES)
    left = {one.id for one in school.route.steps if "not_stopped" in {when.value for when in one.when}}
    assert {"reviewers", "look", "judge", "sign"} <= left
    with pytest.raises(ProcedureError):
        school.end()


def test_staff_misuse_reaches_the_headteacher_and_an_allegation_about_the_headteacher_the_chair(school):
    told = {line.when: line.who for line in school.policy.told}
    assert "Headteacher" in told["Concern about staff misuse"]
    assert "Chair of Governors" in told["Concern about the Headteacher"]
    school.answer(about=SubjectKind.STAFF, q2b=Answer.NO)
    school.work.choose_route(school.strand, "staff-misuse", "as the policy says")
    assert "head-told" in {step.id for step in school.route.steps}
    with pytest.raises(DslDeskError):
        school.work.choose_route(school.strand, REVIEW, "to look all the same")
