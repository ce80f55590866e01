"""The device secret in the laptop's own key store (format section 8, keyring item).

Only key stores that really keep a secret are used: the ones that report success
without storing, or store in plain text, are refused. A key store that hangs is
given up after a time limit; nothing then is lost, and codes open the desk.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from dsl_desk.domain.encoding import PlainValue, plain_json, read_plain
from dsl_desk.domain.errors import DamagedError, KeyringError, StoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.words import DeskId
from dsl_desk.store.key_slots import DEVICE_BYTES

SERVICE: Final = "dsl-desk"
_FORMAT: Final = "dsl-desk/device/1"
_ALLOWED: Final = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.Windows",
        "keyring.backends.macOS",
    }
)
_ANSWER_SECONDS: Final = 30.0
_Answer = TypeVar("_Answer")


class NoKeyringError(KeyringError):
    """This laptop has no key store that keeps a secret safely. The desk can be used with a longer passphrase."""


class KeyringLockedError(KeyringError):
    """The laptop's key store is locked. Unlock it, or use one recovery code with your passphrase, or two codes."""


class KeyringSilentError(KeyringError):
    """The laptop's key store did not answer. Use one recovery code with your passphrase, or two codes."""


class KeyringForgetsError(KeyringError):
    """The laptop's key store did not keep what was written. What it held before is in force."""


class Keyring(Protocol):
    """A place of the operating-system login that keeps small secrets."""

    def get(self, name: str) -> str | None:
        """The value kept under that name, or None; raises KeyringError."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a value under that name; raises KeyringError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceItem:
    """What a login of the laptop knows of a desk: its device secret, its root, and where its chain ended."""

    device: bytes = field(repr=False)
    root_sha256: str
    branch: str
    head: Head

    def encode(self) -> str:
        """The one spelling that is kept."""
        parts: list[PlainValue] = [
            _FORMAT,
            self.device.hex(),
            self.root_sha256,
            self.branch,
            self.head.seq,
            self.head.digest,
        ]
        return plain_json(parts).decode("ascii")


def decode_item(text: str) -> DeviceItem:
    """Read what a key store held; raises DamagedError where it is not what the desk wrote."""
    try:
        raw = text.encode("ascii")
    except UnicodeEncodeError as error:
        raise DamagedError("The laptop’s key store holds something else under this desk’s name.") from error
    match read_plain(raw):
        case ["dsl-desk/device/1", str(device), str(root), str(branch), int(seq), str(digest)]:
            pass
        case _:
            raise DamagedError("The laptop’s key store holds something else under this desk’s name.")
    try:
        secret = bytes.fromhex(device)
    except ValueError as error:
        raise DamagedError("The laptop’s key store holds something else under this desk’s name.") from error
    if len(secret) != DEVICE_BYTES:
        raise DamagedError("The laptop’s key store holds something else under this desk’s name.")
    return DeviceItem(device=secret, root_sha256=root, branch=branch, head=Head(seq=seq, digest=digest))


def read_item(keyring: Keyring, desk: DeskId) -> DeviceItem | None:
    """This login's item of a desk, or None; raises KeyringError, DamagedError."""
    text = keyring.get(desk)
    return None if text is None else decode_item(text)


def write_item(keyring: Keyring, desk: DeskId, item: DeviceItem) -> None:
    """Write, read back and compare; where they differ the old value is put back. Raises KeyringError."""
    before = keyring.get(desk)
    value = item.encode()
    keyring.set(desk, value)
    if keyring.get(desk) == value:
        return
    if before is not None:
        keyring.set(desk, before)
    raise KeyringForgetsError


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


class OsKeyring:
    """The operating system's key store, by way of the `keyring` library.

    `chosen` gives the library's back end (the program passes `None` and the
    library decides). Every call runs beside the desk's own thread and is given up
    after `seconds`; a call that was given up keeps nothing waiting.
    """

    def __init__(self, chosen: Callable[[], object] | None = None, seconds: float = _ANSWER_SECONDS) -> None:
        self._chosen = chosen or _library_choice
        self._seconds = seconds

    def get(self, name: str) -> str | None:
        """The value kept under that name, or None; raises KeyringError."""
        return self._asked(lambda: self._backend().get_password(SERVICE, name))

    def set(self, name: str, value: str) -> None:
        """Keep a value under that name; raises KeyringError."""
        self._asked(lambda: self._backend().set_password(SERVICE, name, value))

    def check(self) -> None:
        """Raise KeyringError unless there is a key store that may be used."""
        self._asked(self._backend)

    def _backend(self) -> _Backend:
        return _allowed_backend(self._chosen())

    def _asked(self, question: Callable[[], _Answer]) -> _Answer:
        """Ask in a thread of its own, so that a key store that hangs does not take the desk with it."""
        answers: list[_Answer] = []
        faults: list[StoreError] = []

        def ask() -> None:
            try:
                answers.append(question())
            except StoreError as error:
                faults.append(error)
            except Exception as error:  # noqa: BLE001 - the library's back ends raise whatever their systems do
                faults.append(_plainly(error))

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if faults:
            raise faults[0]
        if not answers:
            raise KeyringSilentError
        return answers[0]


def _plainly(error: Exception) -> KeyringError:
    match type(error).__name__:
        case "KeyringLocked" | "PromptDismissedException" | "LockedException":
            return KeyringLockedError()
        case "NoKeyringError" | "InitError" | "SecretServiceNotAvailableException":
            return NoKeyringError()
        case _:
            return KeyringError()


def _library_choice() -> object:
    import keyring  # noqa: PLC0415 - looks for back ends on the machine; only where one is asked for

    return keyring.get_keyring()


def _allowed_backend(found: object) -> _Backend:
    """The back end itself, or the first allowed one of a chain; raises NoKeyringError for any other."""
    if type(found).__module__ == "keyring.backends.chainer":
        chained = getattr(found, "backends", [])
        allowed = [backend for backend in chained if _is_allowed(backend)]
        found = allowed[0] if allowed else None
    if not _is_allowed(found):
        raise NoKeyringError
    return found  # type: ignore[return-value]  # the library's back ends have these two methods


def _is_allowed(found: object) -> bool:
    module = type(found).__module__
    return any(module == allowed or module.startswith(allowed + ".") for allowed in _ALLOWED)
