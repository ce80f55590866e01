"""Changing the volume key: when somebody lost access, after a disposal, and monthly (format section 1).

One person is enough: the new key is wrapped to the public halves that verified
issuances name. At every moment the records open with `current` or with `pending`.
"""

import os
import shutil

import msgspec

from dsl_desk.domain.errors import DamagedError, DiskFullError, StoreError
from dsl_desk.store.connection import KEY_BYTES
from dsl_desk.store.files import file_errors
from dsl_desk.store.holdings import Holdings, holder_of
from dsl_desk.store.register import Register
from dsl_desk.store.slots_file import Slot, SlotsFile


class RotationWaitsError(DiskFullError):
    """There is too little room to change the desk's key now. Nothing was lost; make room and open the desk again."""


def is_due(holdings: Holdings) -> bool:
    """Whether something made a fresh volume key necessary."""
    return bool(holdings.database.state("rotation_due"))


def rotate(holdings: Holdings) -> None:
    """Give the records a fresh volume key; raises StoreError, with the desk open under whichever key is in force."""
    _check_room(holdings)
    register = holdings.register()
    generation = _next_generation(holdings)
    fresh = os.urandom(KEY_BYTES)
    holdings.replace_slots(_with_pending(holdings, register, fresh, generation))
    try:
        _rekey(holdings, fresh, generation)
    except StoreError:
        _back_to_what_opens(holdings, fresh, generation, register)
        raise
    _promote(holdings, register, fresh, generation)
    _reopen_without_journal(holdings)
    with holdings.database.transaction("rotation done"):
        holdings.database.set_state("rotation_due", 0)
        holdings.database.set_state("backup_due", 1)


def _check_room(holdings: Holdings) -> None:
    places = holdings.laptop.places
    with file_errors():
        free = shutil.disk_usage(places.folder).free
        needed = 2 * places.records.stat().st_size
    if free < needed:
        raise RotationWaitsError


def _next_generation(holdings: Holdings) -> int:
    """A number that no volume key of this desk ever had; durable before the key exists."""
    database = holdings.database
    high = database.state("vk_high")
    generation = max(high if isinstance(high, int) else 0, holdings.generation) + 1
    with database.transaction("rotation due"):
        holdings.set_rotation_due()
        database.set_state("vk_high", generation)
    return generation


def _with_pending(holdings: Holdings, register: Register, fresh: bytes, generation: int) -> list[Slot]:
    """Every slot in force with the key of now and the one to come; a pending key of before is never used again."""
    slots = []
    for slot in holdings.slots.slots:
        if holder_of(register, slot) is None:
            continue
        now = holdings.volume_for(register, slot, vk=holdings.vk, generation=holdings.generation, pending=False)
        soon = holdings.volume_for(register, slot, vk=fresh, generation=generation, pending=True)
        slots.append(msgspec.structs.replace(slot, volume=(now, soon)))
    return slots


def _rekey(holdings: Holdings, fresh: bytes, generation: int) -> None:
    database, steps = holdings.database, holdings.laptop.steps
    database.rows("PRAGMA journal_size_limit=0")
    database.rekey(fresh)
    steps("rekeyed")
    with database.transaction("first transaction under the new key"):  # empties the journal of pages of the old one
        database.set_state("rekeyed", generation)


def _promote(holdings: Holdings, register: Register, fresh: bytes, generation: int) -> None:
    holdings.vk, holdings.generation = fresh, generation
    holdings.keep_slots(settled(holdings, register))


def _reopen_without_journal(holdings: Holdings) -> None:
    holdings.database.close()
    holdings.laptop.steps("closed")
    left = holdings.laptop.places.hot_journal.exists()
    holdings.database.reopen(holdings.vk)
    holdings.laptop.steps("reopened")
    if left:
        raise DamagedError("Pages under the old key were left beside the records. The desk is whole; rotate again.")


def _back_to_what_opens(holdings: Holdings, fresh: bytes, generation: int, register: Register) -> None:
    """After a failed change of key the records are under one of the two; find which, and leave one way in."""
    try:
        holdings.database.reopen(holdings.vk)
    except DamagedError:
        holdings.database.reopen(fresh)
        holdings.vk, holdings.generation = fresh, generation
    holdings.keep_slots(settled(holdings, register))


def settled(holdings: Holdings, register: Register) -> SlotsFile:
    """The slots as they should be: holders in force alone, one current wrap each, escrow of the newest codes."""
    slots = []
    for slot in holdings.slots.slots:
        if holder_of(register, slot) is None:
            continue
        now = holdings.volume_for(register, slot, vk=holdings.vk, generation=holdings.generation, pending=False)
        slots.append(msgspec.structs.replace(slot, volume=(now,)))
    newest = register.generation()
    escrow = tuple(one for one in holdings.slots.escrow if one.generation == newest)
    return msgspec.structs.replace(holdings.slots, slots=tuple(slots), escrow=escrow)


def needs_settling(holdings: Holdings, register: Register) -> bool:
    """Whether any slot is not as it should be."""
    newest = register.generation()
    return any(
        holder_of(register, slot) is None
        or [(wrap.generation, wrap.state) for wrap in slot.volume] != [(holdings.generation, "current")]
        for slot in holdings.slots.slots
    ) or any(one.generation != newest for one in holdings.slots.escrow)
