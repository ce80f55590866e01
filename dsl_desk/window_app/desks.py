"""The desk that this window has open, or none: which folder it is, who is signed in, and the services for them."""

from dataclasses import dataclass, field
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Services, Surroundings, SystemChance
from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.words import AccountId
from dsl_desk.paths import make_private
from dsl_desk.services.begin import FirstDesk, NewAccount
from dsl_desk.services.entrance import Entered, entered
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.unlock import Typed
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.files import read_file, write_beside
from dsl_desk.ui.set_up.presenter import DeskBegun

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
        self.switch = HaltSwitch()
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
        made = app.services(desk, self._around.clock, self.switch)
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
