"""Finding the slot that a passphrase, or two recovery codes, open (format section 1).

A slot is found by a tag of the sign-in name, so one attempt costs one Argon2id;
where nothing is found one is run all the same, so that time tells nobody whether
a name is known. Wrong attempts are counted in the slots, and never wipe anything.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

import msgspec

from dsl_desk.domain.errors import StoreError, WaitError, WrongCodeError, WrongPassphraseError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import DeskId
from dsl_desk.store.back_off import seconds_left
from dsl_desk.store.key_slots import (
    OpenedSlot,
    SlotCost,
    account_secret,
    open_escrow,
    open_slot,
    pair_secret,
    sign_in_tag,
    stretch,
)
from dsl_desk.store.recovery_codes import RecoveryCode, read_code
from dsl_desk.store.seals import SealBrokenError
from dsl_desk.store.slots_file import Escrow, Slot, SlotsFile

Keep = Callable[[SlotsFile], SlotsFile]
"""Writes the slots with their counted attempts; gives them back as they now stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A slot that was opened."""

    slot: Slot
    secret: bytes = field(repr=False)
    """What the slot, and the signing key beside it, are sealed under."""
    opened: OpenedSlot


def by_passphrase(
    desk: DeskId,
    file: SlotsFile,
    *,
    device: bytes | None,
    sign_in_name: str,
    passphrase: str,
    at: Moment,
    cost: SlotCost,
    keep: Keep,
) -> WayIn:
    """Open an account's slot; raises WaitError, WrongPassphraseError (counted), DamagedError, InputError."""
    file = _not_in_the_future(file, at, keep)
    tried = _candidates(desk, file, device, sign_in_name)
    wait = max((seconds_left(slot.failed, slot.failed_at_utc, at) for slot in tried), default=0)
    if wait:
        raise WaitError(wait)
    if not tried:
        stretch(passphrase, cost.fresh())
        raise WrongPassphraseError
    for slot in tried:
        way = _try_account(desk, slot, device, passphrase)
        if way is not None:
            return way
    _count(file, tried, at, keep)
    raise WrongPassphraseError


def _not_in_the_future(file: SlotsFile, at: Moment, keep: Keep) -> SlotsFile:
    """A wrong attempt in the future counts as now, and is kept so: a clock set wrong once must not shut anybody out."""
    late = {slot.slot for slot in file.slots if slot.failed_at_utc is not None and slot.failed_at_utc > at.at_utc}
    if not late:
        return file
    slots = tuple(
        msgspec.structs.replace(slot, failed_at_utc=at.at_utc) if slot.slot in late else slot for slot in file.slots
    )
    file = msgspec.structs.replace(file, slots=slots)
    return keep(file)


def _candidates(desk: DeskId, file: SlotsFile, device: bytes | None, sign_in_name: str) -> list[Slot]:
    """The slots of that name, the later in the list first; without any, those that stand without a device secret."""
    if device is not None:
        tag = sign_in_tag(desk, device, sign_in_name)
        found = [slot for slot in file.slots if slot.type == "account" and slot.tag == tag]
        if found:
            return found[::-1]
    return [slot for slot in file.slots if slot.type == "account-no-device"][::-1]


def _try_account(desk: DeskId, slot: Slot, device: bytes | None, passphrase: str) -> WayIn | None:
    if slot.kdf is None:  # pragma: no cover - slots_file refuses an account without one
        return None
    secret = account_secret(slot.type, stretch(passphrase, slot.kdf), device)
    try:
        return WayIn(slot=slot, secret=secret, opened=open_slot(desk, slot, secret))
    except SealBrokenError:
        return None


def _count(file: SlotsFile, tried: list[Slot], at: Moment, keep: Keep) -> None:
    """Count a wrong attempt for every slot that was tried; a disk that is full must not hide the verdict."""
    names = {slot.slot for slot in tried}
    slots = tuple(
        msgspec.structs.replace(slot, failed=slot.failed + 1, failed_at_utc=at.at_utc) if slot.slot in names else slot
        for slot in file.slots
    )
    with contextlib.suppress(StoreError):
        keep(msgspec.structs.replace(file, slots=slots))


def _readings(desk: DeskId, file: SlotsFile, text: str) -> Iterator[tuple[RecoveryCode, Escrow]]:
    """Every code of the file's sets that the typed text can be; a label, where typed, leaves one."""
    for escrow in file.escrow:
        with contextlib.suppress(WrongCodeError):
            yield read_code(desk, escrow.letter, escrow.generation, text), escrow


def by_one_code(desk: DeskId, file: SlotsFile, text: str) -> tuple[RecoveryCode, bytes]:
    """One recovery code and the device secret it gives back; raises WrongCodeError, which says to check the code."""
    for code, escrow in _readings(desk, file, text):
        with contextlib.suppress(WrongCodeError):
            return code, open_escrow(desk, escrow, code)
    raise WrongCodeError


def by_two_codes(desk: DeskId, file: SlotsFile, first: str, second: str) -> WayIn:
    """Open a recovery pair's slot; raises WrongCodeError. There is no wait: nobody guesses 128 bits."""
    for one, other in product(_readings(desk, file, first), _readings(desk, file, second)):
        way = _try_pair(desk, file, one[0], other[0])
        if way is not None:
            return way
    raise WrongCodeError


def _try_pair(desk: DeskId, file: SlotsFile, one: RecoveryCode, other: RecoveryCode) -> WayIn | None:
    letters = "".join(sorted((one.letter, other.letter)))
    for slot in file.slots:
        if slot.type != "pair" or slot.letters != letters or not slot.generation == one.generation == other.generation:
            continue
        secret = pair_secret({one.letter: one, other.letter: other}, letters)
        with contextlib.suppress(SealBrokenError):
            return WayIn(slot=slot, secret=secret, opened=open_slot(desk, slot, secret))
    return None
