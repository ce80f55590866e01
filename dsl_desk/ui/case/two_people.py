"""Two people prove who they are for one act: each with their own passphrase, or the second by two recovery codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.jobs import Job
from dsl_desk.ui.page import Page
from dsl_desk.ui.proof import Problems, Proof, ProofFields, is_wrong_proof, lead_on
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import CheckBox, NoticeKind, PassphraseField, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondProof:
    """What the second person typed: their own passphrase, or two recovery codes that open the school root."""

    own: Proof | None = None
    codes: tuple[str, str] = field(default=("", ""), repr=False)


class ProvingDesk(Protocol):
    """Where people prove who they are."""

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...

    def prove_codes(self, first: str, second: str) -> Any:
        """The school root, opened by two recovery codes, for one act."""
        ...


def proved(desk: ProvingDesk, first: Proof, second: SecondProof) -> tuple[Any, Any]:
    """Both signing keys; raises WrongPassphraseError and its like where one does not fit."""
    one = desk.prove(first.sign_in_name, first.passphrase)
    other = second.own
    return one, desk.prove(other.sign_in_name, other.passphrase) if other else desk.prove_codes(*second.codes)


class TwoProofs(QWidget):
    """Who is signed in, and a second person or two recovery codes."""

    def __init__(self, me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(Text(self.tr("Both sign, each with their own passphrase"), Look.HEADING))
        column.addWidget(Text(self.tr("The desk forgets what is typed here at once."), role=Role.TEXT2))
        self.first = ProofFields(me or self.tr("the first person"))
        self.second = ProofFields(self.tr("the second person"))
        self.by_codes = CheckBox(self.tr("No second account: two &recovery codes instead"))
        self.codes = QWidget()
        inner = QVBoxLayout(self.codes)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(Space.M)
        self.code_one = PassphraseField(self.tr("First recovery &code"), width=400)
        self.code_two = PassphraseField(self.tr("Second recovery c&ode"), width=400)
        inner.addWidget(self.code_one)
        inner.addWidget(self.code_two)
        for part in (self.first, self.second, self.by_codes, self.codes):
            column.addWidget(part)
        self.first.then = self.second.name
        self.code_one.entered.connect(self.code_two.setFocus)
        self.code_two.entered.connect(lambda: lead_on(self, acts=False))
        self.codes.hide()
        self.by_codes.toggled.connect(self._on_toggled)

    def _on_toggled(self, codes: bool) -> None:
        self.first.then = self.code_one if codes else self.second.name
        self.second.setVisible(not codes)
        self.codes.setVisible(codes)

    def problems(self) -> Problems:
        """What is missing."""
        found = self.first.problems()
        if not self.by_codes.isChecked():
            return found + self.second.problems()
        for part, words in (
            (self.code_one, self.tr("Enter the first recovery code")),
            (self.code_two, self.tr("Enter the second recovery code")),
        ):
            if not part.text().strip():
                found.append((part, words))
        return found

    def typed(self) -> tuple[Proof, SecondProof]:
        """What both typed."""
        if self.by_codes.isChecked():
            return self.first.typed, SecondProof(codes=(self.code_one.text(), self.code_two.text()))
        return self.first.typed, SecondProof(own=self.second.typed)

    def forget(self) -> None:
        """Forget it: it was for one act."""
        self.first.forget()
        self.second.forget()
        self.code_one.clear()
        self.code_two.clear()


class TwoPage(Page):
    """A page that ends with two people's own proofs."""

    help_topic = "two-people"

    both: TwoProofs
    """Not there where the page has nothing to sign."""

    def forget(self) -> None:
        """Forget what was typed of secrets."""
        if hasattr(self, "both"):
            self.both.forget()

    def refuse(self, words: str, job: Job) -> None:
        """Say why nothing was recorded; what was typed of secrets is forgotten."""
        self.forget()
        if self.primary is not None:
            self.primary.setEnabled(True)
        if is_wrong_proof(job):
            self.show_problems([(self.both.first.passphrase, words)])
        else:
            self.show_notice(words, NoticeKind.WARN)

    def _finish(self, problems: Problems) -> bool:
        fine = self.show_problems(problems)
        if fine and self.primary is not None:
            self.primary.setEnabled(False)
        return fine
