"""Each reviewer judges alone; once both have, both read both, and one writes what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.help.then import Then
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Role
from dsl_desk.ui.widgets import Choice, Dropdown, Facts, Field, LineEdit, Notice, NoticeKind, Text, TextArea

WORDS = {
    "substance": "There is substance in it",
    "none": "There is none",
    "cannot_tell": "Cannot tell from what was seen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeSeen:
    """What the page needs to know."""

    reference: str
    purpose: str
    me: str
    other: str
    i_review: bool
    i_judged: bool
    visible: tuple[tuple[str, str, str], ...] = ()
    """Name, judgement and reasons of what I may read now."""
    both: bool = False
    differ: bool = False
    concluded: str = ""
    outcomes: tuple[tuple[str, str], ...] = ()
    severities: tuple[tuple[str, str], ...] = ()


class JudgePanel(Page):
    """The judgement of the person signed in.

    Signals: `judged(judgement, reasons)`.
    """

    help_topic = "judging"

    judged = Signal(str, str)

    def __init__(self, seen: JudgeSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Your judgement"),
            hint=self.tr("Judge alone, before you read what {name} wrote.").format(name=seen.other),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            parent=parent,
        )
        self.add(Facts([(self.tr("Looked for"), seen.purpose)]), space=0)
        self.choice = Choice(
            self.tr("What was seen"),
            [
                ("substance", self.tr("There is &substance in it")),
                ("none", self.tr("There is no&ne")),
                ("cannot_tell", self.tr("Cannot &tell from what was seen")),
            ],
        )
        self.reasons = Field(
            self.tr("Your own &reasons"), TextArea(5), hint=self.tr("Plain facts. Full names, no initials.")
        )
        self.add(self.choice)
        self.add(self.reasons)
        self.add(Then(self.tr("Then each reads the other’s words, and you write together what it comes to.")))
        self.set_primary(self.tr("&Record my judgement"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        found: list[tuple[QWidget, str]] = []
        if self.choice.key is None:
            found.append((self.choice, self.tr("Choose what was seen")))
        if not self.reasons.text().strip():
            found.append((self.reasons, self.tr("Enter your reasons")))
        if self.show_problems(found):
            self.judged.emit(self.choice.key, self.reasons.text().strip())


class WaitsPanel(Page):
    """Nothing for the person signed in to do here now, and why; the main button leads on from it, where one does.

    Signals: `lock_requested` so that the other one signs in, `next_requested` on to what is next in the case.
    """

    help_topic = "judging"

    lock_requested = Signal()
    next_requested = Signal()

    def __init__(
        self,
        reference: str,
        title: str,
        words: str,
        facts: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            title,
            back=self.tr("Back to {ref}").format(ref=reference),
            parent=parent,
        )
        self.add(Notice(words, kind=NoticeKind.GUIDE, icon="users-round"), space=0)
        if facts:
            self.add(Facts(list(facts)))

    def offer_lock(self) -> None:
        """It is the other one's turn, on this laptop: the main button locks the desk for them."""
        self.set_primary(self.tr("&Lock the desk for them"), icon="lock")
        self.primary_requested.connect(self.lock_requested)

    def offer_next(self) -> None:
        """Both are done here: the main button goes on in the case."""
        self.set_primary(self.tr("&Go to the next step"), icon="arrow-right")
        self.primary_requested.connect(self.next_requested)


class ConcludePanel(Page):
    """Both have judged: what the review comes to.

    Signals: `concluded(conclusion, outcome, severity, disagreement)`.
    """

    help_topic = "judging"

    concluded = Signal(str, str, str, str)

    def __init__(self, seen: JudgeSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("What the review comes to"),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            parent=parent,
        )
        self.add(Facts([(name, f"{judgement}. {reasons}") for name, judgement, reasons in seen.visible]), space=0)
        self._differ = seen.differ
        self.conclusion = Field(self.tr("&Conclusion"), TextArea(3))
        none = [("", self.tr("Not chosen"))]
        self.outcome = Dropdown([*none, *seen.outcomes])
        self.severity = Dropdown([*none, *seen.severities])
        self.disagreement = Field(
            self.tr("What you &differ about"), TextArea(3), hint=self.tr("Both views stand; neither is overwritten.")
        )
        if seen.differ:
            words = self.tr("You judge differently. Write what you differ about; both views are kept.")
            self.add(Notice(words, kind=NoticeKind.WARN))
            self.add(self.disagreement)
        self.add(self.conclusion)
        self.add(Field(self.tr("&Outcome"), self.outcome, width=400))
        self.add(Field(self.tr("Se&verity"), self.severity, width=400))
        self.add(
            Text(
                self.tr("Governors get the counts of outcomes and severities, and nothing of this case."),
                role=Role.TEXT2,
            )
        )
        self.add(Then(self.tr("Then write what is done about it. Both sign the whole afterwards.")))
        self.set_primary(self.tr("&Record the conclusion"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        found: list[tuple[QWidget, str]] = []
        if self._differ and not self.disagreement.text().strip():
            found.append((self.disagreement, self.tr("Enter what you differ about")))
        if not self.conclusion.text().strip():
            found.append((self.conclusion, self.tr("Enter the conclusion")))
        if self.show_problems(found):
            self.concluded.emit(
                self.conclusion.text().strip(), self.outcome.key, self.severity.key, self.disagreement.text().strip()
            )


class ActPanel(Page):
    """What is done, by whom, by when.

    Signals: `decided(action, who, by_when, reason, others)`.
    """

    help_topic = "acting"

    decided = Signal(str, str, str, str, str)

    def __init__(self, reference: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("What is done"),
            hint=self.tr("One action after another: what, by whom, by when, and why."),
            back=self.tr("Back to {ref}").format(ref=reference),
            parent=parent,
        )
        self.action = Field(self.tr("&What is done"), TextArea(2))
        self.who = Field(self.tr("B&y whom"), LineEdit(), width=400)
        self.by_when = Field(
            self.tr("By w&hen"), LineEdit(), width=400, hint=self.tr("A day, such as 4 December 2026.")
        )
        self.reason = Field(self.tr("Wh&y this"), TextArea(2))
        self.others = Field(self.tr("&Others to involve, or why none"), TextArea(2))
        self._needed: tuple[Field[LineEdit] | Field[TextArea], ...] = (
            self.action,
            self.who,
            self.by_when,
            self.reason,
            self.others,
        )
        parts: tuple[QWidget, ...] = (self.action, self.who, self.by_when, self.reason, self.others)
        for at, part in enumerate(parts):
            self.add(part, space=None if at else 0)
        self.add(Then(self.tr("It comes back on Home when its day has come. Then both sign.")))
        self.set_primary(self.tr("&Record this action"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        words = (
            self.tr("Enter what is done"), self.tr("Enter by whom"), self.tr("Enter by when"), self.tr("Enter why"),
            self.tr("Enter who else is involved, or why nobody"),
        )  # fmt: skip
        found: list[tuple[QWidget, str]] = []
        for field, said in zip(self._needed, words, strict=True):
            if not field.text().strip():
                found.append((field, said))
        if self.show_problems(found):
            self.decided.emit(*(field.text().strip() for field in self._needed))
