"""The register of packs, and one pack of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.finding import folded
from dsl_desk.domain.words import PackKind
from dsl_desk.services.packs import PackLine
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.scans import ScanAsk
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    Cell,
    CellLook,
    Column,
    Facts,
    Field,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    SideBySide,
    Status,
    Table,
    Text,
    TextArea,
    Verdict,
    emptied,
    in_column,
)

KINDS = {
    PackKind.SIGNED_OFF: "Signed off",
    PackKind.AS_IT_STANDS: "As it stands",
    PackKind.STOPPED: "Stopped",
}


class PacksPanel(Page):
    """Every pack that was made, the latest first.

    Signals: `pack_requested(PackLine)`, `verify_requested` (a pack from any folder).
    """

    help_topic = "packs"
    about_case = False
    pack_requested = Signal(object)
    verify_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.PLACE,
            self.tr("Packs"),
            subtitle=self.tr("What was handed over, to whom, and who signed for it."),
            parent=parent,
        )
        self._lines: tuple[PackLine, ...] = ()
        self._shown: tuple[PackLine, ...] = ()
        self.verify = Button(self.tr("&Verify a pack from a folder…"), icon="shield-check")
        self.verify.clicked.connect(self.verify_requested)
        self.add_to_head(self.verify)
        self.finder = Field(self.tr("&Find a pack"), LineEdit(), width=400)
        self.finder.editor.textChanged.connect(lambda _: self._show())
        self.none = Text("", role=Role.TEXT2)
        self.table = Table(
            self.tr("Packs, the latest first"),
            [
                Column(title=self.tr("Case"), width=140),
                Column(title=self.tr("Pack"), width=56, right=True),
                Column(title=self.tr("Kind"), width=120, narrow=False),
                Column(title=self.tr("Made"), width=216, narrow=False),
                Column(title=self.tr("For")),
                Column(title=self.tr("Receipt"), width=210),
            ],
        )
        self.table.row_opened.connect(lambda row: self.pack_requested.emit(self._shown[row]))
        self.result = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self.result)
        self.result.setContentsMargins(0, 0, 0, 0)
        self.add(holder, space=0)
        self.add(self.finder, space=Space.S)
        self.add(self.none, space=Space.S)
        self.add(self.table, space=Space.S)

    def focus_first(self) -> None:
        """To the search."""
        self.finder.setFocus()

    def show_packs(self, lines: Sequence[PackLine]) -> None:
        """Show these."""
        self._lines = tuple(lines)
        self._show()

    def _show(self) -> None:
        wanted = folded(self.finder.text()).split()
        self._shown = tuple(line for line in self._lines if all(word in _words(line) for word in wanted))
        self.none.set_words("" if self._shown else self._nothing())
        self.none.setVisible(not self._shown)
        self.table.show_rows([self._cells(line) for line in self._shown])

    def _nothing(self) -> str:
        if self._lines:
            return self.tr("No pack has these words.")
        return self.tr("No pack was made yet. A pack is made from its case.")

    def _cells(self, line: PackLine) -> list[Cell]:
        return [
            Cell(line.reference, CellLook.MARK),
            Cell(str(line.number)),
            Cell(KINDS[line.kind]),
            Cell(line.made, role=Role.TEXT2),
            Cell(line.recipient),
            Cell(receipt_words(line), role=Role.TEXT if line.receipt else Role.TEXT2),
        ]

    def show_verdict(self, *, good: bool, lines: Sequence[str]) -> None:
        """What the check of a folder came to."""
        emptied(self.result)
        self.result.addWidget(verdict(good=good, lines=lines))


class PackPanel(Page):
    """One pack: what is known of it, a further check, and who signed for it.

    Signals: `verify_requested`, `receipt_requested(by, reference)`, `scan_requested(by, reference)`,
    `lost_requested(reason)`, `case_requested`.
    """

    help_topic = "receipt"
    verify_requested = Signal()
    receipt_requested = Signal(str, str)
    scan_requested = Signal(str, str)
    lost_requested = Signal(str)
    case_requested = Signal()

    def __init__(self, line: PackLine, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Pack {no} of {ref}").format(no=line.number, ref=line.reference),
            subtitle=f"{KINDS[line.kind]} · {line.made}",
            back=self.tr("Back to the packs"),
            width=1100,
            parent=parent,
        )
        self._line = line
        self.verdict: QWidget | None = None
        self._top = QVBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        top = QWidget()
        top.setLayout(self._top)
        self.add(top, space=0)
        self.add(
            SideBySide(self._make_receipt(line), self._make_facts(line), ratio=(600, 440), gap=48, stacks_below=800)
        )
        self.set_primary(self.tr("&Verify it again…"), icon="shield-check")
        self.primary_requested.connect(self.verify_requested)
        self.add_action(self.tr("&Open the case")).clicked.connect(self.case_requested)

    def _make_facts(self, line: PackLine) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Text(self.tr("In the register of packs"), Look.HEADING))
        if line.sealed:
            state = Status.of("circle-check", line.state, Role.OK, Role.OK_SOFT)
        else:
            state = Status.of("triangle-alert", line.state, Role.WARN, Role.WARN_SOFT)
        column.addWidget(
            Facts(
                [
                    (self.tr("For"), line.recipient),
                    (self.tr("Medium"), line.medium),
                    (self.tr("Way"), self.tr("Encrypted ZIP") if line.encrypted else self.tr("As it is")),
                    (self.tr("State"), state),
                    (self.tr("Fingerprint"), line.fingerprint or "–"),
                    (self.tr("Receipt"), receipt_words(line)),
                ],
                key_width=120,
            )
        )
        column.addStretch(1)
        return part

    def _make_receipt(self, line: PackLine) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Text(self.tr("Who signed for it"), Look.HEADING))
        self.received_by = Field(
            self.tr("&Received by"), LineEdit(line.receipt), width=400, hint=self.tr("Name, rank or number, force.")
        )
        self.reference = Field(self.tr("Their re&ference"), LineEdit(), width=400, optional=True)
        self.record = Button(self.tr("Record the rece&ipt"))
        self.ask = ScanAsk(self.tr("Attach the signed receip&t…"))
        self.record.clicked.connect(self._on_record)
        self.ask.button.clicked.connect(self._on_scan)
        for widget in (self.received_by, self.reference, self.record, self.ask):
            column.addWidget(widget, 0)
        if not line.sealed:
            column.addWidget(
                Notice(self.tr("It never came to an end, so nobody can sign for it."), kind=NoticeKind.WARN)
            )
            for widget in (self.received_by, self.reference, self.record, self.ask):
                widget.hide()
        column.addSpacing(Space.M)
        self.reason: Field[TextArea] = Field(self.tr("Why it cannot be f&ound"), TextArea(2))
        self.reason.hide()
        self.lost = Button(self.tr("It is &lost…"), Kind.QUIET)
        self.lost.clicked.connect(self._on_lost)
        column.addWidget(self.reason)
        column.addWidget(self.lost)
        column.addStretch(1)
        return part

    def _who_missing(self) -> list[tuple[QWidget, str]]:
        empty = not self.received_by.text().strip()
        return [(self.received_by, self.tr("Enter who signed for it"))] if empty else []

    def _on_record(self) -> None:
        if self.show_problems(self._who_missing()):
            self.receipt_requested.emit(self.received_by.text().strip(), self.reference.text().strip())

    def _on_scan(self) -> None:
        if self.show_problems([*self._who_missing(), *self.ask.problems()]):
            self.scan_requested.emit(self.received_by.text().strip(), self.reference.text().strip())

    def _on_lost(self) -> None:
        words = self.reason.text().strip()
        if not self.reason.isVisibleTo(self):
            self.reason.show()
            self.lost.set_label(self.tr("Record that it is &lost"))
            self.reason.setFocus()
        elif self.show_problems([] if words else [(self.reason, self.tr("Write why it cannot be found"))]):
            self.lost_requested.emit(words)

    def show_verdict(self, *, good: bool, lines: Sequence[str]) -> None:
        """What another look at the medium came to."""
        if self.verdict is not None:
            self.verdict.hide()
            self.verdict.deleteLater()
        self.verdict = verdict(good=good, lines=lines)
        self._top.addWidget(self.verdict)


def receipt_words(line: PackLine) -> str:
    """Who signed for it, and whether its scan is there."""
    if not line.receipt:
        return "Not back yet" if line.sealed else "–"
    return f"{line.receipt}, with its scan" if line.has_scan else f"{line.receipt}, no scan yet"


def verdict(*, good: bool, lines: Sequence[str]) -> QWidget:
    """A verdict in words."""
    if good:
        words = "Every file is what was sealed, and every signature holds. Compare the fingerprint with the receipt."
        return Verdict(True, "Verified: complete and unchanged", words)
    return Verdict(False, "This is not a whole, unchanged pack", " ".join(lines[:4]))


def _words(line: PackLine) -> str:
    parts = (line.reference, line.recipient, line.medium, line.made, line.receipt, line.state, KINDS[line.kind])
    return folded(" ".join(parts))
