"""How this laptop shows the desk: colours, size of words, when it locks, the two keys, and what this program is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.services.about import About, Paragraph
from dsl_desk.services.change_log import ChangeTold
from dsl_desk.services.laptop import LONGEST_LOCK, SHORTEST_LOCK, TEXT_SIZES, LaptopSettings
from dsl_desk.ui.settings.keys_seen import KeySeen
from dsl_desk.ui.settings.page import SettingsPlace, facts_of
from dsl_desk.ui.tokens import Look, Space, State
from dsl_desk.ui.widgets import (
    Button,
    Choice,
    Dropdown,
    Field,
    Kind,
    Notice,
    NoticeKind,
    Status,
    Text,
)


class LookPage(SettingsPlace):
    """Colours, size of words, and after how many minutes the desk locks; chosen is kept, at once.

    Signals: `chosen(settings)`, `open_again_requested`.
    """

    help_topic = "appearance"
    chosen = Signal(object)
    open_again_requested = Signal()

    def __init__(
        self, settings: LaptopSettings, shown_percent: int, back: str, *, can_open_again: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            self.tr("Appearance and lock"),
            hint=self.tr("For this laptop alone. What you choose holds at once, for everybody who signs in here."),
            back=back,
            parent=parent,
        )
        self._shown, self._can_open_again = shown_percent, can_open_again
        self.colours = Choice(
            self.tr("Colours"),
            [
                ("system", self.tr("As this laptop’s system shows them")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ],
        )
        self.text_size = Choice(
            self.tr("Size of words"), [(str(size), self.tr("{n} %").format(n=size)) for size in TEXT_SIZES]
        )
        minutes = [(str(n), self.tr("1 minute") if n == 1 else self.tr("{n} minutes").format(n=n))
                   for n in range(SHORTEST_LOCK, LONGEST_LOCK + 1)]  # fmt: skip
        self.lock: Field[Dropdown] = Field(
            self.tr("&Lock after"),
            Dropdown(minutes),
            width=200,
            hint=self.tr("Without a key or the mouse. It warns you thirty seconds before. It cannot be turned off."),
        )
        self.sample = Text(self.tr("A child comes first. Record, then ring."), Look.BODY)
        self.waits = Notice("", kind=NoticeKind.GUIDE)
        self.again = Button(self.tr("Lock, close and &open again"), Kind.SECONDARY)
        self.again.clicked.connect(self.open_again_requested)
        self.add(self.colours, space=0)
        self.add(self.text_size, space=Space.XL)
        self.add(self.waits, space=Space.S)
        self.add(self.again, space=Space.S)
        self.add(self.lock, space=Space.XL)
        self.show_settings(settings)
        for part in (self.colours, self.text_size):
            part.chosen.connect(self._on_chosen)
        self.lock.editor.activated.connect(self._on_chosen)

    def show_settings(self, settings: LaptopSettings) -> None:
        """Show what is kept."""
        self.colours.set_key(settings.appearance)
        self.text_size.set_key(str(settings.text_percent))
        self.lock.editor.set_key(str(settings.lock_minutes))
        waits = settings.text_percent != self._shown
        self.waits.set_words(
            self.tr("Words are shown at {n} % when the desk is next opened.").format(n=settings.text_percent)
        )
        self.waits.setVisible(waits)
        self.again.setVisible(waits and self._can_open_again)

    @property
    def settings(self) -> LaptopSettings:
        """What is chosen."""
        return LaptopSettings(
            appearance=self.colours.key or "system",
            text_percent=int(self.text_size.key or "100"),
            lock_minutes=int(self.lock.editor.key or "5"),
        )

    def _on_chosen(self) -> None:
        self.chosen.emit(self.settings)


class KeysPage(SettingsPlace):
    """The two keys that must work on a bad day, tried on a good one; each does what it always does."""

    help_topic = "keyboard"

    def __init__(self, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Try the two keys"),
            hint=self.tr("Press each once. They do what they always do; going back from the stop records nothing."),
            back=back,
            parent=parent,
        )
        self.add(
            Notice(
                self.tr(
                    "On some laptops F8 and F12 change the sound or the screen. There, hold Fn as well, or use the "
                    "other two: Shift+Esc stops, Ctrl+L locks."
                )
            ),
            space=0,
        )
        asked = (
            ("F8", self.tr("Halt: covers everything, then asks which stop. “Go back” records nothing.")),
            ("Shift+Esc", self.tr("Halt, where F8 needs Fn.")),
            ("F12", self.tr("Lock. Unlock again with your passphrase; you come back here.")),
            ("Ctrl+L", self.tr("Lock, where F12 needs Fn.")),
        )
        self.states: dict[str, Status] = {}
        for keys, words in asked:
            self.states[keys] = Status(State.NOT_STARTED, self.tr("Not tried yet"))
            self.add(_key_line(keys, words, self.states[keys]), space=Space.XL)
        self.seen = KeySeen(self)
        self.seen.pressed.connect(self._on_pressed)

    def _on_pressed(self, keys: str) -> None:
        if keys in self.states:
            self.states[keys].set_state(State.DONE, self.tr("{keys} works here").format(keys=keys))


def _key_line(keys: str, words: str, state: Status) -> QWidget:
    """One key, what it does, and whether it was tried."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.L)
    name = Text(keys, Look.STRONG, wrap=False)
    name.setFixedWidth(100)
    row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    column.addWidget(Text(words))
    column.addWidget(state, 0, Qt.AlignmentFlag.AlignLeft)
    row.addLayout(column, 1)
    return host


class AboutPage(SettingsPlace):
    """Where the desk is kept, which version this is, what it protects, and whose work is in it."""

    help_topic = "not-protected"

    def __init__(self, about: About, back: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("About this desk"), back=back, parent=parent)
        kind = self.tr("Rehearsal: everything is made up") if about.rehearsal else self.tr("Real")
        facts = [
            (self.tr("Program"), about.program),
            (self.tr("Kept in"), about.folder),
            (
                self.tr("Kind of desk"),
                kind,
            ),
            (self.tr("Root fingerprint"), " ".join(about.fingerprint)),
        ]
        self.add(facts_of(facts), space=0)
        self.add_row("protects", "shield-check", self.tr("What it protects, and what it does not"),
                     self.tr("Plainly, for a head, a governor or a police reader."))  # fmt: skip
        self.add_row("licences", "file-text", self.tr("Licences"), self.tr("Whose work this program is made of."))


class ReadingPage(SettingsPlace):
    """A text to read."""

    help_topic = "not-protected"

    def __init__(self, title: str, parts: Sequence[Paragraph], back: str, parent: QWidget | None = None) -> None:
        super().__init__(title, back=back, parent=parent)
        for part in parts:
            look = Look.HEADING if part.heading else Look.BODY
            self.add(Text(part.words, look, lead=part.lead), space=Space.XL if part.heading else Space.M)
        self.set_reading()

    def set_reading(self) -> None:
        """Let the keyboard scroll it, though nothing on it can be pressed."""
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller.setAccessibleName(self.title.text())


class LogPage(SettingsPlace):
    """Every change of a setting, the newest first."""

    def __init__(self, told: Sequence[ChangeTold], back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("What was changed"), hint=self.tr("What stood before stays on record."), back=back, parent=parent
        )
        if not told:
            self.add_words(self.tr("Nothing was changed yet."), space=0)
        self.add(facts_of([(one.when, one.words) for one in told], key_width=190), space=0)
