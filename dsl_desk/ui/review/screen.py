"""A picture of this laptop's screen: what takes it, and the small strip that stays while the desk gives way."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsl_desk.domain.errors import InputError
from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Kind, Text

SECONDS = 5
GONE_MS = 400
"""How long the strip is away before the picture is taken, so that it is not on it."""
NO_PICTURE = (
    "This laptop gives no picture of its screen to any program. Take it another way and bring it as a file; nothing "
    "was kept."
)
_STRIPES = 24


class Screen(Protocol):
    """What takes a picture of the screen the desk stands on."""

    def grab(self, beside: QWidget) -> QImage:
        """The screen on which this window stands; a null picture where the system gives none."""
        ...


class QtScreen:
    """Qt's own way; on Wayland, and where there is no screen at all, there is no picture."""

    def grab(self, beside: QWidget) -> QImage:
        """The whole screen, as it is shown."""
        if QGuiApplication.platformName() in ("wayland", "offscreen", "minimal"):
            return QImage()
        return beside.screen().grabWindow(0).toImage()


def is_picture(image: QImage) -> bool:
    """Whether there is anything on it: a system that refuses gives nothing, or one colour all over."""
    if image.isNull():
        return False
    across = range(0, image.width(), max(1, image.width() // _STRIPES))
    down = range(0, image.height(), max(1, image.height() // _STRIPES))
    return len({image.pixel(x, y) for y in down for x in across}) > 1


def png_of(image: QImage) -> bytes:
    """The picture as a PNG, in memory alone. Raises InputError where it cannot be made."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub knows no QBuffer here
        raise InputError(NO_PICTURE)
    return bytes(content.data())


class GivingWay(QWidget):
    """A strip at the top of the screen: what happens when, and the two ways to end it.

    Signals: `due` when the strip is gone and the picture can be taken, `cancelled`, `halt_requested`.
    """

    due = Signal()
    cancelled = Signal()
    halt_requested = Signal()

    def __init__(self, beside: QWidget, *, seconds: int = SECONDS) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._left = seconds
        self.setWindowTitle(self.tr("DSL Desk"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.L)
        self.words = Text("", Look.STRONG)
        self.cancel = Button(self.tr("&Cancel"))
        self.halt = Button(self.tr("Halt"), Kind.HALT, icon="octagon-x", keys=self.tr("F8"))
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.halt)
        self.cancel.clicked.connect(self.cancelled)
        self.halt.clicked.connect(self.halt_requested)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.tick)
        self._say()
        room = beside.screen().availableGeometry()
        width = min(room.width() - 32, 960)
        self.setGeometry(room.x() + (room.width() - width) // 2, room.y() + 8, width, 84)

    def start(self) -> None:
        """Show it and count."""
        self.show()
        self.activateWindow()
        self.cancel.setFocus()
        self._tick.start()

    def end(self) -> None:
        """Count no more."""
        self._tick.stop()
        self.hide()

    def tick(self) -> None:
        """One second less; at the end the strip goes first."""
        self._left -= 1
        if self._left > 0:
            self._say()
            return
        self.end()
        QTimer.singleShot(GONE_MS, self, self.due.emit)

    def _say(self) -> None:
        self.words.set_words(
            self.tr("The desk is hidden. Put on the screen what is to be kept. Picture in {n} s.").format(n=self._left)
        )
        announce(self, self.words.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its ground."""
        begin(self).fillRect(self.rect(), colour(self, Role.SURFACE))


__all__ = ["NO_PICTURE", "GivingWay", "QtScreen", "Screen", "is_picture", "png_of"]
