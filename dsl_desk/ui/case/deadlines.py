"""What is due in a case: a part of its place, and the page on which somebody writes why something was missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.deadlines import Standing
from dsl_desk.services.deadline_words import DeadlineSeen
from dsl_desk.ui.case.asks import Form, pick, text
from dsl_desk.ui.case.choices import CaseDesk, Offered
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Button, Facts, Kind, Notice, NoticeKind, Text

_LONGEST = 60
MISSED = "missed"
"""The act of writing down why a deadline was missed."""


class DueInCase(QWidget):
    """Deadlines of a case: what is late on a strip of its own, what is due and what was missed below it."""

    def __init__(
        self, deadlines: Sequence[DeadlineSeen], on_missed: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(Text(QCoreApplication.translate("DueInCase", "What is due"), Look.HEADING))
        for one in deadlines:
            if one.standing is Standing.LATE:
                column.addWidget(Notice(f"{one.title}. {one.words}", kind=NoticeKind.WARN, icon="calendar-clock"))
        rest = [(one.title, one.words) for one in deadlines if one.standing is not Standing.LATE]
        if rest:
            column.addWidget(Facts(rest, key_width=190))
        self.missed: Button | None = None
        if any(one.asks_why for one in deadlines):
            words = QCoreApplication.translate("DueInCase", "Say why something was &late…")
            self.missed = Button(words, Kind.QUIET, icon="pen-line")
            self.missed.clicked.connect(on_missed)
            column.addWidget(self.missed, 0, Qt.AlignmentFlag.AlignLeft)


def _cut(words: str) -> str:
    """Short enough to be read whole in the list that folds out."""
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _missed(offered: Offered) -> Form:
    late = tuple((one.key, _cut(f"{one.title}: {one.words}")) for one in offered.seen.deadlines if one.asks_why)
    return Form(
        key="deadline_missed", topic="deadlines", title="Why it was late",
        hint="It happens. The reason on record protects the child, and you.",
        guide="" if late else "Nothing here is overdue, so there is nothing to explain.",
        asks=(
            pick("which", "&What was late", late, "Choose what was late"),
            text("reason", "&Why", "Write why it was late"),
            text("next_step", "What is done &instead, and by when", hint="Leave it empty where it is done already."),
        ),
    )  # fmt: skip


def _keep_missed(desk: CaseDesk, offered: Offered, words: Mapping[str, str]) -> object:
    return desk.deadlines.explain(offered.seen.strand, words["which"], words["reason"], words["next_step"])


DEADLINE_FORMS: Mapping[str, Callable[[Offered], Form]] = {MISSED: _missed}
DEADLINE_KEEPERS: Mapping[str, Callable[[CaseDesk, Offered, Mapping[str, str]], object]] = {MISSED: _keep_missed}
