"""The desk that this window has open, or none: which folder it is, who is signed in, and the services for them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Services, Surroundings, SystemChance
from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.words import AccountId
from dsl_desk.paths import make_private, suggested_desk_folder
from dsl_desk.services.begin import FirstDesk, NewAccount
from dsl_desk.services.entrance import Entered, entered, read_on_words
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.putting_back import BackupTold
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.unlock import Typed
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.files import is_folder, read_file, stands, write_beside
from dsl_desk.store.issuing import Secret
from dsl_desk.ui.set_up.first_desk import DeskBegun

STILL_AT_WORK = (
    "The desk still finishes what was begun before it was locked, such as a pack or a backup. Whoever locked it can "
    "unlock it now; for anybody else it opens when that is done. Nothing was changed."
)
LAST_DESK = "last-desk"
"""File of the private configuration that holds the path of the desk opened last; no other place remembers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A desk opened by codes alone, or open for somebody by name."""

    desk: OpenDesk
    services: Services | None = None
    read_only: bool = False
    """Whether it is an older state that somebody only looks at."""


class Desks:
    """The desk on this laptop, shut or open for one person; everything here runs on the store's thread alone."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self.switch = HaltSwitch()
        self._open: _Held | None = None
        self._folder: Path | None = None
        self.works_on: Callable[[], bool] = lambda: False
        """Whether work that somebody began before locking goes on; the desk stays open behind the lock for it."""
        self.turn: Callable[[], int] | None = None
        """In whose turn the work at hand was begun, where the window tells."""
        self._locks = self._came_back = self._from_turn = 0
        self._last: AccountId | None = None

    # -- which desk

    def remembered(self) -> Path | None:
        """The desk opened last on this laptop, where its folder still stands."""
        place = self._around.config / LAST_DESK
        if not stands(place):
            return None
        folder = Path(read_file(place).decode("utf-8", errors="replace").strip())
        self._folder = folder if folder.is_absolute() and is_folder(folder) else None
        return self._folder

    def choose(self, folder: Path) -> str:
        """Use the desk in this folder from now on."""
        if not stands(folder / "desk.slots") and not stands(folder / "desk.db"):
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
        """Open it for one person.

        While a pack is still written behind the lock, whoever locked it comes back in
        with their passphrase and the work goes on; for anybody else it is not over yet.
        """
        if self._open is not None and self.works_on():
            return self._come_back(self._open, typed)
        self._let_go()
        return self._enter(app.opener(self._at(), self._around).unlock(typed))

    def look(self, typed: Typed) -> Entered:
        """Open an older state without changing anything."""
        self._let_go()
        return self._enter(app.opener(self._at(), self._around).look(typed), read_only=True)

    def put_back(self, typed: Typed, second: Typed, reason: str) -> Entered:
        """Open an older state that two people say was put in place; what was destroyed since is destroyed again."""
        self._let_go()
        desk = app.opener(self._at(), self._around).put_back(typed, second, reason)
        try:
            told = app.putting_back(self._around).destroy_again(desk, self._at(), typed, second)
        except BaseException:
            desk.close(self._around.clock.now())
            raise
        came = self._enter(desk)
        return replace(came, notices=(told, *came.notices)) if told else came

    def backups(self, medium: Path) -> tuple[BackupTold, ...]:
        """Finished backups on a stick, the newest state first."""
        return app.putting_back(self._around).backups(medium)

    def place_backup(self, chosen: BackupTold) -> bool:
        """Put a backup where this laptop's desk stands or shall stand; true where a store is kept beside it."""
        self._let_go()
        folder = self._folder or suggested_desk_folder()
        was_there = app.putting_back(self._around).put_back(chosen, folder)
        self._remember(folder)
        return was_there

    def recover(self, first: str, second: str) -> Entered:
        """Open it with two recovery codes; nobody is signed in, so there are no services."""
        self._let_go()
        desk = app.opener(self._at(), self._around).recover(first, second)
        self._open = _Held(desk=desk)
        return entered(desk, SchoolRegister(desk))

    def read_on(self, progress: Callable[[int, int], None]) -> str:
        """Read the older links of a long record, between other work; gives what to tell, or nothing."""
        return read_on_words(self._open.desk.read_on(progress)) if self._open is not None else ""

    def check_place(self, folder: Path) -> None:
        """Whether a desk may be begun in this folder."""
        app.may_begin_in(folder, self._around)

    def begin(self, folder: Path, plan: FirstDesk) -> DeskBegun:
        """Begin a desk and open it."""
        self._let_go()
        set_up = replace(plan.as_set_up(), rehearsal=self._around.rehearsal or plan.rehearsal)
        created = app.begin_desk(folder, set_up, self._around)
        self._remember(folder)
        self._last = None
        return DeskBegun(entered=self._enter(created.desk), codes=created.codes)

    def _at(self) -> Path:
        if self._folder is None:
            raise StoreError("No desk is chosen. Choose the folder that holds it, or begin one.")
        return self._folder

    def _enter(self, desk: OpenDesk, *, read_only: bool = False) -> Entered:
        made = app.services(desk, self._around.clock, self.switch)
        if self.turn is not None and self._last not in (None, desk.me.account):
            self._from_turn = self.turn() + 1
        self._last = desk.me.account
        self._open = _Held(desk=desk, services=made, read_only=read_only)
        came, standing_in = entered(desk, made.register, read_only=read_only), made.acting.words()
        return replace(came, notices=(*came.notices, standing_in)) if standing_in else came

    def _come_back(self, held: _Held, typed: Typed) -> Entered:
        if held.services is None or typed.code:
            raise StoreError(STILL_AT_WORK)
        proved = held.services.prove(typed.sign_in_name, typed.passphrase)
        if proved.account != held.desk.me.account:
            raise StoreError(STILL_AT_WORK)
        self._came_back = self._locks
        came = entered(held.desk, held.services.register, read_only=held.read_only)
        return replace(came, notices=())

    def _let_go(self) -> None:
        """Before a desk is opened: what a lock has not shut yet is shut now, and not once more later."""
        if self._open is not None and self.works_on():
            raise StoreError(STILL_AT_WORK)
        self.shut()
        self._came_back = self._locks

    def locked(self) -> int:
        """The window was locked; gives the lock's number, for `shut`. Called on the window's thread."""
        self._locks += 1
        return self._locks

    def shut(self, lock: int | None = None) -> None:
        """Sign out and let go of the folder; a stop in memory stays.

        Where somebody came back in since that lock, nothing is shut.
        """
        if lock is not None and lock <= self._came_back:
            return
        held, self._open = self._open, None
        if held is not None:
            held.desk.close(self._around.clock.now())

    # -- while it is open

    def services(self) -> Services:
        """Every use case, for whoever is signed in; raises StoreError while the desk is locked.

        Also for work that somebody began who has gone since: it is never done, or
        signed, or drafted, as the person who came in after them.
        """
        if self._open is None or self._open.services is None:
            raise StoreError("The desk is locked. Nothing was changed.")
        if self.turn is not None and self.turn() < self._from_turn:
            raise StoreError("Somebody else signed in before this was done. Nothing was changed.")
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
        new = Secret(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase)
        app.forgotten_passphrase(self._open.desk, account, new, codes, self._around.clock)

    def identifier(self) -> str:
        """A fresh identifier for a person."""
        return SystemChance().identifier()
