"""The questions before anything is looked at; they may be asked again, and a stop never falls by answering."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import TriageAnswered
from dsl_desk.domain.triage import Answers, needed_questions, result_sentences
from dsl_desk.domain.words import Grade, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.halt import HaltService
from dsl_desk.services.keeping import KeepingService


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One page of triage: the question's id and the words above it."""

    question: str
    text: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageResult:
    """What the result page says; never a finding."""

    case: Case
    grade: Grade
    sentences: tuple[str, ...]


class TriageService:
    """Asks, keeps the answers, and closes looking where they ask for it."""

    def __init__(self, book: CaseBook, keeping: KeepingService, halts: HaltService) -> None:
        self._book, self._keeping, self._halts = book, keeping, halts

    def pages(self, about: SubjectKind) -> tuple[Asked, ...]:
        """The questions to ask when it is about this kind of person, in the profile's words."""
        wanted = {question.value for question in needed_questions(about)}
        questions = self._book.school().procedure.triage.questions
        return tuple(
            Asked(question=question.id, text=question.text, help=question.help)
            for question in questions
            if question.id in wanted
        )

    def answer(self, strand: StrandId, answers: Answers) -> TriageResult:
        """Keep the answers; the latest governs, a grade only rises by them."""
        profile = self._book.school().profile
        wording = profile.triage.version if profile else "1"
        self._book.switch.ask_laptop()
        before = self._book.load(strand)
        case = self._keep(strand, before, before.answer_triage(self._book.me(), answers, wording))
        self._keeping.keep_from_subject(strand, answers.about, None)
        told = case.latest(TriageAnswered)
        sentences = result_sentences(told.data, profile.triage if profile else None) if told else ()
        return TriageResult(case=case, grade=case.grade, sentences=sentences)

    def _keep(self, strand: StrandId, before: Case, answered: TriageAnswered) -> Case:
        """An answer that closes looking stops at once, and shuts every exhibit away in the same transaction."""
        self._book.switch.stop(strand, answered.grade)
        if answered.grade is Grade.OPEN:
            return after(before, self._book.desk.write(strand, answered, at=self._book.now()))
        return self._halts.write(strand, answered, before)
