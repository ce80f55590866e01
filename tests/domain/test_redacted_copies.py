"""Redacted copies as the case knows them: a mark of their own, their parent named, never at a stop."""

import pytest

from dsl_desk.domain.case_entries import ExhibitRedacted
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.words import Grade, Mark
from tests.builders import DSL, CaseBuilder, no_from, offered, taken


@pytest.fixture
def book():
    """A case with one exhibit that somebody brought."""
    held = CaseBuilder()
    held.exhibit(DSL, Intake.SUPPLIED)
    return held


def made(book, mark="AQ/2", reason="for the parents", **more):
    mark = Mark(book.case.next_mark(DSL.name, DSL.person) if mark == "AQ/2" else mark)
    parent = book.case.exhibits[0].mark
    return book.case.add_redacted(DSL, parent, taken(mark, DSL), reason=reason, areas=2, **more)


def test_a_copy_gets_the_next_mark_and_both_entries_name_its_parent(book):
    original = book.case.exhibits[0]
    added, redacted = made(book)
    for data in (added, redacted):
        book.write(data, DSL)

    assert [exhibit.mark for exhibit in book.case.exhibits] == [original.mark, added.mark]
    assert book.case.exhibits[1].data == added
    assert (added.parent, added.parent_sha256) == (original.mark, original.data.sha256)
    assert (redacted.parent, redacted.parent_sha256, redacted.areas) == (original.mark, original.data.sha256, 2)
    assert redacted.blob == ""
    assert added.description == f"Redacted copy of exhibit {original.mark}"
    assert made(book, description="Names covered")[0].description == "Names covered"


def test_a_copy_whose_entry_took_it_in_by_itself_is_an_exhibit_too(book):
    alone = ExhibitRedacted(
        mark="ZZ/1", parent="AQ/1", parent_sha256="a" * 64, blob="b" * 32, sha256="c" * 64, size=1,
        media_type="image/png", reason="why", produced_by="A", produced_by_person="p",
    )  # fmt: skip
    book.write(alone, DSL)
    assert book.case.exhibits[-1].data == alone


@pytest.mark.parametrize("grade", [Grade.POLICE_FIRST, Grade.STOP_IMAGES])
def test_no_copy_is_made_at_either_stop(book, grade):
    book.write(book.case.halt(DSL, grade), DSL)
    with pytest.raises(HaltedError):
        made(book)


def test_no_copy_is_made_in_a_closed_case_without_a_reason_or_under_a_mark_that_is_taken(book):
    with pytest.raises(InputError, match="why parts of it"):
        made(book, reason=" ")
    with pytest.raises(ProcedureError, match="Another exhibit got this mark"):
        made(book, mark=book.case.exhibits[0].mark)
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    with pytest.raises(ProcedureError, match="Reopen it first"):
        made(book)


def test_a_copy_never_comes_in_as_material_that_was_offered(book):
    with pytest.raises(ProcedureError, match="does not come in"):
        book.case.allow_intake(DSL, offered(Intake.REDACTED, no_from(DSL)))
