"""The Help place: every topic in its group, a search that follows the typing, and the text beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.domain.finding import folded
from dsl_desk.ui.help.text import HelpText, MarkedText
from dsl_desk.ui.help.topics import Topic, groups, search, topic, wanted_words
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.painting import begin, colour
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Button, Field, Kind, Line, LineEdit, Scroller, Text
from dsl_desk.ui.widgets.links import WrappingLink

FIRST = "help-itself"
_LIST_WIDTH, _STACKS_BELOW, _MEASURE = 320, 760, 620
_AROUND = 60
"""Letters before and after a word that was found, as they are shown in the list."""


class TopicLink(WrappingLink):
    """A topic in the list; the one that is read has a bar and a soft ground."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title.replace("&", "&&"), Look.BODY, Role.LINK, indent=14, parent=parent)
        self.key = key
        self.here = False

    def set_here(self, here: bool) -> None:
        """Say whether it is the one that is read; pressed by name alone it opens like any link."""
        self.here = here
        self.setAccessibleDescription(self.tr("Shown beside the list") if here else "")
        self.update()

    def heightForWidth(self, width: int) -> int:
        """A little more air than a link in a text."""
        return max(32, super().heightForWidth(width) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw where one is, then the words."""
        if self.here:
            painter = begin(self)
            painter.fillRect(self.rect(), colour(self, Role.ACCENT_SOFT))
            painter.fillRect(QRectF(0, 4, 3, self.height() - 8), colour(self, Role.ACCENT))
            painter.end()
        super().paintEvent(event)


class TopicList(QWidget):
    """Every topic, in its groups; while somebody searches, those that hold the words, each with where it holds them.

    Signals: `chosen(topic)`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Help topics"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, Space.L, Space.L)
        column.setSpacing(0)
        self.links: list[TopicLink] = []
        self._near: dict[str, tuple[QWidget, MarkedText]] = {}
        self._headings: list[tuple[Text, tuple[str, ...]]] = []
        for group in groups():
            heading = Text(group.title, Look.CAPTION_STRONG, Role.TEXT2)
            heading.setContentsMargins(0, Space.M, 0, Space.XS)
            self._headings.append((heading, group.topics))
            column.addSpacing(Space.M if self.links else 0)
            column.addWidget(heading)
            column.addSpacing(Space.XS)
            for key in group.topics:
                self._add(column, key)
        column.addStretch(1)

    def _add(self, column: QVBoxLayout, key: str) -> None:
        link, near, host = TopicLink(key, topic(key).title), MarkedText("", Look.CAPTION), QWidget()
        inset = QVBoxLayout(host)
        inset.setContentsMargins(14, 0, 0, Space.S)
        inset.addWidget(near)
        host.hide()
        link.clicked.connect(lambda _=False: self.chosen.emit(key))
        link.installEventFilter(self)
        self.links.append(link)
        self._near[key] = (host, near)
        column.addWidget(link)
        column.addWidget(host)

    @property
    def shown(self) -> list[TopicLink]:
        """The topics that are listed, in the order of the list."""
        return [link for link in self.links if not link.isHidden()]

    def near(self, key: str) -> MarkedText:
        """Where a topic holds what is looked for, as the list shows it."""
        return self._near[key][1]

    def show_found(self, words: str) -> tuple[str, ...]:
        """List the topics that hold these words; gives them, the best first."""
        found, wanted = search(words), wanted_words(words)
        for link in self.links:
            host, near = self._near[link.key]
            excerpt = _near(topic(link.key), wanted) if link.key in found else ""
            if excerpt != near.text():
                near.set_words(excerpt)
            near.mark(wanted)
            _set_shown(link, shown=link.key in found)
            _set_shown(host, shown=bool(excerpt))
        for heading, keys in self._headings:
            _set_shown(heading, shown=any(key in found for key in keys))
        return found

    def set_current(self, key: str) -> None:
        """Show which one is read."""
        for link in self.links:
            link.set_here(link.key == key)

    def step_from(self, link: QObject | None, step: int) -> None:
        """Go to the next topic in the list, or to the first."""
        shown = self.shown
        at = next((i for i, one in enumerate(shown) if one is link), -1)
        if shown:
            shown[max(0, min(len(shown) - 1, at + step))].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go through the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.step_from(watched, step)
                return True
        return super().eventFilter(watched, event)


class HelpPanel(Page):
    """The Help place.

    Signals: `tour_requested`.
    """

    help_topic = FIRST
    about_case = False

    tour_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, self.tr("Help"), parent=parent)
        self.round = Button(self.tr("Show me &round"), icon="eye")
        self.round.clicked.connect(self.tour_requested)
        self.add_to_head(self.round)
        self.finder = Field(self.tr("&Find in help"), LineEdit(), width=_LIST_WIDTH)
        self.found = Text("", Look.CAPTION, Role.TEXT2, wrap=False)
        self.list, self.text = TopicList(), HelpText()
        self.back = Button(self.tr("Back to the list"), Kind.QUIET, icon="arrow-left")
        self._reading = False
        self.add(self.finder, space=0)
        self.add(self.found, space=Space.XS)
        self.add(self._make_panes(), space=Space.S, stretch=1)
        self.finder.editor.textChanged.connect(self._on_typed)
        self.finder.editor.returnPressed.connect(lambda: self.list.step_from(None, 1))
        self.finder.editor.installEventFilter(self)
        self.list.chosen.connect(self.read)
        self.text.link_requested.connect(self.read)
        self.back.clicked.connect(self._on_back)
        self._show(FIRST)
        self._stack()

    def _make_panes(self) -> QWidget:
        host = QWidget()
        host.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        host.setMinimumHeight(120)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XL)
        beside = QWidget()
        beside.setMaximumWidth(_MEASURE)
        column = QVBoxLayout(beside)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.XL)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addStretch(1)
        self._left, self._right, self._rule = Scroller(self.list), Scroller(beside), Line(upright=True)
        self._right.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll the text
        self._right.setAccessibleName(self.tr("Text of the help"))
        row.addWidget(self._left)
        row.addWidget(self._rule)
        row.addWidget(self._right, 1)
        return host

    # -- reading

    @property
    def key(self) -> str:
        """The topic that is read."""
        return self.text.topic.key if self.text.topic else ""

    def read(self, key: str) -> None:
        """Read a topic: the focus goes to its text, so that the arrow keys scroll it."""
        self._reading = True
        self._stack()
        self._show(key)
        self._right.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, key: str) -> None:
        if key != self.key:
            self.text.show_topic(topic(key))
        self.text.mark(wanted_words(self.finder.text()))
        self.list.set_current(key)
        self._right.verticalScrollBar().setValue(0)

    def _on_back(self) -> None:
        self._reading = False
        self._stack()
        self.finder.setFocus()

    def _on_typed(self, words: str) -> None:
        found = self.list.show_found(words)
        wanted = wanted_words(words)
        self._reading = False
        if not wanted:
            self.found.set_words("")
        elif found:
            one, many = self.tr("1 topic has these words."), self.tr("{n} topics have these words.")
            self.found.set_words(one if len(found) == 1 else many.format(n=len(found)))
        else:
            self.found.set_words(self.tr("No topic has these words. Try another, or fewer letters."))
        self._left.verticalScrollBar().setValue(0)
        self._show(found[0] if wanted and found else self.key)
        self._stack()

    # -- how it stands

    def _stack(self) -> None:
        """Beside each other; in a narrow window the list or the text."""
        narrow = self.width() < _STACKS_BELOW
        self._left.setVisible(not narrow or not self._reading)
        self._right.setVisible(not narrow or self._reading)
        self._rule.setVisible(not narrow)
        self.back.setVisible(narrow)
        if narrow:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        else:
            self._left.setFixedWidth(_LIST_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width there is."""
        super().resizeEvent(event)
        self._stack()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down from the search goes to the list."""
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.finder.editor and event.type() is QEvent.Type.KeyPress and is_down:
            self.list.step_from(None, 1)
            return True
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """To the search."""
        self.finder.setFocus()


def _set_shown(part: QWidget, *, shown: bool) -> None:
    """Show or hide a part; one that stands so already costs no layout."""
    if part.isHidden() is shown:
        part.setVisible(shown)


def _near(found: Topic, wanted: tuple[str, ...]) -> str:
    """The words around the first place where a topic holds what is looked for; nothing where its title says it."""
    if not wanted or all(word in folded(found.title) for word in wanted):
        return ""
    for part in found.parts[1:]:
        at = next((at for word in wanted if (at := folded(part.words).find(word)) >= 0), -1)
        if at >= 0:
            first, last = max(0, at - _AROUND), at + _AROUND
            start = part.words.rfind(" ", 0, first) + 1 if first else 0
            end = part.words.find(" ", last)
            words = part.words[start : end if end > 0 else None]
            return ("… " if start else "") + words + (" …" if end > 0 else "")
    return ""
