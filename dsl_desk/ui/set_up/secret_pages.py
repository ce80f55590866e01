"""The pages of what opens the desk: a passphrase, and the three recovery codes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.begin import NewAccount
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import (
    CheckBox,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    PassphraseField,
    StepRail,
    Text,
)


class SecretPage(SetUpPage):
    """What somebody signs in with, typed by themselves.

    Signals: `told(NewAccount)`, with what was typed here and nothing else.
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

    def say_what_the_laptop_asks(self) -> None:
        """Before the desk is begun: what may come up that is not of the desk, and what giving it up does."""
        self.add(
            Notice(
                self.tr(
                    "It is its own key store, where one part of what opens the desk is kept. It wants the password you "
                    "sign in to the laptop with, or lets you choose one. If you cancel, no desk is begun and nothing "
                    "is lost: try again, or go on with a longer passphrase."
                ),
                title=self.tr("The laptop may ask for a password next"),
                icon="lock",
            )
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
        else:
            words = self.tr(
                "Not copied yet? Go back: they can still be seen. Once you leave this page they are gone, and while "
                "one person alone has an account nobody can make new ones."
            )
            self.add(Notice(words, kind=NoticeKind.WARN))
        button = self.set_primary(self.tr("&Compare"))
        self.second.editor.returnPressed.connect(button.click)
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
