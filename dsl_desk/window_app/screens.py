"""A screen was unplugged: the window comes back to where somebody can see it."""

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

_IN_SIGHT = 0.5
"""Share of the window that must be on some screen, or it is moved."""


class Screens(QObject):
    """Watches the screens of the laptop for one window."""

    def __init__(self, app: QGuiApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app.screenRemoved.connect(self._later)
        app.primaryScreenChanged.connect(self._later)

    def _later(self, _screen: QScreen) -> None:
        QTimer.singleShot(0, self, self.bring_back)  # the system may move it first

    def bring_back(self) -> None:
        """Put the window on a screen that is there, where it is on none."""
        places = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        window = self._window
        if places and not window.isMaximized() and not window.isFullScreen():
            wanted = in_sight(window.geometry(), places)
            if wanted != window.geometry():
                window.setGeometry(wanted)


def in_sight(window: QRect, screens: list[QRect]) -> QRect:
    """Where a window stands so that it can be seen: as it is, or within the screen that shows most of it."""

    def shown(screen: QRect) -> int:
        common = window.intersected(screen)
        return max(0, common.width()) * max(0, common.height())

    if sum(map(shown, screens)) >= _IN_SIGHT * window.width() * window.height():
        return window
    best = max(screens, key=shown)
    width, height = min(window.width(), best.width()), min(window.height(), best.height())
    left = min(max(window.left(), best.left()), best.right() + 1 - width)
    top = min(max(window.top(), best.top()), best.bottom() + 1 - height)
    return QRect(left, top, width, height)
