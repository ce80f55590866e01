"""A picture on which somebody marks what is to be covered, by mouse or by keys alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsl_desk.ui.painting import begin, colour, font_of, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space

Parts = tuple[float, float, float, float]
"""Left, top, right and bottom as parts of 1."""

STEP = 0.02
"""How far one arrow key moves or stretches the frame."""
LEAST = 0.02
_FRAME: Parts = (0.4, 0.45, 0.6, 0.55)
_MARGIN = 8


class AreaPicture(QWidget):
    """A picture, what is covered on it, and a frame for the next part to cover.

    Drag over a part to cover it. By keys: arrows move the frame, Shift and arrows change its size, Enter covers what
    is in it, Backspace takes the last one back. Signals: `changed` after parts were covered or taken back.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._frame, self._areas, self._from = _FRAME, list[Parts](), QPointF()
        self._dragged: Parts | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("draws_focus", True)  # its edge shows it
        self.setMinimumSize(240, 220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys move the frame, Shift and arrows change its size, Enter covers what is in it, Backspace "
                "takes the last part back."
            )
        )
        self._tell()

    @property
    def areas(self) -> tuple[Parts, ...]:
        """What is covered."""
        return tuple(self._areas)

    @property
    def has_picture(self) -> bool:
        """Whether the picture can be seen."""
        return self._picture is not None

    def set_picture(self, picture: QImage | None) -> None:
        """Show a picture, or forget the one that is shown; what was marked stays, what was only begun does not."""
        self._picture, self._dragged = picture, None
        self._tell()

    def cover_frame(self) -> None:
        """Cover what is in the frame."""
        if self._picture is not None:
            self._cover(self._frame)

    def take_back(self) -> None:
        """Take the last part back."""
        if self._areas:
            self._areas.pop()
            self._changed()

    def _cover(self, area: Parts) -> None:
        if area not in self._areas:
            self._areas.append(area)
            self._changed()

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        many = self.tr("{n} parts of it are covered").format(n=len(self._areas))
        words = self.tr("1 part of it is covered") if len(self._areas) == 1 else many
        self.setAccessibleName(self.tr("The picture. {words}").format(words=words))
        self.update()

    # -- where things are

    def _room(self) -> QRectF:
        """Where the picture stands."""
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if self._picture is None or self._picture.isNull():
            return room
        size = QSize(self._picture.size()).scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        return box

    def _on_widget(self, area: Parts) -> QRectF:
        room, (left, top, right, bottom) = self._room(), area
        return QRectF(
            room.x() + left * room.width(), room.y() + top * room.height(), (right - left) * room.width(),
            (bottom - top) * room.height(),
        )  # fmt: skip

    def _on_picture(self, at: QPointF) -> QPointF:
        room = self._room()
        x, y = (at.x() - room.x()) / max(1.0, room.width()), (at.y() - room.y()) / max(1.0, room.height())
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    # -- by mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a part."""
        if self._picture is not None and event.button() is Qt.MouseButton.LeftButton:
            self._from, self._dragged = self._on_picture(event.position()), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch it."""
        if self._picture is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        to = self._on_picture(event.position())
        left, right = sorted((self._from.x(), to.x()))
        top, bottom = sorted((self._from.y(), to.y()))
        self._dragged = (left, top, right, bottom) if min(right - left, bottom - top) > LEAST / 2 else None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Cover it; a click alone brings the frame there."""
        if self._picture is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._dragged is not None:
            area, self._dragged = self._dragged, None
            self._cover(area)
        else:
            left, top, right, bottom = self._frame
            at = self._on_picture(event.position())
            self._move(at.x() - (left + right) / 2, at.y() - (top + bottom) / 2)

    # -- by keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, change its size, cover, take back."""
        steps = {
            Qt.Key.Key_Left: (-STEP, 0.0), Qt.Key.Key_Right: (STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -STEP), Qt.Key.Key_Down: (0.0, STEP),
        }  # fmt: skip
        key = Qt.Key(event.key())
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in steps and plain:
            stretch = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self._stretch if stretch else self._move)(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and plain:
            self.cover_frame()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def _move(self, by_x: float, by_y: float) -> None:
        left, top, right, bottom = self._frame
        by_x, by_y = min(max(by_x, -left), 1 - right), min(max(by_y, -top), 1 - bottom)
        self._frame = (left + by_x, top + by_y, right + by_x, bottom + by_y)
        self.update()

    def _stretch(self, by_x: float, by_y: float) -> None:
        left, top, right, bottom = self._frame
        self._frame = (
            left, top, min(1.0, max(left + LEAST, right + by_x)), min(1.0, max(top + LEAST, bottom + by_y))
        )  # fmt: skip
        self.update()

    # -- drawing

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame is drawn strongly while keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And quietly when they go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, the covered parts, the frame."""
        painter = begin(self)
        edge = colour(self, Role.FOCUS if self.hasFocus() else Role.EDGE)
        width = 2 if self.hasFocus() else hairline(self)
        outline(painter, QRectF(self.rect()), edge, width, Size.RADIUS_PANEL, colour(self, Role.QUIET_SOFT))
        if self._picture is None:
            painter.setPen(colour(self, Role.TEXT2))
            painter.setFont(font_of(Look.STRONG))
            words = self.tr("The original is covered. Write why, then show it.")
            room = QRectF(self.rect()).adjusted(Space.L, Space.L, -Space.L, -Space.L)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        painter.drawImage(self._room(), self._picture)
        for area in self._areas:
            painter.fillRect(self._on_widget(area), QColor(0, 0, 0))
        frame = self._on_widget(self._dragged or self._frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, line in ((QColor(255, 255, 255), 4), (colour(self, Role.ACCENT), 2)):
            painter.setPen(QPen(ink, line))
            painter.drawRect(frame)

    def sizeHint(self) -> QSize:
        """As large as there is room for."""
        return QSize(560, 420)
