"""Fusion, redrawn where the desk looks calmer: one proxy style, no style sheets."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFocusFrame,
    QHeaderView,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionSlider,
    QWidget,
)

from dsl_desk.ui.tokens import Colours, Role, Size

_Control, _Primitive, _Complex = QStyle.ControlElement, QStyle.PrimitiveElement, QStyle.ComplexControl
_Metric, _Hint, _Contents = QStyle.PixelMetric, QStyle.StyleHint, QStyle.ContentsType

_METRICS = {
    _Metric.PM_ScrollBarExtent: 14,
    _Metric.PM_ScrollBarSliderMin: 40,
    _Metric.PM_IndicatorWidth: 20,
    _Metric.PM_IndicatorHeight: 20,
    _Metric.PM_ExclusiveIndicatorWidth: 20,
    _Metric.PM_ExclusiveIndicatorHeight: 20,
    _Metric.PM_CheckBoxLabelSpacing: 9,
    _Metric.PM_RadioButtonLabelSpacing: 9,
    _Metric.PM_FocusFrameHMargin: Size.FOCUS_LINE + Size.FOCUS_GAP,
    _Metric.PM_FocusFrameVMargin: Size.FOCUS_LINE + Size.FOCUS_GAP,
    _Metric.PM_DefaultFrameWidth: 1,
    _Metric.PM_HeaderMargin: 0,
    _Metric.PM_ToolTipLabelFrameWidth: 6,
}
_HINTS = {
    _Hint.SH_UnderlineShortcut: 1,
    _Hint.SH_EtchDisabledText: 0,
    _Hint.SH_DitherDisabledText: 0,
    _Hint.SH_ScrollView_FrameOnlyAroundContents: 0,
    _Hint.SH_ComboBox_Popup: 0,
    _Hint.SH_Widget_Animate: 0,
    _Hint.SH_LineEdit_PasswordCharacter: 0x25CF,
    _Hint.SH_FocusFrame_AboveWidget: 1,
}


class DeskStyle(QProxyStyle):
    """How the desk draws Qt's own parts, in the colours that hold at that moment."""

    def __init__(self, colours: Colours) -> None:
        super().__init__("fusion")
        self.colours = colours
        self._ink: dict[Role, QColor] = {}

    def set_colours(self, colours: Colours) -> None:
        """Take other colours; what is on the screen is drawn anew by the palette change that follows."""
        self.colours = colours
        self._ink = {role: QColor(colours[role]) for role in Role}

    def _of(self, role: Role) -> QColor:
        return self._ink.get(role) or QColor(self.colours[role])

    def _line(self) -> int:
        return 2 if self.colours.contrast else 1

    # Qt's names below.

    def pixelMetric(self, metric: QStyle.PixelMetric, option: QStyleOption | None = None,
                    widget: QWidget | None = None) -> int:  # fmt: skip
        """Lengths of Qt's own parts."""
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(self, hint: QStyle.StyleHint, option: QStyleOption | None = None, widget: QWidget | None = None,
                  returnData: QStyleHintReturn | None = None) -> int:  # fmt: skip
        """Habits of Qt's own parts: mnemonics always underlined, nothing animated."""
        known = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returnData) if known is None else known

    def sizeFromContents(self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize,
                         widget: QWidget | None = None) -> QSize:  # fmt: skip
        """Fields and lists are tall enough to hit."""
        wanted = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # the stub forbids None, Qt gives it
        if kind in (_Contents.CT_LineEdit, _Contents.CT_ComboBox):
            wanted.setHeight(max(Size.FIELD, wanted.height() + 8))
            if kind is _Contents.CT_ComboBox:
                wanted.setWidth(size.width() + 48)
        elif kind in (_Contents.CT_CheckBox, _Contents.CT_RadioButton) or kind is _Contents.CT_MenuItem:
            wanted.setHeight(max(Size.CHECK, wanted.height()))
        return wanted

    def drawPrimitive(self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter,
                      widget: QWidget | None = None) -> None:  # fmt: skip
        """Fields, boxes and rings."""
        match element:
            case _Primitive.PE_PanelLineEdit | _Primitive.PE_FrameLineEdit:
                self._field(option, painter, widget)
            case _Primitive.PE_Frame if isinstance(widget, QAbstractScrollArea) and widget.property("field"):
                self._field(option, painter, widget)
            case _Primitive.PE_IndicatorCheckBox:
                self._check(option, painter)
            case _Primitive.PE_IndicatorRadioButton:
                self._radio(option, painter)
            case _Primitive.PE_FrameFocusRect:
                pass  # the focus frame shows it
            case _:
                super().drawPrimitive(element, option, painter, widget)

    def drawControl(self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter,
                    widget: QWidget | None = None) -> None:  # fmt: skip
        """The focus ring and the heads of tables."""
        match element:
            case _Control.CE_FocusFrame:
                self._ring(option, painter, widget)
            case _Control.CE_HeaderSection if isinstance(widget, QHeaderView):
                painter.fillRect(option.rect, self._of(Role.PAGE))
                rule = QRect(
                    option.rect.left(), option.rect.bottom() - self._line() + 1, option.rect.width(), self._line()
                )
                painter.fillRect(rule, self._of(Role.EDGE))
            case _Control.CE_HeaderLabel if isinstance(option, QStyleOptionHeader):
                self._head(option, painter, widget)
            case _Control.CE_ComboBoxLabel if isinstance(option, QStyleOptionComboBox):
                self._chosen(option, painter, widget)
            case _:
                super().drawControl(element, option, painter, widget)

    def drawComplexControl(self, control: QStyle.ComplexControl, option: QStyleOptionComplex, painter: QPainter,
                           widget: QWidget | None = None) -> None:  # fmt: skip
        """Scroll bars and lists to choose from."""
        if control is _Complex.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._scroll_bar(option, painter, widget)
        elif control is _Complex.CC_ComboBox:
            self._combo(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(self, control: QStyle.ComplexControl, option: QStyleOptionComplex,
                       part: QStyle.SubControl, widget: QWidget | None = None) -> QRect:  # fmt: skip
        """A scroll bar without arrows; a list's words clear of its arrow."""
        if control is _Complex.CC_ScrollBar:
            arrows = (QStyle.SubControl.SC_ScrollBarAddLine, QStyle.SubControl.SC_ScrollBarSubLine)
            if part in arrows:
                return QRect()
            if part is QStyle.SubControl.SC_ScrollBarGroove:
                return option.rect
            if isinstance(option, QStyleOptionSlider) and part is QStyle.SubControl.SC_ScrollBarSlider:
                return _slider(option)
        if control is _Complex.CC_ComboBox and part is QStyle.SubControl.SC_ComboBoxEditField:
            return option.rect.adjusted(12, 2, -32, -2)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # as above

    def _field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        invalid = bool(widget is not None and widget.property("invalid"))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if widget is not None and widget.property("bare"):
            painter.fillRect(option.rect, self._of(Role.FIELD))
            return
        edge = Role.DANGER if invalid else Role.ACCENT if focused else Role.EDGE
        if focused and self.colours.contrast:
            edge = Role.LINK
        width = 2 if invalid or focused else self._line()
        if invalid and focused:
            width = 3
        _box(painter, QRectF(option.rect), self._of(edge), width, self._of(Role.FIELD))

    def _check(self, option: QStyleOption, painter: QPainter) -> None:
        on = bool(option.state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
        edge, fill = (Role.ACCENT, Role.ACCENT) if on else (Role.EDGE, Role.FIELD)
        box = QRectF(option.rect)
        _box(painter, box, self._of(edge), self._line() * 1.5, self._of(fill), 4)
        if on:
            painter.setPen(QPen(self._of(Role.ON_ACCENT), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                                Qt.PenJoinStyle.RoundJoin))  # fmt: skip
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(
                QPolygonF([box.topLeft() + QPointF(x, y) for x, y in ((5, 10.5), (8.5, 14), (15, 6.5))])
            )

    def _radio(self, option: QStyleOption, painter: QPainter) -> None:
        on = bool(option.state & QStyle.StateFlag.State_On)
        radio(painter, QRectF(option.rect), self.colours, on=on)

    def _ring(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        target = widget.widget() if isinstance(widget, QFocusFrame) else None
        white = target is not None and target.property("on_stop")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._of(Role.ON_STOP if white else Role.FOCUS), Size.FOCUS_LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), Size.RADIUS_FOCUS, Size.RADIUS_FOCUS)

    def _head(self, option: QStyleOptionHeader, painter: QPainter, widget: QWidget | None) -> None:
        first = option.position in (QStyleOptionHeader.SectionPosition.Beginning,
                                    QStyleOptionHeader.SectionPosition.OnlyOneSection)  # fmt: skip
        table = widget.parentWidget() if widget is not None else None
        left, right = (8 if first and not (table is not None and table.property("flush")) else 0), 12
        painter.setPen(self._of(Role.TEXT2))
        elided = option.fontMetrics.elidedText(
            option.text, Qt.TextElideMode.ElideRight, option.rect.width() - left - right
        )
        painter.drawText(option.rect.adjusted(left, 0, -right, 0), int(option.textAlignment), elided)

    def _chosen(self, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
        """What is chosen, ending in dots where it is longer than its list is wide."""
        room = self.subControlRect(_Complex.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget)
        words = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(self._of(Role.TEXT if enabled else Role.TEXT2))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _scroll_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        if option.minimum == option.maximum:
            return
        knob = QRectF(_slider(option))
        knob = (
            knob.adjusted(4, 2, -4, -2)
            if option.orientation is Qt.Orientation.Vertical
            else knob.adjusted(2, 4, -2, -4)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        white = widget is not None and widget.property("on_stop")
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setBrush(self._of(Role.ON_STOP if white else Role.TEXT2 if over else Role.EDGE))
        painter.drawRoundedRect(knob, 3, 3)

    def _combo(self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None) -> None:
        self._field(option, painter, widget)
        right, middle = option.rect.right() - 18, option.rect.center().y() + 0.5
        painter.setPen(QPen(self._of(Role.TEXT), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        arrow = ((right - 4.5, middle - 2), (right, middle + 2.5), (right + 4.5, middle - 2))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in arrow]))


def radio(painter: QPainter, box: QRectF, colours: Colours, *, on: bool, ground: Role | None = Role.FIELD) -> None:
    """A round button of one choice among several; without a ground what lies below shows through."""
    ink = QColor(colours[Role.ACCENT if on else Role.EDGE])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 2))
    painter.setBrush(QColor(colours[ground]) if ground else QColor(Qt.GlobalColor.transparent))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        inset = box.width() * 0.27
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _box(
    painter: QPainter, rect: QRectF, edge: QColor, width: float, fill: QColor, radius: float = Size.RADIUS
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2
    painter.setPen(QPen(edge, width))
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def _slider(option: QStyleOptionSlider) -> QRect:
    """Where the knob of a scroll bar without arrows lies."""
    upright = option.orientation is Qt.Orientation.Vertical
    length = option.rect.height() if upright else option.rect.width()
    span = option.maximum - option.minimum
    size = length
    if span > 0:
        size = min(length, max(40, length * option.pageStep // max(1, span + option.pageStep)))
    room = length - size
    at = QStyle.sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition, room, option.upsideDown)
    if upright:
        return QRect(option.rect.left(), option.rect.top() + at, option.rect.width(), size)
    return QRect(option.rect.left() + at, option.rect.top(), size, option.rect.height())
