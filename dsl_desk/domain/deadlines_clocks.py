"""What a case's record has set running and not yet stopped: told from its entries alone, without profile or clock.

A clock says from which entry it runs, from when, until which day somebody said,
and which later entry met it. By when it is due is computed in `deadlines`.
"""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ActionDecided, TriageAnswered
from dsl_desk.domain.case_state import D, Told
from dsl_desk.domain.case_words import Agency, CallOutcome
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ConcernRecorded,
    FollowUpDone,
    InformationShared,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.triage import Question
from dsl_desk.domain.words import Answer

DATA_CATEGORY: Final = "data"
"""Category of a concern that personal data was shown, sent or lost."""


class DeadlineKind(enum.Enum):
    """What is due; the first seven are those a profile sets a term for."""

    REPORT = "report"
    ANSWER = "answer"
    POLICE = "police"
    LADO = "lado"
    BREACH = "breach"
    REPLY = "reply-chase"
    FILE = "file-transfer"
    ACTION = "action"
    DATE = "date"
    RISK = "risk"
    DISAGREEMENT = "disagreement"
    VANISHES = "vanishes"
    MEASURE = "measure"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One thing that runs, or ran."""

    kind: DeadlineKind
    about: int
    """strand_seq of the entry it is counted from."""
    since: str
    """From when, as the entry told it; where it told no time, when it was written."""
    written: str
    """When that entry was written."""
    on: str = ""
    """The day that somebody said, where they said one."""
    of: str = ""
    """What it is about: an agency, an action; empty where the kind says all."""
    urgent: bool = False
    met: str = ""
    """When it was met; empty while it runs."""
    missed: wider.DeadlineMissed | None = None
    """Why it was missed, once somebody wrote that down."""

    @property
    def runs(self) -> bool:
        """Whether somebody still has to do something."""
        return not self.met and self.missed is None


class _Seen:
    """A case with what clocks look at, gathered in one reading of its entries, which may be thousands."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._found: dict[type[EntryData], list[Told[Any]]] = {}
        for entry in case.entries if case.kinds & _LOOKED_AT else ():
            payload = entry.payload
            if payload is not None and type(payload.data) in _LOOKED_AT:
                told = Told(at=entry.strand_seq, at_utc=entry.at_utc, at_local=payload.at_local, by=payload.by,
                            data=payload.data)  # fmt: skip
                self._found.setdefault(type(payload.data), []).append(told)

    def told(self, kind: type[D]) -> tuple[Told[D], ...]:
        """Every entry of a kind, oldest first."""
        return tuple(self._found.get(kind, ()))


def clocks(case: Case) -> tuple[Clock, ...]:
    """Everything the case has set running, in the order of its entries; what was met or missed included."""
    seen = _Seen(case)
    missed = {(told.data.deadline, told.data.about): told.data for told in seen.told(wider.DeadlineMissed)}
    done = {told.data.about: told.data.at or told.at_local for told in seen.told(FollowUpDone) if told.data.about}
    found = [
        replace(
            clock,
            missed=missed.get((clock.kind.value, clock.about)),
            met=clock.met or (done.get(clock.about, "") if clock.kind in FOLLOWED else ""),
        )
        for source in _SOURCES
        for clock in source(seen)
    ]
    return tuple(sorted(found, key=lambda clock: clock.about))


def running(case: Case) -> tuple[Clock, ...]:
    """What in this case is still to be done; nothing is in a closed one."""
    return () if case.closed else tuple(clock for clock in clocks(case) if clock.runs)


def _first(told: tuple[Told[D], ...], fits: Callable[[D], bool]) -> Told[D] | None:
    return next((one for one in told if fits(one.data)), None)


def _urgent(concern: ConcernRecorded) -> bool:
    return concern.suspected is not Answer.NO


def _report(seen: _Seen) -> Iterator[Clock]:
    """Whoever noticed it told the DSL; it runs only backwards, for the desk hears of it when it is over."""
    for told in seen.told(ConcernRecorded)[:1]:
        if told.data.noticed_at:
            yield Clock(
                kind=DeadlineKind.REPORT, about=told.at, since=told.data.noticed_at, written=told.at_local,
                urgent=_urgent(told.data), met=told.data.reported_at,
            )  # fmt: skip


