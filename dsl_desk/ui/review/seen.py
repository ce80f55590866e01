"""What the pages of a review show of a case."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import AccessRecorded, ExhibitAdded, PurposeRecorded, SightingRecorded
from dsl_desk.domain.moments import Moment, parse_utc
from dsl_desk.domain.words import AccountId, Grade
from dsl_desk.services.case_things import local_words
from dsl_desk.services.material import clock_words
from dsl_desk.services.school import School

ASKED = 3
"""How many questions come before something that is brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerSeen:
    """One of the two."""

    account: AccountId
    name: str
    declared: bool
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingSeen:
    """One line of the list that grows."""

    no: int
    address: str
    second: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSeen:
    """A case as its review goes on."""

    reference: str
    reviewers: tuple[ReviewerSeen, ...]
    declaration: str
    finish: str
    stop_question: str
    place: str
    strip: tuple[tuple[str, str, str], ...]
    """Icon, title, second line."""
    session: int = 0
    """Number of the open session, 0 where none is open."""
    since: str = ""
    elapsed_s: int = 0
    paused: bool = False
    next_sighting: int = 1
    sightings: tuple[SightingSeen, ...] = ()
    """Newest first."""
    exhibits: tuple[tuple[str, str], ...] = ()
    """Mark and words of what is held and can be reached, newest first."""
    supplied_questions: tuple[str, ...] = ()
    """What the profile asks of whoever brings something: what it shows, who has seen it, under 18."""
    elsewhere: str = ""
    """The device that is looked at, where it is not this laptop."""
    grade: Grade = Grade.OPEN
    stays: bool = False
    """Whether the looking was done on this laptop."""


def review_seen(case: Case, school: School, now: Moment) -> ReviewSeen:
    """The review as it stands."""
    declared = {one.account for one in case.declared()}
    last = case.sessions[-1] if case.sessions else None
    finished = set(last.finished_by) if last else set()
    session, wording = case.session, school.procedure.wording
    sightings = case.in_review(SightingRecorded)
    marks: dict[int, list[str]] = {}
    for one in case.exhibits:
        if isinstance(one.data, ExhibitAdded) and one.data.sighting is not None:
            marks.setdefault(one.data.sighting, []).append(str(one.mark))
    return ReviewSeen(
        reference=case.ref,
        reviewers=tuple(
            ReviewerSeen(
                account=one.account, name=one.name, declared=one.account in declared, finished=one.account in finished
            )
            for one in case.reviewers
        ),
        declaration=wording.declaration,
        finish=wording.finish,
        stop_question=wording.stop_question,
        supplied_questions=wording.supplied_questions if len(wording.supplied_questions) == ASKED else (),
        elsewhere=_elsewhere(case),
        place=case.device.location if case.device else "",
        strip=_strip(case),
        session=session.no if session else 0,
        since=_local_clock(session.opened_utc, now) if session else "",
        elapsed_s=_elapsed(session.opened_utc, now) if session else 0,
        paused=session.is_paused if session else False,
        next_sighting=len(sightings) + 1,
        sightings=tuple(
            SightingSeen(
                no=told.data.no,
                address=told.data.address,
                second=f"{clock_words(told.at_local)} · {told.data.seen}",
                mark=", ".join(marks.get(told.data.no, ())),
            )
            for told in reversed(sightings)
        ),
        exhibits=tuple(
            (str(one.mark), one.data.description)
            for one in reversed(case.exhibits)
            if one.is_held and not one.quarantined
        ),
        grade=case.grade,
        stays=case.laptop_stopped,
    )


def _elsewhere(case: Case) -> str:
    device = case.device
    if device is None or device.this_laptop:
        return ""
    return getattr(device, "name", "") or device.make


def _elapsed(opened_utc: str, now: Moment) -> int:
    return max(0, int((parse_utc(now.at_utc) - parse_utc(opened_utc)).total_seconds()))


def _local_clock(at_utc: str, now: Moment) -> str:
    return f"{parse_utc(at_utc).astimezone(now.local.tzinfo):%H:%M}"


def _strip(case: Case) -> tuple[tuple[str, str, str], ...]:
    device, access, purpose = case.device, case.latest(AccessRecorded), case.latest(PurposeRecorded)
    session = case.session
    rows = []
    if device is not None:
        name = getattr(device, "name", "") or device.make
        rows.append(("tablet-smartphone", name, f"Serial {device.serial} · {device.location} · {device.state}"))
    if access is not None:
        ends = f" · until {local_words(access.data.ends_at)}" if access.data.ends_at else ""
        rows.append(("wifi", access.data.access, f"Given by {access.data.granted_by}{ends}"))
    if session is not None:
        rows.append(("users-round", ", ".join(session.present), f"In the room · {session.place}"))
    if purpose is not None:
        rows.append(
            ("target", f"Looking for: {purpose.data.purpose}", f"Stop at: {purpose.data.stop_where or 'any doubt'}")
        )
    return tuple((icon, _short(title[:1].upper() + title[1:]), _short(second)) for icon, title, second in rows)


def _short(words: str) -> str:
    return words if len(words) <= 64 else words[:63].rstrip() + "…"
