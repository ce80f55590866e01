"""The rest of the table of how five policies differ: pictures, workers, telling, searching, caring, reporting."""

import pytest
from msgspec.structs import replace

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    Effect,
    HoldBack,
    ParentsDecision,
    PersonRole,
)
from dsl_desk.domain.errors import DslDeskError, InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
)
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.services.policy_scenes import (
    REVIEW,
    column,
)
from tests.services.random_wider import AT

WORKER_ROUTE, HEAD_ROUTE, IMAGERY, IIOC = "staff-misuse", "about-headteacher", "youth-imagery", "indecent-images"


def test_youth_imagery(scene):
    scene.on(IMAGERY, q3=Answer.YES)
    assert {"ages", "viewing", "police"} <= scene.must(IMAGERY)
    scene.sign_in("head")
    with pytest.raises(ProcedureError):
        scene.work.note(scene.strand, wider.AgesAsked(adult_involved="no", known_from="told"))
    scene.sign_in("dsl")
    scene.work.note(scene.strand, wider.AgesAsked(adult_involved="yes", known_from="told"))
    assert scene.state("ceop") is not StepState.DOES_NOT_APPLY  # an adult makes it abuse
    assert scene.state("police") is not StepState.DONE


def test_who_may_view(scene):
    scene.on(IMAGERY, q3=Answer.YES)
    scene.work.note(scene.strand, wider.AgesAsked(adult_involved="no", known_from="told"))
    viewed = wider.ViewingDecided(
        decision=wider.Viewing.VIEWED, reason="no other way", agreed_by="Head", viewed_by="DSL", present="Deputy",
        place="office", at=AT, decided="police",
    )  # fmt: skip
    for name in ("osl", "senior", "head"):
        scene.sign_in(name)
        with pytest.raises(DslDeskError):
            scene.work.note(scene.strand, viewed)
    scene.sign_in("dsl")
    with pytest.raises(InputError):
        scene.work.note(scene.strand, wider.ViewingDecided(decision=wider.Viewing.VIEWED, reason="no other way"))
    scene.work.note(scene.strand, viewed)
    assert scene.state("viewing") is StepState.DONE


def test_deletion(scene):
    scene.on(IMAGERY, q3=Answer.YES)
    scene.refer_to(Agency.POLICE)

    def delete(advice):
        scene.work.note(scene.strand, wider.DeletionRecorded(
            deleted_by="the pupil", witnessed_by="the DSL", agency=Agency.POLICE, advice=advice, agency_words="May go.",
            at=AT,
        ))  # fmt: skip

    for advice in (
        0,
        scene.advised(Agency.SOCIAL_CARE),
        scene.advised(effect=Effect.KEEP),
        scene.advised(reference=""),
    ):
        with pytest.raises(DslDeskError):
            delete(advice)
    delete(scene.advised())
    assert scene.case.told(wider.DeletionRecorded)


def test_pictures_found_on_a_school_device(scene):
    scene.on(IIOC, q3=Answer.YES)
    assert "police" in scene.must(IIOC)
    assert scene.step("police").agency is Agency.POLICE
    assert scene.step("iwf").agency is Agency.IWF
    with pytest.raises(DslDeskError):
        scene.leave_out("police")
    assert scene.state("deletion") is StepState.CANNOT_START
    scene.refer_to(Agency.IWF)
    assert scene.state("police") is not StepState.DONE


def test_staff_misuse(scene):
    scene.answer(about=SubjectKind.STAFF, q2b=Answer.NO)
    assert scene.case.grade is Grade.POLICE_FIRST
    scene.work.choose_route(scene.strand, WORKER_ROUTE, "as the policy says")
    assert "lado" in scene.must(WORKER_ROUTE)
    assert scene.state("head-told") is not StepState.DOES_NOT_APPLY
    with pytest.raises(DslDeskError):
        scene.name_both()
    scene.work.link_person(scene.strand, PersonLinked(person="dov", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF))
    scene.sign_in("senior")
    with pytest.raises(NotReadableError):
        scene.book.load(scene.strand)
    scene.sign_in("head")
    assert scene.book.load(scene.strand).ref


def test_about_the_headteacher(scene):
    scene.answer(about=SubjectKind.HEADTEACHER, q2b=Answer.NO)
    scene.sign_in("head")
    with pytest.raises(NotReadableError):
        scene.book.load(scene.strand)
    steps = {step.id: step for step in scene.policy.route(HEAD_ROUTE).steps}
    assert "chair-told" in steps
    assert steps["lado"].agency is Agency.LADO
    assert not steps["lado"].skippable


def test_radicalisation(scene):
    scene.on("radicalisation", q5b=Answer.YES)
    assert scene.case.grade is Grade.POLICE_FIRST
    assert scene.step("channel").agency is Agency.CHANNEL
    assert scene.state("head-told") is StepState.DOES_NOT_APPLY  # for a pupil the DSL, for staff the Headteacher
    scene.work.link_person(scene.strand, PersonLinked(person="t", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF))
    assert scene.state("head-told") is not StepState.DOES_NOT_APPLY


def test_advice_when_unsure(scene):
    contacts = {contact.id for contact in scene.policy.contacts}
    assert {"999", "101", "lado", "education-safeguarding", "ceop", "posh", "rhc", "iwf"} <= contacts
    scene.sign_in("osl")
    scene.sign_in("deputy")
    assert scene.advised(Agency.EDUCATION_SAFEGUARDING, Effect.HOLD_OFF)
    assert scene.answer(q6=Answer.NOT_SURE).case.is_stopped


