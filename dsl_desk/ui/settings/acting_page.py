"""Settings: who stands in for the DSL, named by the Headteacher for some days; it ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.acting import Acting
from dsl_desk.domain.dates import day_words, read_when
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.words import AccountId
from dsl_desk.services.acting import ActingSeen
from dsl_desk.ui.settings.page import ProvedForm, facts_of
from dsl_desk.ui.settings.shelf import Shelf
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.widgets import Dropdown, Field, Kind, LineEdit, Notice, NoticeKind, Text, TextArea


class ActingPage(ProvedForm):
    """Who stands in now, and the form in which the Headteacher names somebody.

    Signals: `told(account, since, until, reason)`, `end_requested`.
    """

    help_topic = "acting-dsl"

    told = Signal(object, object, object, object)
    end_requested = Signal()

    def __init__(self, seen: ActingSeen, now: datetime, back: str, parent: QWidget | None = None) -> None:
        hint = self.tr("Where neither DSL nor deputy can be reached, the Headteacher names somebody for some days.")
        super().__init__(self.tr("Standing in for the DSL"), hint=hint, back=back, parent=parent)
        self._seen, self._now = seen, now
        self._say_who()
        if not seen.may_name:
            words = self.tr("You can read this. Only the Headteacher names somebody, or ends it.")
            self.add(Notice(words, kind=NoticeKind.PLAIN), space=Space.L)
            return
        if not seen.others:
            words = self.tr("Nobody can stand in yet: let a deputy, an online safety lead or senior staff in first, "
                            "under People and accounts.")  # fmt: skip
            self.add(Notice(words, kind=NoticeKind.PLAIN), space=Space.L)
        self._ask()

    def _say_who(self) -> None:
        seen = self._seen
        if seen.acting is None or not (seen.stands_in or seen.can_end):
            self.add(Text(self.tr("Nobody stands in for the DSL now."), role=Role.TEXT2), space=0)
            return
        words = self.tr("{name} stands in for the DSL.") if seen.stands_in else self.tr("{name} will stand in.")
        self.add(Notice(words.format(name=seen.name), icon="users-round"), space=0)
        to = f"{day_words(seen.acting.until)}, {_ends(seen.acting)}"
        facts = [
            (self.tr("From"), day_words(seen.acting.since)), (self.tr("To"), to), (self.tr("Why"), seen.acting.reason),
        ]  # fmt: skip
        self.add(facts_of(facts, key_width=100), space=Space.S)

    def _ask(self) -> None:
        options = [("", self.tr("Choose…")), *((one.account, f"{one.name}, {one.post}") for one in self._seen.others)]
        self.who = Field(self.tr("&Who stands in"), Dropdown(options), width=460)
        self.since = Field(self.tr("&From"), LineEdit("today"), width=240, hint=self.tr("Such as today, or 3 May."))
        self.until = Field(self.tr("To the &end of"), LineEdit(), width=240, hint=self.tr("It ends then by itself."))
        self.reason = Field(self.tr("Wh&y"), TextArea(2), hint=self.tr("Who cannot be reached, and why."))
        for name in ("who", "since", "until", "reason"):
            self.add_field(name, getattr(self, name))
        self.add_proof()
        self.set_primary(self.tr("&Name this person"))
        self.primary_requested.connect(self._on_primary)
        if self._seen.can_end:
            self.end = self.add_action(self.tr("En&d it now"), Kind.SECONDARY)
            self.end.clicked.connect(self._on_end)

    def _on_end(self) -> None:
        if self.show_missing([]):
            self.end_requested.emit()

    def _on_primary(self) -> None:
        problems: list[tuple[QWidget, str]] = []
        if not self.who.editor.key:
            problems.append((self.who, self.tr("Choose who stands in")))
        days = [self._read(field, problems) for field in (self.since, self.until)]
        if not self.reason.text().strip():
            problems.append((self.reason, self.tr("Write why the DSL and the deputies cannot be reached")))
        since, until = days
        if self.show_missing(problems) and since is not None and until is not None:
            self.told.emit(AccountId(self.who.editor.key), since, until, self.reason.text())

    def _read(self, field: Field[LineEdit], problems: list[tuple[QWidget, str]]) -> date | None:
        try:
            return datetime.fromisoformat(read_when(field.text(), self._now, ahead=True).iso).date()
        except InputError as error:
            problems.append((field, str(error)))
            return None


class ActingPresenter(QObject):
    """Shows who stands in, and keeps whom the Headteacher names."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index

    def open(self, told: str = "") -> None:
        """Who stands in, and the form."""
        self._shelf.ask(
            lambda services: (services.acting.see(), services.acting.now()), lambda found: self._show(found, told)
        )

    def _show(self, found: tuple[ActingSeen, datetime], told: str) -> None:
        seen, now = found
        page = ActingPage(seen, now, self.tr("Settings"), self._shelf.window)
        page.told.connect(lambda *named: self._name(page, *named))
        page.end_requested.connect(lambda: self._end(page))
        self._shelf.show(page, lambda: self._index("acting"))
        if told:
            page.show_notice(told)

    def _name(self, page: ActingPage, account: AccountId, since: date, until: date, reason: str) -> None:
        me, told = page.me, self.tr("Recorded. It ends by itself after the last day.")
        self._shelf.keep(
            page, lambda services: services.acting.name(account, since, until, reason, me), lambda _: self.open(told)
        )

    def _end(self, page: ActingPage) -> None:
        me, told = page.me, self.tr("Ended, and recorded.")
        self._shelf.keep(page, lambda services: services.acting.end(me), lambda _: self.open(told))


def _ends(acting: Acting) -> str:
    days = (acting.until - acting.since).days + 1
    return "one day" if days == 1 else f"{days} days in all"
