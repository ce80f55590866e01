"""The access log: who opened which case when, for the data protection officer and those who lead (flows 11; P-201).

It shows no content: no name of a pupil, no category, no words. A case that its reader
is shut out of leaves no line; a restricted one shows to its own readers alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from dsl_desk.domain.access import OPENED_REASON, RECORD, AccessKind, access_of
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.dates import date_words, month_name
from dsl_desk.domain.errors import InputError, ProcedureError, StoreError
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.people import may_read_access_log
from dsl_desk.domain.words import StrandId
from dsl_desk.exports.pack.tables import table_bytes
from dsl_desk.exports.papers.access_log import AccessLog
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.printing import Page, PrintingService

NOT_YOURS: Final = "The access log is for the data protection officer, the DSL and the Headteacher."
HINT: Final = "Cases that are open to whoever reads this. No word of what stands in them."
EMPTY: Final = "Nobody opened a case in this time."
MOST_DAYS: Final = 400


class Reader(Protocol):
    """Where the entries of a period come from."""

    def between(self, since: datetime, until: datetime) -> Iterator[tuple[StrandId, Recorded]]:
        """Entries of every strand that this person can read, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From one day to another, both whole."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One access, in words."""

    when: str
    who: str
    post: str
    reference: str
    what: AccessKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSeen:
    """The log of a period, the newest first."""

    period: Period
    lines: tuple[AccessLine, ...]


class AccessLogService:
    """Notes that a case was opened, and tells it to who may know."""

    def __init__(self, book: CaseBook, printing: PrintingService, reader: Reader) -> None:
        self._book, self._printing, self._reader = book, printing, reader
        self._noted: set[StrandId] = set()

    def note_opened(self, strand: StrandId) -> bool:
        """Record that this person opened a case, once for each time they sign in; gives whether it is on record.

        Nothing keeps somebody from a case because of it: on a full disk, on an older
        state that is only looked at, or while this laptop is stopped it stays unwritten.
        """
        if strand in self._noted:
            return True
        self._book.load(strand)  # raises where it is not theirs to read
        told = Viewed(what=RECORD, reason=OPENED_REASON)
        try:
            self._book.record(strand, lambda case, me: case.note_view(me, told))
        except (StoreError, ProcedureError):
            return False
        self._noted.add(strand)
        return True

    def may_see(self) -> bool:
        """Whether the person signed in may see the log."""
        return may_read_access_log(self._book.me())

    def last_days(self, days: int) -> Period:
        """The period that ends today."""
        today = self._book.now().local.date()
        return Period(since=today - timedelta(days=days - 1), until=today)

    def see(self, period: Period) -> AccessSeen:
        """The log of a period; raises ProcedureError for whom it is not, InputError for days that make no sense."""
        if not self.may_see():
            raise ProcedureError(NOT_YOURS)
        if not timedelta(0) <= period.until - period.since <= timedelta(days=MOST_DAYS):
            raise InputError(f"Choose a first day, and a last day no more than {MOST_DAYS} days after it.")
        return AccessSeen(period=period, lines=tuple(reversed(tuple(self._lines(period)))))

    def _lines(self, period: Period) -> Iterator[AccessLine]:
        school, zone = self._book.school(), self._book.now().local.tzinfo
        since = datetime.combine(period.since, time(0), zone)
        until = datetime.combine(period.until + timedelta(days=1), time(0), zone)
        references: dict[StrandId, str] = {}
        for strand, recorded in self._reader.between(since, until):
            what = access_of(recorded.payload.data) if recorded.payload else None
            if what is None or recorded.payload is None:
                continue
            if strand not in references:
                references[strand] = self._reference(strand)
            for account in recorded.payload.by if references[strand] else ():
                yield AccessLine(
                    when=_when(recorded.payload.at_local),
                    who=school.names.get(account, "a former account holder"),
                    post=school.title(account) if account in school.roles else "",
                    reference=references[strand],
                    what=what,
                )

    def _reference(self, strand: StrandId) -> str:
        """The reference of a case, empty where its reader is one whom it is about."""
        case, me = self._book.desk.case(strand), self._book.me()
        barred = me.person in case.subjects or me.account in case.subject_accounts
        return "" if barred else _ref(case)

    # -- out

    def table(self, period: Period) -> Page:
        """The log as a table (CSV) in which no cell can run."""
        self._book.switch.ask_laptop()
        rows = [("When", "Who", "Post", "Case", "What")]
        rows += [(one.when, one.who, one.post, one.reference, one.what.value) for one in self.see(period).lines]
        return Page(name="access-log.csv", pdf=table_bytes(rows))

    def paper(self, period: Period) -> Page:
        """The log on paper."""
        seen = self.see(period)
        paper = AccessLog(
            period=f"{date_words(period.since)} to {date_words(period.until)}",
            hint=HINT,
            rows=tuple((one.when, one.who, one.reference, one.what.value) for one in seen.lines),
            empty=EMPTY,
        )
        return self._printing.desk_paper("access-log.pdf", paper, "Access log")


def _ref(case: Case) -> str:
    return case.ref or "A case without a reference"


def _when(at_local: str) -> str:
    """When, by the school's clock, short enough for a column: 21 Nov 2026, 14:02."""
    try:
        at = datetime.fromisoformat(at_local)
    except ValueError:
        return at_local
    return f"{at.day} {month_name(at)[:3]} {at.year}, {at:%H:%M}"
