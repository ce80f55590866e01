"""Each of the five schools' profiles runs as its policy says, differences and all (domain rules, section 1)."""

from pathlib import Path

import msgspec
import pytest

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Agency, CallOutcome, PersonRole
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import CallLogged, ReferralDeclined
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.policy_values import Condition, Fact, Profile
from dsl_desk.domain.procedure import Progress, StepState, progress_of, steps_of
from dsl_desk.domain.routing import route_advised
from dsl_desk.domain.turns import LOOKING, check_turn
from dsl_desk.domain.words import Answer, Grade, Role, SubjectKind
from tests.builders import DSL, CaseBuilder, concern

FOLDER = Path(__file__).parents[2] / "resources" / "policies"
PREP, FIRST, SECONDARY, FEDERATION, LATEST = (
    "independent-prep-2023", "primary-2023", "secondary-2021", "federation-2019", "primary-2024",
)  # fmt: skip
ALL = (PREP, FIRST, SECONDARY, FEDERATION, LATEST)
ROUTES = {
    "youth-imagery", "indecent-images", "computer-made-images", "exploitation", "sexual-harm", "upskirting", "bullying",
    "hate", "radicalisation", "staff-misuse", "about-headteacher", "school-technology", "social-media",
    "fraud-blackmail", "self-harm-missing", "filtering-breach", "technical-security",
}  # fmt: skip
REVIEW = "device-or-site-review"


