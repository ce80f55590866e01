"""Where one stands: the rail of questions, the stages of long work."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.text import Text


class StepState(enum.Enum):
    """Whether a question was answered."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


class _Step(QLabel):
    """One question of the rail."""

    def __init__(self, mark: str, words: str, second: str, state: StepState, *, first: bool, last: bool) -> None:
        super().__init__()
        self._mark, self._state, self._first, self._last = mark, state, first, last
        self._words = Paragraph.of(words, Look.STRONG if state is StepState.NOW else Look.BODY)
        self._second = Paragraph.of(second, Look.CAPTION)
        spoken = {
            StepState.DONE: self.tr("done"),
            StepState.NOW: self.tr("this one"),
            StepState.LATER: self.tr("to come"),
        }
        self.setText(words)
        self.setAccessibleName(f"{mark}. {words}, {spoken[state]}. {second}".strip())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """56 with a second line, 44 without, more where words wrap."""
        self._words.fit(width - 50)
        self._second.fit(width - 50)
        return max(56 if self._second.words else 44, exact(self._tall()) + 18)

    def _tall(self) -> float:
        return self._words.height + (self._second.height + 2 if self._second.words else 0)

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(208, self.heightForWidth(208))

    def minimumSizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(160, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number or tick, the line to the next, the words."""
        painter, colours = begin(self), colours_of(self)
        self.heightForWidth(self.width())
        now = self._state is StepState.NOW
        if now:
            box = QRectF(1, 2, self.width() - 2, self.height() - 4)
            edge = hairline(self) if colours.contrast else 0
            outline(painter, box, colour(self, Role.ACCENT), edge, Size.RADIUS, colour(self, Role.ACCENT_SOFT))
        middle, ring = 25.0, 11.0
        tall = self._tall()
        y = (self.height() - tall) / 2
        centre = QPointF(middle, y + tall / 2)
        self._draw_mark(painter, centre, ring)
        words = Role.TEXT2 if self._state is StepState.LATER else Role.TEXT
        self._words.draw(painter, QPointF(50, y), colour(self, words))
        self._second.draw(painter, QPointF(50, y + self._words.height + 2), colour(self, Role.TEXT2))
        if not self._last:
            ink = colour(self, Role.OK if self._state is StepState.DONE else Role.EDGE)
            painter.fillRect(QRectF(middle - 0.75, centre.y() + ring + 4, 1.5, self.height()), ink)
        if not self._first:
            before = colour(self, Role.OK if self._state is not StepState.LATER else Role.EDGE)
            painter.fillRect(QRectF(middle - 0.75, 0, 1.5, max(0.0, centre.y() - ring - 4)), before)

    def _draw_mark(self, painter: QPainter, centre: QPointF, ring: float) -> None:
        box = QRectF(centre.x() - ring, centre.y() - ring, 2 * ring, 2 * ring)
        if self._state is StepState.DONE:
            heavy = colours_of(self).contrast
            draw_icon(painter, "circle-check", box.adjusted(-1, -1, 1, 1), colour(self, Role.OK), heavy=heavy)
            return
        now = self._state is StepState.NOW
        painter.setPen(QPen(colour(self, Role.ACCENT if now else Role.EDGE), 1.5))
        painter.setBrush(colour(self, Role.ACCENT) if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        number = Paragraph.of(self._mark, Look.CAPTION_STRONG).fit()
        at = QPointF(centre.x() - number.natural_width / 2, centre.y() - number.height / 2)
        number.draw(painter, at, colour(self, Role.ON_ACCENT if now else Role.TEXT2))


class StepRail(QWidget):
    """The questions of an assistant and where one stands; for reading, not for jumping."""

    def __init__(
        self,
        title: str,
        subtitle: str,
        steps: Sequence[tuple[str, str, StepState]],
        parent: QWidget | None = None,
        *,
        marks: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._marks = tuple(marks)
        """What each step is called where it is not simply counted: the questions have names such as 5a."""
        self.title, self.asks = title, True
        """`asks`: its steps are questions; else they are pages to fill in."""
        self._steps: list[_Step] = []
        self._states: list[StepState] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 24, 20, Space.M)
        column.setSpacing(0)
        column.addWidget(Text(title, Look.HEADING))
        self._subtitle = Text(subtitle, role=Role.TEXT2)
        column.addWidget(self._subtitle)
        column.addSpacing(Space.M)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        column.addStretch(1)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[tuple[str, str, StepState]]) -> None:
        """Show these steps: words, second line, state."""
        for old in self._steps:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._states = [state for _, _, state in steps]
        self._steps = [
            _Step(self._called(at), words, second, state, first=at == 0, last=at == len(steps) - 1)
            for at, (words, second, state) in enumerate(steps)
        ]
        for step in self._steps:
            self._column.addWidget(step)
        at, of = self.position
        self.setAccessibleName(self.tr("{title}: step {at} of {of}").format(title=self.title, at=at, of=of))

    @property
    def position(self) -> tuple[str, str]:
        """Which step this is, and which is the last."""
        last = len(self._states) - 1
        now = next((i for i, state in enumerate(self._states) if state is StepState.NOW), last)
        return self._called(now), self._called(last)

    def _called(self, at: int) -> str:
        return self._marks[at] if at < len(self._marks) else str(at + 1)


class StageState(enum.Enum):
    """How far one stage of long work is."""

    DONE = ("circle-check", Role.OK, Role.TEXT)
    RUNNING = ("loader", Role.INK, Role.TEXT)
    TO_COME = ("circle", Role.TEXT2, Role.TEXT2)
    FAILED = ("circle-alert", Role.DANGER, Role.TEXT)


class _Stage(QLabel):
    """One stage; its loader turns while it runs."""

    def __init__(self, words: str, detail: str, state: StageState) -> None:
        super().__init__()
        self._label, self._angle = words, 0
        self._timer = QTimer(self)
        self._timer.setInterval(110)
        self._timer.timeout.connect(self._on_turn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_state(state, detail)

    def set_state(self, state: StageState, detail: str) -> None:
        """Show how far it is."""
        self._state = state
        self._words = Paragraph.of(self._label, Look.STRONG if state is StageState.RUNNING else Look.BODY)
        self._detail = Paragraph.of(detail, Look.BODY).fit()
        spoken = {
            StageState.DONE: self.tr("done"), StageState.RUNNING: self.tr("running"),
            StageState.TO_COME: self.tr("to come"), StageState.FAILED: self.tr("failed"),
        }[state]  # fmt: skip
        self.setText(self._label)
        self.setAccessibleName(f"{self._label}: {spoken}. {detail}".strip())
        self._turn()
        self.updateGeometry()
        self.update()

    def _turn(self) -> None:
        if self._state is StageState.RUNNING and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _on_turn(self) -> None:
        self._angle = (self._angle + 45) % 360
        self.update(0, 0, 24, self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Turn only while it is seen."""
        super().showEvent(event)
        self._turn()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody sees it."""
        super().hideEvent(event)
        self._timer.stop()

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """36, more where words wrap."""
        room = width - 36 - (self._detail.natural_width + 16 if self._detail.words else 0)
        return max(36, exact(self._words.fit(max(120, room)).height) + 16)

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a narrow window."""
        return QSize(200, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, words, detail and hairline."""
        painter, (icon, role, words) = begin(self), self._state.value
        self.heightForWidth(self.width())
        middle, line = (self.height() - 1) / 2, hairline(self)
        painter.save()
        painter.translate(11, middle)
        painter.rotate(self._angle if self._state is StageState.RUNNING else 0)
        draw_icon(painter, icon, QRectF(-11, -11, 22, 22), colour(self, role), heavy=colours_of(self).contrast)
        painter.restore()
        self._words.draw(painter, QPointF(36, middle - self._words.height / 2), colour(self, words))
        left = self.width() - self._detail.natural_width
        self._detail.draw(painter, QPointF(left, middle - self._detail.height / 2), colour(self, Role.TEXT2))
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour(self, Role.LINE))


class StageList(QWidget):
    """The stages of long work, each with how far it is."""

    def __init__(self, stages: Sequence[tuple[str, str, StageState]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = [_Stage(*stage) for stage in stages]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for stage in self._stages:
            column.addWidget(stage)

    def set_stage(self, index: int, state: StageState, detail: str = "") -> None:
        """Show how far one stage is."""
        self._stages[index].set_state(state, detail)


class ProgressBar(QProgressBar):
    """How far long work is; the words beside it say the same."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setFixedHeight(12)

    def show_part(self, done: int, total: int) -> None:
        """Show `done` of `total`, however large they are."""
        self.setValue(0 if total <= 0 else min(1000, done * 1000 // total))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the trough and what is done."""
        painter, rect = begin(self), QRectF(self.rect())
        outline(painter, rect, colour(self, Role.EDGE), hairline(self), 6, colour(self, Role.QUIET_SOFT))
        span = self.maximum() - self.minimum()
        part = (self.value() - self.minimum()) / span if span else 0
        if part > 0:
            done = QRectF(0, 0, max(12.0, rect.width() * part), rect.height())
            outline(painter, done, colour(self, Role.ACCENT), 0, 6, colour(self, Role.ACCENT))
