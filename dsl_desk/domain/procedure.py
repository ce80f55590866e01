"""Where a case stands on its route: the state of each step, computed from the case alone (design section 6)."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import AccessRecorded, ActionDecided, PurposeRecorded, RouteChosen, StepSkipped
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ChildVoiceRecorded,
    ConcernRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
    Printed,
    ReferralDeclined,
    ReferralMade,
    ScanAttached,
    SupportOffered,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import WORKERS, Actor, leads_for_the_dsl
from dsl_desk.domain.policy_values import Condition, Fact, Profile, Route, Step
from dsl_desk.domain.words import Role, SubjectKind

K = TypeVar("K", bound=EntryData)


class StepState(enum.Enum):
    """How a step stands, as a task list shows it."""

    CANNOT_START = "cannot_start"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NEEDS_SECOND = "needs_second"
    DONE = "done"
    SKIPPED = "skipped"
    DOES_NOT_APPLY = "does_not_apply"


SETTLED: Final = frozenset({StepState.DONE, StepState.SKIPPED, StepState.DOES_NOT_APPLY})


class Progress(enum.Enum):
    """How much of a fact is there."""

    NONE = 0
    STARTED = 1
    BY_ONE = 2
    DONE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """One step of a route as it stands in a case."""

    step: Step
    state: StepState
    skipped_because: str = ""
    waits_for: tuple[str, ...] = ()
    """Titles of the steps that must be settled first."""


def _when(there: bool) -> Progress:
    return Progress.DONE if there else Progress.NONE


def _of_two(count: int) -> Progress:
    return (Progress.NONE, Progress.BY_ONE, Progress.DONE)[min(count, 2)]


def _told(kind: type[K]) -> Callable[[Case], Progress]:
    return lambda case: _when(bool(case.told(kind)))


def _told_in_review(kind: type[K]) -> Callable[[Case], Progress]:
    return lambda case: _when(bool(case.in_review(kind)))


def _child_safe(case: Case) -> Progress:
    told = any(concern.data.immediate_action.strip() for concern in case.told(ConcernRecorded))
    return _when(told or case.triage() is not None)


def _looked(case: Case) -> Progress:
    sessions = [session for session in case.sessions if session.review == case.review_no]
    if not sessions:
        return Progress.NONE
    ended = any(session.ended_by == "finished" for session in sessions)
    return Progress.DONE if ended and case.session is None else Progress.STARTED


def _finished(case: Case) -> Progress:
    ended = [s for s in case.sessions if s.review == case.review_no and s.ended_by == "finished"]
    if not ended:
        return Progress.NONE
    return Progress.BY_ONE if any(case.waited_for(session) for session in ended) else Progress.DONE


def _signed(case: Case) -> Progress:
    state = case.sign_off_state()
    if state.is_valid:
        return Progress.DONE
    return Progress.BY_ONE if state.signatures and not state.void_since else Progress.NONE


def _printed(case: Case) -> Progress:
    return _when(any(told.data.paper.startswith("form") for told in case.told(Printed)))


_FACTS: Final[Mapping[Fact, Callable[[Case], Progress]]] = MappingProxyType(
    {
        Fact.CHILD_SAFE: _child_safe,
        Fact.SUBJECT: lambda case: _when(bool(case.subject_kinds)),
        Fact.TRIAGE: lambda case: _when(case.triage() is not None),
        Fact.DEVICE_SECURED: _told(DeviceSecured),
        Fact.HOLD_BACK: _told(HoldBackSet),
        Fact.TWO_REVIEWERS: lambda case: _of_two(len(case.reviewers)),
        Fact.DEVICE_NAMED: lambda case: _when(case.device is not None),
        Fact.ACCESS: _told_in_review(AccessRecorded),
        Fact.PURPOSE: _told_in_review(PurposeRecorded),
        Fact.BOTH_DECLARED: lambda case: _of_two(len(case.declared())),
        Fact.LOOKED: _looked,
        Fact.FINISHED_BY_BOTH: _finished,
        Fact.BOTH_JUDGED: lambda case: _of_two(len(case.current_judgements())),
        Fact.CONCLUDED: lambda case: _when(case.conclusion() is not None),
        Fact.ACTION: _told_in_review(ActionDecided),
        Fact.CHILD_VOICE: _told(ChildVoiceRecorded),
        Fact.PARENTS: _told(ParentsInformed),
        Fact.SIGNED_BY_BOTH: _signed,
        Fact.FORM_PRINTED: _printed,
        Fact.SCAN_ATTACHED: _told(ScanAttached),
        Fact.MAIN_SYSTEM: _told(ExternalLogMade),
        Fact.REFERRAL: lambda case: _when(case.referral_decided()),
        Fact.ADVICE: _told(AdviceRecorded),
        Fact.LESSONS: _told(LessonRecorded),
        Fact.CALLED: _told(CallLogged),
        Fact.RISK: _told(wider.RiskAssessed),
        Fact.SUPPORT: _told(SupportOffered),
        Fact.AGES: _told(wider.AgesAsked),
        Fact.VIEWING: _told(wider.ViewingDecided),
        Fact.DELETION: _told(wider.DeletionRecorded),
        Fact.SEARCH: _told(wider.SearchRecorded),
        Fact.RELEASED: _told(wider.ItemReleased),
        Fact.MEASURE: _told(wider.MeasureTaken),
        Fact.TAKEDOWN: _told(wider.TakedownAsked),
        Fact.PRESERVATION: _told(wider.PreservationAsked),
        Fact.SANCTION: _told(wider.SanctionRecorded),
        Fact.SOMEBODY_TOLD: _told(wider.SomebodyTold),
        Fact.THRESHOLD: _told(wider.ThresholdDecided),
        Fact.ACKNOWLEDGED: _told(wider.AcknowledgementGiven),
        Fact.SHARING: _told(InformationShared),
        Fact.FEEDBACK: _told(FeedbackGiven),
        Fact.DEBRIEF: _told(wider.DebriefHeld),
        Fact.HANDLING: _told(wider.HandlingReviewed),
        Fact.WELFARE: _told(wider.WelfareAsked),
        Fact.DUTY_REFERRAL: _told(wider.DutyReferralDecided),
        Fact.CLOSED: lambda case: _when(case.closed),
    }
)


def progress_of(case: Case, fact: Fact, agency: Agency | None = None) -> Progress:
    """How much of a fact the case shows; with an agency, of what went to that one alone."""
    return _FACTS[fact](case) if agency is None else _when(agency in _agencies(case, fact))


def _agencies(case: Case, fact: Fact) -> set[Agency]:
    """Whom something of that kind went to: a referral made or declined, advice, a call."""
    match fact:
        case Fact.REFERRAL:
            made = {told.data.to for told in case.told(ReferralMade)}
            return made | {told.data.to for told in case.told(ReferralDeclined)}
        case Fact.ADVICE:
            return {told.data.agency for told in case.told(AdviceRecorded)}
        case _:
            return {told.data.agency for told in case.told(CallLogged)}


def _child_involved(case: Case) -> bool:
    pupils = any(told.data.kind is SubjectKind.PUPIL for told in case.told(PersonLinked))
    return pupils or not case.subject_kinds or not case.subject_kinds <= WORKERS | {SubjectKind.OTHER_ADULT}


_CONDITIONS: Final[Mapping[Condition, Callable[[Case], bool]]] = MappingProxyType(
    {
        Condition.ALWAYS: lambda _: True,
        Condition.NOT_STOPPED: lambda case: not case.is_stopped,
        Condition.STOPPED: lambda case: case.is_stopped,
        Condition.ABOUT_PUPIL: lambda case: SubjectKind.PUPIL in case.subject_kinds,
        Condition.ABOUT_WORKER: lambda case: bool(case.subject_kinds & WORKERS),
        Condition.CHILD_INVOLVED: _child_involved,
        Condition.LOOKING_DONE: lambda case: any(session.review == case.review_no for session in case.sessions),
        Condition.DEVICE_HELD: lambda case: bool(case.told(DeviceSecured)),
        Condition.ADULT_INVOLVED: lambda case: any(
            told.data.adult_involved.strip().casefold() != "no" for told in case.told(wider.AgesAsked)
        ),
    }
)


def holds(case: Case, condition: Condition) -> bool:
    """Whether a condition of the profile holds in a case."""
    return _CONDITIONS[condition](case)


def route_of(case: Case, profile: Profile | None) -> Route | None:
    """The route that a case follows: the one chosen, or the profile's first until one is."""
    if profile is None:
        return None
    chosen = case.latest(RouteChosen)
    found = profile.route(chosen.data.route) if chosen else None
    return found or next(iter(profile.routes), None)


