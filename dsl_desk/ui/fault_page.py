"""The page that is shown where the program itself is at fault: calm, short, with everything typed still there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Button, Notice, NoticeKind, Text


class FaultPage(Page):
    """What happened, what was kept, and the way on.

    Signals: `go_on_requested`, `lock_requested`.
    """

    help_topic = "program-fault"

    go_on_requested = Signal()
    lock_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("The program has made a mistake"),
            hint=self.tr("It is not your doing. Nothing that was recorded is lost."),
            width=640,
            parent=parent,
        )
        self.add(
            Notice(
                self.tr("What you were typing is still on its page. Go on, and look whether it is as you left it."),
                kind=NoticeKind.OK,
            ),
            space=0,
        )
        self._code, self._lies = Text("", Look.HEADING, mark=True), Text("")
        self.add(self._code)
        self.add(self._lies, space=Space.XS)
        self.add(
            Text(
                self.tr(
                    "The report says what kind of mistake it was, and at which line of the program. No name, and "
                    "nothing that anybody typed, stands in it. It is sent nowhere. Read the code to whoever looks "
                    "after the program, or give them the report."
                )
            )
        )
        self.code, self.place = "", ""
        self.set_primary(self.tr("&Go on"))
        self.lock: Button = self.add_action(self.tr("&Lock now"), icon="lock")
        self.primary_requested.connect(self.go_on_requested)
        self.lock.clicked.connect(self.lock_requested)

    def show_fault(self, code: str, place: str, *, can_lock: bool) -> None:
        """Show one fault: its code, and where its report lies."""
        self.code, self.place = code, place
        lies = self.tr("The report is {place}").format(place=place)
        if not place:
            lies = self.tr("No report could be written. Note the code and the time instead.")
        self._code.set_words(self.tr("Code {code}").format(code=code))
        self._lies.set_words(lies)
        self.lock.setVisible(can_lock)

    def focus_first(self) -> None:
        """To the way on."""
        if self.primary is not None:
            self.primary.setFocus()
