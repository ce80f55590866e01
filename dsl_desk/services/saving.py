"""Papers saved as files, where the school wants to print them elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from dsl_desk.domain.errors import DiskFullError, InputError, MediumError, StoreError
from dsl_desk.services.printing import Page
from dsl_desk.store.files import write_beside


def save_papers(folder: Path, pages: Sequence[Page]) -> tuple[str, ...]:
    """Write papers into a folder, never over a file that is there; gives their names.

    Raises InputError where a name is taken, DiskFullError, MediumError.
    """
    if any((folder / page.name).exists() for page in pages):
        raise InputError("There are papers of that name in this folder already. Choose another one; nothing was saved.")
    try:
        for page in pages:
            write_beside(folder / page.name, page.pdf)
    except DiskFullError:
        raise
    except (StoreError, OSError) as error:
        raise MediumError("The papers could not be saved there. Choose another folder or stick.") from error
    return tuple(page.name for page in pages)