def load(name: str) -> Profile:
    return read_profile((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


@pytest.fixture(scope="module", params=ALL)
def policy(request: pytest.FixtureRequest) -> Profile:
    return load(request.param)


def step(policy: Profile, route: str, step_id: str):
    found = policy.route(route)
    assert found is not None
    return next(one for one in found.steps if one.id == step_id)


def test_there_are_five_and_each_is_named_as_its_file():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(ALL)
    assert {load(name).id for name in ALL} == set(ALL)


def test_every_profile_has_every_route_and_says_where_its_policy_is_silent(policy):
    assert {route.id for route in policy.routes} - {REVIEW} == ROUTES
    assert policy.silent


@pytest.mark.parametrize(
    ("name", "has"), [(PREP, False), (FIRST, True), (SECONDARY, True), (FEDERATION, False), (LATEST, False)]
)
def test_looking_in_school_is_only_where_the_policy_describes_it(name, has):
    policy = load(name)
    assert (policy.route(REVIEW) is not None) is has
    book = CaseBuilder()
    book.triage()
    for route in policy.routes:
        if route.id != REVIEW:
            for fact in LOOKING:
                with pytest.raises(ProcedureError, match="no looking in school"):
                    check_turn(book.case, route, fact, DSL)


@pytest.mark.parametrize(
    ("name", "first", "hours"),
    [(PREP, {Role.DSL, Role.DEPUTY}, 0), (FIRST, {Role.DSL, Role.OSL}, 0), (SECONDARY, {Role.HEADTEACHER}, 24),
     (FEDERATION, {Role.DSL, Role.DEPUTY}, 8), (LATEST, {Role.DSL, Role.OSL}, 8)],
)  # fmt: skip
def test_who_hears_first_and_how_soon_differs_and_the_dsl_is_always_reached(name, first, hours):
    reporting = load(name).reporting
    assert set(reporting.first_report_to) == first
    assert reporting.within_hours == hours
    assert Role.DSL in reporting.always_reaches


@pytest.mark.parametrize(
    ("name", "months", "beyond"),
    [(PREP, 4, "training"), (FIRST, 12, "training"), (SECONDARY, 12, "filter-change"), (FEDERATION, 12, "outcomes"),
     (LATEST, 12, "filter-change")],
)  # fmt: skip
def test_what_governors_get_and_how_often_differs(name, months, beyond):
    governors = load(name).governors
    assert governors.interval_months == months
    assert any(beyond in one for one in governors.beyond_counts)


def test_pictures_of_children_are_never_looked_for_in_any_profile(policy):
    for name in ("youth-imagery", "indecent-images", "computer-made-images", "upskirting"):
        route = policy.route(name)
        assert route is not None
        assert not {one.done for one in route.steps} & LOOKING
    assert step(policy, "youth-imagery", "viewing").by == (Role.DSL, Role.DEPUTY)
    assert not step(policy, "youth-imagery", "viewing").skippable
    assert "police" in step(policy, "youth-imagery", "deletion").needs
    assert all(listed.grade is not Grade.OPEN for listed in policy.escalation)


def test_police_come_before_deleting_and_cannot_be_left_out_where_a_picture_is_suspected(policy):
    for name in ("youth-imagery", "indecent-images", "computer-made-images", "upskirting", "exploitation"):
        police = step(policy, name, "police")
        assert not police.skippable
        assert police.agency is Agency.POLICE


def test_an_allegation_about_the_headteacher_goes_to_chair_and_lado_in_every_profile(policy):
    route = policy.route("about-headteacher")
    assert route is not None
    assert {"chair-told", "lado", "threshold"} <= {one.id for one in route.steps}
    assert not step(policy, "about-headteacher", "lado").skippable


def test_a_worker_is_not_asked_and_nothing_is_looked_at_before_the_lado(policy):
    assert step(policy, "staff-misuse", "threshold").needs == ("lado",)
    assert step(policy, "staff-misuse", "lado").agency is Agency.LADO
    for route in ("staff-misuse", "about-headteacher"):  # whoever was named first: this route is about a worker
        lado = step(policy, route, "lado")
        assert (lado.agency, lado.when, lado.skippable) == (Agency.LADO, (Condition.ALWAYS,), False)
        assert step(policy, route, "threshold").when == (Condition.ALWAYS,)


@pytest.mark.parametrize(
    ("about", "given", "route"),
    [
        (SubjectKind.HEADTEACHER, {}, "about-headteacher"),
        (SubjectKind.STAFF, {"q3": Answer.YES}, "staff-misuse"),
        (SubjectKind.PUPIL, {"q3": Answer.NOT_SURE}, "youth-imagery"),
        (SubjectKind.PUPIL, {"q5a": Answer.YES}, "upskirting"),
        (SubjectKind.PUPIL, {"q4": Answer.NOT_SURE}, "exploitation"),
    ],
)
def test_answers_choose_the_route_and_say_why(policy, about, given, route):
    book = CaseBuilder()
    book.link("p-1", PersonRole.SUBJECT, about)
    book.triage(about=about, **given)
    advised = route_advised(book.case, policy)
    assert advised is not None
    assert advised.route.id == route
    assert "finding" in advised.because or "about" in advised.because


def test_categories_choose_a_route_and_nothing_known_chooses_the_first(policy):
    assert all(policy.route(category.route) is not None for category in policy.categories)
    found = route_advised(Case(), policy)
    assert found is not None
    assert found.route is policy.routes[0]
    book = CaseBuilder()
    book.write(msgspec.structs.replace(concern(), categories=("bullying",)), DSL)
    advised = route_advised(book.case, policy)
    assert advised is not None
    assert advised.route.id == "bullying"
    assert "Bullying" in advised.because


def test_a_profile_without_a_fitting_route_advises_the_first_or_none(policy):
    bare = msgspec.structs.replace(policy, routes=())
    assert route_advised(Case(), bare) is None
    book = CaseBuilder()
    book.link("p-1", PersonRole.SUBJECT, SubjectKind.HEADTEACHER)
    others = tuple(route for route in policy.routes if route.id != "about-headteacher")
    advised = route_advised(book.case, msgspec.structs.replace(policy, routes=others))
    assert advised is not None
    assert advised.route.id == "staff-misuse"


def test_a_step_for_one_agency_is_done_by_what_went_to_that_agency(policy):
    book = CaseBuilder()
    book.triage(q3=Answer.YES)
    route = policy.route("youth-imagery")
    assert route is not None
    book.write(ReferralDeclined(to=Agency.SOCIAL_CARE, reasons="asked, no threshold"), DSL)
    states = {seen.step.id: seen.state for seen in steps_of(book.case, route)}
    assert states["social-care"] is StepState.DONE
    assert states["police"] is StepState.NOT_STARTED
    book.advice()
    book.write(CallLogged(to="helpline", at="today", outcome=CallOutcome.ANSWERED, agency=Agency.IWF), DSL)
    assert progress_of(book.case, Fact.ADVICE, Agency.POLICE) is Progress.DONE
    assert progress_of(book.case, Fact.ADVICE, Agency.LADO) is Progress.NONE
    assert progress_of(book.case, Fact.CALLED, Agency.IWF) is Progress.DONE
    assert progress_of(book.case, Fact.CALLED, Agency.CEOP) is Progress.NONE


def test_every_fact_of_a_step_is_one_that_can_be_shown(policy):
    assert {one.done for route in policy.routes for one in route.steps} <= set(Fact)
