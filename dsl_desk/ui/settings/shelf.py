"""What every presenter of the settings needs: one page at a time, store work, and back to where one was."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from dsl_desk.services.about import About
from dsl_desk.services.access_log import AccessLogService
from dsl_desk.services.account_care import AccountCareService
from dsl_desk.services.acting import ActingService
from dsl_desk.services.change_log import ChangeLog
from dsl_desk.services.devices import DeviceService
from dsl_desk.services.laptop import LaptopSettings
from dsl_desk.services.policy_care import PolicyCareService
from dsl_desk.services.post_care import PostCareService
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.readers import ReaderService
from dsl_desk.services.saving import save_papers
from dsl_desk.services.school_days import SchoolDaysService
from dsl_desk.services.set_up import SetUpService
from dsl_desk.services.settings import SettingsService
from dsl_desk.ui.case.destroy import DestroyServices
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.widgets import NoticeKind, ask_file

PageT = TypeVar("PageT", bound=Page)


class SettingsServices(DestroyServices, Protocol):
    """What an open desk offers to the settings."""

    @property
    def set_up(self) -> SetUpService:
        """What set-up asks."""
        ...

    @property
    def settings(self) -> SettingsService:
        """Particulars and contacts."""
        ...

    @property
    def posts(self) -> PostCareService:
        """Who holds which post."""
        ...

    @property
    def school_days(self) -> SchoolDaysService:
        """Term dates and the like."""
        ...

    @property
    def devices(self) -> DeviceService:
        """The register of devices."""
        ...

    @property
    def policy_care(self) -> PolicyCareService:
        """The policy profile."""
        ...

    @property
    def account_care(self) -> AccountCareService:
        """Accounts and codes."""
        ...

    @property
    def change_log(self) -> ChangeLog:
        """What was changed."""
        ...

    @property
    def acting(self) -> ActingService:
        """Who stands in for the DSL."""
        ...

    @property
    def access_log(self) -> AccessLogService:
        """Who opened which case."""
        ...

    @property
    def readers(self) -> ReaderService:
        """Who reads restricted records."""
        ...


class Laptop(Protocol):
    """How this laptop shows the desk; kept and worn at once."""

    @property
    def shown_percent(self) -> int:
        """The size of words that the window was opened with."""
        ...

    @property
    def can_open_again(self) -> bool:
        """Whether the program can close and open itself again."""
        ...

    def settings(self) -> LaptopSettings:
        """What was chosen."""
        ...

    def wear(self, settings: LaptopSettings) -> None:
        """Show it so from now on."""
        ...

    def keep(self, settings: LaptopSettings) -> None:
        """Remember it, on a worker's thread; raises StoreError, PlacesError."""
        ...

    def open_again(self) -> None:
        """Lock, close, and open again in the size that was chosen."""
        ...

    def about(self) -> About:
        """What this program is and where the desk is kept; on the store's thread."""
        ...


class Shelf(QObject):
    """One page of the settings at a time; the one in sight is kept alive, also behind the lock.

    Signals: `card_changed` where numbers or words of the stop page were changed.
    """

    card_changed = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], SettingsServices]) -> None:
        super().__init__(window)
        self.window, self.pool, self.services = window, pool, services
        self.page: Page | None = None
        self.papers = PapersPresenter(window, pool)

    def show(self, page: PageT, back: Callable[[], object], *, row: str = "") -> PageT:
        """Show a page; the one before goes. `row` is the line on which one was last."""
        page.hide()
        page.back_requested.connect(back)
        old, self.page = self.page, page
        self.window.set_place("settings")
        self.window.show_page(page)
        if old is not None:
            old.deleteLater()
        focus_row = getattr(page, "focus_row", None)
        if row and focus_row is not None and not self.window.is_locked:
            focus_row(row)
        return page

    def forget(self) -> None:
        """The desk is locked: passphrases and codes go, words stay."""
        forget = getattr(self.page, "forget", None)
        if forget is not None:
            forget()

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before saw stays."""
        old, self.page = self.page, None
        if old is not None:
            old.deleteLater()
        self.papers.start_anew()

    def ask(self, work: Callable[[SettingsServices], Any], done: Callable[[Any], object]) -> None:
        """Read something on the store's thread, then show it."""
        self.pool.start(
            lambda _: work(self.services()),
            owner=self,
            done=done,
            failed=lambda words: self.window.tell(words, NoticeKind.WARN),
        )

    def keep(self, page: SetUpPage, work: Callable[[SettingsServices], Any], done: Callable[[Any], object]) -> None:
        """Keep what a page asks, then go on; where it cannot be kept the page stays and says why."""
        page.set_busy(True)
        self.pool.start(lambda _: work(self.services()), owner=page, done=done, failed=page.show_refused)

    def save(self, page: SetUpPage, papers: Callable[[SettingsServices], list[Paper]], title: str,
             done: Callable[[tuple[str, ...]], object]) -> None:  # fmt: skip
        """Ask for a folder, and save papers there."""

        def picked(folder: Path) -> None:
            self.keep(page, lambda services: save_papers(folder, papers(services)), done)

        ask_file(page, title, folder=True, on_picked=picked)
