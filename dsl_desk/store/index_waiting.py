"""What waits in ordinary cases, by kind and time: Home reads the first few of each kind and opens only those cases.

Derived like the rest of the index: written in the transaction of the entries it comes
from, made anew with it, and gone with every strand that is restricted or disposed of.
"""

from collections.abc import Sequence

from dsl_desk.domain.case import Case
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.store.connection import Database
from dsl_desk.store.index_values import REVIEWER_LINK, WaitingValues, waiting_values


class WaitingIndex:
    """The table of what waits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refresh(self, strand: StrandId, case: Case) -> None:
        """Write what waits in a case as it is now; rows that stay are not touched."""
        before, now = self.of(strand), waiting_values(case)
        self._database.many(
            "DELETE FROM waiting_index WHERE kind = ? AND since = ? AND strand = ?",
            ((*gone, strand) for gone in before - now),
        )
        self._database.many(
            "INSERT INTO waiting_index (kind, since, strand) VALUES (?, ?, ?)", ((*new, strand) for new in now - before)
        )

    def of(self, strand: StrandId) -> frozenset[WaitingValues]:
        """What is kept of one case."""
        found = self._database.rows("SELECT kind, since FROM waiting_index WHERE strand = ?", (strand,))
        return frozenset((kind, since) for kind, since in found)

    def remove(self, strand: StrandId) -> None:
        """Take a strand out."""
        self._database.execute("DELETE FROM waiting_index WHERE strand = ?", (strand,))

    def clear(self) -> None:
        """Drop all of it; belongs in the transaction that fills it again."""
        self._database.execute("DELETE FROM waiting_index")

    def kinds(self) -> tuple[str, ...]:
        """Every kind of thing that waits anywhere; a step in the index for each, however many cases there are."""
        found = self._database.rows(
            "WITH RECURSIVE known(kind) AS (SELECT min(kind) FROM waiting_index UNION ALL"
            " SELECT (SELECT min(kind) FROM waiting_index WHERE kind > known.kind) FROM known"
            " WHERE known.kind IS NOT NULL) SELECT kind FROM known WHERE kind IS NOT NULL"
        )
        return tuple(row[0] for row in found)

    def cases(
        self, kind: str, limit: int, *, after: str = "", latest_first: bool = False
    ) -> tuple[tuple[str, StrandId], ...]:
        """The first cases in which one kind of thing waits, each with the time; `after` is the earliest asked for."""
        direction = "DESC" if latest_first else "ASC"
        found = self._database.rows(
            "SELECT since, strand FROM waiting_index WHERE kind = ? AND since >= ?"  # noqa: S608 - words of ours, values bound
            f" ORDER BY since {direction}, strand LIMIT ?",
            (kind, after, limit),
        )
        return tuple((since, StrandId(strand)) for since, strand in found)

    def own(self, accounts: Sequence[AccountId]) -> tuple[StrandId, ...]:
        """Cases in which anything waits and that one of these accounts opened or reviews: all that some may read."""
        marks = ", ".join("?" * len(accounts))
        found = self._database.rows(
            f"SELECT DISTINCT w.strand FROM case_index c JOIN waiting_index w ON w.strand = c.strand"  # noqa: S608 - marks alone
            f" WHERE +c.opened_by IN ({marks}) UNION SELECT DISTINCT w.strand FROM link_index l"
            f" JOIN waiting_index w ON w.strand = l.strand WHERE l.kind = ? AND l.value IN ({marks})",
            (*accounts, REVIEWER_LINK, *accounts),
        )
        return tuple(StrandId(row[0]) for row in found)
