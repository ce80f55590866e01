"""Restricted records: who reads each, whose new key is to be compared, and keeping a case to a few."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.readers import SHOWN, MayRead, ReadersSeen, RecordSeen, WaitingReader
from dsl_desk.ui.settings.page import ProvedForm, SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import CheckBox, Field, LineEdit, Notice, NoticeKind, Text


class ReadersPage(SettingsPlace):
    """Every restricted record of whoever is signed in. A row is a key to compare (`key:…`) or a record."""

    help_topic = "restricted-records"

    def __init__(self, seen: ReadersSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Restricted records"),
            hint=self.tr("Kept from everybody but their readers, each under a key of its own."),
            back=back,
            parent=parent,
        )
        if seen.waiting:
            self.add_heading(self.tr("New keys to compare"))
        for one in seen.waiting:
            words = self.tr("{post} · waits for {records}").format(post=one.post, records=", ".join(one.records))
            self.add_row(f"key:{one.account}", "lock", one.name, words, self.tr("Compare"), role=Colour.WARN)
        self.add_heading(self.tr("Records"))
        if not seen.records:
            self.add_words(self.tr("There is none that you read."))
        for record in seen.records:
            near = self.tr("One loss away") if record.one_loss_away else ""
            icon, role = ("triangle-alert", Colour.WARN) if near else ("shield-check", Colour.OK)
            self.add_row(record.strand, icon, record.title, record.words, near, role=role)
        self.add_heading(self.tr("Your own key"))
        self.add_words(self.tr("Read it out to a colleague who compares a new key of yours with you."))
        self.own = Text(seen.own, Look.HEADING, mark=True)
        self.add(self.own, space=Space.S)


class ComparePage(SettingsForm):
    """Compare a reader's new key with them, side by side.

    Signals: `told(account, typed)`.
    """

    help_topic = "restricted-records"
    told = Signal(str, str)

    def __init__(self, one: WaitingReader, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Compare the new key of {name}").format(name=one.name),
            hint=self.tr("They got new keys. Until somebody compared them, nobody can be sure whose they are."),
            back=back,
            parent=parent,
        )
        self.add(facts_of([(self.tr("Waits for"), ", ".join(one.records))]), space=0)
        steps = self.tr(
            "{name} signs in with their own passphrase, opens Settings, Restricted records, and writes down the "
            "sixteen characters of “Your own key”. Then sign in again and type them here."
        )
        self.add(Notice(steps.format(name=one.name)), space=Space.M)
        self.typed = Field(
            self.tr("The sixteen characters, as &they told you"), LineEdit(), width=320,
            hint=self.tr("Spaces and capitals do not matter."),
        )  # fmt: skip
        self.add_field("typed", self.typed)
        self.set_primary(self.tr("&We compared them: they are the same"))
        self.primary_requested.connect(lambda: self._on_primary(one))

    def focus_first(self) -> None:
        """To what is typed."""
        self.typed.setFocus()

    def _on_primary(self, one: WaitingReader) -> None:
        typed = "".join(self.typed.text().split()).replace("-", "")
        words = self.tr("Enter the sixteen characters they told you")
        if self.show_field_problems({} if len(typed) == SHOWN else {"typed": words}):
            self.told.emit(one.account, typed)


class KeepToPage(ProvedForm):
    """Who may read one case.

    Signals: `told(accounts, me)`.
    """

    help_topic = "restricted-records"
    told = Signal(object, object)

    def __init__(self, record: RecordSeen, may: Sequence[MayRead], back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who reads {title}").format(title=record.title), hint=record.words, back=back, parent=parent
        )
        self._may = tuple(may)
        if record.one_loss_away:
            words = self.tr("One lost passphrase or envelope could lose this record for good. Name another reader.")
            self.add(Notice(words, kind=NoticeKind.WARN), space=0)
        told = self.tr(
            "Whoever is ticked reads it from now on, and nobody else. What somebody read before they cannot unread. "
            "Whom it is about is not on this list."
        )
        self.add(Text(told, role=Colour.TEXT2), space=Space.S)
        self.boxes: dict[str, CheckBox] = {}
        for index, one in enumerate(self._may):
            you = self.tr(" (you)") if one.mine else ""
            box = CheckBox(f"{one.name}, {one.post}{you}")
            box.setChecked(one.reads)
            self.boxes[one.account] = box
            self.add(box, space=Space.XS if index else Space.M)
        self.add_proof()
        self.set_primary(self.tr("&Keep it to these"))
        self.primary_requested.connect(self._on_primary)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Accounts that are ticked."""
        return tuple(account for account, box in self.boxes.items() if box.isChecked())

    @property
    def leaves_me_out(self) -> bool:
        """Whether whoever is signed in will not read it any more."""
        return any(one.mine and one.account not in self.chosen for one in self._may)

    def _on_primary(self) -> None:
        first = next(iter(self.boxes.values()), self)
        problems: list[tuple[QWidget, str]] = []
        if not self.chosen:
            problems.append((first, self.tr("Tick at least one reader")))
        if self.show_missing(problems):
            self.told.emit(self.chosen, self.me)
