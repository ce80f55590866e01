"""Tables: flat, quiet, named for screen readers, as fast with 100,000 rows as with ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dsl_desk.ui.painting import Paragraph, colour, colours_of, font_of, hairline, icon
from dsl_desk.ui.tokens import Colours, Look, Role, Size
from dsl_desk.ui.widgets.cells import Cell, CellLook, CellModel, Cells, Column, Index

_PAD = 12
_ICON = 18
_READABLE = 120
_FEW = 6
"""So many rows are shown as they are; what follows stands right below them."""
_LINKS = (CellLook.LINK, CellLook.MARK)


def _least(columns: Sequence[Column]) -> int:
    """How wide columns are that can still be read."""
    return sum(column.width or _READABLE for column in columns)


class CellPainter(QStyledItemDelegate):
    """Draws the cells: hairlines, states as icon and words, a dashed box for what is withheld."""

    def __init__(self, view: Table) -> None:
        super().__init__(view)
        self._view = view
        self._font = QApplication.font()
        self._types: dict[tuple[Look, bool], tuple[QFont, QFontMetricsF]] = {}
        self._icons: dict[tuple[str, str, bool], QSvgRenderer] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """44 tall."""
        return QSize(80, Size.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        view, rect = self._view, QRectF(option.rect)
        colours = colours_of(view)
        cell, right = view.cell(index), view.columns[index.column()].right
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, rect, index, colours)
        clear = right or (index.column() == 0 and view.selectable)  # of the bar of what is chosen
        room = rect.adjusted(8 if clear else 0, 0, -_PAD, 0)
        if cell.withheld:
            self._withheld(painter, room, cell.words, right=right)
        elif cell.state is not None:
            ink = QColor(colours[cell.state.role])
            box = QRectF(room.left(), room.center().y() - _ICON / 2, _ICON, _ICON)
            self._icon(cell.state.icon, ink, heavy=colours.contrast).render(painter, box)
            self._words(painter, room.adjusted(26, 0, 0, 0), cell.told, Look.MEDIUM, ink)
        elif cell.words:
            look, role = (Look.STRONG, Role.LINK) if cell.look in _LINKS else (Look.BODY, cell.role)
            look = Look.STRONG if cell.look is CellLook.STRONG else look
            mark = cell.look is CellLook.MARK
            self._words(painter, room, cell.words, look, QColor(colours[role]), mark=mark, right=right)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, index: Index, colours: Colours
    ) -> None:
        view, line = self._view, hairline(self._view)
        selected = view.selectable and bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(colours[Role.ACCENT_SOFT]))
        elif view.selectable and view.hovered_row == index.row():
            painter.fillRect(rect, QColor(colours[Role.HOVER]))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - line, rect.width(), line), QColor(colours[Role.LINE]))
        if selected and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(colours[Role.ACCENT]))
        if selected and colours.contrast:
            edge = QColor(colours[Role.TEXT])
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), edge)
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), edge)

    def _icon(self, name: str, ink: QColor, *, heavy: bool) -> QSvgRenderer:
        """An icon in its colour, read once for all rows."""
        known = (name, ink.name(), heavy)
        if known not in self._icons:
            self._icons[known] = icon(name, _ICON, ink, heavy=heavy)
        return self._icons[known]

    def _words(
        self, painter: QPainter, room: QRectF, words: str, look: Look, ink: QColor, *, mark: bool = False,
        right: bool = False,
    ) -> None:  # fmt: skip
        font, metrics = self._type(look, mark=mark)
        painter.setFont(font)
        painter.setPen(ink)
        one = " ".join(words[:2000].split())
        shown = metrics.elidedText(one, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def _type(self, look: Look, *, mark: bool) -> tuple[QFont, QFontMetricsF]:
        """The type of a style, kept as long as the program's own type stays what it is."""
        now = QApplication.font()
        if now != self._font:
            self._font, self._types = now, {}
        if (look, mark) not in self._types:
            font = font_of(look, mark=mark)
            self._types[look, mark] = (font, QFontMetricsF(font))
        return self._types[look, mark]

    def _withheld(self, painter: QPainter, room: QRectF, words: str, *, right: bool) -> None:
        paragraph = Paragraph.of(words, Look.BODY).fit()
        width = paragraph.natural_width + 40
        box = QRectF(room.right() - width + 6 if right else room.left(), room.top() + 6, width, room.height() - 13)
        pen = QPen(colour(self._view, Role.EDGE), max(1, hairline(self._view)), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colour(self._view, Role.QUIET_SOFT))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        at = QPointF(box.center().x() - paragraph.natural_width / 2, box.center().y() - paragraph.height / 2)
        paragraph.draw(painter, at, colour(self._view, Role.TEXT))


