"""Which cases Home opens: of each kind of thing the first few, what is overdue counted in full before what is not.

The index tells for every case what waits there and since when. Within one key of
clocks what began first is due first, so the first few of each key hold the first few
of all; only those cases are opened, be there a hundred or a hundred thousand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from dsl_desk.domain.moments import has_come
from dsl_desk.domain.waiting import Running, Wait, read_running
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.deadlines import By, DeadlineService
from dsl_desk.services.listing import READ_MOST, READ_OWN

DAYS_AHEAD: Final = 14
"""What is due later than so many days from now stands at its case or register alone."""
_LONGEST: Final = timedelta(days=1600)
"""No clock that began longer ago than this is still in time."""

Dated = tuple[datetime, StrandId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The cases that Home opens."""

    strands: tuple[StrandId, ...]
    more: bool
    """Whether more of any kind waits than was chosen."""


class WaitingCases:
    """Chooses the cases in which the most urgent things wait for the person signed in."""

    def __init__(self, book: CaseBook, deadlines: DeadlineService) -> None:
        self._book, self._deadlines = book, deadlines

    def first(self, most: int) -> Chosen:
        """Of each kind the first `most` cases; restricted ones that this person reads are looked at themselves."""
        desk, me = self._book.desk, self._book.me()
        restricted = [row.strand for row in desk.restricted_cases()]
        if me.role in READ_MOST:
            found, more = self._of_all(most)
        elif me.role in READ_OWN:
            accounts = {me.account, *self._book.school().accounts_of([me.person])}
            found, more = list(desk.own_waiting(tuple(accounts))), False
        else:
            found, more = [], False
        return Chosen(strands=tuple(dict.fromkeys((*restricted, *found))), more=more)

    def _of_all(self, most: int) -> tuple[list[StrandId], bool]:
        desk, account = self._book.desk, self._book.desk.me.account
        found: list[StrandId] = []
        more = False
        mine = {wait.of(account) for wait in (Wait.SESSION, Wait.JUDGE, Wait.SIGN_OFF)}
        mine |= {wait.value for wait in Wait}
        kinds = desk.waiting_kinds()
        for kind in kinds:
            if kind in mine:
                rows = desk.waiting_cases(kind, most + 1, latest_first=True)
                found += [strand for _, strand in rows[:most]]
                more = more or len(rows) > most
        late, near = self._dated(kinds, most)
        for dated in (late, near):
            first = list(dict.fromkeys(strand for _, strand in sorted(dated, key=_in_turn)))
            found += first[:most]
            more = more or len(first) > most
        return found, more

    def _dated(self, kinds: Iterable[str], most: int) -> tuple[list[Dated], list[Dated]]:
        """What is overdue and what is due soon: of every key of clocks at least the first of both."""
        now = self._book.now().local
        late: list[Dated] = []
        near: list[Dated] = []
        for kind in kinds:
            group = read_running(kind)
            by = self._deadlines.due_of(group) if group is not None else None
            if by is None or group is None:
                continue
            for at, strand in set(self._of_group(kind, group, by, now, most)):
                if has_come(at, now):
                    late.append((at, strand))
                elif is_near(at, now):
                    near.append((at, strand))
        return late, near

    def _of_group(self, kind: str, group: Running, by: By, now: datetime, most: int) -> Iterator[Dated]:
        """The first that are overdue, and the first that are not yet."""
        desk = self._book.desk
        rows = desk.waiting_cases(kind, most + 1)
        yield from _dated(rows, by)
        if len(rows) > most:
            turn = turn_of(group, by, now)
            yield from _dated(desk.waiting_cases(kind, most + 1, after=turn), by)


def _in_turn(dated: Dated) -> Dated:
    at, strand = dated
    return at.astimezone(UTC), strand


def _dated(rows: Iterable[tuple[str, StrandId]], by: By) -> Iterator[Dated]:
    for since, strand in rows:
        at = by(since)
        if at is not None:
            yield at, strand


def turn_of(group: Running, by: By, now: datetime) -> str:
    """From when on a clock of these must have begun so as to be in time now, in the letters of the index.

    Found by halving, to the second (to the day where days alone were told), or a little earlier.
    """
    early, late = now.astimezone(UTC) - _LONGEST, now.astimezone(UTC) + group.step
    while late - early > group.step:
        middle = early + (late - early) / 2
        at = by(group.letters(middle.astimezone(now.tzinfo)))
        if at is not None and has_come(at, now):
            early = middle
        else:
            late = middle
    return group.letters(late.astimezone(now.tzinfo))


def is_near(by: datetime, now: datetime) -> bool:
    """Whether something is due within the days that Home looks ahead."""
    return by.date() <= now.date() + timedelta(days=DAYS_AHEAD)
