"""What was answered so far of a new concern: kept as a draft every few seconds, recorded at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from dsl_desk.domain.triage import STOPS, Answers, Question, grade_of, needed_questions
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.services.known_people import KnownPerson

_TOLD = frozenset({"people", "story", "when", "kind", "route", "voice"})
STAFF_KINDS = (SubjectKind.STAFF, SubjectKind.DESK_USER)
"""Kinds for which it is asked which of them it is."""


@dataclass(slots=True)
class Linked:
    """Somebody who belongs to the concern, in a role that holds for this case alone."""

    name: str
    kind: str
    role: str
    year_group: str = ""
    person: str = ""
    """Empty for somebody new until it is recorded."""
    account: str = ""
    date_of_birth: str = ""
    online: str = ""
    """Names they use online, one a line."""


@dataclass(slots=True)
class SoFar:
    """Everything answered; plain words, so that a draft can keep it."""

    about: str = ""
    who: str = ""
    """Id of the member of staff it is about, where one was chosen."""
    who_name: str = ""
    who_account: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """Own words beside an answer, and every text of the later pages, by name."""
    people: list[Linked] = field(default_factory=list)
    page: str = "q1"
    strand: str = ""
    """The case, where it was begun at the stop."""
    reference: str = ""
    kind_was: str | None = None
    """The kind when a line of the last page was asked to be changed; no draft keeps it."""

    def as_words(self) -> dict[str, object]:
        """As a draft keeps it."""
        return {name: words for name, words in asdict(self).items() if name != "kind_was"}

    @staticmethod
    def of(words: Mapping[str, object]) -> SoFar:
        """Read a draft; what does not fit is left out."""
        so_far = SoFar()
        for name in ("about", "who", "who_name", "who_account", "page", "strand", "reference"):
            setattr(so_far, name, str(words.get(name, getattr(so_far, name))))
        for name in ("answers", "words"):
            kept = words.get(name)
            if isinstance(kept, dict):
                setattr(so_far, name, {str(key): str(value) for key, value in kept.items()})
        people = words.get("people")
        for one in people if isinstance(people, list) else []:
            known = {key: str(one.get(key, "")) for key in Linked.__dataclass_fields__} if isinstance(one, dict) else {}
            if known.get("name"):
                so_far.people.append(Linked(**known))
        return so_far

    @property
    def kind(self) -> SubjectKind:
        """Whom it is about."""
        return SubjectKind(self.about) if self.about else SubjectKind.NOT_KNOWN

    @property
    def given(self) -> dict[Question, Answer]:
        """The answers to the questions that belong to whom it is about."""
        wanted = needed_questions(self.kind)
        return {q: Answer(self.answers[q.value]) for q in wanted if self.answers.get(q.value)}

    @property
    def triage(self) -> Answers:
        """The answers as the services take them."""
        words = {q: self.words[q.value] for q in self.given if self.words.get(q.value)}
        return Answers(about=self.kind, given=self.given, words=words)

    @property
    def grade(self) -> Grade:
        """The grade that the answers ask for."""
        return grade_of(self.kind, self.given)

    @property
    def suspected(self) -> Answer:
        """Whether a crime or serious harm is suspected, as the answers tell."""
        if self.strand and not self.answers:
            return Answer.NOT_SURE  # stopped by hand, before any question
        told = {self.given.get(question, Answer.NO) for question in STOPS}
        return next((answer for answer in (Answer.YES, Answer.NOT_SURE) if answer in told), Answer.NO)

    @property
    def child_involved(self) -> bool:
        """Whether the child's words are asked for."""
        pupils = any(one.kind == SubjectKind.PUPIL.value for one in self.people)
        return pupils or self.kind in (SubjectKind.PUPIL, SubjectKind.NOT_KNOWN)

    def choose(self, staff: KnownPerson) -> None:
        """It is about this member of staff."""
        self.who, self.who_name, self.who_account = staff.person, staff.name, staff.account

    def pages(self) -> list[str]:
        """The pages in their order, as the answers stand."""
        questions = [
            f"q{question.value}" for question in needed_questions(self.kind) if question is not Question.IN_DANGER
        ]
        danger = ["danger"] if self.answers.get("1") == Answer.YES.value else []
        who = ["who"] if self.about and self.kind in STAFF_KINDS else []
        voice = ["voice"] if self.child_involved else []
        told = ["people", "story", "when", "kind", "route", *voice, "check"]
        return ["q1", *danger, "about", *who, *questions, "result", *told]

    def after(self, page: str) -> str:
        """The page after this one.

        Where one line of the last page is changed, straight back to it, unless the change asks for something new
        (another kind its route, a child their words).
        """
        pages = self.pages()
        following = pages[pages.index(page) + 1]
        if self.kind_was is None or page not in _TOLD:
            return following
        if page == "kind" and self.words.get("category", "") != self.kind_was:
            return following
        if "voice" in pages and not self.words.get("spoken") and page != "voice":
            return "voice"
        return "check"
