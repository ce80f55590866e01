"""The first page of the settings: what there is to set, and what of it wants attention."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from dsl_desk.ui.settings.page import SettingsPlace
from dsl_desk.ui.tokens import Role as Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What stands at the right of a line because somebody should look at it."""

    key: str
    words: str


class SettingsPanel(SettingsPlace):
    """Everything that can be set, in three groups."""

    def __init__(self, attention: tuple[Attention, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Settings"), parent=parent)
        self._wants = {one.key: one.words for one in attention}
        self.add_heading(self.tr("The school"))
        self._line("school", "house", self.tr("School"), self.tr("Name, address, what papers say of it."))
        self._line("contacts", "phone", self.tr("Whom to ring"), self.tr("Numbers, and when each was last checked."))
        self._line("posts", "users-round", self.tr("Who holds which post"), self.tr("It decides who leads a case."))
        self._line("policy", "notebook-tabs", self.tr("Policy"), self.tr("Steps, deadlines, categories and words."))
        self._line("devices", "tablet-smartphone", self.tr("Devices"), self.tr("On which looking may be done."))
        self.add_heading(self.tr("Who may sign in"))
        self._line("people", "circle-user-round", self.tr("People and accounts"), self.tr("Let in, end, new keys."))
        self._line("passphrase", "lock", self.tr("My passphrase"), self.tr("Change it; only you know it."))
        self._line("codes", "package", self.tr("Recovery codes"), self.tr("Three envelopes for the bad day."))
        self.add_heading(self.tr("This laptop"))
        self._line("look", "eye", self.tr("Appearance and lock"), self.tr("Colours, size of words, when it locks."))
        self._line("keys", "octagon-x", self.tr("Try the two keys"), self.tr("Halt and lock, on this keyboard."))
        self._line("about", "shield-check", self.tr("About this desk"), self.tr("Where it is kept, version, licences."))
        self._line("log", "clock", self.tr("What was changed"), self.tr("Every change of a setting, by whom and when."))

    def _line(self, key: str, icon: str, title: str, second: str) -> None:
        wants = self._wants.get(key, "")
        self.add_row(key, icon, title, second, wants, role=Colour.WARN if wants else Colour.INK)
