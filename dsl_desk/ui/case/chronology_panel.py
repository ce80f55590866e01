"""The whole chronology of a case: filtered, found by words, printed; each entry opens in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.finding import folded
from dsl_desk.services.entry_reading import CorrectionSeen, EntryRead
from dsl_desk.services.told import EntrySeen
from dsl_desk.ui.dated import Dated
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import (
    Button,
    Cell,
    CellLook,
    Column,
    Dropdown,
    Field,
    LineEdit,
    Notice,
    NoticeKind,
    Table,
    Text,
    TextArea,
)

GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "stops": ("Stops and questions", frozenset(
        {"triage_answered", "halted", "advice_recorded", "advice_applied", "laptop_resumed", "exhibit_destroyed"})),
    "child": ("The child, parents, support", frozenset(
        {"child_voice_recorded", "parents_informed", "support_offered", "feedback_given"})),
    "people": ("People and who may be told", frozenset(
        {"person_linked", "reviewer_named", "hold_back_set", "readers_changed"})),
    "others": ("Calls, referrals, replies", frozenset(
        {"call_logged", "referral_made", "referral_declined", "reply_received", "information_shared"})),
    "looking": ("Looking and exhibits", frozenset(
        {"device_secured", "device_named", "device_changed", "access_recorded", "purpose_recorded", "declared",
         "review_opened", "review_paused", "review_resumed", "review_finished", "sighting_recorded", "exhibit_added",
         "exhibit_redacted", "continuity_recorded", "viewed"})),
    "deciding": ("Judging, deciding, signing", frozenset(
        {"judged", "concluded", "action_decided", "step_skipped", "signed_off", "sign_off_declined", "route_chosen",
         "follow_up_done", "lesson_recorded"})),
    "papers": ("Papers and packs", frozenset(
        {"printed", "paper_kept", "scan_attached", "receipt_attached", "pack_started", "pack_sealed", "pack_lost"})),
    "corrections": ("Corrections", frozenset({"corrected"})),
}  # fmt: skip
"""What the chronology can be narrowed to: words, and the kinds of entry they mean."""


SAVE_EVERY_MS = 3000


class ChronologyPanel(Page):
    """All entries of a case.

    Signals: `entry_requested(number)`, `print_requested`.
    """

    help_topic = "chronology"
    entry_requested = Signal(int)
    print_requested = Signal()

    def __init__(self, reference: str, entries: Sequence[EntrySeen], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Chronology of {ref}").format(ref=reference),
            back=self.tr("Back to {ref}").format(ref=reference),
            width=1100,
            parent=parent,
        )
        self._entries, self._shown = tuple(entries), tuple(entries)
        self.finder = Field(self.tr("&Find in it"), LineEdit(), width=400)
        self.group = Field(
            self.tr("&Show"),
            Dropdown([("", self.tr("Everything")), *((key, words) for key, (words, _) in GROUPS.items())]),
            width=320,
        )
        narrowing = QWidget()
        row = QHBoxLayout(narrowing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addWidget(self.finder, 3)
        row.addWidget(self.group, 2)
        self.count = Text("", Look.CAPTION, Role.TEXT2)
        self.table = Table(
            self.tr("Chronology, latest first"),
            [
                Column(title=self.tr("No."), width=56, right=True),
                Column(title=self.tr("When"), width=216, narrow=False),
                Column(title=self.tr("What")),
                Column(title=self.tr("Who"), width=170, narrow=False),
            ],
        )
        self.add(narrowing, space=0)
        self.add(self.count, space=Space.S)
        self.add(self.table, space=Space.S)
        self.open = self.set_primary(self.tr("&Open this entry"), icon="file-text")
        self.print = self.add_action(self.tr("&Print the chronology"), icon="printer")
        self.primary_requested.connect(self._on_open)
        self.print.clicked.connect(self.print_requested)
        self.finder.editor.textChanged.connect(lambda _: self._show())
        self.group.editor.currentIndexChanged.connect(lambda _: self._show())
        self.table.row_opened.connect(lambda row: self.entry_requested.emit(self._shown[row].number))
        self._show()

    def _show(self) -> None:
        wanted = folded(self.finder.text()).split()
        _, kinds = GROUPS.get(self.group.editor.key, ("", frozenset[str]()))
        self._shown = tuple(
            entry for entry in self._entries
            if (not kinds or entry.kind in kinds) and all(word in _words(entry) for word in wanted)
        )  # fmt: skip
        self.table.show_rows(
            [
                [
                    Cell(str(entry.number), CellLook.LINK),
                    Cell(entry.day, role=Role.TEXT2),
                    Cell(self.tr("Corrected: {words}").format(words=entry.title) if entry.corrected else entry.title,
                         role=Role.TEXT2 if entry.corrected else Role.TEXT),
                    Cell(entry.who, role=Role.TEXT2),
                ]
                for entry in self._shown
            ]
        )  # fmt: skip
        if self._shown:
            self.table.selectRow(0)
        self.open.setEnabled(bool(self._shown))
        words = self.tr("{n} of {total} entries").format(n=len(self._shown), total=len(self._entries))
        self.count.set_words(words if self._shown else self.tr("No entry has these words."))

    def _on_open(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._shown):
            self.entry_requested.emit(self._shown[row].number)

    def focus_first(self) -> None:
        """To the search."""
        self.finder.setFocus()


class EntryPanel(Page):
    """One entry in full, with what was corrected beside it.

    Signals: `correct_requested`.
    """

    help_topic = "chronology"
    correct_requested = Signal()

    def __init__(self, read: EntryRead, *, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Entry {n}: {title}").format(n=read.number, title=read.title),
            subtitle=f"{read.day} · {read.who}",
            back=back,
            width=760,
            parent=parent,
        )
        self.words = Text(read.words, Look.READ)
        self.add(self.words, space=0)
        for correction in read.corrections:
            self._add_correction(correction)
        if read.fields:
            self.correct = self.set_primary(self.tr("&Correct this entry…"), icon="pen-line")
            self.primary_requested.connect(self.correct_requested)
        else:
            self.add(Notice(read.instead, kind=NoticeKind.PLAIN))

    def _add_correction(self, correction: CorrectionSeen) -> None:
        words = self.tr("Corrected by entry {n}, {day}, {who}, because: {reason}").format(
            n=correction.number, day=correction.day, who=correction.who, reason=correction.reason
        )
        self.add(Notice(words, kind=NoticeKind.WARN, icon="pen-line"))
        for label, before, after in correction.changes:
            self.add(Text(label, Look.STRONG), space=Space.S)
            old = Text(before or "–", role=Role.TEXT2)
            old.set_struck()
            self.add(old, space=Space.XS)
            self.add(Text(self.tr("Should read: {words}").format(words=after)), space=Space.XS)


class CorrectPanel(Page):
    """What an entry should say, beside what it says.

    Signals: `corrected(changes, reason)`, `idle_typing` every few seconds while it is shown.
    """

    help_topic = "corrections"
    corrected = Signal(object, str)
    idle_typing = Signal()

    def __init__(
        self, read: EntryRead, now: Callable[[], datetime], *, back: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Correct entry {n}").format(n=read.number),
            hint=self.tr("Change only what is wrong. The original stays, shown struck, with your reason beside it."),
            back=back,
            width=640,
            parent=parent,
        )
        self._read = read
        self._dates = {one.name: Dated(now) for one in read.fields if one.is_time}
        if read.voids:
            words = self.tr("Signatures cover this entry. A correction makes them void, and both sign anew.")
            self.add(Notice(words, kind=NoticeKind.WARN), space=0)
        self.fields: dict[str, Field[QWidget]] = {}
        for at, field in enumerate(one for one in read.fields if one.value):
            self._add_field(field.name, field.label, field.shown, first=at == 0 and not read.voids)
        empty = [one for one in read.fields if not one.value]
        if empty:
            self.more = Button(self.tr("Lines that were left &empty…"), icon="plus")
            self.more.clicked.connect(self._show_empty)
            self.add(self.more, space=Space.M)
        self._empty = [self._add_field(one.name, one.label, "", first=False) for one in empty]
        for part in self._empty:
            part.hide()
        self.reason: Field[TextArea] = Field(self.tr("&Why it is corrected"), TextArea(2))
        self.add(self.reason, space=Space.L)
        self.set_primary(self.tr("&Record the correction"))
        self.primary_requested.connect(self._on_primary)
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_EVERY_MS)
        self._timer.timeout.connect(self.idle_typing)
        self._timer.start()

    def _add_field(self, name: str, label: str, value: str, *, first: bool) -> Field[QWidget]:
        editor: QWidget = TextArea(2) if len(value) > 60 or "\n" in value else LineEdit()
        field: Field[QWidget] = Field(label, editor)
        field.set_text(value)
        self.fields[name] = field
        self.add(field, space=0 if first else Space.M)
        return field

    def _show_empty(self) -> None:
        for part in self._empty:
            part.show()
        self.more.hide()
        self._empty[0].setFocus()

    def changes(self) -> dict[str, str]:
        """What was changed, by field."""
        found: dict[str, str] = {}
        for one in self._read.fields:
            typed = self.fields[one.name].text().strip()
            if typed != one.shown.strip():
                found[one.name] = self._dates[one.name].read(typed).iso if one.is_time and typed else typed
        return found

    def words_as_kept(self) -> dict[str, object]:
        """What was typed so far, as a draft keeps it."""
        typed = {one.name: self.fields[one.name].text() for one in self._read.fields}
        changed = {one.name: typed[one.name] for one in self._read.fields if typed[one.name] != one.shown}
        dates = {name: self._dates[name].kept(said) for name, said in changed.items() if name in self._dates}
        return {**changed, **dates, "reason_of_it": self.reason.text()}

    def show_words(self, words: Mapping[str, object]) -> None:
        """Show what a draft kept."""
        for name, field in self.fields.items():
            if name in words:
                field.set_text(str(words[name]))
                field.show()
        self.reason.set_text(str(words.get("reason_of_it", "")))

    def _on_primary(self) -> None:
        changes, found = dict[str, str](), self._unreadable()
        if not found:
            changes = self.changes()
        if not changes and not found:
            found.append((next(iter(self.fields.values())), self.tr("Change what is wrong; nothing is changed yet")))
        if not self.reason.text().strip():
            found.append((self.reason, self.tr("Write why it is corrected")))
        if self.show_problems(found):
            self.corrected.emit(changes, self.reason.text().strip())

    def _unreadable(self) -> list[tuple[QWidget, str]]:
        """Times that cannot be read, each with its field."""
        found: list[tuple[QWidget, str]] = []
        for one in self._read.fields:
            field = self.fields[one.name]
            if one.is_time and field.text().strip() not in ("", one.shown):
                try:
                    self._dates[one.name].read(field.text().strip())
                except InputError as refused:
                    found.append((field, str(refused)))
        return found


def _words(entry: EntrySeen) -> str:
    return folded(f"{entry.number} {entry.title} {entry.day} {entry.who} {entry.corrected}")
