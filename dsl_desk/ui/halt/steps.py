"""The steps of the stop page: as large as fits, two columns where there is room, 1 to 3 always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dsl_desk.ui.halt.words import lead_of
from dsl_desk.ui.painting import Paragraph, begin, colour, exact, font_of
from dsl_desk.ui.tokens import Look, Role

SIZES = (18, 17, 16, 15, 14, 13)
_INDENT, _RING, _COLUMN_GAP = 50, 15, 60
_TWO_COLUMNS = 900


class StopStep(QLabel):
    """One step, its number in a white disc."""

    def __init__(self, number: int, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self.words = number, words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setAccessibleName(f"{number}. {words}")
        self.set_size(SIZES[0], 1.34)

    def set_size(self, points: int, leading: float) -> None:
        """Set its words in a size."""
        font = font_of(Look.STOP_STEP, scale=points / Look.STOP_STEP.points)
        self.setFont(font)
        self._words = Paragraph(self.words, font, leading, lead=lead_of(self.words))

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its words, and as its number."""
        return max(2 * _RING + 2, exact(self._words.height_at(width - _INDENT)) + 4)

    def sizeHint(self) -> QSize:
        """A readable width."""
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a narrow window."""
        return QSize(240, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number and words in the stop page's colours."""
        painter, white = begin(self), colour(self, Role.ON_STOP)
        words = self._words.fit(self.width() - _INDENT)
        one = Paragraph("x", self.font(), 1.0).fit().height
        centre = QPointF(_RING + 1, max(_RING + 1, 2 + one / 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(white)
        painter.drawEllipse(centre, _RING, _RING)
        number = Paragraph.of(str(self._number), Look.READ_STRONG).fit()
        at = QPointF(centre.x() - number.natural_width / 2, centre.y() - number.height / 2)
        number.draw(painter, at, colour(self, Role.STOP))
        words.draw(painter, QPointF(_INDENT, 2), white)


class StopSteps(QWidget):
    """All steps, placed for the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[StopStep] = []
        self._tall = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[str]) -> None:
        """Show these steps."""
        for old in self._steps:
            old.hide()
            old.deleteLater()
        self._steps = [StopStep(number, words, self) for number, words in enumerate(steps, 1)]
        for step in self._steps:
            step.show()

    @property
    def steps(self) -> tuple[StopStep, ...]:
        """The steps in order."""
        return tuple(self._steps)

    def fit(self, width: int, room: int) -> int:
        """Place the steps in the largest size that fits the room; returns how tall they then are."""
        columns = 2 if width >= _TWO_COLUMNS and len(self._steps) > 3 else 1
        choices = [(size, 1.34) for size in SIZES] + [(SIZES[-1], 1.2)]
        for size, leading in choices:
            places, tall = self._place(width, columns, size, leading)
            if tall <= room:
                break
        for step, box in places:
            step.setGeometry(box.toRect())
        self._tall = tall
        self.setFixedHeight(max(tall, room))
        return tall

    def _place(self, width: int, columns: int, size: int, leading: float) -> tuple[list[tuple[StopStep, QRectF]], int]:
        each = (width - _COLUMN_GAP * (columns - 1)) // columns
        half = -(-len(self._steps) // columns)
        gap = 18 if leading > 1.3 else 8
        places, tallest = list[tuple[StopStep, QRectF]](), 0
        for column in range(columns):
            top = 0
            for step in self._steps[column * half : (column + 1) * half]:
                step.set_size(size, leading)
                tall = step.heightForWidth(each)
                places.append((step, QRectF(column * (each + _COLUMN_GAP), top, each, tall)))
                top += tall + gap
            tallest = max(tallest, top - gap)
        return places, tallest

    def sizeHint(self) -> QSize:
        """As placed."""
        return QSize(400, self._tall)
