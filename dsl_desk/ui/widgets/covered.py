"""A picture that is not shown until somebody says why; covered by default, never blurred, never a thumbnail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import begin, colour, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button
from dsl_desk.ui.widgets.text import Icon, Text

_COVERED, _SHOWN = 230, 400
"""Least heights: a picture that is shown for seconds is shown large enough to be recognised."""


class Covered(QFrame):
    """An exhibit's place: mark and words; the picture only for a stated reason and a counted time.

    Signals: `uncover_requested` when somebody wants to see it, `cover_requested` when it is to be covered early.
    """

    uncover_requested = Signal()
    cover_requested = Signal()

    def __init__(self, mark: str, words: str, *, can_uncover: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        self._icon = Icon("eye-off", 28, Role.TEXT2)
        self._title = Text("", Look.STRONG, wrap=False)
        self._words = Text(words, role=Role.TEXT2, wrap=False)
        self.button = Button(self.tr("&Uncover for a reason…"), icon="eye")
        self.button.clicked.connect(self._on_clicked)
        column.addStretch(1)
        for part in (self._icon, self._title, self._words, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._column, self._said = column, words
        self.button.setVisible(can_uncover)
        self.cover()

    def _on_clicked(self) -> None:
        if self._picture is None:
            self.uncover_requested.emit()
        else:
            self.cover_requested.emit()

    def cover(self) -> None:
        """Cover it at once and forget the picture."""
        self._picture = None
        self.setMinimumHeight(_COVERED)
        self._icon.show()
        self._title.set_words(self.tr("{mark} is covered").format(mark=self._mark))
        self._words.set_words(self._said)
        self.button.set_label(
            self.tr("&Uncover for a reason…"), name=self.tr("Uncover {mark} for a reason").format(mark=self._mark)
        )
        self._place_words(bottom=False)
        self.setAccessibleName(f"{self._title.text()}. {self._said}")
        self.update()

    def show_picture(self, picture: QImage, seconds_left: int) -> None:
        """Show the picture, and how long it stays uncovered; call again for every second."""
        if self._picture is None:
            self.button.set_label(self.tr("Cover it &now"), name=self.tr("Cover {mark} now").format(mark=self._mark))
            self._icon.hide()
            self._title.set_words(self.tr("{mark} is uncovered").format(mark=self._mark))
            self._place_words(bottom=True)
            self.setMinimumHeight(_SHOWN)
        self._picture = picture
        one = self.tr("Covered again in 1 second")
        many = self.tr("Covered again in {n} seconds").format(n=seconds_left)
        self._words.set_words(one if seconds_left == 1 else many)
        self.update()

    @property
    def is_covered(self) -> bool:
        """Whether nothing of the picture can be seen."""
        return self._picture is None

    def _place_words(self, *, bottom: bool) -> None:
        """Words in the middle while covered, below the picture while it is shown."""
        self._column.setStretch(self._column.count() - 1, 0 if bottom else 1)
        self._column.setStretch(0, 1)
        self._column.invalidate()

    def sizeHint(self) -> QSize:
        """As large as there is room for."""
        return QSize(420, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cover, or the picture within it."""
        painter, rect = begin(self), QRectF(self.rect())
        edge = colour(self, Role.EDGE)
        outline(painter, rect, edge, hairline(self), Size.RADIUS_PANEL, colour(self, Role.QUIET_SOFT))
        if self._picture is not None:
            room = rect.adjusted(12, 12, -12, -(self.height() - self._title.y() + 8))
            size = QSize(self._picture.size()).scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(room.center())
            painter.drawImage(box, self._picture)
