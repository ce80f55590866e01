"""What an open desk holds outside its records: the slots, the keys in memory, the lock on its folder."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from filelock import BaseFileLock

from dsl_desk.domain.desk_entries import DESK_KINDS
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.payload import EntryBook
from dsl_desk.domain.words import DeskId
from dsl_desk.store.connection import Database
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.register import Register, read_register
from dsl_desk.store.register_values import Issuance, RecoveryPair
from dsl_desk.store.slots_file import Slot, SlotsFile, VolumeWrap, heal_copies, write_copies
from dsl_desk.store.wraps import wrap


@dataclass(slots=True, kw_only=True)
class Holdings:
    """Changes as the desk is used; never leaves the store. One thread only: the one that opened the desk."""

    laptop: Laptop
    desk: DeskId
    lock: BaseFileLock = field(repr=False)
    slots: SlotsFile = field(repr=False)
    slots_sha256: str
    database: Database = field(repr=False)
    vk: bytes = field(repr=False)
    generation: int
    device: bytes | None = field(repr=False)
    """The device secret; None only until the records have given it."""
    root_sha256: str

    def register(self) -> Register:
        """Who may sign and read, folded anew from the desk's own entries."""
        return read_register(self.database, self.desk, self.root_sha256, EntryBook(DESK_KINDS))

    def keep_slots(self, file: SlotsFile) -> SlotsFile:
        """Write the next state of the slots to every copy; gives it back with its new counter."""
        places = self.laptop.places
        self.slots, self.slots_sha256 = write_copies(
            places.folder, places.third_copy(self.desk), file, self.laptop.steps
        )
        return self.slots

    def heal_slots(self) -> None:
        """Make every copy the one that was taken."""
        places = self.laptop.places
        heal_copies(places.folder, places.third_copy(self.desk), self.slots, self.laptop.steps)

    def replace_slots(self, slots: Iterable[Slot]) -> None:
        """Write the file with these slots and all else as it is."""
        self.keep_slots(msgspec.structs.replace(self.slots, slots=tuple(slots)))

    def slot(self, name: str) -> Slot:
        """A slot by its id; raises DamagedError where it is gone."""
        for slot in self.slots.slots:
            if slot.slot == name:
                return slot
        raise DamagedError("A key slot that was just used is gone. Nothing was changed.")

    def volume_for(self, register: Register, slot: Slot, *, vk: bytes, generation: int, pending: bool) -> VolumeWrap:
        """The volume key wrapped to the holder of a slot, by the verified issuance, never by anything the slot says."""
        holder = register.holder(slot.key_id)
        if holder is None:
            raise DamagedError("A key slot belongs to nobody the desk knows. Nothing was changed.")
        wrapped = wrap(self.desk, "volume", self.desk, generation, holder.agreement, vk)
        return VolumeWrap(generation=generation, state="pending" if pending else "current", wrap=wrapped.hex())

    def set_rotation_due(self) -> None:
        """From now on the volume key must be changed; belongs in the transaction that makes it necessary."""
        self.database.set_state("rotation_due", 1)


def holder_of(register: Register, slot: Slot) -> Issuance | RecoveryPair | None:
    """Whom a slot truly belongs to: an issuance in force for this very key and holder, else None."""
    holder = register.holder(slot.key_id)
    if holder is None or not register.in_force(slot.key_id):
        return None
    match holder:
        case Issuance():
            fits = slot.type != "pair" and slot.holder == holder.account
        case RecoveryPair():
            fits = slot.type == "pair" and (slot.holder, slot.letters, slot.generation) == (
                holder.pair,
                holder.letters,
                holder.generation,
            )
    return holder if fits else None


def new_id() -> str:
    """A fresh random id, 32 hex digits."""
    return secrets.token_hex(16)
