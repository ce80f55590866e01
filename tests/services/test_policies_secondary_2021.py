"""What the secondary's policy of 2021 does not let happen: every step, two people, stop, isolate, keep."""

import pytest

from dsl_desk.domain.case_entries import SightingRecorded, StepSkipped
from dsl_desk.domain.case_words import Agency, Intake, Judgement
from dsl_desk.domain.errors import DslDeskError, HaltedError, InputError, ProcedureError
from dsl_desk.domain.referral import police_still_to_ring
from dsl_desk.domain.words import Answer, Grade, PackKind
from tests.services.policy_scenes import PAIR, REVIEW, SECONDARY, Scene


@pytest.fixture
def school(keys):
    return Scene(keys, SECONDARY)


@pytest.mark.parametrize("step", ["who", "suspected", "reviewers", "where", "why", "declare", "judge", "sign"])
def test_what_makes_it_a_fair_check_is_left_out_by_nobody(school, step):
    school.answer()
    with pytest.raises(ProcedureError):
        school.work.skip(school.strand, REVIEW, step, "no time")


def test_every_other_step_is_done_or_left_out_with_typed_words(school):
    school.judged()
    school.decide()
    school.refer_to(Agency.OTHER)
    with pytest.raises(InputError):
        school.work.skip(school.strand, REVIEW, "secure", " ")
    for name in PAIR:
        school.sign_as(name)
    with pytest.raises(ProcedureError, match="Not finished"):
        school.end()
    school.leave_out()
    for name in PAIR:  # what is left out stands on the form, so both sign the form that says so
        school.sign_as(name)
    assert all(told.data.reason for told in school.case.told(StepSkipped))
    assert school.end().closed


def test_one_person_never_checks_alone_whatever_accounts_they_hold(school):
    school.answer()
    school.name_both("deputy")
    for second in ("deputy", "deputy2"):
        with pytest.raises(ProcedureError):
            school.name_both(second)


def test_both_say_before_they_start_and_at_each_address_that_they_know_no_reason_to_stop(school):
    school.ready()
    school.review.name_reviewer(school.strand, "senior", place=2, reason="the deputy is away")
    with pytest.raises(ProcedureError):
        school.open()  # the new reviewer has not declared
    school.review.declare(school.strand, school.signer("senior"))


def test_a_doubt_at_an_address_stops_instead_of_recording_it(school):
    school.looking()
    school.see(answer=Answer.NOT_SURE)
    assert school.case.grade is Grade.STOP_IMAGES
    assert school.case.session is None


def test_no_picture_is_made_behind_a_stop_and_what_is_held_is_shut_away(school):
    school.looking()
    school.see()
    school.bring(Intake.CAPTURE)
    school.halts.stop(school.strand, Grade.STOP_IMAGES, where="office")
    for act in (
        lambda: school.bring(Intake.CAPTURE),
        school.bring,
        lambda: school.exhibits.uncover(school.strand, school.case.exhibits[0].mark, "to see"),
    ):
        with pytest.raises(HaltedError):
            act()
    assert {exhibit.blob for exhibit in school.case.exhibits} <= school.desk.shut
    assert school.case.pack_kinds() == (PackKind.STOPPED,)


def test_the_stop_says_ring_isolate_and_change_nothing(school):
    words = school.policy.wording.stop_images
    assert "Do not look again" in words[0]
    assert "do not close its lid" in words[0]
    assert "101" in words[2]
    assert "Unplug a network cable" in words[3]


def test_the_case_says_that_police_must_be_rung_until_they_gave_a_reference(school):
    school.answer(q3=Answer.YES)
    assert police_still_to_ring(school.case)
    school.refer_to(Agency.POLICE)
    assert police_still_to_ring(school.case)  # no reference yet
    school.advised(reference="LOG-1")
    assert not police_still_to_ring(school.case)


def test_a_suspected_crime_is_not_closed_without_a_word_on_referring(school):
    school.answer(q5b=Answer.YES)
    school.leave_out()
    with pytest.raises(ProcedureError, match="whether it was referred"):
        school.end()


def test_what_was_done_before_a_stop_stays_on_record(school):
    school.looking()
    school.see()
    before = school.case.entries
    school.halts.stop(school.strand, Grade.STOP_IMAGES, where="office")
    assert school.case.entries[: len(before)] == before
    assert school.case.told(SightingRecorded)


def test_each_judges_with_reasons_and_a_disagreement_is_written_down(school):
    school.looking()
    for name in PAIR:
        school.review.finish(
            school.strand, school.signer(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    with pytest.raises(InputError):
        school.judgement.judge(school.strand, Judgement.SUBSTANCE, " ")
    for name, judgement in zip(PAIR, (Judgement.SUBSTANCE, Judgement.NONE), strict=True):
        school.sign_in(name)
        school.judgement.judge(school.strand, judgement, f"as seen by {name}")
    with pytest.raises(DslDeskError):
        school.judgement.conclude(school.strand, "There is substance.")
    school.judgement.conclude(school.strand, "There is substance.", disagreement="the deputy saw none")
    assert school.case.conclusion() is not None
