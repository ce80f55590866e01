"""The three pages before there is a desk: going back and forth between them loses nothing but a passphrase."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.errors import KeyringError
from dsl_desk.services.begin import FirstDesk, NewAccount
from dsl_desk.services.entrance import Entered
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.set_up.begin_pages import PlacePage, SchoolAndYouPage
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.set_up.secret_pages import SecretPage
from dsl_desk.ui.set_up.steps import Step
from dsl_desk.ui.widgets import NoticeKind, StepRail, ask_file


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskBegun:
    """A desk that was just begun, with its first person signed in."""

    entered: Entered
    codes: tuple[str, ...] = field(repr=False)


class Beginnings(Protocol):
    """Where a desk is begun; called on the store's thread."""

    def check_place(self, folder: Path) -> None:
        """Whether a desk may be begun in this folder; raises RefusedPlaceError, UnreachableFolderError, MediumError."""
        ...

    def begin(self, folder: Path, plan: FirstDesk) -> DeskBegun:
        """Begin a desk and open it; raises KeyringError, RefusedPlaceError, InputError, DiskFullError."""
        ...

    def identifier(self) -> str:
        """A fresh identifier for a person."""
        ...


class FirstDeskPages(QObject):
    """Asks where the desk is kept, whose it is and what opens it, then begins it.

    Signals: `begun(DeskBegun)`, `given_up` (back from the first of them).
    """

    begun = Signal(object)
    given_up = Signal()

    def __init__(
        self,
        show: Callable[[SetUpPage, Step], None],
        rail: StepRail,
        pool: JobPool,
        beginnings: Beginnings,
        suggested: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._show, self._rail, self._pool, self._beginnings = show, rail, pool, beginnings
        self._suggested, self._folder = suggested, suggested
        self.plan = FirstDesk()

    def ask_place(self) -> None:
        """Show the first of the pages, with the folder that was chosen before."""
        page = PlacePage(self._suggested, self._rail)
        page.set_folder(self._folder)
        page.folder_requested.connect(
            lambda: ask_file(page, self.tr("Folder for the desk"), folder=True, on_picked=page.set_folder)
        )
        page.back_requested.connect(self.given_up)
        page.chosen.connect(lambda folder: self._on_place(page, folder))
        self._show(page, Step.PLACE)

    def _on_place(self, page: PlacePage, folder: Path) -> None:
        self._folder = folder
        page.set_busy(True)
        self._pool.start(
            lambda _: self._beginnings.check_place(folder),
            owner=page,
            done=lambda _: self._ask_school() if page.isVisible() else page.set_busy(False),
            failed=page.show_refused_place,
        )

    def _ask_school(self) -> None:
        page = SchoolAndYouPage(self.plan, self._rail)
        page.back_requested.connect(lambda: self._keep(page.typed, self.ask_place))
        page.told.connect(lambda plan: self._keep(plan, self._ask_secret))
        self._show(page, Step.SCHOOL)

    def _keep(self, plan: FirstDesk, after: Callable[[], None]) -> None:
        self.plan = plan
        after()

    def _ask_secret(self) -> None:
        page = SecretPage(self.tr("Your own passphrase"), self.tr("&Begin the desk"), rail=self._rail)
        page.say_what_the_laptop_asks()
        page.name.set_text(self.plan.me.sign_in_name)
        page.back_requested.connect(lambda: self._keep(self.plan.with_me(self._named(page.typed)), self._ask_school))
        page.told.connect(lambda typed: self._begin(page, typed))
        self._show(page, Step.SECRET)

    def _named(self, typed: NewAccount) -> NewAccount:
        """What is known of the first person but their passphrase."""
        me = self.plan.me
        return replace(typed, name=me.name, role=me.role, passphrase="", again="")

    def _begin(self, page: SecretPage, typed: NewAccount) -> None:
        me = replace(typed, name=self.plan.me.name, role=self.plan.me.role, person=self._beginnings.identifier())
        self.plan = self.plan.with_me(self._named(me))
        page.set_busy(True)
        page.show_notice(
            self.tr("The desk is being begun. If the laptop asks for a password now, it is its own key store."),
            NoticeKind.GUIDE,
        )

        def failed(words: str) -> None:
            if isinstance(job.error, KeyringError):
                page.offer_reduced(replace(me, reduced=True).shortest)
            page.show_refused(words)

        folder, plan = self._folder, self.plan.with_me(me)
        job: Job = self._pool.start(
            lambda _: self._beginnings.begin(folder, plan), owner=page, done=self.begun.emit, failed=failed
        )
