"""The index of ordinary cases: a list, links and full-text search, written with the entries they come from.

Everything here can be dropped and made anew from the journal. Restricted strands
never stand in it, in no row and no free page.
"""

import json
import re
from collections.abc import Iterable
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.links import link_key
from dsl_desk.domain.words import CaseRef, PersonId, StrandId
from dsl_desk.store.connection import Database
from dsl_desk.store.index_letters import LIKE, LettersIndex, like_values
from dsl_desk.store.index_query import Where, filters, fits
from dsl_desk.store.index_values import (
    NAME_LINK,
    NAME_PARTS,
    REGISTER_LINK,
    case_row,
    case_values,
    link_values,
    searchable,
    waiting_values,
)
from dsl_desk.store.index_waiting import WaitingIndex
from dsl_desk.store.values import CasePage, CaseQuery, CaseRow, Hit, Link

_FULL_TEXT_FROM: Final = 3
"""From so many letters on, words are also looked for in the entries; fewer stand in nearly all of them."""
_NEWEST_HITS: Final = 500
_AT_ONCE: Final = 500
"""Lines asked for at least: where fewer fit, the list was read once and need not be read again to be counted."""
_RANKED: Final = 5_000
"""Entries, the newest that the words stand in, among which the best are looked for."""
MOST_FOUND: Final = 500
"""Cases counted at most where words are looked for: whoever finds so many types on."""
_COUNTS: Final = 64
_LAST: Final = "\U0010ffff"
"""Comes after every letter."""


class Index:
    """What lists and search read; the journal stays the truth."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.waiting = WaitingIndex(database)
        self.letters = LettersIndex(database)
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
        self.letters.refresh(strand, case)

    def remove(self, strand: StrandId) -> None:
        """Take a strand out of everything here."""
        seqs = self._database.rows("SELECT seq FROM entry WHERE strand = ?", (strand,))
        self._database.many("DELETE FROM search WHERE rowid = ?", seqs)
        self._database.execute("DELETE FROM case_index WHERE strand = ?", (strand,))
        self._database.execute("DELETE FROM link_index WHERE strand = ?", (strand,))
        self.waiting.remove(strand)
        self.letters.remove(strand)

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
        self.letters.clear()

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
            and self.letters.holds(strand, case)
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
        source, values = self._source(query)
        direction = "DESC" if query.descending else "ASC"
        at_once = max(query.limit, _AT_ONCE)
        found = self._database.rows(
            "SELECT strand, reference, state, grade, category, site, opened_at_utc, changed_at_utc, opened_by, title,"  # noqa: S608 - columns of ours, values bound
            f" seq FROM {source} ORDER BY {query.sort.value} {direction}, strand LIMIT ? OFFSET ?",
            (*values, at_once, query.offset),
        )
        total, words = query.offset + len(found), bool(query.words.strip())
        if query.offset or len(found) >= at_once:  # else everything was seen, and is counted
            enough = words and len(found) >= MOST_FOUND
            total = MOST_FOUND if enough else self._count(source, values, MOST_FOUND if words else -1)
        fitting = sorted(
            (row for row in restricted if fits(query, row)),
            key=lambda row: (getattr(row, query.sort.value), row.strand),
            reverse=query.descending,
        )
        return CasePage(
            rows=tuple(case_row(row, restricted=False) for row in found[: query.limit]),
            total=total,
            more=words and total >= MOST_FOUND,
            restricted=tuple(fitting),
        )

    def _source(self, query: CaseQuery) -> Where:
        """What a list is read from: where few cases can fit the words, these alone, each by its own line."""
        where, values = filters(query)
        typed = query.words.strip()
        if not typed:
            return f"case_index{f' WHERE {where}' if where else ''}", values
        told, named = self._told(typed), self.letters.found(typed)
        if named is not None:
            few, more = json.dumps(sorted({*named, *told})), f" WHERE {where}" if where else ""
            return f"json_each(?) CROSS JOIN case_index ON strand = value{more}", (few, *values)
        words = f"{LIKE} OR strand IN (SELECT value FROM json_each(?))"  # noqa: S608 - words of ours, values bound
        every = f"({where}) AND ({words})" if where else words
        return f"case_index WHERE {every}", (*values, *like_values(typed), json.dumps(told))

    def _told(self, typed: str) -> list[str]:
        """Cases of the newest entries that all these words begin in; short words are looked for in no entry."""
        asked = " ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", typed) if len(word) >= _FULL_TEXT_FROM)
        if not asked:
            return []
        found = self._database.rows(
            "SELECT strand FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (asked, _NEWEST_HITS)
        )
        return sorted({row[0] for row in found})

    def _count(self, source: str, values: tuple[str | int, ...], most: int = -1) -> int:
        """How many cases fit; counted once while nothing is written, for a list is looked at again and again."""
        changes, asked = self._database.changes, (source, values)
        if changes != self._counted_at or self._database.in_transaction:
            self._counts.clear()
            self._counted_at = changes
        if asked not in self._counts:
            fitting = f"SELECT 1 FROM {source} LIMIT ?"  # noqa: S608 - columns of ours, values bound
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
