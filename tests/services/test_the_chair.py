"""The Chair leads what is about the Headteacher: with no record yet, and with a case of pictures."""

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.errors import NotReadableError, ProcedureError
from dsl_desk.domain.people import leads_for_the_dsl
from dsl_desk.domain.procedure import StepState, route_of, steps_of
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.concern import About
from dsl_desk.store.values import CaseQuery
from tests.builders import CHAIR, DEPUTY, DSL, HEAD
from tests.services.scenes import begun


def test_a_chair_with_no_record_comes_in_sees_nothing_and_is_told_plainly_what_to_do(stage):
    strand = begun_by(stage, "dsl", SubjectKind.PUPIL)
    desk = stage.sign_in("chair")
    before = desk.desk.head()
    assert desk.home.look().waiting == ()
    assert desk.listing.cases(CaseQuery()).rows == ()
    for act in (
        lambda: begun(stage),
        lambda: desk.stop_at_once.stop(None, Grade.STOP_IMAGES),
        lambda: desk.set_up.settings({"a": "b"}),
    ):
        with pytest.raises(NotReadableError, match=r"there is none yet\..*sign in again"):
            act()
    with pytest.raises(NotReadableError):
        desk.book.load(strand)
    assert desk.desk.head() == before
    stage.lock()
    deputy = stage.sign_in("deputy")
    assert deputy.desk.opening_findings == ()
    led = begun(stage, About(kind=SubjectKind.HEADTEACHER)).strand
    desk = stage.sign_in("chair")
    assert desk.book.load(led).ref
    assert desk.desk.session.home == led
    with pytest.raises(NotReadableError, match="only in records that you lead"):
        begun(stage)
    stage.lock()
    assert stage.sign_in("dsl").care.check().report.findings == ()


def begun_by(stage, who, kind):
    stage.sign_in(who)
    return begun(stage, About(kind=kind)).strand


def test_the_chair_takes_the_steps_about_pictures_where_it_is_about_the_headteacher(stage):
    stage.sign_in("deputy")
    answers = all_no(SubjectKind.HEADTEACHER, _3=Answer.YES)
    strand = begun(stage, About(kind=SubjectKind.HEADTEACHER), triage=answers).strand
    on_the_route_of_pictures(stage, strand)
    desk = stage.sign_in("chair")
    lines = {line.id: line for group in CasePlaceService(desk.book).see(strand).groups for line in group.steps}
    assert lines["ages"].opens
    desk.work.note(strand, wider.AgesAsked(adult_involved="yes", known_from="told"))
    looked_at = wider.ViewingDecided(
        decision=wider.Viewing.VIEWED, reason="no other way", agreed_by="the Chair", viewed_by="somebody",
        present="the deputy", place="office", at="now", decided="police",
    )  # fmt: skip
    desk.work.note(strand, looked_at)
    case = desk.book.load(strand)
    route = route_of(case, desk.book.school().profile_of(case))
    assert route is not None
    states = {seen.step.id: seen.state for seen in steps_of(case, route)}
    assert states["ages"] is StepState.DONE
    assert states["viewing"] is StepState.DONE


def on_the_route_of_pictures(stage, strand):
    """As two chose it on advice: for one person that route would be the milder one."""
    profile = stage.desk.book.school().profile
    chosen = RouteChosen(route="youth-imagery", profile=profile.id, profile_version=profile.version, reason="advised")
    stage.desk.desk.write(strand, chosen, at=stage.around.clock.now())


def test_only_who_leads_in_the_place_of_the_dsl_takes_the_dsl_s_steps():
    about_head, about_dsl = {SubjectKind.HEADTEACHER}, {SubjectKind.DSL}
    assert leads_for_the_dsl(CHAIR, about_head)
    assert leads_for_the_dsl(HEAD, about_dsl)
    assert not any(leads_for_the_dsl(who, about_head) for who in (HEAD, DEPUTY, DSL))
    assert not leads_for_the_dsl(CHAIR, about_dsl)
    assert not leads_for_the_dsl(HEAD, {SubjectKind.PUPIL, SubjectKind.STAFF})


def test_the_headteacher_takes_them_where_it_is_about_the_dsl_and_nowhere_else(stage):
    stage.sign_in("deputy")
    answers = all_no(SubjectKind.PUPIL, _3=Answer.YES)
    pupil = begun(stage, triage=answers).strand
    stage.desk.work.choose_route(pupil, "youth-imagery", "pictures are feared")
    asked = wider.AgesAsked(adult_involved="no", known_from="told")
    head = stage.sign_in("head")
    with pytest.raises(ProcedureError, match="another role"):
        head.work.note(pupil, asked)
    about = begun(stage, About(kind=SubjectKind.DSL), triage=all_no(SubjectKind.DSL, _3=Answer.YES)).strand
    on_the_route_of_pictures(stage, about)
    assert head.work.note(about, asked)
