"""Opening the desk: with a passphrase, with one code beside it, or with two codes; and what its opener must be told."""

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from dsl_desk.domain.moments import Moment
from dsl_desk.services.ports import Clock
from dsl_desk.store.credentials import Credentials, Older, Passphrase, ReadOnly, RestoredByTwo, TwoCodes

DeskT = TypeVar("DeskT")
DeskT_co = TypeVar("DeskT_co", covariant=True)


class Opener(Protocol[DeskT_co]):
    """The part of the store that opens a desk's folder."""

    def unlock(self, credentials: Credentials, at: Moment, older: Older = None) -> DeskT_co:
        """Open the desk; raises WrongPassphraseError, WaitError, KeyringError, DamagedError, InUseError and others."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed at the lock: name and passphrase, with a code where the key store is lost."""

    sign_in_name: str
    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)


class UnlockService(Generic[DeskT]):
    """Opens the desk; wrong attempts wait longer and longer, and nothing is ever wiped."""

    def __init__(self, opener: Opener[DeskT], clock: Clock) -> None:
        self._opener, self._clock = opener, clock

    def unlock(self, typed: Typed) -> DeskT:
        """Open with a passphrase."""
        return self._opener.unlock(_credentials(typed), self._clock.now())

    def look(self, typed: Typed) -> DeskT:
        """Open an older state to look at it; nothing is written into it."""
        return self._opener.unlock(_credentials(typed), self._clock.now(), ReadOnly())

    def put_back(self, typed: Typed, second: Typed, reason: str) -> DeskT:
        """Open an older state that was put in place on purpose: two people say so, and it is recorded."""
        older = RestoredByTwo(second=_credentials(second), reason=reason)
        return self._opener.unlock(_credentials(typed), self._clock.now(), older)

    def recover(self, first: str, second: str) -> DeskT:
        """Open with two recovery codes; the root stands for who opened it."""
        return self._opener.unlock(TwoCodes(first=first, second=second), self._clock.now())


def _credentials(typed: Typed) -> Passphrase:
    return Passphrase(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase, code=typed.code)
