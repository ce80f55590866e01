"""The dressed application that every test of the window stands on, and that nothing is left of a test when it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.window_app.opened import WindowApp

PATIENCE_MS = 60_000
"""How long something may take to come on a machine that has much else to do; what comes sooner is not waited for."""


class PatientBot(QtBot):
    """Gives up only where what is waited for will never come."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802 - its name
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802 - its name
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """In place of the library's own, which gives up after five seconds."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _alone_and_light(qapp: QApplication, theme: Theme) -> Iterator[None]:
    """Every test begins with the light palette and no window but its own.

    Two desks never live in one process. In the tests they would: the key filter of an earlier window still takes
    keys, its watch over an idle desk still locks after five minutes and puts away what others have opened, and its
    focus keeps the focus from those that come after it. Set up before every other fixture, so torn down after all.
    """
    if theme.appearance is not Appearance.LIGHT:
        theme.set_appearance(Appearance.LIGHT)
    yield
    leave_nothing(qapp)


def leave_nothing(app: QApplication) -> None:
    """Take every window of a test out of the process, with its key filter, its clocks and its threads."""
    for opened in app.findChildren(WindowApp):
        opened.deleteLater()
    for top in app.topLevelWidgets():
        if isinstance(top, MainWindow):
            top.keys.stop()
            top.idle.stop()
        top.hide()
        top.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # None is everybody
    app.processEvents()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of every dialog and menu; it means nothing."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
