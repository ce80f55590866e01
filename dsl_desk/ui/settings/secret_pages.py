"""The own passphrase, and how it stands with the recovery codes."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.account_values import CodesSeen
from dsl_desk.services.begin import LETTERS, NewAccount
from dsl_desk.ui.proof import lead_on
from dsl_desk.ui.settings.page import ProvedForm, SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import Field, LineEdit, Notice, NoticeKind, PassphraseField, Text


class PassphrasePage(ProvedForm):
    """The own passphrase, changed: the old one first, then the new one twice.

    Signals: `told(me, account)`.
    """

    help_topic = "passphrase"
    told = Signal(object, object)

    def __init__(self, back: str, *, reduced: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("My passphrase"),
            hint=self.tr("For when you want another one. Nobody can look it up or reset it."),
            back=back,
            parent=parent,
        )
        self._reduced = reduced
        self.add(
            Notice(
                self.tr(
                    "Somebody may know the old one? Then a new passphrase is not enough: ask for new keys, under "
                    "People and accounts."
                ),
                kind=NoticeKind.WARN,
            )
        )
        self.add(Text(self.tr("As it is now"), Look.HEADING), space=Space.XL)
        self.add(self.proof, space=Space.S)
        self.add_heading(self.tr("From now on"))
        self.name = Field(
            self.tr("&Sign-in name"), LineEdit(), width=400, hint=self.tr("Leave empty to keep the one you have.")
        )
        self.passphrase = PassphraseField(
            self.tr("&New passphrase"), width=400, hint=self.tr("Four or more words that do not belong together.")
        )
        self.again = PassphraseField(self.tr("The same &again"), width=400)
        self.add_field("sign_in_name", self.name, space=Space.S)
        self.add_field("passphrase", self.passphrase)
        self.add_field("again", self.again)
        self.proof.then = self.name
        self.again.entered.connect(lambda: lead_on(self.again, acts=True))
        self.set_primary(self.tr("&Change my passphrase"))
        self.primary_requested.connect(self._on_primary)

    def forget(self) -> None:
        """Forget all that was typed."""
        super().forget()
        self.passphrase.clear()
        self.again.clear()

    def _on_primary(self) -> None:
        typed = NewAccount(
            sign_in_name=self.name.text().strip() or self.me.sign_in_name,
            passphrase=self.passphrase.text(),
            again=self.again.text(),
            reduced=self._reduced,
        )
        wrong = typed.secret_problems() if self.me.sign_in_name or self.name.text().strip() else {}
        problems = self.proof.problems() + [(self.fields[key], words) for key, words in wrong.items()]
        if self.show_problems(problems):
            self.told.emit(self.me, typed)


class CodesStatePage(SettingsPlace):
    """How it stands with the recovery codes, and what they are for.

    Signals: `type_back_requested`, `hand_out_requested`, `replace_requested`, `paper_requested`.
    """

    help_topic = "recovery-codes"
    type_back_requested = Signal()
    hand_out_requested = Signal()
    replace_requested = Signal()

    def __init__(self, seen: CodesSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Recovery codes"),
            hint=self.tr("Any two of three open the desk when passphrases or the laptop are lost."),
            back=back,
            parent=parent,
        )
        keepers = [
            (self.tr("Envelope {letter}").format(letter=letter), seen.keepers.get(letter) or self.tr("nobody named"))
            for letter in LETTERS
        ]
        typed = self.tr("Yes") if seen.typed_back else self.tr("No: type two of them back, so that they can be read")
        handed = self.tr("Yes") if seen.handed_out else self.tr("No: a case can be closed only once they are")
        store = seen.key_store_fault or self.tr("Answers, and holds this laptop’s part of the key")
        self.add(
            facts_of(
                [
                    (self.tr("Set"), self.tr("Number {n}; every earlier set opens nothing").format(n=seen.generation)),
                    (self.tr("Typed back from paper"), typed),
                    (self.tr("Handed out"), handed),
                    *keepers,
                    (self.tr("This laptop’s key store"), store),
                    *([(self.tr("The desk’s own key"), seen.key_waits)] if seen.key_waits else []),
                ]
            ),
            space=0,
        )
        self._what_for()
        if seen.may_change:
            self._acts(seen)

    def _what_for(self) -> None:
        self.add_heading(self.tr("What opens the desk, and when"))
        self.add(
            facts_of(
                [
                    (self.tr("Every day"), self.tr("Your passphrase, on this laptop.")),
                    (
                        self.tr("Key store lost, or another laptop"),
                        self.tr("Your passphrase and one code: “I cannot unlock” on the first page asks for it."),
                    ),
                    (self.tr("Passphrase forgotten"), self.tr("Two codes, or two people who may let others in.")),
                    (
                        self.tr("All codes and all passphrases lost"),
                        self.tr("Nothing. There is no other way in, by design."),
                    ),
                ],
                key_width=220,
            ),
            space=Space.S,
        )

    def _acts(self, seen: CodesSeen) -> None:
        self.add_heading(self.tr("What you can do"))
        acts = (
            ("type", "pen-line", self.tr("Type two codes back"), self.tr("Proves that they can be read."),
             not seen.typed_back, self.type_back_requested),
            ("keepers", "users-round", self.tr("Who keeps the envelopes"), self.tr("Three keepers, none with two."),
             not seen.handed_out, self.hand_out_requested),
            ("replace", "package", self.tr("Replace all three codes"),
             self.tr("Two of you confirm it; the old ones open nothing more."), False, self.replace_requested),
        )  # fmt: skip
        for key, icon, title, second, wanted, signal in acts:
            row = self.add_row(key, icon, title, second, role=Colour.WARN if wanted else Colour.INK)
            row.clicked.connect(signal)


class KeepersPage(SettingsForm):
    """Who keeps which envelope; a person of the school is kept by that name.

    Signals: `told(keepers by letter)`.
    """

    help_topic = "recovery-codes"
    told = Signal(object)

    def __init__(
        self, title: str, primary: str, back: str, *, keepers: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            title,
            hint=self.tr("Three different keepers: a person, a safe, the trust. Nobody keeps two of them."),
            back=back,
            parent=parent,
        )
        self.keepers: dict[str, Field[LineEdit]] = {}
        for letter in LETTERS:
            label = self.tr("Envelope &{letter} is with").format(letter=letter)
            self.keepers[letter] = Field(label, LineEdit(keepers.get(letter, "")), width=460)
            self.add_field(letter, self.keepers[letter])
        self.add(
            Notice(
                self.tr(
                    "Write a colleague’s name as it stands under posts: their codes then open no case that is about "
                    "them. No envelope lies beside the laptop."
                )
            ),
            space=Space.XL,
        )
        self.set_primary(primary)
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        empty = {
            letter: self.tr("Say who keeps envelope {letter}").format(letter=letter)
            for letter, field in self.keepers.items()
            if not field.text().strip()
        }
        if self.show_field_problems(empty):
            self.told.emit({letter: field.text().strip() for letter, field in self.keepers.items()})
