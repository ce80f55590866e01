"""Who keeps an open desk's slots, its device secret, its volume key and the lock on its folder."""

import msgspec

from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.store import rotation
from dsl_desk.store.device_secret import DeviceItem, KeyringSilentError, write_item
from dsl_desk.store.holdings import Holdings
from dsl_desk.store.records import LAST_CLOSE
from dsl_desk.store.signing_keys import not_in_force, root_signer, signer_of
from dsl_desk.store.slots_file import SlotsFile, SlotsHead
from dsl_desk.store.unlocked import Proved
from dsl_desk.store.way_in import WayIn, by_passphrase, by_two_codes

_BETWEEN_HEADS_MS = 1000


class Custody:
    """The `Keeper` of an open desk. One thread only: the one that opened it."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self.keyring_fault: str | None = None
        """What the laptop's key store last refused, to be shown; the desk works without it."""
        self.rotation_fault: str | None = None
        """Why a change of key that is due has to wait, to be shown."""
        self.heads_held = False
        """True until two people have recorded that an older store was put in place: what is known outside stays."""
        self._written: tuple[str, int] | None = None
        self._silent = False
        """A key store that once hung is not asked again: each time would cost its whole time limit."""
        self._unwritten: tuple[Head, str] | None = None

    # slots
    def slots_state(self) -> tuple[str, int]:
        """SHA-256 and counter of `desk.slots` as it stands."""
        return self.holdings.slots_sha256, self.holdings.slots.counter

    def mark_head(self, head: Head, branch: str) -> tuple[str, int]:
        """Write the head that the next checkpoint will name into `desk.slots`; returns its new SHA-256 and counter."""
        marked = SlotsHead(seq=head.seq, digest=head.digest, branch=branch)
        self.holdings.keep_slots(msgspec.structs.replace(self.holdings.slots, head=marked))
        return self.slots_state()

    # the outside head
    def head_moved(self, head: Head, branch: str, at: Moment, *, at_once: bool = False) -> None:
        """Remember in the laptop's key store where the chain ends; at most once a second unless at once."""
        self._unwritten = (head, branch)
        last = self._written
        recent = last is not None and last[0] == at.boot and 0 <= at.mono_ms - last[1] < _BETWEEN_HEADS_MS
        if not self._silent and (at_once or not recent):
            self._write_head()
            self._written = (at.boot, at.mono_ms)

    def _write_head(self) -> None:
        device = self.holdings.device
        if self._unwritten is None or device is None or self.heads_held:
            return
        head, branch = self._unwritten
        item = DeviceItem(device=device, root_sha256=self.holdings.root_sha256, branch=branch, head=head)
        try:
            write_item(self.holdings.laptop.keyring, self.holdings.desk, item)
        except StoreError as error:
            self.keyring_fault = str(error)
            self._silent = isinstance(error, KeyringSilentError)
        else:
            self.keyring_fault, self._unwritten = None, None

    # the volume key
    def rotate(self) -> None:
        """Give the desk a fresh volume key; raises StoreError, with the desk open under the key in force."""
        rotation.rotate(self.holdings)

    def rotate_if_due(self) -> bool:
        """Rotate where something made it necessary; true where it was done."""
        due = rotation.is_due(self.holdings)
        if due:
            self.rotate()
        return due

    # people
    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Proved:
        """Somebody's own signing key, with the passphrase typed at this moment.

        Raises WrongPassphraseError (counted), WaitError, AccessEndedError, DamagedError.
        """
        return signer_of(self.holdings, self.holdings.register(), self.way_in(sign_in_name, passphrase, at))

    def way_in(self, sign_in_name: str, passphrase: str, at: Moment) -> WayIn:
        """The slot that a passphrase opens; a success clears its count of wrong attempts."""
        holdings = self.holdings
        way = by_passphrase(
            holdings.desk,
            holdings.slots,
            device=holdings.device,
            sign_in_name=sign_in_name,
            passphrase=passphrase,
            at=at,
            cost=holdings.laptop.cost,
            keep=holdings.keep_slots,
        )
        if way.slot.failed:
            holdings.keep_slots(without_failures(holdings.slots, way.slot.slot))
        return way

    def prove_codes(self, first: str, second: str) -> Proved:
        """The school root as a signer, opened with two recovery codes; raises WrongCodeError."""
        way = by_two_codes(self.holdings.desk, self.holdings.slots, first, second)
        register = self.holdings.register()
        if not register.in_force(way.slot.key_id):
            raise not_in_force(register, way.slot)
        return root_signer(self.holdings, register, way.opened.agreement)

    def closing(self) -> None:
        """Before the records are closed: `desk_state.open` is cleared, unless nothing may be written."""
        database = self.holdings.database
        if database.pragma("query_only") == 0:
            last = database.one("SELECT max(seq) FROM entry")
            with database.transaction("desk marked closed"):
                database.set_state("open", 0)
                database.set_state(LAST_CLOSE, last[0] if last else 0)

    def close(self, last: tuple[Head, str] | None) -> None:
        """After the records are closed: remember the last head and let the folder go."""
        try:
            if last is not None and not self._silent:
                self._unwritten = last
                self._write_head()
        finally:
            self.holdings.lock.release(force=True)


def without_failures(file: SlotsFile, name: str) -> SlotsFile:
    """The slots with one slot's count of wrong attempts cleared."""
    slots = tuple(
        msgspec.structs.replace(slot, failed=0, failed_at_utc=None) if slot.slot == name else slot
        for slot in file.slots
    )
    return msgspec.structs.replace(file, slots=slots)