def steps_of(case: Case, route: Route) -> tuple[StepSeen, ...]:
    """Every step of the route, in its order, with its state."""
    steps = {step.id: step for step in route.steps}
    states = {name: _own_state(case, step) for name, step in steps.items()}
    return tuple(_seen(case, step, steps, states) for step in route.steps)


def _skip_reason(case: Case, step: Step) -> str:
    skips = [told.data.reason for told in case.in_review(StepSkipped) if told.data.step == step.id]
    return skips[-1] if skips and step.skippable else ""


def _own_state(case: Case, step: Step) -> StepState:
    done = progress_of(case, step.done, step.agency)
    if done is Progress.DONE:
        return StepState.DONE
    if not all(holds(case, condition) for condition in step.when):
        return StepState.DOES_NOT_APPLY
    if _skip_reason(case, step):
        return StepState.SKIPPED
    if done is Progress.BY_ONE:
        return StepState.NEEDS_SECOND
    return StepState.IN_PROGRESS if done is Progress.STARTED else StepState.NOT_STARTED


def _seen(case: Case, step: Step, steps: Mapping[str, Step], states: Mapping[str, StepState]) -> StepSeen:
    waits = _waits_for(step, steps, states)
    state = states[step.id]
    if state is StepState.NOT_STARTED and waits:
        state = StepState.CANNOT_START
    because = _skip_reason(case, step) if state is StepState.SKIPPED else ""
    return StepSeen(step=step, state=state, skipped_because=because, waits_for=waits)


