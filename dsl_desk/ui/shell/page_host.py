"""Where the page stands: one is shown, the others wait behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.tokens import Role

if TYPE_CHECKING:
    from dsl_desk.ui.page import Page


class PageHost(QWidget):
    """Holds the pages; only the one that is shown takes part."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Page | None = None
        self.setMinimumSize(200, 100)

    def put(self, page: Page) -> None:
        """Take this page in place of the one before, which stays alive and hidden; `show_page` shows it."""
        old, self.page = self.page, page
        if old is not None and old is not page:
            _unfocus(old)
            old.hide()
        if page.parent() is not self:
            page.setParent(self)

    def show_page(self) -> None:
        """Show the page in the room there is, once everything around it stands."""
        if self.page is not None:
            self.page.setGeometry(self.rect())
            self.page.lay_out()
            self.page.show()
            self.page.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page takes all the room."""
        if self.page is not None:
            self.page.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw white paper."""
        begin(self).fillRect(self.rect(), colour(self, Role.PAGE))


def _unfocus(page: QWidget) -> None:
    """Nothing on a page has the focus any more: Qt would look for the next part in the order of Tab as it goes."""
    focused = page.focusWidget()
    if focused is not None:
        focused.clearFocus()
