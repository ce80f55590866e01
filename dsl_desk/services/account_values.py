"""What the settings say of accounts and codes, and what two people type for one act: plain values."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from dsl_desk.domain.words import AccountId, Role
from dsl_desk.services.unlock import Typed


class AccountState(enum.Enum):
    """Whether somebody may sign in."""

    ACTIVE = "Can sign in"
    REPLACED = "Can sign in, with new keys"
    WITHDRAWN = "Ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSeen:
    """One account, as a list shows it."""

    account: AccountId
    name: str
    post: str
    state: AccountState
    mine: bool
    lets_in: bool
    """Whether this person may let others in."""
    reduced: bool
    fingerprint: str
    told: tuple[str, ...]
    """What happened to it, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody with a post and no account."""

    name: str
    role: Role
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleSeen:
    """Everybody who can or could sign in."""

    accounts: tuple[AccountSeen, ...]
    without: tuple[KnownPerson, ...]
    letting_in: int
    """How many people can let others in; two are needed."""
    may_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesSeen:
    """How it stands with the recovery codes; never the codes."""

    generation: int
    typed_back: bool
    handed_out: bool
    keepers: Mapping[str, str]
    key_store_fault: str
    key_waits: str
    """Why a change of the desk's own key has to wait, or nothing."""
    may_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTyped:
    """What two people typed for one act: the person signed in, and another person or two codes."""

    me: Typed
    other: Typed | None = None
    codes: tuple[str, str] = field(default=("", ""), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCodes:
    """Three fresh codes, shown this once."""

    codes: tuple[str, ...] = field(repr=False)
    generation: int
    keepers: Mapping[str, str]
