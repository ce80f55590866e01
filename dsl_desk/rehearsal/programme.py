"""`rehearsal.json` read back: who was played, with what they sign in, and the codes (design section 12)."""

from pathlib import Path

import msgspec

from dsl_desk.domain.errors import InputError

PROGRAMME = "rehearsal.json"


class PlayedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody made up who has an account."""

    name: str
    role: str
    sign_in_name: str
    passphrase: str


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished rehearsal tells of itself, as far as it is needed to open its desk again."""

    people: tuple[PlayedPerson, ...]
    recovery_codes: tuple[str, ...]


def is_rehearsed(out: Path) -> bool:
    """Whether a folder holds a finished rehearsal."""
    try:
        return (out / PROGRAMME).is_file() and (out / "desk").is_dir()
    except OSError:
        return False


def read_programme(out: Path) -> Programme:
    """What was played; raises InputError where no finished rehearsal lies there."""
    try:
        return msgspec.json.decode((out / PROGRAMME).read_bytes(), type=Programme)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError("There is no finished rehearsal in this folder. Play one into a new folder.") from error