def _answer(seen: _Seen) -> Iterator[Clock]:
    """A concern is written down and its questions are answered, in whichever order (flows 2 and 10)."""
    case = seen.case
    concern, triage = next(iter(seen.told(ConcernRecorded)), None), next(iter(seen.told(TriageAnswered)), None)
    first = next((entry for entry in case.entries if entry.payload is not None), None)
    if first is None or first.payload is None or case.opened is None:
        return
    later = max((one for one in (concern, triage) if one is not None), key=lambda one: one.at, default=None)
    yield Clock(
        kind=DeadlineKind.ANSWER,
        about=first.strand_seq,
        since=concern.data.reported_at if concern else first.payload.at_local,
        written=first.payload.at_local,
        of="" if concern else "story",
        urgent=_urgent(concern.data) if concern else case.is_stopped,
        met=later.at_local if concern and triage and later else "",
    )


def _reaches(seen: _Seen, agency: Agency) -> str:
    """When an agency was first spoken to, written to, or somebody decided not to; empty where never."""
    found: tuple[Told[CallLogged] | Told[AdviceRecorded] | Told[ReferralMade] | Told[ReferralDeclined] | None, ...] = (
        _first(seen.told(CallLogged),
               lambda call: call.agency is agency and call.outcome is CallOutcome.ANSWERED),
        _first(seen.told(AdviceRecorded), lambda advice: advice.agency is agency),
        _first(seen.told(ReferralMade), lambda made: made.to is agency),
        _first(seen.told(ReferralDeclined), lambda told: told.to is agency),
    )  # fmt: skip
    when = [(one.at, _said_at(one.data) or one.at_local) for one in found if one is not None]
    return min(when)[1] if when else ""


def _said_at(data: CallLogged | AdviceRecorded | ReferralMade | ReferralDeclined) -> str:
    match data:
        case ReferralMade():
            return data.sent_at
        case ReferralDeclined():
            return data.decided_at
        case _:
            return data.at


def _police(seen: _Seen) -> Iterator[Clock]:
    """While looking is closed, somebody rings the police, or writes down why not."""
    case = seen.case
    if not case.grounds:
        return
    about = min(ground.at for ground in case.grounds)
    entry = case.entry_at(about)
    at = entry.payload.at_local if entry is not None and entry.payload is not None else ""
    yield Clock(
        kind=DeadlineKind.POLICE, about=about, since=at, written=at, urgent=True, met=_reaches(seen, Agency.POLICE)
    )


def _lado(seen: _Seen) -> Iterator[Clock]:
    """An allegation about somebody who works or volunteers here that is not plainly low-level (flows 1 and 5)."""
    told = _first(seen.told(TriageAnswered), _is_allegation)
    if told is None or not _is_allegation(seen.told(TriageAnswered)[-1].data):
        return
    concern = next(reversed(seen.told(ConcernRecorded)), None)
    decided = next(reversed(seen.told(wider.ThresholdDecided)), None)
    yield Clock(
        kind=DeadlineKind.LADO,
        about=told.at,
        since=concern.data.reported_at if concern else told.at_local,
        written=told.at_local,
        met=_reaches(seen, Agency.LADO) or (decided.data.at if decided else ""),
    )


def _is_allegation(triage: TriageAnswered) -> bool:
    low = any(one.question == Question.LOW_LEVEL.value and one.answer == Answer.YES.value for one in triage.answers)
    return triage.about in WORKERS and not low


def _breach(seen: _Seen) -> Iterator[Clock]:
    """Personal data was shown, sent or lost: the ICO hears of it, or it is written down why it need not."""
    told = _first(seen.told(ConcernRecorded), lambda concern: DATA_CATEGORY in concern.categories)
    if told is not None:
        yield Clock(
            kind=DeadlineKind.BREACH, about=told.at, since=told.data.noticed_at or told.data.reported_at,
            written=told.at_local, met=_reaches(seen, Agency.ICO),
        )  # fmt: skip


def _replies(seen: _Seen) -> Iterator[Clock]:
    """An agency answers a referral, or is chased; each time it was chased the clock begins anew."""
    for made in seen.told(ReferralMade):
        chased = [told for told in seen.told(FollowUpDone) if told.data.about == made.at]
        reply = next((told for told in seen.told(ReplyReceived) if told.data.referral == made.at), None)
        last = chased[-1] if chased else None
        yield Clock(
            kind=DeadlineKind.REPLY,
            about=last.at if last else made.at,
            since=(last.data.at or last.at_local) if last else made.data.sent_at,
            written=last.at_local if last else made.at_local,
            on="" if last else made.data.chase_on or made.data.reply_due,
            of=made.data.to.value,
            met=reply.data.at if reply else "",
        )


