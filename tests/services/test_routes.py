"""The routes of a case through the services: its own version, a move on record, two people, nothing lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from dsl_desk.domain.case_entries import AdviceApplied, Halted, RouteChosen
from dsl_desk.domain.case_words import Agency, Effect, PersonRole
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, ChildVoiceRecorded, DeviceSecured, PersonLinked
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import StepState, route_of, steps_of
from dsl_desk.domain.routing import Known
from dsl_desk.domain.triage import Question
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.routes import first_routes, route_taken
from tests.builders import there
from tests.services.scenes import ROUTE, begun, concern

FOLDER = Path(__file__).parents[2] / "resources" / "policies"
IMAGERY = "youth-imagery"
WHY = "a made-up reason"


def newer(stage):
    """The next version of the profile, in which one step of the review is worded anew and a kind is retired."""
    text = (FOLDER / "secondary-2021.toml").read_text(encoding="utf-8")
    version = stage.desk.book.school().procedure.version + 1
    text = text.replace("version = 1\n", f"version = {version}\n", 1)
    text = text.replace('title = "Secure it"', 'title = "Lock it away"')
    stage.desk.set_up.profile(text, "secondary-2021.toml")
    return version


def states(desk, strand):
    case, school = desk.book.load(strand), desk.book.school()
    return {seen.step.id: seen for seen in steps_of(case, there(route_of(case, school.profile_of(case))))}


def advised_by_police(stage, strand):
    said = AdviceRecorded(who="Demo Officer", agency=Agency.POLICE, at="today", words="The school may go on.",
                          effect=Effect.SCHOOL_MAY_PROCEED, reference="LOG-1")  # fmt: skip
    return stage.desk.advice.record(strand, said).last


def test_the_page_offers_the_advised_route_first_and_says_what_the_others_would_change(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.work.secure_device(strand, DeviceSecured(device="a phone", held_by="somebody", place="a drawer"))
    desk.work.choose_route(strand, IMAGERY, WHY)
    seen = desk.routes.see(strand)
    assert seen.advised is seen.offers[0]
    assert (there(seen.advised).id, there(seen.held).id, seen.chosen, seen.newest) == (ROUTE, IMAGERY, True, 0)
    assert "police" in there(seen.held).asks
    assert "the police" in there(seen.advised).milder
    assert not there(seen.offer("computer-made-images")).milder
    assert "Is an adult involved?" in there(seen.offer("bullying")).leaves_out
    assert " are done already" in there(seen.offer("bullying")).kept
    assert seen.offer("nothing") is None


def test_before_there_is_a_case_the_same_routes_are_offered(stage):
    profile = stage.sign_in("dsl").book.school().procedure
    seen = first_routes(Known(asked=frozenset({"3"})), profile)
    assert there(seen.advised).id == IMAGERY
    assert "question 3" in seen.because
    assert there(seen.offer("bullying")).milder


def test_a_case_keeps_its_version_whoever_chooses_what(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    version = newer(stage)
    case = desk.work.choose_route(strand, ROUTE, "")
    assert case.latest(RouteChosen).data.profile_version == version - 1
    assert states(desk, strand)["secure"].step.title == "Secure it"
    desk.work.skip(strand, ROUTE, "secure", WHY)
    assert states(desk, strand)["secure"].state is StepState.SKIPPED


def test_a_case_moves_to_the_version_in_force_only_where_that_is_recorded(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    with pytest.raises(ProcedureError, match="in force already"):
        desk.routes.choose(strand, ROUTE, WHY, newest=True)
    version = newer(stage)
    assert desk.routes.see(strand).newest == version
    assert desk.routes.see(strand, newest=True).moves
    with pytest.raises(InputError, match="Write why"):
        desk.routes.choose(strand, ROUTE, newest=True)
    told = desk.routes.choose(strand, ROUTE, WHY, newest=True).latest(RouteChosen).data
    assert (told.profile_version, told.moves_from) == (version, version - 1)
    assert states(desk, strand)["secure"].step.title == "Lock it away"
    assert desk.routes.see(strand).newest == 0


def test_a_step_of_a_route_the_case_has_left_cannot_be_skipped(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.work.choose_route(strand, IMAGERY, WHY)
    with pytest.raises(InputError, match="another route by now"):
        desk.work.skip(strand, ROUTE, "secure", WHY)
    with pytest.raises(InputError, match="no such step"):
        desk.work.skip(strand, IMAGERY, "reviewers", WHY)


def test_a_milder_route_takes_recorded_advice_and_two(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.work.choose_route(strand, IMAGERY, WHY)
    with pytest.raises(ProcedureError, match="two people"):
        desk.work.choose_route(strand, "bullying", WHY)
    pair = (stage.proves("dsl"), stage.proves("head"))
    with pytest.raises(InputError, match="Record the advice first"):
        desk.routes.choose_by_two(strand, pair, "bullying", advice=1, reason=WHY)
    assert desk.routes.see(strand).advice == ()
    at = advised_by_police(stage, strand)
    assert {one.route for one in desk.routes.see(strand).advice} >= {"bullying", ROUTE}
    before = desk.book.load(strand).entries
    case = desk.routes.choose_by_two(strand, pair, "bullying", advice=at, reason=WHY)
    assert case.entries[: len(before)] == before
    assert case.latest(RouteChosen).data.advice == at
    eased = case.latest(AdviceApplied)
    assert eased.data.route == "bullying"
    assert set(eased.by) == {stage.accounts["dsl"], stage.accounts["head"]}
    assert there(desk.routes.see(strand).held).id == "bullying"


def test_a_route_switched_in_the_middle_keeps_every_step_that_is_done(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.work.choose_route(strand, "bullying", WHY)
    desk.work.child_voice(strand, ChildVoiceRecorded(not_asked_because="at home today"))
    done = {name for name, seen in states(desk, strand).items() if seen.state is StepState.DONE}
    entries = desk.book.load(strand).entries
    desk.work.choose_route(strand, IMAGERY, "It is about a picture.")
    after = states(desk, strand)
    assert {after[name].state for name in done & set(after)} == {StepState.DONE}
    assert "child" in done
    assert desk.book.load(strand).entries[: len(entries)] == entries


def test_a_worker_named_later_makes_the_case_police_first(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    link = PersonLinked(person="p-new", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name="Made Up")
    case = desk.work.link_person(strand, link)
    assert case.grade is Grade.POLICE_FIRST
    assert "plainly low-level" in case.latest(Halted).data.reason


def test_a_worker_named_in_a_concern_about_a_pupil_makes_it_police_first(stage):
    stage.sign_in("dsl")
    link = PersonLinked(person="p-new", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name="Made Up")
    told = begun(stage, people=(link,))
    assert told.case.grade is Grade.POLICE_FIRST
    low = replace(all_no(SubjectKind.STAFF), given={**all_no(SubjectKind.STAFF).given, Question.LOW_LEVEL: Answer.YES})
    plain = begun(stage, About(kind=SubjectKind.STAFF), triage=low, people=(link,))
    assert plain.case.grade is Grade.OPEN


def test_a_case_begun_by_a_halt_keeps_the_version_of_that_day(stage):
    desk = stage.sign_in("dsl")
    strand = desk.concern.begin_by_halt(Grade.POLICE_FIRST).strand
    version = newer(stage)
    assert desk.book.school().profile_of(desk.book.load(strand)).version == version - 1


def test_a_worker_named_when_the_story_is_told_makes_it_police_first(stage):
    desk = stage.sign_in("dsl")
    new = NewConcern(about=About(kind=SubjectKind.PUPIL), triage=all_no(SubjectKind.PUPIL))
    strand = desk.concern.begin(new).strand
    link = PersonLinked(person="p-new", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name="Made Up")
    case = desk.concern.tell(strand, concern(), (link,))
    assert case.grade is Grade.POLICE_FIRST
    assert desk.book.load(strand).is_stopped


def test_the_place_of_a_case_says_when_another_route_fits_by_now(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    own = desk.book.school().procedure
    assert route_taken(desk.book.load(strand), None) is None
    taken = there(route_taken(desk.book.load(strand), own))
    assert (taken.words, taken.other) == ("Nobody has chosen yet.", "")
    case = desk.work.choose_route(strand, ROUTE)
    assert there(route_taken(case, own)).words.startswith("Because it is about")
    case = desk.work.choose_route(strand, IMAGERY, WHY)
    taken = there(route_taken(case, own))
    assert (taken.words, taken.knowingly) == (WHY, True)
    answers = all_no(SubjectKind.PUPIL)
    told = replace(answers, given={**answers.given, Question.ADULT: Answer.YES})
    taken = there(route_taken(desk.triage.answer(strand, told).case, own))
    assert "question 4" in taken.other
    assert not taken.knowingly


def test_every_task_list_goes_down_in_the_order_of_its_route_under_headings_that_fit(stage):
    desk = stage.sign_in("dsl")
    for route in desk.book.school().procedure.routes:
        strand = begun(stage).strand
        desk.work.choose_route(strand, route.id, WHY)
        groups = CasePlaceService(desk.book).see(strand).groups
        numbers = [line.number for group in groups for line in group.steps]
        assert numbers == sorted(numbers), route.id
        looks = any(step.done is Fact.LOOKED for step in route.steps)
        assert groups[0].title == ("Before looking" if looks else "What to do"), route.id
        assert groups[-1].title == "Afterwards", route.id
