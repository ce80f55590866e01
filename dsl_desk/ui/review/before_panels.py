"""Before and after the looking: both declare, a session begins, both confirm its end."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.help.then import Then
from dsl_desk.ui.jobs import Job
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import ProofFields, is_wrong_proof
from dsl_desk.ui.review.seen import ReviewSeen
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import CheckBox, Facts, Field, LineEdit, Notice, NoticeKind, Status, Text, TextArea


def _who(seen: ReviewSeen, done: Sequence[bool], yes: str, no: str) -> Facts:
    rows: list[tuple[str, str | QWidget]] = []
    for reviewer, is_done in zip(seen.reviewers, done, strict=True):
        icon, words, role, soft = (
            ("circle-check", yes, Role.OK, Role.OK_SOFT) if is_done else ("circle", no, Role.TEXT, Role.QUIET_SOFT)
        )
        rows.append((reviewer.name, Status.of(icon, words, role, soft)))
    return Facts(rows, key_width=220)


class ProvedPanel(Page):
    """A page that ends with somebody's own passphrase.

    Signals: `next_requested` once both have done their part.
    """

    help_topic = "declaring"

    next_requested = Signal()

    proof: ProofFields

    def _offer_next(self, words: str) -> None:
        """Both have done it: say so, and lead on to what the case says is next."""
        self.add(Notice(words, kind=NoticeKind.OK))
        self.set_primary(self.tr("&Go to the next step"), icon="arrow-right")
        self.primary_requested.connect(self.next_requested)

    def refuse(self, words: str, job: Job) -> None:
        """Say why nothing was recorded; the passphrase is forgotten."""
        self.proof.forget()
        if is_wrong_proof(job):
            self.show_problems([(self.proof.passphrase, words)])
        else:
            self.show_notice(words, NoticeKind.WARN)


class DeclarePanel(ProvedPanel):
    """Both declare before anything is looked at.

    Signals: `declared(Proof)`.
    """

    help_topic = "declaring"

    declared = Signal(object)

    def __init__(self, seen: ReviewSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Both declare"),
            hint=self.tr("Each of the two, before anything is looked at."),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            parent=parent,
        )
        self.add(Notice(seen.declaration, kind=NoticeKind.GUIDE, icon="pen-line"), space=0)
        self.add(_who(seen, [one.declared for one in seen.reviewers], self.tr("Declared"), self.tr("Not declared yet")))
        self.proof = ProofFields(enter_acts=True)
        if all(one.declared for one in seen.reviewers) and len(seen.reviewers) == 2:
            self._offer_next(self.tr("Both have declared. The looking can begin."))
            return
        self.add(self.proof)
        self.add(Then(self.tr("When both have declared, the looking can begin.")))
        self.set_primary(self.tr("&Declare this"), icon="signature")
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        if self.show_problems(self.proof.problems()):
            self.declared.emit(self.proof.typed)
            self.proof.forget()


class StartPanel(Page):
    """A session begins: who is in the room, where, and how the device is.

    Signals: `started(present, place, state)`.
    """

    help_topic = "session"

    started = Signal(object, str, str)

    def __init__(self, seen: ReviewSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Begin a review session"),
            hint=self.tr("Both reviewers in the room, to the end. One alone does not look."),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            parent=parent,
        )
        room, column = QWidget(), QVBoxLayout()
        room.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(Text(self.tr("Who is in the room"), Look.STRONG))
        self.present = [CheckBox(one.name) for one in seen.reviewers]
        for box in self.present:
            column.addWidget(box)
        self.others = Field(self.tr("Anybody &else"), LineEdit(), width=400, optional=self.tr("if any"))
        self.place = Field(self.tr("W&here"), LineEdit(), width=400)
        self.state = Field(
            self.tr("How the device &is now"), LineEdit(), width=400, hint=self.tr("On, off, locked, battery.")
        )
        self.add(room, space=0)
        for field in (self.others, self.place, self.state):
            self.add(field)
        self.add(Then(self.tr("A clock runs. You write down each thing as you see it, and can halt at any moment.")))
        self.set_primary(self.tr("&Begin looking"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        found: list[tuple[QWidget, str]] = []
        if not all(box.isChecked() for box in self.present):
            found.append((self.present[0], self.tr("Both reviewers must be in the room; tick each")))
        if not self.place.text().strip():
            found.append((self.place, self.tr("Enter where you look")))
        if self.show_problems(found):
            others = [name.strip() for name in self.others.text().split(",") if name.strip()]
            names = (*(box.text() for box in self.present), *others)
            self.started.emit(names, self.place.text().strip(), self.state.text().strip())


class FinishPanel(ProvedPanel):
    """Each of the two confirms the end.

    Signals: `finished(Proof, access, locked away, times, note)`.
    """

    help_topic = "finishing"

    finished = Signal(object, bool, bool, bool, str)

    def __init__(self, seen: ReviewSeen, parent: QWidget | None = None) -> None:
        back = self.tr("Back to the session") if seen.session else self.tr("Back to {ref}").format(ref=seen.reference)
        super().__init__(PageKind.ASSISTANT, self.tr("Finish looking"), hint=seen.finish, back=back, parent=parent)
        done = [one.finished and not seen.session for one in seen.reviewers]
        self.add(_who(seen, done, self.tr("Confirmed"), self.tr("Not confirmed yet")), space=0)
        self.access = CheckBox(self.tr("The &access is withdrawn"))
        self.locked = CheckBox(self.tr("The device is &locked away"))
        self.times = CheckBox(self.tr("The &times are right"))
        self.note = Field(self.tr("If one of them is not so, &what"), TextArea(2), optional=True)
        self.proof = ProofFields()
        if all(done) and done:
            self._offer_next(self.tr("Both have confirmed the end. Each judges next, alone."))
            return
        for at, part in enumerate((self.access, self.locked, self.times)):
            self.add(part, space=Space.S if at else None)
        self.add(self.note)
        self.add(self.proof)
        self.add(Then(self.tr("When both have confirmed, each judges alone.")))
        self.set_primary(self.tr("&Confirm the end"), icon="signature")
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        ticked = (self.access.isChecked(), self.locked.isChecked(), self.times.isChecked())
        found = self.proof.problems()
        if not all(ticked) and not self.note.text().strip():
            found.insert(0, (self.note, self.tr("Tick all three, or write what is not so")))
        if self.show_problems(found):
            self.finished.emit(self.proof.typed, *ticked, self.note.text().strip())
            self.proof.forget()
