"""Joins the door to the services: whatever somebody types here is tried on the store's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.errors import (
    InputError,
    KeyringError,
    OlderStoreError,
    ProcedureError,
    WaitError,
    WrongCodeError,
    WrongPassphraseError,
)
from dsl_desk.domain.words import AccountId
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.entrance import Entered
from dsl_desk.services.putting_back import BackupTold
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.unlock.backup_panel import BackupPanel
from dsl_desk.ui.unlock.panel import GatePage, UnlockPanel
from dsl_desk.ui.unlock.ways_panel import OlderPanel, OneCodePanel, RecoveredPanel, TwoCodesPanel, WaysPanel
from dsl_desk.ui.widgets import NoticeKind, ask_file


class Door(Protocol):
    """The desk on this laptop, shut; every method runs on the store's thread and may raise DslDeskError."""

    def unlock(self, typed: Typed) -> Entered:
        """Open it for one person."""
        ...

    def look(self, typed: Typed) -> Entered:
        """Open an older state without changing anything."""
        ...

    def put_back(self, typed: Typed, second: Typed, reason: str) -> Entered:
        """Open an older state that two people say was put in place on purpose."""
        ...

    def recover(self, first: str, second: str) -> Entered:
        """Open it with two recovery codes."""
        ...

    def people(self) -> tuple[tuple[AccountId, str], ...]:
        """Accounts in force and whose they are."""
        ...

    def new_passphrase(self, account: AccountId, typed: NewAccount, codes: tuple[str, str]) -> None:
        """New keys for somebody who forgot their passphrase."""
        ...

    def choose(self, folder: Path) -> str:
        """Use the desk in this folder from now on; gives the school's name where it is known."""
        ...

    def backups(self, medium: Path) -> tuple[BackupTold, ...]:
        """Finished backups on a stick, the newest state first."""
        ...

    def place_backup(self, chosen: BackupTold) -> bool:
        """Put a backup in the desk's place; true where a store is kept beside it."""
        ...

    def shut(self) -> None:
        """Sign out."""
        ...


class _Gate(Protocol):
    """What every page at the door can do."""

    def set_busy(self, busy: bool) -> None:
        """Show that the desk is being opened."""
        ...

    def show_refused(self, words: str) -> None:
        """Say why it did not open."""
        ...


