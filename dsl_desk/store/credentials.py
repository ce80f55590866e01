"""What somebody brings to open the desk."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Passphrase:
    """A sign-in name and passphrase; with one recovery code where this laptop has lost the device secret."""

    sign_in_name: str
    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCodes:
    """Any two of the three recovery codes, as typed."""

    first: str = field(repr=False)
    second: str = field(repr=False)


Credentials = Passphrase | TwoCodes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOnly:
    """Look at an older store without changing anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredByTwo:
    """A backup was put back on purpose: a second person says so too, and it is recorded."""

    second: Credentials
    reason: str


Older = ReadOnly | RestoredByTwo | None
"""What to do where the records are older than what this laptop has seen; None refuses."""
