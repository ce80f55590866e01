"""Who signs: a sign-in name and that person's own passphrase, typed at this very moment for one act."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.errors import WaitError, WrongPassphraseError
from dsl_desk.ui.jobs import Job
from dsl_desk.ui.page import Page
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Field, LineEdit, PassphraseField

Problems = list[tuple[QWidget, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What one person typed; never logged, never shown."""

    sign_in_name: str
    passphrase: str = field(repr=False)


class ProofFields(QWidget):
    """Two fields of one person who proves who they are.

    Enter in the name leads to the passphrase. Enter in the passphrase leads on: to `then`, where somebody else types
    next; else to the main button of the page, which it presses too where `enter_acts`. What is final, or opens a stop,
    is never done by that habit: there Enter only brings the ring to the button.
    """

    def __init__(
        self, whose: str = "", *, width: int | None = 400, enter_acts: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        if whose:
            name = self.tr("Sign-in name of {who}").format(who=whose)
            secret = self.tr("Passphrase of {who}").format(who=whose)
        else:
            name, secret = self.tr("Your sign-in &name"), self.tr("Your own passphras&e")
        self._whose = self.tr(" of {who}").format(who=whose) if whose else ""
        self.name = Field(name, LineEdit(), width=width)
        hint = self.tr("The one that unlocks the desk. Nobody can sign for you.")
        self.passphrase = PassphraseField(secret, hint=hint, width=width)
        column.addWidget(self.name)
        column.addWidget(self.passphrase)
        self.then: QWidget | None = None
        """What is filled in next; the main button of the page where it is nothing."""
        self._enter_acts = enter_acts
        self.name.editor.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.entered.connect(self._on_entered)

    def _on_entered(self) -> None:
        if self.then is not None and self.then.isVisible():
            self.then.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            lead_on(self, acts=self._enter_acts and bool(self.passphrase.text()))

    @property
    def typed(self) -> Proof:
        """What stands in the fields."""
        return Proof(sign_in_name=self.name.text().strip(), passphrase=self.passphrase.text())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not (self.name.text().strip() or self.passphrase.text())

    def problems(self) -> Problems:
        """What is missing."""
        found: Problems = []
        if not self.name.text().strip():
            found.append((self.name, self.tr("Enter the sign-in name") + self._whose))
        if not self.passphrase.text():
            found.append((self.passphrase, self.tr("Enter the passphrase") + self._whose))
        return found

    def forget(self) -> None:
        """Forget the passphrase; it was for one act."""
        self.passphrase.clear()


def lead_on(part: QWidget, *, acts: bool) -> None:
    """Enter in the last field of a page: to its main button, and with `acts` press it."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, Page):
        above = above.parentWidget()
    button = above.primary if above is not None else None
    if button is None or not button.isEnabled() or not button.isVisible():
        return
    button.setFocus(Qt.FocusReason.TabFocusReason)
    if acts:
        button.click()


def is_wrong_proof(job: Job) -> bool:
    """Whether a job failed because a passphrase did not fit, or because its turn has not come yet."""
    return isinstance(job.error, WrongPassphraseError | WaitError)
