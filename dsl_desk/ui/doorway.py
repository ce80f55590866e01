"""The first thing on the screen: the empty window, painted before anything but Qt is imported.

The real window's parts take a third of a second to import. This one stands in its place until then, in the same
size and the same colours, so that a person sees the desk open at once. It holds nothing and asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_LIGHT, _DARK = ("#FFFFFF", "#F3F5F7", "#D3D9DF"), ("#16191D", "#1E2227", "#363D45")
"""page, surface and line of `tokens`, which is not imported yet; a test holds them equal."""
_HEADER, _BAR = 52, 60
_WIDTH, _HEIGHT, _TITLE_BAR = 1366, 768, 40


class Doorway(QWidget):
    """Paints the empty window once, then calls `then`, which imports and builds the real one.

    The real window calls `give_way(window)` as soon as it is made: it takes over place and size.
    """

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = then
        self.setWindowTitle("DSL Desk")
        self.resize(_WIDTH, _HEIGHT)

    def open(self, room: QSize) -> None:
        """Show it whole; where screen and task bar leave less `room` than it wants, as large as they allow.

        A window that hangs over the lower edge hides the halt button, on the very laptops that schools have.
        """
        show_whole(self, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, header and halt bar; go on building behind it."""
        dark = QGuiApplication.styleHints().colorScheme().value == 2
        page, surface, line = (QColor(colour) for colour in (_DARK if dark else _LIGHT))
        painter, width, height = QPainter(self), self.width(), self.height()
        painter.fillRect(0, 0, width, height, page)
        painter.fillRect(0, 0, width, _HEADER, surface)
        painter.fillRect(0, _HEADER - 1, width, 1, line)
        painter.fillRect(0, height - _BAR, width, _BAR, surface)
        painter.fillRect(0, height - _BAR, width, 1, line)
        painter.end()
        then, self._then = self._then, None
        if then is not None:
            QTimer.singleShot(0, self, then)

    def give_way(self, window: QWidget) -> None:
        """Show the real window where this one stands, and go."""
        if self.isMaximized():
            window.setGeometry(self.normalGeometry())  # its size once it fills the screen no more
            window.showMaximized()
        else:
            window.setGeometry(self.geometry())
            window.show()
        window.activateWindow()
        QTimer.singleShot(0, self, self.close)


def show_whole(window: QWidget, room: QSize) -> None:
    """Show a window at its usual size where the room is enough, else as large as the room."""
    if room.width() >= _WIDTH and room.height() >= _HEIGHT + _TITLE_BAR:
        window.show()
        return
    window.resize(QSize(_WIDTH, _HEIGHT).boundedTo(room - QSize(0, _TITLE_BAR)))
    window.showMaximized()
