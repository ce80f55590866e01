"""One item of a register: what it says now, how it stands, and everything that was ever recorded of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.register_items import Mood
from dsl_desk.services.register_values import ItemSeen
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.registers.panel import MOODS
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Facts, Kind, Notice, NoticeKind, SideBySide, Status, Text, in_column


class ItemPanel(Page):
    """One item.

    Signals: `stage_requested(id)`, `correct_requested`, `close_requested`, `print_requested`, `act_requested(ItemAct)`.
    """

    help_topic = "registers"
    stage_requested = Signal(str)
    correct_requested = Signal()
    close_requested = Signal()
    print_requested = Signal()
    act_requested = Signal(object)

    def __init__(self, seen: ItemSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT, seen.title, subtitle=seen.kind.title, back=seen.kind.title, width=1100, parent=parent
        )
        self.help_topic = seen.kind.topic
        self.status = Status(MOODS[seen.standing.mood], seen.standing.words, tag=True)
        self.add_beside_title(self.status)
        both = SideBySide(self._said(seen), self._history(seen), ratio=(640, 400), gap=48, stacks_below=800)
        for number, part in enumerate((*self._notices(seen), both)):
            self.add(part, space=Space.M if number else 0)
        self._offer(seen)

    def _notices(self, seen: ItemSeen) -> list[QWidget]:
        """What falls due, whose turn it is, what else there is to know."""
        found: list[QWidget] = []
        if seen.due_words:
            late = seen.standing.mood is Mood.LATE
            found.append(Notice(seen.due_words, kind=NoticeKind.WARN if late else NoticeKind.GUIDE, icon="timer"))
        if seen.waits_for_others:
            words = self.tr("The next part is for {who}.").format(who=seen.waits_for_others)
            found.append(Notice(words, kind=NoticeKind.PLAIN))
        return [*found, *(Notice(words, icon="users-round") for words in seen.notices)]

    def _offer(self, seen: ItemSeen) -> None:
        if seen.next:
            first = seen.next[0]
            self.set_primary(first.act)
            self.primary_requested.connect(lambda: self.stage_requested.emit(first.id))
        for stage in seen.next[1:]:
            self.add_action(stage.act).clicked.connect(lambda _=False, name=stage.id: self.stage_requested.emit(name))
        for act in seen.acts:
            self.add_action(act.act).clicked.connect(lambda _=False, act=act: self.act_requested.emit(act))
        if seen.may_close and seen.kind.closing is not None:
            self.add_action(seen.kind.closing.act).clicked.connect(self.close_requested)
        self.add_action(self.tr("Corr&ect…"), Kind.QUIET).clicked.connect(self.correct_requested)
        self.add_action(self.tr("&Print…"), Kind.QUIET).clicked.connect(self.print_requested)

    def _said(self, seen: ItemSeen) -> QWidget:
        part, column = in_column(Space.XS)
        for section in seen.sections:
            column.addWidget(Text(section.stage.done, Look.HEADING))
            column.addWidget(Facts(list(section.facts), key_width=166))
            column.addSpacing(Space.M)
        column.addStretch(1)
        return part

    def _history(self, seen: ItemSeen) -> QWidget:
        part, column = in_column(Space.XS)
        column.addWidget(Text(self.tr("What was recorded, and when"), Look.HEADING))
        for told in reversed(seen.history):
            column.addWidget(Text(told.what, Look.STRONG))
            column.addWidget(Text(f"{told.when} · {told.by}", role=Role.TEXT2))
            for label, said in told.before:
                words = self.tr("{label} was: {said}").format(label=label, said=said)
                column.addWidget(Text(words))
            column.addSpacing(Space.S)
        column.addStretch(1)
        return part
