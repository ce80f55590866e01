"""What the register holds: issuances, recovery pairs, sessions and disposals, each as an entry told it."""

from dataclasses import dataclass, field
from typing import Final

import msgspec

from dsl_desk.domain.desk_entries import AccountIssued
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.signatures import Certificate, PublicKey
from dsl_desk.store.sessions import Statement

CODE_HOLDERS: Final = "code_holders"
"""The setting in which a school says with whom its envelopes are."""


def envelopes_in(text: str) -> dict[str, str]:
    """Letter to holder, as the setting has it; empty where it cannot be read, for it only ever shuts somebody out."""
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.DecodeError, UnicodeError):
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """The root bound these keys to this account."""

    account: AccountId
    certificate: Certificate
    certificate_sha256: str
    agreement: PublicKey
    told: AccountIssued
    issued_at_utc: str
    seq: int
    withdrawn_seq: int | None = None
    withdrawn_at_utc: str | None = None

    def speaks_at(self, seq: int) -> bool:
        """Whether this certificate may sign the entry of that number."""
        return self.seq < seq and (self.withdrawn_seq is None or seq <= self.withdrawn_seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPair:
    """Two of three printed codes together; only the highest generation is in force."""

    pair: str
    letters: str
    generation: int
    agreement: PublicKey
    custodians: dict[str, str] = field(default_factory=dict)
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSession:
    """A session as the journal knows it: whose, with which key, for which entries."""

    statement: Statement
    account: AccountId
    text: str
    signature: str
    home: StrandId
    opened_seq: int
    first_of_desk: bool = False
    ended_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """Two people destroyed this part of a strand; with `last` below `first` no entry, and the blobs alone."""

    strand: StrandId
    first: int
    last: int
    blobs: tuple[str, ...]
    seq: int


Holder = Issuance | RecoveryPair
"""Whoever keys may be wrapped to."""
