"""Strips below a title: who must not be told yet, and what a session stands on."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import begin, colour, hairline
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Flow, emptied
from dsl_desk.ui.widgets.status import Status
from dsl_desk.ui.widgets.text import Icon, Text


class HoldState(enum.Enum):
    """Whether somebody may be told: icon, colour, ground; what waits comes first."""

    WAIT = ("hand", Role.WARN, Role.WARN_SOFT)
    TOLD = ("message-square", Role.OK, Role.OK_SOFT)
    TELL = ("circle-check", Role.OK, Role.OK_SOFT)


class _FlowStrip(QFrame):
    """Things beside each other that flow into a second line where they do not fit; fewer words in a short window."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = QWidget()
        self._flow = Flow(self._host, gap=gap, line_gap=Space.S)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._host.setSizePolicy(policy)
        self._short = False

    def set_short(self, short: bool) -> None:
        """Say what one must know in a short window, and the rest in a tip or in a few words."""
        if short is not self._short:
            self._short = short
            self._show()

    def _show(self) -> None:
        emptied(self._flow)
        for part in self._parts():
            self._flow.add(part)
        self._host.updateGeometry()

    def _parts(self) -> Iterator[QWidget]:
        """What it holds now."""
        raise NotImplementedError


class HoldBackStrip(_FlowStrip):
    """Who must not be told yet, on every page of a case while advice is open.

    Signals: `change_requested`.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(18, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, Space.S, 28, Space.S)
        row.setSpacing(Space.L)
        row.addWidget(self._host, 1)
        self.change = Button(self.tr("Chan&ge…"), Kind.QUIET, name=self.tr("Change the hold-back list"))
        self.change.clicked.connect(self.change_requested)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self._audiences: tuple[tuple[str, str, HoldState], ...] = ()

    def show_audiences(self, audiences: Sequence[tuple[str, str, HoldState]]) -> None:
        """Show who, in which words, and the state; those who wait come first."""
        order = list(HoldState)
        self._audiences = tuple(sorted(audiences, key=lambda one: order.index(one[2])))
        self._show()

    def _parts(self) -> Iterator[QWidget]:
        """Who is held back; in a short window whoever waits keeps their place, and the rest is one line of names."""
        yield _labelled(Icon("ear-off", 20, Role.WARN), Text(self.tr("Hold back"), Look.STRONG, wrap=False), 8)
        shown = [one for one in self._audiences if not self._short or one[2] is HoldState.WAIT]
        taken_away = self.change.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and self.change.isHidden()
        brief = self._short and taken_away and bool(shown)
        if brief:  # a form in a short window: its first field matters more than until when each one waits
            for who, words, state in shown:
                icon, role, _ = state.value
                pair = _labelled(Icon(icon, 18, role), Text(who, wrap=False), 6)
                pair.setAccessibleName(f"{who}: {words}")
                pair.setToolTip(words)
                yield pair
            return
        together: dict[tuple[str, HoldState], list[str]] = {}
        for who, words, state in shown:  # what holds for several is said once
            together.setdefault((words, state), []).append(who)
        for (words, state), names in together.items():
            icon, role, soft = state.value
            pair = _labelled(Text(", ".join(names), wrap=False), Status.of(icon, words, role, soft), 8)
            pair.setAccessibleName(f"{', '.join(names)}: {words}")
            yield pair
        rest = [who for who, _, _ in self._audiences[len(shown) :]]
        if rest:
            words = self.tr("Not held back: {names}").format(names=", ".join(rest))
            yield Text(words, role=Role.TEXT2, wrap=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground between two hairlines."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        for top in (0, self.height() - line):
            painter.fillRect(QRectF(0, top, self.width(), line), colour(self, Role.LINE))


_WIDEST, _WIDEST_SHORT = 250, 520


class FactStrip(_FlowStrip):
    """What a session stands on: device, access, who is in the room, purpose."""

    def __init__(self, facts: Sequence[tuple[str, str, str, Role]] = (), parent: QWidget | None = None) -> None:
        super().__init__(36, parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 10, 28, 10)
        box.addWidget(self._host)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str, str, Role]]) -> None:
        """Show icon, title, second line and the icon's colour of each."""
        self._facts = tuple(facts)
        self._show()

    def _parts(self) -> Iterator[QWidget]:
        """The facts; in a short window each is its first line, and the second is a tip."""
        for icon, title, second, role in self._facts:
            words = QWidget()
            column = QVBoxLayout(words)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(self._line(title, Look.STRONG, Role.TEXT))
            if not self._short:
                column.addWidget(self._line(second, Look.CAPTION, Role.TEXT2))
            pair = _labelled(Icon(icon, 18 if self._short else 22, role), words, 8 if self._short else 12)
            pair.setAccessibleName(f"{title}. {second}")
            pair.setToolTip(second if self._short else "")
            yield pair

    def _line(self, words: str, look: Look, role: Role) -> Text:
        """One line; a long one ends in dots, so that four facts stand side by side, and the tip has the whole."""
        line = Text(words, look, role, wrap=False)
        line.setMaximumWidth(_WIDEST_SHORT if self._short else _WIDEST)
        line.setProperty("may_end_in_dots", True)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its hairline."""
        painter, line = begin(self), hairline(self)
        painter.fillRect(self.rect(), colour(self, Role.SURFACE))
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.LINE))


def _labelled(first: QWidget, second: QWidget, gap: int) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    row.addWidget(first)
    row.addWidget(second)
    return pair
