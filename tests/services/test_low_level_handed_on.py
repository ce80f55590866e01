"""Two Headteachers on one desk: no line of the register kept apart is lost, and none about themselves reaches them."""

import pytest

from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.low_level import REGISTER
from dsl_desk.domain.words import Role
from tests.desks import let_in, signed_in
from tests.services.test_low_level import answers


def lines(desk):
    desk.registers.hand_on(REGISTER)  # as the window does when it opens the register
    return {line.id for line in desk.registers.list(REGISTER).lines}


def test_no_line_is_lost_where_the_next_headteacher_began_before_the_handing_on(stage):
    head = stage.sign_in("head")
    first = head.registers.record(REGISTER, answers())
    let_in(stage, "next", "Rowan Teal", Role.HEADTEACHER)
    second = signed_in(stage, "next").registers.record(REGISTER, answers(about="Dag Finch"))
    head = stage.sign_in("head")
    assert lines(head) == {first, second}
    later = signed_in(stage, "next")
    third = later.registers.record(REGISTER, answers(about="Wanda Notlisted"))
    later.registers.correct(REGISTER, first, {"context": "On a trip."}, "Misheard.")
    assert lines(later) == {first, second, third}
    assert later.registers.item(REGISTER, first).item.said("context") == "On a trip."


def test_a_concern_about_a_second_headteacher_never_stands_where_they_read_it(stage):
    let_in(stage, "next", "Rowan Teal", Role.HEADTEACHER)
    head = stage.sign_in("head")
    with pytest.raises(ProcedureError, match="Chair of Governors"):
        head.registers.record(REGISTER, answers(about="R. Teal"))
    item = head.registers.record(REGISTER, answers())
    for name in ("Rowan Teal", head.desk.me.name):
        with pytest.raises(ProcedureError, match="Chair of Governors"):
            head.registers.correct(REGISTER, item, {"about": name}, "Another person.")
    with pytest.raises(ProcedureError, match="Chair of Governors"):
        head.registers.record_table(REGISTER, [(2, answers(about="Rowan Teal"))])
    assert lines(head) == {item}
