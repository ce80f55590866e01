"""Somebody stands in for the DSL: named by the Headteacher, for some days, with a reason; it ends by itself."""

from datetime import date, timedelta

import pytest

from dsl_desk.domain.acting import LONGEST_DAYS, Acting, as_dsl, check_acting, end_acting, read_acting
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.words import Role
from tests.builders import CHAIR, DEPUTY, DPO, DSL, HEAD, OSL, SCHOOL, SENIOR

TODAY = date(2026, 11, 20)


def acting(who=SENIOR, since=0, days=5, reason="Both are ill."):
    begin = TODAY + timedelta(days=since)
    return Acting(person=who.person, since=begin, until=begin + timedelta(days=days - 1), reason=reason)


def test_it_holds_from_the_first_day_to_the_last_and_then_ends_by_itself():
    one = acting(since=1, days=2)
    assert [one.in_force(TODAY + timedelta(days=day)) for day in range(4)] == [False, True, True, False]
    seen = [as_dsl(SENIOR, one, TODAY + timedelta(days=day)).role for day in range(4)]
    assert seen == [Role.SENIOR, Role.DSL, Role.DSL, Role.SENIOR]
    assert as_dsl(SENIOR, one, TODAY + timedelta(days=1)).person == SENIOR.person


def test_it_makes_nobody_else_the_dsl():
    assert as_dsl(OSL, acting(SENIOR), TODAY) is OSL
    assert as_dsl(SENIOR, None, TODAY) is SENIOR
    assert as_dsl(DPO, acting(DPO), TODAY) is DPO  # planted: nobody may name them


@pytest.mark.parametrize("who", [DEPUTY, OSL, SENIOR])
def test_the_headteacher_names_one_of_the_staff(who):
    assert check_acting(HEAD, who, acting(who, reason="  Both are ill. "), SCHOOL, TODAY).reason == "Both are ill."


@pytest.mark.parametrize("by", [DSL, DEPUTY, CHAIR])
def test_nobody_but_the_headteacher_names_or_ends_it(by):
    with pytest.raises(ProcedureError):
        check_acting(by, SENIOR, acting(), SCHOOL, TODAY)
    with pytest.raises(ProcedureError):
        end_acting(by, acting(), SCHOOL, TODAY)


@pytest.mark.parametrize("who", [HEAD, DSL, CHAIR, DPO])
def test_who_names_or_looks_on_from_outside_cannot_stand_in(who):
    with pytest.raises(ProcedureError):
        check_acting(HEAD, who, acting(who), SCHOOL, TODAY)


@pytest.mark.parametrize("wrong", [acting(since=-1), acting(days=0), acting(days=LONGEST_DAYS + 1), acting(reason=" ")])
def test_days_and_reason_must_make_sense(wrong):
    with pytest.raises(InputError):
        check_acting(HEAD, SENIOR, wrong, SCHOOL, TODAY)
    longest = acting(days=LONGEST_DAYS)
    assert check_acting(HEAD, SENIOR, longest, SCHOOL, TODAY) == longest


def test_it_can_be_ended_before_its_last_day_and_only_once():
    ended = end_acting(HEAD, acting(), SCHOOL, TODAY)
    assert not ended.in_force(TODAY)
    for over in (ended, None, acting(since=-9, days=3)):
        with pytest.raises(ProcedureError, match="Nobody stands in"):
            end_acting(HEAD, over, SCHOOL, TODAY)


def test_settings_give_back_what_was_kept_and_nobody_where_they_cannot_be_read():
    for one in (acting(), end_acting(HEAD, acting(), SCHOOL, TODAY)):
        assert read_acting(one.as_text()) == one
    assert read_acting({}) is None
    assert read_acting(acting().as_text() | {"until": "soon"}) is None
