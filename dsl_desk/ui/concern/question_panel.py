"""The questions, one a page: three answers equal in size, none preset, "not sure" as good as the others."""

from __future__ import annotations

from collections.abc import Sequence

from dsl_desk.domain.triage import Question
from dsl_desk.domain.words import Answer, SubjectKind
from dsl_desk.services.known_people import KnownPerson
from dsl_desk.services.triage import Asked
from dsl_desk.ui.concern.page import ConcernPage, Problems, bare
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Choice, Field, Notice, NoticeKind, StepRail, TextArea, TileGroup


class QuestionPanel(ConcernPage):
    """One question of triage."""

    help_topic = "triage"

    def __init__(self, asked: Asked, above: str, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        super().__init__(asked.text, rail, back=back, hint=asked.help)
        self._question = asked.question
        self.add(
            Notice(above or self.tr("Answer from what you have been told. Do not look to find out."), icon="eye-off")
        )
        answers = [
            (Answer.YES.value, self.tr("&Yes")),
            (Answer.NO.value, self.tr("&No")),
            (Answer.NOT_SURE.value, self.tr("Not &sure")),
        ]
        self.tiles = TileGroup(asked.text, answers)
        self.tiles.set_answer(so_far.answers.get(self._question))
        self.field = bare(asked.text, self.tiles)
        self.add(self.field)
        self.words: Field[TextArea] | None = None
        if self._question == Question.ALREADY.value:
            self.words = Field(self.tr("&Who, when and what, as you were told"), TextArea(2))
            self.words.set_text(so_far.words.get(self._question, ""))
            self.add(self.words)
        self.finish()

    def focus_first(self) -> None:
        """To the answers."""
        chosen = next((tile for tile in self.tiles.tiles if tile.isChecked()), self.tiles.tiles[0])
        chosen.setFocus()

    def problems(self) -> Problems:
        """An answer is needed; “not sure” is one."""
        if self.tiles.answer is None:
            return [(self.field, self.tr("Choose an answer. “Not sure” is one."))]
        if self.words is not None and self.tiles.answer == Answer.YES.value and not self.words.text().strip():
            return [(self.words, self.tr("Write who, when and what, as far as you were told"))]
        return []

    def collect(self, so_far: SoFar) -> None:
        """Keep the answer and its words."""
        if self.tiles.answer is not None:
            so_far.answers[self._question] = self.tiles.answer
        if self.words is not None:
            so_far.words[self._question] = self.words.text()


class AboutPanel(ConcernPage):
    """Question 2: whom it is about, before any story."""

    help_topic = "who-may-read"

    def __init__(self, asked: Asked, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        hint = self.tr("Asked before any story, because it decides who may read.")
        super().__init__(asked.text, rail, back=back, hint=hint)
        kinds = (
            (SubjectKind.PUPIL, self.tr("A pupil")),
            (SubjectKind.STAFF, self.tr("Somebody who works or volunteers here")),
            (SubjectKind.HEADTEACHER, self.tr("The Headteacher")),
            (SubjectKind.DSL, self.tr("The DSL")),
            (SubjectKind.CHAIR, self.tr("The Chair of Governors")),
            (SubjectKind.DESK_USER, self.tr("Somebody who uses this desk")),
            (SubjectKind.OTHER_ADULT, self.tr("Another adult")),
            (SubjectKind.NOT_KNOWN, self.tr("Not known")),
        )
        self.choice = Choice("", [(kind.value, words) for kind, words in kinds])
        self.choice.set_key(so_far.about or None)
        self.field = bare(asked.text, self.choice)
        self.add(self.field, space=0)
        self.finish()

    def problems(self) -> Problems:
        """Somebody, or “not known”."""
        return [] if self.choice.key else [(self.field, self.tr("Choose whom it is about. “Not known” is an answer."))]

    def collect(self, so_far: SoFar) -> None:
        """Keep it; another answer forgets which member of staff was meant."""
        if self.choice.key and self.choice.key != so_far.about:
            so_far.about, so_far.who, so_far.who_name, so_far.who_account = self.choice.key, "", "", ""


class WhoPanel(ConcernPage):
    """Which member of staff it is about, so that they are shut out from the first word on."""

    help_topic = "who-may-read"

    def __init__(self, staff: Sequence[KnownPerson], so_far: SoFar, rail: StepRail, *, back: str) -> None:
        hint = self.tr("They will see no trace of it, whatever they may read otherwise.")
        super().__init__(self.tr("Which of them is it about?"), rail, back=back, hint=hint)
        self._staff = {str(person.person): person for person in staff}
        options = [(str(person.person), f"{person.name}, {person.title}".strip(", ")) for person in staff]
        if so_far.kind is not SubjectKind.DESK_USER:
            options.append(("", self.tr("Somebody who is not in this list, or I do not know who")))
        self.choice = Choice("", options)
        self.choice.set_key(so_far.who or None)
        self.field = bare(self.tr("Which of them is it about?"), self.choice)
        self.add(self.field, space=0)
        self.finish()

    def problems(self) -> Problems:
        """One of them, or nobody of the list."""
        return [] if self.choice.key is not None else [(self.field, self.tr("Choose who it is"))]

    def collect(self, so_far: SoFar) -> None:
        """Keep who it is."""
        chosen = self._staff.get(self.choice.key or "")
        if chosen is not None:
            so_far.choose(chosen)
        elif self.choice.key == "":
            so_far.who, so_far.who_name, so_far.who_account = "", "", ""


class DangerPanel(ConcernPage):
    """The 999 card: ring first, the questions after."""

    help_topic = "danger-now"

    def __init__(self, rail: StepRail, *, back: str) -> None:
        super().__init__(
            self.tr("Ring 999 now"), rail, back=back, go_on=self.tr("I have rung. &Go on"),
            hint=self.tr("The questions wait. Nothing is lost."),
        )  # fmt: skip
        self.add(Notice(self.tr("Say who is in danger, where they are, and what you were told. Stay with the child."),
                        kind=NoticeKind.STOP, icon="phone", title=self.tr("999")))  # fmt: skip
        self.add(
            Notice(self.tr("If somebody else can ring while you go on here, let them ring now."), icon="users-round")
        )
        self.finish()


class ResultPanel(ConcernPage):
    """What the answers come to, in the exact sentences; never a finding, never an all-clear."""

    help_topic = "stops"

    def __init__(self, sentences: Sequence[str], so_far: SoFar, rail: StepRail, *, back: str) -> None:
        closed = bool(sentences)
        title = self.tr("Looking is closed") if closed else self.tr("Your answers do not close looking")
        super().__init__(
            title, rail, back=back,
            go_on=self.tr("&Write down what you were told") if closed else "",
        )  # fmt: skip
        self.show_stop = None
        for sentence in sentences:
            self.add(Notice(sentence, kind=NoticeKind.STOP, icon="octagon-x"), space=Space.S)
        if closed:
            words = self.tr("This is case {reference}. It is on record already.").format(reference=so_far.reference)
            if so_far.reference:
                self.add(Notice(words, kind=NoticeKind.OK, icon="circle-check"))
            self.add(
                Notice(self.tr("Next: write down what you were told. Nobody needs to look for that."), icon="pen-line")
            )
        else:
            self.add(
                Notice(
                    self.tr("Nothing is opened yet. Two senior people look together, if anybody looks at all."),
                    icon="users-round",
                )
            )
            self.add(Notice(self.tr("If anything changes, or you are not sure any more: halt."), icon="octagon-x"))
        self.finish()
        if closed:
            self.show_stop = self.add_action(self.tr("&Show what to do now"))
