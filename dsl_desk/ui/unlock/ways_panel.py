"""The ways on for somebody who cannot unlock: one code, two codes, another folder, an older state."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.domain.words import AccountId
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.unlock.panel import GatePage, ring_line
from dsl_desk.ui.widgets import (
    Choice,
    Field,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    PassphraseField,
    Row,
    Text,
    TextArea,
)


class WaysPanel(Page):
    """What to do when the desk does not open.

    Signals: `one_code_requested`, `two_codes_requested`, `folder_requested`, `backup_requested`,
    `begin_requested`.
    """

    help_topic = "cannot-unlock"

    one_code_requested = Signal()
    two_codes_requested = Signal()
    folder_requested = Signal()
    backup_requested = Signal()
    begin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("I cannot unlock"),
            hint=self.tr("Nothing is lost, and nothing here deletes anything. What is it?"),
            back=self.tr("Back to Unlock"),
            width=640,
            parent=parent,
        )
        rows = (
            (
                "lock",
                self.tr("I forgot my passphrase"),
                self.tr("Two of the three recovery codes; then you choose a new passphrase."),
                self.two_codes_requested,
            ),
            (
                "tablet-smartphone",
                self.tr("This laptop’s key store is lost, or this is another laptop"),
                self.tr("Your passphrase and one recovery code from its envelope."),
                self.one_code_requested,
            ),
            (
                "folder",
                self.tr("The desk is in another folder"),
                self.tr("Choose the folder that holds it."),
                self.folder_requested,
            ),
            (
                "package",
                self.tr("The desk is damaged, or the laptop was replaced"),
                self.tr("Put a backup back from its stick. The store it replaces is kept."),
                self.backup_requested,
            ),
            (
                "plus",
                self.tr("There is no desk yet"),
                self.tr("Begin one. You can record the first concern within ten minutes."),
                self.begin_requested,
            ),
        )
        self.rows = []
        for icon, title, second, signal in rows:
            row = Row(icon, title, second, role=Role.INK)
            row.clicked.connect(signal)
            self.rows.append(row)
            self.add(row, space=0)
        self.add(
            ring_line(
                self.tr("A child in danger now: 999. Police, not urgent: 101."),
                self.tr("You need no passphrase to ring."),
            ),
            space=Space.XL,
        )


class OneCodePanel(GatePage):
    """Passphrase and one recovery code.

    Signals: `unlock_requested(typed)`.
    """

    help_topic = "lost-key-store"

    unlock_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("One recovery code"),
            hint=self.tr("This laptop then knows the desk again."),
            back=self.tr("Back"),
            parent=parent,
        )
        self.name = Field(self.tr("Your &sign-in name"), LineEdit())
        self.passphrase = PassphraseField(self.tr("Your &passphrase"))
        self.code = Field(
            self.tr("Recovery &code"),
            LineEdit(),
            hint=self.tr("As printed in the envelope. Dashes and capitals do not matter."),
        )
        for field in (self.name, self.passphrase, self.code):
            self.add(field)
        self.unlock = self.add_button(self.tr("&Unlock"), icon="lock-open")
        self.code.editor.returnPressed.connect(self.unlock.click)
        self.primary_requested.connect(self._on_primary)

    def forget(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.code.set_text("")

    def set_busy(self, busy: bool) -> None:
        """Show that the desk is being opened."""
        self.unlock.setEnabled(not busy)
        self.unlock.set_label(self.tr("Unlocking…") if busy else self.tr("&Unlock"))

    def show_refused(self, words: str) -> None:
        """Say why it did not open; the code stays, for it is long."""
        self.show_problems([(self.code, words)])

    def _on_primary(self) -> None:
        asked = (
            (self.name, self.tr("Enter your sign-in name")),
            (self.passphrase, self.tr("Enter your passphrase")),
            (self.code, self.tr("Enter the recovery code")),
        )
        missing: list[tuple[QWidget, str]] = [(field, words) for field, words in asked if not field.text().strip()]
        if self.show_problems(missing):
            typed = Typed(sign_in_name=self.name.text(), passphrase=self.passphrase.text(), code=self.code.text())
            self.unlock_requested.emit(typed)


class TwoCodesPanel(GatePage):
    """Two recovery codes, without any passphrase.

    Signals: `recover_requested(first, second)`.
    """

    help_topic = "forgotten-passphrase"

    recover_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Two recovery codes"),
            hint=self.tr("Any two of the three. Tell whoever keeps their envelopes that you opened them."),
            back=self.tr("Back"),
            parent=parent,
        )
        self.first = Field(self.tr("&First code"), LineEdit(), hint=self.tr("Dashes and capitals do not matter."))
        self.second = Field(self.tr("&Second code"), LineEdit())
        self.add(self.first)
        self.add(self.second)
        self.unlock = self.add_button(self.tr("&Open the desk"), icon="lock-open")
        self.second.editor.returnPressed.connect(self.unlock.click)
        self.primary_requested.connect(self._on_primary)

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.set_text("")
        self.second.set_text("")

    def set_busy(self, busy: bool) -> None:
        """Show that the desk is being opened."""
        self.unlock.setEnabled(not busy)
        self.unlock.set_label(self.tr("Opening…") if busy else self.tr("&Open the desk"))

    def show_refused(self, words: str) -> None:
        """Say why it did not open."""
        self.show_problems([(self.first, words)])

    def _on_primary(self) -> None:
        asked = (
            (self.first, self.tr("Enter the first recovery code")),
            (self.second, self.tr("Enter the second recovery code")),
        )
        missing: list[tuple[QWidget, str]] = [(field, words) for field, words in asked if not field.text().strip()]
        if self.show_problems(missing):
            self.recover_requested.emit(self.first.text(), self.second.text())


class RecoveredPanel(Page):
    """The desk is open by two codes: somebody gets a new passphrase, or nobody.

    Signals: `new_passphrase_requested(account, typed)`, `lock_requested`.
    """

    help_topic = "forgotten-passphrase"

    new_passphrase_requested = Signal(str, object)
    lock_requested = Signal()

    def __init__(self, people: Sequence[tuple[AccountId, str]], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("The desk is open by two codes"),
            hint=self.tr("Nobody is signed in. Whose passphrase is forgotten? The old one opens nothing afterwards."),
            width=640,
            parent=parent,
        )
        self.who = Choice(self.tr("Whose passphrase is forgotten?"), [(str(key), name) for key, name in people])
        self.name = Field(self.tr("New &sign-in name"), LineEdit(), width=400, hint=self.tr("It may be the same."))
        self.passphrase = PassphraseField(
            self.tr("New &passphrase"), width=400, hint=self.tr("Four or more words that do not belong together.")
        )
        self.again = PassphraseField(self.tr("The same &again"), width=400)
        for field in (self.who, self.name, self.passphrase, self.again):
            self.add(field)
        self.set_primary(self.tr("&Give a new passphrase"))
        self.nobody = self.add_action(self.tr("Nobody’s: &lock the desk"), Kind.QUIET)
        self.nobody.clicked.connect(self.lock_requested)
        self.primary_requested.connect(self._on_primary)

    def show_refused(self, words: str) -> None:
        """Say what is wrong."""
        self.show_problems([(self.passphrase, words)])

    def _on_primary(self) -> None:
        typed = NewAccount(
            name="-", sign_in_name=self.name.text(), passphrase=self.passphrase.text(), again=self.again.text()
        )
        fields: dict[str, QWidget] = {
            "sign_in_name": self.name, "passphrase": self.passphrase, "again": self.again,
        }  # fmt: skip
        problems: list[tuple[QWidget, str]] = []
        if self.who.key is None:
            problems.append((self.who, self.tr("Choose whose passphrase is forgotten")))
        problems += [(fields[key], words) for key, words in typed.secret_problems().items()]
        if self.show_problems(problems):
            self.new_passphrase_requested.emit(self.who.key, typed)


class OlderPanel(Page):
    """The files are older than what this laptop has seen: look only, or two people say it is on purpose.

    Signals: `look_requested`, `put_back_requested(second, reason)`.
    """

    help_topic = "older-files"

    look_requested = Signal()
    put_back_requested = Signal(object, str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("These files are older than expected"),
            back=self.tr("Back to Unlock"),
            width=640,
            parent=parent,
        )
        self.add(Notice(words, kind=NoticeKind.WARN))
        self.add(
            Text(
                self.tr(
                    "If nobody put a backup in place, do not go on: keep this folder as it is and ring for help. "
                    "Looking changes nothing."
                )
            )
        )
        self.second = Field(self.tr("Second person’s &sign-in name"), LineEdit(), width=400)
        self.passphrase = PassphraseField(self.tr("Second person’s &passphrase"), width=400)
        self.reason = Field(
            self.tr("&Why was an older state put in place?"), TextArea(2), hint=self.tr("It stands in the record.")
        )
        for field in (self.second, self.passphrase, self.reason):
            self.add(field)
        self.set_primary(self.tr("&Record it and go on"))
        self.look = self.add_action(self.tr("&Look without changing anything"), icon="eye")
        self.look.clicked.connect(self.look_requested)
        self.primary_requested.connect(self._on_primary)

    def show_refused(self, words: str) -> None:
        """Say why it did not open."""
        self.passphrase.clear()
        self.show_problems([(self.passphrase, words)])

    def set_busy(self, busy: bool) -> None:
        """Show that the desk is being opened."""
        super().set_busy(busy)
        self.look.setEnabled(not busy)

    def _on_primary(self) -> None:
        asked = (
            (self.second, self.tr("Enter the second person’s sign-in name")),
            (self.passphrase, self.tr("Enter the second person’s passphrase")),
            (self.reason, self.tr("Say why an older state was put in place")),
        )
        missing: list[tuple[QWidget, str]] = [(field, words) for field, words in asked if not field.text().strip()]
        if self.show_problems(missing):
            second = Typed(sign_in_name=self.second.text(), passphrase=self.passphrase.text())
            self.put_back_requested.emit(second, self.reason.text())
