"""Parts of references and first lines, found by groups of three letters: what is typed into the list of cases.

Derived like the rest of the index: written in the transaction of the entries it comes
from, made anew with it, and gone with every strand that is restricted or disposed of.
The groups only narrow down; what fits is decided by the same comparison as without them.
"""

import re
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.words import StrandId
from dsl_desk.store.connection import Database
from dsl_desk.store.index_values import letter_values

_GROUP: Final = 3
_READ: Final = 24
"""Letters of what is typed that are looked up; more would not narrow it down any further."""
_FEW: Final = 2_000
"""Cases that are looked at one by one; where more fit, the list read in its order soon has enough of them."""
LIKE: Final = "reference LIKE ? ESCAPE '~' OR title LIKE ? ESCAPE '~'"
"""What part of a reference or title means: capital or small, for a to z alone."""


class LettersIndex:
    """The table of groups of letters."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._there: bool | None = None

    @property
    def is_there(self) -> bool:
        """Whether these records have the table; older ones that are only looked at have not."""
        if self._there is None:
            self._there = self._database.one("SELECT 1 FROM sqlite_schema WHERE name = 'case_letters'") is not None
        return self._there

    def refresh(self, strand: StrandId, case: Case) -> None:
        """Write a case's line as it is now; one that stays is not touched."""
        now = letter_values(case)
        if now is None or self._row(now[0]) == (*now, strand):
            return
        self._database.execute(
            "INSERT OR REPLACE INTO case_letters (rowid, reference, title, strand) VALUES (?, ?, ?, ?)", (*now, strand)
        )

    def holds(self, strand: StrandId, case: Case) -> bool:
        """Whether what is kept of a case is what its journal says."""
        now = letter_values(case)
        return now is None or self._row(now[0]) == (*now, strand)

    def _row(self, seq: int) -> tuple[int, str, str, str] | None:
        found = self._database.one("SELECT rowid, reference, title, strand FROM case_letters WHERE rowid = ?", (seq,))
        return (found[0], found[1], found[2], found[3]) if found else None

    def rows(self) -> frozenset[int]:
        """The number of every row: that of a case's first entry."""
        return frozenset(row[0] for row in self._database.rows("SELECT rowid FROM case_letters"))

    def remove(self, strand: StrandId) -> None:
        """Take a strand out."""
        self._database.execute(
            "DELETE FROM case_letters WHERE rowid = (SELECT seq FROM entry WHERE strand = ? AND strand_seq = 1)",
            (strand,),
        )

    def clear(self) -> None:
        """Drop all of it; belongs in the transaction that fills it again."""
        self._database.execute("DELETE FROM case_letters")

    def found(self, typed: str) -> frozenset[StrandId] | None:
        """Cases in whose reference or title this stands; None where so few letters or so many cases are better read."""
        asked = groups(typed)
        if not asked or not self.is_there:
            return None
        many = "SELECT 1 FROM case_letters WHERE case_letters MATCH ? LIMIT 1 OFFSET ?"
        if self._database.one(many, (asked, _FEW)) is not None:
            return None
        found = self._database.rows(
            f"SELECT strand FROM case_letters WHERE case_letters MATCH ? AND ({LIKE})",  # noqa: S608 - words of ours, values bound
            (asked, *like_values(typed)),
        )
        return frozenset(StrandId(row[0]) for row in found)


def like_values(typed: str) -> tuple[str, str]:
    """What `LIKE` asks for: letters as letters, never as signs of a pattern."""
    part = "%" + re.sub(r"([%_~])", r"~\1", typed) + "%"
    return part, part


def groups(typed: str) -> str:
    """Every group of three letters of what is typed, as a question to the table; empty where there is none.

    A character that ends a text for the database leaves the question to `LIKE` alone.
    """
    if "\0" in typed:
        return ""
    letters = typed[:_READ]
    found = dict.fromkeys(letters[at : at + _GROUP] for at in range(len(letters) - _GROUP + 1))
    return " ".join('"' + group.replace('"', '""') + '"' for group in found)
