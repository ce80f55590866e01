"""Before any file is chosen or dropped: what it shows, in words, and whether it could be what nobody may open."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.case import Offered, StopAnswer
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.words import Answer
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.review.seen import ReviewSeen
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import CheckBox, Field, LineEdit, Notice, NoticeKind, ProgressBar, Text, TextArea, TileGroup


class ExhibitPanel(Page):
    """The questions, then the file.

    Signals: `choose_requested(Offered)`, `dropped(Offered, Path)`, `cancel_requested`.
    """

    help_topic = "exhibits"

    choose_requested = Signal(object)
    dropped = Signal(object, object)
    cancel_requested = Signal()

    def __init__(self, seen: ReviewSeen, me: StopAnswer | None, *, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Add a picture or file"),
            hint=self.tr("Answer first. Nothing is opened to find out."),
            back=back,
            parent=parent,
        )
        self._seen, self._me = seen, me
        self.setAcceptDrops(True)
        self.shows = Field(self.tr("&What does it show, in your words?"), TextArea(2))
        self.source = Field(self.tr("W&here does it come from?"), LineEdit(), hint=self.tr("Device, page, person."))
        self.add(self.shows, space=0)
        self.add(self.source, space=Space.M)
        self.supplied_by: Field[LineEdit] | None = None
        self.seen_by: Field[LineEdit] | None = None
        if me is not None:
            self.supplied_by = Field(self.tr("Who brou&ght it?"), LineEdit(), width=400)
            self.seen_by = Field(self.tr("Who here has s&een it?"), LineEdit(), width=400, hint=self.tr("Or nobody."))
            self.add(self.supplied_by, space=Space.M)
            self.add(self.seen_by, space=Space.M)
        self.add(self._make_question(seen), space=Space.M)
        self.large = CheckBox(self.tr("Take it in also where it is &large; packs and backups then take longer"))
        self.add(self.large, space=Space.M)
        self.bar = ProgressBar(self.tr("How far it is taken in"))
        self.bar.hide()
        self.add(self.bar, space=Space.M)
        self.set_primary(self.tr("&Choose the file…"), icon="image")
        self.stop = self.add_action(self.tr("C&ancel"))
        self.stop.hide()
        self.stop.clicked.connect(self.cancel_requested)
        self.primary_requested.connect(self._on_primary)

    def _make_question(self, seen: ReviewSeen) -> QWidget:
        part, column = QWidget(), QVBoxLayout()
        part.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        question = self.tr("Could it show anyone under 18 nude or sexually?")
        column.addWidget(Text(question, Look.STRONG))
        column.addWidget(Text(self.tr("Yes or not sure: leave it where it is, and ring police."), role=Role.TEXT2))
        people = [(one.account, one.name) for one in seen.reviewers]
        if self._me is not None:
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

    def offered(self) -> Offered | None:
        """What is known before a byte is read; None, and the page says so, while something is missing."""
        found: list[tuple[QWidget, str]] = []
        if not self.shows.text().strip():
            found.append((self.shows, self.tr("Write what it shows")))
        if not self.source.text().strip():
            found.append((self.source, self.tr("Enter where it comes from")))
        if self.supplied_by is not None and not self.supplied_by.text().strip():
            found.append((self.supplied_by, self.tr("Enter who brought it")))
        for asked, tiles in self.answers:
            if tiles.answer is None:
                found.append((tiles, self.tr("{name} answers the question").format(name=asked.name)))
        if not self.show_problems(found):
            return None
        supplied = self.supplied_by is not None
        latest = self._seen.sightings[0].no if self._seen.sightings and not supplied else None
        return Offered(
            intake=Intake.SUPPLIED if supplied else Intake.FILE,
            description=self.shows.text().strip(),
            source=self.source.text().strip(),
            method=self.tr("file chosen on this laptop, copied once, never opened"),
            stop_answers=tuple(
                StopAnswer(account=asked.account, name=asked.name, answer=Answer(tiles.answer or "not_sure"))
                for asked, tiles in self.answers
            ),
            seen_by=self.seen_by.text().strip() if self.seen_by is not None else "",
            supplied_by=self.supplied_by.text().strip() if self.supplied_by is not None else "",
            sighting=latest,
            place=self._seen.place,
        )

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


def _file_of(data: QMimeData) -> Path | None:
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
