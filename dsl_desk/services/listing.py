"""Lists and search: only what its reader may read stands in them, and counts count only that (flows sections 5, 11)."""

from dataclasses import replace

from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.words import AccountId, Role, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.store.values import CasePage, CaseQuery, CaseRow, Hit

READ_MOST = frozenset({Role.DSL, Role.DEPUTY, Role.HEADTEACHER})
"""Roles that read every ordinary case that does not bar them; such a case is restricted and in no index."""
READ_OWN = frozenset({Role.OSL, Role.SENIOR})
"""Roles that read only what they opened or review."""
_ALL = 100_000


class ListingService:
    """The list of cases and the search, for the person signed in."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def cases(self, query: CaseQuery) -> CasePage:
        """A page of the list; the total counts what this person may read and nothing else."""
        desk = self._book.desk
        if self._book.me().role in READ_MOST:
            page = desk.cases(query)
            return replace(page, rows=self._readable(page.rows), restricted=self._readable(page.restricted))
        if self._book.me().role is Role.DPO:  # reads the access log; no case is folded to find that out
            page = desk.cases(replace(query, offset=0, limit=1))
            return CasePage(rows=(), total=0, restricted=self._readable(page.restricted))
        page = desk.cases(replace(query, offset=0, limit=_ALL, own=self._own()))
        rows = self._readable(page.rows)
        shown = rows[query.offset : query.offset + query.limit]
        return CasePage(rows=shown, total=len(rows), restricted=self._readable(page.restricted))

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Entries that these words stand in, of cases this person may read."""
        return tuple(hit for hit in self._book.desk.search(words, limit) if self._may_read(hit.strand))

    def _own(self) -> tuple[AccountId, ...] | None:
        """Accounts whose cases are all that this person may read, so that the database leaves out the others."""
        me = self._book.me()
        if me.role not in READ_OWN:
            return None
        return tuple({me.account, *self._book.school().accounts_of([me.person])})

    def _readable(self, rows: tuple[CaseRow, ...]) -> tuple[CaseRow, ...]:
        return tuple(row for row in rows if self._may_read(row.strand))

    def _may_read(self, strand: StrandId) -> bool:
        try:
            self._book.load(strand)
        except NotReadableError:
            return False
        return True
