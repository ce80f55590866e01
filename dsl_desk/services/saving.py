"""Papers saved as files, where the school wants to print them elsewhere."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from dsl_desk.domain.errors import DiskFullError, InputError, MediumError, StoreError
from dsl_desk.services.printing import Page
from dsl_desk.store.files import stands, write_beside


def save_papers(folder: Path, pages: Sequence[Page]) -> tuple[str, ...]:
    """Write papers into a folder, never over a file that is there; gives the names they got.

    A name that is taken gets a number: `form-2.pdf` beside `form.pdf`. Raises
    DiskFullError, MediumError.
    """
    names: list[str] = []
    try:
        for page in pages:
            name = _free_name(folder, page.name)
            write_beside(folder / name, page.pdf, private=False)  # a stick's format may know no modes
            names.append(name)
    except DiskFullError:
        raise
    except (StoreError, OSError) as error:
        raise MediumError("The papers could not be saved there. Choose another folder or stick.") from error
    return tuple(names)


def _free_name(folder: Path, name: str) -> str:
    """The paper's own name, or the first with a number that nothing in the folder has."""
    whole, number, wanted = PurePath(name), 1, name
    while stands(folder / wanted):
        number += 1
        wanted = f"{whole.stem}-{number}{whole.suffix}"
    return wanted


def save_table(place: Path, table: bytes) -> str:
    """Write a table to a file that somebody chose, never over one that is there; gives its name.

    Raises InputError where the name is taken, DiskFullError, MediumError.
    """
    place = place if place.suffix.casefold() == ".csv" else place.with_name(f"{place.name}.csv")
    if stands(place):
        raise InputError("There is a file of that name in this folder already. Choose another name; nothing was saved.")
    try:
        write_beside(place, table, private=False)
    except DiskFullError:
        raise
    except (StoreError, OSError) as error:
        raise MediumError("The table could not be saved there. Choose another folder or stick.") from error
    return place.name
