"""What a rehearsal says again and again: who belongs to a case, and what was answered."""

from datetime import date, datetime, timedelta

from dsl_desk.domain.case import StopAnswer
from dsl_desk.domain.case_words import (
    PersonRole,
)
from dsl_desk.domain.follow_up_entries import (
    PersonLinked,
)
from dsl_desk.domain.triage import Answers, Question, needed_questions
from dsl_desk.domain.words import Answer, PersonId, SubjectKind
from dsl_desk.rehearsal.stage import Stage


def linked(stage: Stage, name: str, role: PersonRole, kind: SubjectKind) -> PersonLinked:
    """Somebody invented, as a case names them."""
    person = stage.cast.played[name]
    parent = next((stage.cast.played[parent] for parent in person.parents), None)
    return PersonLinked(
        person=stage.persons.get(name, PersonId(person.id)),
        role=role,
        kind=kind,
        name=person.name,
        account=stage.accounts.get(name, ""),
        year_group=person.year_group,
        date_of_birth=person.date_of_birth,
        address=parent.address if parent else "",
        parent_contact=f"{parent.name}, {parent.telephone}" if parent else "",
    )


def all_no(about: SubjectKind, **others: Answer) -> Answers:
    """Every question answered "no", but those named by their id with an underscore before it."""
    given = dict.fromkeys(needed_questions(about), Answer.NO)
    given |= {Question(name.lstrip("_")): answer for name, answer in others.items()}
    return Answers(about=about, given=given, words={})


def both_say(stage: Stage, names: tuple[str, ...], answer: Answer) -> tuple[StopAnswer, ...]:
    """What each of them answers to the stop question."""
    return tuple(
        StopAnswer(account=stage.accounts[name], name=stage.cast.played[name].name, answer=answer) for name in names
    )


def years_played(now: datetime) -> tuple[str, date, date]:
    """The calendar year of the governors' summary: its name and days; on New Year's Day the old year with it.

    A rehearsal that begins before midnight has its cases in the old year.
    """
    first, last = (now - timedelta(days=1)).year, now.year
    name = f"Year {last}" if first == last else f"Years {first} and {last}"
    return name, date(first, 1, 1), date(last, 12, 31)
