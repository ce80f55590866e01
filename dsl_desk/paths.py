"""Where things live on this laptop; every folder the program makes is its owner's alone.

The desk folder itself is chosen by the school. Here are only the places beside it: the program's own
resources, and a configuration and a log folder for each operating-system login.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import platformdirs

from dsl_desk.domain.errors import DslDeskError

_APP = "dsl-desk"
_PACKAGE = Path(__file__).resolve().parent
_OWNER_ONLY = 0o700


class PlacesError(DslDeskError):
    """A folder the program needs could not be made private. Nothing was written; check the disk and its rights."""


class ResourcesMissingError(DslDeskError):
    """Part of the program itself is missing. Nothing was changed; install DSL Desk again."""


def resources() -> Path:
    """The forms' fonts, policies and rehearsal material that ship with the program.

    Found in an installed copy as in a checkout. Raises ResourcesMissingError where neither has them.
    """
    for place in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if (place / "fonts").is_dir():
            return place
    raise ResourcesMissingError


def config_folder() -> Path:
    """This login's folder for what belongs to the laptop and not to a desk, such as the third copy of the slots."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False, roaming=False))


def log_folder() -> Path:
    """This login's folder for the log, in which no personal data can stand."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def suggested_desk_folder() -> Path:
    """Where a new desk is offered to be put; the school may choose another place on an encrypted disk."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False, roaming=False)) / "desk"


def make_private(folder: Path) -> Path:
    """Make a folder that only its owner can enter, or close one that is already there; returns it.

    On Windows a folder under the user's profile inherits the profile's rights, which admit the owner and
    administrators; no rights are changed there. Raises PlacesError where it cannot be made or is a link.
    """
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        if folder.is_symlink() or not folder.is_dir():
            raise PlacesError
        _close_to_others(folder)
    except OSError:
        raise PlacesError from None
    return folder


def _close_to_others(folder: Path) -> None:
    """Take every right from everybody but the owner, where the system has such rights."""
    if sys.platform == "win32":
        return
    if stat.S_IMODE(os.lstat(folder).st_mode) != _OWNER_ONLY:
        folder.chmod(_OWNER_ONLY)
