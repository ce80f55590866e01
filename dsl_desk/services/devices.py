"""The school's register of devices on which looking may be done; a retired one stays on it with the reason."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.text import clean_name
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.school import School
from dsl_desk.services.settings import SettingsService, note

DEVICES: Final = "devices"
"""Setting: the whole register, retired devices included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device on which looking may be done, as the school's register keeps it."""

    id: str
    name: str
    make: str
    serial: str
    kept_at: str
    held_by: str
    encrypted: bool = False
    added: str = ""
    retired: str = ""
    """The day it was retired, or nothing while it is in use."""
    reason: str = ""

    @property
    def in_use(self) -> bool:
        """Whether looking may be done on it."""
        return not self.retired


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesSeen:
    """The register of devices."""

    devices: tuple[Device, ...]
    may_change: bool


class DeviceService:
    """Reads and keeps the register of devices."""

    def __init__(self, book: CaseBook, settings: SettingsService, fresh: Callable[[], str]) -> None:
        self._book, self._settings, self._fresh = book, settings, fresh

    def see(self) -> DevicesSeen:
        """The register of devices: those in use first, then the retired ones."""
        found = _devices(self._book.school().setting(DEVICES))
        found.sort(key=lambda device: (not device.in_use, device.name.casefold()))
        return DevicesSeen(devices=tuple(found), may_change=self._settings.may_change())

    def problems(self, device: Device) -> dict[str, str]:
        """What is wrong with a device, by field."""
        found: dict[str, str] = {}
        asked = {
            "name": "Enter what you call it", "make": "Enter make and model", "serial": "Enter the serial number",
            "kept_at": "Enter where it is kept", "held_by": "Enter who holds it",
        }  # fmt: skip
        for name, words in asked.items():
            value = str(getattr(device, name))
            if value.strip():
                note(found, name, clean_name, value)
            else:
                found[name] = words
        others = [one for one in self.see().devices if one.in_use and one.id != device.id]
        for name, words in (("name", "this name"), ("serial", "this serial number")):
            mine = _alike(str(getattr(device, name)))
            if name not in found and any(_alike(str(getattr(one, name))) == mine for one in others):
                found[name] = f"A device with {words} is on the list already"
        return found

    def keep(self, device: Device) -> Device:
        """Put a device on the list, or change what is said of it; raises InputError."""
        for words in self.problems(device).values():
            raise InputError(words)
        kept = _devices(self._book.school().setting(DEVICES))
        before = next((one for one in kept if one.id == device.id), None)
        if before is not None and not before.in_use:
            raise InputError("This device is retired. Add it anew if it is used again; nothing was changed.")
        fresh = Device(
            id=device.id if before else self._fresh(),
            name=clean_name(device.name),
            make=clean_name(device.make),
            serial=clean_name(device.serial),
            kept_at=clean_name(device.kept_at),
            held_by=clean_name(device.held_by),
            encrypted=device.encrypted,
            added=before.added if before else self._book.today(),
        )
        self._write_devices([*(one for one in kept if one.id != fresh.id), fresh])
        return fresh

    def retire(self, device: str, reason: str) -> None:
        """No looking on it from today on; it stays on the list with the reason. Raises InputError."""
        if not reason.strip():
            raise InputError("Write why it is retired")
        words = clean_name(reason)
        kept = _devices(self._book.school().setting(DEVICES))
        if not any(one.id == device and one.in_use for one in kept):
            raise InputError("This device is not in use. Nothing was changed.")
        today = self._book.today()
        self._write_devices([replace(one, retired=today, reason=words) if one.id == device else one for one in kept])

    def _write_devices(self, devices: list[Device]) -> None:
        self._settings.write({DEVICES: json.dumps([asdict(device) for device in devices], ensure_ascii=False)})


def in_use(school: School) -> tuple[Device, ...]:
    """Devices of the register on which looking may be done."""
    return tuple(one for one in _devices(school.setting(DEVICES)) if one.in_use)


def _alike(text: str) -> str:
    return "".join(text.split()).casefold()


def _devices(text: str) -> list[Device]:
    if not text:
        return []
    try:
        rows = read_json(text.encode())
        return [Device(**row) for row in rows] if isinstance(rows, list) else []
    except TypeError as error:
        raise DamagedError("The school’s list of devices could not be read. Nothing was changed.") from error
