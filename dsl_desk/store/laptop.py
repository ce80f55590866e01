"""What a desk needs from the laptop it is opened on; `app` builds it once, tests build their own."""

from dataclasses import dataclass, field

from dsl_desk.domain.words import DeviceId
from dsl_desk.store.device_secret import Keyring
from dsl_desk.store.disks import Disks
from dsl_desk.store.folder import Places
from dsl_desk.store.key_slots import SlotCost
from dsl_desk.store.steps import Steps, no_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """Folders, key store, kinds of disk, this device's name, and what one passphrase attempt costs."""

    places: Places
    keyring: Keyring
    disks: Disks
    device: DeviceId
    """This laptop, as entries name it (32 hex digits)."""
    program: str = ""
    """Name and version of the program, for `session_opened`."""
    cost: SlotCost = field(default_factory=SlotCost)
    steps: Steps = no_steps
