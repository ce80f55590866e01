"""What two people do together: apply advice, undo a stop pressed by mistake, use a stopped laptop again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Effect
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.grades import advice_fault
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.services.case_things import local_day, local_words
from dsl_desk.services.told import plain
from dsl_desk.ui.case.asks import plain_choice
from dsl_desk.ui.case.two_people import TwoPage, TwoProofs
from dsl_desk.ui.help.then import Then
from dsl_desk.ui.page import PageKind
from dsl_desk.ui.proof import Problems
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import (
    Dropdown,
    Facts,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    Text,
    TextArea,
)

_EFFECTS = {
    Effect.CONTINUE: "go on looking", Effect.HOLD_OFF: "hold off", Effect.KEEP: "keep it", Effect.DESTROY: "destroy it",
    Effect.SCHOOL_MAY_PROCEED: "the school may proceed", Effect.HAND_OVER: "hand it over",
}  # fmt: skip
GRADES = {
    Grade.OPEN: "Open",
    Grade.POLICE_FIRST: "Halted: police first",
    Grade.STOP_IMAGES: "Halted: a picture, or not sure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSeen:
    """Advice on record, and whether it can open the case as it stands."""

    number: int
    title: str
    words: str
    fault: str
    """Why it opens nothing; empty where it can be applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSeen:
    """A stopped case as the two see it who open it again."""

    strand: StrandId
    reference: str
    me: str
    grade: Grade
    why: tuple[str, ...]
    advice: tuple[AdviceSeen, ...]
    by_hand: bool
    """Whether only the key stopped it: it may be undone as a mistake."""


def advice_seen(case: Case) -> tuple[AdviceSeen, ...]:
    """All advice on record, the latest first."""
    return tuple(
        AdviceSeen(
            number=told.at,
            title=_title(told.data),
            words=f"“{told.data.words}”" + (f" Covers {', '.join(told.data.exhibits)}." if told.data.exhibits else ""),
            fault=advice_fault(told.data, told.at, case.grounds) or "",
        )
        for told in reversed(case.told(AdviceRecorded))
    )


def _title(data: AdviceRecorded) -> str:
    """Who advised what, and when they said it; when it was typed stands in the chronology."""
    agency = plain(data.agency.value).capitalize()
    said = local_words(data.at) if "T" in data.at else local_day(data.at)
    return f"{agency}, {data.who}, {said}: {_EFFECTS[data.effect]}"


class ApplyPanel(TwoPage):
    """Two people open what recorded advice allows.

    Signals: `applied(advice, reason, Proof, SecondProof)`, `record_requested` (write advice down first),
    `mistake_requested`.
    """

    help_topic = "advice"
    applied = Signal(int, str, object, object)
    record_requested = Signal()
    mistake_requested = Signal()

    def __init__(self, seen: StopSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Two people apply advice"),
            hint=self.tr("A stop falls only on advice from outside, applied by two; one of them was not a reviewer."),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            width=640,
            parent=parent,
        )
        self._seen = seen
        self.add(Text(self.tr("Now: {grade}").format(grade=GRADES[seen.grade]), Look.STRONG), space=0)
        if seen.why:
            self.add(Notice("\n".join(seen.why), kind=NoticeKind.STOP, icon="octagon-x"), space=Space.S)
        self.halted = seen.grade is not Grade.OPEN
        usable = [one for one in seen.advice if not one.fault]
        for one in seen.advice:
            words = f"{one.words} {one.fault}".strip()
            kind = NoticeKind.PLAIN if one.fault else NoticeKind.GUIDE
            self.add(Notice(words, kind=kind, icon="message-square", title=one.title), space=Space.M)
        if not usable:
            self._offer_nothing()
            return
        self.which: Field[Dropdown] = Field(
            self.tr("&Which advice"),
            Dropdown([("", self.tr("Choose…")), *((str(one.number), one.title) for one in usable)]),
        )
        self.reason: Field[TextArea] = Field(self.tr("&Reason"), TextArea(2), hint=self.tr("Why it is applied now."))
        self.both = TwoProofs(seen.me)
        self.add(self.which)
        self.add(self.reason, space=Space.M)
        self.add(self.both)
        self.set_primary(self.tr("Apply this ad&vice"), icon="signature")
        self.primary_requested.connect(self._on_primary)
        self._offer_mistake()

    def _offer_nothing(self) -> None:
        words = (
            self.tr("No advice on record opens this stop. Ring, then write down what was said.")
            if self._seen.grade is not Grade.OPEN
            else self.tr("This case is not stopped, so there is nothing to open.")
        )
        self.add(Notice(words, kind=NoticeKind.WARN))
        if self._seen.grade is not Grade.OPEN:
            self.set_title(self.tr("How this case opens again"))
            words = self.tr("Advice that lets the school go on is applied here by two people. Then the case opens.")
            self.add(Then(words))
            self.set_primary(self.tr("&Write advice down"), icon="pen-line")
            self.primary_requested.connect(self.record_requested)
            self._offer_mistake()

    def _offer_mistake(self) -> None:
        if self._seen.by_hand:
            self.add_action(self.tr("Pressed by mista&ke…")).clicked.connect(self.mistake_requested)

    def _on_primary(self) -> None:
        found: Problems = []
        if not self.which.editor.key:
            found.append((self.which, self.tr("Choose which advice is applied")))
        if not self.reason.text().strip():
            found.append((self.reason, self.tr("Write the reason")))
        if self._finish([*found, *self.both.problems()]):
            self.applied.emit(int(self.which.editor.key), self.reason.text().strip(), *self.both.typed())
            self.both.forget()