class Table(QTableView):
    """A flat table; one row is chosen at a time, Enter or a click on its link opens it.

    Signals: `row_opened(row)`.
    """

    row_opened = Signal(int)

    def __init__(
        self, name: str, columns: Sequence[Column], *, selectable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns, self.selectable, self.hovered_row = tuple(columns), selectable, -1
        self.setProperty("flush", not selectable)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)  # the page's own ground, in the dark too
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(CellPainter(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Size.TABLE_ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFont(font_of(Look.CAPTION_STRONG))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(34)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not selectable:
            self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._cells = CellModel(self.columns, self)
        self.setModel(self._cells)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show a short list; long ones bring a model of their own."""
        self._cells.show_rows(rows)
        self._settle()

    def cell(self, index: Index) -> Cell:
        """One cell, as its model has it."""
        model = self._shown
        return Cell("") if model is None else model.cell(index.row(), index.column())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take a model, and give its columns their widths."""
        self._shown = model if isinstance(model, Cells) else None
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._settle)
        self._settle()
        self._share()

    def _settle(self) -> None:
        """A short table ends with its last row; a long one takes what room there is."""
        growth = QSizePolicy.Policy.Maximum if self.is_short else QSizePolicy.Policy.Expanding
        if self.sizePolicy().verticalPolicy() is not QSizePolicy.Policy.Fixed:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, growth)
        self.updateGeometry()

    @property
    def is_short(self) -> bool:
        """Whether all its rows are always in sight."""
        return self.model() is not None and self.model().rowCount() <= _FEW

    def whole_height(self) -> int:
        """How tall it is with every row in sight."""
        return self.horizontalHeader().height() + self.model().rowCount() * Size.TABLE_ROW + 2

    def show_whole(self) -> None:
        """Be as tall as all rows; the page scrolls instead (short lists only)."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.whole_height())

    def sizeHint(self) -> QSize:
        """A few rows: it takes what room there is, and scrolls by itself before the page would."""
        return QSize(480, self.whole_height() if self.is_short else self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Its head and three rows, or all there are."""
        return QSize(240, min(self.whole_height(), 34 + 3 * Size.TABLE_ROW))

    def _share(self) -> None:
        """Give each column its width; in a narrow window only those that stay."""
        narrow, width = self.window().width() < Size.NARROW, self.viewport().width()
        shown = [column for column in self.columns if column.narrow or not narrow]
        while _least(shown) > width and (last := next((one for one in reversed(shown) if not one.narrow), None)):
            shown.remove(last)  # better a column less than one that is cut, beside the help
        fixed = sum(column.width for column in shown)
        takers = sum(1 for column in shown if not column.width)
        for at, column in enumerate(self.columns):
            hidden = column not in shown
            self.setColumnHidden(at, hidden)
            if not hidden:
                rest = max(96, (width - fixed) // takers) if takers else 0
                self.setColumnWidth(at, column.width or rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Choose the first row where none was, so that arrow keys have a start."""
        super().focusInEvent(event)
        model = self.model()
        if self.selectable and model.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row the pointer is on, and that a link can be pressed."""
        index = self.indexAt(event.position().toPoint())
        row = index.row() if index.isValid() else -1
        link = index.isValid() and self.cell(index).look in _LINKS
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row the pointer was on."""
        self.hovered_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link opens its row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and self.cell(index).look in _LINKS
        if link and event.button() is Qt.MouseButton.LeftButton:
            self.row_opened.emit(index.row())
