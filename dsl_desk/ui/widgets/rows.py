"""Lines one can open: what is waiting, and the steps of a procedure in their groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline
from dsl_desk.ui.tokens import Look, Role, Size, State
from dsl_desk.ui.widgets.enter import pressed_by_enter
from dsl_desk.ui.widgets.status import Status

_STACKS, _DATE_STACKS = 520, 420
"""Below this width the state and the date go under the words."""


def draw_touch(painter: QPainter, line: QAbstractButton) -> None:
    """Show that the pointer is on a line, and that it is pressed; high contrast has no grounds, so a bar there."""
    if not line.isEnabled() or not (line.underMouse() or line.isDown()):
        return
    if colours_of(line).contrast:
        painter.fillRect(QRectF(0, 0, 4 if line.isDown() else 2, line.height()), colour(line, Role.LINK))
    else:
        painter.fillRect(line.rect(), colour(line, Role.QUIET_SOFT if line.isDown() else Role.HOVER))


class _Line(QAbstractButton):
    """A whole line that can be pressed, with a hairline below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """A comfortable width and the height that goes with it."""
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a narrow window."""
        return QSize(220, self.heightForWidth(max(220, self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line that wears the ring, as Space does."""
        if pressed_by_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def ground(self, painter: QPainter) -> None:
        """Hover and the hairline."""
        draw_touch(painter, self)
        line = hairline(self)
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.LINE))


