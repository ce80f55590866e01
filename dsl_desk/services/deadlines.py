"""What is due in cases, for Home and for the place of a case; a missed deadline is put on record with its reason."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache

from dsl_desk.domain.case import Case
from dsl_desk.domain.deadlines import CaseDeadline, Standing, deadlines, due_words, explain, rule_for, waiting
from dsl_desk.domain.deadlines_calendar import SchoolCalendar
from dsl_desk.domain.deadlines_clocks import DeadlineKind
from dsl_desk.domain.deadlines_terms import rules_of, urgent_rule
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.waiting import Running
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.deadline_words import DeadlineSeen, key_of, seen_of, title_of, what_of
from dsl_desk.services.due import Due
from dsl_desk.services.school_days import DaysRead, lado_days

By = Callable[[str], datetime | None]
"""By when a clock of one kind has to be met, by when it began."""


class DeadlineService:
    """Counts what is due for the person signed in; nothing is kept beside the journal."""

    def __init__(self, book: CaseBook) -> None:
        self._book, self._days = book, DaysRead()

    def calendar(self, site: str = "") -> SchoolCalendar:
        """The days of a site as the settings tell them; the school's own where the site has none or is not known."""
        return self._days.calendar(self._book.school(), date.fromisoformat(self._book.today()), site)

    def of(self, case: Case) -> tuple[CaseDeadline, ...]:
        """Every deadline of a case now."""
        school, site = self._book.school(), case.opened.site if case.opened else ""
        return deadlines(
            case, school.profile_of(case), self.calendar(site), self._book.now().local, lado_days=lado_days(school)
        )

    def due_of(self, group: Running) -> By | None:
        """By when a clock of one kind of the index has to be met, by when it began; None where nothing counts it.

        The index knows no sites: the earliest by any site's days is taken, so that no case is looked at too late.
        """
        school, now = self._book.school(), self._book.now().local
        calendars = self._days.calendars(school, date.fromisoformat(self._book.today())).values()
        profile = school.profile_named(group.policy, group.version)
        rules, urgent = rules_of(profile, lado_days(school)), urgent_rule(profile)
        if not group.said and rule_for(group.clock(""), rules, urgent) is None:
            return None

        @cache
        def by(since: str) -> datetime | None:
            found = (group.due(since, rules, urgent, calendar, now) for calendar in calendars)
            return min((due.by for due in found if due), key=lambda at: at.astimezone(UTC), default=None)

        return by

    def see(self, case: Case) -> tuple[DeadlineSeen, ...]:
        """The deadlines of a case for its place: what is late first; those kept in time are left out."""
        now = self._book.now().local
        return tuple(seen_of(one, now) for one in self.of(case) if one.standing is not Standing.MET)

    def of_home(self, case: Case, strand: StrandId) -> Iterator[tuple[DeadlineKind, Due]]:
        """What is due in a case, for Home."""
        now = self._book.now().local
        for one in waiting(self.of(case)):
            yield one.clock.kind, Due(
                title=f"{title_of(one)}: {case.ref}", what=what_of(one), by=one.due.by, when=due_words(one.due, now),
                late=one.standing is Standing.LATE, strand=strand,
            )  # fmt: skip

    def explain(self, strand: StrandId, key: str, reason: str, next_step: str = "") -> Case:
        """Write down why a deadline was missed, in the name of who is signed in; from then on nothing asks again."""
        one = next((one for one in self.of(self._book.load(strand)) if key_of(one) == key), None)
        if one is None:
            raise ProcedureError("This deadline does not run any more. Look at the case again.")
        missed = explain(one, what=title_of(one), reason=reason, next_step=next_step)
        return self._book.record(strand, lambda case, me: case.note(me, missed))
