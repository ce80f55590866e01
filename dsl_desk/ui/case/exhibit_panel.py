"""The exhibits of a case, one at a time: what it is, shown for a stated reason, and where it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.case_words import ContinuityAction
from dsl_desk.ui.awaited import Awaited
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    Chronology,
    ChronologyEntry,
    Covered,
    Dropdown,
    Facts,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    SideBySide,
    Text,
    in_column,
)

SECONDS_SHOWN = 20
ACTIONS = (
    (ContinuityAction.MOVED, "Moved"), (ContinuityAction.SEALED, "Sealed"), (ContinuityAction.COPIED, "Copied"),
    (ContinuityAction.VERIFIED, "Checked against its digest"), (ContinuityAction.HANDED_OVER, "Handed over"),
    (ContinuityAction.RETURNED, "Given back"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitShown:
    """One exhibit as this page shows it."""

    mark: str
    facts: tuple[tuple[str, str], ...]
    closed: str
    """Why its content cannot be shown; empty where it can."""
    shows: str
    """What it shows, in the words of whoever took it in."""
    way: tuple[tuple[str, str], ...]
    """What happened to it, the latest first: a title and a line below it."""
    redactable: bool = False
    """Whether a redacted copy can be made of it now."""
    to_destroy: bool = False
    """Whether the police advised to destroy it."""
    faults: tuple[str, ...] = ()
    """Where its continuity does not hold, in sentences."""


class OneExhibitPanel(Page):
    """The exhibits of a case, one at a time.

    Signals: `chosen(mark)`, `uncover_requested(mark, reason)`, `moved(mark, action, from, to, witness, reason)`,
    `redact_requested(mark)`, `destroy_requested(mark)`.
    """

    help_topic = "exhibits"
    chosen = Signal(str)
    uncover_requested = Signal(str, str)
    moved = Signal(str, object, str, str, str, str)
    redact_requested = Signal(str)
    destroy_requested = Signal(str)

    def __init__(
        self, reference: str, marks: Sequence[tuple[str, str]], shown: ExhibitShown, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Exhibit {mark}").format(mark=shown.mark),
            back=self.tr("Back to {ref}").format(ref=reference),
            width=1100,
            parent=parent,
        )
        self._shown, self._left_s = shown, 0
        self._picture: QImage | None = None
        self._awaited = Awaited()
        self.which = Field(self.tr("&Which exhibit"), Dropdown(list(marks)), width=440)
        self.which.editor.set_key(shown.mark)
        self.which.editor.currentIndexChanged.connect(lambda _: self.chosen.emit(self.which.editor.key))
        if len(marks) > 1:
            self.add(self.which, space=0)
        self.add(
            SideBySide(self._make_picture(shown), self._make_way(shown), ratio=(560, 440), gap=48, stacks_below=800),
            space=0 if len(marks) < 2 else Space.M,
        )
        self.set_primary(self.tr("Record where it &went"))
        self.primary_requested.connect(self._on_moved)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.tick)

    def _make_picture(self, shown: ExhibitShown) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Facts(list(shown.facts), key_width=120))
        self.covered = Covered(shown.mark, self.tr("Each uncovering is recorded."), can_uncover=not shown.closed)
        self.covered.setMinimumHeight(220)
        self.covered.uncover_requested.connect(self._on_uncover)
        self.covered.cover_requested.connect(self.cover)
        self.reason = Field(self.tr("Wh&y is it uncovered?"), LineEdit(), hint=self.tr("It stands on record."))
        self.show_it = Button(self.tr("Show it for {n} seconds").format(n=SECONDS_SHOWN), icon="eye")
        self.show_it.clicked.connect(self._on_show)
        if shown.closed:
            column.addWidget(Notice(shown.closed, kind=NoticeKind.STOP, icon="octagon-x"))
        for widget in (self.covered, self.reason, self.show_it):
            column.addWidget(widget)
        self.covered.setVisible(not shown.closed)
        self.reason.hide()
        self.show_it.hide()
        self.redact = Button(self.tr("Make a re&dacted copy…"), icon="pen-line")
        self.redact.clicked.connect(lambda: self.redact_requested.emit(shown.mark))
        self.destroy_it = Button(self.tr("Destroy it, as the police ad&vised…"), icon="octagon-x")
        self.destroy_it.clicked.connect(lambda: self.destroy_requested.emit(shown.mark))
        for button, wanted in ((self.redact, shown.redactable), (self.destroy_it, shown.to_destroy)):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.setVisible(wanted)
        column.addStretch(1)
        return part

    def _make_way(self, shown: ExhibitShown) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Text(self.tr("Where it went"), Look.HEADING))
        if shown.faults:
            told = self.tr("This way does not hold together: {faults}. Record nothing more; check everything on Home.")
            column.addWidget(Notice(told.format(faults="; ".join(shown.faults)), kind=NoticeKind.WARN))
        way = Chronology(self.tr("What happened to it, the latest first"))
        way.show_entries([ChronologyEntry(title=title, second=second) for title, second in shown.way])
        if not shown.way:
            column.addWidget(Text(self.tr("It is where it came in."), role=Role.TEXT2))
        column.addWidget(way)
        options = [("", self.tr("Choose…")), *((action.value, words) for action, words in ACTIONS)]
        self.action = Field(self.tr("What &happened"), Dropdown(options), width=320)
        self.from_whom = Field(self.tr("&From whom or where"), LineEdit())
        self.to_whom = Field(self.tr("&To whom or where"), LineEdit())
        self.witness = Field(self.tr("&Seen by"), LineEdit(), optional=True)
        self.why = Field(self.tr("Reaso&n"), LineEdit(), optional=True)
        for field in (self.action, self.from_whom, self.to_whom, self.witness, self.why):
            column.addWidget(field)
        column.addStretch(1)
        return part

    # -- the picture

    def _on_uncover(self) -> None:
        self.reason.show()
        self.show_it.show()
        self.reason.setFocus()

    def _on_show(self) -> None:
        words = self.reason.text().strip()
        if self.show_problems([] if words else [(self.reason, self.tr("Write why it is uncovered"))]):
            self.show_it.setEnabled(False)
            self._awaited.ask()
            self.uncover_requested.emit(self._shown.mark, words)

    def show_picture(self, picture: QImage) -> None:
        """Show it for a counted time."""
        self.show_it.setEnabled(True)
        if not self._awaited.comes() or not self.isVisible():
            return
        self.reason.hide()
        self.show_it.hide()
        self.reason.set_text("")
        self._picture, self._left_s = picture, SECONDS_SHOWN
        self.covered.show_picture(picture, self._left_s)
        self._tick.start()

    def tick(self) -> None:
        """One second less."""
        self._left_s -= 1
        if self._picture is None or self._left_s <= 0:
            self.cover()
        else:
            self.covered.show_picture(self._picture, self._left_s)

    def cover(self) -> None:
        """Cover it at once and forget the picture, also one that is still to come."""
        self._awaited.cover()
        self._picture, self._left_s = None, 0
        self._tick.stop()
        if not self.covered.is_covered:
            self.covered.cover()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not looked at is not shown."""
        super().hideEvent(event)
        self.cover()

    def show_refused(self, words: str) -> None:
        """Say why not."""
        self.show_it.setEnabled(True)
        self.show_notice(words, NoticeKind.WARN)

    # -- where it went

    def _on_moved(self) -> None:
        found: list[tuple[QWidget, str]] = []
        for field, words in (
            (self.action, self.tr("Choose what happened")),
            (self.from_whom, self.tr("Enter from whom or where")),
            (self.to_whom, self.tr("Enter to whom or where")),
        ):
            empty = not (field.editor.key if isinstance(field.editor, Dropdown) else field.text().strip())
            if empty:
                found.append((field, words))
        if self.show_problems(found):
            said = (field.text().strip() for field in (self.from_whom, self.to_whom, self.witness, self.why))
            self.moved.emit(self._shown.mark, ContinuityAction(self.action.editor.key), *said)
