"""Letting the second person in, and giving the envelopes to their keepers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.begin import LETTERS, NewAccount
from dsl_desk.services.posts import POSTS
from dsl_desk.services.school import Person
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Choice, Facts, Field, LineEdit, Notice, NoticeKind, PassphraseField

_OTHER = "other"
ROLES = (Role.HEADTEACHER, Role.DSL, Role.DEPUTY, Role.OSL, Role.SENIOR)


class SecondPage(SetUpPage):
    """Who is let in as the second person: somebody whose post is known already, or somebody else.

    Signals: `told(account)`.
    """

    help_topic = "two-people"

    told = Signal(object)

    def __init__(self, known: Sequence[Person] = (), parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Add a second person"),
            hint=self.tr("Two senior people look, judge and sign. It protects you both."),
            rail=None,
            back=self.tr("Back"),
            parent=parent,
        )
        self._known = {str(person.id): person for person in known}
        named = [(key, f"{person.name}, {person.title}") for key, person in self._known.items()]
        self.who = Choice(self.tr("Who is it?"), [*named, (_OTHER, self.tr("Somebody else"))])
        self.name = Field(self.tr("Their &name"), LineEdit(), width=460, hint=self.tr("First and last name in full."))
        self.role = Choice(self.tr("Their post"), [(role.value, POSTS[role]) for role in ROLES])
        self.add_field("who", self.who)
        self.add_field("name", self.name)
        self.add_field("role", self.role)
        self.who.setVisible(bool(known))
        self._show_who("" if known else _OTHER)
        self.who.chosen.connect(self._show_who)
        self.set_primary(self.tr("&Continue"))
        self.primary_requested.connect(self._on_primary)

    def _show_who(self, key: str) -> None:
        """Ask for name and post of somebody who is not known yet."""
        for part in (self.name, self.role):
            part.setVisible(key == _OTHER)

    def _on_primary(self) -> None:
        if self._known and not self.who.key:
            self.show_field_problems({"who": self.tr("Choose who it is")})
            return
        person = self._known.get(self.who.key or _OTHER)
        if person is not None:
            account = NewAccount(name=person.name, role=person.role)
        else:
            account = NewAccount(name=self.name.text(), role=Role(self.role.key) if self.role.key else None)
        if self.show_field_problems(account.who_problems()):
            self.told.emit(account)


class ProvePage(SetUpPage):
    """The person signed in, and two recovery codes, let somebody in.

    Signals: `proved(me, first, second)`.
    """

    help_topic = "two-people"

    proved = Signal(object, str, str)

    def __init__(self, new: NewAccount, me: str, parent: QWidget | None = None) -> None:
        who = new.name.strip()
        super().__init__(
            self.tr("Let {name} in").format(name=who),
            hint=self.tr("{me}, take the keyboard back. It takes your passphrase and two recovery codes, this once.")
            .format(me=me),
            rail=None,
            back=self.tr("Back"),
            parent=parent,
        )  # fmt: skip
        facts = [
            (self.tr("Comes in"), who),
            (self.tr("Post"), POSTS[new.role] if new.role is not None else ""),
            (self.tr("Sign-in name"), new.sign_in_name.strip()),
        ]
        self.add(Facts(facts))
        self.name = Field(self.tr("Your &sign-in name"), LineEdit(), width=400)
        self.passphrase = PassphraseField(self.tr("Your &passphrase"), width=400)
        self.first = Field(
            self.tr("&First recovery code"), LineEdit(), width=460, hint=self.tr("Dashes and capitals do not matter.")
        )
        self.second = Field(self.tr("S&econd recovery code"), LineEdit(), width=460)
        for key, field in (
            ("name", self.name), ("passphrase", self.passphrase), ("first", self.first), ("second", self.second),
        ):  # fmt: skip
            self.add_field(key, field)
        button = self.set_primary(self.tr("&Let them in"))
        self.second.editor.returnPressed.connect(button.click)
        self.primary_requested.connect(self._on_primary)

    def forget(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.first.set_text("")
        self.second.set_text("")

    def _on_primary(self) -> None:
        words = {
            "name": self.tr("Enter your sign-in name"),
            "passphrase": self.tr("Enter your passphrase"),
            "first": self.tr("Enter the first recovery code"),
            "second": self.tr("Enter the second recovery code"),
        }
        empty = {
            key: said
            for key, said in words.items()
            if isinstance(field := self.fields[key], Field) and not field.text().strip()
        }
        if self.show_field_problems(empty):
            me = Typed(sign_in_name=self.name.text(), passphrase=self.passphrase.text())
            self.proved.emit(me, self.first.text(), self.second.text())


class EnvelopesPage(SetUpPage):
    """Who keeps which envelope.

    Signals: `told(holders by letter)`.
    """

    help_topic = "recovery-codes"

    told = Signal(object)

    def __init__(self, suggested: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Hand out the three envelopes"),
            hint=self.tr("To three different keepers: a person, a safe, the trust. A case can be closed only then."),
            rail=None,
            back=self.tr("Back"),
            parent=parent,
        )
        self.holders: dict[str, Field[LineEdit]] = {}
        for letter, words in zip(LETTERS, (*suggested, "", "", "")[:3], strict=True):
            label = self.tr("Envelope &{letter} is with").format(letter=letter)
            self.holders[letter] = Field(label, LineEdit(words), width=460)
            self.add_field(letter, self.holders[letter])
        self.add(
            Notice(self.tr("Nobody keeps two of them, and nobody keeps one beside the laptop."), kind=NoticeKind.GUIDE),
            space=Space.XL,
        )
        self.set_primary(self.tr("&They are handed out"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        empty = {
            letter: self.tr("Say who keeps envelope {letter}").format(letter=letter)
            for letter, field in self.holders.items()
            if not field.text().strip()
        }
        if self.show_field_problems(empty):
            self.told.emit({letter: field.text().strip() for letter, field in self.holders.items()})