def _waits_for(step: Step, steps: Mapping[str, Step], states: Mapping[str, StepState]) -> tuple[str, ...]:
    """Titles of open steps that come first: those it needs, or behind settled ones what these needed in their turn.

    Skipping a step skips nothing that stands before it.
    """
    needed, seen = step.needs, set[str]()
    while needed:
        waits = tuple(steps[name].title for name in needed if states[name] not in SETTLED)
        if waits:
            return waits
        seen.update(needed)
        further = dict.fromkeys(name for before in needed for name in steps[before].needs)
        needed = tuple(name for name in further if name not in seen)
    return ()


def unfinished(case: Case, route: Route) -> tuple[str, ...]:
    """Titles of steps that keep a case from being closed: neither done, nor skipped, nor without application."""
    return tuple(
        seen.step.title
        for seen in steps_of(case, route)
        if seen.state not in SETTLED and seen.step.done is not Fact.CLOSED
    )


def may_take(case: Case, step: Step, actor: Actor) -> bool:
    """Whether somebody of this role takes such a step; who leads in the DSL's place takes the DSL's."""
    return actor.role in step.by or (Role.DSL in step.by and leads_for_the_dsl(actor, case.subject_kinds))


def check_step(case: Case, route: Route, step_id: str, actor: Actor) -> Step:
    """The step, if this person may take it now; raises InputError or ProcedureError with what it waits for."""
    seen = next((seen for seen in steps_of(case, route) if seen.step.id == step_id), None)
    if seen is None:
        raise InputError("This route has no such step.")
    if not may_take(case, seen.step, actor):
        raise ProcedureError("Somebody in another role takes this step.")
    if seen.state is StepState.DOES_NOT_APPLY:
        if case.is_stopped and Condition.NOT_STOPPED in seen.step.when:
            raise ProcedureError("This case is stopped. This step waits until advice is recorded and applied by two.")
        raise ProcedureError("This step does not apply to this case as it stands.")
    if seen.waits_for:
        raise ProcedureError(f"First: {'; '.join(seen.waits_for)}.")
    return seen.step
