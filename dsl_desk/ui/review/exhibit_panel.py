"""Before any file is chosen or dropped: what it shows, in words, and whether it could be what nobody may open."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.case import Offered, StopAnswer
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.words import Answer
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.review.seen import ReviewSeen
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    CheckBox,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    ProgressBar,
    Text,
    TextArea,
    TileGroup,
    in_column,
)


class ExhibitPanel(Page):
    """The questions, then the file.

    Signals: `choose_requested(Offered)`, `dropped(Offered, Path)`, `cancel_requested`.
    """

    help_topic = "exhibits"

    choose_requested = Signal(object)
    dropped = Signal(object, object)
    cancel_requested = Signal()

    intake = Intake.FILE

    def __init__(self, seen: ReviewSeen, me: StopAnswer | None, *, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self._named(supplied=me is not None),
            hint=self.tr("Answer first. Nothing is opened to find out."),
            back=back,
            parent=parent,
        )
        self._seen, self._me = seen, me
        shows, someone, under_18 = seen.supplied_questions or (
            self.tr("&What does it show, in your words?"),
            self.tr("Has someone here s&een it?"),
            self.tr("Could it show anyone under 18 nude or sexually?"),
        )
        self._question = under_18
        self.shows = Field(shows, TextArea(2))
        self.source = Field(self.tr("W&here does it come from?"), LineEdit(), hint=self.tr("Device, page, person."))
        self.add(self.shows, space=0)
        self.add(self.source, space=Space.M)
        self.supplied_by: Field[LineEdit] | None = None
        self.seen_by: Field[LineEdit] | None = None
        if me is not None:
            self.supplied_by = Field(self.tr("Who brou&ght it?"), LineEdit(), width=400)
            self.seen_by = Field(someone, LineEdit(), width=400, hint=self.tr("Their names, or: nobody."))
            self.add(self.supplied_by, space=Space.M)
            self.add(self.seen_by, space=Space.M)
        self.add(self._make_question(seen), space=Space.M)
        self._make_end()
        self.stop = self.add_action(self.tr("C&ancel"))
        self.stop.hide()
        self.stop.clicked.connect(self.cancel_requested)
        self.primary_requested.connect(self._on_primary)

    def _named(self, *, supplied: bool) -> str:
        return self.tr("Something that was brought") if supplied else self.tr("Add a picture or file")

    def _make_end(self) -> None:
        """Below the questions: how it comes in."""
        self.setAcceptDrops(True)
        self.large = CheckBox(self.tr("Take it in also where it is &large; packs and backups then take longer"))
        self.add(self.large, space=Space.M)
        self.bar = ProgressBar(self.tr("How far it is taken in"))
        self.bar.hide()
        self.add(self.bar, space=Space.M)
        self.set_primary(self.tr("&Choose the file…"), icon="image")

    def _make_question(self, seen: ReviewSeen) -> QWidget:
        part, column = in_column(Space.S)
        question, then = self._asked()
        column.addWidget(Text(question, Look.STRONG))
        column.addWidget(Text(then, role=Role.TEXT2))
        people = [(one.account, one.name) for one in seen.reviewers]
        in_session = self._me is not None and seen.session and not seen.paused
        if self._me is not None and not (in_session and self._me.account in dict(people)):
            people = [(self._me.account, self._me.name)]
        self.answers: list[tuple[StopAnswer, TileGroup]] = []
        for account, name in people:
            column.addWidget(Text(self.tr("{name} answers").format(name=name), role=Role.TEXT2))
            tiles = TileGroup(
                f"{question} {name}",
                [("yes", self.tr("Yes")), ("no", self.tr("No")), ("not_sure", self.tr("Not sure"))],
                compact=True,
            )
            self.answers.append((StopAnswer(account=account, name=name, answer=Answer.NOT_SURE), tiles))
            column.addWidget(tiles)
        self.refusal = Notice("", kind=NoticeKind.STOP)
        self.refusal.hide()
        column.addWidget(self.refusal)
        return part

    def _asked(self) -> tuple[str, str]:
        return self._question, self.tr("Yes or not sure: leave it where it is, and ring police.")

    def offered(self) -> Offered | None:
        """What is known before a byte is read; None, and the page says so, while something is missing."""
        found: list[tuple[QWidget, str]] = []
        if not self.shows.text().strip():
            found.append((self.shows, self.tr("Write what it shows")))
        if not self.source.text().strip():
            found.append((self.source, self.tr("Enter where it comes from")))
        if self.supplied_by is not None and not self.supplied_by.text().strip():
            found.append((self.supplied_by, self.tr("Enter who brought it")))
        if self.seen_by is not None and not self.seen_by.text().strip():
            found.append((self.seen_by, self.tr("Enter who here has seen it, or: nobody")))
        for asked, tiles in self.answers:
            if tiles.answer is None:
                found.append((tiles, self.tr("{name} answers the question").format(name=asked.name)))
        if not self.show_problems(found):
            return None
        supplied = self.supplied_by is not None
        latest = self._seen.sightings[0].no if self._seen.sightings and not supplied else None
        return Offered(
            intake=Intake.SUPPLIED if supplied else self.intake,
            description=self.shows.text().strip(),
            source=self.source.text().strip(),
            method=self._method(),
            stop_answers=tuple(
                StopAnswer(account=asked.account, name=asked.name, answer=Answer(tiles.answer or "not_sure"))
                for asked, tiles in self.answers
            ),
            seen_by=self.seen_by.text().strip() if self.seen_by is not None else "",
            supplied_by=self.supplied_by.text().strip() if self.supplied_by is not None else "",
            sighting=latest,
            place=self._seen.place,
        )

    def _method(self) -> str:
        return self.tr("file chosen on this laptop, copied once, never opened")

    def _on_primary(self) -> None:
        self.refusal.hide()
        if (offered := self.offered()) is not None:
            self.choose_requested.emit(offered)

    def show_running(self, *, running: bool) -> None:
        """A file is being taken in, or none is."""
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        if self.primary is not None:
            self.primary.setEnabled(not running)

    def show_refused(self, words: str) -> None:
        """Why nothing came in."""
        self.show_running(running=False)
        self.refusal.set_words(words)
        self.refusal.show()
        self.scroller.ensureWidgetVisible(self.refusal)

    # -- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped; nothing of it is read."""
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file in, once the questions are answered."""
        path = _file_of(event.mimeData())
        self.refusal.hide()
        if path is not None and (offered := self.offered()) is not None:
            event.acceptProposedAction()
            self.dropped.emit(offered, path)


class CapturePanel(ExhibitPanel):
    """The questions, then a picture of this laptop's screen.

    Signals: `capture_requested(Offered)`, `stop_requested` where somebody sees a reason to stop.
    """

    capture_requested = Signal(object)
    stop_requested = Signal()
    intake = Intake.CAPTURE

    def _named(self, *, supplied: bool) -> str:
        return self.tr("Take a picture of the screen")

    def _make_end(self) -> None:
        words = self.tr(
            "The desk hides for five seconds, then takes the picture. Put on the screen only what is to be kept. The "
            "picture is sealed at once and never shown."
        )
        self.add(Notice(words, icon="camera"), space=Space.M)
        if self._seen.elsewhere:
            words = self.tr("You look on {device}. This takes a picture of this laptop’s own screen alone.")
            self.add(Notice(words.format(device=self._seen.elsewhere), kind=NoticeKind.WARN), space=Space.S)
        self.bar = ProgressBar(self.tr("How far it is taken in"))
        self.bar.hide()
        self.set_primary(self.tr("&Hide the desk and take it"), icon="camera")

    def _asked(self) -> tuple[str, str]:
        then = self.tr("Also: could it show anyone under 18 nude or sexually? Yes or not sure: no picture. Halt.")
        return self._seen.stop_question, then

    def _method(self) -> str:
        return self.tr("picture of this laptop’s screen, taken once, sealed from memory")

    def _on_primary(self) -> None:
        self.refusal.hide()
        if (offered := self.offered()) is None:
            return
        if any(given.answer is not Answer.NO for given in offered.stop_answers):
            self.stop_requested.emit()
        else:
            self.capture_requested.emit(offered)


def _file_of(data: QMimeData) -> Path | None:
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
