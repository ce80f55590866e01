"""Who signs: a sign-in name and that person's own passphrase, typed at this very moment for one act."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.errors import WaitError, WrongPassphraseError
from dsl_desk.ui.jobs import Job
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Field, LineEdit, PassphraseField

Problems = list[tuple[QWidget, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What one person typed; never logged, never shown."""

    sign_in_name: str
    passphrase: str = field(repr=False)


class ProofFields(QWidget):
    """Two fields of one person who proves who they are."""

    def __init__(self, whose: str = "", *, width: int | None = 400, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        if whose:
            name = self.tr("Sign-in name of {who}").format(who=whose)
            secret = self.tr("Passphrase of {who}").format(who=whose)
        else:
            name, secret = self.tr("Your sign-in &name"), self.tr("Your own passphras&e")
        self.name = Field(name, LineEdit(), width=width)
        hint = self.tr("The one that unlocks the desk. Nobody can sign for you.")
        self.passphrase = PassphraseField(secret, hint=hint, width=width)
        column.addWidget(self.name)
        column.addWidget(self.passphrase)

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
            found.append((self.name, self.tr("Enter the sign-in name")))
        if not self.passphrase.text():
            found.append((self.passphrase, self.tr("Enter the passphrase")))
        return found

    def forget(self) -> None:
        """Forget the passphrase; it was for one act."""
        self.passphrase.clear()


def is_wrong_proof(job: Job) -> bool:
    """Whether a job failed because a passphrase did not fit, or because its turn has not come yet."""
    return isinstance(job.error, WrongPassphraseError | WaitError)
