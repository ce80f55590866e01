"""Two people destroy for good: one exhibit on the advice of the police, or a record whose time is over."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.case.two_people import TwoPage, TwoProofs
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import Problems
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import CheckBox, Facts, Field, LineEdit, Notice, NoticeKind, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ToGo:
    """What is to be destroyed, as two people are asked about it."""

    title: str
    """What it is: Exhibit AQ/1, or a case's reference."""
    facts: tuple[tuple[str, str], ...]
    copies: tuple[str, ...] = ()
    """What may still show it elsewhere."""
    checks: tuple[tuple[str, str], ...] = ()
    """What has to be asked after first, by its name and in words."""
    back: str
    me: str


class DestroyPanel(TwoPage):
    """Asks two people, each with their own passphrase.

    Signals: `agreed(findings, consent, Proof, SecondProof)`; findings are (words of the check, what was found).
    """

    help_topic = "disposal"
    agreed = Signal(object, str, object, object)

    def __init__(self, to_go: ToGo, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Destroy {what}").format(what=to_go.title),
            hint=self.tr("Its content is gone for good, for everybody. That it stood here stays on record."),
            back=self.tr("Back to {where}").format(where=to_go.back),
            width=640,
            parent=parent,
        )
        self._checks = to_go.checks
        facts: list[tuple[str, str | QWidget]] = list(to_go.facts)
        self.add(Facts(facts, key_width=130), space=0)
        if to_go.copies:
            self.add(Text(self.tr("It may still be on"), Look.HEADING))
            for copy in to_go.copies:
                self.add(Text(f"•  {copy}"), space=Space.XS)
            words = self.tr("The desk cannot reach these. See to them yourselves; the certificate names them.")
            self.add(Text(words, role=Role.TEXT2), space=Space.S)
        self.fields: dict[str, Field[LineEdit]] = {}
        if self._checks:
            self.add(Text(self.tr("Ask after each of these first"), Look.HEADING))
        for index, (key, words) in enumerate(self._checks):
            hint = self.tr("What you found, such as: none, asked the trust on 3 May.") if index == 0 else ""
            self.fields[key] = Field(words, LineEdit(), hint=hint)
            self.add(self.fields[key], space=Space.S)
        self.consent = Field(self.tr("An agency that had to &agree, and did"), LineEdit(), optional=self.tr("if any"))
        if self._checks:
            self.add(self.consent, space=Space.M)
        self.sure = CheckBox(self.tr("We have both read what stands above, and &it may go for good"))
        self.add(self.sure)
        self.both = TwoProofs(to_go.me)
        self.add(self.both)
        self.set_primary(self.tr("&Destroy it for good"), icon="signature")
        self.primary_requested.connect(self._on_primary)

    def focus_first(self) -> None:
        """To what is asked first, however small the window: never to the button that destroys."""
        first: QWidget = next(iter(self.fields.values()), self.sure)
        first.setFocus()

    def _on_primary(self) -> None:
        found: Problems = [
            (self.fields[key], self.tr("Write what you found: {what}").format(what=words))
            for key, words in self._checks
            if not self.fields[key].text().strip()
        ]
        if not self.sure.isChecked():
            found.append((self.sure, self.tr("Tick that both of you have read it")))
        if self._finish([*found, *self.both.problems()]):
            findings = tuple((words, self.fields[key].text().strip()) for key, words in self._checks)
            self.agreed.emit(findings, self.consent.text().strip(), *self.both.typed())
            self.both.forget()


class WaitsPanel(Page):
    """It is destroyed, but its certificate must not print yet.

    Signals: `finish_requested`.
    """

    help_topic = "disposal"
    finish_requested = Signal()

    def __init__(self, words: str, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT, self.tr("Destroyed; the certificate waits"),
            back=self.tr("Back to {where}").format(where=back), width=640, parent=parent,
        )  # fmt: skip
        self.words = Notice(words, kind=NoticeKind.WARN)
        self.add(self.words, space=0)
        self.set_primary(self.tr("&Finish it now"))
        self.primary_requested.connect(self.finish_requested)

    def show_waiting(self, words: str) -> None:
        """It still waits: say why."""
        self.words.set_words(words, kind=NoticeKind.WARN)
        self.show_notice(self.tr("Not yet: it still waits."), NoticeKind.WARN)
