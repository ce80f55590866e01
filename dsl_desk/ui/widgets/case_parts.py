"""The parts of a case: what happened, facts in lines, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.layouts import Line, emptied
from dsl_desk.ui.widgets.status import Status
from dsl_desk.ui.widgets.text import Text


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


class Facts(QWidget):
    """Keys and values between hairlines; `beside` puts something right of each value, such as what changes it."""

    def __init__(
        self,
        facts: Sequence[tuple[str, str | QWidget]] = (),
        *,
        key_width: int = 166,
        beside: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key_width, self._beside = key_width, beside
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        # Its lines never drift apart where there is room to fill; as tall as its words at the width it has.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_facts(facts)

    def sizeHint(self) -> QSize:
        """As tall as its words are at its width."""
        wanted = super().sizeHint()
        return QSize(wanted.width(), self.heightForWidth(self.width())) if self.hasHeightForWidth() else wanted

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_facts(self, facts: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show these facts in this order."""
        emptied(self._grid)
        self._grid.setColumnMinimumWidth(0, self._key_width)
        for row, (key, value) in enumerate(facts):
            label = Text(key, role=Role.TEXT2)
            label.setContentsMargins(0, 0, Space.M, 0)
            shown = Text(value) if isinstance(value, str) else value
            if isinstance(value, str):
                shown.setAccessibleName(f"{key}: {value}")
            self._grid.addWidget(_between(label), 3 * row, 0)
            self._grid.addWidget(_between(shown), 3 * row, 1)
            for part in self._beside[row : row + 1]:
                self._grid.addWidget(_between(part, above=2), 3 * row, 2)  # its words level with those beside it
            self._grid.addWidget(Line(), 3 * row + 1, 0, 1, 3 if self._beside else 2)


def _between(part: QWidget, *, above: int = 7) -> QWidget:
    """Room above and below one part of a line, the part at its top left."""
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, above, 12, above)
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
