"""What the window says when the laptop's clock jumps while the desk is open."""

from PySide6.QtCore import QObject

from dsl_desk.domain.moments import Moment
from dsl_desk.services.entrance import how_long
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind


class ClockWords(QObject):
    """Says that the clock went back, what the desk does about it, and what to do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.idle.set_back.connect(self._on_set_back)
        window.locked.connect(self._on_locked)

    def _on_set_back(self, was: Moment, now: Moment) -> None:
        words = self.tr(
            "This laptop’s clock was set back by {span}: it said {was}, and says {now}. What is recorded keeps its "
            "order, and the change is written down with the next entry. Compare the clock with your phone and put it "
            "right."
        ).format(span=how_long(was.utc - now.utc), was=f"{was.local:%H:%M}", now=f"{now.local:%H:%M}")
        self._window.tell(words, NoticeKind.WARN)

    def _on_locked(self) -> None:
        """At the door: why it locked, where nobody asked for it."""
        page = self._window.page
        if page is not None and self._window.idle.jumped:
            words = self.tr("The desk locked by itself: the laptop slept, or its clock was set ahead. Nothing is lost.")
            page.show_notice(words, NoticeKind.PLAIN)
        elif page is not None:
            page.show_notice("")
