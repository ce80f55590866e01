"""Both sign what the case says now: each with their own passphrase, days apart if need be, then in ink."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import Proof, ProofFields
from dsl_desk.ui.scans import ScanAsk
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    CheckBox,
    Facts,
    Field,
    Kind,
    Notice,
    NoticeKind,
    SideBySide,
    SignatureBlock,
    Status,
    Text,
    TextArea,
    in_column,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerSeen:
    """One of the two, as the page shows them."""

    place: int
    name: str
    position: str
    signed: str = ""
    """Where and when they signed; empty where they have not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSeen:
    """What the signature covers."""

    reference: str
    facts: tuple[tuple[str, str], ...]
    signers: tuple[SignerSeen, ...]
    statement: str
    state: str
    complete: bool
    void: bool


class SignPanel(Page):
    """Two signature blocks; the first without a signature is asked.

    Signals: `sign_requested(Proof, agree, reasons)`, `read_requested`, `decline_requested(reasons)`, `ink_requested`,
    `scan_requested`.
    """

    help_topic = "signing"

    sign_requested = Signal(object, bool, str)
    read_requested = Signal()
    decline_requested = Signal(str)
    ink_requested = Signal()
    scan_requested = Signal()

    def __init__(self, seen: SignSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Sign the review record"),
            subtitle=self.tr(
                "Each reviewer signs alone, with their own passphrase; then both sign the printed form in ink."
            ),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            width=1270,
            parent=parent,
        )
        self.was_read = False
        if seen.void:
            self.add(
                Notice(
                    self.tr("The record has changed: {state}. Both sign anew.").format(state=seen.state),
                    kind=NoticeKind.WARN,
                ),
                space=0,
            )
        self.add(
            SideBySide(self._make_facts(seen), self._make_blocks(seen), ratio=(722, 500), gap=48, stacks_below=800)
        )

    def focus_first(self) -> None:
        """One begins with what is to be read, or above it; never at the signature, whatever is in sight."""
        self.scroller.verticalScrollBar().setValue(0)
        above = next(iter(self._head_order()), self.read)
        first = above if self.read.visibleRegion().isEmpty() else self.read
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_facts(self, seen: SignSeen) -> QWidget:
        part, column = in_column(Space.S)
        column.addWidget(Text(self.tr("What your signature covers"), Look.HEADING))
        column.addWidget(Facts(list(seen.facts)))
        self.read = Button(self.tr("Read the &whole record"), icon="file-text")
        self.read.clicked.connect(self.read_requested)
        column.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr(
            "A later change to any of these makes both signatures void, and the record says so. What follows, such as "
            "telling parents, never does."
        )
        column.addWidget(Text(words, role=Role.TEXT2))
        column.addStretch(1)
        return part

    def _make_blocks(self, seen: SignSeen) -> QWidget:
        part, column = in_column(Space.S)
        column.setSpacing(Space.M)
        self.proof: ProofFields | None = None
        asked_one = False
        for signer in seen.signers:
            capacity = self.tr("Reviewer {n}, {position}").format(n=signer.place, position=signer.position)
            asked = not (signer.signed or asked_one or seen.complete)
            asked_one = asked_one or asked
            if signer.signed:
                status = Status.of("circle-check", self.tr("Signed"), Role.OK, Role.OK_SOFT)
            elif asked:
                status = Status.of("signature", self.tr("Asked to sign"), Role.WAIT, Role.WAIT_SOFT)
            else:
                status = Status.of("circle", self.tr("Not signed"), Role.TEXT, Role.QUIET_SOFT)
            block = SignatureBlock(capacity, signer.name, signer.signed, status, asked=asked)
            if asked:
                self._ask(block, seen)
            column.addWidget(block)
        if seen.complete:
            self._offer_ink(column)
        column.addStretch(1)
        return part

    def _ask(self, block: SignatureBlock, seen: SignSeen) -> None:
        self.agree = CheckBox(seen.statement or self.tr("I was there for the review and have read this record."))
        self.proof = ProofFields(width=None)
        self.reasons = Field(self.tr("Why you do not agree"), TextArea(3))
        self.reasons.hide()
        self.sign = Button(self.tr("&Sign the record"), Kind.PRIMARY, icon="signature")
        self.primary = self.sign
        self.sign.clicked.connect(self.primary_requested)
        self.primary_requested.connect(self._on_sign)
        self.disagree = Button(self.tr("I do not agree with this record"), Kind.QUIET)
        self.disagree.clicked.connect(self._on_disagree)
        self.decline = Button(self.tr("I will not si&gn it"), Kind.QUIET)
        self.decline.clicked.connect(self._on_decline)
        self.decline.hide()
        for widget in (self.agree, self.proof):
            block.body.addSpacing(Space.XS)
            block.body.addWidget(widget)
        block.body.addWidget(self.reasons)
        block.body.addSpacing(Space.S)
        for button in (self.sign, self.disagree, self.decline):
            block.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _offer_ink(self, column: QVBoxLayout) -> None:
        words = self.tr("Both have signed. Print the form, sign it in ink, and attach the signed page here.")
        column.addWidget(Notice(words, kind=NoticeKind.OK, icon="circle-check"))
        self.ink = Button(self.tr("&Print the form for ink"), Kind.PRIMARY, icon="printer")
        self.ink.clicked.connect(self.ink_requested)
        self.ask_scan = ScanAsk(self.tr("&Attach the signed page…"))
        self.scan = self.ask_scan.button
        self.scan.clicked.connect(self._on_scan)
        column.addWidget(self.ink, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.ask_scan)

    def _on_scan(self) -> None:
        if self.show_problems(self.ask_scan.problems()):
            self.scan_requested.emit()

    def _on_disagree(self) -> None:
        self.reasons.show()
        self.decline.show()
        self.disagree.hide()
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sign(self) -> None:
        if self.proof is None:
            return
        found: list[tuple[QWidget, str]] = []
        if not self.was_read:
            found.append((self.read, self.tr("Read the whole record first")))
        if not self.agree.isChecked():
            found.append((self.agree, self.tr("Tick that you were there and have read it")))
        disagrees = self.reasons.isVisibleTo(self)
        if disagrees and not self.reasons.text().strip():
            found.append((self.reasons, self.tr("Enter why you do not agree")))
        found += self.proof.problems()
        if self.show_problems(found):
            typed: Proof = self.proof.typed
            self.sign.setEnabled(False)
            self.sign_requested.emit(typed, not disagrees, self.reasons.text().strip() if disagrees else "")
            self.proof.forget()

    def _on_decline(self) -> None:
        words = self.reasons.text().strip()
        if self.show_problems([] if words else [(self.reasons, self.tr("Enter why you will not sign"))]):
            self.decline_requested.emit(words)

    def show_refused(self, words: str, *, proof: bool = False) -> None:
        """Say why it was not signed."""
        if self.proof is not None:
            self.sign.setEnabled(True)
            self.proof.forget()
        if proof and self.proof is not None:
            self.show_problems([(self.proof.passphrase, words)])
        else:
            self.show_notice(words, NoticeKind.WARN)
