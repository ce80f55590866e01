"""The two sentences a stop begins with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from dsl_desk.ui.painting import Paragraph, begin, colour, draw_icon, exact, font_of
from dsl_desk.ui.tokens import Look, Role


class StopTitle(QLabel):
    """ "STOPPED at 14:02." and the sentence after it, with the octagon."""

    def __init__(self) -> None:
        super().__init__()
        self._first, self._second, self._short = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, first: str, second: str) -> None:
        """Show these two sentences."""
        self._first, self._second = first, second
        self.setText(f"{first} {second}")
        self.setAccessibleName(f"{first} {second}")
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """One line in a short window, two in a tall one."""
        self._short = short
        self.updateGeometry()

    def _parts(self, width: int) -> tuple[Paragraph, Paragraph, int]:
        icon = 36 if self._short else 82
        room = width - icon - 26
        for scale in (1.0, 0.85, 0.7, 0.55, 0.45, 0.36):
            if self._short and scale > 0.5:
                continue
            bold, plain = font_of(Look.STOP, scale=scale), font_of(Look.STOP, scale=scale)
            plain.setWeight(plain.Weight.Normal)
            first, second = Paragraph(self._first, bold, 1.1).fit(), Paragraph(self._second, plain, 1.1).fit()
            if max(first.natural_width, second.natural_width) <= room:
                break
        return first, second, icon

    def _on_one_line(self, first: Paragraph, second: Paragraph, icon: int, width: int) -> bool:
        return self._short and first.natural_width + second.natural_width + icon + 40 <= width

    def sizeHint(self) -> QSize:
        """As tall as its sentences."""
        first, second, icon = self._parts(max(320, self.width()))
        tall = first.height if self._on_one_line(first, second, icon, max(320, self.width())) else first.height * 2.1
        return QSize(400, max(exact(tall), icon))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them in the stop page's colours."""
        painter, white = begin(self), colour(self, Role.ON_STOP)
        first, second, icon = self._parts(self.width())
        middle = self.height() / 2
        draw_icon(painter, "octagon-x", QRectF(0, middle - icon / 2, icon, icon), white)
        x = icon + 26
        if self._on_one_line(first, second, icon, self.width()):
            first.draw(painter, QPointF(x, middle - first.height / 2), white)
            second.draw(painter, QPointF(x + first.natural_width + 10, middle - second.height / 2), white)
            return
        top = middle - first.height * 1.05
        first.draw(painter, QPointF(x, top), white)
        second.draw(painter, QPointF(x, top + first.height * 1.08), white)
