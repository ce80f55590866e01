"""Another policy than the one in force, with the own passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.begin import PolicyChoice
from dsl_desk.ui.settings.page import ProvedForm
from dsl_desk.ui.widgets import Choice, Notice, NoticeKind


class ChoosePolicyPage(ProvedForm):
    """Which policy the desk follows from now on.

    Signals: `told(choice, me)`.
    """

    help_topic = "policy"
    told = Signal(object, object)

    def __init__(
        self, choices: Sequence[PolicyChoice], back: str, *, may_change: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("Which policy does your school follow?"),
            hint=self.tr("The nearest one, with its own words. New cases follow it; cases there are keep theirs."),
            back=back,
            parent=parent,
        )
        self._choices = {choice.file_name: choice for choice in choices}
        self.policy = Choice(self.tr("Policy"), [(choice.file_name, choice.title) for choice in choices])
        self.add_field("policy", self.policy)
        if not may_change:
            words = self.tr("You can read this. The DSL, a deputy or the Headteacher can change it.")
            self.add(Notice(words, kind=NoticeKind.PLAIN))
            return
        self.add_proof()
        self.set_primary(self.tr("&Follow this policy"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        missing: list[tuple[QWidget, str]] = [] if self.policy.key else [(self.policy, self.tr("Choose a policy"))]
        if self.show_missing(missing):
            self.told.emit(self._choices[str(self.policy.key)], self.me)
