"""Low-level concerns: the Headteacher alone, several read together, and the one that is not small any more."""

from dataclasses import replace

import pytest

from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.low_level import may_open, not_about, of_the_same, pattern_words, take_up
from dsl_desk.domain.register_items import Act, Item
from tests.builders import CODES, DSL, EVERYBODY, HEAD, SCHOOL


def concern(number, about, *, closed=False):
    act = Act(seq=number, by=(), at_local="2026-11-20T12:00+00:00")
    return Item(id=f"i{number}", fields={"about": about}, recorded=act, closed=act if closed else None)


def test_the_headteacher_opens_it_by_post_or_by_account_and_nobody_else():
    assert [one for one in (*EVERYBODY, CODES) if may_open(one, SCHOOL)] == [HEAD]
    assert may_open(DSL, replace(SCHOOL, headteacher=DSL.person))
    assert [one for one in (*EVERYBODY, CODES) if may_open(one, replace(SCHOOL, headteacher=None))] == [HEAD]


def test_a_concern_about_the_headteacher_goes_elsewhere():
    not_about(("Bertram Oxlip", ""), "Edie Plum")
    with pytest.raises(ProcedureError, match="Chair"):
        not_about(("Bertram Oxlip", ""), "Mr B. Oxlip")


def test_several_about_one_name_are_read_together_the_newest_first():
    items = [concern(1, "Edie Plum"), concern(2, "Mrs E Plum"), concern(3, "Dag Finch"), concern(4, "Edie Plum")]
    assert [one.id for one in of_the_same(items, items[0])] == ["i4", "i2"]
    assert of_the_same(items, items[2]) == ()
    assert pattern_words(0) == ""
    assert pattern_words(1).startswith("Another concern stands here")
    assert pattern_words(2).startswith("2 other concerns stand here")


def test_what_is_taken_up_is_open_and_has_a_reason():
    assert take_up(concern(1, "Edie Plum"), " A child was hurt. ") == "A child was hurt."
    with pytest.raises(InputError):
        take_up(concern(1, "Edie Plum"), "  ")
    with pytest.raises(ProcedureError):
        take_up(concern(1, "Edie Plum", closed=True), "A child was hurt.")
