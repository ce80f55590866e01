"""One exhibit destroyed on police advice: what allows it, what police say later, what still shows it."""

import pytest

from dsl_desk.domain.case_words import Effect
from dsl_desk.domain.destroying import advice_to_destroy, copies_since, destroyed_on, newest_advice
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import Printed
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
