"""The questions before looking (flows section 2)."""

import itertools

import msgspec
import pytest

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy_checks import BANNED_WORDS
from dsl_desk.domain.triage import (
    Answers,
    Question,
    grade_kept,
    grade_of,
    needed_questions,
    result_sentences,
    triage_entry,
)
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.builders import answers, profile

STOPS = {"3": Grade.STOP_IMAGES, "5a": Grade.STOP_IMAGES, "4": Grade.POLICE_FIRST, "5b": Grade.POLICE_FIRST,
         "6": Grade.POLICE_FIRST}  # fmt: skip


@pytest.mark.parametrize("question", ["1", "3", "4", "5a", "5b", "6", "7"])
@pytest.mark.parametrize("answer", list(Answer))
def test_yes_and_not_sure_both_close_looking_and_no_does_not(question, answer):
    grade = triage_entry(answers(SubjectKind.PUPIL, **{f"q{question}": answer}), "1").grade
    assert grade is (Grade.OPEN if answer is Answer.NO else STOPS.get(question, Grade.OPEN))


@pytest.mark.parametrize("about", list(SubjectKind))
@pytest.mark.parametrize("answer", list(Answer))
def test_a_worker_who_is_not_plainly_low_level_is_for_others_first(about, answer):
    given = dict.fromkeys(needed_questions(about), Answer.NO)
    if about in WORKERS:
        given[Question.LOW_LEVEL] = answer
    stops = about in WORKERS and answer is not Answer.YES
    assert grade_of(about, given) is (Grade.POLICE_FIRST if stops else Grade.OPEN)


def test_the_worst_answer_governs():
    for first, second in itertools.permutations(STOPS, 2):
        told = answers(SubjectKind.PUPIL, **{f"q{first}": Answer.YES, f"q{second}": Answer.NOT_SURE})
        assert triage_entry(told, "1").grade is max(STOPS[first], STOPS[second], key=lambda g: g.rank)


def test_each_answer_is_kept_with_its_question_wording_and_words():
    told = answers(SubjectKind.STAFF)
    entry = triage_entry(Answers(about=told.about, given=told.given, words={Question.ALREADY: "Ada, noon"}), "2026-1")
    assert [answer.question for answer in entry.answers] == [question.value for question in Question]
    assert {answer.wording for answer in entry.answers} == {"2026-1"}
    assert entry.answers[1].answer == "staff"
    assert entry.answers[-1].words == "Ada, noon"


@pytest.mark.parametrize("question", list(needed_questions(SubjectKind.STAFF)))
def test_every_question_must_be_answered(question):
    told = answers(SubjectKind.STAFF)
    given = {asked: answer for asked, answer in told.given.items() if asked is not question}
    with pytest.raises(InputError, match=f"Question {question.value} is not answered"):
        triage_entry(Answers(about=SubjectKind.STAFF, given=given, words={}), "1")


def test_the_low_level_question_is_asked_of_workers_only():
    assert Question.LOW_LEVEL not in needed_questions(SubjectKind.PUPIL)
    assert Question.LOW_LEVEL in needed_questions(SubjectKind.CHAIR)


def test_the_result_says_which_answer_closed_looking_and_that_it_is_no_finding():
    entry = triage_entry(answers(q3=Answer.NOT_SURE, q6=Answer.YES), "1")
    expected = (
        "The desk has closed looking because of your answer to question 3. This is not a finding.",
        "The desk has closed looking because of your answer to question 6. This is not a finding.",
    )
    assert result_sentences(entry) == expected
    assert result_sentences(entry, profile().triage) == expected
    assert result_sentences(triage_entry(answers(), "1")) == ()
    assert not any(banned in sentence.lower() for sentence in expected for banned in BANNED_WORDS)


def test_an_entry_that_says_less_than_its_answers_is_judged_by_its_answers():
    entry = triage_entry(answers(q3=Answer.YES), "1")
    assert grade_kept(msgspec.structs.replace(entry, grade=Grade.OPEN)) is Grade.STOP_IMAGES
    assert grade_kept(msgspec.structs.replace(entry, answers=())) is Grade.STOP_IMAGES
