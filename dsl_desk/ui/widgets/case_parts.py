"""The parts of a case: who must not be told yet, what happened, what a session stands on."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Flow, Line
from dsl_desk.ui.widgets.status import Status
from dsl_desk.ui.widgets.text import Icon, Text


class HoldState(enum.Enum):
    """Whether somebody may be told: icon, colour, ground; what waits comes first."""

    WAIT = ("hand", Role.WARN, Role.WARN_SOFT)
    TOLD = ("message-square", Role.OK, Role.OK_SOFT)
    TELL = ("circle-check", Role.OK, Role.OK_SOFT)


class HoldBackStrip(QFrame):
    """Who must not be told yet, on every page of a case while advice is open.

    Signals: `change_requested`.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, Space.S, 28, Space.S)
        row.setSpacing(Space.L)
        self._host = QWidget()
        self._flow = Flow(self._host, gap=18, line_gap=Space.S)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._host.setSizePolicy(policy)
        row.addWidget(self._host, 1)
        self.change = Button(self.tr("Chan&ge…"), Kind.QUIET, name=self.tr("Change the hold-back list"))
        self.change.clicked.connect(self.change_requested)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)

    def show_audiences(self, audiences: Sequence[tuple[str, str, HoldState]]) -> None:
        """Show who, in which words, and the state; those who wait come first."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._flow.add(
            _labelled(Icon("ear-off", 20, Role.WARN), Text(self.tr("Hold back"), Look.STRONG, wrap=False), 8)
        )
        order = list(HoldState)
        for who, words, state in sorted(audiences, key=lambda one: order.index(one[2])):
            icon, role, soft = state.value
            pair = _labelled(Text(who, wrap=False), Status.of(icon, words, role, soft), 8)
            pair.setAccessibleName(f"{who}: {words}")
            self._flow.add(pair)
        self._host.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground between two hairlines."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        for top in (0, self.height() - line):
            painter.fillRect(QRectF(0, top, self.width(), line), colour(self, Role.LINE))


def _labelled(first: QWidget, second: QWidget, gap: int) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    row.addWidget(first)
    row.addWidget(second)
    return pair


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyEntry:
    """One thing that happened: what, when and who, and the icon of its kind."""

    title: str
    second: str
    icon: str = "circle-dot"
    role: Role = Role.TEXT
    struck: bool = False
    """Corrected since: the words stay, with a line through them, and the second line says by what."""


class EntryLine(QLabel):
    """One entry of a chronology with the thread that joins it to the next."""

    def __init__(self, entry: ChronologyEntry, *, last: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry, self._last = entry, last
        self._title = Paragraph.of(entry.title, Look.MEDIUM, struck=entry.struck)
        self._second = Paragraph.of(entry.second, Look.CAPTION)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(entry.title)
        self.setAccessibleName(f"{entry.title}. {entry.second}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As tall as its words and the thread."""
        room = width - 34
        return exact(self._title.fit(room).height + self._second.fit(room).height) + 19

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        return QSize(340, self.heightForWidth(340))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a side pane."""
        return QSize(180, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, thread and words."""
        painter, heavy = begin(self), colours_of(self).contrast
        self.heightForWidth(self.width())
        draw_icon(painter, self._entry.icon, QRectF(1, 0, 18, 18), colour(self, self._entry.role), heavy=heavy)
        if not self._last:
            painter.fillRect(QRectF(9.5, 24, hairline(self), self.height() - 28), colour(self, Role.LINE))
        self._title.draw(painter, QPointF(34, 0), colour(self, Role.TEXT))
        self._second.draw(painter, QPointF(34, self._title.height + 4), colour(self, Role.TEXT2))


class Chronology(QWidget):
    """What happened in a case, in order; entries are read, never changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[EntryLine] = []

    def show_entries(self, entries: Sequence[ChronologyEntry]) -> None:
        """Show these entries in this order."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [EntryLine(entry, last=i == len(entries)) for i, entry in enumerate(entries, 1)]
        for line in self._lines:
            self._column.addWidget(line)


class FactStrip(QFrame):
    """What a session stands on: device, access, who is in the room, purpose."""

    def __init__(self, facts: Sequence[tuple[str, str, str, Role]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 10, 28, 10)
        self._host = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._host.setSizePolicy(policy)
        self._flow = Flow(self._host, gap=36, line_gap=Space.S)
        box.addWidget(self._host)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str, str, Role]]) -> None:
        """Show icon, title, second line and the icon's colour of each."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for icon, title, second, role in facts:
            words = QWidget()
            column = QVBoxLayout(words)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Text(title, Look.STRONG, wrap=False))
            column.addWidget(Text(second, Look.CAPTION, Role.TEXT2, wrap=False))
            pair = _labelled(Icon(icon, 22, role), words, 12)
            pair.setAccessibleName(f"{title}. {second}")
            self._flow.add(pair)
        self._host.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its hairline."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.LINE))


class Facts(QWidget):
    """Keys and values between hairlines."""

    def __init__(
        self, facts: Sequence[tuple[str, str | QWidget]] = (), *, key_width: int = 166, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key_width = key_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show these facts in this order."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._grid.setColumnMinimumWidth(0, self._key_width)
        for row, (key, value) in enumerate(facts):
            label = Text(key, role=Role.TEXT2)
            label.setContentsMargins(0, 0, Space.M, 0)
            shown = Text(value) if isinstance(value, str) else value
            if isinstance(value, str):
                shown.setAccessibleName(f"{key}: {value}")
            self._grid.addWidget(_between(label), 3 * row, 0)
            self._grid.addWidget(_between(shown), 3 * row, 1)
            self._grid.addWidget(Line(), 3 * row + 1, 0, 1, 2)


def _between(part: QWidget) -> QWidget:
    """Room above and below one part of a line, the part at its top left."""
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 7, 12, 7)
    column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop if isinstance(part, Text) else Qt.AlignmentFlag.AlignLeft)
    if isinstance(part, Text):
        column.setAlignment(part, Qt.AlignmentFlag(0))
    column.addStretch(1)
    return room


class SignatureBlock(QFrame):
    """One signer: capacity, name, and either what was signed or what is asked.

    `body` takes what the signer does (the sentence to agree to, the passphrase, the button).
    """

    def __init__(
        self, capacity: str, name: str, words: str, status: Status, *, asked: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._asked = asked
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(23, 12, 20, 16)
        self.body.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(Text(capacity, role=Role.TEXT2), 1)
        head.addWidget(status, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(Text(name, Look.HEADING))
        if words:
            self.body.addSpacing(Space.XS)
            self.body.addWidget(Text(words))
        self.setAccessibleName(f"{capacity}: {name}. {status.text()}. {words}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its edge: blue and stronger where a signature is asked for."""
        edge = Role.ACCENT if self._asked else Role.LINE
        width = 2 if self._asked else hairline(self)
        outline(begin(self), QRectF(self.rect()), colour(self, edge), width, Size.RADIUS_PANEL, colour(self, Role.PAGE))