class MistakePanel(TwoPage):
    """A stop pressed by mistake: two people, a reason, and both reviewers' own answers since.

    Signals: `undone(reason, Proof, SecondProof)`.
    """

    help_topic = "advice"
    undone = Signal(str, object, object)

    def __init__(self, seen: StopSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Pressed by mistake"),
            hint=self.tr("Two people, one of whom was not a reviewer, and a reason. The stop stays on record."),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            width=640,
            parent=parent,
        )
        words = self.tr(
            "First each reviewer answers the questions again, signed in as themselves, with “no” to every picture."
        )
        self.add(Notice(words, kind=NoticeKind.GUIDE), space=0)
        self.reason: Field[TextArea] = Field(self.tr("&How it came to be pressed"), TextArea(2))
        self.both = TwoProofs(seen.me)
        self.add(self.reason)
        self.add(self.both)
        self.set_primary(self.tr("&Undo the stop"), icon="signature")
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        empty = not self.reason.text().strip()
        found: Problems = [(self.reason, self.tr("Write how it came to be pressed"))] if empty else []
        if self._finish([*found, *self.both.problems()]):
            self.undone.emit(self.reason.text().strip(), *self.both.typed())
            self.both.forget()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopStop:
    """A case that stopped this very laptop."""

    strand: StrandId
    reference: str
    since: str


class ResumePanel(TwoPage):
    """Why this laptop is used again after a stop on it.

    Signals: `resumed(reason, police advised, reference, Proof, SecondProof)`.
    """

    help_topic = "laptop-stopped"
    resumed = Signal(str, bool, str, object, object)

    def __init__(self, me: str, stops: Sequence[LaptopStop], *, unseen: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Why this laptop is used again"),
            hint=self.tr("It may be evidence now. Two people say why, and their reason stays on record."),
            back=self.tr("Back to the stop page"),
            width=640,
            parent=parent,
        )
        if not stops:
            words = self.tr(
                "The case that stopped this laptop is not one you can read. Lock the desk, and let somebody unlock it "
                "who can."
            )
            self.add(Notice(words, kind=NoticeKind.WARN), space=0)
            return
        facts: list[tuple[str, str | QWidget]] = [(one.reference, one.since) for one in stops]
        self.add(Facts(facts), space=0)
        if unseen:
            words = self.tr("Another case stopped this laptop too, and you cannot read it. That stop stays.")
            self.add(Notice(words, kind=NoticeKind.WARN), space=Space.M)
        self.why = Field(
            self.tr("What allows it"),
            plain_choice(
                [
                    ("police", self.tr("&Police advised it")),
                    ("need", self.tr("&Nobody can be reached, and a child needs it")),
                ]
            ),
        )
        self.reference = Field(self.tr("Police &log number"), LineEdit(), width=320, optional=True)
        self.reason: Field[TextArea] = Field(
            self.tr("&Reason"), TextArea(2), hint=self.tr("Who said what, or what the child needs.")
        )
        self.both = TwoProofs(me)
        self.add(self.why)
        self.add(self.reference, space=Space.M)
        self.add(self.reason, space=Space.M)
        self.add(self.both)
        self.set_primary(self.tr("Use this laptop &again"), icon="signature")
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        found: Problems = []
        if self.why.editor.key is None:
            found.append((self.why, self.tr("Choose what allows it")))
        if not self.reason.text().strip():
            found.append((self.reason, self.tr("Write the reason")))
        if self._finish([*found, *self.both.problems()]):
            police, reference = self.why.editor.key == "police", self.reference.text().strip()
            self.resumed.emit(self.reason.text().strip(), police, reference, *self.both.typed())
            self.both.forget()
