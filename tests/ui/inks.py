"""What is really painted: every line of words with its ink, the ground under it, and the room it had.

The window is rendered once into a picture; each paragraph that is drawn says where and in which ink. From the
picture comes the ground. So contrast is reckoned from what meets on the screen, not from what was meant to meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QTextCursor
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QWidget,
)

from dsl_desk.ui.painting import Paragraph
from dsl_desk.ui.tokens import ratio
from dsl_desk.ui.widgets import Tile

LEAST_CONTRAST = 4.5
_SLACK = 1.5


@dataclass(frozen=True, slots=True)
class Painted:
    """One paragraph on the screen, in the window's own pixels."""

    words: str
    ink: str
    place: QRectF
    widget: QWidget | None
    """What paints it."""

    def __str__(self) -> str:
        return repr(self.words[:60])


@contextmanager
def _watched(found: list[Painted], scale: float) -> Iterator[None]:
    """Every paragraph that is drawn meanwhile is written down."""
    draw = Paragraph.draw

    def watch(self: Paragraph, painter: QPainter, at: QPointF, ink: QColor, *more: Any) -> None:
        if self.words.strip():
            where = painter.deviceTransform().mapRect(QRectF(at.x(), at.y(), self.natural_width, self.height))
            place = QRectF(where.x() / scale, where.y() / scale, where.width() / scale, where.height() / scale)
            device = painter.device()
            found.append(Painted(self.words, ink.name(), place, device if isinstance(device, QWidget) else None))
        draw(self, painter, at, ink, *more)

    setattr(Paragraph, "draw", watch)  # noqa: B010 - a patch for the time of one picture
    try:
        yield
    finally:
        setattr(Paragraph, "draw", draw)  # noqa: B010 - as it was


class Picture:
    """A window as it was painted once; in double size thin letters show their full ink too."""

    def __init__(self, window: QWidget, scale: float = 1.0) -> None:
        self.window, self.scale = window, scale
        self.paragraphs: list[Painted] = []
        image = QImage(window.size() * scale, QImage.Format.Format_RGB888)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.magenta)
        with _watched(self.paragraphs, scale):
            window.render(image, QPoint())
        data = bytes(image.constBits())
        self._pixels = Image.frombytes("RGB", (image.width(), image.height()), data, "raw", "RGB", image.bytesPerLine())

    def ground(self, place: QRectF) -> str:
        """The colour that most of a place is painted in."""
        return self._colours(place)[0][1]

    def strongest(self, place: QRectF) -> float:
        """The best contrast of anything in a place to its ground."""
        colours = self._colours(place)
        ground = colours[0][1]
        return max(ratio(ground, other) for count, other in colours if count > 2)

    def _colours(self, place: QRectF) -> list[tuple[int, str]]:
        box = QRect(QPoint(), self.window.size()).intersected(place.toAlignedRect())
        edges = (box.left(), box.top(), box.right() + 1, box.bottom() + 1)
        left, top, right, bottom = (round(edge * self.scale) for edge in edges)
        part = self._pixels.crop((left, top, right, bottom))
        found: Any = part.getcolors(part.width * part.height + 1) or []
        named = [(count, "#{:02x}{:02x}{:02x}".format(*colour)) for count, colour in found]
        return sorted(named, reverse=True)


def faint(picture: Picture) -> list[str]:
    """Words that do not stand out enough from the ground they are really on."""
    faults, window = [], QRectF(picture.window.rect())
    for one in picture.paragraphs:
        seen = one.place.intersected(window).intersected(_shown(one, picture.window))
        if seen.width() < 2 or seen.height() < 4:
            continue
        ground = picture.ground(seen)
        if ground != one.ink and ratio(one.ink, ground) < LEAST_CONTRAST:
            faults.append(f"faint {ratio(one.ink, ground):.1f} ({one.ink} on {ground}): {one}")
    native = _native(picture.window) if picture.scale >= 2 else ()
    for widget, place, words in native:
        if picture.strongest(place) < LEAST_CONTRAST:
            faults.append(f"faint {picture.strongest(place):.1f}: {type(widget).__name__} {words[:60]!r}")
    return faults


def _shown(one: Painted, window: QWidget) -> QRectF:
    """Where the part that paints it is in sight: what is scrolled half away has its ground there alone."""
    if one.widget is None:
        return one.place
    in_sight = QRectF(one.widget.visibleRegion().boundingRect())
    return in_sight.translated(QPointF(one.widget.mapTo(window, QPoint())))


