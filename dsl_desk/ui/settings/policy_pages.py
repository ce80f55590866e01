"""The school's policy, laid out to be read, and its texts to be worded anew."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.policy_care import ChangeSeen, PolicySeen
from dsl_desk.services.profile_texts import TextItem, TextPart, TextSection
from dsl_desk.ui.settings.page import ProvedForm, SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.widgets import Field, Kind, LineEdit, Notice, NoticeKind, Text, TextArea

WAITING, OTHER_POLICY, COMPARE = "waiting", "other", "compare"


class PolicyPage(SettingsPlace):
    """The policy in force: its parts, its versions, and what waits to be put in force."""

    help_topic = "policy"

    def __init__(self, seen: PolicySeen, waiting: int, back: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Policy"), back=back, parent=parent)
        self.set_subtitle(seen.title)
        self.say_who_may_change(seen.may_change)
        if waiting:
            words = self.tr("Read them once more, then put them in force with your passphrase.")
            title = self.tr("{n} change of words waits") if waiting == 1 else self.tr("{n} changes of words wait")
            self.add_row(WAITING, "pen-line", title.format(n=waiting), words, role=Colour.WARN)
        self.add_words(
            self.tr("Version {n}. {since}. Cases keep the version they began under.").format(
                n=seen.version, since=seen.since
            )
        )
        for section in seen.sections:
            count = self.tr("{n} texts").format(n=sum(len(item.parts) for item in section.items))
            self.add_row(section.key, _ICONS.get(section.key.partition("[")[0], "file-text"), section.title,
                         section.about, count)  # fmt: skip
        if seen.may_change:
            self.add_row(
                OTHER_POLICY, "folder", self.tr("Follow another policy"), self.tr("One that ships with the desk.")
            )
        self.add_row(
            COMPARE, "scale", self.tr("Compare two policies"), self.tr("Side by side: what differs, part by part.")
        )
        self.add_heading(self.tr("Versions so far"))
        self.add(
            facts_of([(self.tr("Version {n}").format(n=one.version), one.words) for one in seen.versions]), space=0
        )


_ICONS = {
    "general": "notebook-tabs", "told": "message-square", "deadlines": "calendar-clock", "categories": "clipboard-list",
    "escalation": "octagon-x", "routes": "arrow-right", "triage": "circle-question-mark", "wording": "pen-line",
    "contacts": "phone", "roles": "users-round", "retention": "package",
}  # fmt: skip


class SectionPage(SettingsPlace):
    """One part of the policy; each line opens what it says in full, and its texts."""

    help_topic = "policy"

    def __init__(
        self, section: TextSection, changed: frozenset[str], back: str, *, may_change: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(section.title, hint=section.about, back=back, parent=parent)
        self.say_who_may_change(may_change)
        for item in section.items:
            waits = any(part.address in changed for part in item.parts)
            mark = self.tr("Changed, waits") if waits else ""
            icon, role = ("pen-line", Colour.WARN if waits else Colour.INK) if item.parts else ("lock", Colour.TEXT2)
            said = item.said[:1].upper() + item.said[1:]  # a line of its own here, part of a sentence elsewhere
            self.add_row(item.key, icon, item.title, said, mark, role=role)


class ItemPage(SettingsForm):
    """One thing of the policy: what holds for it, and its texts to be worded anew.

    Signals: `told(texts by address)`.
    """

    help_topic = "policy"
    told = Signal(object)

    def __init__(
        self, item: TextItem, worded: Mapping[str, str], back: str, *, may_change: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(item.title, back=back, parent=parent)
        self._item = item
        if item.facts:
            self.add(facts_of(list(item.facts)), space=0)
        if not item.parts:
            self.add(Text(item.said))
            self.add(Notice(self.tr("This holds in every school and is not worded here."), kind=NoticeKind.PLAIN))
            return
        for part in item.parts:
            self._part(part, worded.get(part.address, part.value), may_change=may_change)
        if may_change:
            self.set_primary(self.tr("&Keep for the next version"))
            self.primary_requested.connect(lambda: self.told.emit(self.texts))

    def _part(self, part: TextPart, words: str, *, may_change: bool) -> None:
        label = self.tr("{label} (may be empty)").format(label=part.label) if part.optional else part.label
        if part.long:
            area = TextArea(4)
            area.setReadOnly(not may_change)
            field: QWidget = Field(label, area)
            area.setText(words)
        else:
            line = LineEdit(words)
            line.setReadOnly(not may_change)
            field = Field(label, line)
        self.add_field(part.address, field)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields, by address."""
        return {key: field.text() for key, field in self.fields.items() if isinstance(field, Field)}


class InForcePage(ProvedForm):
    """Everything that would be worded anew, before it is put in force.

    Signals: `confirmed(me)`, `dropped`.
    """

    help_topic = "policy"
    confirmed = Signal(object)
    dropped = Signal()

    def __init__(self, changes: Sequence[ChangeSeen], version: int, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Put version {n} in force").format(n=version),
            hint=self.tr("New cases follow it from now on. Cases there are keep the version they began under."),
            back=back,
            parent=parent,
        )
        empty = self.tr("empty")
        for one in changes:
            self.add(Text(one.where, Look.STRONG), space=Space.XL)
            self.add(
                facts_of([(self.tr("Now"), one.before or empty), (self.tr("New"), one.after or empty)],
                      key_width=72),
                space=Space.XS,
            )  # fmt: skip
        self.add_proof()
        self.set_primary(self.tr("&Put it in force"))
        self.drop = self.add_action(self.tr("&Drop these changes"), Kind.QUIET)
        self.drop.clicked.connect(self.dropped)
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        if self.show_missing([]):
            self.confirmed.emit(self.me)
