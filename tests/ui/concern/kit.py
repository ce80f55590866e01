"""A window over the real store, and hands that only know the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QRadioButton, QWidget

from dsl_desk import app
from dsl_desk.clock import SystemClock
from dsl_desk.ui.case.presenter import CasePresenter
from dsl_desk.ui.concern.presenter import ConcernPresenter
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tasks import CaseTasks
from dsl_desk.ui.widgets import Tile
from dsl_desk.window_app.joined import PARTS

WAIT_MS = 60_000


class Bench:
    """The main window with a new concern and the place of a case, joined to a real desk."""

    def __init__(self, qtbot, stage, who: str = "dsl") -> None:
        self.qtbot, self.stage, self.who = qtbot, stage, who
        clock = SystemClock()
        program = QApplication.instance()
        assert isinstance(program, QApplication)
        self.window = MainWindow(program, clock.now)
        self.pool = JobPool(QApplication.instance())
        qtbot.addWidget(self.window)
        self.window.set_desk("Northfield Example School desk")
        self.window.set_person("Pat Example, DSL")
        self.home = Page(PageKind.PLACE, "Home")
        self.window.show_page(self.home)
        self.concern = ConcernPresenter(self.window, self.pool, self.desk, clock.now)
        self.case = CasePresenter(self.window, self.pool, self.desk, clock.now)
        self.tasks = CaseTasks(self.window, self.pool, self.desk, app.verify, clock.now)
        self.case.parts = frozenset(fact.value for fact in PARTS)
        self.case.part_requested.connect(self.tasks.open_part)
        self.case.tell_requested.connect(self.concern.tell)
        self.tasks.left.connect(self.case.open)
        self.tasks.next_requested.connect(self.case.open_next)
        self.tasks.told.connect(self.case.say)
        self.tasks.advice_requested.connect(lambda strand: self.case.open_page(strand, "advice"))
        self.window.new_concern_requested.connect(self.concern.start)
        self.concern.case_requested.connect(self.case.open)
        self.concern.left.connect(lambda: self.window.show_page(self.home))
        self.case.left.connect(lambda: self.window.show_page(self.home))
        self.window.show()
        self.window.activateWindow()
        self.rest()

    def desk(self):
        """The open desk; only on the store's thread."""
        return self.stage.sign_in(self.who)

    def on_store(self, work: Callable[[object], object]) -> object:
        """Do something with the open desk, and wait for it."""
        found: list[object] = []
        failed: list[str] = []
        self.pool.start(lambda _: work(self.desk()), owner=self.window, done=found.append, failed=failed.append)
        self.qtbot.waitUntil(lambda: bool(found or failed), timeout=WAIT_MS)
        assert not failed, failed
        return found[0]

    def rest(self) -> None:
        """Wait until the store has nothing to do."""
        self.qtbot.waitUntil(lambda: not self.pool.busy, timeout=WAIT_MS)
        for _ in range(4):
            QApplication.processEvents()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        assert self.window.page is not None
        return self.window.page

    @property
    def title(self) -> str:
        return self.page.title.text()

    def waits_for(self, title: str) -> None:
        """Wait until a page of that title is shown."""
        self.rest()
        wrong = [label.text() for label in self.page.errors.findChildren(QAbstractButton)]
        assert title in self.title, f"{self.title!r} is shown instead of {title!r}: {wrong}"

    # -- keys

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focused, key, modifier)
        QApplication.processEvents()

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def go_on(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.rest()

    def new_concern(self) -> None:
        """Ctrl+N."""
        self.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.rest()

    def type(self, words: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focused, words)
        QApplication.processEvents()

    def tab_to(self, name: str) -> None:
        """Tab until a part of that name has the focus."""
        for _ in range(60):
            if name in self.focused.accessibleName():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} cannot be reached by Tab")

    def part(self, name: str) -> Any:
        """A part of the page shown, by the name it has there."""
        return getattr(self.page, name)

    def fill(self, name: str, words: str) -> None:
        self.tab_to(name)
        self.type(words)

    def choose(self, name: str, down: int) -> None:
        """Choose from a list that folds out, by arrow keys."""
        self.tab_to(name)
        for _ in range(down):
            self.key(Qt.Key.Key_Down)

    def tick(self, name: str) -> None:
        """Choose a round button or a box by its name."""
        for _ in range(60):
            at = self.focused
            if isinstance(at, QAbstractButton) and (name in at.accessibleName() or name in at.text()):
                self.key(Qt.Key.Key_Space)
                return
            self.key(self._next_key())
        focus = f"{type(self.focused).__name__} {self.focused.accessibleName()!r}"
        raise AssertionError(f"{name} cannot be chosen by keyboard on {self.title!r}; the focus is on {focus}")

    def _next_key(self) -> Qt.Key:
        """Arrow keys inside a question's answers, Tab from part to part; past the last answer Tab again."""
        group = self.focused.group() if isinstance(self.focused, QRadioButton) else None
        if group is None or self.focused is group.buttons()[-1]:
            return Qt.Key.Key_Tab
        return Qt.Key.Key_Right if isinstance(self.focused, Tile) else Qt.Key.Key_Down

    def answer(self, words: str) -> None:
        """Choose an answer of a question and go on."""
        self.tick(words)
        self.go_on()

    def press(self, name: str) -> None:
        """Press a button by Tab and Space."""
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)
        self.rest()

    def close(self) -> None:
        self.rest()
        self.pool.start(lambda _: self.stage.lock(), owner=self.pool)  # the window may be gone already
        self.rest()
        assert self.pool.close()


def buttons(page: Page) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]


def today() -> datetime:
    return SystemClock().now().local
