"""A stop "pressed by mistake": whoever the case turned out to be about vouches for nothing (flows section 1)."""

import pytest

from dsl_desk.domain.case_entries import AdviceApplied
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.words import Grade, SubjectKind
from tests.builders import DEPUTY, DSL, HEAD, SENIOR, CaseBuilder

WHY = "The elbow hit the key."


def halted() -> CaseBuilder:
    """Stopped for pictures while two looked, and both have answered that it was nothing."""
    book = CaseBuilder().looking()
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    for who in (DSL, SENIOR):
        book.triage(who)
    return book


def stays_stopped(book: CaseBuilder) -> None:
    """Neither the act nor an entry that claims it opens the case."""
    with pytest.raises(ProcedureError, match="Both reviewers must first answer"):
        book.case.undo_mistaken_halt(HEAD, DSL, WHY)
    book.write(AdviceApplied(reason=WHY, grade_after=Grade.OPEN, mistake=True), HEAD, DSL)
    assert book.case.grade is Grade.STOP_IMAGES


@pytest.mark.parametrize("named", ["person", "account"])
def test_a_reviewer_who_became_the_subject_cannot_say_that_the_stop_was_a_mistake(named):
    book = halted()
    if named == "person":
        book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF)
    else:
        book.link("somebody", PersonRole.SUBJECT, SubjectKind.STAFF, SENIOR.account)
    stays_stopped(book)


def test_another_in_the_place_of_the_subject_does_not_make_the_subjects_answer_count():
    book = halted()
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF)
    book.write(book.case.name_reviewer(HEAD, DEPUTY, position="Deputy", place=2, reason="the other is barred"), HEAD)
    book.triage(DEPUTY)
    stays_stopped(book)


def test_one_reviewer_who_is_left_does_not_vouch_for_two():
    book = halted()
    book.write(book.case.name_reviewer(HEAD, DEPUTY, position="Deputy", place=2, reason="busy"), HEAD)
    book.triage(DEPUTY)
    book.link(DEPUTY.person, PersonRole.SUBJECT, SubjectKind.STAFF)
    stays_stopped(book)


def test_both_who_were_there_and_are_not_the_subject_still_can():
    book = halted()
    book.link("a-pupil", PersonRole.SUBJECT)
    book.write(book.case.undo_mistaken_halt(HEAD, DSL, WHY), HEAD, DSL)
    assert book.case.grade is Grade.OPEN