class UnlockPresenter(QObject):
    """Holds the pages at the door; says who came in.

    Signals: `entered(Entered)`, `begin_requested`.
    """

    entered = Signal(object)
    begin_requested = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, door: Door) -> None:
        super().__init__(window)
        self._window, self._pool, self._door = window, pool, door
        self._typed: Typed | None = None
        self._older: OlderPanel | None = None
        self._recovered: RecoveredPanel | None = None
        self._backup: BackupPanel | None = None
        self.panel, self.ways = UnlockPanel(), WaysPanel()
        self.one_code, self.two_codes = OneCodePanel(), TwoCodesPanel()
        for page in (self.panel, self.ways, self.one_code, self.two_codes):
            page.setParent(window)
            page.hide()
        self._connect()

    def _connect(self) -> None:
        self.panel.unlock_requested.connect(self._on_unlock)
        self.panel.ways_requested.connect(lambda: self._show(self.ways))
        self.ways.back_requested.connect(self.show)
        self.ways.one_code_requested.connect(lambda: self._show(self.one_code))
        self.ways.two_codes_requested.connect(lambda: self._show(self.two_codes))
        self.ways.folder_requested.connect(self.ask_folder)
        self.ways.backup_requested.connect(self.ask_backup)
        self.ways.begin_requested.connect(self.begin_requested)
        for page in (self.one_code, self.two_codes):
            page.back_requested.connect(lambda: self._show(self.ways))
        self.one_code.unlock_requested.connect(self._on_one_code)
        self.two_codes.recover_requested.connect(self._on_recover)
        self._window.locked.connect(self._forget_pages)

    def _show(self, page: Page) -> None:
        """At the door the lock page is whichever of these is shown."""
        self._window.set_lock_page(page)
        self._window.show_page(page)

    def show(self) -> None:
        """Show the door."""
        self.one_code.forget()
        self.two_codes.forget()
        self._show(self.panel)

    def ask_folder(self) -> None:
        """Choose the folder that holds the desk, with Qt's own chooser, which the halt key reaches."""
        ask_file(self.ways, self.tr("The folder that holds the desk"), folder=True, on_picked=self._on_folder)

    def _on_folder(self, folder: Path) -> None:
        self._pool.start(
            lambda _: self._door.choose(folder),
            owner=self,
            done=self._on_chosen,
            failed=lambda words: self.ways.show_notice(words, NoticeKind.WARN),
        )

    def _on_chosen(self, school: str) -> None:
        self.panel.set_school(school)
        self.show()

    # -- putting a backup back

    def ask_backup(self) -> None:
        """Choose the stick or folder that holds the backups."""
        ask_file(self.ways, self.tr("The stick that holds the backup"), folder=True, on_picked=self.find_backups)

    def find_backups(self, medium: Path) -> None:
        """Show which finished backups are there."""
        self._pool.start(
            lambda _: self._door.backups(medium),
            owner=self,
            done=self._on_backups,
            failed=lambda words: self.ways.show_notice(words, NoticeKind.WARN),
        )

    def _on_backups(self, backups: tuple[BackupTold, ...]) -> None:
        page = BackupPanel(backups, self._window)
        page.back_requested.connect(lambda: self._show(self.ways))
        page.put_back_requested.connect(lambda chosen: self._on_backup_chosen(page, chosen))
        self._backup = page
        self._show(page)

    def _on_backup_chosen(self, page: BackupPanel, chosen: BackupTold) -> None:
        page.set_busy(True)

        def failed(words: str) -> None:
            page.set_busy(False)
            page.show_refused(words)

        def done(was_there: bool) -> None:
            page.set_busy(False)
            self.panel.set_school("")
            self.show()
            kept = self.tr("The store that stood there is kept beside it.") if was_there else ""
            self.panel.show_notice(
                self.tr("The backup is in its place. {kept} Unlock it.").format(kept=kept).replace("  ", " ")
            )

        self._pool.start(lambda _: self._door.place_backup(chosen), owner=self, done=done, failed=failed)

    # -- trying

    def _on_unlock(self, typed: Typed) -> None:
        self._typed = typed
        self._try(self.panel, lambda: self._door.unlock(typed))

    def _on_one_code(self, typed: Typed) -> None:
        self._typed = typed
        self._try(self.one_code, lambda: self._door.unlock(typed))

    def _on_recover(self, first: str, second: str) -> None:
        self._try(self.two_codes, lambda: self._door.recover(first, second), (first, second))

    def _try(self, gate: _Gate, work: Callable[[], Entered], codes: tuple[str, str] | None = None) -> None:
        gate.set_busy(True)
        job: Job = self._pool.start(
            lambda _: work(),
            owner=self,
            done=lambda entered: self._on_entered(gate, entered, codes),
            failed=lambda words: self._on_refused(gate, job, words),
            urgent=True,  # a pack that is written behind the lock lets it go first
        )

    def _on_entered(self, gate: _Gate, entered: Entered, codes: tuple[str, str] | None) -> None:
        gate.set_busy(False)
        self._forget_pages()
        for page in (self.panel, self.one_code, self.two_codes):
            page.forget()
            page.show_problems([])
        if entered.by_codes and codes is not None:
            self._pool.start(
                lambda _: self._door.people(), owner=self, done=lambda people: self._on_recovered(people, codes),
                failed=self._after_codes,
            )  # fmt: skip
            return
        self._window.set_lock_page(self.panel)
        self.entered.emit(entered)

    def _forget_pages(self) -> None:
        """Pages made for one opening go, and with them what was typed for it."""
        pages = (self._older, self._recovered, self._backup)
        self._typed, self._older, self._recovered, self._backup = None, None, None, None
        for page in pages:
            let_go(self._window, page)

    def _on_refused(self, gate: _Gate, job: Job, words: str) -> None:
        gate.set_busy(False)
        typed, self._typed = self._typed, None
        match job.error:
            case WaitError() as wait:
                self._show(self.panel)
                self.panel.forget()
                self.panel.show_wait(wait.seconds)
            case KeyringError() if gate is self.panel and typed is not None:
                self.one_code.name.set_text(typed.sign_in_name)
                self._show(self.one_code)
                self.one_code.show_notice(words, NoticeKind.WARN)
            case OlderStoreError() if typed is not None and gate is not self._older:
                self._on_older(words, typed)
            case WrongPassphraseError() | WrongCodeError() | InputError() | ProcedureError():
                gate.show_refused(words)
            case _:
                gate.show_refused(words)
                if isinstance(gate, GatePage):  # the desk or the laptop, not what was typed: no field is to blame
                    gate.show_problems([])
                    gate.show_notice(words, NoticeKind.WARN)
                    gate.focus_first()

    def _on_older(self, words: str, typed: Typed) -> None:
        page = OlderPanel(words, self._window)
        page.back_requested.connect(self.show)
        page.look_requested.connect(lambda: self._try(page, lambda: self._door.look(typed)))
        page.put_back_requested.connect(
            lambda second, reason: self._try(page, lambda: self._door.put_back(typed, second, reason))
        )
        self._older = page
        self._show(page)

    # -- after two codes

    def _on_recovered(self, people: tuple[tuple[AccountId, str], ...], codes: tuple[str, str]) -> None:
        page = RecoveredPanel(people, self._window)
        page.new_passphrase_requested.connect(
            lambda account, typed: self._on_new_passphrase(page, AccountId(account), typed, codes)
        )
        page.lock_requested.connect(self._window.lock_now)
        self._recovered = page
        self._show(page)
        self._window.set_lock_page(self.panel)
        self._window.set_ajar(True)

    def _on_new_passphrase(
        self, page: RecoveredPanel, account: AccountId, typed: NewAccount, codes: tuple[str, str]
    ) -> None:
        page.set_busy(True)
        told = self.tr("The new passphrase works from now on; the old one opens nothing. Make a backup.")

        def failed(words: str) -> None:
            if self._recovered is page:
                page.set_busy(False)
                page.show_refused(words)

        def done(_: object) -> None:
            if self._recovered is page:
                self._after_codes(told)
            elif self._window.page is self.panel:  # it was locked meanwhile, and is shut already
                self.panel.show_notice(told)

        self._pool.start(
            lambda _: self._door.new_passphrase(account, typed, codes), owner=self, done=done, failed=failed
        )

    def _after_codes(self, told: str) -> None:
        """Nobody is signed in by two codes: the desk is shut, and opened by somebody with a name."""
        self._window.set_ajar(False)

        def done(_: object) -> None:
            self.show()
            self._forget_pages()
            if told:
                self.panel.show_notice(told)

        self._pool.start(lambda _: self._door.shut(), owner=self, done=done)
