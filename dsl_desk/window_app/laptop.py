"""How this laptop shows the desk: what was chosen is worn at once and remembered for the next time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dsl_desk.app import PROGRAM
from dsl_desk.services import laptop
from dsl_desk.services.about import About, folder_words, in_fours
from dsl_desk.services.laptop import LaptopSettings
from dsl_desk.signatures import certificate_sha256
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.window_app import OPEN_AGAIN
from dsl_desk.window_app.desks import Desks

SHOWN_PERCENT = "text_percent"
"""Property of the application: the size of words that the window was opened with."""
CAN_OPEN_AGAIN = "can_open_again"


class WornLaptop:
    """The laptop behind the settings: theme, idle lock, and the file that remembers them."""

    def __init__(self, window: MainWindow, config: Path, about: Callable[[], About]) -> None:
        self._window, self._config, self._about = window, config, about
        self._settings = laptop.remembered(config)
        self._window.idle.set_times(self._settings.lock_minutes * 60)

    @property
    def shown_percent(self) -> int:
        """The size of words that the window was opened with."""
        return int(_app().property(SHOWN_PERCENT) or 100)

    @property
    def can_open_again(self) -> bool:
        """Whether the program can close and open itself again."""
        return bool(_app().property(CAN_OPEN_AGAIN))

    def settings(self) -> LaptopSettings:
        """What was chosen."""
        return self._settings

    def wear(self, settings: LaptopSettings) -> None:
        """Show it so from now on; words take their new size when the window is next opened."""
        before, self._settings = self._settings, replace(settings)
        self._window.idle.set_times(settings.lock_minutes * 60)
        theme = _app().findChild(Theme)
        if theme is not None and settings.appearance != before.appearance:
            theme.set_appearance(Appearance(settings.appearance))

    def keep(self, settings: LaptopSettings) -> None:
        """Remember it; raises StoreError, PlacesError."""
        laptop.keep(self._config, settings)

    def open_again(self) -> None:
        """Close as a person does, and open once more in the size that was chosen."""
        app = _app()
        app.setQuitOnLastWindowClosed(False)
        self._window.close()
        QTimer.singleShot(0, app, lambda: app.exit(OPEN_AGAIN))

    def about(self) -> About:
        """What this program is and where the desk is kept."""
        return self._about()


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):  # pragma: no cover - a window without its application cannot be
        raise RuntimeError("there is no application")
    return app


def about_desk(desks: Desks) -> About:
    """What this program is and where the open desk is kept; on the store's thread."""
    desk = desks.services().desk
    return About(
        program=PROGRAM,
        folder=folder_words(desks.remembered()),
        fingerprint=in_fours(certificate_sha256(desk.root)),
        rehearsal=desk.rehearsal,
    )
