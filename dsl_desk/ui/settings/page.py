"""What the pages of the settings share: places to read, and forms that keep one thing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsl_desk.services.unlock import Typed
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.proof import ProofFields
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import Facts, Notice, NoticeKind, Row, Text


class _Sheet(Facts):
    """Keys and values as tall as their words at the width there is, and no taller."""

    def __init__(self, facts: Sequence[tuple[str, str | QWidget]], *, key_width: int) -> None:
        super().__init__(facts, key_width=key_width)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """What it takes at its width."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width()) if self.width() > 100 else hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


def facts_of(facts: Sequence[tuple[str, str | QWidget]], *, key_width: int = 166) -> Facts:
    """Keys and values no taller than their words, however much room there is."""
    return _Sheet(facts, key_width=key_width)


class SettingsPlace(Page):
    """A page to read and to choose from.

    Signals: `row_requested(key)`.
    """

    help_topic = "settings"
    row_requested = Signal(str)

    def __init__(self, title: str, *, hint: str = "", back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(PageKind.PLACE, title, hint=hint, back=back, width=760, parent=parent)
        self.rows: dict[str, Row] = {}
        self._apart = False

    def add_heading(self, words: str) -> None:
        """A heading over what follows."""
        self._apart = True
        self.add(Text(words, Look.HEADING), space=Space.XL)

    def add_words(self, words: str, *, space: int = Space.S) -> None:
        """A quiet paragraph."""
        self.add(Text(words, role=Colour.TEXT2), space=space)

    def add_row(
        self, key: str, icon: str, title: str, second: str = "", date: str = "", *, role: Colour = Colour.INK
    ) -> Row:
        """A line that opens something."""
        row = Row(icon, title, second, date, role=role)
        row.clicked.connect(lambda _=False: self.row_requested.emit(key))
        first = not self.rows or self._apart
        self.rows[key], self._apart = row, False
        self.add(row, space=Space.M if first else 0)
        return row

    def say_who_may_change(self, may_change: bool) -> None:
        """Tell whoever may only read that they may only read."""
        if not may_change:
            words = self.tr("You can read this. The DSL, a deputy or the Headteacher can change it.")
            self.add(Notice(words, kind=NoticeKind.PLAIN), space=Space.S)

    def focus_row(self, key: str) -> None:
        """Put the focus on a line."""
        if key in self.rows:
            self.rows[key].setFocus()


class SettingsForm(SetUpPage):
    """A page that keeps one thing."""

    help_topic = "settings"

    def __init__(self, title: str, *, hint: str = "", back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, hint=hint, rail=None, back=back, parent=parent)

    def add_heading(self, words: str) -> None:
        """A heading over the fields that follow."""
        self.add(Text(words, Look.HEADING), space=Space.XXL)

    def refuse(self, problems: Mapping[str, str]) -> bool:
        """Show what is wrong at its field, and what belongs to no field on top; true where nothing is wrong."""
        known = {key: words for key, words in problems.items() if key in self.fields}
        for key, words in problems.items():
            if key not in self.fields:
                self.show_refused(words)
        self.set_busy(False)
        return self.show_field_problems(known) and not problems

    def forget(self) -> None:
        """Forget every passphrase and code on the page; words stay."""
        for fields in self.findChildren(ProofFields):
            fields.forget()


class ProvedForm(SettingsForm):
    """A form that asks for the own passphrase, because what it does weighs more than a change of words."""

    def __init__(self, title: str, *, hint: str = "", back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, hint=hint, back=back, parent=parent)
        self.proof = ProofFields(width=400)

    def add_proof(self) -> None:
        """The two fields in which the person signed in proves who they are."""
        self.add(Text(self.tr("It is you"), Look.HEADING), space=Space.XXL)
        self.add(self.proof, space=Space.S)

    @property
    def me(self) -> Typed:
        """What was typed."""
        typed = self.proof.typed
        return Typed(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase)

    def show_missing(self, problems: Sequence[tuple[QWidget, str]]) -> bool:
        """Show these and what is missing of the proof; true where nothing is wrong."""
        return self.show_problems([*problems, *self.proof.problems()])

    def show_refused(self, words: str) -> None:
        """Say why it was refused; the passphrase is typed anew."""
        self.forget()
        super().show_refused(words)
