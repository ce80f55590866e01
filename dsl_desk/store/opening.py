"""Opening the desk, in the one order of format section 4.

Nothing is written before root, issuance and withdrawal were checked and the
outside heads compared. Nothing is ever made anew: a store that is damaged, cut,
empty or missing is refused, with a sentence.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec

from dsl_desk.domain.desk_entries import Enrolled, Restored
from dsl_desk.domain.errors import DamagedError, ProcedureError
from dsl_desk.domain.moments import Moment, parse_utc
from dsl_desk.paths import make_private
from dsl_desk.store import rotation
from dsl_desk.store.credentials import Credentials, Older, Passphrase, ReadOnly, RestoredByTwo
from dsl_desk.store.custody import Custody, without_failures
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.disks import check_place
from dsl_desk.store.files import PART, remove
from dsl_desk.store.folder import check_folder
from dsl_desk.store.folder_lock import take_lock
from dsl_desk.store.heads import Outside, compare
from dsl_desk.store.holdings import Holdings, new_id
from dsl_desk.store.kept_copy import keep_copy
from dsl_desk.store.key_slots import DEVICE_BYTES
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.migrations import check_version, migrate
from dsl_desk.store.register import Register
from dsl_desk.store.signing_keys import drop_other_salts, not_in_force, root_signer, signer_of
from dsl_desk.store.slot_findings import strange_slots
from dsl_desk.store.slots_file import COPIES, Slot
from dsl_desk.store.unlocked import Proved, Unlocked
from dsl_desk.store.unsealing import Entered, enter, open_records

ROTATE_EVERY: Final = timedelta(days=30)
_COUNTED_FROM: Final = "rotation_counted_from_utc"


@dataclass(slots=True, kw_only=True)
class _Found:
    """What is known of the desk once its records are open, before anything is written."""

    entered: Entered
    holdings: Holdings
    register: Register
    signer: Proved
    outside: Outside
    by_pending: bool
    crashed: bool


def unlock(laptop: Laptop, credentials: Credentials, at: Moment, *, older: Older = None) -> OpenDesk:
    """Open the desk for one person, or with two recovery codes.

    Raises WrongPassphraseError, WaitError, WrongCodeError, KeyringError (use a code
    as well), InUseError, DamagedError, NewerStoreError, OlderStoreError (see
    `older`), DiskFullError, RefusedPlaceError. On any of them the folder is let go
    and nothing was changed but the count of wrong attempts.
    """
    places = laptop.places
    check_place(places.folder, laptop.disks)
    check_folder(places)
    make_private(places.config)
    lock = take_lock(places)
    try:
        if isinstance(older, ReadOnly):
            keep_copy(places, at)
        entered = enter(laptop, credentials, at)
        database, vk, wrap = open_records(laptop, entered)
        try:
            holdings = Holdings(
                laptop=laptop,
                desk=entered.desk,
                lock=lock,
                slots=entered.file,
                slots_sha256=entered.digest,
                database=database,
                vk=vk,
                generation=wrap.generation,
                device=entered.device,
                root_sha256=entered.way.opened.root_sha256,
            )
            found = _examine(holdings, entered, by_pending=wrap.state == "pending")
            return _go_on(found, at, older)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release(force=True)
        raise


def _examine(holdings: Holdings, entered: Entered, *, by_pending: bool) -> _Found:
    """Everything that is judged before the first write."""
    database = holdings.database
    check_version(database)
    if database.state("desk_id") != holdings.desk:
        raise DamagedError("These records and these key slots belong to two different desks. Nothing was changed.")
    register = holdings.register()
    signer = _signer(holdings, register, entered)
    _check_device(holdings, entered)
    return _Found(
        entered=entered,
        holdings=holdings,
        register=register,
        signer=signer,
        outside=compare(holdings, register, entered.item),
        by_pending=by_pending,
        crashed=bool(database.state("open")),
    )


def _signer(holdings: Holdings, register: Register, entered: Entered) -> Proved:
    slot = entered.way.slot
    if slot.type != "pair":
        return signer_of(holdings, register, entered.way)
    if not register.in_force(slot.key_id):
        raise not_in_force(register, slot)
    return root_signer(holdings, register, entered.way.opened.agreement)


def _check_device(holdings: Holdings, entered: Entered) -> None:
    """The records' own device secret counts; a slot that opened with another one is not of this desk."""
    kept = holdings.database.state("device_secret")
    if not isinstance(kept, bytes) or len(kept) != DEVICE_BYTES:
        raise DamagedError
    if entered.way.slot.type == "account" and entered.device != kept:
        raise DamagedError("These records and this laptop’s device secret do not belong together. Nothing was changed.")
    holdings.device = kept


