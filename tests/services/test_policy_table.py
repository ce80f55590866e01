"""The table of how five policies differ: a row and a column each, what must and what must not be possible.

Rows are asked of one made-up school through its services, once under each profile.
Where a policy is silent the common default stands, and the row says which.
"""

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_entries import DeviceChanged
from dsl_desk.domain.case_words import (
    Agency,
    Intake,
    Judgement,
)
from dsl_desk.domain.errors import DslDeskError, HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    ScanAttached,
)
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.words import Answer, Grade, PackKind, Role
from tests.domain.test_entries import sample
from tests.services.policy_scenes import (
    LOOKING_IN_SCHOOL,
    REVIEW,
    column,
)


def test_first_report_goes_to(scene):
    wanted = column(
        scene, p000={Role.DSL, Role.DEPUTY}, p001={Role.DSL, Role.OSL}, p002={Role.HEADTEACHER},
        p003={Role.DSL, Role.DEPUTY}, p004={Role.DSL, Role.OSL},
    )  # fmt: skip
    assert set(scene.policy.reporting.first_report_to) == wanted
    assert Role.DSL in scene.policy.reporting.always_reaches
    for account in ("dsl", "deputy", "head"):
        scene.sign_in(account)
        assert scene.book.load(scene.strand).ref == "MI-2026-K7Q4"


def test_deadline(scene):
    reporting = scene.policy.reporting
    assert reporting.within_hours == column(scene, p000=0, p001=0, p002=24, p003=8, p004=8)
    assert reporting.urgent_within_hours == column(scene, p000=0, p001=0, p002=0, p003=0, p004=1)
    assert reporting.deadline


def test_illegal_list(scene):
    listed = {one.id for one in scene.policy.escalation}
    some = column(
        scene, p000={"extremism"}, p001={"non-consensual-images", "self-generated-images", "terrorism", "hate-crime",
        "fraud-extortion", "harassment", "child-abuse-images", "exploitation", "extreme-pornography", "illegal-sale",
        "computer-misuse"}, p002={"grooming", "hatred", "terrorism", "other-crime", "extreme-pornography"},
        p003={"youth-imagery", "exploitation", "radicalisation"}, p004={"child-abuse-images", "upskirting", "unlawful"},
    )  # fmt: skip
    assert some <= listed
    copyright_asked = scene.policy.category("copyright")
    assert copyright_asked is not None
    assert copyright_asked.ask_for_advice
    assert scene.answer(q5b=Answer.NOT_SURE).case.grade is Grade.POLICE_FIRST


def test_in_school_device_check(scene):
    scene.answer()
    if column(scene, p000=False, p001=True, p002=True, p003=False, p004=False):
        scene.name_both()
        assert len(scene.case.reviewers) == 2
    else:
        with pytest.raises(ProcedureError, match="no looking in school"):
            scene.name_both()
        with pytest.raises(InputError):
            scene.work.choose_route(scene.strand, REVIEW, "to look all the same")


@pytest.mark.parametrize("question", ["q3", "q4", "q5a", "q5b", "q6"])
def test_when_a_check_is_allowed(school_that_looks, question):
    scene = school_that_looks.looking()
    scene.answer(**{question: Answer.NOT_SURE})
    assert scene.case.session is None
    with pytest.raises(DslDeskError):
        scene.open()
    with pytest.raises(DslDeskError):
        scene.see()


def test_senior_staff_present(school_that_looks):
    scene = school_that_looks
    scene.answer()
    scene.name_both("deputy")
    with pytest.raises(ProcedureError):
        scene.name_both("deputy2")
    with pytest.raises(ProcedureError):
        scene.open()
    assert scene.policy.minimum.reviewers == 2


def test_designated_device(school_that_looks):
    scene = school_that_looks
    scene.answer()
    with pytest.raises(ProcedureError, match="pupils do not use"):
        scene.name_a_device(pupils_use_it=True)
    assert not scene.step("where").skippable


