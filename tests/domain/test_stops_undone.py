"""A stop that was pressed by mistake, and a laptop that was stopped itself: two people undo either (flows 1 and 4)."""

import pytest

from dsl_desk.domain.case_entries import AdviceApplied, LaptopResumed
from dsl_desk.domain.errors import HaltedError, ProcedureError
from dsl_desk.domain.words import Answer, Grade
from tests.builders import CODES, DEPUTY, DSL, HEAD, SENIOR, CaseBuilder, answers
from tests.domain.test_case_stops import REASON, halted


def test_a_halt_pressed_by_mistake_is_undone_by_two_after_both_reviewers_said_no():
    book = halted(exhibits=1)
    book.triage(DSL)
    with pytest.raises(ProcedureError, match="Both reviewers must first answer"):
        book.case.undo_mistaken_halt(DSL, HEAD, "The elbow hit the key.")
    book.triage(SENIOR)
    entry = book.case.undo_mistaken_halt(DSL, HEAD, "The elbow hit the key.")
    assert (entry.mistake, len(entry.answers), entry.exhibits) == (True, 2, ("AQ/1",))
    book.write(entry, DSL, HEAD)
    assert book.case.grade is Grade.OPEN
    assert not book.case.quarantined()


def test_a_police_first_halt_pressed_by_mistake_is_undone_the_same_way():
    book = halted(Grade.POLICE_FIRST)
    book.triage(DSL)
    book.triage(SENIOR)
    book.write(book.case.undo_mistaken_halt(SENIOR, CODES, "The elbow hit the key."), SENIOR, CODES)
    assert book.case.grade is Grade.OPEN


def test_answers_from_before_the_halt_or_by_somebody_else_do_not_count():
    book = CaseBuilder().looking()
    book.triage(DSL)
    book.triage(SENIOR)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    book.triage(HEAD)
    book.triage(DEPUTY)
    with pytest.raises(ProcedureError, match="Both reviewers must first answer"):
        book.case.undo_mistaken_halt(DSL, HEAD, "The elbow hit the key.")
    book.write(AdviceApplied(reason="x", grade_after=Grade.OPEN, mistake=True), DSL, HEAD)
    assert book.case.grade is Grade.STOP_IMAGES


def test_a_stop_by_an_answer_is_never_a_slip():
    book = halted()
    book.triage(DSL, q5a=Answer.NOT_SURE)
    book.triage(SENIOR)
    with pytest.raises(ProcedureError, match="Only recorded advice"):
        book.case.undo_mistaken_halt(DSL, HEAD, "The elbow hit the key.")


def test_reviewers_who_see_something_else_leave_the_lower_stop():
    book = halted()
    book.triage(DSL, q4=Answer.YES)
    book.triage(SENIOR)
    book.write(book.case.undo_mistaken_halt(DSL, HEAD, "The elbow hit the key."), DSL, HEAD)
    assert book.case.grade is Grade.POLICE_FIRST


def stopped_laptop() -> CaseBuilder:
    book = CaseBuilder().looking(this_laptop=True)
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    return book


def test_after_a_stop_on_this_laptop_nothing_more_is_written():
    case = stopped_laptop().case
    assert case.laptop_stopped
    for act in (
        lambda: case.answer_triage(DSL, answers(), "1"),
        lambda: case.start_pack(DSL, case.pack_kinds()[0], medium="usb", recipient="police"),
        lambda: case.apply_advice(DSL, HEAD, advice=1, reason=REASON),
    ):
        with pytest.raises(HaltedError, match="printed card"):
            act()


def test_a_halt_may_still_rise_on_a_stopped_laptop():
    book = stopped_laptop()
    book.write(book.case.halt(SENIOR, Grade.STOP_IMAGES), SENIOR)
    assert book.case.grade is Grade.STOP_IMAGES
    assert book.case.laptop_stopped


def test_two_people_resume_the_laptop_and_the_stop_stays():
    book = stopped_laptop()
    with pytest.raises(ProcedureError, match="two different people"):
        book.case.resume_laptop(DSL, DSL, reason="Police advised", police_advised=True)
    book.write(LaptopResumed(reason="alone", police_advised=False), DSL)
    assert book.case.laptop_stopped
    book.write(book.case.resume_laptop(DSL, CODES, reason="Police advised", police_advised=True), DSL, CODES)
    resumed = book.case
    assert (resumed.laptop_stopped, resumed.grade) == (False, Grade.POLICE_FIRST)


def test_a_laptop_that_is_not_stopped_is_not_resumed():
    with pytest.raises(ProcedureError, match="not stopped"):
        halted().case.resume_laptop(DSL, HEAD, reason="x", police_advised=False)
