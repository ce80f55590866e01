"""Telling people what happened, on the screen and to a screen reader alike."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.widgets.notices import NoticeKind


def announce(widget: QWidget, words: str, *, at_once: bool = False) -> None:
    """Say something to a screen reader; never the only sign of what happened."""
    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Messages(QObject):
    """The one bridge from presenters to the window; keeps what is said until a window listens.

    Signals: `said(words, kind)`.
    """

    said = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listening, self._kept = False, list[tuple[str, NoticeKind]]()

    def listen(self) -> None:
        """A window is there: say what was kept."""
        self._listening = True
        kept, self._kept = self._kept, []
        for words, kind in kept:
            self.said.emit(words, kind)

    def tell(self, words: str, kind: NoticeKind = NoticeKind.OK) -> None:
        """What happened, what was saved, what comes next."""
        if self._listening:
            self.said.emit(words, kind)
        else:
            self._kept.append((words, kind))
