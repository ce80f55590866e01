"""Help in the open window: its place, and the look round that is offered once to each person on this laptop."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.paths import make_private
from dsl_desk.services.entrance import Entered
from dsl_desk.store.files import read_file, stands, write_beside
from dsl_desk.ui.help.place import HelpPanel
from dsl_desk.ui.help.tour import Tour
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.window_app.joined import DeskWindow

SHOWN_ROUND = "shown-round"
"""File of the private configuration: one digest a person who was offered a look round, and nothing else."""


class ShownRound:
    """Who was offered a look round here; a digest of the account says nothing to who does not hold the desk."""

    def __init__(self, config: Path) -> None:
        self._config = config

    def was_offered(self, account: str) -> bool:
        """Whether this person was; where that cannot be read, they were: nobody is asked every day."""
        place = self._config / SHOWN_ROUND
        if not stands(place):
            return False
        try:
            return _digest(account) in read_file(place).decode("ascii", errors="replace").split()
        except DslDeskError:
            return True

    def note_offered(self, account: str) -> None:
        """Do not offer it to this person again."""
        place = make_private(self._config) / SHOWN_ROUND
        before = read_file(place).decode("ascii", errors="replace").split() if stands(place) else []
        write_beside(place, "\n".join([*before, _digest(account), ""]).encode("ascii"))


def _digest(account: str) -> str:
    return hashlib.sha256(f"dsl-desk look round {account}".encode()).hexdigest()[:32]


class HelpDesk(QObject):
    """Joins the Help place and the look round to the window."""

    def __init__(self, window: MainWindow, pool: JobPool, desk: DeskWindow, config: Path) -> None:
        super().__init__(window)
        self._window = window
        self._panel: HelpPanel | None = None
        self.tour = Tour(window, pool, ShownRound(config), lambda: desk.home.home)
        self.tour.home_wanted.connect(lambda: window.place_requested.emit("home"))
        window.place_requested.connect(self._on_place)
        desk.door.entered.connect(self._on_entered)
        desk.set_up.begun.connect(self._on_entered)

    @property
    def panel(self) -> HelpPanel:
        """The Help place; made when it is first asked for."""
        if self._panel is None:
            self._panel = HelpPanel(self._window)
            self._panel.hide()
            self._panel.tour_requested.connect(self.tour.start)
        return self._panel

    def _on_place(self, key: str) -> None:
        if key == "help":
            self._window.set_place("help")
            self._window.show_page(self.panel)

    def _on_entered(self, came: Entered) -> None:
        if not came.by_codes and not came.read_only:
            self.tour.somebody_came(came.account)
