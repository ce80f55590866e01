"""What is really painted can be read: each ink on the ground it meets, in every palette, and no word is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.painting import Paragraph, begin, colour
from dsl_desk.ui.theme import Appearance
from dsl_desk.ui.tokens import AQUATIC, DESERT, Look, Role
from tests.ui.gallery import PAGES, STOPPED, window
from tests.ui.inks import Picture, cut, faint, seen_faults

DRESSES = {
    "light": (Appearance.LIGHT, None), "dark": (Appearance.DARK, None), "aquatic": (Appearance.CONTRAST, AQUATIC),
    "desert": (Appearance.CONTRAST, DESERT),
}  # fmt: skip
SIZES = {"100%": (1366, 768), "150%": (910, 512), "200%": (683, 384)}


@pytest.fixture
def shell(qtbot, qapp, theme) -> Iterator[MainWindow]:
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


@pytest.mark.parametrize("name", PAGES)
def test_every_word_stands_out_in_every_palette_and_none_is_cut_at_any_size(shell, theme, name):
    shell.show_page(PAGES[name]())
    faults: list[tuple[str, str]] = []
    for dress, (appearance, system) in DRESSES.items():
        theme.set_appearance(appearance, system)
        settle()
        faults += [(dress, fault) for fault in seen_faults(shell, 2.0)]
    for size, (width, height) in SIZES.items():
        shell.resize(width, height)
        settle()
        faults += [(size, fault) for fault in cut(Picture(shell))]

    assert faults == []


def test_the_stop_page_stands_out_too(shell, theme):
    shell.show_page(PAGES["home"]())
    faults: list[tuple[str, str]] = []
    for stop in (shell.halt_now, lambda: shell.show_stopped(STOPPED)):
        stop()
        for dress, (appearance, system) in DRESSES.items():
            theme.set_appearance(appearance, system)
            settle()
            faults += [(dress, fault) for fault in seen_faults(shell, 2.0)]

    assert faults == []


class Faint(QWidget):
    """Light grey on white, and wider than it has room for: what the walk is there to find."""

    def sizeHint(self):  # noqa: N802 - Qt's own name
        return self.minimumSize()

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's own name
        painter = begin(self)
        words = Paragraph.of("Words that nobody can read", Look.BODY).fit()
        words.draw(painter, self.rect().topLeft().toPointF(), colour(self, Role.LINE))
        painter.end()


def test_faint_and_cut_words_are_found(shell):
    page = PAGES["form"]()
    part = Faint()
    part.setFixedSize(60, 24)
    page.body.insertWidget(0, part)
    shell.show_page(page)
    settle()
    picture = Picture(shell)

    assert any("nobody can read" in fault for fault in faint(picture))
    assert any("cut in Faint" in fault for fault in cut(picture))
