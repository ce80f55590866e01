"""Every step of every profile says in a sentence who must act and what that takes."""

import pytest

from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.policy_values import Condition, Fact
from dsl_desk.domain.procedure import StepSeen, StepState
from dsl_desk.paths import resources
from dsl_desk.services.case_place import AGAIN as TAKEN_AGAIN
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.next_words import AGAIN, ONLY, WHAT, next_words
from tests.services.scenes import begun, judged, ready_to_look

PROFILES = sorted((resources() / "policies").glob("*.toml"))


@pytest.mark.parametrize("place", PROFILES, ids=lambda place: place.stem)
def test_every_step_of_every_profile_says_what_it_takes(place):
    profile = read_profile(place.read_text(encoding="utf-8"), place.name)
    steps = [step for route in profile.routes for step in route.steps]
    assert steps
    for step in steps:
        assert (WHAT.get(step.done) or step.why).strip(), (place.stem, step.id)


@pytest.mark.parametrize("place", PROFILES, ids=lambda place: place.stem)
def test_a_step_for_one_agency_says_what_the_policy_says_of_it(place):
    profile = read_profile(place.read_text(encoding="utf-8"), place.name)
    steps = [step for route in profile.routes for step in route.steps if step.agency and step.why]
    assert steps
    for step in steps:
        seen = StepSeen(step=step, state=StepState.NOT_STARTED)
        words = next_words(seen, reviewers=(), mine=True, who="", opens=True, lacking=Condition.ALWAYS)
        assert words == f"Next: you. {step.why}", (place.stem, step.id)


def test_what_a_step_takes_is_a_sentence():
    assert set(WHAT) <= set(Fact)
    assert all(words.endswith(".") and words[0].isupper() for words in WHAT.values())


def test_every_condition_says_why_a_step_does_not_apply():
    assert set(ONLY) == set(Condition)


def test_every_step_that_may_be_taken_again_says_so():
    assert set(AGAIN) == set(TAKEN_AGAIN)


@pytest.mark.parametrize("scene", [lambda stage: begun(stage).strand, ready_to_look, judged])
def test_no_line_of_a_case_is_without_its_sentence(stage, scene):
    stage.sign_in("dsl")
    strand = scene(stage)
    stage.sign_in("dsl")
    seen = CasePlaceService(stage.desk.book).see(strand)
    for group in seen.groups:
        for line in group.steps:
            assert line.next, line.title
            if line.state in (StepState.NOT_STARTED, StepState.IN_PROGRESS):
                first = "First: write to whom it was referred" if line.id == "close" else "Next: "
                assert line.next.startswith(first), line.title  # none of these cases has a referral decision yet
                assert line.id == "close" or (WHAT.get(line.fact) or line.why) in line.next
