"""A pack is being written: how far it is, and how to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.services.handover import Handover
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Facts, ProgressBar, SideBySide, StageList, StageState, Text

GATHER, WRITE, READ_BACK, NAME = range(4)


class WritingPanel(Page):
    """Progress of one pack.

    Signals: `cancel_requested`.
    """

    help_topic = "packs"

    cancel_requested = Signal()

    def __init__(self, reference: str, number: int, plan: Handover, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Making pack {no}").format(no=number),
            subtitle=self.tr("{ref} · onto {medium}").format(ref=reference, medium=plan.medium),
            width=1270,
            parent=parent,
        )
        left, column = QWidget(), QVBoxLayout()
        left.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.said = Text(self.tr("Gathering what the pack holds"), Look.HEADING)
        self.bar = ProgressBar(self.tr("How far the pack is"))
        to_come = StageState.TO_COME
        self.stages = StageList([
            (self.tr("Gather what the pack holds"), "", StageState.RUNNING),
            (self.tr("Write to the medium and seal"), "", to_come),
            (self.tr("Read back and verify as a stranger would"), "", to_come),
            (self.tr("Name it and enter it in the register"), "", to_come),
        ])  # fmt: skip
        for widget in (self.said, self.bar, self.stages):
            column.addWidget(widget)
        column.addWidget(
            Text(
                self.tr("Leave the medium in. A cancelled pack is removed from it, and the record says so."),
                role=Role.TEXT2,
            )
        )
        column.addStretch(1)
        right, facts = QWidget(), QVBoxLayout()
        right.setLayout(facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.addWidget(Text(self.tr("What is being made"), Look.HEADING))
        facts.addWidget(
            Facts(
                [(self.tr("Goes to"), plan.recipient_name or plan.recipient), (self.tr("Medium"), plan.medium)],
                key_width=126,
            )
        )
        facts.addStretch(1)
        self.add(SideBySide(left, right, ratio=(814, 400), stacks_below=800), space=0)
        self.cancel = self.add_action(self.tr("&Cancel this pack"))
        self.cancel.clicked.connect(self._on_cancel)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is written; once all is, it is being read back."""
        self.bar.show_part(done, total)
        self.stages.set_stage(GATHER, StageState.DONE)
        if done < total:
            self.stages.set_stage(WRITE, StageState.RUNNING, self._size(done, total))
            self.said.set_words(self.tr("Writing to the medium"))
        else:
            self.stages.set_stage(WRITE, StageState.DONE, self._size(total, total))
            self.stages.set_stage(READ_BACK, StageState.RUNNING)
            self.said.set_words(self.tr("Reading back and verifying"))

    def _size(self, done: int, total: int) -> str:
        return self.tr("{done} of {total} MB").format(done=f"{done / 1e6:.1f}", total=f"{total / 1e6:.1f}")

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.said.set_words(self.tr("Ending this pack"))
        self.cancel_requested.emit()
