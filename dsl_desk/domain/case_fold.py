"""How each kind of entry changes a case: one small function a kind.

Reading a journal never fails and never opens anything on an entry's word alone:
where an entry claims what the procedure would have refused (a grade that falls
without two people, an exhibit taken in behind a stop), the case stays closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from dsl_desk.domain import case_entries as told
from dsl_desk.domain import follow_up_entries as after
from dsl_desk.domain.case_state import CaseState, Pack, Recorded, Signature
from dsl_desk.domain.case_words import Agency, Effect, PersonRole
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.grades import Ground, advice_fault, last_at, without
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.review import Gap, Reviewer, Session
from dsl_desk.domain.triage import grade_kept
from dsl_desk.domain.words import AccountId, Grade, Mark, PersonId

C = TypeVar("C", bound=CaseState)


def folded(case: C, record: Recorded) -> C:
    """The case after one more entry."""
    entries = (*case.entries, record)
    if record.payload is None:
        return replace(case, entries=entries)
    data, at = record.payload.data, record.strand_seq
    substance = (*case.substance, at) if is_substance(case, data, at=at) else case.substance
    kinds = case.kinds if type(data) in case.kinds else case.kinds | {type(data)}
    case = replace(case, entries=entries, substance=substance, kinds=kinds)
    change = _CHANGES.get(type(data))
    return case if change is None else change(case, record, data)


def is_substance(case: CaseState, data: EntryData, *, at: int) -> bool:
    """Whether an entry at `at` voids a sign-off; a correction counts as what it corrects (format section 8)."""
    while isinstance(data, told.Corrected):
        corrected = case.entry_at(data.corrects) if data.corrects < at else None
        if corrected is None or corrected.payload is None:
            return True
        data, at = corrected.payload.data, corrected.strand_seq
    return data.SUBSTANCE


def _by(record: Recorded) -> tuple[AccountId, ...]:
    return record.payload.by if record.payload else ()


def _stopped(case: C, record: Recorded, ground: Ground) -> C:
    """A further ground to stop: the session ends, and behind a stop for pictures every exhibit is out of reach."""
    session = case.session
    ground = replace(ground, reviewers=tuple(reviewer.account for reviewer in case.reviewers))
    case = replace(case, grounds=(*case.grounds, ground))
    if session is not None:
        case = _session_ended(case, record, "stopped")
        case = replace(case, laptop_stopped=case.laptop_stopped or session.this_laptop)
    if ground.grade is Grade.STOP_IMAGES:
        case = replace(case, exhibits=tuple(replace(exhibit, quarantined=True) for exhibit in case.exhibits))
    return case


def _session_ended(case: C, record: Recorded, how: str) -> C:
    if case.session is None:
        return case
    ended = case.session.ended(at=record.strand_seq, utc=record.at_utc, how=how)
    return replace(case, sessions=(*case.sessions[:-1], ended))


def _case_opened(case: C, _record: Recorded, data: after.CaseOpened) -> C:
    return case if case.opened else replace(case, opened=data)


def _triage(case: C, record: Recorded, data: told.TriageAnswered) -> C:
    case = replace(case, subject_kinds=case.subject_kinds | {data.about})
    grade = grade_kept(data)
    if grade is Grade.OPEN:
        return case
    return _stopped(case, record, Ground(at=record.strand_seq, grade=grade, by_halt=False))


def _halted(case: C, record: Recorded, data: told.Halted) -> C:
    grade = Grade.STOP_IMAGES if data.grade is Grade.OPEN else data.grade
    earlier = (halt for halt in case.told(told.Halted) if halt.at == data.adds_to and halt.at < record.strand_seq)
    if any(grade.rank <= halt.data.grade.rank for halt in earlier):
        return case
    return _stopped(case, record, Ground(at=record.strand_seq, grade=grade, by_halt=True))


def _advice_applied(case: C, record: Recorded, data: told.AdviceApplied) -> C:
    if data.route or not _by_two(case, _by(record)):
        return case
    if data.mistake:
        return _mistake_undone(case, record)
    advised = next((said for said in case.told(after.AdviceRecorded) if said.at == data.advice), None)
    if advised is None or advice_fault(advised.data, advised.at, case.grounds) is not None:
        return case
    if case.grade is Grade.STOP_IMAGES:
        allowed = set(data.exhibits) & set(advised.data.exhibits)
        case = replace(
            case,
            exhibits=tuple(
                replace(exhibit, quarantined=exhibit.quarantined and exhibit.mark not in allowed)
                for exhibit in case.exhibits
            ),
        )
        if case.quarantined():
            return case
    return _fallen(case, record)


def _by_two(case: CaseState, by: tuple[AccountId, ...]) -> bool:
    """Two different people, one of whom was not a reviewer, neither a subject (flows section 1)."""
    reviewed = {account for account, _ in case.ever_reviewed()}
    return len(by) == 2 and len(set(by)) == 2 and not set(by) <= reviewed and not set(by) & case.subject_accounts


def _fallen(case: C, record: Recorded) -> C:
    return replace(case, grounds=without(case.grounds, case.grade), opened_again_at=record.strand_seq)


def mistake_answers(case: CaseState) -> tuple[int, ...]:
    """strand_seq of each reviewer's own triage after the halt that says it was a mistake; empty unless all say so.

    Asked are those who were reviewers when it stopped, also if they were replaced since, and the present two. Whoever
    the case turned out to be about vouches for nothing: then only advice opens it.
    """
    since = last_at(case.grounds, case.grade)
    then = [account for ground in case.grounds if ground.grade is case.grade for account in ground.reviewers]
    asked = dict.fromkeys((*then, *(reviewer.account for reviewer in case.reviewers)))
    about = case.subject_accounts | {account for account, person in case.ever_reviewed() if person in case.subjects}
    if len(case.reviewers) < 2 or about & asked.keys():
        return ()
    found: list[int] = []
    for account in asked:
        own = [said for said in case.told(told.TriageAnswered) if said.at > since and said.by == (account,)]
        if not own or grade_kept(own[-1].data).rank >= case.grade.rank:
            return ()
        found.append(own[-1].at)
    return tuple(found)


def is_pressed(case: CaseState) -> bool:
    """Whether only halts, and no answer of triage, hold the case at its present grade."""
    return case.is_stopped and all(ground.by_halt for ground in case.grounds if ground.grade is case.grade)


def _mistake_undone(case: C, record: Recorded) -> C:
    if not is_pressed(case) or len(mistake_answers(case)) < 2:
        return case
    if case.grade is Grade.STOP_IMAGES:
        case = replace(case, exhibits=tuple(replace(exhibit, quarantined=False) for exhibit in case.exhibits))
    return _fallen(case, record)


def _laptop_resumed(case: C, record: Recorded, _data: told.LaptopResumed) -> C:
    by = _by(record)
    return replace(case, laptop_stopped=False) if len(set(by)) == 2 and not set(by) & case.subject_accounts else case


def _person_linked(case: C, record: Recorded, data: after.PersonLinked) -> C:
    person = PersonId(data.person)
    link = (person, data.role)
    case = case if link in case.links else replace(case, links=(*case.links, link))
    if data.role is not PersonRole.SUBJECT:
        return case
    case = replace(case, subject_kinds=case.subject_kinds | {data.kind})
    if data.account:
        case = replace(case, subject_accounts=case.subject_accounts | {AccountId(data.account)})
    left = tuple(
        reviewer for reviewer in case.reviewers if reviewer.person != person and reviewer.account != data.account
    )
    if len(left) < len(case.reviewers):
        case = replace(_session_ended(case, record, "reviewer changed"), reviewers=left)
    return case


def _reviewer_named(case: C, record: Recorded, data: told.ReviewerNamed) -> C:
    named = Reviewer(
        account=AccountId(data.account),
        person=PersonId(data.person),
        name=data.name,
        position=data.position,
        place=data.place,
        named_at=record.strand_seq,
        interest=data.interest,
        reason=data.reason,
        admitted_until=data.admitted_until,
    )
    if named.person in case.subjects or named.account in case.subject_accounts or named.place not in {1, 2}:
        return case
    others = tuple(reviewer for reviewer in case.reviewers if reviewer.place != named.place)
    if any(other.person == named.person or other.account == named.account for other in others):
        return case
    case = _session_ended(case, record, "reviewer changed")
    return replace(case, reviewers=tuple(sorted((*others, named), key=lambda reviewer: reviewer.place)))


def _device(case: C, _record: Recorded, data: told.DeviceNamed | told.DeviceChanged) -> C:
    return replace(case, device=data)


def _review_opened(case: C, record: Recorded, data: told.ReviewOpened) -> C:
    if case.is_stopped or case.session is not None:
        return case
    session = Session(
        no=data.no,
        review=case.review_no,
        opened_at=record.strand_seq,
        opened_utc=record.at_utc,
        place=data.place,
        this_laptop=data.this_laptop,
        present=data.present,
        reviewers=tuple(reviewer.account for reviewer in case.reviewers),
    )
    return replace(case, sessions=(*case.sessions, session))


def _with_session(case: C, session: Session) -> C:
    return replace(case, sessions=(*case.sessions[:-1], session))


def _review_paused(case: C, record: Recorded, data: told.ReviewPaused) -> C:
    session = case.session
    if session is None or session.is_paused:
        return case
    gap = Gap(since=record.at_utc, reason=data.reason)
    return _with_session(case, replace(session, gaps=(*session.gaps, gap)))


def _review_resumed(case: C, record: Recorded, _data: told.ReviewResumed) -> C:
    session = case.session
    return case if session is None else _with_session(case, session.gap_closed(record.at_utc))


def _review_finished(case: C, record: Recorded, data: told.ReviewFinished) -> C:
    by = _by(record)[:1]
    if not all(case.is_reviewer(account) for account in by):
        return case
    sessions = tuple(
        replace(
            session.ended(at=record.strand_seq, utc=record.at_utc, how="finished"),
            finished_by=tuple(dict.fromkeys((*session.finished_by, *by))),
        )
        if session.no == data.no
        else session
        for session in case.sessions
    )
    return replace(case, sessions=sessions)


def _exhibit(case: C, record: Recorded, data: told.ExhibitAdded | told.ExhibitRedacted) -> C:
    if isinstance(data, told.ExhibitRedacted) and case.exhibit(data.mark) is not None:
        return case  # it tells of a copy that the entry before it took in
    held = Exhibit(mark=Mark(data.mark), at=record.strand_seq, data=data, quarantined=case.grade is Grade.STOP_IMAGES)
    return replace(case, exhibits=(*case.exhibits, held))


def _exhibit_destroyed(case: C, record: Recorded, data: told.ExhibitDestroyed) -> C:
    if len(set(_by(record))) < 2 or not destruction_advised(case, data.mark, data.advice):
        return case
    exhibits = tuple(
        replace(held, destroyed_at=record.strand_seq) if held.mark == data.mark and held.is_held else held
        for held in case.exhibits
    )
    return replace(case, exhibits=exhibits)


def destruction_advised(case: CaseState, mark: str, advice: int) -> bool:
    """Whether that advice is police advice, with a reference, to destroy that exhibit (domain rules, conflict 2)."""
    return any(
        said.at == advice
        and said.data.agency is Agency.POLICE
        and said.data.effect is Effect.DESTROY
        and mark in said.data.exhibits
        and bool(said.data.reference.strip())
        for said in case.told(after.AdviceRecorded)
    )


def _signed_off(case: C, record: Recorded, data: after.SignedOff) -> C:
    by = _by(record)
    if len(by) != 1 or not case.is_reviewer(by[0]) or not 0 < data.covers < record.strand_seq:
        return case  # nobody signs what is not written yet
    signature = Signature(
        account=by[0],
        place=data.place,
        at=record.strand_seq,
        covers=data.covers,
        sign_off=data.sign_off,
        p7s=data.p7s,
        form=data.form,
        decision=data.decision,
        reasons=data.reasons,
    )
    return replace(case, signatures=(*case.signatures, signature))


def _pack_started(case: C, record: Recorded, data: after.PackStarted) -> C:
    begun = Pack(no=data.no, at=record.strand_seq, kind=data.contents, started=data)
    return replace(case, packs=(*case.packs, begun))


def _pack_sealed(case: C, record: Recorded, data: after.PackSealed) -> C:
    return _with_pack(case, data.no, sealed_at=record.strand_seq)


def _pack_lost(case: C, record: Recorded, data: after.PackLost) -> C:
    return _with_pack(case, data.no, lost_at=record.strand_seq)


def _with_pack(case: C, no: int, *, sealed_at: int = 0, lost_at: int = 0) -> C:
    packs = tuple(
        replace(pack, sealed_at=pack.sealed_at or sealed_at, lost_at=pack.lost_at or lost_at) if pack.no == no else pack
        for pack in case.packs
    )
    return replace(case, packs=packs)


def _closed(case: C, _record: Recorded, _data: after.CaseClosed) -> C:
    return replace(case, closed=True)


def _reopened(case: C, record: Recorded, _data: after.CaseReopened) -> C:
    if not case.closed:
        return case
    return replace(case, closed=False, review_no=case.review_no + 1, review_since=record.strand_seq)


_CHANGES: Final[Mapping[type[EntryData], Callable[[Any, Recorded, Any], Any]]] = MappingProxyType(
    {
        after.CaseOpened: _case_opened,
        told.TriageAnswered: _triage,
        told.Halted: _halted,
        told.AdviceApplied: _advice_applied,
        told.LaptopResumed: _laptop_resumed,
        after.PersonLinked: _person_linked,
        told.ReviewerNamed: _reviewer_named,
        told.DeviceNamed: _device,
        told.DeviceChanged: _device,
        told.ReviewOpened: _review_opened,
        told.ReviewPaused: _review_paused,
        told.ReviewResumed: _review_resumed,
        told.ReviewFinished: _review_finished,
        told.ExhibitAdded: _exhibit,
        told.ExhibitRedacted: _exhibit,
        told.ExhibitDestroyed: _exhibit_destroyed,
        after.SignedOff: _signed_off,
        after.PackStarted: _pack_started,
        after.PackSealed: _pack_sealed,
        after.PackLost: _pack_lost,
        after.CaseClosed: _closed,
        after.CaseReopened: _reopened,
    }
)
"""Kinds that change more than the list of entries."""
