"""Whether a case waits for anybody."""

from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.waiting import waits
from tests.builders import DSL, CaseBuilder


def test_a_closed_case_waits_for_nobody():
    book = CaseBuilder()
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    assert not waits(book.case)
