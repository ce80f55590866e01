"""What stands in the window: the door, set-up, Home and cases, joined to the services of the open desk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject

from dsl_desk import app
from dsl_desk.app import Services, Surroundings, SystemChance
from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.words import AccountId
from dsl_desk.paths import make_private, suggested_desk_folder
from dsl_desk.services.begin import FirstDesk, NewAccount
from dsl_desk.services.entrance import Entered, entered
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.unlock import Typed
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.files import read_file, write_beside
from dsl_desk.ui.desk.presenter import DeskPresenter
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.set_up.presenter import DeskBegun, SetUpPresenter
from dsl_desk.ui.shell import Place
from dsl_desk.ui.unlock.presenter import UnlockPresenter
from dsl_desk.ui.widgets import NoticeKind

LAST_DESK = "last-desk"
"""File of the private configuration that holds the path of the desk opened last; no other place remembers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shut:
    """A desk opened by codes alone, or open for somebody by name."""

    desk: OpenDesk
    services: Services | None = field(default=None)


class Desks:
    """The desk on this laptop, shut or open for one person; everything here runs on the store's thread alone."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._switch = HaltSwitch()
        self._open: _Shut | None = None
        self._folder: Path | None = None

    # -- which desk

    def remembered(self) -> Path | None:
        """The desk opened last on this laptop, where its folder still stands."""
        place = self._around.config / LAST_DESK
        if not place.exists():
            return None
        folder = Path(read_file(place).decode("utf-8", errors="replace").strip())
        self._folder = folder if folder.is_dir() else None
        return self._folder

    def choose(self, folder: Path) -> str:
        """Use the desk in this folder from now on."""
        if not (folder / "desk.slots").exists() and not (folder / "desk.db").exists():
            raise StoreError(
                "There is no desk in this folder. Choose the folder that holds desk.db; nothing was changed."
            )
        self._remember(folder)
        return ""

    def _remember(self, folder: Path) -> None:
        self._folder = folder
        write_beside(make_private(self._around.config) / LAST_DESK, str(folder.absolute()).encode())

    # -- opening and shutting

    def unlock(self, typed: Typed) -> Entered:
        """Open it for one person."""
        return self._enter(app.opener(self._at(), self._around).unlock(typed))

    def look(self, typed: Typed) -> Entered:
        """Open an older state without changing anything."""
        return self._enter(app.opener(self._at(), self._around).look(typed), read_only=True)

    def put_back(self, typed: Typed, second: Typed, reason: str) -> Entered:
        """Open an older state that two people say was put in place on purpose."""
        return self._enter(app.opener(self._at(), self._around).put_back(typed, second, reason))

    def recover(self, first: str, second: str) -> Entered:
        """Open it with two recovery codes; nobody is signed in, so there are no services."""
        desk = app.opener(self._at(), self._around).recover(first, second)
        self._open = _Shut(desk=desk)
        return entered(desk, SchoolRegister(desk))

    def begin(self, folder: Path, plan: FirstDesk) -> DeskBegun:
        """Begin a desk and open it."""
        created = app.begin_desk(folder, plan.as_set_up(), self._around)
        self._remember(folder)
        return DeskBegun(entered=self._enter(created.desk), codes=created.codes)

    def _at(self) -> Path:
        if self._folder is None:
            raise StoreError("No desk is chosen. Choose the folder that holds it, or begin one.")
        return self._folder

    def _enter(self, desk: OpenDesk, *, read_only: bool = False) -> Entered:
        made = app.services(desk, self._around.clock, self._switch)
        self._open = _Shut(desk=desk, services=made)
        return entered(desk, made.register, read_only=read_only)

    def shut(self) -> None:
        """Sign out and let go of the folder; a stop in memory stays."""
        held, self._open = self._open, None
        if held is not None:
            held.desk.close(self._around.clock.now())

    # -- while it is open

    def services(self) -> Services:
        """Every use case, for whoever is signed in; raises StoreError while the desk is locked."""
        if self._open is None or self._open.services is None:
            raise StoreError("The desk is locked. Nothing was changed.")
        return self._open.services

    def people(self) -> tuple[tuple[AccountId, str], ...]:
        """Accounts in force and whose they are."""
        if self._open is None:
            raise StoreError("The desk is locked. Nothing was changed.")
        return tuple((row.account, row.name) for row in self._open.desk.accounts() if row.in_force)

    def new_passphrase(self, account: AccountId, typed: NewAccount, codes: tuple[str, str]) -> None:
        """New keys for somebody who forgot their passphrase, with two codes."""
        if self._open is None:
            raise StoreError("The desk is locked. Nothing was changed.")
        app.forgotten_passphrase(self._open.desk, account, typed.sign_in_name, typed.passphrase, codes)

    def identifier(self) -> str:
        """A fresh identifier for a person."""
        return SystemChance().identifier()


class DeskWindow(QObject):
    """Joins the pages to each other: who came in goes Home, who locks comes back to the same place."""

    def __init__(self, window: MainWindow, pool: JobPool, around: Surroundings) -> None:
        super().__init__(window)
        self._window, self._pool = window, pool
        self.desks = Desks(around)
        self._signed_in: Entered | None = None
        self._clock = around.clock
        self.door = UnlockPresenter(window, pool, self.desks)
        self.set_up = SetUpPresenter(window, pool, self.desks.services, self.desks, suggested_desk_folder())
        self.home = DeskPresenter(window, pool, self.desks.services)
        self._others: list[Callable[[], None]] = []
        window.set_lock_page(self.door.panel)
        window.set_places(self._places())
        self._connect()

    def _places(self) -> list[Place]:
        return [
            Place(key="home", words=self.tr("Home"), icon="house"),
            Place(key="cases", words=self.tr("Cases"), icon="folder"),
        ]

    def _connect(self) -> None:
        self.door.entered.connect(self._on_entered)
        self.door.begin_requested.connect(self.set_up.begin)
        self.set_up.open_requested.connect(self.door.ask_folder)
        self.set_up.given_up.connect(self._on_given_up)
        self.set_up.begun.connect(self._on_begun)
        self.set_up.finished.connect(self.home.show_home)
        self.home.set_up_requested.connect(self.set_up.finish_later)
        self._window.place_requested.connect(self._on_place)
        self._window.locked.connect(self._on_locked)

    def start(self) -> None:
        """Show the door of the desk that was opened last, or the very first page."""
        self._pool.start(lambda _: self.desks.remembered(), owner=self, done=self._on_remembered)

    def _on_remembered(self, folder: Path | None) -> None:
        if folder is None:
            self.set_up.show_welcome()
        else:
            self.door.show()

    def _on_given_up(self) -> None:
        self.start()

    # -- coming in, and locking

    def _on_begun(self, came: Entered) -> None:
        self._signed_in = came
        self._window.set_desk(came.school)
        self._window.set_person(came.person)

    def _on_entered(self, came: Entered) -> None:
        before, self._signed_in = self._signed_in, came
        self._window.set_desk(came.school)
        self.door.panel.set_school(came.school)
        same = before is not None and before.account == came.account and self._window.is_locked
        if not same:
            self.home.start_anew()
            for start_anew in self._others:
                start_anew()
            self.home.show_home()
        if self._window.is_locked:
            self._window.unlocked(came.person)
        else:
            self._window.set_person(came.person)
        for words in came.notices:
            self._window.tell(words, NoticeKind.WARN)

    def _on_locked(self) -> None:
        """Sign out at once; work that waits is not begun for somebody who has gone."""
        self.door.panel.forget()
        self.door.panel.show_problems([])
        self.door.panel.set_since(self.tr("Locked at {time}").format(time=f"{self._clock.now().local:%H:%M}"))
        self._pool.start(lambda _: self.desks.shut(), owner=self)

    def _on_place(self, key: str) -> None:
        if key == "home":
            self.home.show_home()
        elif key == "cases":
            self.home.show_cases()

    def close(self) -> None:
        """The window closes: sign out."""
        self._pool.start(lambda _: self.desks.shut(), owner=self)
