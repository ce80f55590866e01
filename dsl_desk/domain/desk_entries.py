"""Kinds of entry that tell of the desk itself: accounts, sessions, checkpoints, strands, disposal.

Data keys and numbers of signers are those of format section 8. The structs of
cases stand in `case_entries`.
"""

from typing import ClassVar, Final

import msgspec

from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import StrandKind

_DESK: Final = frozenset({StrandKind.DESK})
_ANY: Final = frozenset(StrandKind)
_CASE_OR_REGISTER: Final = frozenset({StrandKind.CASE, StrandKind.REGISTER})


class DeskCreated(EntryData, frozen=True, kw_only=True):
    """A desk begins; its root certificate is what every later signature leads to."""

    KIND: ClassVar[str] = "desk_created"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    root: str
    """DER of the root certificate, in hex."""
    branch: str
    rehearsal: bool = False
    school: str = ""


class AccountIssued(EntryData, frozen=True, kw_only=True):
    """A person may sign in: the root bound this agreement key and certificate to the account."""

    KIND: ClassVar[str] = "account_issued"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    issuance: str
    """Exact text of the issuance statement (format section 8)."""
    signature: str
    certificate: str
    name: str = ""
    role: str = ""
    duties: tuple[str, ...] = ()
    reduced: bool = False
    """True where the slot has no device secret behind it."""
    person: str = ""
    """The person in the school register whom this account belongs to."""


class PairIssued(EntryData, frozen=True, kw_only=True):
    """Two of the three recovery codes together open the desk; withdraws every earlier generation."""

    KIND: ClassVar[str] = "pair_issued"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    issuance: str
    signature: str
    custodians: dict[str, str] = msgspec.field(default_factory=dict)
    """Letter of the code to who holds its envelope (account id or words)."""


class CertificateWithdrawn(EntryData, frozen=True, kw_only=True):
    """A person's certificate no longer speaks for them; their open sessions end here."""

    KIND: ClassVar[str] = "certificate_withdrawn"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    certificate: str
    """SHA-256 of the certificate."""
    account: str = ""
    reason: str = ""


class Enrolled(EntryData, frozen=True, kw_only=True):
    """This login of the laptop holds the device secret again."""

    KIND: ClassVar[str] = "enrolled"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    device: str
    by_code: str = ""
    """Letter of the recovery code that gave the device secret, empty where the keyring was merely written anew."""


class Recovered(EntryData, frozen=True, kw_only=True):
    """The desk was opened with two recovery codes."""

    KIND: ClassVar[str] = "recovered"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    letters: str
    reason: str = ""


class Restored(EntryData, frozen=True, kw_only=True):
    """A backup was put in place of a store; what was abandoned is named, so that nothing vanishes unseen."""

    KIND: ClassVar[str] = "restored"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    branch: str
    from_seq: int
    from_head: str
    abandoned: tuple[str, ...] = ()
    reason: str = ""


class SessionOpened(EntryData, frozen=True, kw_only=True):
    """Somebody signed in: their signing key certified a fresh session key."""

    KIND: ClassVar[str] = "session_opened"
    STRANDS: ClassVar[frozenset[StrandKind]] = _ANY
    statement: str
    signature: str
    program: str = ""
    failed_attempts: int = 0


class SessionClosed(EntryData, frozen=True, kw_only=True):
    """Somebody signed out; nothing after this can be theirs in this session."""

    KIND: ClassVar[str] = "session_closed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _ANY


class SessionEnded(EntryData, frozen=True, kw_only=True):
    """A session that a crash left open was ended at the next unlock."""

    KIND: ClassVar[str] = "session_ended"
    STRANDS: ClassVar[frozenset[StrandKind]] = _ANY
    session: str


class Checkpoint(EntryData, frozen=True, kw_only=True):
    """The whole chain up to the entry just before, in one digest, signed."""

    KIND: ClassVar[str] = "checkpoint"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    seq: int
    head: str
    reason: str
    """day, account, backup or routine."""
    branch: str
    slots_sha256: str
    slots_counter: int


class ProfileChanged(EntryData, frozen=True, kw_only=True):
    """The school's procedure as data was set or edited; old cases keep their version."""

    KIND: ClassVar[str] = "profile_changed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    profile: str
    version: int
    text: str
    """The whole profile as TOML."""


