"""From what somebody typed to open records: slots, key store, passphrase, volume key (format section 4)."""

from dataclasses import dataclass, field

from dsl_desk.domain.errors import DamagedError, KeyringError, WrongPassphraseError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import DeskId
from dsl_desk.store.connection import Database, NotThisKeyError, open_database
from dsl_desk.store.credentials import Credentials, Passphrase, TwoCodes
from dsl_desk.store.device_secret import DeviceItem, read_item
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.slots_file import Found, SlotsFile, SlotsMissingError, VolumeWrap, read_copies, write_copies
from dsl_desk.store.way_in import WayIn, by_one_code, by_passphrase, by_two_codes
from dsl_desk.store.wraps import WrapBrokenError, unwrap


class DeviceSecretLostError(KeyringError):
    """This login of the laptop does not hold the desk's device secret. Use one recovery code with your passphrase.

    Two recovery codes open the desk as well. Nothing was changed.
    """


class KeyStoreSpoiltError(KeyringError):
    """The laptop's key store holds something else for this desk. Use one recovery code with your passphrase, or two."""


class RecordsDamagedError(DamagedError):
    """You are let in, but the desk's records do not open: they are damaged, or of another time than the key slots.

    Nothing was changed and nothing made anew. Keep a copy of the folder and put a backup back.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody has opened a slot; the records are still shut."""

    desk: DeskId
    file: SlotsFile = field(repr=False)
    digest: str
    alike: bool
    way: WayIn
    device: bytes | None = field(repr=False)
    letters: str = ""
    """Letters of the recovery codes that were used."""
    item: DeviceItem | None = None
    """What this login's key store knew; None where it knew nothing."""
    item_spoilt: bool = False
    keyring_fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeyStore:
    item: DeviceItem | None = None
    fault: KeyringError | None = None
    spoilt: bool = False


def enter(laptop: Laptop, credentials: Credentials, at: Moment) -> Entered:
    """Open a slot with what was typed; raises WrongPassphraseError, WaitError, WrongCodeError, KeyringError."""
    found = find_slots(laptop)
    desk = DeskId(found.file.desk)
    store = _ask(laptop, desk)
    match credentials:
        case Passphrase() as typed:
            return _by_name(laptop, found, desk, store, typed, at)
        case TwoCodes() as codes:
            way = by_two_codes(desk, found.file, codes.first, codes.second)
            return _entered(found, store, way, device=None, letters=way.slot.letters or "")


def find_slots(laptop: Laptop) -> Found:
    """The slots of this folder; this login's own copy only where the folder's two are gone.

    Raises SlotsMissingError where that copy cannot be told apart from other desks'.
    """
    places = laptop.places
    try:
        found = read_copies(places.folder, None)
    except SlotsMissingError:
        thirds = places.third_copies()
        if len(thirds) != 1:
            raise
        return read_copies(places.folder, thirds[0])
    return read_copies(places.folder, places.third_copy(found.file.desk))


def _ask(laptop: Laptop, desk: DeskId) -> _KeyStore:
    """What this login's key store says; a key store that does not answer is no reason to stop yet."""
    try:
        return _KeyStore(item=read_item(laptop.keyring, desk))
    except KeyringError as error:
        return _KeyStore(fault=error)
    except DamagedError:
        return _KeyStore(fault=KeyStoreSpoiltError(), spoilt=True)


def _by_name(laptop: Laptop, found: Found, desk: DeskId, store: _KeyStore, typed: Passphrase, at: Moment) -> Entered:
    device = store.item.device if store.item else None
    letters = ""
    if typed.code:
        code, device = by_one_code(desk, found.file, typed.code)
        letters = code.letter

    def keep(file: SlotsFile) -> SlotsFile:
        nonlocal found
        places = laptop.places
        kept, digest = write_copies(places.folder, places.third_copy(desk), file, laptop.steps)
        found = Found(file=kept, digest=digest, alike=True)
        return kept

    try:
        way = by_passphrase(
            desk,
            found.file,
            device=device,
            sign_in_name=typed.sign_in_name,
            passphrase=typed.passphrase,
            at=at,
            cost=laptop.cost,
            keep=keep,
        )
    except WrongPassphraseError:
        if device is None:
            raise store.fault or DeviceSecretLostError() from None
        raise
    if store.item is not None and not letters and store.item.root_sha256 != way.opened.root_sha256:
        raise DamagedError("This laptop knows this desk under another school root. Nothing was changed.")
    return _entered(found, store, way, device=device, letters=letters)


def _entered(found: Found, store: _KeyStore, way: WayIn, *, device: bytes | None, letters: str) -> Entered:
    known = store.item is not None and (device is None or store.item.device == device)
    return Entered(
        desk=DeskId(found.file.desk),
        file=found.file,
        digest=found.digest,
        alike=found.alike,
        way=way,
        device=device,
        letters=letters,
        item=store.item if known and store.item and store.item.root_sha256 == way.opened.root_sha256 else None,
        item_spoilt=store.spoilt,
        keyring_fault=str(store.fault) if store.fault else None,
    )


def open_records(laptop: Laptop, entered: Entered) -> tuple[Database, bytes, VolumeWrap]:
    """Try the current volume key, then a pending one, each on a connection of its own.

    Raises RecordsDamagedError where the slot opened and none of its keys does: that
    is damage and never a wrong passphrase.
    """
    slot = entered.way.slot
    for wrap in sorted(slot.volume, key=lambda one: one.state):
        try:
            vk = unwrap(
                entered.desk,
                "volume",
                entered.desk,
                wrap.generation,
                entered.way.opened.agreement,
                bytes.fromhex(wrap.wrap),
            )
            return open_database(laptop.places.records, vk, "rw", laptop.steps), vk, wrap
        except (WrapBrokenError, NotThisKeyError):
            continue
    raise RecordsDamagedError
