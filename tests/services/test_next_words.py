"""Every step of every profile says in a sentence who must act and what that takes."""

import pytest

from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import StepState
from dsl_desk.services.case_place import AGAIN as TAKEN_AGAIN
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.next_words import AGAIN, WHAT
from tests.services.scenes import begun, judged, ready_to_look


def test_every_fact_says_what_it_takes():
    assert set(WHAT) == set(Fact)
    assert all(words.endswith(".") and words[0].isupper() for words in WHAT.values())


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
                assert line.next.startswith("Next: ")
                assert WHAT[line.fact] in line.next
