"""From the answers of a new concern to the services: no rules here, only the same words in the services' shape."""

from __future__ import annotations

from dataclasses import replace

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import ChildVoiceRecorded, ConcernRecorded, PersonLinked
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.policy_values import Triage
from dsl_desk.domain.routing import Known, route_advised
from dsl_desk.domain.triage import DEFAULT_RESULT, result_sentences, triage_entry
from dsl_desk.domain.words import Answer, PersonId, StrandId, SubjectKind
from dsl_desk.services.concern import About, Begun, NewConcern
from dsl_desk.services.known_people import KnownPeople
from dsl_desk.ui.concern.material import ConcernDesk
from dsl_desk.ui.concern.so_far import SoFar

_GROUPS = {SubjectKind.PUPIL: "pupil", SubjectKind.OTHER_ADULT: "other", SubjectKind.NOT_KNOWN: "other"}
_POSTS = {SubjectKind.HEADTEACHER, SubjectKind.DSL, SubjectKind.CHAIR}


def about_of(so_far: SoFar) -> About:
    """Whom it is about."""
    return About(kind=so_far.kind, person=PersonId(so_far.who) if so_far.who else None)


def known(so_far: SoFar, before: Known) -> Known:
    """What decides on the route: what was answered and told so far, beside what is on record of the case already."""
    subjects = {one.kind for one in so_far.people if one.role == PersonRole.SUBJECT.value}
    asked = {question.value for question, answer in so_far.given.items() if answer is not Answer.NO}
    category = so_far.words.get("category", "")
    return Known(
        kinds=before.kinds | {so_far.kind} | {SubjectKind(kind) for kind in subjects},
        asked=before.asked | asked,
        categories=(*((category,) if category else ()), *before.categories),
    )


def sentences(so_far: SoFar, result: str) -> tuple[str, ...]:
    """The exact sentences of the result page."""
    wording = Triage(version="", above="", questions=(), result=result or DEFAULT_RESULT)
    return result_sentences(triage_entry(so_far.triage, ""), wording)


def begin_stopped(desk: ConcernDesk, so_far: SoFar) -> Begun:
    """The case begins at the stop: whom it is about and the answers, the story afterwards."""
    new = NewConcern(about=about_of(so_far), people=_subject(desk, so_far), triage=so_far.triage)
    return desk.concern.begin(new)


def record(desk: ConcernDesk, so_far: SoFar) -> Begun:
    """Record everything: a new case, or the story of the one that was stopped already."""
    people = tuple(
        PersonLinked(
            person=one.person or desk.concern.new_person(), role=PersonRole(one.role), kind=SubjectKind(one.kind),
            name=one.name, account=one.account, year_group=one.year_group, date_of_birth=one.date_of_birth,
            online_names=one.online,
        )
        for one in so_far.people
    )  # fmt: skip
    concern, more = _concern(desk, so_far), _voice(so_far)
    if not so_far.strand:
        new = NewConcern(
            about=about_of(so_far), concern=concern, people=(*_subject(desk, so_far), *people), triage=so_far.triage,
            more=more,
        )  # fmt: skip
        begun = desk.concern.begin(new)
        return begun if begun.case is None else replace(begun, case=_routed(desk, begun.case, begun.strand, so_far))
    strand = StrandId(so_far.strand)
    case = _routed(desk, desk.concern.tell(strand, concern, people, more), strand, so_far)
    care = desk.concern.care(about_of(so_far))
    return Begun(strand=strand, reference=case.ref, care=care, case=case)  # type: ignore[arg-type] # a case's own reference


def _routed(desk: ConcernDesk, case: Case, strand: StrandId, so_far: SoFar) -> Case:
    """The case on the route that was chosen; the concern is on record already, so a refusal leaves the route open."""
    school = desk.book.school()
    profile = school.profile_of(case)
    advised = route_advised(case, profile) if profile else None
    route = so_far.words.get("route", "") or (advised.route.id if advised else "")
    if not route:
        return case
    try:
        return desk.work.choose_route(strand, route, so_far.words.get("route_reason", ""))
    except (InputError, ProcedureError):
        return case


def _subject(desk: ConcernDesk, so_far: SoFar) -> tuple[PersonLinked, ...]:
    """The member of staff it is about, linked from the first entry on."""
    person, name, account = so_far.who, so_far.who_name, so_far.who_account
    if not person and so_far.kind in _POSTS:
        holder = next((one for one in KnownPeople(desk.book, desk.listing).staff() if one.kind is so_far.kind), None)
        if holder is not None:
            person, name, account = holder.person, holder.name, holder.account
    if not person:
        return ()
    kind = so_far.kind
    return (PersonLinked(person=person, role=PersonRole.SUBJECT, kind=kind, name=name, account=account),)


def _concern(desk: ConcernDesk, so_far: SoFar) -> ConcernRecorded:
    words, now = so_far.words, desk.book.now()
    return ConcernRecorded(
        occurred_at=words.get("when_iso") or "unknown",
        noticed_at=words.get("noticed_iso", ""),
        reported_at=now.at_local,
        reporter=words.get("reporter", ""),
        reporter_name=words.get("reporter_name", ""),
        reported_to=desk.book.me().name,
        summary=words.get("fact", ""),
        categories=(words.get("category", ""),),
        suspected=so_far.suspected,
        place=words.get("place", ""),
        risk_classes=tuple(words.get("risk", "").split()),
        user_group=_GROUPS.get(so_far.kind, "staff"),
        opinion=words.get("opinion", ""),
        child_words=words.get("child_words", "") if words.get("spoken") == "yes" else "",
        child_wishes=words.get("wishes", ""),
        already_seen=words.get("7", ""),
        immediate_action=words.get("done", ""),
    )


def _voice(so_far: SoFar) -> tuple[EntryData, ...]:
    if not so_far.child_involved:
        return ()
    words, spoken = so_far.words, so_far.words.get("spoken") == "yes"
    return (
        ChildVoiceRecorded(
            spoken=spoken,
            words=words.get("child_words", "") if spoken else "",
            to_whom=words.get("to_whom", "") if spoken else "",
            prompted_how=words.get("prompted", "") if spoken else "",
            wishes=words.get("wishes", "") if spoken else "",
            not_asked_because="" if spoken else words.get("not_asked_because", ""),
        ),
    )