class Row(_Line):
    """One thing that waits: what it is, what comes next, until when."""

    def __init__(
        self,
        icon: str,
        title: str,
        second: str = "",
        date: str = "",
        *,
        role: Role = Role.TEXT,
        date_role: Role = Role.TEXT2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role, self._date_role = icon, role, date_role
        self._title, self._second = Paragraph.of(title, Look.STRONG), Paragraph.of(second, Look.BODY)
        self._date = Paragraph.of(date, Look.BODY if date_role is Role.TEXT2 else Look.STRONG).fit()
        self.setText(title)
        self.setAccessibleName(". ".join(part for part in (title, second, date) if part))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _measure(self, width: int) -> tuple[float, bool]:
        beside = self._date.natural_width + 56 if self._date.words else 36
        stacked = width < _DATE_STACKS and bool(self._date.words)
        room = width - 42 - (36 if stacked else beside)
        self._title.fit(room)
        self._second.fit(room)
        return room, stacked

    def heightForWidth(self, width: int) -> int:
        """60, more where words wrap."""
        _, stacked = self._measure(width)
        tall = self._title.height + (self._second.height + 5 if self._second.words else 0)
        tall += self._date.height + 4 if stacked else 0
        return max(Size.ROW, exact(tall) + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, words, date and chevron."""
        painter, heavy = begin(self), colours_of(self).contrast
        self.ground(painter)
        _, stacked = self._measure(self.width())
        tall = self._title.height + (self._second.height + 5 if self._second.words else 0)
        tall += self._date.height + 4 if stacked else 0
        top, middle = (self.height() - 1 - tall) / 2, (self.height() - 1) / 2
        draw_icon(painter, self._icon, QRectF(4, middle - 11, 22, 22), colour(self, self._role), heavy=heavy)
        self._title.draw(painter, QPointF(42, top), colour(self, Role.TEXT))
        self._second.draw(painter, QPointF(42, top + self._title.height + 5), colour(self, Role.TEXT2))
        date = colour(self, self._date_role)
        if stacked:
            self._date.draw(painter, QPointF(42, top + tall - self._date.height), date)
        else:
            left = self.width() - 32 - self._date.natural_width
            self._date.draw(painter, QPointF(left, middle - self._date.height / 2), date)
        box = QRectF(self.width() - 22, middle - 9, 18, 18)
        draw_icon(painter, "chevron-right", box, colour(self, Role.TEXT2), heavy=heavy)


class TaskRow(_Line):
    """One step: its number, its title (a link only where it can be opened), who is next, and its state in words.

    Signals: `opened` when the step is to be opened.
    """

    opened = Signal()

    def __init__(
        self, number: str, title: str, next_words: str, state: State, *, opens: bool, words: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.state, self._opens = state, opens
        self._number = Paragraph.of(number, Look.BODY).fit()
        self._title = Paragraph.of(title, Look.STRONG if opens else Look.BODY)
        self._next = Paragraph.of(next_words, Look.CAPTION)
        self._status = Status(state, words, parent=self)
        self._status.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setText(title)
        self.setAccessibleName(f"{number}. {title}: {words or state.words}. {next_words}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setEnabled(opens)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.opened)

    def _beside(self) -> int:
        """How much room the state takes at the right; the same in every row as long as its words are the usual ones."""
        return max(192, self._status.sizeHint().width() + 4)

    def _measure(self, width: int) -> bool:
        stacked = width < _STACKS
        room = width - 44 - (8 if stacked else self._beside() + 18)
        self._title.fit(room)
        self._next.fit(room)
        return stacked

    def heightForWidth(self, width: int) -> int:
        """47, more where words wrap or the state goes below."""
        stacked = self._measure(width)
        tall = self._title.height + (self._next.height + 3 if self._next.words else 0)
        return max(Size.STEP, exact(tall + (Size.TAG + 2 if stacked else 0)) + 10)

    def resizeEvent(self, event: object) -> None:
        """Keep the state beside or below the words."""
        stacked, status = self._measure(self.width()), self._status
        status.resize(status.sizeHint())
        if stacked:
            status.move(44, self.height() - status.height() - 5)
        else:
            status.move(self.width() - self._beside(), (self.height() - 1 - status.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number and words."""
        painter = begin(self)
        self.ground(painter)
        stacked = self._measure(self.width())
        tall = self._title.height + (self._next.height + 3 if self._next.words else 0)
        top = 5.0 if stacked else (self.height() - 1 - tall) / 2
        self._number.draw(painter, QPointF(30 - self._number.natural_width, top), colour(self, Role.TEXT2))
        title = Role.LINK if self._opens else Role.TEXT
        if self.state is State.CANNOT_START:
            title = Role.TEXT2
        self._title.draw(painter, QPointF(44, top), colour(self, title))
        self._next.draw(painter, QPointF(44, top + self._title.height + 3), colour(self, Role.TEXT2))


class _GroupHead(_Line):
    """The head of a group, which folds it."""

    def __init__(self, title: str, summary: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._summary = Paragraph.of(title, Look.STRONG), Paragraph.of(summary, Look.BODY)
        self._name = f"{title}. {summary}".strip(" .")
        self.setText(title)
        self.setCheckable(True)
        self.set_open(True)

    def set_open(self, is_open: bool) -> None:
        """Say and show whether the group is open."""
        self.setChecked(is_open)
        state = self.tr("open") if is_open else self.tr("folded")
        self.setAccessibleName(f"{self._name}, {state}")

    def heightForWidth(self, width: int) -> int:
        """As tall as its words."""
        self._title.fit()
        room = width - 56 - self._title.natural_width
        self._below = room < 160
        self._summary.fit(width - 44 if self._below else room)
        tall = (
            self._title.height + self._summary.height + 3
            if self._below
            else max(self._title.height, self._summary.height)
        )
        return max(36, exact(tall) + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chevron, title and what is in the group."""
        painter = begin(self)
        self.heightForWidth(self.width())
        draw_touch(painter, self)
        line = hairline(self)
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.EDGE))
        top, name = 8.0, "chevron-down" if self.isChecked() else "chevron-right"
        box = QRectF(6, top + self._title.height / 2 - 9, 18, 18)
        draw_icon(painter, name, box, colour(self, Role.TEXT), heavy=colours_of(self).contrast)
        self._title.draw(painter, QPointF(44, top), colour(self, Role.TEXT))
        at = QPointF(44, top + self._title.height + 3) if self._below else QPointF(56 + self._title.natural_width, top)
        self._summary.draw(painter, at, colour(self, Role.TEXT2))


class TaskGroup(QWidget):
    """Steps that belong together; a folded group still shows what is not plainly done."""

    def __init__(
        self, title: str, summary: str, rows: Sequence[TaskRow], *, folded: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.head, self._rows = _GroupHead(title, summary), tuple(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.head)
        for row in self._rows:
            column.addWidget(row)
        self.head.toggled.connect(lambda is_open: self.set_folded(not is_open))  # by click, key or screen reader
        self.set_folded(folded)

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """Its steps."""
        return self._rows

    def set_folded(self, folded: bool) -> None:
        """Fold or open it."""
        self.head.set_open(not folded)
        for row in self._rows:
            row.setVisible(not folded or row.state not in (State.DONE, State.DOES_NOT_APPLY))
