"""The place of a case: state in words, who must not be told, the steps, and beside them what happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.domain.finding import folded
from dsl_desk.domain.procedure import StepState
from dsl_desk.services.case_list import CaseState
from dsl_desk.services.case_next import StepLine
from dsl_desk.services.case_place import CaseSeen, StepGroup
from dsl_desk.services.case_things import ThingSeen
from dsl_desk.services.told import EntrySeen
from dsl_desk.ui.case.deadlines import MISSED, DueInCase
from dsl_desk.ui.case.elsewhere import seen_elsewhere
from dsl_desk.ui.case.menu import MenuButton
from dsl_desk.ui.case.stopped import StopInCase, next_label, now_words
from dsl_desk.ui.case.taken import TakenRoute
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space, State
from dsl_desk.ui.widgets import (
    Button,
    Chronology,
    ChronologyEntry,
    Facts,
    Field,
    Flow,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    Status,
    TaskGroup,
    TaskRow,
    Text,
    emptied,
    in_line,
)

STATES = {
    StepState.CANNOT_START: State.CANNOT_START,
    StepState.NOT_STARTED: State.NOT_STARTED,
    StepState.IN_PROGRESS: State.IN_PROGRESS,
    StepState.NEEDS_SECOND: State.NEEDS_SECOND,
    StepState.DONE: State.DONE,
    StepState.SKIPPED: State.SKIPPED,
    StepState.DOES_NOT_APPLY: State.DOES_NOT_APPLY,
}
_SHOWN = 60
"""Entries that are shown at once; the rest is found by its words."""


def head_status(state: CaseState) -> Status:
    """How the case stands, as a tag beside its reference."""
    match state:
        case CaseState.HALTED:
            return Status(State.HALTED, tag=True)
        case CaseState.POLICE_FIRST:
            return Status(State.HALTED, "Halted: police first", tag=True)
        case CaseState.NEEDS_SECOND:
            return Status(State.NEEDS_SECOND, tag=True)
        case CaseState.SIGNED:
            return Status(State.DONE, "Signed off", tag=True)
        case CaseState.CLOSED:
            return Status(State.DONE, "Closed", tag=True)
        case _:
            return Status(State.IN_PROGRESS, tag=True)


class CasePanel(Page):
    """One case; `show_case` fills it anew.

    Signals: `step_requested(StepLine)`, `act_requested(key)` for what is no step (a note, a call, a person),
    `pack_requested`, `hold_back_requested`, `stop_requested` (show the stop page again), `tell_requested`,
    `case_requested(strand)` (another case that names the same person or thing).
    """

    help_topic = "case"
    changes_held = True

    step_requested = Signal(object)
    act_requested = Signal(str)
    pack_requested = Signal()
    stop_requested = Signal()
    tell_requested = Signal()
    case_requested = Signal(object)

    def __init__(self, papers: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("Case"), subtitle=" ", parent=parent)
        self.title.set_mark()
        self._case: CaseSeen | None = None
        self._papers = papers
        self._entries: tuple[EntrySeen, ...] = ()
        self._next_row: TaskRow | None = None
        self._stood: tuple[object, ...] = ()
        self._tag_host = QWidget()
        self._tag_box = QHBoxLayout(self._tag_host)
        self._tag_box.setContentsMargins(0, 0, 0, 0)
        self.add_beside_title(self._tag_host)
        self.pack = Button(self.tr("Make a &pack…"), icon="package")
        self.pack.clicked.connect(self.pack_requested)
        self.go = Button(self.tr("&Go to the next step"), Kind.PRIMARY, icon_after="arrow-right", tall=False)
        self.go.clicked.connect(self._on_go)
        self.primary = self.go
        self.add_to_head(self.pack)
        self.add_to_head(self.go)
        self.held_change_requested.connect(lambda: self.act_requested.emit("hold_back"))
        self._steps = QVBoxLayout()
        self._steps.setContentsMargins(0, Space.S, 0, Space.S)
        self._steps.setSpacing(0)
        self._make_side()
        steps = QWidget()
        steps.setLayout(self._steps)
        self.set_panes(steps, self._side_host, side_width=432)

    def _make_side(self) -> None:
        self._side_host = QWidget()
        side = QVBoxLayout(self._side_host)
        side.setContentsMargins(0, Space.S, 0, Space.S)
        side.setSpacing(Space.M)
        self._elsewhere = QVBoxLayout()
        side.addLayout(self._elsewhere)
        self.record = MenuButton(self.tr("&Record something…"), icon="plus")
        self.record.picked.connect(self.act_requested)
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Chronology"), Look.HEADING), 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.record)
        side.addLayout(head)
        self.finder = Field(self.tr("Find in the chronology"), LineEdit(placeholder=self.tr("Find in the chronology")))
        self.finder.label.hide()
        self.finder.editor.textChanged.connect(lambda _: self._show_entries())
        side.addWidget(self.finder)
        self.chronology = Chronology(self.tr("Chronology, latest first"))
        side.addWidget(self.chronology)
        self.whole = Button(self.tr("The whole chronolog&y…"), icon="notebook-tabs")
        self.whole.clicked.connect(lambda: self.act_requested.emit("chronology"))
        side.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = Text("", Look.CAPTION, Role.TEXT2)
        side.addWidget(self._more)
        self._things = QVBoxLayout()
        self._things.setSpacing(Space.S)
        side.addLayout(self._things)
        side.addStretch(1)

    def focus_first(self) -> None:
        """To what is next."""
        self.go.setFocus() if self.go.isVisible() else super().focus_first()

    def shown(self) -> None:
        """Bring what is new into sight: a stop, or the step that is next; otherwise all stays where it was left."""
        case = self._case
        if case is None or self._panes is None:
            return
        stands = (case.reference, case.stop_words, case.next.id if case.next else "")
        if stands != self._stood:
            self._stood = stands
            self._panes.bring(None if case.stop_words else self._next_row)

    def show_case(self, case: CaseSeen) -> None:
        """Show the case as it stands now."""
        self._case, self._entries = case, case.entries
        self.set_title(case.reference)
        self.set_subtitle(case.subtitle)
        emptied(self._tag_box)
        self._tag_box.addWidget(head_status(case.state))
        label = next_label(case.after)
        self.go.setVisible(bool(label))
        if label:
            self.go.set_label(label)
        self._show_steps(case)
        self._show_elsewhere(case)
        self._show_entries()
        self._show_things(case)

    def _show_steps(self, case: CaseSeen) -> None:
        emptied(self._steps)
        self._next_row = None
        if case.stop_words:
            self._steps.addWidget(Notice("\n".join(case.stop_words), kind=NoticeKind.STOP, icon="octagon-x"))
            self._steps.addSpacing(Space.S)
            again = Button(self.tr("&Show what to do now"), icon="octagon-x")
            again.clicked.connect(self.stop_requested)
            advice = Button(self.tr("How it opens &again…"), Kind.QUIET, icon="users-round")
            advice.clicked.connect(lambda: self.act_requested.emit("apply_advice"))
            self._steps.addSpacing(Space.XS)
            both = QWidget()  # one under the other where the pane is narrow
            line = Flow(both, gap=Space.L)
            line.add(again)
            line.add(advice)
            self._steps.addWidget(both)
            self._steps.addSpacing(Space.L)
        if words := now_words(case.after):
            self._steps.addWidget(Notice(words, icon="hand"))
            self._steps.addSpacing(Space.L)
        if case.stop.ring or case.stop.copies:
            self._steps.addWidget(StopInCase(case.stop, self.act_requested.emit))
        if not case.told:
            tell = Button(self.tr("&Write down what you were told"), icon="pen-line")
            tell.clicked.connect(self.tell_requested)
            self._steps.addWidget(in_line(tell))
            self._steps.addSpacing(Space.M)
        if case.taken is not None:
            self._steps.addWidget(TakenRoute(case.taken, lambda: self.act_requested.emit("route")))
        if case.deadlines:
            self._steps.addWidget(DueInCase(case.deadlines, lambda: self.act_requested.emit(MISSED)))
        for group in case.groups:
            self._steps.addWidget(self._group(group))
        self._steps.addStretch(1)

    def _group(self, group: StepGroup) -> TaskGroup:
        return TaskGroup(group.title, group.summary, [self._task(line) for line in group.steps], folded=group.folded)

    def _task(self, line: StepLine) -> TaskRow:
        row = TaskRow(str(line.number), line.title, line.next, STATES[line.state], opens=line.opens)
        row.opened.connect(lambda line=line: self.step_requested.emit(line))
        if self._case is not None and self._case.next is not None and self._case.next.id == line.id:
            self._next_row = row
        return row

    def _show_entries(self) -> None:
        wanted = folded(self.finder.text()).split()
        fitting = [entry for entry in self._entries if _fits(entry, wanted) and (wanted or not entry.quiet)]
        self.chronology.show_entries(
            [
                ChronologyEntry(
                    title=entry.title,
                    second=" · ".join(part for part in (entry.day, entry.who, entry.corrected) if part),
                    icon=entry.icon,
                    role=Role.DANGER if entry.kind == "halted" else Role.TEXT,
                    struck=bool(entry.corrected),
                )
                for entry in fitting[:_SHOWN]
            ]
        )
        rest = len(fitting) - _SHOWN
        words = self.tr("{n} earlier entries: find them by their words.").format(n=rest) if rest > 0 else ""
        self._more.set_words(words or ("" if fitting else self.tr("No entry has these words.")))

    def _show_things(self, case: CaseSeen) -> None:
        emptied(self._things)
        people = [ThingSeen(title=person.name, second=person.second) for person in case.people]
        sections: tuple[tuple[str, Sequence[ThingSeen], str, Button], ...] = (
            (self.tr("People"), people, self.tr("Nobody is named yet."), self._act("person", self.tr("Add a person…"))),
            (self.tr("Exhibits"), case.exhibits, self.tr("No exhibit is held."),
             self._act("material", self.tr("Take in what was brought…"))),
            (self.tr("Referrals"), case.referrals, self.tr("Nothing is referred, and no reason why not is written."),
             self._act("referral", self.tr("Refer it, or say why not…"))),
            (self.tr("Papers and packs"), case.papers, self.tr("Nothing is printed or handed over yet."),
             self._print_menu()),
        )  # fmt: skip
        for title, things, nothing, button in sections:
            self._things.addSpacing(Space.S)
            self._things.addWidget(Text(title, Look.HEADING))
            if things:
                self._things.addWidget(Facts([(thing.title, thing.second) for thing in things], key_width=130))
            else:
                self._things.addWidget(Text(nothing, role=Role.TEXT2))
            self._things.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if things is case.exhibits and things:
                one = self._act("exhibits", self.tr("Look at one, or say where it went…"), icon="eye")
                self._things.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_elsewhere(self, case: CaseSeen) -> None:
        """What other cases name too; nothing at all where there is none, or none that this person may open."""
        emptied(self._elsewhere)
        if case.elsewhere:
            self._elsewhere.addWidget(seen_elsewhere(case.elsewhere, self.case_requested.emit))

    def _act(self, key: str, words: str, *, icon: str = "plus") -> Button:
        button = Button(words, Kind.QUIET, icon=icon)
        button.clicked.connect(lambda: self.act_requested.emit(key))
        return button

    def _print_menu(self) -> Button:
        button = MenuButton(self.tr("Print a paper…"), self._papers, icon="printer")
        button.picked.connect(lambda key: self.act_requested.emit(f"print:{key}"))
        return button

    def _on_go(self) -> None:
        after = self._case.after if self._case is not None else None
        if after is not None and after.step is not None:
            self.step_requested.emit(after.step)
        elif after is not None and after.act is not None:
            self.act_requested.emit(after.act.value)


def _fits(entry: EntrySeen, wanted: Sequence[str]) -> bool:
    words = folded(f"{entry.title} {entry.day} {entry.who} {entry.kind}")
    return all(word in words for word in wanted)
