"""The questions asked before anything is looked at, and which grade the answers ask for (flows section 2).

The desk never says that something is or is not lawful: it asks what is suspected
and closes the door. "Not sure" counts as "yes", except whether a matter is
plainly low-level, where it counts as "no".
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case_entries import Answered, TriageAnswered
from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.grades import worst
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy_values import Triage
from dsl_desk.domain.text import checked
from dsl_desk.domain.words import Answer, Grade, SubjectKind


class Question(enum.Enum):
    """The ids of the questions; the words stand in the profile."""

    IN_DANGER = "1"
    ABOUT_WHOM = "2"
    LOW_LEVEL = "2b"
    PICTURES = "3"
    ADULT = "4"
    EXTREME = "5a"
    THREATS = "5b"
    INQUIRY = "6"
    ALREADY = "7"


STOPS: Final = {
    Question.PICTURES: Grade.STOP_IMAGES,
    Question.EXTREME: Grade.STOP_IMAGES,
    Question.ADULT: Grade.POLICE_FIRST,
    Question.THREATS: Grade.POLICE_FIRST,
    Question.INQUIRY: Grade.POLICE_FIRST,
}
"""What an answer other than "no" asks for."""

ABOUT_A_WORKER: Final = (
    "It is about somebody who works or volunteers here, and nobody has said yet that it is plainly low-level."
)
DEFAULT_RESULT: Final = (
    "The desk has closed looking because of your answer to question {question}. This is not a finding."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one person answered, question by question."""

    about: SubjectKind
    given: Mapping[Question, Answer]
    """Every question but 2; 2b only for somebody who works or volunteers here."""
    words: Mapping[Question, str]
    """Own words beside an answer; question 7: who, when, what."""


def needed_questions(about: SubjectKind) -> tuple[Question, ...]:
    """The questions to be answered when it is about this kind of person, in their order."""
    return tuple(
        question
        for question in Question
        if question is not Question.ABOUT_WHOM and (question is not Question.LOW_LEVEL or about in WORKERS)
    )


def _stopping(about: SubjectKind, given: Mapping[Question, Answer]) -> dict[Question, Grade]:
    found = {question: grade for question, grade in STOPS.items() if given.get(question, Answer.NO) is not Answer.NO}
    if about in WORKERS and given.get(Question.LOW_LEVEL, Answer.NO) is not Answer.YES:
        found[Question.LOW_LEVEL] = Grade.POLICE_FIRST
    return found


def grade_of(about: SubjectKind, given: Mapping[Question, Answer]) -> Grade:
    """The grade that these answers ask for."""
    return worst(_stopping(about, given).values())


def grade_kept(entry: TriageAnswered) -> Grade:
    """The grade of an entry as its own answers tell it, never below what it says of itself."""
    given: dict[Question, Answer] = {}
    for answered in entry.answers:
        try:
            given[Question(answered.question)] = Answer(answered.answer)
        except ValueError:
            continue  # question 2, or a question of a newer program: its grade stands in the entry itself
    return worst((entry.grade, grade_of(entry.about, given)))


def triage_entry(answers: Answers, wording: str) -> TriageAnswered:
    """The entry for a set of answers; raises InputError naming the first question that is not answered."""
    for question in needed_questions(answers.about):
        if question not in answers.given:
            raise InputError(f"Question {question.value} is not answered yet. “Not sure” is an answer.")
    stopping = _stopping(answers.about, answers.given)
    kept = [_answered(question, answers, wording) for question in Question if _was_asked(question, answers)]
    grade = worst(stopping.values())
    return checked(
        TriageAnswered(
            answers=tuple(kept),
            about=answers.about,
            grade=grade,
            because_of=tuple(q.value for q in Question if q in stopping),
        )
    )


def _was_asked(question: Question, answers: Answers) -> bool:
    return question is Question.ABOUT_WHOM or question in answers.given


def _answered(question: Question, answers: Answers, wording: str) -> Answered:
    told = answers.about.value if question is Question.ABOUT_WHOM else answers.given[question].value
    return Answered(question=question.value, wording=wording, answer=told, words=answers.words.get(question, ""))


def result_sentences(entry: TriageAnswered, triage: Triage | None = None) -> tuple[str, ...]:
    """What the result page says: one sentence for each answer that closed looking, none where none did."""
    pattern = DEFAULT_RESULT if triage is None else triage.result
    return tuple(pattern.replace("{question}", question) for question in entry.because_of)


def worker_not_asked_about(case: CaseState, further: Iterable[PersonLinked] = ()) -> bool:
    """Whether somebody who works here was named as a subject and nobody was asked if it is plainly low-level.

    Then it is not, and the case is police first (flows section 1): a worker may come
    up in a case that began about a pupil.
    """
    links = (*(told.data for told in case.told(PersonLinked)), *further)
    named = any(link.role is PersonRole.SUBJECT and link.kind in WORKERS for link in links)
    return named and not any(told.data.about in WORKERS for told in case.told(TriageAnswered))
