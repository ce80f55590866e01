"""The screen that covers everything: first the two buttons, then what to do and whom to ring.

Nothing on it is preset, nothing has the focus at the start, and no habit (Return, Escape, Space) does anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsl_desk.domain.words import Grade
from dsl_desk.ui.halt.steps import StopSteps
from dsl_desk.ui.halt.title import StopTitle
from dsl_desk.ui.halt.values import HaltState, Stopped
from dsl_desk.ui.halt.words import StopWords
from dsl_desk.ui.messages import announce
from dsl_desk.ui.painting import begin, colour, colours_of
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.layouts import Scroller
from dsl_desk.ui.widgets.text import Text

_ANSWER, _ANSWER_SHORT = 176, 96
"""Heights of the two answers: what one reaches for with a trembling hand."""


class HaltScreen(QWidget):
    """The whole window while something is stopped or about to be.

    Signals: `covered` (content is covered: drop what was being captured), `chosen(grade)` (write the entry; the page
    is up already), `gone_back` (nothing was recorded, content stays covered), `uncovered`, `lock_requested`,
    `resume_requested` (two people want to record why a stopped laptop is used again).
    """

    covered = Signal()
    chosen = Signal(object)
    gone_back = Signal()
    uncovered = Signal()
    lock_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.state, self._words = HaltState.AWAY, StopWords()
        self._numbers: tuple[tuple[str, str], ...] = ()
        self._desk, self._person, self._reference, self._showing_numbers = "", "", "", False
        self._standing: Stopped | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("on_stop", True)
        self.setProperty("draws_focus", True)  # the page itself wears no ring: nothing on it is chosen
        self._make_parts()
        self.hide()

    # -- what the shell and presenters use

    def set_words(self, words: StopWords) -> None:
        """Take the words of the school's profile."""
        self._words = words
        self._pictures.set_label(self.tr("&1  {words}").format(words=words.buttons[0]), name=words.buttons[0])
        self._other.set_label(self.tr("&2  {words}").format(words=words.buttons[1]), name=words.buttons[1])

    def set_numbers(self, numbers: Sequence[tuple[str, str]]) -> None:
        """Take whom to ring and where: who, number."""
        self._numbers = tuple(numbers)

    def set_desk(self, name: str) -> None:
        """Take the desk's name for the upper edge."""
        self._desk = name

    @property
    def is_up(self) -> bool:
        """Whether it covers the window."""
        return self.state is not HaltState.AWAY

    @property
    def standing(self) -> Stopped | None:
        """The stop that is shown, if any."""
        return self._standing

    def ask(self) -> None:
        """Cover the content now, then ask which of the two it is."""
        if self.state in (HaltState.ASKING, HaltState.STOPPED):
            return
        self._show(HaltState.ASKING)
        self.covered.emit()

    def show_stopped(self, stopped: Stopped) -> None:
        """Show what to do; also again after unlocking, and for a case found stopped."""
        self._standing, self._showing_numbers = stopped, False
        self._person, self._reference = stopped.person, stopped.reference
        self._show(HaltState.STOPPED)

    def show_while_locked(self) -> None:
        """The page with 999 and 101; nobody is signed in, so nothing is recorded."""
        self._showing_numbers = False
        self._show(HaltState.LOCKED)
        self.covered.emit()

    def put_away(self) -> None:
        """Take the screen away: after a lock, or when the case's own page takes over."""
        self._standing = None
        self._show(HaltState.AWAY)

    # -- how it is built

    def _make_parts(self) -> None:
        self._left = Text("", Look.STRONG, Role.ON_STOP, wrap=False)
        self._right = Text("", Look.MEDIUM, Role.ON_STOP, wrap=False, right=True)
        self._title, self._steps = StopTitle(), StopSteps()
        self._scroller = Scroller(self._steps)
        self._scroller.verticalScrollBar().setProperty("on_stop", True)
        self._sentence = Text("", Look.READ, Role.ON_STOP)
        self._note = Text("", Look.CAPTION_STRONG, Role.ON_STOP)
        self._spring = QWidget()
        self._make_buttons()
        self.set_words(self._words)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        top, foot, choices = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._left, 2)
        top.addWidget(self._right, 3)
        choices.setSpacing(Space.XL)
        for button in (self._pictures, self._other):
            choices.addWidget(button, 1)
        foot.setContentsMargins(0, Space.M, 0, 0)
        foot.setSpacing(Space.L)
        foot.addWidget(self._note, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self._uncover, self._again, self._back, self._ring, self._resume, self._lock, self._away):
            foot.addWidget(button)
        self._column.addLayout(top)
        self._column.addSpacing(Space.S)
        self._column.addWidget(self._title)
        self._column.addSpacing(Space.S)
        self._column.addWidget(self._sentence)
        self._column.addSpacing(Space.M)
        self._column.addLayout(choices)
        self._column.addWidget(self._scroller, 1)
        self._column.addWidget(self._spring, 1)
        self._column.addLayout(foot)

    def _make_buttons(self) -> None:
        self._pictures, self._other = Button("", Kind.STOP), Button("", Kind.STOP)
        for button in (self._pictures, self._other):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._back = Button(self.tr("&Go back, record nothing"), Kind.STOP)
        self._uncover = Button(self.tr("&Show the page again"), Kind.STOP)
        self._again = Button(self.tr("&Halt"), Kind.STOP, icon="octagon-x")
        self._ring = Button(self.tr("Show &numbers"), Kind.STOP, icon="phone")
        self._lock = Button(self.tr("&Lock the desk"), Kind.STOP, icon="lock", keys=self.tr("F12"))
        self._away = Button(self.tr("&Back to the lock page"), Kind.STOP, icon="lock")
        self._resume = Button(self.tr("&Two people: use this laptop again…"), Kind.STOP, icon="users-round")
        self._resume.clicked.connect(self.resume_requested)
        self._pictures.clicked.connect(lambda: self._on_chosen(Grade.STOP_IMAGES))
        self._other.clicked.connect(lambda: self._on_chosen(Grade.POLICE_FIRST))
        self._back.clicked.connect(self._on_back)
        self._uncover.clicked.connect(self._on_uncover)
        self._again.clicked.connect(self.ask)
        self._ring.clicked.connect(self._on_ring)
        self._lock.clicked.connect(self.lock_requested)
        self._away.clicked.connect(self._on_uncover)

    def _show(self, state: HaltState) -> None:
        self.state = state
        self.setVisible(state is not HaltState.AWAY)
        if state is HaltState.AWAY:
            return
        asking, covered = state is HaltState.ASKING, state is HaltState.COVERED
        stopped, locked = state is HaltState.STOPPED, state is HaltState.LOCKED
        shown = {
            self._pictures: asking, self._other: asking, self._back: asking,
            self._uncover: covered, self._again: covered,
            self._resume: stopped and self._standing is not None and self._standing.stays,
            self._ring: stopped or locked, self._lock: stopped or covered, self._away: locked,
            self._scroller: stopped or locked, self._spring: asking or covered, self._sentence: asking or covered,
        }  # fmt: skip
        for part, visible in shown.items():
            part.setVisible(visible)
        self._left.set_words(self._desk)
        self._say()
        self.raise_()
        self._fit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.accessibleName(), at_once=True)

    def _say(self) -> None:
        """Put the words of the state on the screen."""
        first, second, sentence, note, right = "", "", "", "", ""
        match self.state:
            case HaltState.ASKING:
                first, second = self.tr("Stop."), self.tr("What made you stop?")
                sentence = self.tr("Everything is covered. Choose either if you are not sure; the reason can wait.")
                note = self.tr("Nothing is deleted.")
            case HaltState.COVERED:
                first, second = self.tr("Covered."), self.tr("Nothing was recorded.")
                sentence = self.tr("The page stays covered until you show it again.")
            case HaltState.LOCKED:
                first, second = self.tr("Stop here."), self._words.right_thing
                right = self.tr("Locked: nothing was recorded")
                note = self.tr(
                    "The desk is locked, so nothing was recorded. Unlock it and halt again to put it on record."
                )
                self._fill()
            case HaltState.STOPPED if self._standing is not None:
                first = self.tr("STOPPED at {time}.").format(time=self._standing.time)
                second = self._words.right_thing
                signed_in = self.tr("{person} is signed in").format(person=self._person) if self._person else ""
                right = " · ".join(part for part in (self._reference, signed_in) if part)
                note = self._note_of(self._standing)
                self._fill()
            case _:
                pass
        self._title.show_words(first, second)
        self._sentence.set_words(sentence)
        self._note.set_words(note)
        self._right.set_words(right)
        spoken = [first, second, sentence]
        if self.state in (HaltState.STOPPED, HaltState.LOCKED):
            spoken += [step.words for step in self._steps.steps]
        self.setAccessibleName(" ".join(part for part in spoken if part))

    def _note_of(self, stopped: Stopped) -> str:
        if stopped.stays:
            return self.tr("Halted on this laptop. Nothing else can be done here until two people record why.")
        if stopped.grade is Grade.POLICE_FIRST:
            closed = self.tr("Halted. Searching, visiting and questioning are closed. What you hold is kept.")
        else:
            closed = self.tr("Halted. Looking, pictures, printing of content and export are closed.")
        return closed + self.tr(" To write down whom you rang: lock the desk, then unlock it.")

    def _fill(self) -> None:
        if self._showing_numbers:
            always = ((self.tr("A child in danger now"), "999"), (self.tr("Police, not urgent"), "101"))
            said = {number for _, number in always}  # each number stands here once: the room belongs to the school's
            own = [(who, number) for who, number in self._numbers if number not in said]
            steps = [f"{who}: {number}" for who, number in (*always, *own)]
        elif self._standing is not None and self._standing.grade is Grade.POLICE_FIRST:
            steps = list(self._words.police_first)
        else:
            steps = list(self._words.stop_images)
        self._steps.show_steps(steps)
        label = self.tr("Show the &steps") if self._showing_numbers else self.tr("Show &numbers")
        self._ring.set_label(label)

    def _fit(self) -> None:
        """Fit title and steps to the room there is."""
        short, narrow = self.height() < Size.SHORT, self.width() < Size.NARROW
        side = Space.XL if narrow else 40
        edge = Space.S if short else 12
        self._column.setContentsMargins(side, edge, side, edge if short else 16)
        self._title.set_short(short)
        again = self.tr("Two people: use this laptop again…")
        self._resume.set_label(
            self.tr("Use &again…") if narrow else self.tr("&Two people: use this laptop again…"), name=again
        )
        self._sentence.set_look(Look.READ if short else Look.STOP_STEP)
        for button in (self._pictures, self._other):
            button.set_look(Look.HEADING if narrow else Look.TITLE)
            button.setFixedHeight(_ANSWER_SHORT if short else _ANSWER)
        steps = self.state in (HaltState.STOPPED, HaltState.LOCKED)  # there the room belongs to them
        self._note.setVisible(not (narrow and steps))  # empty it still keeps the buttons at their place
        if not self.is_up:
            return
        self._column.activate()
        if self._scroller.isVisibleTo(self):
            width, room = self._scroller.viewport().width(), self._scroller.viewport().height()
            self._steps.fit(max(240, width - 16), room)

    def _on_chosen(self, grade: Grade) -> None:
        if self.state is HaltState.ASKING:
            self.chosen.emit(grade)

    def _on_back(self) -> None:
        self._show(HaltState.COVERED)
        self.gone_back.emit()

    def _on_uncover(self) -> None:
        self.put_away()
        self.uncovered.emit()

    def _on_ring(self) -> None:
        self._showing_numbers = not self._showing_numbers
        self._fill()
        self._fit()
        words = ". ".join(step.words for step in self._steps.steps)
        announce(self, words, at_once=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 stand on the two answers and choose them; no other key does anything here by habit."""
        event.accept()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state is HaltState.ASKING and plain and not event.isAutoRepeat():
            answer = {Qt.Key.Key_1: self._pictures, Qt.Key.Key_2: self._other}.get(Qt.Key(event.key()))
            if answer is not None:
                answer.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new room."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the line above the buttons."""
        painter = begin(self)
        painter.fillRect(self.rect(), colour(self, Role.STOP))
        foot = min(button.y() for button in (self._ring, self._lock, self._back, self._uncover) if button.isVisible())
        line = 2 if colours_of(self).contrast else 1.5
        painter.fillRect(QRectF(0, foot - 13, self.width(), line), colour(self, Role.ON_STOP))
