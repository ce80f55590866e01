"""The pages before there is a desk: where it is kept, whose it is, and the first passphrase."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.begin import MAY_BEGIN, FirstDesk, NewAccount
from dsl_desk.services.posts import POSTS
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.unlock.panel import ring_line
from dsl_desk.ui.widgets import (
    CheckBox,
    Choice,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    PassphraseField,
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

    Signals: `folder_requested`, `chosen`.
    """

    help_topic = "first-day"

    folder_requested = Signal()
    chosen = Signal()

    def __init__(self, suggested: Path, rail: StepRail, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Where is the desk kept?"),
            hint=self.tr("In one folder on this laptop’s own disk. Everything in it is encrypted."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.folder = suggested
        self._suggested = suggested
        self.where = Choice(
            self.tr("Folder of the desk"),
            [("here", self.tr("The folder the program suggests")), ("other", self.tr("Another folder"))],
        )
        self.where.set_key("here")
        self.folder_words = Text("", role=Colour.TEXT2)
        self.add_field("folder", self.where)
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
        self.where.chosen.connect(self._on_where)
        self.primary_requested.connect(self.chosen)
        self.set_folder(suggested)

    def set_folder(self, folder: Path) -> None:
        """Show which folder it will be."""
        self.folder = folder
        self.where.set_key("here" if folder == self._suggested else "other")
        self.folder_words.set_words(str(folder))

    def _on_where(self, key: str) -> None:
        if key == "here":
            self.set_folder(self._suggested)
        else:
            self.folder_requested.emit()


class SchoolAndYouPage(SetUpPage):
    """Whose desk it is, and who begins it.

    Signals: `told(plan)`.
    """

    help_topic = "first-day"

    told = Signal(object)

    def __init__(self, rail: StepRail, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Your school, and you"),
            hint=self.tr("These names stand on papers and on what is handed to the police."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.school = Field(
            self.tr("Name of the &school"), LineEdit(), hint=self.tr("As it should read on papers; it stays.")
        )
        self.name = Field(
            self.tr("&Your name"), LineEdit(), hint=self.tr("First and last name in full, as a court would read it.")
        )
        self.role = Choice(self.tr("Your post"), [(role.value, POSTS[role]) for role in MAY_BEGIN])
        self.add_field("school", self.school)
        self.add_field("name", self.name)
        self.add_field("role", self.role)
        self.set_primary(self.tr("&Continue"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        me = NewAccount(name=self.name.text(), role=Role(self.role.key) if self.role.key else None)
        plan = FirstDesk(school=self.school.text(), me=me)
        if self.show_field_problems({**plan.school_problems(), **me.who_problems()}):
            self.told.emit(plan)


class SecretPage(SetUpPage):
    """What somebody signs in with, typed by themselves.

    Signals: `told(sign_in_name, passphrase, again, reduced)`.
    """

    help_topic = "passphrase"

    told = Signal(object)

    def __init__(
        self, title: str, primary: str, *, rail: StepRail | None, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            title,
            hint=hint or self.tr("Only you know it. Nobody can look it up or reset it; the recovery codes replace it."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.name = Field(
            self.tr("&Sign-in name"), LineEdit(), width=400, hint=self.tr("Short and easy to type, such as pat.")
        )
        self.passphrase = PassphraseField(
            self.tr("&Passphrase"),
            width=400,
            hint=self.tr("Four or more words that do not belong together. Spaces are welcome."),
        )
        self.again = PassphraseField(self.tr("The same &again"), width=400)
        self.reduced = CheckBox(self.tr("Go on &without the laptop’s key store, with a longer passphrase"))
        self.reduced.hide()
        self.add_field("sign_in_name", self.name)
        self.add_field("passphrase", self.passphrase)
        self.add_field("again", self.again)
        self.add(self.reduced)
        button = self.set_primary(primary)
        self.again.entered.connect(button.click)
        self.primary_requested.connect(self._on_primary)

    @property
    def typed(self) -> NewAccount:
        """What was typed."""
        return NewAccount(
            sign_in_name=self.name.text(),
            passphrase=self.passphrase.text(),
            again=self.again.text(),
            reduced=self.reduced.isChecked(),
        )

    def offer_reduced(self, shortest: int) -> None:
        """The laptop has no key store that answers: a longer passphrase can stand alone."""
        self.reduced.show()
        self.passphrase.set_hint(
            self.tr("At least {n} characters: six or more words that do not belong together.").format(n=shortest)
        )

    def forget(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.again.clear()

    def _on_primary(self) -> None:
        typed = self.typed
        if self.show_field_problems(typed.secret_problems()):
            self.told.emit(typed)


class CodesPage(SetUpPage):
    """The three recovery codes, shown this once.

    Signals: `copied`, `save_requested`.
    """

    help_topic = "recovery-codes"

    copied = Signal()
    save_requested = Signal()

    def __init__(self, codes: tuple[str, ...], rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Copy three recovery codes by hand"),
            hint=self.tr(
                "Each on its own sheet, each into its own envelope. They are shown this once and kept nowhere."
            ),
            rail=rail,
            parent=parent,
        )
        self.code_words: list[Text] = []
        for letter, code in zip("ABC", codes, strict=True):
            words = Text(code, Look.HEADING, mark=True)
            words.setAccessibleName(self.tr("Code {letter}: {code}").format(letter=letter, code=" ".join(code)))
            self.code_words.append(words)
            self.add(Text(self.tr("Envelope {letter}").format(letter=letter), Look.STRONG), space=Space.XL)
            self.add(words, space=Space.XS)
        self.add(
            Notice(
                self.tr(
                    "Any two of them open the desk when a passphrase is forgotten or the laptop is lost. So no two "
                    "with one person, and none beside the laptop."
                ),
                kind=NoticeKind.GUIDE,
            ),
            space=Space.XL,
        )
        self.set_primary(self.tr("I have &copied all three"))
        self.save = self.add_action(self.tr("&Save the sheets on a stick…"), icon="file-text")
        self.save.clicked.connect(self.save_requested)
        self.primary_requested.connect(self.copied)

    def show_saved(self, names: Sequence[str]) -> None:
        """Say what was saved, and what comes next."""
        self.set_busy(False)
        self.show_notice(
            self.tr("Saved: {names}. Print it, destroy the file, and lock the stick away.").format(
                names=", ".join(names)
            )
        )

    def forget(self) -> None:
        """Show the codes no more."""
        for words in self.code_words:
            words.set_words("")


class TypeBackPage(SetUpPage):
    """Two codes typed back from paper, so that it can be read when it is needed.

    Signals: `typed(first, second)`.
    """

    help_topic = "recovery-codes"

    typed = Signal(str, str)

    def __init__(self, rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Type two of them back from paper"),
            hint=self.tr("It proves that the sheets can be read on the day they are needed."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.first = Field(
            self.tr("&First code"), LineEdit(), width=460, hint=self.tr("Dashes and capitals do not matter.")
        )
        self.second = Field(self.tr("&Second code"), LineEdit(), width=460)
        self.add_field("first", self.first)
        self.add_field("second", self.second)
        if rail is None:  # they came back later: perhaps the laptop went off while the codes were shown
            self.add(Notice(self.tr("Nobody copied them? Help beside this page says what to do then.")))
        self.set_primary(self.tr("&Compare"))
        self.offer_later(self.tr("&Later: mark it unfinished"))
        self.primary_requested.connect(self._on_primary)

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.set_text("")
        self.second.set_text("")

    def _on_primary(self) -> None:
        problems = {}
        if not self.first.text().strip():
            problems["first"] = self.tr("Enter the first code")
        if not self.second.text().strip():
            problems["second"] = self.tr("Enter the second code")
        if self.show_field_problems(problems):
            self.typed.emit(self.first.text(), self.second.text())
