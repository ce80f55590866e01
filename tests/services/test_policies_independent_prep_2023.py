"""What the prep school's policy of 2023 does not let happen: closing without a word, keeping without a rule."""

import pytest

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import CaseClosed, LessonRecorded, ReferralDeclined
from dsl_desk.domain.words import Answer, Grade
from tests.services.policy_scenes import ALL, PREP, REVIEW, Scene


@pytest.fixture
def school(keys):
    return Scene(keys, PREP)


@pytest.mark.parametrize("profile", ALL)
def test_no_case_closes_without_a_decision_on_referring_and_its_reason(keys, profile):
    school = Scene(keys, profile)
    school.on("bullying")
    school.work.lesson(school.strand, LessonRecorded(lesson="nothing new", theme="none"))
    school.leave_out()
    with pytest.raises(ProcedureError, match="whether it was referred"):
        school.end()
    with pytest.raises(InputError):
        school.referral.decline(school.strand, ReferralDeclined(to=Agency.OTHER, reasons=" "))
    school.referral.decline(school.strand, ReferralDeclined(to=Agency.OTHER, reasons="settled in school"))
    assert school.end().closed


@pytest.mark.parametrize("profile", ALL)
def test_every_closed_case_has_a_class_of_keeping_of_the_school(keys, profile):
    school = Scene(keys, profile)
    school.on("bullying")
    school.refer_to(Agency.OTHER)
    school.work.lesson(school.strand, LessonRecorded(lesson="nothing new", theme="none"))
    school.leave_out()
    with pytest.raises(InputError):
        school.end("no such class")
    closed = school.end("staff").told(CaseClosed)
    assert closed[-1].data.retention == "staff"
    assert closed[-1].data.keep_until


def test_this_policy_has_no_check_in_school_and_extremism_goes_to_channel_and_police(school):
    assert school.policy.route(REVIEW) is None
    assert school.answer(q5b=Answer.YES).case.grade is Grade.POLICE_FIRST
    listed = next(one for one in school.policy.escalation if one.id == "extremism")
    assert listed.to == ("Channel", "Police")
