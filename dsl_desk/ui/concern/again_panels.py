"""Before and after the questions are asked again: what has changed, and why the grade did or did not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from dsl_desk.domain.words import Grade
from dsl_desk.ui.concern.page import ConcernPage, Problems
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Facts, Field, Notice, NoticeKind, StepRail, Text, TextArea

_GRADES = {
    Grade.OPEN: "Looking is not closed",
    Grade.POLICE_FIRST: "Halted: police first",
    Grade.STOP_IMAGES: "Halted: a picture, or not sure",
}


class ChangePanel(ConcernPage):
    """Why the questions are asked again, beside how they were answered."""

    help_topic = "questions-again"

    def __init__(
        self, when: str, given: Sequence[tuple[str, str]], why: Sequence[str], words: str, rail: StepRail, *, back: str
    ) -> None:
        super().__init__(
            self.tr("What has changed?"), rail, back=back, go_on=self.tr("&Ask the questions again"),
            hint=self.tr("The earlier answers stand. These govern from now on."),
        )  # fmt: skip
        self.add(Notice(self.tr("Not sure any more? Do not wait for the questions: halt."), icon="octagon-x"))
        self.words: Field[TextArea] = Field(self.tr("&What has changed since"), TextArea(3))
        self.words.set_text(words)
        self.add(self.words, space=Space.M)
        if given:
            self.add(Text(self.tr("Answered by {when}").format(when=when), Look.STRONG))
            self.add(Facts([(question, answer) for question, answer in given], key_width=440), space=Space.S)
        for sentence in why:
            self.add(Notice(sentence, kind=NoticeKind.STOP, icon="octagon-x"), space=Space.S)
        self.finish()

    def focus_first(self) -> None:
        """To the words."""
        self.words.setFocus()

    def problems(self) -> Problems:
        """A few words are enough."""
        return [] if self.words.text().strip() else [(self.words, self.tr("Write what has changed, in a few words"))]

    def collect(self, so_far: SoFar) -> None:
        """Keep them."""
        so_far.words["why"] = self.words.text()


class OutcomePanel(ConcernPage):
    """What the new answers came to, and why the grade changed or stayed.

    Signals: `advice_requested` (two people apply advice).
    """

    help_topic = "questions-again"
    advice_requested = Signal()

    def __init__(
        self, was: Grade, now: Grade, *, asked: Grade, sentences: Sequence[str], why: Sequence[str], rail: StepRail,
        reference: str, leads: str = "",
    ) -> None:  # fmt: skip
        title = self.tr("Looking is closed") if now is not Grade.OPEN else self.tr("Your answers do not close looking")
        super().__init__(
            title, rail, back=self.tr("Back to {ref}").format(ref=reference), go_on=self.tr("&Back to the case")
        )
        self.add(Facts([(self.tr("Before"), _GRADES[was]), (self.tr("Now"), _GRADES[now])], key_width=120), space=0)
        for sentence in sentences if now is not Grade.OPEN else ():
            self.add(Notice(sentence, kind=NoticeKind.STOP, icon="octagon-x"), space=Space.S)
        if now.rank > was.rank:
            words = self.tr("The new answers close more than before. That holds at once, by one person.")
            self.add(Notice(words, kind=NoticeKind.GUIDE, icon="circle-question-mark"), space=Space.S)
        elif asked.rank < now.rank:
            words = self.tr(
                "These answers alone would close less. The stop stands all the same: it falls only by recorded advice, "
                "applied by two people."
            )
            self.add(Notice(words, kind=NoticeKind.WARN, icon="users-round"), space=Space.S)
            for sentence in why:
                self.add(Notice(sentence, kind=NoticeKind.PLAIN), space=Space.S)
        if leads:
            words = self.tr("{leads} Choose it in the case, with the reason.").format(leads=leads)
            self.add(Notice(words, kind=NoticeKind.WARN, icon="arrow-right"), space=Space.S)
        self.halted = now is not Grade.OPEN
        self.finish(later=False)
        if now is not Grade.OPEN:
            self.add_action(self.tr("Two people apply ad&vice…")).clicked.connect(self.advice_requested)
