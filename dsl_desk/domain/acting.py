"""Somebody stands in for the DSL for some days: named by the Headteacher with the reason; it ends by itself (flows 6).

It makes nobody a second person: whoever stands in is the same one signer and the same
one reviewer as before. It opens no restricted record: those have their named readers,
and a reader once named stays one after the last day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.people import Actor, SchoolPeople
from dsl_desk.domain.text import clean_text
from dsl_desk.domain.words import PersonId, Role

LONGEST_DAYS: Final = 92
"""Whoever stands in for longer is the DSL: then the post itself is changed."""
MAY_STAND_IN: Final = frozenset({Role.DEPUTY, Role.OSL, Role.SENIOR})
"""Not the Headteacher, who reads all of it and names them; not the Chair or the DPO, who look on from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who stands in for the DSL, from when to when, both days included, and why."""

    person: PersonId
    since: date
    until: date
    reason: str
    ended: date | None = None
    """The day on which it was ended before its time; that day counts no more."""

    def in_force(self, today: date) -> bool:
        """Whether they stand in on that day."""
        return self.since <= today <= self.until and (self.ended is None or today < self.ended)

    def as_text(self) -> dict[str, str]:
        """As it stands in the settings."""
        ended = self.ended.isoformat() if self.ended else ""
        return {
            "person": self.person, "since": self.since.isoformat(), "until": self.until.isoformat(),
            "reason": self.reason, "ended": ended,
        }  # fmt: skip


def read_acting(told: Mapping[str, str]) -> Acting | None:
    """What the settings say, or None where they name nobody or what they say cannot be read: then nobody stands in."""
    try:
        return Acting(
            person=PersonId(told["person"]),
            since=date.fromisoformat(told["since"]),
            until=date.fromisoformat(told["until"]),
            reason=told["reason"],
            ended=date.fromisoformat(told["ended"]) if told.get("ended") else None,
        )
    except (KeyError, ValueError):
        return None


def check_acting(by: Actor, who: Actor, acting: Acting, school: SchoolPeople, today: date) -> Acting:
    """What the Headteacher may name; raises ProcedureError or InputError, and nothing was recorded then."""
    if by.person != school.headteacher:
        raise ProcedureError("Only the Headteacher names who stands in for the DSL. Nothing was recorded.")
    if who.person in (by.person, school.dsl) or who.role not in MAY_STAND_IN:
        raise ProcedureError(
            "A deputy, the online safety lead or senior staff can stand in: not the Headteacher, who names them, nor "
            "the Chair or the data protection officer. Nothing was recorded."
        )
    if acting.since < today:
        raise InputError("It begins today or later. What was done before today was done without it.")
    if not timedelta(0) <= acting.until - acting.since < timedelta(days=LONGEST_DAYS):
        raise InputError(f"Enter a last day, at most {LONGEST_DAYS} days on. For longer, change who holds the post.")
    reason = clean_text(acting.reason.strip())
    if not reason:
        raise InputError("Write why the DSL and the deputies cannot be reached.")
    return replace(acting, reason=reason)


def end_acting(by: Actor, acting: Acting | None, school: SchoolPeople, today: date) -> Acting:
    """The Headteacher ends it before its time; from that moment it counts no more. Raises ProcedureError."""
    if by.person != school.headteacher:
        raise ProcedureError("Only the Headteacher ends it. Nothing was recorded.")
    if acting is None or acting.until < today or acting.ended is not None:
        raise ProcedureError("Nobody stands in for the DSL now. Nothing was recorded.")
    return replace(acting, ended=today)


def as_dsl(actor: Actor, acting: Acting | None, today: date) -> Actor:
    """The same person, with the role of the DSL while they stand in for them."""
    if acting is None or actor.person != acting.person or not acting.in_force(today):
        return actor
    return replace(actor, role=Role.DSL) if actor.role in MAY_STAND_IN else actor
