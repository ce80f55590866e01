"""The index of ordinary cases: a list, links and full-text search, written with the entries they come from.

Everything here can be dropped and made anew from the journal. Restricted strands
never stand in it, in no row and no free page.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.links import link_key
from dsl_desk.domain.words import AccountId, CaseRef, PersonId, StrandId
from dsl_desk.store.connection import Database
from dsl_desk.store.index_values import (
    NAME_LINK,
    NAME_PARTS,
    REGISTER_LINK,
    REVIEWER_LINK,
    case_row,
    case_values,
    link_values,
    searchable,
    waiting_values,
)
from dsl_desk.store.index_waiting import WaitingIndex
from dsl_desk.store.values import CasePage, CaseQuery, CaseRow, CaseSort, Hit, Link

_FULL_TEXT_FROM: Final = 3
"""From so many letters on, words are also looked for in the entries; fewer stand in nearly all of them."""
_NEWEST_HITS: Final = 500
_AT_ONCE: Final = 600
"""Lines asked for at least: where fewer fit, the list was read once and need not be read again to be counted."""
_RANKED: Final = 5_000
"""Entries, the newest that the words stand in, among which the best are looked for."""
MOST_FOUND: Final = 1_000
"""Cases counted at most where words are looked for: whoever finds so many types on."""
_COUNTS: Final = 64
_LAST: Final = "\U0010ffff"
"""Comes after every letter."""


class Index:
    """What lists and search read; the journal stays the truth."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.waiting = WaitingIndex(database)
        self._counts: dict[tuple[str, tuple[str | int, ...]], int] = {}
        self._counted_at = -1

    def note(self, strand: StrandId, recorded: Recorded) -> None:
        """Put a new entry's words into the search, and what it is the first to name into the links."""
        for seq, words, kind in searchable((recorded,)):
            self._database.execute(
                "INSERT INTO search (rowid, words, strand, kind) VALUES (?, ?, ?, ?)", (seq, words, strand, kind)
            )
        for link in link_values((recorded,)):
            self._database.execute(
                "INSERT OR IGNORE INTO link_index (strand, kind, value, seq) VALUES (?, ?, ?, ?)", (strand, *link)
            )

    def refresh(self, strand: StrandId, case: Case) -> None:
        """Write a case's line of the list as it is now; a register has none."""
        line = case_values(case)
        if line is None:
            return
        self._database.execute(
            "INSERT OR REPLACE INTO case_index (strand, reference, state, grade, category, site, opened_at_utc,"
            " changed_at_utc, opened_by, title, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (strand, *line),
        )
        self.waiting.refresh(strand, case)

    def remove(self, strand: StrandId) -> None:
        """Take a strand out of everything here."""
        seqs = self._database.rows("SELECT seq FROM entry WHERE strand = ?", (strand,))
        self._database.many("DELETE FROM search WHERE rowid = ?", seqs)
        self._database.execute("DELETE FROM case_index WHERE strand = ?", (strand,))
        self._database.execute("DELETE FROM link_index WHERE strand = ?", (strand,))
        self.waiting.remove(strand)

    def fill(self, strand: StrandId, case: Case) -> None:
        """Put a whole strand in, where nothing of it stands yet."""
        for recorded in case.entries:
            self.note(strand, recorded)
        self.refresh(strand, case)

    def clear(self) -> None:
        """Drop all of it; belongs in the transaction that fills it again."""
        self._database.execute("DELETE FROM search")
        self._database.execute("DELETE FROM case_index")
        self._database.execute("DELETE FROM link_index")
        self.waiting.clear()

    def equals(self, strand: StrandId, case: Case) -> bool:
        """Whether what is kept of a strand is what its journal says."""
        line = self._database.one(
            "SELECT reference, state, grade, category, site, opened_at_utc, changed_at_utc, opened_by, title, seq"
            " FROM case_index WHERE strand = ?",
            (strand,),
        )
        links = self._database.rows("SELECT kind, value, seq FROM link_index WHERE strand = ?", (strand,))
        found = self._database.rows(
            "SELECT s.rowid, s.words, s.kind, s.strand FROM entry e JOIN search s ON s.rowid = e.seq"
            " WHERE e.strand = ?",
            (strand,),
        )
        return (
            line == case_values(case)
            and self.waiting.of(strand) == waiting_values(case)
            and set(links) == set(link_values(case.entries))
            and sorted(found) == [(seq, words, kind, strand) for seq, words, kind in searchable(case.entries)]
        )

    def strands(self) -> frozenset[StrandId]:
        """Every strand that anything here names."""
        found = self._database.rows(
            "SELECT strand FROM case_index UNION SELECT strand FROM link_index UNION SELECT strand FROM waiting_index"
        )
        return frozenset(StrandId(row[0]) for row in found)

    def searchable_seqs(self) -> frozenset[int]:
        """Every entry whose words stand in the search."""
        return frozenset(row[0] for row in self._database.rows("SELECT rowid FROM search"))

    def find(self, reference: CaseRef) -> list[StrandId]:
        """Ordinary cases of that reference: one, or twins."""
        found = self._database.rows("SELECT strand FROM case_index WHERE reference = ? ORDER BY seq", (reference,))
        return [StrandId(row[0]) for row in found]

    def register(self, name: str) -> StrandId | None:
        """The ordinary register of that name."""
        found = self._database.one(
            "SELECT strand FROM link_index WHERE kind = ? AND value = ? ORDER BY seq", (REGISTER_LINK, name)
        )
        return StrandId(found[0]) if found else None

    def cases(self, query: CaseQuery, restricted: Iterable[CaseRow]) -> CasePage:
        """A page of the list, filtered and ordered by the database."""
        where, values = _filters(query)
        direction = "DESC" if query.descending else "ASC"
        found = self._database.rows(
            "SELECT strand, reference, state, grade, category, site, opened_at_utc, changed_at_utc, opened_by, title,"  # noqa: S608 - columns of ours, values bound
            f" seq FROM case_index{where}"
            f" ORDER BY {query.sort.value} {direction}, strand LIMIT ? OFFSET ?",
            (*values, max(query.limit, _AT_ONCE), query.offset),
        )
        total = query.offset + len(found)
        if query.offset or len(found) >= max(query.limit, _AT_ONCE):  # else everything was seen, and is counted
            total = self._total(query, found)
        fitting = sorted(
            (row for row in restricted if _fits(query, row)),
            key=lambda row: (getattr(row, query.sort.value), row.strand),
            reverse=query.descending,
        )
        return CasePage(
            rows=tuple(case_row(row, restricted=False) for row in found[: query.limit]),
            total=total,
            more=bool(query.words.strip()) and total >= MOST_FOUND,
            restricted=tuple(fitting),
        )

    def _total(self, query: CaseQuery, found: Sequence[Sequence[str]]) -> int:
        """How many cases fit; those that words were looked for in are counted so far as anybody would turn pages."""
        where, values = _filters(query)
        if not query.words.strip():
            return self._count(where, values)
        if query.offset or query.sort is not CaseSort.CHANGED or not query.descending:
            return self._count(where, values, MOST_FOUND)
        strand, changed = found[-1][0], found[-1][7]  # in the usual order what was found already is not read again
        behind = f"{where} AND changed_at_utc <= ? AND (changed_at_utc < ? OR strand > ?)"
        return len(found) + self._count(behind, (*values, changed, changed, strand), max(0, MOST_FOUND - len(found)))

    def _count(self, where: str, values: tuple[str | int, ...], most: int = -1) -> int:
        """How many cases fit; counted once while nothing is written, for a list is looked at again and again."""
        changes, asked = self._database.changes, (where, values)
        if changes != self._counted_at or self._database.in_transaction:
            self._counts.clear()
            self._counted_at = changes
        if asked not in self._counts:
            fitting = f"SELECT 1 FROM case_index{where} LIMIT ?"  # noqa: S608 - columns of ours, values bound
            found = self._database.rows(f"SELECT count(*) FROM ({fitting})", (*values, most))  # noqa: S608 - as above
            self._counts[asked] = int(found[0][0])
            while len(self._counts) > _COUNTS:
                del self._counts[next(iter(self._counts))]
        return self._counts[asked]

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Entries that all these words stand in, best first; words are taken as plain words, never as a query.

        Words that stand in very many entries are ranked among the newest of them alone:
        to weigh half a million of them takes seconds and tells nobody anything.
        """
        asked = " ".join(f'"{word}"' for word in re.findall(r"\w+", words))
        if not asked:
            return ()
        older = self._database.one(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", (asked, _RANKED)
        )
        found = self._database.rows(
            "SELECT rowid, strand, kind, snippet(search, 0, char(2), char(3), '…', 16) FROM search"
            " WHERE search MATCH ? AND rowid > ? ORDER BY rank LIMIT ?",
            (asked, older[0] if older else 0, limit),
        )
        return tuple(
            Hit(seq=seq, strand=StrandId(strand), kind=kind, snippet=text) for seq, strand, kind, text in found
        )

    def links(self, kind: str, value: str) -> tuple[Link, ...]:
        """Ordinary cases that name a person, device, address or online name, however it is typed."""
        found = self._database.rows(
            "SELECT strand, seq FROM link_index WHERE kind = ? AND value = ? ORDER BY seq",
            (kind, link_key(kind, value)),
        )
        return tuple(Link(strand=StrandId(strand), kind=kind, value=value, seq=seq) for strand, seq in found)

    def named(self, letters: str, limit: int) -> tuple[tuple[PersonId, StrandId], ...]:
        """Persons of ordinary cases one of whose names begins so, each with one case that names them.

        Read from one index alone and no further than the limit, so that two letters
        are as quick among 100,000 cases as among ten.
        """
        start = letters.casefold()[:40]
        if not start:
            return ()
        found = self._database.rows(
            "SELECT value, min(strand) FROM link_index WHERE kind = ? AND value >= ? AND value < ?"
            " GROUP BY value ORDER BY value LIMIT ?",
            (NAME_LINK, start, f"{start}{_LAST}", limit),
        )
        return tuple((PersonId(value.partition(NAME_PARTS)[2]), StrandId(strand)) for value, strand in found)


# The plus before a column keeps the planner from jumping about in an index of that column: with pages that are
# decrypted one by one, reading `case_by_change` from end to end is a hundred times as fast.
def _filters(query: CaseQuery) -> tuple[str, tuple[str | int, ...]]:
    parts: list[str] = []
    values: list[str | int] = []
    for column, wanted in (
        ("state", query.states),
        ("grade", query.grades),
        ("category", query.categories),
        ("site", query.sites),
    ):
        if wanted:
            parts.append(f"+{column} IN (?{', ?' * (len(wanted) - 1)})")
            values.extend(wanted)
    if query.reference:
        parts.append("instr(reference, ?) > 0")
        values.append(query.reference)
    for more, bound in (_words_filter(query.words), _person_filter(query.person), _own_filter(query.own)):
        parts.extend(more)
        values.extend(bound)
    return (" WHERE " + " AND ".join(parts) if parts else ""), tuple(values)


def _words_filter(words: str) -> tuple[list[str], list[str | int]]:
    """Part of reference or title; from three letters on also the newest entries that the words stand in."""
    typed = words.strip()
    if not typed:
        return [], []
    part = "%" + re.sub(r"([%_~])", r"~\1", typed) + "%"
    found = "reference LIKE ? ESCAPE '~' OR title LIKE ? ESCAPE '~'"
    asked = " ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", typed) if len(word) >= _FULL_TEXT_FROM)
    if not asked:
        return [f"({found})"], [part, part]
    hits = "SELECT strand FROM (SELECT strand FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)"
    return [f"({found} OR strand IN ({hits}))"], [part, part, asked, _NEWEST_HITS]


def _person_filter(person: str | None) -> tuple[list[str], list[str | int]]:
    if not person:
        return [], []
    reviews = "SELECT strand FROM link_index WHERE kind = ? AND value = ?"
    return [f"(opened_by = ? OR strand IN ({reviews}))"], [person, REVIEWER_LINK, person]


def _own_filter(own: tuple[AccountId, ...] | None) -> tuple[list[str], list[str | int]]:
    """Cases that one of these accounts opened or reviews; none at all where there is no such account."""
    if own is None:
        return [], []
    marks = ", ".join("?" * len(own))
    reviews = f"SELECT strand FROM link_index WHERE kind = ? AND value IN ({marks})"  # noqa: S608 - marks alone
    return [f"(+opened_by IN ({marks}) OR strand IN ({reviews}))"], [*own, REVIEWER_LINK, *own]


def _fits(query: CaseQuery, row: CaseRow) -> bool:
    words = query.words.strip().casefold()
    return (
        (not words or words in row.reference.casefold() or words in row.title.casefold())
        and (not query.states or row.state in query.states)
        and (not query.grades or row.grade in query.grades)
        and (not query.categories or row.category in query.categories)
        and (not query.sites or row.site in query.sites)
        and query.reference in row.reference
    )
