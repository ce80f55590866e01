"""What a stopped case still asks for: a reference of the police, and where everything is that was copied out before."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.continuity import CopyOut, copies_out
from dsl_desk.domain.follow_up_entries import FollowUpDone, PackStarted
from dsl_desk.domain.outside_first import Outside, outside_first
from dsl_desk.domain.referral import police_still_to_ring
from dsl_desk.services.case_things import local_words
from dsl_desk.services.told import plain

RING = (
    "Police must be rung, and have given no reference yet: 101, or 999 if a child is in danger now. "
    "Write down the call with their log number."
)
RING_FIRST = (
    "Nobody outside has been told yet. Ring the police, social care or the LADO: 999 if a child is in danger now, "
    "otherwise 101. Write down the call and what they say."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySeen:
    """A print or a pack that was there before the stop."""

    at: int
    """strand_seq of the entry that says it left."""
    title: str
    made: str
    where: str
    """Where it is now and locked away by whom; empty while nobody wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSeen:
    """What the place of a stopped case says beside why it is stopped."""

    ring: str = ""
    """Who is still to be rung; at a stop for pictures until a reference of the police is on record."""
    copies: tuple[CopySeen, ...] = ()


def at_a_stop(case: Case) -> StopSeen:
    """Nothing at all while the case is not stopped (flows section 1, provision P-044)."""
    ring = RING if police_still_to_ring(case) else RING_FIRST if outside_first(case) is Outside.RING else ""
    return StopSeen(ring=ring, copies=tuple(_copy(copy) for copy in copies_out(case)))


def _copy(copy: CopyOut) -> CopySeen:
    data = copy.data
    if isinstance(data, PackStarted):
        to = data.recipient_name or plain(data.recipient)
        title, made = f"Pack {data.no}", f"for {to}, begun {local_words(copy.at_local)}"
    else:
        title = plain(data.paper).replace("-", " ").capitalize()
        number = f"{data.copies} copies, " if data.copies > 1 else ""
        made = f"{number}printed {local_words(copy.at_local)}"
    return CopySeen(at=copy.at, title=title, made=made, where=copy.where)


def found_again(about: int, where: str, locked_by: str, at: str) -> FollowUpDone:
    """The entry that says where one of them is now, and who locked it away."""
    return FollowUpDone(what=f"{where.strip().rstrip('.')}, locked away by {locked_by.strip()}", about=about, at=at)
