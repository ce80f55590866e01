"""What unlocking proves and hands to the desk: an open database, a person, and the keys that go with them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dsl_desk.domain.journal import Head
from dsl_desk.domain.words import AccountId, DeskId, DeviceId
from dsl_desk.signatures import PrivateKey
from dsl_desk.store.connection import Database


class Keeper(Protocol):
    """What the desk asks of whoever keeps its slots, keyring and volume key."""

    def slots_state(self) -> tuple[str, int]:
        """SHA-256 and counter of `desk.slots` as it stands, for a checkpoint."""

    def head_moved(self, head: Head, branch: str) -> None:
        """The chain ends here now, committed: remember it outside (at most once a second)."""

    def rotate(self) -> None:
        """Give the desk a fresh volume key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """A desk that somebody has opened; nothing of it is written anywhere."""

    database: Database = field(repr=False)
    folder: Path
    desk: DeskId
    account: AccountId
    """Who opened it; `root` where two recovery codes did."""
    agreement: PrivateKey = field(repr=False)
    """Private half of the account's (or the recovery pair's) agreement key: opens wrapped strands."""
    root_sha256: str
    """The root pinned in the opener's slot; everything must lead to it."""
    device: DeviceId
    keeper: Keeper = field(repr=False)
    program: str = ""
    failed_attempts: int = 0
