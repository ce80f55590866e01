"""Somebody at the window: finds what is there by its words, touches it, waits for what comes, takes a picture.

Everything is found by the name a person reads or a screen reader says. Every wait has an end: what does not come
is told in a sentence that names the page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from dsl_desk.app import Services, Surroundings
from dsl_desk.rehearsal.reading import is_drawn, names_of, text_of
from dsl_desk.rehearsal.touch import Clicks, HandsError, Touch
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.painting import split_mnemonic
from dsl_desk.ui.widgets import FormPart, Notice, Row, Verdict
from dsl_desk.window_app.opened import WindowApp

PATIENCE_MS = 120_000
_ACTIVE_MS = 1_500
_LOOK_MS = 20
_IN_VAIN = 1
W = TypeVar("W", bound=QWidget)
T = TypeVar("T")
OnScreen = Callable[[str, MainWindow], None]


class Hands(QObject):
    """One person at a time at one window over one desk; how they touch it is the `touch`."""

    def __init__(
        self, app: QApplication, around: Surroundings, touch: Touch | None = None, *, patience_ms: int = PATIENCE_MS
    ) -> None:
        super().__init__()
        self._app, self._patience_ms = app, patience_ms
        self.touch: Touch = touch or Clicks(app)
        self.on_screen: list[OnScreen] = []
        """Called with a name and the window whenever a screen is worth keeping."""
        self.opened = WindowApp(app, around)
        self.opened.help.tour.offers = False  # a look round is for newcomers; the rehearsal is one itself
        self.window = self.opened.window
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, _ACTIVE_MS)

    # -- waiting

    def until(self, holds: Callable[[], bool], what: str = "", patience_ms: int = 0) -> None:
        """Let the window work until something holds; raises HandsError where it never does."""
        loop, patience, look = QEventLoop(), QTimer(), QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(lambda: loop.exit(_IN_VAIN))
        look.timeout.connect(lambda: loop.exit(0) if holds() else None)
        patience.start(patience_ms or self._patience_ms)
        look.start(_LOOK_MS)
        ended = 0 if holds() else loop.exec()  # what held once is enough: a draft may be kept in the next moment
        look.stop()
        patience.stop()
        if ended != 0 and not holds():  # where the window itself stood still, it has come meanwhile
            raise HandsError(f"{what or 'What was waited for'} never came. {self.seen()}")

    def seen(self) -> str:
        """What stands on the page that is shown, for whoever has to mend it."""
        page = self.window.page
        if page is None:
            return "No page is shown."
        problems = [link.text() for link in page.errors.links]
        said = self.said().splitlines()
        halt = " The stop page is up." if self.window.halt.is_up else ""
        return f"The page is “{page.title.text()}”.{halt} It says: {'; '.join((*problems, *said)) or 'nothing more'}."

    def quiet(self) -> None:
        """Let everything that was asked for be answered."""
        for _ in range(4):  # an answer may ask for more
            self.until(lambda: not self.opened.pool.busy, "The end of the work")
            self._app.processEvents()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.window.page
        if page is None:
            raise HandsError("No page is shown.")
        return page

    @property
    def title(self) -> str:
        """What the page that is shown is called."""
        page = self.window.page
        return page.title.text() if page is not None else ""

    def on(self, title: str) -> None:
        """Wait until the page of exactly this title is shown and at rest."""
        self.until(lambda: self.title == title, f"The page “{title}”")
        self.quiet()

    def comes(self, part: str) -> None:
        """Wait until a page is shown whose title has these words in it."""
        self.until(lambda: part in self.title, f"A page with “{part}” in its title")
        self.quiet()

    # -- finding

    def _all(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        found = (within or self.window).findChildren(kind)
        return [one for one in found if one.isVisible() and one.isEnabled()]

    def _one(self, kind: type[W], words: str, within: Callable[[], QWidget | None]) -> W:
        """The one part of this kind and these words: waits until it is there and can be used."""

        def fitting() -> list[W]:
            place = within()
            parts = self._all(kind, place) if place is not None else []
            exact = [part for part in parts if words in names_of(part)]
            return exact or [part for part in parts if any(name.startswith(words) for name in names_of(part))]

        self.until(lambda: bool(fitting()), f"“{words}”")
        found = fitting()
        if len(found) > 1:
            raise HandsError(f"“{words}” is there {len(found)} times. {self.seen()}")
        return found[0]

    def _group(self, name: str) -> QWidget | None:
        """The part of the page that has this name: a question's answers, a field."""
        parts = [part for part in self.page.findChildren(QWidget) if part.isVisible() and name in names_of(part)]
        return next((part for part in parts if part.findChildren(QAbstractButton)), None)

    def field(self, label: str) -> QLineEdit:
        """The line of this label."""
        return self._one(QLineEdit, label, lambda: self.window)

    def errors(self) -> list[str]:
        """What stands at the fields that need a change."""
        return [field.error for field in self.page.findChildren(FormPart) if field.error]

    def rows(self) -> list[Row]:
        """The lines of the page that can be opened."""
        return self._all(Row, self.page)

    def read(self, beginning: str) -> str:
        """The words of the one part whose name begins so."""
        parts = [part for part in self.page.findChildren(QLabel) if part.isVisible()]
        return next((part.text() for part in parts if part.accessibleName().startswith(beginning)), "")

    def says(self, words: str) -> None:
        """Wait until the page says this in a notice or a verdict."""
        self.until(lambda: words in self.said(), f"The words “{words}”")

    def said(self) -> str:
        """What the notices and verdicts of the page say."""
        told = [*self.page.findChildren(Notice), *self.page.findChildren(Verdict)]
        return "\n".join(one.accessibleName() for one in told if one.isVisible())

    def has(self, words: str) -> bool:
        """Whether a button, line or answer of these words can be used now."""
        return any(words in names_of(part) for part in self._all(QAbstractButton))

    def words(self) -> str:
        """Everything that can be read on the page, one part after the other."""
        parts = (part for part in self.page.findChildren(QWidget) if part.isVisible())
        return "\n".join(("", *(name for part in parts if (name := part.accessibleName() or text_of(part)))))

    # -- doing

    def press(self, words: str, under: str = "") -> None:
        """Press the button, line, answer or box of these words; `under` names the question it answers."""
        place: Callable[[], QWidget | None] = (lambda: self._group(under)) if under else (lambda: self.window)
        self.touch.press(self._one(QAbstractButton, words, place))

    def type(self, label: str, text: str) -> None:
        """Type into the field of this label, in place of what stands there."""
        self.touch.write(self._editor(label), text)

    def _editor(self, label: str) -> QWidget:
        def there() -> list[QWidget]:
            lines = [*self._all(QLineEdit), *self._all(QPlainTextEdit)]
            exact = [line for line in lines if label in names_of(line)]
            return exact or [line for line in lines if any(name.startswith(f"{label} (") for name in names_of(line))]

        self.until(lambda: bool(there()), f"The field “{label}”")
        if len(found := there()) > 1:
            raise HandsError(f"The field “{label}” is there {len(found)} times. {self.seen()}")
        return found[0]

    def choose(self, label: str, words: str) -> None:
        """Choose one of a list that folds out, by the beginning of its words."""

        def there() -> tuple[QComboBox, int] | None:
            for box in self._all(QComboBox):
                if label in names_of(box):
                    at = next((row for row in range(box.count()) if box.itemText(row).startswith(words)), -1)
                    return (box, at) if at >= 0 else None
            return None

        self.until(lambda: there() is not None, f"“{words}” in the list “{label}”")
        if (found := there()) is not None:
            self.touch.pick(*found)

    def menu(self, button: str, words: str) -> None:
        """Fold out the menu of a button and choose one of its lines."""
        self.press(button)
        self.until(lambda: isinstance(self._app.activePopupWidget(), QMenu), f"The menu “{button}”")
        menu = self._app.activePopupWidget()
        acts = menu.actions() if isinstance(menu, QMenu) else []
        act = next((act for act in acts if split_mnemonic(act.text())[0] == words), None)
        if act is None or not isinstance(menu, QMenu):
            raise HandsError(f"“{words}” is not in the menu “{button}”. {self.seen()}")
        self.touch.choose(menu, act)

    def file(self, path: Path, picture: str = "") -> None:
        """Name a file or folder in the chooser that has come up, and accept it."""
        self.until(lambda: self._chooser() is not None, "The chooser of files")
        chooser = self._chooser()
        if picture:
            self.picture(picture)
        if chooser is not None:
            self.touch.file(chooser, path)
            self.until(lambda: self._chooser() is None, "The end of the chooser of files")

    def is_choosing(self) -> bool:
        """Whether Qt's chooser of files is up."""
        return self._chooser() is not None

    def _chooser(self) -> QFileDialog | None:
        return next((one for one in self.window.findChildren(QFileDialog) if one.isVisible()), None)

    def open_row(self, words: str) -> None:
        """Open the row of a table whose first cell has these words."""

        def there() -> tuple[QTableView, int] | None:
            for table in self._all(QTableView):
                model = table.model()
                for row in range(model.rowCount()):
                    if words in str(model.index(row, 0).data()):
                        return table, row
            return None

        self.until(lambda: there() is not None, f"A row with “{words}”")
        if (found := there()) is not None:
            self.touch.open_row(*found)

    def key(self, keys: str) -> None:
        """Press a key or a chord."""
        self.touch.key(keys)

    def unlock(self, name: str, passphrase: str) -> None:
        """Sign in at the door."""
        self.type("Your sign-in name", name)
        self.type("Your passphrase", passphrase)
        self.press("Unlock")

    def picture(self, name: str) -> None:
        """A screen worth keeping: everybody who wants to look is called, once papers on it are drawn."""
        self.quiet()
        for paper in self.page.findChildren(QPdfView):
            if paper.isVisible():
                self.until(lambda paper=paper: is_drawn(paper), "The paper on the screen")  # type: ignore[misc] # bound now
        for look in self.on_screen:
            look(name, self.window)

    # -- behind the window

    def ask(self, work: Callable[[Services], T]) -> T:
        """Do something with the open desk on its own thread; for what has no page. Raises HandsError."""
        found: list[T] = []
        failed: list[str] = []
        self.opened.pool.start(
            lambda _: work(self.opened.desk.desks.services()), owner=self, done=found.append, failed=failed.append
        )
        self.until(lambda: bool(found or failed), "An answer of the desk")
        if failed:
            raise HandsError(f"The desk refused: {failed[0]} {self.seen()}")
        return found[0]

    def close(self) -> None:
        """Close the window as a person does, and let go of everything."""
        self.window.close()
        self.opened.close()
        self.window.keys.stop()
        self.window.hide()
        self._app.processEvents()
