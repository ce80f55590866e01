"""What unlocking proves and hands to the desk: an open database, a person, and the keys that go with them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, DeskId, DeviceId
from dsl_desk.signatures import PrivateKey, Signer
from dsl_desk.store.connection import Database
from dsl_desk.store.steps import Steps, no_steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved(Signer):
    """Somebody who has just typed a passphrase (or two codes), with what only they can open."""

    agreement: PrivateKey = field(repr=False)


class Keeper(Protocol):
    """What the desk asks of whoever keeps its slots, keyring and volume key."""

    def slots_state(self) -> tuple[str, int]:
        """SHA-256 and counter of `desk.slots` as it stands, for a checkpoint."""
        ...

    def mark_head(self, head: Head, branch: str) -> tuple[str, int]:
        """Write the head that the next checkpoint will name into `desk.slots`; returns its new SHA-256 and counter."""
        ...

    def head_moved(self, head: Head, branch: str, at: Moment, *, at_once: bool = False) -> None:
        """The chain ends here now, committed: remember it outside (at most once a second, or at once)."""
        ...

    def rotate(self) -> None:
        """Give the desk a fresh volume key."""
        ...

    def rotate_if_due(self) -> bool:
        """Rotate where something made it necessary; true where it was done."""
        ...

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Proved:
        """Somebody's own signing key, with the passphrase typed at this moment."""
        ...

    def prove_codes(self, first: str, second: str) -> Proved:
        """The school root as a signer, opened with two recovery codes."""
        ...

    def closing(self) -> None:
        """Before the records are closed: nothing is left half-done, so the next opening is no return from a crash."""
        ...

    def close(self, last: tuple[Head, str] | None) -> None:
        """After the records are closed: head and branch are remembered, where they are known, and the folder let go."""
        ...


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
    crashed: bool = False
    """Whether the desk was found as a crash leaves it (`desk_state.open` set)."""
    outside_head: Head | None = None
    """The newest head this laptop knew of, found to be on the chain; None where it knew none."""
    steps: Steps = no_steps
    """Watches durable steps; tests alone pass another."""