def test_police_are_asked_before_others_are_told(scene):
    scene.answer(q5b=Answer.YES)
    with pytest.raises(ProcedureError, match="Ask the police"):
        scene.refer_to(Agency.OTHER_SETTING)
    call = CallLogged(to="101", at=AT, outcome=CallOutcome.NO_ANSWER, agency=Agency.POLICE)
    scene.work.log_call(scene.strand, call)
    with pytest.raises(ProcedureError, match="Ask the police"):
        scene.refer_to(Agency.OTHER_SETTING)
    scene.rung()
    assert scene.refer_to(Agency.OTHER_SETTING)


def test_search_of_a_learners_device(scene):
    scene.on("school-technology")
    searched = wider.SearchRecorded(
        at=AT, place="office", pupil="a pupil", searched_by="Head", grounds=" ", authority=wider.Authority.STATUTORY
    )
    with pytest.raises(InputError):
        scene.work.note(scene.strand, searched)
    law, consent = wider.Authority.STATUTORY, wider.Authority.CONSENT
    relied_on = column(scene, p000=law, p001=law, p002=law, p003=consent, p004=law)
    scene.work.note(scene.strand, replace(searched, grounds="seen with it", authority=relied_on))
    assert scene.state("search") is StepState.DONE
    feared = replace(searched, grounds="seen with it", suspected_picture="not_sure")
    assert scene.work.note(scene.strand, feared).grade is Grade.STOP_IMAGES


def test_release_of_what_was_taken(scene):
    scene.on("school-technology", q5b=Answer.YES)
    back = wider.ItemReleased(item="a phone", to=wider.Release.PARENT, to_name="x", at=AT, released_by="Head")
    with pytest.raises(ProcedureError, match="advice is open"):
        scene.work.note(scene.strand, back)
    assert scene.work.note(scene.strand, replace(back, to=wider.Release.POLICE))


def test_parents_informed(scene):
    scene.on("bullying", q5b=Answer.YES)
    with pytest.raises(InputError):
        scene.work.parents(scene.strand, ParentsInformed(decision=ParentsDecision.NOT_TOLD, reason=" "))
    with pytest.raises(ProcedureError, match="Ask police or social care"):
        scene.work.parents(scene.strand, ParentsInformed(decision=ParentsDecision.TOLD, reason="they ask"))
    agreed = ParentsInformed(decision=ParentsDecision.TOLD, reason="agreed", agreed_with="Demo Officer")
    assert scene.work.parents(scene.strand, agreed)
    assert "parents" in {step.id for step in scene.route.steps}


def test_sharing_record(scene):
    shared = InformationShared(
        shared=True, at=AT, what="what happened", with_whom="another school", purpose="to protect", reason=" ",
        lawful_basis="public task", consent=Consent.NOT_SOUGHT, channel="Encrypted stick or disk", encryption="stick 3",
    )  # fmt: skip
    with pytest.raises(InputError):
        scene.work.share(scene.strand, shared)
    assert scene.work.share(scene.strand, replace(shared, reason="asking would put the child at risk"))


def test_feedback_and_lessons(scene):
    for route in scene.policy.routes:
        if route.id != REVIEW:
            steps = {step.id: step for step in route.steps}
            assert "feedback" in steps
            assert not steps["lessons"].skippable
    scene.on("bullying")
    scene.refer_to(Agency.OTHER)
    scene.leave_out()
    with pytest.raises(ProcedureError, match="Lessons"):
        scene.end()
    scene.work.lesson(scene.strand, LessonRecorded(lesson="nothing new", theme="none"))
    assert scene.end().closed


def test_log(scene):
    for route in scene.policy.routes:
        assert any(step.done is Fact.MAIN_SYSTEM for step in route.steps), route.id
    with pytest.raises(InputError):
        scene.work.close(scene.strand, outcome="support", retention="", reason="")


def test_governor_report(scene):
    governors = scene.policy.governors
    assert governors.interval_months == column(scene, p000=4, p001=12, p002=12, p003=12, p004=12)
    assert governors.fewer_than >= 5
    beyond = " ".join(governors.beyond_counts)
    wanted = column(scene, p000="training", p001="training", p002="filter-change", p003="outcomes", p004="over-block")
    assert wanted in beyond


def test_breach_and_subject_access(scene):
    hours = {deadline.id: deadline.hours for deadline in scene.policy.deadlines}
    assert hours["breach"] == 72
    assert hours["subject-access"]
    assert hours["lado"] == 24


def test_hold_back_list(scene):
    scene.on("bullying")
    scene.work.hold_back(scene.strand, HoldBackSet(party="platform", decision=HoldBack.WAIT))
    asked = wider.TakedownAsked(platform="made up", at=AT, preserved_first="asked")
    with pytest.raises(ProcedureError, match="wait"):
        scene.work.note(scene.strand, asked)
    scene.work.hold_back(scene.strand, HoldBackSet(party="platform", decision=HoldBack.MAY_TELL))
    assert scene.work.note(scene.strand, asked)


def test_silent_points_are_said(scene):
    assert scene.policy.silent
    assert all(line.strip() for line in scene.policy.silent)
