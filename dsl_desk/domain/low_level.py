"""Low-level concerns about staff: small ones together, and the one that is not small any more (domain rules, KCSIE).

The harm threshold has four limbs; whoever is not sure that a concern lies below it
takes it as above. Several small concerns about one person are read together.
"""

from collections.abc import Iterable
from typing import Final

from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.people import Actor, SchoolPeople
from dsl_desk.domain.register_items import Item
from dsl_desk.domain.registers import same_person
from dsl_desk.domain.words import Role

REGISTER: Final = "low-level-concerns"
NOT_HERE: Final = (
    "A concern about the Headteacher does not stand here: tell the Chair of Governors and the LADO. Nothing was "
    "recorded."
)
LADO_FIRST: Final = (
    "Ring the LADO first. The case begins stopped, police first: nobody is questioned, nothing is looked at, and the "
    "person it is about is not told until advice says who may do what."
)


def may_open(actor: Actor, school: SchoolPeople) -> bool:
    """Whether this is the Headteacher, by post or by account; nobody else opens the register (flows section 11).

    Whoever was Headteacher opens it until their account ends: so the register goes on
    to the next one, and is not lost with the post.
    """
    if actor.is_root:
        return False
    return actor.role is Role.HEADTEACHER or (school.headteacher is not None and actor.person == school.headteacher)


def not_about(names: Iterable[str], about: str) -> None:
    """Raise ProcedureError for a concern about whoever opens the register."""
    if any(same_person(about, name) for name in names if name):
        raise ProcedureError(NOT_HERE)


def of_the_same(items: Iterable[Item], item: Item) -> tuple[Item, ...]:
    """Other concerns about a name that could be the same person's, the newest first."""
    alike = (one for one in items if one.id != item.id and same_person(one.said("about"), item.said("about")))
    return tuple(sorted(alike, key=lambda one: one.recorded.seq, reverse=True))


def pattern_words(others: int) -> str:
    """What is said of several concerns about one name, nothing where there is one alone."""
    if not others:
        return ""
    count = "Another concern stands" if others == 1 else f"{others} other concerns stand"
    return (
        f"{count} here about this name. Read them together: several small concerns can be one that is not small. "
        "If you are not sure, ring the LADO."
    )


def take_up(item: Item, reason: str) -> str:
    """The reason for taking a concern up as an allegation, checked; raises InputError or ProcedureError."""
    if item.closed is not None:
        raise ProcedureError("This concern is closed. Record what is new, and take that up. Nothing was recorded.")
    said = reason.strip()
    if not said:
        raise InputError("Write why it is no longer plainly low-level.")
    return said
