"""Whose desk it is, and that it is a rehearsal, is read beside the longest name of a person."""

from __future__ import annotations

import pytest

from tests.ui.gallery import PAGES, window


@pytest.mark.parametrize("page", ["home", "form"])
@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (683, 384)])
def test_the_name_of_the_desk_keeps_room_beside_a_long_name(qapp, qtbot, theme, size, page):
    shell = window(qapp)
    qtbot.addWidget(shell)
    shell.set_desk("REHEARSAL · " + "Example Vale School and Further Placeholder College " * 4)
    shell.set_person("Robin " + "Sample" * 30 + ", Designated Safeguarding Lead")
    shell.show()
    shell.resize(*size)
    shown = PAGES[page]()
    shell.show_page(shown)
    for _ in range(8):
        qapp.processEvents()
    header = shell._header
    words = header.desk.fontMetrics().horizontalAdvance("REHEARSAL · Example")
    assert header.desk.isVisible()
    assert header.desk.width() >= words
    shell.close()
