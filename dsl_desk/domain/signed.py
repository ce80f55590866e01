"""Who signed beside a session, and whose a certificate is: the same values in the store and in a pack."""

from dataclasses import dataclass

from dsl_desk.domain.words import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoSigned:
    """A person's own signature over an entry's header, made with the passphrase typed at that moment."""

    account: AccountId
    certificate: str
    """SHA-256 of the certificate."""
    signature: str
    """As hex."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One certificate and whose it is (format section 6, register.json)."""

    certificate: str
    """SHA-256 of the certificate."""
    account: AccountId
    name: str
    role: str
    issued_at_utc: str
    withdrawn_at_utc: str | None = None