def _files(seen: _Seen) -> Iterator[Clock]:
    """What of the case goes with the child's file reached the new school, with a receipt (flows 14)."""
    sent = seen.told(InformationShared)
    for told in sent:
        if not told.data.shared or not told.data.transfer_to:
            continue
        receipt = next(
            (one for one in sent
             if one.at >= told.at and one.data.receipt and one.data.transfer_to == told.data.transfer_to), None,
        )  # fmt: skip
        if receipt is told:
            continue
        yield Clock(
            kind=DeadlineKind.FILE, about=told.at, since=told.data.at, written=told.at_local,
            on=told.data.transfer_due, met=receipt.data.at if receipt else "",
        )  # fmt: skip


def _actions(seen: _Seen) -> Iterator[Clock]:
    for told in seen.told(ActionDecided):
        of = f"{told.data.action} ({told.data.who})"
        yield _set(DeadlineKind.ACTION, told, told.data.by_when, of)


def _set(kind: DeadlineKind, told: Told[D], on: str, of: str = "", met: str = "") -> Clock:
    return Clock(kind=kind, about=told.at, since=told.at_local, written=told.at_local, on=on, of=of, met=met)


def _later(every: tuple[Told[D], ...], told: Told[D], same: Callable[[D, D], bool]) -> str:
    """When a later entry of the same matter was written; empty where there is none."""
    return next((one.at_local for one in every if one.at > told.at and same(told.data, one.data)), "")


def _dates(seen: _Seen) -> Iterator[Clock]:
    every = seen.told(wider.DateSet)
    for told in every:
        met = told.at_local if told.data.outcome else _later(every, told, lambda one, other: one.what == other.what)
        yield _set(DeadlineKind.DATE, told, told.data.on, told.data.what, met)


def _risks(seen: _Seen) -> Iterator[Clock]:
    every = seen.told(wider.RiskAssessed)
    for told in every:
        if told.data.review_on:
            met = _later(every, told, lambda one, other: one.person == other.person)
            yield _set(DeadlineKind.RISK, told, told.data.review_on, told.data.risk, met)


def _disagreements(seen: _Seen) -> Iterator[Clock]:
    every = seen.told(wider.DisagreementRaised)
    for told in every:
        if told.data.chase_on:
            met = _later(every, told, lambda one, other: one.agency is other.agency)
            yield _set(DeadlineKind.DISAGREEMENT, told, told.data.chase_on, told.data.agency.value, met)


def _vanishing(seen: _Seen) -> Iterator[Clock]:
    every = seen.told(wider.PreservationAsked)
    for told in every:
        if told.data.vanishes_on:
            later = _later(every, told, lambda one, other: one.of_whom == other.of_whom and bool(other.reply))
            met = told.at_local if told.data.reply else later
            yield _set(DeadlineKind.VANISHES, told, told.data.vanishes_on, told.data.what, met)


def _measures(seen: _Seen) -> Iterator[Clock]:
    every = seen.told(wider.MeasureTaken)
    for told in every:
        if told.data.until:
            met = told.data.restored_at or _later(every, told, lambda one, other: one.system == other.system)
            yield _set(DeadlineKind.MEASURE, told, told.data.until, told.data.measure, met)


def _changes(seen: _Seen) -> Iterator[Clock]:
    for told in seen.told(wider.HandlingReviewed):
        if told.data.by_when:
            yield _set(DeadlineKind.CHANGE, told, told.data.by_when, told.data.change)


_LOOKED_AT: Final[frozenset[type[EntryData]]] = frozenset(
    {
        ActionDecided, AdviceRecorded, CallLogged, ConcernRecorded, FollowUpDone, InformationShared, ReferralDeclined,
        ReferralMade, ReplyReceived, TriageAnswered, wider.DateSet, wider.DeadlineMissed, wider.DisagreementRaised,
        wider.HandlingReviewed, wider.MeasureTaken, wider.PreservationAsked, wider.RiskAssessed,
        wider.ThresholdDecided,
    }
)  # fmt: skip
FOLLOWED: Final = frozenset(DeadlineKind) - {
    DeadlineKind.REPORT, DeadlineKind.ANSWER, DeadlineKind.POLICE, DeadlineKind.LADO, DeadlineKind.BREACH,
    DeadlineKind.REPLY,
}  # fmt: skip
"""Kinds that "something promised is done" meets; the others have an entry of their own that meets them."""

_SOURCES: Final[tuple[Callable[[_Seen], Iterator[Clock]], ...]] = (
    _report, _answer, _police, _lado, _breach, _replies, _files, _actions, _dates, _risks, _disagreements, _vanishing,
    _measures, _changes,
)  # fmt: skip
