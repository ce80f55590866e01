"""What one case may share with another: a person, a device, an address, an online name.

Only what names the thing itself is compared, never what somebody is in a case: a
role holds for one person in one case and is copied nowhere.
"""

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dsl_desk.domain.case_entries import Corrected, DeviceChanged, DeviceNamed, SightingRecorded
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.follow_up_entries import DeviceSecured, PersonLinked
from dsl_desk.domain.payload import EntryData

_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*://")
_NOT_SAID: Final = frozenset({"none", "unknown", "notknown", "notvisible", "notlegible", "unreadable", "norecord"})
_LEAST: Final = 3
"""Letters and figures a serial number has at least; fewer name too many devices."""
_MOST: Final = 400
_NO_CHANGES: Final[Mapping[str, str]] = MappingProxyType({})


class LinkKind(enum.Enum):
    """What kind of thing two cases share."""

    PERSON = "person"
    DEVICE = "device"
    ADDRESS = "address"
    ACCOUNT = "account"
    """A name somebody uses online."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing that a case names, so that another case that names it can be found."""

    kind: LinkKind
    key: str
    """What is compared: the same however it was typed."""
    words: str
    """How this case calls it."""
    looked_on: bool = False
    """The school's own device that the looking was done on: the same in many cases, and tells nothing by itself."""


def link_key(kind: str, words: str) -> str:
    """What of a thing is compared, empty where it says too little to be told from another."""
    text = words.strip()[:_MOST].casefold()
    match kind:
        case LinkKind.DEVICE.value:
            letters = "".join(letter for letter in text if letter.isalnum())
            return "" if len(letters) < _LEAST or letters in _NOT_SAID else letters
        case LinkKind.ADDRESS.value:
            return _SCHEME.sub("", text).removeprefix("www.").rstrip("/")
        case LinkKind.ACCOUNT.value:
            return "".join(text.split()).lstrip("@")
        case _:
            return words


def named_by(data: EntryData, changes: Mapping[str, str] = _NO_CHANGES) -> tuple[Named, ...]:
    """Every thing an entry names that another case may name too; `changes` are what corrections of it say."""
    match data:
        case PersonLinked():
            return tuple(_person(data, changes))
        case DeviceSecured():
            said = _of(data.device, changes, "device")
            numbers = (_of(data.serial, changes, "serial"), _of(data.imei, changes, "imei"))
            return tuple(_known(LinkKind.DEVICE, number, f"{said}, {number}") for number in numbers if _device(number))
        case DeviceNamed() | DeviceChanged():
            number = _of(data.serial, changes, "serial")
            words = f"{_of(data.make, changes, 'make')}, {number}"
            return (_known(LinkKind.DEVICE, number, words, looked_on=True),) if _device(number) else ()
        case SightingRecorded():
            return tuple(_online(_of(data.address, changes, "address"), item_too=True))
        case Corrected():
            return tuple(_corrected(data))
        case _:
            return ()


def _of(words: str, changes: Mapping[str, str], name: str) -> str:
    return changes.get(name, words)


def _device(number: str) -> bool:
    return bool(link_key(LinkKind.DEVICE.value, number))


def _known(kind: LinkKind, words: str, shown: str, *, looked_on: bool = False) -> Named:
    return Named(kind=kind, key=link_key(kind.value, words), words=shown, looked_on=looked_on)


def _person(data: PersonLinked, changes: Mapping[str, str]) -> Iterator[Named]:
    name = _of(data.name, changes, "name")
    yield Named(kind=LinkKind.PERSON, key=data.person, words=name or "Somebody not named")
    for written in _of(data.online_names, changes, "online_names").splitlines():
        yield from _online(written, item_too=False)


def _online(written: str, *, item_too: bool) -> Iterator[Named]:
    """An address or an online name; of a sighting also an item may be written, which names nothing elsewhere."""
    words = written.strip()
    if words.startswith("@"):
        kind = LinkKind.ACCOUNT
    elif "." in words and not any(letter.isspace() for letter in words):
        kind = LinkKind.ADDRESS
    elif item_too:
        return
    else:
        kind = LinkKind.ACCOUNT
    found = _known(kind, words, words)
    if len(found.key) > 2:
        yield found


def _corrected(data: Corrected) -> Iterator[Named]:
    """What a correction says instead; found under it from then on."""
    changes = data.changes
    if data.kind in (DeviceSecured.KIND, DeviceNamed.KIND, DeviceChanged.KIND):
        for number in (changes.get("serial", ""), changes.get("imei", "")):
            if _device(number):
                yield _known(LinkKind.DEVICE, number, number, looked_on=data.kind != DeviceSecured.KIND)
    elif data.kind == SightingRecorded.KIND:
        yield from _online(changes.get("address", ""), item_too=True)
    elif data.kind == PersonLinked.KIND:
        for written in changes.get("online_names", "").splitlines():
            yield from _online(written, item_too=False)


def things_named(entries: Iterable[Recorded]) -> tuple[Named, ...]:
    """Everything a case names as it stands now: what was corrected away no longer counts, each thing once."""
    kept = tuple(entries)
    changes: dict[int, dict[str, str]] = {}
    for entry in kept:
        if entry.payload is not None and isinstance(entry.payload.data, Corrected):
            said = entry.payload.data
            changes.setdefault(said.corrects, {}).update(said.changes)
    found: dict[tuple[LinkKind, str], Named] = {}
    for entry in kept:
        if entry.payload is None or isinstance(entry.payload.data, Corrected):
            continue
        for named in named_by(entry.payload.data, changes.get(entry.strand_seq, _NO_CHANGES)):
            before = found.get((named.kind, named.key))
            if before is None or before.looked_on:
                found[named.kind, named.key] = named
    return tuple(found.values())
