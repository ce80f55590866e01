"""The window stands whole on its screen as it opens, and comes back in sight where a screen was unplugged.

What hangs over the lower edge hides the halt button, on the very laptops that schools have.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

_FRAMED_MS = 300
_IN_SIGHT = 0.5
"""Share of the window that must be on some screen, or it is moved."""


class Screens(QObject):
    """Watches the screens of the laptop for one window."""

    def __init__(self, app: QGuiApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app.screenRemoved.connect(self._later)
        app.primaryScreenChanged.connect(self._later)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """As it is shown, or made smaller again after it filled the screen."""
        if watched is self._window and event.type() in (QEvent.Type.Show, QEvent.Type.WindowStateChange):
            for wait_ms in (0, _FRAMED_MS):  # the system puts its title bar round it a little later
                QTimer.singleShot(wait_ms, self, self.make_whole)
        return super().eventFilter(watched, event)

    def make_whole(self) -> None:
        """Move or shrink the window until it stands whole on its screen, title bar and all."""
        window = self._window
        free = not (window.isMaximized() or window.isFullScreen() or window.isMinimized())
        room = room_for(window)
        if room is None or not window.isVisible() or not free:
            return
        frame, inner = window.frameGeometry(), window.geometry()
        wanted = within(frame, room)
        if wanted != frame:
            edges = frame.size() - inner.size()
            corner = wanted.topLeft() + (inner.topLeft() - frame.topLeft())
            window.setGeometry(QRect(corner, wanted.size() - edges))

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


def room_for(window: QWidget) -> QRect | None:
    """What screen and task bar leave for a window; None where nothing is shown to anybody."""
    return None if QGuiApplication.platformName() == "offscreen" else window.screen().availableGeometry()


def size_for(window: QWidget) -> QSize:
    """How large it may be; as large as it likes where nothing is shown to anybody."""
    room = room_for(window)
    return QSize(4096, 4096) if room is None else room.size()


def within(frame: QRect, room: QRect) -> QRect:
    """A window's frame moved into its screen, and shrunk where it is larger."""
    width, height = min(frame.width(), room.width()), min(frame.height(), room.height())
    left = min(max(frame.left(), room.left()), room.right() + 1 - width)
    top = min(max(frame.top(), room.top()), room.bottom() + 1 - height)
    return QRect(left, top, width, height)


def in_sight(window: QRect, screens: list[QRect]) -> QRect:
    """Where a window stands so that it can be seen: as it is, or within the screen that shows most of it."""

    def shown(screen: QRect) -> int:
        common = window.intersected(screen)
        return max(0, common.width()) * max(0, common.height())

    if sum(map(shown, screens)) >= _IN_SIGHT * window.width() * window.height():
        return window
    return within(window, max(screens, key=shown))
