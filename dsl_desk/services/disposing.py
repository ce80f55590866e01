"""Records whose time is over: closed cases that nothing asks to keep, disposed of by two people (flows section 14)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.destroying import kept_for_police
from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.retention import CHECKS, kept_by
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_day
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.services.school import School
from dsl_desk.store.values import CLOSED, CaseQuery, CaseRow, CaseSort

__all__ = ["CHECKS", "DisposingService", "Over"]

_PAGE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A closed case whose keeping is over."""

    strand: StrandId
    reference: str
    kept_as: str
    """The class it was kept under, in the policy's words."""
    until: str
    closed: str

    @property
    def words(self) -> str:
        """Why it may go, in a sentence."""
        return f"Closed {self.closed}. Kept as “{self.kept_as}” until {self.until}."


class DisposingService:
    """Finds what may be disposed of; the disposing itself is `DestroyingService.dispose`. Nothing goes by itself."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def over(self, progress: Progress | None = None) -> tuple[Over, ...]:
        """Every closed case that this person reads and that nothing asks to keep, what was closed first on top.

        Raises StoreError where one of them is damaged: nothing is destroyed in a desk that is not whole.
        """
        told = progress or NoProgress()
        return tuple(found for row in self._closed(told) if (found := self._of(row.strand)) is not None)

    def one(self, strand: StrandId) -> Over | None:
        """The same of one case; None where it is still to be kept. Raises NotReadableError."""
        return _over(self._book.load(strand), strand, self._book.school(), self._book.today())

    def _closed(self, progress: Progress) -> Iterator[CaseRow]:
        seen, total = 0, 1
        while seen < total:
            page = self._book.desk.cases(
                CaseQuery(states=(CLOSED,), sort=CaseSort.CHANGED, descending=False, offset=seen, limit=_PAGE)
            )
            if seen == 0:
                yield from (row for row in page.restricted if row.state == CLOSED)
            total = page.total
            for row in page.rows:
                seen += 1
                progress.report(seen, total)
                yield row
            if not page.rows:
                return

    def _of(self, strand: StrandId) -> Over | None:
        try:
            return self.one(strand)
        except NotReadableError:
            return None


def _over(case: Case, strand: StrandId, school: School, today: str) -> Over | None:
    closed = case.latest(CaseClosed)
    if kept_for_police(case):
        return None
    if closed is None or not case.closed or not kept_by(closed.data).may_be_disposed(date.fromisoformat(today)):
        return None
    profile = school.profile_of(case) or school.procedure
    title = next((one.title for one in profile.retention if one.id == closed.data.retention), closed.data.retention)
    return Over(
        strand=strand, reference=case.ref, kept_as=title, until=local_day(closed.data.keep_until),
        closed=local_day(closed.at_local),
    )  # fmt: skip