def cut(picture: Picture) -> list[str]:
    """Painted words that reach out of the part that paints them."""
    faults = []
    for one in picture.paragraphs:
        widget = one.widget
        if widget is None:
            continue
        room = QRectF(QPointF(widget.mapTo(picture.window, QPoint())), widget.size()).adjusted(
            -_SLACK, -_SLACK, _SLACK, _SLACK
        )
        if not room.contains(one.place) and not _scrolls(widget):
            faults.append(f"cut in {type(widget).__name__} by {_beyond(room, one.place)}: {one}")
    for widget, least in _least_widths(picture.window):
        if widget.width() + _SLACK < least:
            what = f"{type(widget).__name__} {widget.accessibleName()!r}"
            faults.append(f"cut: {widget.width()} of {least:.0f} wide, {what}")
    return faults


def _beyond(room: QRectF, place: QRectF) -> str:
    over = {
        "left": room.left() - place.left(), "top": room.top() - place.top(),
        "right": place.right() - room.right(), "bottom": place.bottom() - room.bottom(),
    }  # fmt: skip
    return ", ".join(f"{side} {by:.1f}" for side, by in over.items() if by > 0)


def _scrolls(widget: QWidget) -> bool:
    """What scrolls inside (a list, a text) may paint beyond its edge; the scroll bar leads there."""
    parent = widget.parentWidget()
    if not isinstance(parent, QAbstractScrollArea) or isinstance(parent, QScrollArea):
        return False
    return widget is parent.viewport()


def _native(window: QWidget) -> Iterator[tuple[QWidget, QRectF, str]]:
    """Parts whose words Qt paints, with where they stand."""
    for widget in window.findChildren(QWidget):
        words = _words(widget)
        if not words or not widget.isVisible():
            continue
        seen = widget.visibleRegion().boundingRect().adjusted(4, 4, -4, -4)
        if isinstance(widget, QPlainTextEdit):
            seen = seen.intersected(_written(widget))
            if seen.height() < widget.fontMetrics().height():
                continue  # its empty end alone is in sight, or less than one line
        if seen.width() > 12 and seen.height() > 12:
            yield widget, QRectF(seen.translated(widget.mapTo(window, QPoint()))), words


def _written(area: QPlainTextEdit) -> QRect:
    """Where in an area for text its words stand: below them it is empty, and that end may be all that is in sight."""
    if not area.toPlainText():
        return area.rect()
    viewport, last = area.viewport(), QTextCursor(area.document())
    last.movePosition(QTextCursor.MoveOperation.End)
    words = viewport.rect()
    words.setBottom(min(words.bottom(), area.cursorRect(last).bottom()))
    first = area.cursorRect(QTextCursor(area.document()))
    words.setTop(max(words.top(), first.top()))
    return words.translated(viewport.pos())


def _words(widget: QWidget) -> str:
    if isinstance(widget, Tile):
        return ""
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QRadioButton) else ""


def _least_widths(window: QWidget) -> Iterator[tuple[QWidget, float]]:
    """How wide the parts that Qt paints must be for their words."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        style, metrics = widget.style(), QFontMetricsF(widget.font())
        if isinstance(widget, QComboBox):
            folded = QStyleOptionComboBox()
            widget.initStyleOption(folded)
            field = style.subControlRect(
                QStyle.ComplexControl.CC_ComboBox, folded, QStyle.SubControl.SC_ComboBoxEditField, widget
            )
            yield widget, metrics.horizontalAdvance(widget.currentText()) + widget.width() - field.width()
        elif isinstance(widget, QRadioButton) and not isinstance(widget, Tile):
            option = QStyleOptionButton()
            widget.initStyleOption(option)
            room = style.subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, widget)
            yield widget, metrics.horizontalAdvance(widget.text().replace("&", "")) + widget.width() - room.width()
        elif isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
            margins = widget.textMargins()
            yield widget, metrics.horizontalAdvance(widget.placeholderText()) + margins.left() + margins.right() + 4


def seen_faults(window: QWidget, scale: float = 1.0) -> Sequence[str]:
    """Every fault of what is painted: words too faint, words cut; in double size also of what Qt paints itself."""
    picture = Picture(window, scale)
    return [*faint(picture), *cut(picture)]
