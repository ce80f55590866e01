"""Joins the registers to their service: lists, pages to fill in, one item, paper and table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.register_kinds import RegisterKind, Stage
from dsl_desk.services.drafts import Unfinished
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.register_values import ItemAct, ItemSeen, RegisterLine, RegisterSeen, TableRead
from dsl_desk.services.registers import RegisterService
from dsl_desk.services.saving import save_table
from dsl_desk.ui.case.asks import Form
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.registers.begun import BegunForm
from dsl_desk.ui.registers.forms import REASON, WHO, RegisterForm, act_form, close_form, correct_form, stage_form
from dsl_desk.ui.registers.own_pages import AlertPage, item_page
from dsl_desk.ui.registers.panel import BRING, PRINT, WITH_NAMES, RegisterPanel, RegistersPanel
from dsl_desk.ui.registers.table_panel import TablePanel
from dsl_desk.ui.widgets import NoticeKind, ask_file

P = TypeVar("P", bound=Page)
TABLES = "Table (*.csv)"


class RegistersPresenter(QObject):
    """The place of registers, or of one that is kept apart; one page of it at a time.

    `service` is asked on the store's thread. Signals: `case_requested(strand)`, where something done here began a case.
    """

    case_requested = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, service: Callable[[], RegisterService], papers: PapersPresenter,
        now: Callable[[], Moment], *, place: str = "registers",
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._pool, self._service, self._place = window, pool, service, place
        self._papers, self._now = papers, now
        self._page: Page | None = None
        self._begun = BegunForm(window, pool, service)

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before saw stays; what they typed stays theirs."""
        old, self._page = self._page, None
        self._begun.start_anew()
        let_go(self._window, old)

    def _ask(self, work: Callable[[RegisterService], Any], done: Callable[[Any], object]) -> None:
        self._pool.start(
            lambda _: work(self._service()), owner=self, done=done,
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show(self, page: P) -> P:
        page.hide()
        old, self._page = self._page, page
        self._begun.leave()
        self._window.set_place(self._place)
        self._window.show_page(page)
        let_go(self._window, old)
        return page

    # -- lists

    def open(self) -> None:
        """Every register of this person."""
        self._ask(lambda registers: registers.see(), self._show_registers)

    def _show_registers(self, lines: tuple[RegisterLine, ...]) -> None:
        page = self._show(RegistersPanel(lines, self._window))
        page.register_requested.connect(self.open_register)

    def open_register(self, name: str, item: str = "", told: str = "") -> None:
        """One register; `item` is the line on which one was last, `told` says what was just done."""

        def work(registers: RegisterService) -> tuple[RegisterSeen, str]:
            return registers.list(name), _handed_on(registers, name)

        self._ask(work, lambda found: self._show_register(found[0], found[1], item, told))

    def _show_register(self, seen: RegisterSeen, amiss: str, item: str, told: str) -> None:
        page, name = self._show(RegisterPanel(seen, self._window)), seen.kind.id
        page.back_requested.connect(self.open)
        page.item_requested.connect(lambda one: self.open_item(name, one))
        page.record_requested.connect(lambda: self._record(seen.kind))
        page.out_requested.connect(lambda key: self._out(page, seen.kind, key))
        if item:
            page.focus_item(item)
        if amiss:
            self._window.tell(f"{told} {amiss}".strip(), NoticeKind.WARN)
        elif told:
            self._window.tell(told)

    # -- one item

    def open_item(self, name: str, item: str, told: str = "") -> None:
        """One item of a register."""
        self._ask(lambda registers: registers.item(name, item), lambda seen: self._show_item(seen, told))

    def _show_item(self, seen: ItemSeen, told: str = "") -> None:
        page, name, item = self._show(item_page(seen, self._window)), seen.kind.id, seen.item.id
        page.back_requested.connect(lambda: self.open_register(name, item))
        page.stage_requested.connect(lambda stage: self._follow(seen, stage))
        page.correct_requested.connect(lambda: self._correct(seen))
        page.close_requested.connect(lambda: self._close(seen))
        page.act_requested.connect(lambda act: self._act(seen, act))
        page.print_requested.connect(lambda: self._print_item(seen))
        if isinstance(page, AlertPage):
            page.case_wanted.connect(self._open_case)
        if told:
            self._window.tell(told)

    def _open_case(self, reference: str) -> None:
        none = self.tr("No case that you can read is called {reference}.").format(reference=reference)
        self._ask(
            lambda registers: registers.case_called(reference),
            lambda strand: self.case_requested.emit(strand) if strand else self._window.tell(none, NoticeKind.WARN),
        )

    def _print_item(self, seen: ItemSeen) -> None:
        name, item = seen.kind.id, seen.item.id
        self._ask(
            lambda registers: registers.print_item(name, item),
            lambda paper: self._paper(paper, seen.title, seen.title, lambda: self.open_item(name, item)),
        )

    def _paper(self, paper: Paper, title: str, back: str, on_back: Callable[[], object]) -> None:
        self._papers.show(paper, title=title, back=back, on_back=on_back)
        old, self._page = self._page, None
        let_go(self._window, old)

    # -- filling in

    def _record(self, kind: RegisterKind) -> None:
        self._fill(
            stage_form(kind, kind.first), kind.title, lambda: self.open_register(kind.id),
            lambda registers, told: registers.record(kind.id, told),
            lambda item: self.open_register(kind.id, item, self.tr("Recorded.")),
            kept_as=(kind.id, ""),
        )  # fmt: skip

    def _fill(
        self, form: Form, back: str, on_back: Callable[[], object],
        keep: Callable[[RegisterService, dict[str, str]], Any], done: Callable[[Any], object], *,
        kept_as: tuple[str, str], corrects: ItemSeen | None = None,
    ) -> None:  # fmt: skip
        """One page to fill in; `kept_as` is its register and item, `corrects` the item that is put right on it."""
        register, key = kept_as[0], " ".join((*kept_as, form.title))

        def show(kept: Unfinished | None) -> None:
            page = self._show(RegisterForm(form, lambda: self._now().local, back=back, parent=self._window))
            page.register, page.kept_as = register, key
            if corrects is not None:
                page.show_item(corrects.item, corrects.kind)
            self._begun.watch(page, kept)
            page.back_requested.connect(on_back)
            page.primary_requested.connect(lambda: self._keep(page, keep, done))

        self._ask(lambda registers: registers.drafts.find(register, key), show)

    def _keep(
        self, page: RegisterForm, keep: Callable[[RegisterService, dict[str, str]], Any], done: Callable[[Any], object]
    ) -> None:
        if not page.show_problems(page.problems()):
            return
        told = page.told()

        def recorded(result: Any) -> None:
            page.recorded = True
            done(result)

        def work(_: object) -> Any:
            registers = self._service()
            result = keep(registers, told)
            with suppress(StoreError):  # it is on record; a draft that stays is no reason to record it again
                registers.drafts.forget(page.register, page.kept_as)
            return result

        page.set_busy(True)
        self._pool.start(work, owner=page, done=recorded, failed=lambda words: self._refused(page, words))

    def _refused(self, page: RegisterForm | TablePanel, words: str) -> None:
        page.set_busy(False)
        page.show_notice(words, NoticeKind.WARN)

    def _again(self, seen: ItemSeen, words: str) -> Callable[[Any], None]:
        return lambda _: self.open_item(seen.kind.id, seen.item.id, words)

    def _follow(self, seen: ItemSeen, name: str) -> None:
        stage = next(stage for stage in seen.next if stage.id == name)
        self._fill_item(seen, stage_form(seen.kind, stage), stage)

    def _fill_item(self, seen: ItemSeen, form: Form, stage: Stage) -> None:
        kind, item = seen.kind.id, seen.item.id
        self._fill(
            form, seen.title, lambda: self.open_item(kind, item),
            lambda registers, told: registers.follow(kind, item, stage.id, told),
            self._again(seen, self.tr("Recorded.")), kept_as=(kind, item),
        )  # fmt: skip

    def _correct(self, seen: ItemSeen) -> None:
        kind, item = seen.kind.id, seen.item.id
        self._fill(
            correct_form(seen.kind, seen.item), seen.title, lambda: self.open_item(kind, item),
            lambda registers, told: registers.correct(kind, item, told, told.pop(REASON)),
            self._again(seen, self.tr("Corrected. What stood before is kept beside it.")),
            kept_as=(kind, item), corrects=seen,
        )  # fmt: skip

    def _close(self, seen: ItemSeen) -> None:
        kind, item = seen.kind.id, seen.item.id
        self._fill(
            close_form(seen.kind), seen.title, lambda: self.open_item(kind, item),
            lambda registers, told: registers.close(kind, item, told[REASON]),
            self._again(seen, self.tr("Closed. It stays in the register.")), kept_as=(kind, item),
        )  # fmt: skip

    def _act(self, seen: ItemSeen, act: ItemAct) -> None:
        """Something further; where it began a case, that is opened for whoever may read it."""
        kind, item = seen.kind.id, seen.item.id
        self._fill(
            act_form(seen.kind, act), seen.title, lambda: self.open_item(kind, item),
            lambda registers, told: registers.act(kind, item, act.key, told[REASON], who=told.get(WHO, "")),
            lambda strand: self.case_requested.emit(strand) if strand else self.open_item(kind, item),
            kept_as=(kind, item),
        )  # fmt: skip

    # -- out

    def _out(self, page: RegisterPanel, kind: RegisterKind, key: str) -> None:
        if key == PRINT:
            self._ask(
                lambda registers: registers.print_list(kind.id),
                lambda paper: self._paper(paper, kind.title, kind.title, lambda: self.open_register(kind.id)),
            )
            return
        if key == BRING:
            ask_file(
                page, self.tr("Choose the table"), filters=[TABLES],
                on_picked=lambda path: self.bring(page, kind, path),
            )  # fmt: skip
            return
        ask_file(
            page, self.tr("Save the table"), saving=True, filters=[TABLES], suggested=f"{kind.id}.csv",
            on_picked=lambda path: self.save(page, kind, path, names=key == WITH_NAMES),
        )  # fmt: skip

    def save(self, page: RegisterPanel, kind: RegisterKind, path: Path, *, names: bool) -> None:
        """Write the register as a table to a file that somebody chose; never over one that is there."""
        self._pool.start(
            lambda _: save_table(path, self._service().table(kind.id, names=names)),
            owner=page,
            done=lambda _: page.show_notice(
                self.tr("Saved. The file is not encrypted: keep it where only the right people can read it.")
            ),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )

    def bring(self, page: RegisterPanel, kind: RegisterKind, path: Path) -> None:
        """Read a table that somebody brought, and show it; a fault is said on the page."""
        self._pool.start(
            lambda _: self._service().read_table(kind.id, path),
            owner=page,
            done=lambda told: self._show_table(kind, told),
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
        )

    def _show_table(self, kind: RegisterKind, told: TableRead) -> None:
        page = self._show(TablePanel(kind, told.cells, self._window))
        page.back_requested.connect(lambda: self.open_register(kind.id))
        page.primary_requested.connect(lambda: self._record_table(page, kind, told))

    def _record_table(self, page: TablePanel, kind: RegisterKind, told: TableRead) -> None:
        page.set_busy(True)
        self._pool.start(
            lambda _: self._service().record_table(kind.id, told.answers),
            owner=page,
            done=lambda _: self.open_register(kind.id, told=self.tr("The lines of the table are recorded.")),
            failed=lambda words: self._refused(page, words),
        )


def _handed_on(registers: RegisterService, name: str) -> str:
    """Give it to whom it belongs now; why that could not be done, for it is read all the same."""
    try:
        registers.hand_on(name)
    except StoreError as error:
        return f"It could not be handed on to everybody who opens it now. {error}"
    return ""
