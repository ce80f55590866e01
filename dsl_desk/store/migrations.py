"""Tables of the desk, one numbered step after another, forwards only (format section 4)."""

from importlib import resources
from typing import Final

from dsl_desk.domain.errors import DamagedError, NewerStoreError
from dsl_desk.store.connection import Database

STEPS: Final = ("0001_desk.sql", "0002_lists.sql")
"""Files under `schema/`; the position is the number that `user_version` shows."""
LATEST: Final = len(STEPS)


def version(database: Database) -> int:
    """Number of the last step these records have seen."""
    found = database.pragma("user_version")
    if not isinstance(found, int):
        raise DamagedError
    return found


def check_version(database: Database) -> None:
    """Refuse records of a newer program; raises NewerStoreError, DamagedError where there are no tables at all."""
    found = version(database)
    if found > LATEST:
        raise NewerStoreError
    if found < 1:
        raise DamagedError("The file of records holds no records. Nothing was changed and nothing made anew.")


def migrate(database: Database) -> None:
    """Bring the tables forward; each step is one transaction and counts when it is durable."""
    for number in range(version(database) + 1, LATEST + 1):
        text = resources.files("dsl_desk.store").joinpath("schema", STEPS[number - 1]).read_text(encoding="utf-8")
        with database.transaction(f"tables {number}"):
            database.script(text)
            database.rows(f"PRAGMA user_version={number}")
