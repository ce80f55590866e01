"""Putting a backup back, at the door: which there are, in place of what, and what must be destroyed again after it.

Nothing is ever removed: the store that a backup replaces is kept beside it. Two
people say that it was meant before anybody works (design section 4, format
sections 3 and 4).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from dsl_desk.domain.errors import DslDeskError, StoreError
from dsl_desk.domain.moments import parse_utc
from dsl_desk.services.paper.spelling import moment_words
from dsl_desk.services.ports import Clock
from dsl_desk.services.unlock import Typed, UnlockService
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.restore import (
    BackupFound,
    ToRepeat,
    backups_on,
    disposals_since,
    put_back,
    repeat_disposals,
    superseded,
)

_CANNOT_TELL = (
    "A store that a backup replaced cannot be opened, so nobody can tell whether something was destroyed since. It is "
    "kept beside the desk. Look through your disposal certificates."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupTold:
    """A backup on a stick, in words that tell it from the others."""

    folder: Path
    when: str
    """Date and time it was made, as the laptop knew it then; the desk's own count of entries is on no screen."""


class PuttingBackService:
    """Finds backups and puts one in the place of a desk that is shut."""

    def __init__(
        self, laptop: Callable[[Path], Laptop], opener: Callable[[Path], UnlockService[OpenDesk]], clock: Clock
    ) -> None:
        self._laptop, self._opener, self._clock = laptop, opener, clock

    def backups(self, medium: Path) -> tuple[BackupTold, ...]:
        """Finished backups under this folder, the newest state first; raises StoreError where there is none."""
        zone = self._clock.now().local.tzinfo
        found = tuple(_told(one, zone) for one in backups_on(medium))
        if not found:
            raise StoreError(
                "There is no finished backup in this folder. Choose the stick, or its folder that begins with "
                "DSL-Desk-backup. Nothing was changed."
            )
        return found

    def put_back(self, chosen: BackupTold, folder: Path) -> bool:
        """Put it where the desk stands or shall stand; true where a store stood there, which is kept beside it.

        Raises BadBackupError, MediumError, InUseError; then all is as it was.
        """
        return put_back(self._laptop(folder), chosen.folder, self._clock.now()) is not None

    def destroy_again(self, desk: OpenDesk, folder: Path, typed: Typed, second: Typed) -> str:
        """What two people destroyed since the backup is destroyed again by the two who put it back.

        Gives a sentence for them, empty where there was nothing to do.
        """
        again: dict[ToRepeat, None] = {}
        closed = False
        for kept in superseded(self._laptop(folder).places):
            found = self._disposals(kept, desk, typed)
            closed |= found is None
            again |= dict.fromkeys(found or ())
        told = [self._repeat(desk, typed, second, tuple(again))] if again else []
        return " ".join([*told, *([_CANNOT_TELL] if closed else [])])

    def _disposals(self, kept: Path, desk: OpenDesk, typed: Typed) -> tuple[ToRepeat, ...] | None:
        """What was destroyed in a replaced store and is still held; None where it cannot be opened."""
        try:
            replaced = self._opener(kept).look(replace(typed, code=""))
        except DslDeskError:
            return None
        try:
            return disposals_since(replaced, desk)
        finally:
            replaced.close(self._clock.now())

    def _repeat(self, desk: OpenDesk, typed: Typed, second: Typed, again: tuple[ToRepeat, ...]) -> str:
        desk.check(lambda _done, _total: None)  # a backup is a copy of an open desk: nothing is destroyed unchecked
        at = self._clock.now()
        by = (
            desk.prove(typed.sign_in_name, typed.passphrase, at),
            desk.prove(second.sign_in_name, second.passphrase, at),
        )
        done = repeat_disposals(desk, again, by=by, at=self._clock.now())
        records = "One thing that was" if done == 1 else f"{done} things that were"
        return f"{records} destroyed since this backup was made: destroyed again, as the two of you signed."


def _told(found: BackupFound, zone: tzinfo | None) -> BackupTold:
    return BackupTold(folder=found.folder, when=moment_words(parse_utc(found.at_utc).astimezone(zone)))
