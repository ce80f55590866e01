"""This laptop: appearance and lock, the two keys, what this program is, and what was changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from dsl_desk.services.about import About, Paragraph, licences, protects
from dsl_desk.services.change_log import ChangeTold
from dsl_desk.services.laptop import LaptopSettings
from dsl_desk.ui.settings.laptop_pages import AboutPage, KeysPage, LogPage, LookPage, ReadingPage
from dsl_desk.ui.settings.shelf import Laptop, Shelf
from dsl_desk.ui.widgets import NoticeKind


class LaptopPresenter(QObject):
    """How this laptop shows the desk."""

    def __init__(self, shelf: Shelf, index: Callable[..., None], laptop: Laptop) -> None:
        super().__init__(shelf)
        self._shelf, self._index, self._laptop = shelf, index, laptop
        self._back = self.tr("Settings")

    def open_look(self) -> None:
        """Colours, size of words, and when it locks."""
        laptop = self._laptop
        page = LookPage(
            laptop.settings(), laptop.shown_percent, self._back, can_open_again=laptop.can_open_again,
            parent=self._shelf.window,
        )  # fmt: skip

        def chosen(settings: LaptopSettings) -> None:
            laptop.wear(settings)
            page.show_settings(settings)
            self._shelf.pool.start_aside(
                lambda _: laptop.keep(settings),
                owner=page,
                failed=lambda words: page.show_notice(words, NoticeKind.WARN),
            )

        page.chosen.connect(chosen)
        page.open_again_requested.connect(laptop.open_again)
        self._shelf.show(page, lambda: self._index("look"))

    def open_keys(self) -> None:
        """Try halt and lock."""
        self._shelf.show(KeysPage(self._back, self._shelf.window), lambda: self._index("keys"))

    def open_about(self, row: str = "") -> None:
        """Where it is kept, version, licences."""
        self._shelf.ask(lambda _: self._laptop.about(), lambda about: self._show_about(about, row))

    def _show_about(self, about: About, row: str) -> None:
        page = AboutPage(about, self._back, self._shelf.window)
        page.row_requested.connect(self._read)
        self._shelf.show(page, lambda: self._index("about"), row=row)

    def _read(self, which: str) -> None:
        reading = {
            "protects": (self.tr("What it protects, and what it does not"), protects),
            "licences": (self.tr("Licences"), licences),
        }
        title, text = reading[which]
        self._shelf.pool.start_aside(
            lambda _: text(),
            owner=self,
            done=lambda parts: self._show_text(title, parts, which),
            failed=self._shelf.window.tell,
        )

    def _show_text(self, title: str, parts: Sequence[Paragraph], which: str) -> None:
        page = ReadingPage(title, parts, self.tr("About this desk"), self._shelf.window)
        self._shelf.show(page, lambda: self.open_about(which))

    def open_log(self) -> None:
        """What was changed, by whom and when."""
        self._shelf.ask(lambda services: services.change_log.told(), self._show_log)

    def _show_log(self, told: tuple[ChangeTold, ...]) -> None:
        self._shelf.show(LogPage(told, self._back, self._shelf.window), lambda: self._index("log"))
