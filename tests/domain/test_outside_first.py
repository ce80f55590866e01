"""What a stopped case asks for outside the school first, and what waits until then, from its entries alone."""

import pytest

from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, HoldBack
from dsl_desk.domain.follow_up_entries import CallLogged, HoldBackSet, ReferralMade
from dsl_desk.domain.outside_first import WAITING, Outside, outside_first, reached, waits
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import Grade
from tests.builders import DSL, CaseBuilder
from tests.domain.test_case_stops import halted


def call(
    outcome: CallOutcome = CallOutcome.ANSWERED, agency: Agency = Agency.POLICE, reference: str = ""
) -> CallLogged:
    return CallLogged(to="the duty desk", at="now", outcome=outcome, agency=agency, reference=reference)


def listed(party: str, decision: HoldBack) -> HoldBackSet:
    return HoldBackSet(party=party, decision=decision, reason="made up")


def test_a_case_that_is_not_stopped_asks_nobody_outside_and_waits_for_nothing() -> None:
    book = CaseBuilder()
    assert outside_first(book.case) is None
    assert reached(book.case) == frozenset()
    assert not any(waits(book.case, fact) for fact in Fact)


def test_a_stop_asks_to_ring_then_for_the_answer_then_for_two() -> None:
    book = halted(Grade.POLICE_FIRST)
    assert outside_first(book.case) is Outside.RING
    for outcome in set(CallOutcome) - {CallOutcome.ANSWERED, CallOutcome.DECLINED}:
        book.write(call(outcome), DSL)
        assert outside_first(book.case) is Outside.RING
    book.write(call(), DSL)
    assert reached(book.case) == {Agency.POLICE}
    assert outside_first(book.case) is Outside.ANSWER
    book.advice(effect=Effect.SCHOOL_MAY_PROCEED)
    assert outside_first(book.case) is Outside.APPLY


def test_a_stop_for_pictures_waits_for_a_reference_of_the_police_too() -> None:
    book = halted(Grade.STOP_IMAGES)
    book.write(call(agency=Agency.SOCIAL_CARE), DSL)
    assert reached(book.case) == frozenset(), "social care cannot open it"
    book.write(call(), DSL)
    assert reached(book.case) == {Agency.POLICE}
    assert outside_first(book.case) is Outside.RING
    book.write(call(reference="LOG-1"), DSL)
    assert outside_first(book.case) is Outside.ANSWER


def test_what_came_before_a_new_ground_tells_nobody_of_it() -> None:
    book = halted(Grade.POLICE_FIRST)
    sent = ReferralMade(
        to=Agency.POLICE, reason="made up", threshold="met", decided_at="now", sent_at="now", referred_by="the DSL"
    )
    book.write(sent, DSL)
    assert reached(book.case) == {Agency.POLICE}
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert reached(book.case) == frozenset()


@pytest.mark.parametrize("fact", WAITING)
def test_a_step_that_tells_somebody_waits_at_a_stop_until_there_is_advice(fact: Fact) -> None:
    book = halted(Grade.POLICE_FIRST)
    assert waits(book.case, fact)
    book.advice(effect=Effect.HOLD_OFF)
    assert waits(book.case, fact)
    book.advice(effect=Effect.SCHOOL_MAY_PROCEED)
    assert not waits(book.case, fact)


def test_nobody_on_the_list_speaks_for_another() -> None:
    book = halted(Grade.POLICE_FIRST)
    book.write(listed("platform", HoldBack.MAY_TELL), DSL)
    assert waits(book.case, Fact.TAKEDOWN)
    book.write(listed("take_down", HoldBack.MAY_TELL), DSL)
    assert not waits(book.case, Fact.TAKEDOWN)
    book.write(listed("platform", HoldBack.WAIT), DSL)
    assert waits(book.case, Fact.TAKEDOWN)
