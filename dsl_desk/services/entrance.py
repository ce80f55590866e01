"""Coming in: who is signed in now, and what they must be told before anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.moments import STEP_LIMIT, parse_utc
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, StrandId
from dsl_desk.services.posts import post_words
from dsl_desk.services.school import SchoolRegister
from dsl_desk.store.unlocked import Unlocked
from dsl_desk.store.values import Account, Finding

_LOOKED_AT = 12
"""Newest entries of the desk whose times are compared: those of this unlocking and of the session before it."""


class EnteredDesk(Protocol):
    """What this module asks of a desk that was just opened."""

    unlocked: Unlocked
    opening_findings: tuple[Finding, ...]
    waits_for_check: bool
    reads_on: bool

    @property
    def school(self) -> str:
        """The school's name, as the desk was begun with."""
        ...

    @property
    def rehearsal(self) -> bool:
        """Whether everything in it is made up."""
        ...

    @property
    def desk_strand(self) -> StrandId:
        """The desk's own entries."""
        ...

    def records(self, strand: StrandId) -> tuple[Recorded, ...]:
        """Entries of a strand, in order."""
        ...

    @property
    def me(self) -> Account:
        """Who is signed in; raises StoreError where two codes opened it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody came in."""

    account: AccountId
    """`root` where two recovery codes opened the desk."""
    person: str
    """Name and post, for the head of the window."""
    school: str
    rehearsal: bool = False
    read_only: bool = False
    notices: tuple[str, ...] = ()
    """What they must be told: wrong attempts, a crash, what opening found amiss."""
    reads_on: bool = False
    """Whether the older links of a long record are still to be read, while they work."""

    @property
    def by_codes(self) -> bool:
        """Whether nobody is signed in by name."""
        return self.account == ROOT_ACCOUNT


def entered(desk: EnteredDesk, register: SchoolRegister, *, read_only: bool = False) -> Entered:
    """Say who came in, and gather what they must know."""
    school = register.now()
    name = school.name or desk.school
    try:
        me = desk.me
    except StoreError:
        account, person = ROOT_ACCOUNT, "Two recovery codes"
    else:
        account, person = me.account, f"{me.name}, {post_words(me.role, school.profile)}"
    return Entered(
        account=account,
        person=person,
        school=name,
        rehearsal=desk.rehearsal,
        read_only=read_only,
        notices=tuple(_notices(desk, read_only=read_only)),
        reads_on=desk.reads_on,
    )


def _notices(desk: EnteredDesk, *, read_only: bool) -> list[str]:
    failed, told = desk.unlocked.failed_attempts, list[str]()
    if read_only:
        told.append("You are looking at an older state of the desk. Nothing you do here is recorded.")
    if failed:
        tried = "once" if failed == 1 else f"{failed} times"
        told.append(
            f"Somebody typed a wrong passphrase under this name {tried} since it was last used. "
            "If it was not you, tell the Headteacher, and change your passphrase."
        )
    if desk.waits_for_check:
        told.append(
            "The desk was not closed properly last time. Everything that was recorded is kept. "
            "Check everything before you sign or back up; recording and stopping work meanwhile."
        )
    if not read_only and (back := _went_back(desk)):
        told.append(back)
    if desk.opening_findings:
        told.append(f"Opening the desk found {_amiss(desk.opening_findings)}")
    return told


def read_on_words(found: Sequence[Finding]) -> str:
    """What reading the older links of a long record found amiss, after opening; nothing where all holds."""
    return f"Reading the older records found {_amiss(found)}" if found else ""


def _amiss(found: Sequence[Finding]) -> str:
    some = "one thing" if len(found) == 1 else f"{len(found)} things"
    return f"{some} amiss. Check everything, and keep a copy of the desk’s folder."


def _went_back(desk: EnteredDesk) -> str:
    """What to say where the entries of this unlocking bear an earlier time than those before them; else nothing."""
    newest = [parse_utc(row.at_utc) for row in desk.records(desk.desk_strand)[-_LOOKED_AT:]]
    behind = max(newest) - newest[-1]
    if behind <= STEP_LIMIT:
        return ""
    return (
        f"This laptop’s clock is {how_long(behind)} behind the newest record. Everything is kept, "
        "in its order. Compare the clock with your phone and put it right before you record anything."
    )


def how_long(span: timedelta) -> str:
    """A length of time in rough words: 3 hours, 12 days."""
    minutes = round(abs(span).total_seconds() / 60)
    for size, one, many in ((1440, "a day", "days"), (60, "an hour", "hours"), (1, "a minute", "minutes")):
        if minutes >= size:
            count = round(minutes / size)
            return one if count == 1 else f"{count} {many}"
    return "less than a minute"
