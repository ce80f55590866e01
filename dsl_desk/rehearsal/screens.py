"""Pictures of the window as it was played, one a screen, numbered in the order in which they came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from dsl_desk.paths import make_private
from dsl_desk.store.files import write_beside
from dsl_desk.ui.main_window import MainWindow

EDGE = QColor("#5D6B7E")
_QUICK = 70
"""How Qt is asked to press a PNG together: nothing is lost, 4 in 100 bytes more, in two thirds of the time."""


class Screens:
    """Writes `NN-name.png` into a folder; hung into the hands that play."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = make_private(folder), 0

    def keep(self, name: str, window: MainWindow) -> None:
        """Keep what is on the screen now, with the dialog or menu that lies over it."""
        self._count += 1
        write_beside(self._folder / f"{self._count:02}-{name}.png", png_of(shot(window)))


def shot(window: MainWindow) -> QPixmap:
    """The window as a person sees it, with what lies over it."""
    picture = window.grab()
    painter = QPainter(picture)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.width() > 1:
            at = _place(other.pos() - window.pos(), picture, other.width())
            painter.drawPixmap(at, other.grab())
            painter.setPen(EDGE)  # the frame that a window manager gives it
            painter.drawRect(QRect(at, other.size()).adjusted(-1, -1, 0, 0))
    painter.end()
    return picture


def _place(at: QPoint, picture: QPixmap, width: int) -> QPoint:
    """Where a dialog lies; within the picture, whatever the screen's size."""
    room = max(0, int(picture.width() / picture.devicePixelRatio()) - width)
    return QPoint(min(max(0, at.x()), room), max(0, at.y()))


def png_of(picture: QPixmap) -> bytes:
    """A picture as the bytes of a PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", _QUICK)
    return bytes(data.data())
