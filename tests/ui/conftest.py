"""The dressed application that every test of the window stands on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance, Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, resources() / "fonts", Appearance.LIGHT)


@pytest.fixture(autouse=True)
def _light(theme: Theme):
    """Every test begins with the light palette."""
    if theme.appearance is not Appearance.LIGHT:
        theme.set_appearance(Appearance.LIGHT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says this of every dialog and menu; it means nothing."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
