"""Opening the desk: with a passphrase, with one code beside it, or with two codes; and what its opener must be told."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from dsl_desk.domain.moments import Moment
from dsl_desk.services.ports import Clock
from dsl_desk.store.credentials import Credentials, Passphrase, TwoCodes

DeskT = TypeVar("DeskT")
DeskT_co = TypeVar("DeskT_co", covariant=True)


class Opener(Protocol[DeskT_co]):
    """The part of the store that opens a desk's folder."""

    def unlock(self, credentials: Credentials, at: Moment) -> DeskT_co:
        """Open the desk; raises WrongPassphraseError, WaitError, KeyringError, DamagedError, InUseError and others."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed at the lock: name and passphrase, with a code where the key store is lost."""

    sign_in_name: str
    passphrase: str
    code: str = ""


class UnlockService(Generic[DeskT]):
    """Opens the desk; wrong attempts wait longer and longer, and nothing is ever wiped."""

    def __init__(self, opener: Opener[DeskT], clock: Clock) -> None:
        self._opener, self._clock = opener, clock

    def unlock(self, typed: Typed) -> DeskT:
        """Open with a passphrase."""
        credentials = Passphrase(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase, code=typed.code)
        return self._opener.unlock(credentials, self._clock.now())

    def recover(self, first: str, second: str) -> DeskT:
        """Open with two recovery codes; the root stands for who opened it."""
        return self._opener.unlock(TwoCodes(first=first, second=second), self._clock.now())