def test_same_device_throughout(school_that_looks):
    scene = school_that_looks.looking()
    with pytest.raises(DslDeskError):
        scene.name_a_device(serial="2")
    changed = DeviceChanged(
        make="Other", serial="2", location="office", state="on", this_laptop=False, reason="quicker"
    )
    with pytest.raises(DslDeskError):
        scene.review.change_device(scene.strand, changed, scene.signer("dsl"))
    assert scene.case.device is not None
    assert scene.case.device.serial == "1"


def test_suitable_access_and_visits_recorded(school_that_looks):
    scene = school_that_looks.ready(access=False)
    with pytest.raises(ProcedureError):
        scene.open()
    scene.leave_out("access")
    scene.open()
    scene.see()
    assert scene.case.sessions[-1].opened_at


@pytest.mark.parametrize("missing", ["address", "seen", "concern"])
def test_address_and_description(school_that_looks, missing):
    scene = school_that_looks.looking()
    with pytest.raises(InputError):
        scene.see(**{missing: " "})


def test_screenshots(scene):
    if column(scene, p000=False, p001=True, p002=True, p003=False, p004=False):
        scene.looking()
        scene.see()
        assert len(scene.bring(Intake.CAPTURE).exhibits) == 1
    else:
        scene.answer()
        with pytest.raises(ProcedureError):
            scene.bring(Intake.CAPTURE)
        assert not scene.desk.blobs


def test_no_screenshot_of_what_may_show_a_child(scene):
    if scene.profile in LOOKING_IN_SCHOOL:
        scene.looking()
    scene.answer(q3=Answer.NOT_SURE)
    for intake in (Intake.CAPTURE, Intake.FILE, Intake.SUPPLIED):
        with pytest.raises(HaltedError):
            scene.bring(intake)
    assert not scene.desk.blobs


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE])
def test_halt_on_child_abuse_images(scene, answer):
    assert scene.answer(q3=answer).case.grade is Grade.STOP_IMAGES
    assert scene.case.pack_kinds() == (PackKind.STOPPED,)
    assert scene.refer_to(Agency.POLICE)


def test_isolate_the_device_and_change_nothing(scene):
    words = " ".join(scene.policy.wording.stop_images)
    assert "Leave the computer as it is" in words
    assert "delete" in words
    assert "Unplug a network cable" in words


def test_who_judges_substance(scene):
    if column(scene, p000=False, p001=True, p002=True, p003=False, p004=False):
        scene.judged()
        assert {told.by[0] for told in scene.case.current_judgements()} == {"dsl", "deputy"}
        scene.sign_in("osl")
        with pytest.raises(DslDeskError):
            scene.judgement.judge(scene.strand, Judgement.NONE, "my own")
    else:
        scene.answer()
        with pytest.raises(ProcedureError):
            scene.judgement.judge(scene.strand, Judgement.SUBSTANCE, "made up")


def test_actions_after(scene):
    if scene.profile in LOOKING_IN_SCHOOL:
        scene.judged()
        with pytest.raises(ProcedureError):
            scene.sign_as("dsl")
        scene.judgement.decide_action(scene.strand, action="a talk", who="DSL", by_when="Friday", reason="now")
        scene.sign_as("dsl")
    else:
        scene.on("school-technology")
        done = wider.SanctionRecorded(policy="behaviour policy", action="a talk", decided_by="Headteacher")
        scene.work.note(scene.strand, done)
        assert scene.state("sanction") is StepState.DONE


def test_form_retained(school_that_looks):
    scene = school_that_looks.judged()
    scene.decide()
    for name in ("dsl", "deputy"):
        scene.sign_as(name)
    assert scene.case.sign_off_state().is_valid
    assert "sign" in scene.must(REVIEW)
    scan = sample(ScanAttached)
    scene.book.record(scene.strand, lambda case, me: case.attach_scan(me, scan))
    assert scene.case.told(ScanAttached)
