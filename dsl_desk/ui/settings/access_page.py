"""The access log in the window: who opened which case when, by period, on paper and as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.access_log import EMPTY, HINT, AccessLogService, AccessSeen, Period
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.saving import save_papers
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.settings.shelf import SettingsServices, Shelf
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Cell, CellLook, Column, Dropdown, Field, NoticeKind, Table, Text, ask_file

Got = TypeVar("Got")

DAYS: Final = (
    ("7", "The last 7 days"), ("30", "The last 30 days"), ("92", "The last 3 months"), ("366", "The last year"),
)  # fmt: skip
FIRST: Final = 30
"""Days shown at first."""


class AccessPage(Page):
    """One period of the log.

    Signals: `period_chosen(days)`, `print_requested`, `table_requested`.
    """

    help_topic = "access-log"

    period_chosen = Signal(int)
    print_requested = Signal()
    table_requested = Signal()

    def __init__(self, days: int, back: str, parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("Who opened which case"), hint=self.tr(HINT), back=back, parent=parent)
        self.save = Button(self.tr("Save as a &table (CSV)…"), icon="file-text")
        self.save.clicked.connect(self.table_requested)
        self.add_to_head(self.save)
        self.paper = Button(self.tr("&Print it…"), icon="printer")
        self.paper.clicked.connect(self.print_requested)
        self.add_to_head(self.paper)
        self.days = Field(self.tr("&Time"), Dropdown([(key, self.tr(words)) for key, words in DAYS]), width=260)
        self.days.editor.set_key(str(days))
        self.days.editor.currentIndexChanged.connect(lambda _: self.period_chosen.emit(self.chosen))
        self.add(self.days, space=0)
        self.table = Table(
            self.tr("Who opened which case, the latest first"),
            [
                Column(title=self.tr("When"), width=156), Column(title=self.tr("Who")),
                Column(title=self.tr("Case"), width=136), Column(title=self.tr("What"), width=150),
            ],
            selectable=False,
        )  # fmt: skip
        self.nothing = Text(self.tr(EMPTY), Look.BODY, Role.TEXT2)
        self.nothing.hide()
        self.add(self.nothing, space=Space.M)
        self.add(self.table, space=Space.M)

    @property
    def chosen(self) -> int:
        """How many days up to today."""
        return int(self.days.editor.key)

    def focus_first(self) -> None:
        """To the period."""
        self.days.setFocus()

    def show_log(self, seen: AccessSeen) -> None:
        """Show what was found."""
        self.table.show_rows(
            [
                [
                    Cell(one.when), Cell(f"{one.who}, {one.post}" if one.post else one.who),
                    Cell(one.reference, CellLook.STRONG), Cell(self.tr(one.what.value)),
                ]
                for one in seen.lines
            ]
        )  # fmt: skip
        self.nothing.setVisible(not seen.lines)
        self.table.setVisible(bool(seen.lines))


class AccessPresenter(QObject):
    """Shows, prints and saves it."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index

    def open(self, days: int = FIRST) -> None:
        """The log up to today; to whom it is not, why not."""
        self._shelf.ask(_of(days, AccessLogService.see), lambda seen: self._show(seen, days))

    def _show(self, seen: AccessSeen, days: int) -> None:
        page = AccessPage(days, self.tr("Settings"), self._shelf.window)
        page.show_log(seen)
        page.period_chosen.connect(lambda chosen: self._ask(page, _of(chosen, AccessLogService.see), page.show_log))
        page.print_requested.connect(lambda: self._print(page))
        page.table_requested.connect(lambda: self._save(page))
        self._shelf.show(page, lambda: self._index("access"))

    def _ask(self, page: AccessPage, work: Callable[[SettingsServices], Got], done: Callable[[Got], object]) -> None:
        """Do it on the store's thread; where it cannot be done the page says why."""
        self._shelf.pool.start(
            lambda _: work(self._shelf.services()), owner=page, done=done,
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )  # fmt: skip

    def _print(self, page: AccessPage) -> None:
        days, title = page.chosen, self.tr("Who opened which case")

        def done(paper: Paper) -> None:
            self._shelf.papers.show(paper, title=title, back=title, on_back=lambda: self.open(days))

        self._ask(page, _of(days, AccessLogService.paper), done)

    def _save(self, page: AccessPage) -> None:
        make = _of(page.chosen, AccessLogService.table)

        def picked(folder: Path) -> None:
            self._ask(
                page, lambda services: save_papers(folder, [make(services)]),
                lambda names: page.show_notice(self.tr("Saved as {name}.").format(name=names[0])),
            )  # fmt: skip

        ask_file(page, self.tr("Choose the folder for this table"), folder=True, on_picked=picked)


def _of(days: int, make: Callable[[AccessLogService, Period], Got]) -> Callable[[SettingsServices], Got]:
    """What the log gives for so many days up to today."""

    def work(services: SettingsServices) -> Got:
        log = services.access_log
        return make(log, log.last_days(days))

    return work
