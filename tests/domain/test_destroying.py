"""One exhibit destroyed on police advice: what allows it, what police say later, what still shows it."""

import pytest

from dsl_desk.domain.case_words import Effect
from dsl_desk.domain.destroying import advice_to_destroy, copies_since, destroyed_on, kept_for_police, newest_advice
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import CaseClosed, Printed
from dsl_desk.domain.words import Grade
from tests.builders import DSL, HEAD, there
from tests.domain.test_case_stops import halted


def test_what_police_say_later_keeps_an_exhibit_and_what_left_since_it_came_in_is_listed():
    book = halted(Grade.POLICE_FIRST, exhibits=2)
    exhibit = there(book.case.exhibit("AQ/1"))
    assert advice_to_destroy(book.case, "AQ/1") is None
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/1",))
    said = there(advice_to_destroy(book.case, "AQ/1"))
    assert said.at == advice
    for later in (book.advice(effect=Effect.KEEP, exhibits=("AQ/2",)), book.advice(effect=Effect.SCHOOL_MAY_PROCEED)):
        assert later > advice
        assert advice_to_destroy(book.case, "AQ/1") == said
    assert destroyed_on(book.case, exhibit) is None
    book.advice(effect=Effect.HOLD_OFF)
    assert advice_to_destroy(book.case, "AQ/1") is None
    assert there(newest_advice(book.case, "AQ/1")) == said
    with pytest.raises(ProcedureError, match="said since"):
        book.case.destroy_exhibit(DSL, HEAD, mark="AQ/1", advice=advice, reference="L", method="key destroyed")
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/1",))
    book.write(Printed(paper="chronology"), DSL)
    gone = book.case.destroy_exhibit(DSL, HEAD, mark="AQ/1", advice=advice, reference="L", method="key destroyed")
    book.write(gone, DSL, HEAD)
    exhibit = there(book.case.exhibit("AQ/1"))
    assert there(destroyed_on(book.case, exhibit)).at == advice
    assert [told.data for told in copies_since(book.case, exhibit)] == [Printed(paper="chronology")]


def test_police_who_said_keep_hold_a_whole_record_until_they_say_otherwise():
    book = halted(Grade.POLICE_FIRST, exhibits=2)
    book.write(CaseClosed(outcome="none", retention="staff", keep_until="2027-11-20"), DSL)
    assert kept_for_police(book.case) == ""
    book.advice(effect=Effect.KEEP, exhibits=("AQ/1", "AQ/2"))
    assert "to be kept" in kept_for_police(book.case)
    book.advice(effect=Effect.HAND_OVER)
    book.advice(effect=Effect.SCHOOL_MAY_PROCEED, exhibits=("AQ/1",))
    assert "to be kept" in kept_for_police(book.case)
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/2",))
    assert kept_for_police(book.case) == ""
    book.advice(effect=Effect.KEEP, exhibits=("AQ/2",))
    assert "to be kept" in kept_for_police(book.case)
    advice = book.advice(effect=Effect.DESTROY, exhibits=("AQ/2",))
    gone = book.case.destroy_exhibit(DSL, HEAD, mark="AQ/2", advice=advice, reference="L", method="key destroyed")
    book.write(gone, DSL, HEAD)
    book.advice(effect=Effect.KEEP, exhibits=("AQ/2",))
    assert kept_for_police(book.case) == ""
    book.advice(effect=Effect.KEEP)
    assert "to be kept" in kept_for_police(book.case)
    book.advice(effect=Effect.SCHOOL_MAY_PROCEED, exhibits=("AQ/1",))
    assert "to be kept" in kept_for_police(book.case)
    book.advice(effect=Effect.SCHOOL_MAY_PROCEED)
    assert kept_for_police(book.case) == ""


def test_a_stop_after_closing_holds_a_record_and_one_before_it_was_weighed_at_closing():
    book = halted(Grade.POLICE_FIRST)
    assert "stopped after" in kept_for_police(book.case)
    book.write(CaseClosed(outcome="none", retention="staff", keep_until="2027-11-20"), DSL)
    assert kept_for_police(book.case) == ""
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert "stopped after" in kept_for_police(book.case)
