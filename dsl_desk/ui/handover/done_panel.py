"""A pack stands on its medium: what the check says, what comes next, and who signed for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.domain.words import PackKind
from dsl_desk.services.material import PackFacts
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.scans import ScanAsk
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    Facts,
    Field,
    Flow,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    SideBySide,
    Status,
    Text,
    Verdict,
    in_column,
)

_KINDS = {PackKind.SIGNED_OFF: "Signed off", PackKind.AS_IT_STANDS: "As it stands", PackKind.STOPPED: "Stopped"}


class DonePanel(Page):
    """A finished pack.

    Signals: `receipt_print_requested`, `cover_print_requested`, `officer_print_requested`, `verify_requested`,
    `receipt_requested`, `receipt_scan_requested`.
    """

    help_topic = "receipt"

    receipt_print_requested = Signal()
    cover_print_requested = Signal()
    officer_print_requested = Signal()
    verify_requested = Signal()
    receipt_requested = Signal()
    receipt_scan_requested = Signal()

    def __init__(self, reference: str, facts: PackFacts, archive_code: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Pack {no} for {who}").format(no=facts.number, who=facts.recipient),
            subtitle=f"{_KINDS[facts.kind]} · {reference}",
            back=self.tr("Back to {ref}").format(ref=reference),
            width=1270,
            parent=parent,
        )
        self._facts = facts
        self.verdict = Verdict(
            True,
            self.tr("Verified: complete and unchanged"),
            self.tr("All {n} files were read back from {medium} and agree with what was sealed.").format(
                n=facts.files, medium=facts.medium
            ),
        )
        self.add(self.verdict, space=0)
        self.again: QWidget | None = None
        if archive_code:
            words = self.tr(
                "The ZIP opens with {code}. It is shown this once and kept nowhere. Give it by telephone. The folder "
                "beside the ZIP is not locked: send the ZIP alone, and lock this stick away."
            )
            self.code = Notice(words.format(code=archive_code), kind=NoticeKind.WARN, icon="lock")
            self.add(self.code)
        self.add(SideBySide(self._make_next(), self._make_facts(facts), ratio=(722, 440), gap=48, stacks_below=800))
        self.set_primary(self.tr("&Print the receipt"), icon="printer")
        self.primary_requested.connect(self.receipt_print_requested)
        self.verify = self.add_action(self.tr("Verify a&gain"), Kind.QUIET)
        self.verify.clicked.connect(self.verify_requested)

    def focus_first(self) -> None:
        """To what comes next; the verdict above it stays in sight."""
        if self.primary is not None:
            self.primary.setFocus()

    def _make_next(self) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Text(self.tr("Next: hand it over"), Look.HEADING))
        for number, words in enumerate(
            (
                self.tr("Print the receipt and the officer summary."),
                self.tr("Put the stick in a sealed bag; write the seal number on the receipt."),
                self.tr("Give the passphrase of the stick another way: by telephone, not in the bag."),
                self.tr("When somebody has signed for it, record the receipt below."),
            ),
            1,
        ):
            column.addWidget(Text(f"{number}   {words}"))
        column.addWidget(self._make_papers())
        column.addSpacing(Space.S)
        column.addWidget(Text(self.tr("Who signed for it"), Look.HEADING))
        self.received_by = Field(
            self.tr("&Received by"), LineEdit(), width=400, hint=self.tr("Name, rank or number, force.")
        )
        self.reference = Field(self.tr("Their re&ference"), LineEdit(), width=400, optional=True)
        self.record = Button(self.tr("Record the rece&ipt"))
        self.record.clicked.connect(self._on_record)
        self.ask_scan = ScanAsk(self.tr("Attach the signed receip&t…"))
        self.ask_scan.button.clicked.connect(self._on_scan)
        for widget in (self.received_by, self.reference, self.record, self.ask_scan):
            column.addWidget(widget)
        column.addStretch(1)
        return part

    def _make_papers(self) -> QWidget:
        """The papers beside the receipt: here and not below, where four buttons would take half of a short window."""
        host = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        host.setSizePolicy(policy)
        line = Flow(host, gap=Space.M)
        self.cover = Button(self.tr("Print the co&ver sheet"), icon="printer")
        self.officer = Button(self.tr("Print the &officer summary"), icon="printer")
        self.cover.clicked.connect(self.cover_print_requested)
        self.officer.clicked.connect(self.officer_print_requested)
        for button in (self.cover, self.officer):
            line.add(button)
        return host

    def _make_facts(self, facts: PackFacts) -> QWidget:
        part, column = QWidget(), QVBoxLayout()
        part.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Text(self.tr("In the register of packs"), Look.HEADING))
        self.receipt = Status.of("circle-dot", self.tr("Not back yet"), Role.INK, Role.ACCENT_SOFT)
        column.addWidget(
            Facts(
                [
                    (self.tr("Folder"), facts.name),
                    (
                        self.tr("Size"),
                        self.tr("{mb} MB, {n} files").format(mb=f"{facts.size / 1e6:.1f}", n=facts.files),
                    ),
                    (self.tr("Fingerprint"), facts.fingerprint),
                    (self.tr("Record as it stands"), self.tr("Entry {n}").format(n=facts.entries)),
                    (self.tr("Receipt"), self.receipt),
                ],
                key_width=136,
            )
        )
        column.addStretch(1)
        return part

    def _on_record(self) -> None:
        empty = not self.received_by.text().strip()
        if self.show_problems([(self.received_by, self.tr("Enter who signed for it"))] if empty else []):
            self.record.setEnabled(False)
            self.receipt_requested.emit()

    def _on_scan(self) -> None:
        empty = not self.received_by.text().strip()
        found: list[tuple[QWidget, str]] = [(self.received_by, self.tr("Enter who signed for it"))] if empty else []
        if self.show_problems([*found, *self.ask_scan.problems()]):
            self.receipt_scan_requested.emit()

    def show_receipt(self, *, scanned: bool = False) -> None:
        """Somebody signed for it, and that stands in the record."""
        words = self.tr("Recorded, with its scan") if scanned else self.tr("Recorded")
        self.receipt.set_parts("circle-check", words, Role.OK, Role.OK_SOFT)
        attached = self.tr("The signed receipt is attached.")
        self.show_notice(attached if scanned else self.tr("The receipt is recorded."))

    def show_refused(self, words: str) -> None:
        """Say why not."""
        self.record.setEnabled(True)
        self.verify.setEnabled(True)
        self.show_notice(words, NoticeKind.WARN)

    def show_verified(self, *, good: bool, lines: list[str]) -> None:
        """What another look at the medium came to."""
        self.verify.setEnabled(True)
        if good:
            self.show_notice(self.tr("Verified again: every file is what was sealed, and every signature holds."))
        else:
            self.show_notice(" ".join(lines[:4]), NoticeKind.STOP)
