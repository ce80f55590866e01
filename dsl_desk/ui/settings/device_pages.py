"""The register of devices on which looking may be done."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.case_things import local_day
from dsl_desk.services.devices import Device, DevicesSeen
from dsl_desk.ui.settings.page import SettingsForm, SettingsPlace, facts_of
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import CheckBox, Field, LineEdit, Notice, NoticeKind


class DevicesPage(SettingsPlace):
    """Devices in use, and those that were retired.

    Signals: `add_requested`.
    """

    help_topic = "devices"
    add_requested = Signal()

    def __init__(self, seen: DevicesSeen, back: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Devices"),
            hint=self.tr("On these, and on no others, looking is done. Pupils do not use them."),
            back=back,
            parent=parent,
        )
        self.say_who_may_change(seen.may_change)
        used = [one for one in seen.devices if one.in_use]
        if not used:
            self.add_words(self.tr("No device is on the list yet."))
        for one in used:
            where = self.tr("{make}, serial {serial} · {place}, with {who}").format(
                make=one.make, serial=one.serial, place=one.kept_at, who=one.held_by
            )
            safe = "" if one.encrypted else self.tr("Not encrypted")
            self.add_row(one.id, "tablet-smartphone", one.name, where, safe)
        retired = [one for one in seen.devices if not one.in_use]
        if retired:
            self.add_heading(self.tr("Retired"))
        for one in retired:
            words = self.tr("Retired on {day}: {why}").format(day=local_day(one.retired), why=one.reason)
            self.add_row(one.id, "circle-slash", one.name, words, role=Colour.TEXT2)
        if seen.may_change:
            self.set_primary(self.tr("&Add a device"), icon="plus", keys=False)
            self.primary_requested.connect(self.add_requested)


class DevicePage(SettingsForm):
    """One device: added, changed, or retired with a reason.

    Signals: `told(device)`, `retired(id, reason)`.
    """

    help_topic = "devices"
    told = Signal(object)
    retired = Signal(str, str)

    def __init__(self, device: Device | None, back: str, *, may_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(device.name if device else self.tr("Add a device"), back=back, parent=parent)
        self._device = device or Device(id="", name="", make="", serial="", kept_at="", held_by="")
        self.encrypted = CheckBox(self.tr("Its disk is &encrypted"))
        self.reason: Field[LineEdit] | None = None
        if not self._device.in_use or not may_change:
            self._show_only(self._device)
            return
        self._line("name", self.tr("What you &call it"), self.tr("Such as: review tablet 1."))
        self._line("make", self.tr("&Make and model"))
        self._line("serial", self.tr("Serial n&umber"), width=320)
        self._line("kept_at", self.tr("Where it is &kept"), self.tr("Room and cupboard."))
        self._line("held_by", self.tr("Who &holds it"))
        self.encrypted.setChecked(self._device.encrypted)
        self.add(self.encrypted)
        self.set_primary(self.tr("&Save"))
        self.primary_requested.connect(self._on_primary)
        if device is not None:
            self._offer_to_retire()

    def _line(self, key: str, label: str, hint: str = "", width: int = 460) -> None:
        self.add_field(key, Field(label, LineEdit(str(getattr(self._device, key))), width=width, hint=hint))

    def _show_only(self, one: Device) -> None:
        facts = [
            (self.tr("Make and model"), one.make), (self.tr("Serial number"), one.serial),
            (self.tr("Kept"), one.kept_at), (self.tr("Held by"), one.held_by),
            (self.tr("Encrypted"), self.tr("yes") if one.encrypted else self.tr("no")),
            (self.tr("On the list since"), local_day(one.added)),
        ]  # fmt: skip
        if not one.in_use:
            facts += [(self.tr("Retired"), local_day(one.retired)), (self.tr("Why"), one.reason)]
        self.add(facts_of(facts))

    def _offer_to_retire(self) -> None:
        self.add_heading(self.tr("Retire it"))
        self.add(
            Notice(
                self.tr("It stays on the list with the reason. No new looking is done on it."), kind=NoticeKind.PLAIN
            ),
            space=Space.S,
        )
        self.reason = Field(self.tr("&Why it is retired"), LineEdit(), width=460)
        self.add_field("reason", self.reason)
        self.retire = self.add_action(self.tr("&Retire this device"))
        self.retire.clicked.connect(self._on_retire)

    @property
    def typed(self) -> Device:
        """What stands in the fields."""
        words = {key: field.text() for key, field in self.fields.items() if isinstance(field, Field)}
        words.pop("reason", None)
        return replace(self._device, **words, encrypted=self.encrypted.isChecked())

    def _on_primary(self) -> None:
        self.told.emit(self.typed)

    def _on_retire(self) -> None:
        if self.reason is None:
            return
        empty = {} if self.reason.text().strip() else {"reason": self.tr("Write why it is retired")}
        if self.show_field_problems(empty):
            self.retired.emit(self._device.id, self.reason.text())
