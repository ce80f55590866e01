"""Errors whose text may be shown to the person at the desk.

Each text says what happened, what was kept and what to do next; none carries
a name, an address, a path or key material.
"""


class DslDeskError(Exception):
    """Something the desk can say in a plain sentence; the class docstring is the default text."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class ProcedureError(DslDeskError):
    """The procedure does not allow this."""


class HaltedError(ProcedureError):
    """This case is stopped. Nothing more may be looked at or taken in."""


class InputError(DslDeskError):
    """What was entered cannot be used as it is."""


class ProfileError(DslDeskError):
    """The policy profile has a fault and was not loaded."""


class StoreError(DslDeskError):
    """The desk could not keep this. Nothing was recorded; what was there before is unchanged."""


class DamagedError(StoreError):
    """Part of the desk is damaged. Nothing was changed; keep a copy of the folder and ring for help."""


class WrongPassphraseError(StoreError):
    """The sign-in name and passphrase do not fit together. Nothing was changed."""


class WaitError(StoreError):
    """Too many attempts; wait before trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts. Wait {seconds} seconds and try again. Nothing was changed.")
        self.seconds = seconds


class WrongCodeError(StoreError):
    """This recovery code does not fit. Check every symbol, and that it is the newest set."""


class KeyringError(StoreError):
    """This laptop's key store gave no answer. Use one recovery code with your passphrase, or two codes."""


class InUseError(StoreError):
    """The desk is already open on this laptop. Close the other window first."""


class NewerStoreError(StoreError):
    """This desk was written by a newer version of the program. Nothing was changed; install the newer version."""


class OlderStoreError(StoreError):
    """These files are older than what this laptop has seen. Nothing was changed."""


class DiskFullError(StoreError):
    """There is no room left on the disk. Nothing of this was kept; what was there before is unchanged."""


class MediumError(DslDeskError):
    """The medium could not be written or read. No finished pack was left on it; the desk itself is unchanged."""


class NotReadableError(StoreError):
    """There is nothing here that you can read."""


class Cancelled(DslDeskError):
    """Stopped as you asked. Nothing half-finished was kept."""
