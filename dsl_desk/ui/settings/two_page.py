"""Two people confirm what gives or ends access: the one signed in, and another person or two recovery codes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.account_values import TwoTyped
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.proof import ProofFields
from dsl_desk.ui.settings.page import ProvedForm
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Choice, Field, LineEdit, Notice, NoticeKind, Text

OTHER, CODES = "other", "codes"


class TwoPage(ProvedForm):
    """Both prove themselves at this moment; what was typed is for this one act.

    Signals: `proved(two, reason)`.
    """

    help_topic = "accounts"
    proved = Signal(object, str)

    def __init__(
        self, title: str, primary: str, back: str, *, words: str, asks_why: bool = False, codes_alone: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, back=back, parent=parent)
        self.add(Notice(words, kind=NoticeKind.WARN))
        self.reason = Field(self.tr("&Why"), LineEdit(), width=460, hint=self.tr("It stays on record."))
        if asks_why:
            self.add_field("reason", self.reason)
        self._asks_why = asks_why
        self.add_proof()
        self.add(Text(self.tr("The second one"), Look.HEADING), space=Space.XXL)
        self.second = Choice(
            self.tr("Who confirms it with you?"),
            [
                (OTHER, self.tr("Another person who may let others in")),
                (CODES, self.tr("Two recovery codes, from two envelopes")),
            ],
        )
        self.proof.then = self.second
        self.add_field("second", self.second, space=Space.S)
        self.other = ProofFields(self.tr("the second person"))
        hint = self.tr("Dashes and capitals do not matter.")
        self.codes = [
            Field(self.tr("First recovery code"), LineEdit(), width=460, hint=hint),
            Field(self.tr("Second recovery code"), LineEdit(), width=460),
        ]
        self.add(self.other)
        for code in self.codes:
            self.add(code)
        self.second.chosen.connect(self._on_second)
        if codes_alone:
            self.second.set_key(CODES)
        self._on_second(self.second.key or "")
        self.set_primary(primary)
        self.primary_requested.connect(self._on_primary)

    def _on_second(self, key: str) -> None:
        self.other.setVisible(key == OTHER)
        for code in self.codes:
            code.setVisible(key == CODES)

    def forget(self) -> None:
        """Forget passphrases and codes; the reason stays."""
        super().forget()
        for code in self.codes:
            code.set_text("")

    @property
    def typed(self) -> TwoTyped:
        """What both typed."""
        if self.second.key == CODES:
            return TwoTyped(me=self.me, codes=(self.codes[0].text(), self.codes[1].text()))
        typed = self.other.typed
        return TwoTyped(me=self.me, other=Typed(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase))

    def _on_primary(self) -> None:
        problems: list[tuple[QWidget, str]] = []
        if self._asks_why and not self.reason.text().strip():
            problems.append((self.reason, self.tr("Write why")))
        problems += self.proof.problems()
        if self.second.key is None:
            problems.append((self.second, self.tr("Choose who confirms it with you")))
        elif self.second.key == OTHER:
            problems += self.other.problems()
        else:
            problems += [(code, self.tr("Enter this recovery code")) for code in self.codes if not code.text().strip()]
        if self.show_problems(problems):
            self.proved.emit(self.typed, self.reason.text())
