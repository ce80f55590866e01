"""What the place of a stopped case asks for: ring the police, and say where everything copied out before is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.services.at_a_stop import StopSeen, found_again
from dsl_desk.services.case_next import NextAct, NextSeen
from dsl_desk.ui.case.asks import Form, line, pick, when
from dsl_desk.ui.case.choices import CaseDesk, Offered
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Facts, Kind, Notice, NoticeKind, Text

COPIES = "copies"
"""The act of saying where something is that was copied out before the stop."""


class StopInCase(QWidget):
    """The banner that stays until somebody outside was told, and the list of what was copied out before the stop."""

    def __init__(self, stop: StopSeen, on_act: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.L)
        column.setSpacing(Space.S)
        self.call = self.trace = None
        if stop.ring:
            column.addWidget(Notice(stop.ring, kind=NoticeKind.WARN, icon="phone"))
            self.call = self._button(column, _tr("Write down the &call…"), "phone")
            self.call.clicked.connect(lambda: on_act("call"))
        if stop.copies:
            column.addSpacing(Space.M)
            column.addWidget(Text(_tr("Copied out before the stop"), Look.HEADING))
            words = _tr("Send for nothing and look at nothing. Lock away what is near, and write where the rest is.")
            column.addWidget(Text(words, role=Role.TEXT2))
            lost = _tr("Nobody wrote yet where it is now.")
            facts = [(copy.title, f"{copy.made}. {copy.where or lost}") for copy in stop.copies]
            column.addWidget(Facts(facts, key_width=150))
            self.trace = self._button(column, _tr("Say w&here one is now…"), "lock")
            self.trace.clicked.connect(lambda: on_act(COPIES))

    def _button(self, column: QVBoxLayout, words: str, icon: str) -> Button:
        button = Button(words, Kind.QUIET, icon=icon)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def now_words(after: NextSeen) -> str:
    """What is waited for, in a sentence, where no step of the route is next; empty else."""
    waiting = "; ".join(after.waiting)
    match after.act:
        case NextAct.ANSWER:
            words = _tr("What can be done now is done. Wait for the answer of whoever you rang, and write it down.")
            return f"{words} {_tr('Until then wait with: {steps}.').format(steps=waiting)}" if waiting else words
        case NextAct.APPLY:
            return _tr("Their advice lets the school go on. Two people apply it; then the case opens.")
        case NextAct.HELD:
            return _tr("What is left waits, as the hold-back list says: {steps}.").format(steps=waiting)
    return ""


def next_label(after: NextSeen) -> str:
    """What the main button of the case says; empty where nothing is next."""
    if after.step is not None:
        return _tr("&Go to step {n}").format(n=after.step.number)
    match after.act:
        case NextAct.RING:
            return _tr("Rin&g, and write it down…")
        case NextAct.ANSWER:
            return _tr("Write down the ans&wer…")
        case NextAct.APPLY:
            return _tr("App&ly the advice…")
        case NextAct.HELD:
            return _tr("Look at who must &wait…")
    return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("StopInCase", words)


def _copies(offered: Offered) -> Form:
    return Form(
        key="copies", topic="halt", title="Where a copy is now",
        hint="What was printed or handed over before the stop, and who locked it away.",
        guide="" if offered.copies else "Nothing was printed or handed over before a stop here.",
        asks=(
            pick("about", "&Which copy", offered.copies, "Choose which copy it is"),
            line("where", "W&here it is now", "Enter where it is now", hint="Such as: office safe. Or: nobody knows."),
            line("locked_by", "Locked away by &whom", "Enter who locked it away, or that nobody did"),
            when("at", "Wh&en", "Enter when it was locked away or asked after, such as today 10:05"),
        ),
    )  # fmt: skip


def _keep_copies(desk: CaseDesk, offered: Offered, words: Mapping[str, str]) -> object:
    done = found_again(int(words["about"]), words["where"], words["locked_by"], words["at"])
    return desk.work.follow_up(offered.seen.strand, done)


STOP_FORMS: Mapping[str, Callable[[Offered], Form]] = {COPIES: _copies}
STOP_KEEPERS: Mapping[str, Callable[[CaseDesk, Offered, Mapping[str, str]], object]] = {COPIES: _keep_copies}
