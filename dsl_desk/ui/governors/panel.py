"""The summary for governors: which period, what it shows, what is withheld and why, and its release by two."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.dates import date_words, read_when
from dsl_desk.domain.errors import InputError
from dsl_desk.services.governors import Period
from dsl_desk.services.material import SummarySeen
from dsl_desk.ui.help.then import Then
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import Problems, ProofFields
from dsl_desk.ui.tokens import Look, Role
from dsl_desk.ui.widgets import CountsTable, Facts, Field, LineEdit, Notice, NoticeKind, Status, Text


class PeriodPanel(Page):
    """Which period.

    Signals: `preview_requested(Period)`.
    """

    help_topic = "governors"

    preview_requested = Signal(object)

    def __init__(
        self, now: Callable[[], datetime], period: Period | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            PageKind.PLACE,
            self.tr("Governor summary"),
            subtitle=self.tr("Counts of cases; no names, initials, dates of cases or addresses."),
            parent=parent,
        )
        self.label = Field(
            self.tr("&Name of the period"), LineEdit(), width=400, hint=self.tr("Such as autumn term 2026.")
        )
        self._now = now
        self._hints = (self.tr("Such as 1/9/26 or 1 September."), self.tr("Such as 18/12/26 or 18 December."))
        self.first = Field(self.tr("&First day"), LineEdit(), width=320, hint=self._hints[0])
        self.last = Field(self.tr("&Last day"), LineEdit(), width=320, hint=self._hints[1])
        for at, field in enumerate((self.label, self.first, self.last)):
            self.add(field, space=None if at else 0)
        self.add(Then(self.tr("You see it first. Nothing leaves the desk until two have released it.")))
        if period is not None:
            self.label.set_text(period.label)
            self.first.set_text(date_words(date.fromisoformat(period.first)))
            self.last.set_text(date_words(date.fromisoformat(period.last)))
        for field in (self.first, self.last):
            field.editor.textChanged.connect(self._read_back)
        self._read_back()
        self.set_primary(self.tr("&See the preview"), icon="chart-column")
        self.primary_requested.connect(self._on_primary)

    def _days(self) -> tuple[date | None, date | None]:
        """Both days; where no year is written, the first is the latest such day and the last the next one after it."""
        first = _day(self.first.text(), self._now(), ahead=False)
        begins = datetime.combine(first, time(), self._now().tzinfo) if first else self._now()
        return first, _day(self.last.text(), begins, ahead=True)

    def _read_back(self) -> None:
        for field, day, hint in zip((self.first, self.last), self._days(), self._hints, strict=True):
            field.set_hint(self.tr("Read as: {when}").format(when=date_words(day)) if day else hint)

    def _on_primary(self) -> None:
        first, last = self._days()
        found: Problems = []
        if not self.label.text().strip():
            found.append((self.label, self.tr("Enter the name of the period")))
        if first is None:
            found.append((self.first, self.tr("Enter the first day, such as 1/9/26")))
        if last is None or (first is not None and last < first):
            found.append((self.last, self.tr("Enter the last day, after the first one")))
        if self.show_problems(found) and first is not None and last is not None:
            self.preview_requested.emit(
                Period(label=self.label.text().strip(), first=first.isoformat(), last=last.isoformat())
            )


class SummaryPanel(Page):
    """A preview, and the two who release it.

    Signals: `printed_requested`, `facts_requested`, `release_requested(Proof, Proof)`.
    """

    help_topic = "governors"

    printed_requested = Signal()
    facts_requested = Signal()
    release_requested = Signal(object, object)

    def __init__(self, seen: SummarySeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.PLACE,
            self.tr("Governor summary, {label}").format(label=seen.preview.summary.period_label),
            subtitle=self.tr("{period} · counts of cases, no names, initials, dates or addresses").format(
                period=seen.period
            ),
            back=self.tr("Back to the period"),
            parent=parent,
        )
        self.state = Status.of("circle-dot", self.tr("Preview, not released"), Role.INK, Role.ACCENT_SOFT)
        self.add_to_head(self.state)
        self.add(Notice(self._why(seen), kind=NoticeKind.GUIDE, icon="shield-check"), space=0)
        for table in seen.tables:
            self.add(Text(table.title, Look.HEADING))
            self.add(CountsTable(table.title, ["", *table.columns], table.rows), space=4)
        if seen.themes:
            self.add(Text(self.tr("Themes: {themes}").format(themes="; ".join(seen.themes))))
        self.add(Text(self.tr("Beside the counts"), Look.HEADING))
        if seen.facts:
            self.add(Facts(list(seen.facts), key_width=280), space=4)
        else:
            nothing = self.tr("Nothing is written yet. Your policy asks for: {what}.").format(what=seen.beyond)
            self.add(Text(nothing if seen.beyond else self.tr("Nothing is written yet."), role=Role.TEXT2), space=4)
        self.add(Text(self.tr("Release"), Look.HEADING))
        self.first = ProofFields(self.tr("the DSL or deputy"))
        self.second = ProofFields(self.tr("the Headteacher or the Chair"))
        self.first.then = self.second.name
        self.add(self.first)
        self.add(self.second)
        self.add(
            Then(
                self.tr(
                    "It is printed or saved then, and never changes. The desk compares it with no earlier summary: let "
                    "no day stand in two."
                )
            )
        )
        self.set_primary(self.tr("&Release the summary"), icon="signature")
        self.facts = self.add_action(self.tr("&Facts beside the counts…"), icon="pen-line")
        self.facts.clicked.connect(self.facts_requested)
        self.printed = self.add_action(self.tr("See it as &printed"), icon="file-text")
        self.printed.clicked.connect(self.printed_requested)
        self.primary_requested.connect(self._on_primary)

    def _why(self, seen: SummarySeen) -> str:
        if seen.gives_away:
            words = self.tr("A withheld count could be worked out from: {tables}. It cannot be released so.")
            return words.format(tables=", ".join(seen.gives_away))
        if not seen.withheld:
            return self.tr("Nothing had to be withheld.")
        words = self.tr(
            "{n} counts are withheld: those below {least}, and others from which they could be worked out. They "
            "look the same on purpose. No withheld count can be worked out from what is shown."
        )
        return words.format(n=seen.withheld, least=seen.threshold)

    def _on_primary(self) -> None:
        if self.show_problems([*self.first.problems(), *self.second.problems()]):
            self.release_requested.emit(self.first.typed, self.second.typed)
            self.forget()

    def forget(self) -> None:
        """Forget what was typed for one act."""
        self.first.forget()
        self.second.forget()

    def show_released(self) -> None:
        """It stands, and never changes again."""
        self.state.set_parts("circle-check", self.tr("Released"), Role.OK, Role.OK_SOFT)
        self.first.hide()
        self.second.hide()
        self.facts.hide()
        if self.primary is not None:
            self.primary.setEnabled(False)
        self.show_notice(self.tr("Released and recorded. Print or save it; it never changes again."))

    def show_refused(self, words: str) -> None:
        """Say why it was not released."""
        self.show_notice(words, NoticeKind.WARN)


def _day(typed: str, now: datetime, *, ahead: bool) -> date | None:
    """The day that was typed, from `now` on where it lies ahead; a day with its year may always lie ahead."""
    for may_lie_ahead in (ahead, True):
        try:
            return read_when(typed, now, ahead=may_lie_ahead).day
        except InputError:
            continue
    return None