class SettingsChanged(EntryData, frozen=True, kw_only=True):
    """Settings of the school: contacts, people and their roles, registered devices, terms."""

    KIND: ClassVar[str] = "settings_changed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    settings: dict[str, str]
    """Name of the setting to its value, as text (JSON where it has parts)."""


class BackupMade(EntryData, frozen=True, kw_only=True):
    """A backup was written, read back and verified."""

    KIND: ClassVar[str] = "backup_made"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    seq: int
    head: str
    manifest_sha256: str = ""
    medium: str = ""
    left_out: int = 0


class Checked(EntryData, frozen=True, kw_only=True):
    """Check everything ran; what it found."""

    KIND: ClassVar[str] = "checked"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    verdict: str
    """good or bad; never that something was not this person's to read."""
    findings: int = 0


class ClockStepped(EntryData, frozen=True, kw_only=True):
    """The laptop's clock was set by more than two minutes."""

    KIND: ClassVar[str] = "clock_stepped"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    by_seconds: int
    forward: bool


class FileRemoved(EntryData, frozen=True, kw_only=True):
    """Two people removed a file that no record names."""

    KIND: ClassVar[str] = "file_removed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    file: str
    sha256: str
    reason: str


class StrandRestricted(EntryData, frozen=True, kw_only=True):
    """A strand is kept from everybody but its readers; never says about whom."""

    KIND: ClassVar[str] = "strand_restricted"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    strand: str


class EpochOpened(EntryData, frozen=True, kw_only=True):
    """From here a strand is sealed under a new key that its readers can check."""

    KIND: ClassVar[str] = "epoch_opened"
    STRANDS: ClassVar[frozenset[StrandKind]] = _ANY
    epoch: int
    check: str


class ReadersChanged(EntryData, frozen=True, kw_only=True):
    """Who may read a restricted strand from here on."""

    KIND: ClassVar[str] = "readers_changed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _CASE_OR_REGISTER
    readers: tuple[str, ...]
    recipients: tuple[str, ...]
    """Key ids that the strand key is wrapped to, recovery pairs included."""


class Disposed(EntryData, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """A record was destroyed by two people; that it stood there remains."""

    KIND: ClassVar[str] = "disposed"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    strand: str
    first: int
    """First `strand_seq`; the key is `from`, a word of the language."""
    last: int
    """Last `strand_seq`; the key is `to`. 0, with `from` 1, where no entry went but the blobs alone."""
    blobs: tuple[str, ...] = ()
    rule: str = ""
    """Retention class and rule, without content (such as DOB+25)."""


class SummaryReleased(EntryData, frozen=True, kw_only=True):
    """A governor summary was released by two people, exactly as published."""

    KIND: ClassVar[str] = "summary_released"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    summary: str
    """The published JSON, exact text."""
    sha256: str
    blob: str = ""


class SummaryWithdrawn(EntryData, frozen=True, kw_only=True):
    """A released summary was withdrawn, with the reason."""

    KIND: ClassVar[str] = "summary_withdrawn"
    STRANDS: ClassVar[frozenset[StrandKind]] = _DESK
    SIGNERS: ClassVar[int] = 2
    sha256: str
    reason: str


class ItemRecorded(EntryData, frozen=True, kw_only=True):
    """A row of a register (checks, training, media, requests)."""

    KIND: ClassVar[str] = "item_recorded"
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.REGISTER})
    register: str
    item: str
    fields: dict[str, str]


class ItemChanged(EntryData, frozen=True, kw_only=True):
    """A row of a register was corrected or followed up; the earlier one stands beside it."""

    KIND: ClassVar[str] = "item_changed"
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.REGISTER})
    item: str
    fields: dict[str, str]
    reason: str


class ItemClosed(EntryData, frozen=True, kw_only=True):
    """A row of a register was closed."""

    KIND: ClassVar[str] = "item_closed"
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.REGISTER})
    item: str
    reason: str


DESK_KINDS: Final[tuple[type[EntryData], ...]] = (
    DeskCreated, AccountIssued, PairIssued, CertificateWithdrawn, Enrolled, Recovered, Restored,
    SessionOpened, SessionClosed, SessionEnded, Checkpoint, ProfileChanged, SettingsChanged, BackupMade,
    Checked, ClockStepped, FileRemoved, StrandRestricted, EpochOpened, ReadersChanged, Disposed,
    SummaryReleased, SummaryWithdrawn, ItemRecorded, ItemChanged, ItemClosed,
)  # fmt: skip
"""Every kind this module declares, for the EntryBook."""
