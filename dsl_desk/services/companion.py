"""The note that is retyped into the school’s main system: its words, for whose record, and what it should not say."""

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import ExternalLogMade, PersonLinked
from dsl_desk.domain.sharing import note_faults
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.drafts import DraftService


def companion_note(book: CaseBook, strand: StrandId) -> tuple[str, str]:
    """The note for the main system as it was written last, and whose record it is for.

    It is printed to be retyped, so it is there before the reference is: a note begun
    on the page of that step counts. Raises InputError where none is written.
    """
    note, person = _written(book, strand)
    if not note:
        raise InputError("Write the note first, at the step “Main system”; save it there and come back later.")
    names = {told.data.person: told.data.name for told in book.load(strand).told(PersonLinked)}
    return note, f"record of {names[person]}" if names.get(person) else "the child’s record"


def companion_faults(book: CaseBook, strand: StrandId) -> tuple[str, ...]:
    """What that note should not say in the main system (flows section 12); a name may be an everyday word too."""
    note, person = _written(book, strand)
    return note_faults(book.load(strand), note, person)


def _written(book: CaseBook, strand: StrandId) -> tuple[str, str]:
    """The note as it was written last, begun or recorded, and the child it is for."""
    begun, kept = DraftService(book).find("case:main_system", strand), book.load(strand).latest(ExternalLogMade)
    words = begun.words if begun else {}
    note, person = str(words.get("note", "")).strip(), str(words.get("person", ""))
    if note or kept is None:
        return note, person
    return kept.data.note.strip(), kept.data.person
