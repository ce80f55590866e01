"""The page on which somebody opens the desk: a name, a passphrase, and the way on for who cannot."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.services.unlock import Typed
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets import Button, Field, Icon, Kind, LineEdit, Notice, NoticeKind, PassphraseField, Text

_SIDE = 340


class GatePage(Page):
    """A narrow page at the door, whose main button stands right under its fields."""

    help_topic = "unlock"

    def __init__(self, title: str, *, hint: str = "", back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(PageKind.GATE, title, hint=hint, back=back, parent=parent)

    def add_button(self, label: str, *, icon: str = "") -> Button:
        """The main button, as wide as the fields; Ctrl+Enter presses it too."""
        button = Button(label, Kind.PRIMARY, icon=icon)
        button.setFixedWidth(Size.MEASURE_GATE)
        button.clicked.connect(self.primary_requested)
        self.primary = button
        self.add(button, space=Space.XL)
        return button


def ring_line(first: str, second: str) -> QWidget:
    """Whom to ring, on a page that needs no passphrase to be read."""
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    icon = QVBoxLayout()
    icon.setContentsMargins(0, 1, 0, 0)
    icon.addWidget(Icon("phone", 18, Role.TEXT2))
    icon.addStretch(1)
    row.addLayout(icon)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Text(first))
    column.addWidget(Text(second))
    column.addStretch(1)
    row.addLayout(column, 1)
    return host


class UnlockPanel(GatePage):
    """Name and passphrase.

    Signals: `unlock_requested(typed)`, `ways_requested`.
    """

    help_topic = "unlock"

    unlock_requested = Signal(object)
    ways_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Unlock the desk"), parent=parent)
        self._side: QWidget | None = None
        self.wait_notice = Notice("", kind=NoticeKind.WARN, icon="clock")
        self.wait_notice.hide()
        self.name = Field(self.tr("Your &sign-in name"), LineEdit())
        self.passphrase = PassphraseField(
            self.tr("Your &passphrase"), hint=self.tr("You may paste it. Capital letters count.")
        )
        self.add(self.wait_notice)
        self.add(self.name, space=0)
        self.add(self.passphrase, space=Space.XL - 4)
        self.unlock = self.add_button(self.tr("&Unlock"), icon="lock-open")
        self.ways = Button(self.tr("I &cannot unlock"), Kind.QUIET)
        self.since = Text("", Look.CAPTION, Role.TEXT2, wrap=False, right=True)
        self.add(self._beside(self.ways, self.since), space=Space.L)
        self.add(
            ring_line(
                self.tr("A child in danger now: 999. Police, not urgent: 101."),
                self.tr("You need no passphrase to ring."),
            ),
            space=Space.XXL,
        )
        self._seconds, self._timer = 0, QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)
        self.name.editor.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.entered.connect(self.unlock.click)
        self.ways.clicked.connect(self.ways_requested)
        self.primary_requested.connect(self._on_primary)

    def _beside(self, left: QWidget, right: QWidget) -> QWidget:
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(left)
        row.addWidget(right, 1)
        return host

    def set_school(self, school: str) -> None:
        """Whose desk this is, where that is known before it is open."""
        self.set_subtitle(school)

    def set_since(self, words: str) -> None:
        """Since when it is locked."""
        self.since.set_words(words)

    def focus_first(self) -> None:
        """To the passphrase where the name is known, else to the name."""
        (self.passphrase if self.name.text() else self.name).setFocus()

    def show_beside(self, part: QWidget) -> None:
        """Something to look at while one types: right of the fields, below them where there is no room for both."""
        self._side = part
        part.setParent(self)
        part.hide()
        self.set_room(narrow=self._narrow, short=self._short)

    def set_room(self, *, narrow: bool, short: bool) -> None:
        """Called by the window: fit a narrow or short one."""
        super().set_room(narrow=narrow, short=short)
        if self._side is None:
            return
        beside = not (narrow or short)
        if beside and self._row.indexOf(self._side) < 0:
            self._below_box.removeWidget(self._side)
            self._side.setFixedWidth(_SIDE)
            self._row.insertSpacing(2, Space.XXXL)
            self._row.insertWidget(3, self._side, 0, Qt.AlignmentFlag.AlignVCenter)
        elif not beside and self._below_box.indexOf(self._side) < 0:
            if self._row.indexOf(self._side) >= 0:
                self._row.removeWidget(self._side)
                self._row.takeAt(2)
            self._side.setFixedWidth(Size.MEASURE_GATE)
            self._below_box.addWidget(self._side)
        self._below.setVisible(not beside)
        self._side.show()

    def forget(self) -> None:
        """Forget the passphrase; the name may stay, for it is the same person most days."""
        self.passphrase.clear()

    def set_busy(self, busy: bool) -> None:
        """Show that the desk is being opened."""
        self.unlock.setEnabled(not busy and not self._seconds)
        self.unlock.set_label(self.tr("Unlocking…") if busy else self.tr("&Unlock"))

    def show_refused(self, words: str) -> None:
        """Say why it did not open; the passphrase is typed anew."""
        self.forget()
        self.show_problems([(self.passphrase, words)])

    def show_wait(self, seconds: int) -> None:
        """Say how long to wait, and count it down."""
        self.show_problems([])
        self._seconds = max(1, seconds)
        self.set_busy(False)
        self._tell_wait()
        self._timer.start()

    def _tell_wait(self) -> None:
        self.wait_notice.set_words(
            self.tr("Wait {n} s, then type it again. Nothing was changed and nothing is wiped.").format(
                n=self._seconds
            ),
            title=self.tr("Too many wrong attempts"),
        )
        self.wait_notice.setVisible(True)

    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._tell_wait()
            return
        self._timer.stop()
        self._seconds = 0
        self.wait_notice.hide()
        self.set_busy(False)
        self.passphrase.setFocus()

    def _on_primary(self) -> None:
        missing: list[tuple[QWidget, str]] = []
        if not self.name.text().strip():
            missing.append((self.name, self.tr("Enter your sign-in name")))
        if not self.passphrase.text():
            missing.append((self.passphrase, self.tr("Enter your passphrase")))
        if self.show_problems(missing):
            self.unlock_requested.emit(Typed(sign_in_name=self.name.text(), passphrase=self.passphrase.text()))
