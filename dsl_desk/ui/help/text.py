"""A topic of help as parts of the window: words that wrap, lists, and links that are buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.domain.finding import folded
from dsl_desk.ui.help.topics import Part, PartKind, Topic
from dsl_desk.ui.painting import begin, colour, colours_of
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets.layouts import emptied
from dsl_desk.ui.widgets.links import WrappingLink
from dsl_desk.ui.widgets.text import Text

_LOOKS = {PartKind.TITLE: Look.HEADING, PartKind.HEADING: Look.STRONG}
_ABOVE = {PartKind.TITLE: 0, PartKind.HEADING: 18, PartKind.WORDS: 10, PartKind.ITEM: 6, PartKind.LINK: 2}
_UNDER_HEADING = 4


class MarkedText(Text):
    """Words in which some are marked, because somebody looked for them."""

    def __init__(self, words: str, look: Look = Look.BODY, *, lead: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(words, look, lead=lead, parent=parent)
        self._marks: list[tuple[int, int]] = []

    @property
    def marks(self) -> tuple[str, ...]:
        """The words that are marked, as they stand."""
        return tuple(self.text()[at : at + length] for at, length in self._marks)

    def mark(self, wanted: Sequence[str]) -> None:
        """Mark these words wherever they stand; none takes every mark away."""
        found, plain = set[tuple[int, int]](), folded(self.text())
        if len(plain) == len(self.text()):  # a letter that folds to two would shift every mark after it
            for word in wanted:
                at = plain.find(word)
                while at >= 0:
                    found.add((at, len(word)))
                    at = plain.find(word, at + len(word))
        self._marks = sorted(found)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words; what was found stands on its own ground."""
        if not self._marks:
            super().paintEvent(event)
            return
        painter = begin(self)
        ranges = []
        for at, length in self._marks:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = at, length
            style = QTextCharFormat()
            loud = colours_of(self).contrast  # there the soft grounds are all the same
            style.setBackground(colour(self, Role.ACCENT if loud else Role.WARN_SOFT))
            style.setForeground(colour(self, Role.ON_ACCENT if loud else Role.TEXT))
            piece.format = style
            ranges.append(piece)
        paragraph = self._paragraph().fit(self.width())
        paragraph.draw(painter, QPointF(0, 0), colour(self, self.role), ranges)


class HelpText(QWidget):
    """Shows one topic, from its title to its links.

    Signals: `link_requested(topic)` when a link is chosen.
    """

    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._words: list[MarkedText] = []
        self.links: list[WrappingLink] = []
        self.topic: Topic | None = None

    def show_topic(self, topic: Topic) -> None:
        """Show a topic in place of the one before."""
        self._clear()
        self.topic = topic
        before: PartKind | None = None
        for part in topic.parts:
            headed = before in (PartKind.HEADING, PartKind.TITLE) and part.kind is not PartKind.HEADING
            self._column.addSpacing(_UNDER_HEADING if headed else _ABOVE[part.kind])
            self._column.addWidget(self._widget(part))
            before = part.kind
        self.setAccessibleName(topic.title)

    def mark(self, wanted: Sequence[str]) -> None:
        """Mark what somebody looked for."""
        for words in self._words:
            words.mark(wanted)

    @property
    def marks(self) -> tuple[str, ...]:
        """The words that are marked, as they stand."""
        return tuple(mark for words in self._words for mark in words.marks)

    def _widget(self, part: Part) -> QWidget:
        if part.kind is PartKind.LINK:
            link = WrappingLink(part.words.replace("&", "&&"), Look.BODY, Role.LINK, underlined=True)
            link.clicked.connect(lambda _=False, key=part.topic: self.link_requested.emit(key))
            self.links.append(link)
            return link
        words = MarkedText(part.words, _LOOKS.get(part.kind, Look.BODY), lead=part.lead)
        self._words.append(words)
        return _listed(part.mark, words) if part.kind is PartKind.ITEM else words

    def _clear(self) -> None:
        self._words, self.links = [], []
        emptied(self._column)


def _listed(mark: str, words: MarkedText) -> QWidget:
    """A line of a list: its dot or number, and words that wrap beside it."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    before = Text(mark, Look.BODY, Role.TEXT2, wrap=False, right=True)
    before.setMinimumWidth(18)
    row.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return host
