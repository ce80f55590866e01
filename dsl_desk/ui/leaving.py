"""A page that somebody leaves is taken down when the next one has come, never while it is still in sight."""

from __future__ import annotations

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page


def let_go(window: MainWindow, page: Page | None) -> None:
    """Take a page down, at once or as soon as another one is shown in its place."""
    if page is None:
        return
    if window.page is not page:
        page.deleteLater()
        return

    def gone(_: object) -> None:
        if window.page is not page:
            window.page_changed.disconnect(gone)
            page.deleteLater()

    window.page_changed.connect(gone)
