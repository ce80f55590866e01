"""The continuity of an exhibit: where it was and who had it, from the making to the court (domain rules)."""

from dataclasses import dataclass

from dsl_desk.domain.case_state import CaseState, Told
from dsl_desk.domain.follow_up_entries import ContinuityRecorded, FollowUpDone, PackStarted, Printed


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuityFault:
    """A place where the continuity of an exhibit does not hold."""

    no: int
    mark: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOut:
    """A print or a pack that left the desk before the present stop."""

    at: int
    """strand_seq of the entry that says it left."""
    at_local: str
    data: Printed | PackStarted
    where: str = ""
    """Where it is now and locked away by whom, as somebody wrote after the stop; empty where nobody did yet."""


def next_number(case: CaseState) -> int:
    """The number of the next continuity entry of a case; from 1, without gaps."""
    return len(case.told(ContinuityRecorded)) + 1


def previous_link(case: CaseState, mark: str) -> str:
    """Digest of the entry before the next one for this mark: its last continuity entry, or its intake."""
    own = [told.at for told in case.told(ContinuityRecorded) if told.data.mark == mark]
    exhibit = case.exhibit(mark)
    at = own[-1] if own else (exhibit.at if exhibit else 0)
    entry = case.entry_at(at)
    return entry.digest if entry else ""


def continuity_of(case: CaseState, mark: str) -> tuple[Told[ContinuityRecorded], ...]:
    """Everything that happened to one exhibit, oldest first."""
    return tuple(told for told in case.told(ContinuityRecorded) if told.data.mark == mark)


def copies_out(case: CaseState) -> tuple[CopyOut, ...]:
    """Prints and packs that left the desk before the present stop: each needs "where is it now, locked away by whom".

    Empty while the case is not stopped (flows section 1); backups are the desk's own.
    What somebody records as done about such an entry, after the stop, says where it is.
    """
    if not case.is_stopped:
        return ()
    stopped = min(ground.at for ground in case.grounds)
    said = {told.data.about: told.data.what for told in case.told(FollowUpDone) if told.at > stopped}
    made: list[Told[Printed] | Told[PackStarted]] = [*case.told(Printed), *case.told(PackStarted)]
    return tuple(
        CopyOut(at=told.at, at_local=told.at_local, data=told.data, where=said.get(told.at, ""))
        for told in sorted(made, key=lambda told: told.at)
        if told.at < stopped
    )


def continuity_faults(case: CaseState) -> tuple[ContinuityFault, ...]:
    """Numbers that do not follow, and links that do not lead to the entry before."""
    faults: list[ContinuityFault] = []
    before = {exhibit.mark: exhibit.at for exhibit in case.exhibits}
    for number, told in enumerate(case.told(ContinuityRecorded), 1):
        mark = told.data.mark
        earlier = case.entry_at(next((at for held, at in before.items() if held == mark), 0))
        if told.data.no != number:
            faults.append(ContinuityFault(no=number, mark=mark, what="its number does not follow"))
        if earlier is None or told.data.previous != earlier.digest:
            faults.append(ContinuityFault(no=number, mark=mark, what="it is not linked to the entry before it"))
        before = {held: told.at if held == mark else at for held, at in before.items()}
    return tuple(faults)
