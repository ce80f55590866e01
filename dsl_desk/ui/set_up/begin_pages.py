"""The pages before there is a desk: what to do first, where it is kept and whose it is."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.begin import MAY_BEGIN, FirstDesk
from dsl_desk.services.posts import POSTS
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.unlock.panel import ring_line
from dsl_desk.ui.widgets import (
    Button,
    Choice,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    Row,
    StepRail,
    Text,
)


class WelcomePage(Page):
    """The very first page: begin a desk, or open one that is there.

    Signals: `begin_requested`, `open_requested`.
    """

    help_topic = "first-day"

    begin_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Welcome to DSL Desk"),
            hint=self.tr("A desk keeps a school’s records of misused technology, on this laptop alone."),
            width=640,
            parent=parent,
        )
        self.begin = Row(
            "plus",
            self.tr("Begin a new desk"),
            self.tr("One person is enough. You can record a concern within ten minutes."),
            role=Colour.INK,
        )
        self.open = Row(
            "folder", self.tr("Open a desk that is there"), self.tr("Choose the folder that holds it."), role=Colour.INK
        )
        self.begin.clicked.connect(self.begin_requested)
        self.open.clicked.connect(self.open_requested)
        self.add(self.begin, space=0)
        self.add(self.open, space=0)
        self.add(
            ring_line(
                self.tr("A child in danger now: 999. Police, not urgent: 101."),
                self.tr("You need no desk to ring. Write on paper, and enter it later with its real times."),
            ),
            space=Space.XXL,
        )


class PlacePage(SetUpPage):
    """Where the desk is kept.

    Signals: `folder_requested`, `chosen(folder)`.
    """

    help_topic = "first-day"

    folder_requested = Signal()
    chosen = Signal(object)

    def __init__(self, suggested: Path, rail: StepRail, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Where is the desk kept?"),
            hint=self.tr("In one folder on this laptop’s own disk. Everything in it is encrypted."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self._suggested = suggested
        self._other: Path | None = None
        self.where = Choice(
            self.tr("Folder of the desk"),
            [("here", self.tr("The folder the program suggests")), ("other", self.tr("Another folder"))],
        )
        self.choose = Button(self.tr("C&hoose the folder…"))
        self.folder_words = Text("", role=Colour.TEXT2)
        self.add_field("folder", self.where)
        self.add(self.choose, space=Space.S)
        self.add(self.folder_words, space=Space.S)
        self.add(
            Notice(
                self.tr(
                    "Not on a stick, not on a network drive, and not in a folder that is copied to the internet: "
                    "such places are refused."
                ),
                kind=NoticeKind.PLAIN,
            )
        )
        self.set_primary(self.tr("&Continue"))
        self.where.chosen.connect(lambda _: self._show_where())
        self.choose.clicked.connect(self.folder_requested)
        self.primary_requested.connect(self._on_primary)
        self.set_folder(suggested)

    def set_folder(self, folder: Path) -> None:
        """Show which folder it will be."""
        self._other = folder if folder != self._suggested else self._other
        self.where.set_key("here" if folder == self._suggested else "other")
        self._show_where()

    @property
    def folder(self) -> Path | None:
        """The folder it will be; none where another is wanted and not yet chosen."""
        return self._suggested if self.where.key == "here" else self._other

    def show_refused_place(self, words: str) -> None:
        """Say why no desk can be begun there."""
        self.set_busy(False)
        self.show_field_problems({"folder": words})

    def _show_where(self) -> None:
        self.choose.setVisible(self.where.key != "here")
        self.folder_words.set_words(str(self.folder) if self.folder is not None else self.tr("None is chosen yet."))

    def _on_primary(self) -> None:
        problems = {} if self.folder else {"folder": self.tr("Choose the folder, or keep the suggested one")}
        if self.show_field_problems(problems):
            self.chosen.emit(self.folder)


class SchoolAndYouPage(SetUpPage):
    """Whose desk it is, and who begins it; what was typed before stands there again.

    Signals: `told(plan)`.
    """

    help_topic = "first-day"

    told = Signal(object)

    def __init__(self, typed: FirstDesk, rail: StepRail, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Your school, and you"),
            hint=self.tr("These names stand on papers and on what is handed to the police."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.school = Field(
            self.tr("Name of the &school"),
            LineEdit(typed.school),
            hint=self.tr("As it should read on papers; it stays."),
        )
        self.name = Field(
            self.tr("&Your name"),
            LineEdit(typed.me.name),
            hint=self.tr("First and last name in full, as a court would read it."),
        )
        self.role = Choice(self.tr("Your post"), [(role.value, POSTS[role]) for role in MAY_BEGIN])
        if typed.me.role is not None:
            self.role.set_key(typed.me.role.value)
        self._before = typed
        self.add_field("school", self.school)
        self.add_field("name", self.name)
        self.add_field("role", self.role)
        self.set_primary(self.tr("&Continue"))
        self.primary_requested.connect(self._on_primary)

    @property
    def typed(self) -> FirstDesk:
        """What was typed, whole or not."""
        role = Role(self.role.key) if self.role.key else None
        me = replace(self._before.me, name=self.name.text(), role=role)
        return replace(self._before, school=self.school.text(), me=me)

    def _on_primary(self) -> None:
        plan = self.typed
        me = plan.me
        if self.show_field_problems({**plan.school_problems(), **me.who_problems()}):
            self.told.emit(plan)
