"""The papers that lie ready for a bad day, shown as they print, with the numbers and words of today."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.set_up import SetUpService
from dsl_desk.ui.settings.page import SettingsPlace
from dsl_desk.ui.settings.shelf import Shelf

KEPT_BY = ("Chair of Governors, with the minutes", "Safe")


class ReadyPapersPage(SettingsPlace):
    """Three papers to lie ready."""

    help_topic = "printed-papers"

    def __init__(self, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Papers to lie ready"),
            hint=self.tr("Print them anew when a number, a word of the stop page or an account changes."),
            back=back,
            parent=parent,
        )
        self.add_row("card", "octagon-x", self.tr("Halt card"), self.tr("Beside the laptop: what to do, whom to ring."))
        self.add_row("root", "shield-check", self.tr("Root fingerprint"), self.tr("With the Chair, and in the safe."))
        self.add_row("taken", "lock", self.tr("If police take this laptop"), self.tr("In the safe."))


class ReadyPapersPresenter(QObject):
    """Shows, prints and saves them."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index

    def open(self, row: str = "") -> None:
        """The list of them."""
        page = ReadyPapersPage(self.tr("Settings"), self._shelf.window)
        page.row_requested.connect(self._set)
        self._shelf.show(page, lambda: self._index("papers"), row=row)

    def _set(self, which: str) -> None:
        make: dict[str, tuple[str, Callable[[SetUpService], Paper]]] = {
            "card": (self.tr("Halt card"), lambda set_up: set_up.print_halt_card()),
            "root": (self.tr("Root fingerprint"), lambda set_up: set_up.print_fingerprint(KEPT_BY)),
            "taken": (self.tr("If police take this laptop"), lambda set_up: set_up.print_laptop_taken()),
        }
        title, work = make[which]
        self._shelf.ask(
            lambda services: work(services.set_up),
            lambda paper: self._shelf.papers.show(
                paper, title=title, back=self.tr("Papers to lie ready"), on_back=lambda: self.open(which)
            ),
        )
