"""Naming who stands in for the DSL, and ending it; recorded in the desk's own journal (flows section 6; P-092)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from dsl_desk.domain.acting import MAY_STAND_IN, Acting, check_acting, end_acting
from dsl_desk.domain.dates import day_words
from dsl_desk.domain.words import AccountId, Role
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.posts import post_words
from dsl_desk.services.school import ACTING_DSL
from dsl_desk.services.settings import SettingsService, as_json
from dsl_desk.services.unlock import Typed

_TOLD: Final = frozenset({Role.DSL, Role.DEPUTY, Role.HEADTEACHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Somebody who could stand in."""

    account: AccountId
    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingSeen:
    """Who stands in, or stood in last, and who could."""

    name: str = ""
    post: str = ""
    acting: Acting | None = None
    today: date
    others: tuple[StandIn, ...] = ()
    may_name: bool = False

    @property
    def stands_in(self) -> bool:
        """Whether somebody stands in today."""
        return self.acting is not None and self.acting.in_force(self.today)

    @property
    def can_end(self) -> bool:
        """Whether there is something to end: today's, or one that is still to come."""
        return self.acting is not None and self.acting.ended is None and self.acting.until >= self.today


class ActingService:
    """Somebody stands in for the DSL."""

    def __init__(self, book: CaseBook, settings: SettingsService) -> None:
        self._book, self._settings = book, settings

    def see(self) -> ActingSeen:
        """Who stands in now, and whom the Headteacher may name."""
        school, today = self._book.school(), self._book.now().local.date()
        roles = {role.value for role in MAY_STAND_IN}
        acting = school.acting
        row = next((one for one in school.accounts if acting is not None and one.person == acting.person), None)
        return ActingSeen(
            name=row.name if row else "",
            post=post_words(row.role, school.profile) if row else "",
            acting=acting,
            today=today,
            others=tuple(
                StandIn(account=one.account, name=one.name, post=post_words(one.role, school.profile))
                for one in school.accounts
                if one.in_force and one.role in roles and one.person != school.posts.dsl
            ),
            may_name=self._book.me().person == school.posts.headteacher,
        )

    def words(self) -> str:
        """What whoever comes in is told while somebody stands in; nothing to who looks on from outside."""
        seen, me = self.see(), self._book.me()
        if not seen.stands_in or seen.acting is None or me.role not in _TOLD:
            return ""
        until = day_words(seen.acting.until)
        if me.person == seen.acting.person:
            return f"You stand in for the DSL until the end of {until}. It ends by itself."
        return f"{seen.name} stands in for the DSL until the end of {until}."

    def now(self) -> datetime:
        """This moment by the school's clock, for days that are typed in words."""
        return self._book.now().local

    def name(self, account: AccountId, since: date, until: date, reason: str, me: Typed) -> None:
        """Name who stands in, with the Headteacher's own passphrase; raises ProcedureError, InputError."""
        school, today = self._book.school(), self._book.now().local.date()
        own = next((role for role in MAY_STAND_IN if role.value == school.account(account).role), None)
        who = replace(self._book.actor(account), role=own)  # also of somebody who stands in already
        wanted = Acting(person=who.person, since=since, until=until, reason=reason)
        self._keep(check_acting(self._book.me(), who, wanted, school.posts, today), me)

    def end(self, me: Typed) -> None:
        """End it now, before its last day; raises ProcedureError."""
        school = self._book.school()
        today = self._book.now().local.date()
        self._keep(end_acting(self._book.me(), school.acting, school.posts, today), me)

    def _keep(self, acting: Acting, me: Typed) -> None:
        self._settings.myself(me)
        self._settings.write({ACTING_DSL: as_json(acting.as_text())})
