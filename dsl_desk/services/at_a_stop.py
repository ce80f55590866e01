"""What a stopped case still asks for: whom to ring, their answer, and where all is that was copied out before."""

from collections.abc import Iterable
from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.continuity import CopyOut, copies_out
from dsl_desk.domain.follow_up_entries import DeviceSecured, FollowUpDone, PackStarted
from dsl_desk.domain.outside_first import Outside, outside_first, reached
from dsl_desk.domain.referral import police_still_to_ring
from dsl_desk.domain.words import Grade
from dsl_desk.services.case_things import local_words
from dsl_desk.services.told import plain

RING = (
    "Police must be rung, and have given no reference yet: 101, or 999 if a child is in danger now. "
    "Write down the call with their log number."
)
RING_FIRST = (
    "Nobody outside has been told since the case was last stopped. Ring the police, social care or the LADO: 999 if a "
    "child is in danger now, otherwise 101. Write down the call and what they say."
)
RING_AGAIN = (
    "The police have not been told since the case was last stopped: 101, or 999 if a child is in danger now. "
    "Write down the call with their log number."
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
    """Who is still to be rung: until somebody who can open it was told, at a stop for pictures with their reference."""
    copies: tuple[CopySeen, ...] = ()


def at_a_stop(case: Case) -> StopSeen:
    """Nothing at all while the case is not stopped (flows section 1, provision P-044)."""
    return StopSeen(ring=_ring(case), copies=tuple(_copy(copy) for copy in copies_out(case)))


def _ring(case: Case) -> str:
    if police_still_to_ring(case):
        return RING
    if outside_first(case) is not Outside.RING:
        return ""
    return RING_AGAIN if case.grade is Grade.STOP_IMAGES else RING_FIRST


def next_after_stop(case: Case) -> str:
    """The next open step of a stopped case, in a sentence (flows sections 3 and 10); the case's place says the same."""
    outside = outside_first(case)
    rings, applies = outside is Outside.RING, outside is Outside.APPLY
    police = "Police advice" if case.grade is Grade.STOP_IMAGES else "Advice"
    steps: Iterable[tuple[bool, str]] = (
        (not case.told(DeviceSecured), "Secure the device: who has it, where it is locked away."),
        (rings and not reached(case), "Ring 101, or 999 if a child is in danger now, and write down the log number."),
        (rings, "Ask the police for their log number: none is on record yet."),
        (applies, f"{police} is recorded; two people apply it."),
        (not all(copy.where for copy in copies_out(case)), "Say where what was printed or handed over before is now."),
        (not case.referral_decided(), "Decide the referral: to whom, or why not."),
    )
    return next((words for open_, words in steps if open_), "Wait for advice, and record it when it comes.")


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
