"""The session: one sighting after another, the list growing beside it, exhibits covered, the clock running."""

from dataclasses import dataclass
from textwrap import shorten

from PySide6.QtCore import QElapsedTimer, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.words import Answer
from dsl_desk.ui.awaited import Awaited
from dsl_desk.ui.messages import announce
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.review.seen import ReviewSeen
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    CheckBox,
    Chronology,
    ChronologyEntry,
    Covered,
    Dropdown,
    FactStrip,
    Field,
    Flow,
    Kind,
    LineEdit,
    NoticeKind,
    SideBySide,
    Status,
    Text,
    TextArea,
    TileGroup,
    emptied,
    in_column,
)

SECONDS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What stands in the form."""

    address: str
    seen: str
    concern: str
    answers: tuple[Answer, ...]
    """In the order of the reviewers."""

    @property
    def stops(self) -> bool:
        """Whether one of the two saw a reason to stop."""
        return any(answer is not Answer.NO for answer in self.answers)


class SessionPanel(Page):
    """An open session.

    Signals: `recorded(Sighting)`, `pause_requested(reason)`, `resume_requested`, `finish_requested`,
    `exhibit_requested`, `capture_requested`, `uncover_requested(mark, reason)`.
    """

    help_topic = "session"

    recorded = Signal(object)
    pause_requested = Signal(str)
    resume_requested = Signal()
    finish_requested = Signal()
    exhibit_requested = Signal()
    capture_requested = Signal()
    uncover_requested = Signal(str, str)

    def __init__(self, seen: ReviewSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.SESSION,
            self.tr("Review session {no}").format(no=seen.session),
            subtitle=self.tr("{ref} · since {time}").format(ref=seen.reference, time=seen.since),
            parent=parent,
        )
        self._seen, self._since, self._left_s = seen, QElapsedTimer(), 0
        self._since.start()
        self._picture: QImage | None = None
        self._awaited = Awaited()
        self.clock = Text("0:00:00", Look.TITLE, wrap=False)
        self.pause = Button(self.tr("&Pause…"), icon="pause")
        self.finish = Button(self.tr("&Finish looking…"))
        for part in (self.clock, self.pause, self.finish):
            self.add_to_head(part)
        self.set_strip(FactStrip([(icon, title, second, Role.TEXT2) for icon, title, second in seen.strip]))
        self.set_panes(self._make_form(seen), self._make_side(), side_width=460, stacks_below=900)
        self.set_primary(self.tr("&Record sighting"))
        self.primary_requested.connect(self._on_primary)
        self.add_action(self.tr("&Back to the case"), Kind.QUIET).clicked.connect(self.back_requested)
        self.pause.clicked.connect(self._on_pause)
        self.finish.clicked.connect(self.finish_requested)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self.show_review(seen)

    def _make_form(self, seen: ReviewSeen) -> QWidget:
        part, column = in_column(Space.M)
        self.heading = Text("", Look.HEADING, wrap=False)
        self.said = Status.of("circle-check", "", Role.OK, Role.OK_SOFT)
        self.said.hide()
        top = QWidget()  # what was just recorded stands where the next one begins
        line = Flow(top, gap=Space.L)
        line.add(self.heading)
        line.add(self.said)
        self.why_pause = Field(
            self.tr("Why do you pa&use?"), LineEdit(), hint=self.tr("The gap shows with its reason.")
        )
        self.why_pause.hide()
        self.back_in = [
            CheckBox(self.tr("{name} is in the room again").format(name=one.name)) for one in seen.reviewers
        ]
        self.address = Field(self.tr("&Address, or what the item is"), LineEdit())
        self.saw = Field(self.tr("&What you saw"), TextArea(2), hint=self.tr("Plain facts. Full names, no initials."))
        self.concern = Field(self.tr("Why it w&orries you"), TextArea(2))
        for part_ in (top, self.why_pause, *self.back_in, self.address, self.saw, self.concern):
            column.addWidget(part_)
        self.stops: list[TileGroup] = []
        column.addWidget(Text(seen.stop_question, Look.STRONG))
        asked: list[QWidget] = []
        for reviewer in seen.reviewers:
            tiles = TileGroup(
                self.tr("Any reason to stop? {name} answers").format(name=reviewer.name),
                [("yes", self.tr("Yes")), ("no", self.tr("No")), ("not_sure", self.tr("Not sure"))],
                compact=True,
            )
            self.stops.append(tiles)
            asked.append(_under(self.tr("{name} answers").format(name=reviewer.name), tiles))
        if len(asked) == 2:
            asked = [SideBySide(*asked, ratio=(1, 1), gap=Space.XL, stacks_below=720)]
        for one in asked:
            column.addWidget(one)
        column.addWidget(
            Text(self.tr("Recorded lines are never changed; a correction stands beside."), role=Role.TEXT2)
        )
        column.addStretch(1)
        return part

    def _make_side(self) -> QWidget:
        part, column = in_column(Space.M)
        column.addWidget(Text(self.tr("Recorded so far"), Look.HEADING))
        self.none_yet = Text(self.tr("Nothing yet"), role=Role.TEXT2)
        self.lines = Chronology(self.tr("Sightings of this review, the newest first"))
        self.add_exhibit = Button(self.tr("Add a p&icture or file…"), icon="image")
        self.add_exhibit.clicked.connect(self.exhibit_requested)
        self.capture = Button(self.tr("Take a picture of the scree&n…"), icon="camera")
        self.capture.clicked.connect(self.capture_requested)
        column.addWidget(self.none_yet)
        column.addWidget(self.lines)
        acts = QWidget()
        line = Flow(acts, gap=Space.M)
        line.add(self.add_exhibit)
        line.add(self.capture)
        column.addWidget(acts)
        self.exhibits = QVBoxLayout()
        self.exhibits.setSpacing(Space.S)
        column.addLayout(self.exhibits)
        self.covered: Covered | None = None
        self.which: Dropdown | None = None
        self.reason = Field(self.tr("Wh&y is it uncovered?"), LineEdit(), hint=self.tr("Each uncovering is recorded."))
        self.reason.hide()
        self.show_it = Button(self.tr("Show it for {n} seconds").format(n=SECONDS_SHOWN), icon="eye")
        self.show_it.hide()
        self.show_it.clicked.connect(self._on_show)
        column.addWidget(self.reason)
        column.addWidget(self.show_it)
        column.addStretch(1)
        return part

    def show_review(self, seen: ReviewSeen) -> None:
        """Show what is recorded now; what is being typed stays."""
        self._seen = seen
        self._since.restart()
        self.heading.set_words(self.tr("Sighting {no}").format(no=seen.next_sighting))
        self.none_yet.setVisible(not seen.sightings)
        self.lines.show_entries(
            [
                ChronologyEntry(
                    title=f"{one.no}  {one.address}",
                    second=one.second + (f" · {one.mark}" if one.mark else ""),
                    icon="eye-off" if one.mark else "minus",
                    role=Role.TEXT2,
                )
                for one in seen.sightings
            ]
        )
        self._show_exhibits(seen)
        self.looking = not seen.paused
        for box in self.back_in:
            box.setVisible(seen.paused)
            box.setChecked(box.isChecked() and seen.paused)
        self.pause.set_label(self.tr("Res&ume") if seen.paused else self.tr("&Pause…"))
        parts: tuple[QWidget, ...] = (self.address, self.saw, self.concern, self.add_exhibit, self.capture, *self.stops)
        for part in parts:
            part.setEnabled(not seen.paused)
        if self.primary is not None:
            self.primary.setEnabled(not seen.paused)
        self._on_tick()

    def _show_exhibits(self, seen: ReviewSeen) -> None:
        self.cover_all()  # another place may stand there next, under another mark
        emptied(self.exhibits)
        self.covered, self.which = None, None
        if not seen.exhibits:
            return
        if len(seen.exhibits) > 1:
            self.which = Dropdown(
                [(mark, f"{mark}  {shorten(words, 32, placeholder=' …')}") for mark, words in seen.exhibits],
                name=self.tr("Exhibit"),
            )
            self.which.setSizeAdjustPolicy(Dropdown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.which.setMinimumContentsLength(12)  # long words are cut, not the pane
            self.which.currentIndexChanged.connect(self._on_which)
            self.exhibits.addWidget(self.which)
        self._put_covered(0)

    def _put_covered(self, at: int) -> None:
        if self.covered is not None:
            self.covered.hide()
            self.covered.deleteLater()
        self.show_it.setEnabled(True)
        mark, words = self._seen.exhibits[at]
        self.covered = Covered(mark, self.tr("Each uncovering is recorded."))
        self.covered.setMinimumHeight(230)
        self.covered.setToolTip(words)
        self.covered.uncover_requested.connect(self._on_uncover)
        self.covered.cover_requested.connect(self.cover_all)
        self.exhibits.addWidget(self.covered)

    def _on_which(self, at: int) -> None:
        self.cover_all()
        self._put_covered(max(0, at))

    # -- pictures

    @property
    def mark(self) -> str:
        """The exhibit whose place is shown."""
        return self.which.key if self.which is not None else self._seen.exhibits[0][0]

    def _on_uncover(self) -> None:
        self.reason.show()
        self.show_it.show()
        self.reason.setFocus()

    def _on_show(self) -> None:
        words = self.reason.text().strip()
        if self.show_problems([] if words else [(self.reason, self.tr("Write why it is uncovered"))]):
            self.show_it.setEnabled(False)
            self._awaited.ask()
            self.uncover_requested.emit(self.mark, words)

    def show_picture(self, mark: str, picture: QImage) -> None:
        """Show an exhibit for a counted time, unless something else is in its place by now."""
        if self.covered is None or mark != self.mark:
            return  # what was asked for in this place is still to come
        self.show_it.setEnabled(True)
        if not self._awaited.comes() or not self.isVisible():
            return
        self.reason.hide()
        self.show_it.hide()
        self.reason.set_text("")
        self._picture, self._left_s = picture, SECONDS_SHOWN
        self.covered.show_picture(picture, self._left_s)
        self.covered.button.setFocus()  # what hides had it; the next thing to do is to cover it again

    def cover_all(self) -> None:
        """Cover at once and forget the picture, also one that is still to come."""
        self._awaited.cover()
        self._picture, self._left_s = None, 0
        if self.covered is not None and not self.covered.is_covered:
            self.covered.cover()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not looked at is not shown."""
        super().hideEvent(event)
        self.cover_all()

    # -- the clock

    def _on_tick(self) -> None:
        seconds = self._seen.elapsed_s + self._since.elapsed() // 1000
        words = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        self.clock.set_words(self.tr("Paused") if self._seen.paused else words)
        if self._picture is not None and self.covered is not None:
            self._left_s -= 1
            if self._left_s <= 0:
                self.cover_all()
            else:
                self.covered.show_picture(self._picture, self._left_s)

    # -- what is asked

    def _on_pause(self) -> None:
        if self._seen.paused:
            away = [box for box in self.back_in if not box.isChecked()]
            words = self.tr("Both reviewers must be in the room; tick each")
            if self.show_problems([(box, words) for box in away[:1]]):
                self.resume_requested.emit()
            return
        words = self.why_pause.text().strip()
        if not self.why_pause.isVisibleTo(self):
            self.why_pause.show()
            self.why_pause.setFocus()
        elif self.show_problems([] if words else [(self.why_pause, self.tr("Write why you pause"))]):
            self.why_pause.hide()
            self.why_pause.set_text("")
            self.cover_all()
            self.pause_requested.emit(words)

    def _on_primary(self) -> None:
        answers = [tiles.answer for tiles in self.stops]
        stops = any(answer not in (None, "no") for answer in answers)
        found: list[tuple[QWidget, str]] = []
        if not self.address.text().strip():
            found.append((self.address, self.tr("Enter the address, or what the item is")))
        if not stops:  # a reason to stop waits for nothing else
            if not self.saw.text().strip():
                found.append((self.saw, self.tr("Enter what you saw")))
            if not self.concern.text().strip():
                found.append((self.concern, self.tr("Enter why it worries you")))
            for tiles, answer, reviewer in zip(self.stops, answers, self._seen.reviewers, strict=True):
                if answer is None:
                    words = self.tr("{name} answers whether there is a reason to stop").format(name=reviewer.name)
                    found.append((tiles, words))
        elif found:
            self.address.set_text(self.tr("Not written"))
            found = []
        if self.show_problems(found):
            given = tuple(Answer(answer) if answer else Answer.NOT_SURE for answer in answers)
            self.recorded.emit(
                Sighting(
                    address=self.address.text().strip(),
                    seen=self.saw.text().strip(),
                    concern=self.concern.text().strip(),
                    answers=given,
                )
            )

    def clear_form(self) -> None:
        """The sighting is recorded: room for the next one, no answer preset."""
        for field in (self.address, self.saw, self.concern):
            field.set_text("")
        for tiles in self.stops:
            tiles.set_answer(None)
        self.address.setFocus()
        QTimer.singleShot(0, self, self._from_the_top)  # once the list beside it has grown

    def _from_the_top(self) -> None:
        """The form from its heading on, in whatever scrolls it."""
        if self._panes is not None and self._panes.scrolls:
            self._panes.bring(None)
        elif (content := self.scroller.widget()) is not None:
            top = self.heading.mapTo(content, QPoint(0, 0)).y()
            self.scroller.verticalScrollBar().setValue(max(0, top - Space.S))

    def show_recorded(self, words: str) -> None:
        """Say quietly what was recorded: the form keeps its place."""
        self.show_notice("")
        self.said.set_parts("circle-check", words, Role.OK, Role.OK_SOFT)
        self.said.show()
        announce(self, words)

    def show_refused(self, words: str) -> None:
        """Say why nothing was recorded."""
        self.show_it.setEnabled(True)
        self.show_notice(words, NoticeKind.WARN)


def _under(words: str, answers: TileGroup) -> QWidget:
    """Whose answers they are, and the answers."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(Text(words, role=Role.TEXT2))
    column.addWidget(answers)
    return part