def _go_on(found: _Found, at: Moment, older: Older) -> OpenDesk:
    custody = Custody(found.holdings)
    custody.keyring_fault = found.entered.keyring_fault
    if isinstance(older, ReadOnly):
        custody.heads_held = True
        found.holdings.database.make_read_only()
        return OpenDesk.read_only(_unlocked(found, custody))
    second = None
    if found.outside.fault is not None:
        if not isinstance(older, RestoredByTwo):
            raise found.outside.fault
        second = _second(custody, found, older, at)
        custody.heads_held = True
    strange = strange_slots(found.holdings, found.register, by_pending=found.by_pending)
    _first_write(found, at)
    _heal(found)
    desk = OpenDesk.begin(_unlocked(found, custody), found.signer, at)
    desk.opening_findings = (*strange, *desk.opening_findings)
    try:
        if second is not None and isinstance(older, RestoredByTwo):
            _record_restored(found, desk, second, older.reason, at)
            custody.heads_held = False
        _enrol(found, custody, desk, at)
        _rotate(found, custody)
        if desk.kept.signs_on_desk:
            desk.checkpoint_of_the_day(at)
    except BaseException:
        desk.close(at)
        raise
    return desk


def _unlocked(found: _Found, custody: Custody) -> Unlocked:
    holdings = found.holdings
    return Unlocked(
        database=holdings.database,
        folder=holdings.laptop.places.folder,
        desk=holdings.desk,
        account=found.signer.account,
        agreement=found.entered.way.opened.agreement,
        root_sha256=holdings.root_sha256,
        device=holdings.laptop.device,
        keeper=custody,
        program=holdings.laptop.program,
        failed_attempts=found.entered.way.slot.failed,
        crashed=found.crashed,
        steps=holdings.laptop.steps,
        outside_head=None if found.outside.fault is not None else found.outside.newest,
    )


def _second(custody: Custody, found: _Found, older: RestoredByTwo, at: Moment) -> Proved:
    first = found.signer
    match older.second:
        case Passphrase() as typed:
            second = custody.prove(typed.sign_in_name, typed.passphrase, at)
        case codes:
            second = custody.prove_codes(codes.first, codes.second)
    if second.account == first.account or found.register.one_person([first.account, second.account]):
        raise ProcedureError("Two different people must say that an older state was put back. Nothing was changed.")
    return second


def _first_write(found: _Found, at: Moment) -> None:
    """From here on a crash is seen at the next opening; once a month the volume key is due without cause."""
    holdings, slot = found.holdings, found.entered.way.slot
    with holdings.database.transaction("desk marked open"):
        holdings.database.set_state("open", 1)
        if found.by_pending or _is_a_month_old(holdings, at):
            holdings.set_rotation_due()
        if slot.type != "pair":
            drop_other_salts(holdings.database, slot)
    migrate(holdings.database)


def _is_a_month_old(holdings: Holdings, at: Moment) -> bool:
    """Whether the last monthly change of key is long enough ago; notes the day it is counted from."""
    last = holdings.database.state(_COUNTED_FROM)
    due = isinstance(last, str) and at.utc - parse_utc(last) >= ROTATE_EVERY
    if due or not isinstance(last, str):
        holdings.database.set_state(_COUNTED_FROM, at.at_utc)
    return due


def _heal(found: _Found) -> None:
    """Make the slots what they should be: holders in force, one current wrap each, all copies alike."""
    holdings, slot = found.holdings, found.entered.way.slot
    settled = rotation.needs_settling(holdings, found.register)
    too_low = holdings.slots.counter < found.outside.least_counter
    if settled or too_low or _counted(holdings.slots.slots, slot):
        file = rotation.settled(holdings, found.register) if settled else holdings.slots
        counter = max(file.counter, found.outside.least_counter)
        holdings.keep_slots(msgspec.structs.replace(without_failures(file, slot.slot), counter=counter))
    elif not found.entered.alike:
        holdings.heal_slots()
    places = holdings.laptop.places
    for path in (*(places.folder / name for name in COPIES), places.third_copy(holdings.desk)):
        remove(path.with_name(path.name + PART))


def _counted(slots: tuple[Slot, ...], mine: Slot) -> bool:
    return any(slot.slot == mine.slot and slot.failed for slot in slots)


def _record_restored(found: _Found, desk: OpenDesk, second: Proved, reason: str, at: Moment) -> None:
    """Two people say that an older state was put in place; what was abandoned is named."""
    head = desk.head()
    entry = Restored(
        branch=new_id(),
        from_seq=head.seq,
        from_head=head.digest,
        abandoned=found.outside.strange,
        reason=reason,
    )
    desk.write(desk.desk_strand, entry, at=at, also=(found.signer, second))


def _enrol(found: _Found, custody: Custody, desk: OpenDesk, at: Moment) -> None:
    """Give this login the device secret again where it was lost and a code gave it back; that is an entry."""
    entered = found.entered
    if entered.item is None and not entered.letters and not entered.item_spoilt:
        return
    custody.head_moved(desk.head(), desk.branch, at, at_once=True)
    newly = entered.item is None or entered.item_spoilt
    if newly and desk.kept.signs_on_desk and custody.keyring_fault is None:
        desk.write(desk.desk_strand, Enrolled(device=found.holdings.laptop.device, by_code=entered.letters), at=at)


def _rotate(found: _Found, custody: Custody) -> None:
    """Rotate where it is due; after a crash only once the records were read through and found whole."""
    holdings = found.holdings
    if not rotation.is_due(holdings):
        return
    if found.crashed and holdings.database.faults(quick=False):
        custody.rotation_fault = str(DamagedError())
        return
    try:
        custody.rotate()
    except rotation.RotationWaitsError as error:
        custody.rotation_fault = str(error)
