"""A case as a place: how it stands, what is next and whose it is, what happened; plain values for a screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import Halted, TriageAnswered
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from dsl_desk.domain.outside_first import waits
from dsl_desk.domain.policy_values import Condition, Fact
from dsl_desk.domain.procedure import SETTLED, StepSeen, StepState, holds, may_take, route_of, steps_of
from dsl_desk.domain.triage import result_sentences
from dsl_desk.domain.words import AccountId, Grade, StrandId, SubjectKind
from dsl_desk.services.at_a_stop import StopSeen, at_a_stop
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_list import CaseState
from dsl_desk.services.case_next import NextSeen, StepLine, next_of
from dsl_desk.services.case_things import (
    PersonSeen,
    ThingSeen,
    begun_on,
    exhibits_of,
    local_words,
    papers_of,
    people_of,
    referrals_of,
    short_title,
)
from dsl_desk.services.deadline_words import DeadlineSeen
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.linking import LinkingService, OtherCase
from dsl_desk.services.next_words import next_words
from dsl_desk.services.posts import post_words
from dsl_desk.services.routes import RouteTaken, route_taken
from dsl_desk.services.told import PARTIES, EntrySeen, plain, story

_LOOKING = frozenset({Fact.LOOKED, Fact.FINISHED_BY_BOTH})
_DECIDING = frozenset({Fact.BOTH_JUDGED, Fact.CONCLUDED, Fact.ACTION, Fact.CHILD_VOICE, Fact.PARENTS,
                       Fact.SIGNED_BY_BOTH})  # fmt: skip
_AFTER = frozenset({Fact.MAIN_SYSTEM, Fact.LESSONS, Fact.CLOSED, Fact.FORM_PRINTED, Fact.SCAN_ATTACHED})
AGAIN = frozenset({Fact.DEVICE_SECURED, Fact.HOLD_BACK, Fact.CHILD_VOICE, Fact.PARENTS, Fact.ACTION, Fact.MAIN_SYSTEM,
                   Fact.TRIAGE, Fact.SUBJECT, Fact.PURPOSE, Fact.ACCESS})  # fmt: skip
"""Steps that may be taken again once they are done: a second device, a change of the hold-back list."""


_SECOND: Mapping[Fact, str] = {
    Fact.BOTH_DECLARED: "declares too, with their own passphrase",
    Fact.FINISHED_BY_BOTH: "confirms the end too, with their own passphrase",
    Fact.BOTH_JUDGED: "judges alone, signed in as themselves",
    Fact.SIGNED_BY_BOTH: "reads the record and signs it, with their own passphrase",
}
"""What the second person must do, after their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepGroup:
    """Steps that belong together."""

    title: str
    summary: str
    steps: tuple[StepLine, ...]
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who may be told: one audience of the hold-back list."""

    party: str
    who: str
    words: str
    decision: HoldBack


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeen:
    """Everything the place of a case shows."""

    strand: StrandId
    reference: str
    subtitle: str
    state: CaseState
    grade: Grade
    stop_words: tuple[str, ...]
    """Why looking is closed, in the exact sentences; none where it is open."""
    held: tuple[Held, ...]
    groups: tuple[StepGroup, ...]
    next: StepLine | None
    route: str
    entries: tuple[EntrySeen, ...]
    people: tuple[PersonSeen, ...]
    exhibits: tuple[ThingSeen, ...]
    referrals: tuple[ThingSeen, ...]
    papers: tuple[ThingSeen, ...]
    told: bool
    """Whether the concern's words are written down."""
    about: SubjectKind
    laptop_stopped: bool
    taken: RouteTaken | None = None
    """Which route it follows and why; None before a profile is chosen."""
    elsewhere: tuple[OtherCase, ...] = ()
    """Other cases that name the same, of those this person may read."""
    deadlines: tuple[DeadlineSeen, ...] = ()
    """What is due, what is late, and what was missed with its reason."""
    after: NextSeen = field(default_factory=NextSeen)
    """What is next where it is no step, and what waits meanwhile."""
    stop: StopSeen = field(default_factory=StopSeen)
    """What a stop still asks for: police to ring, copies to account for."""


class CasePlaceService:
    """Reads a case for the person signed in."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def see(self, strand: StrandId) -> CaseSeen:
        """The case as it stands; raises NotReadableError for whom default access gives none."""
        case, school = self._book.load(strand), self._book.school()
        profile = school.profile_of(case)
        route = route_of(case, profile)
        steps = self._steps(case, steps_of(case, route) if route else ())
        after = next_of(case, steps)
        return CaseSeen(
            strand=strand,
            reference=case.ref,
            subtitle=self._subtitle(case),
            state=_state(case, steps),
            grade=case.grade,
            stop_words=self._why_stopped(case),
            held=tuple(_held(case)),
            groups=tuple(_groups(steps)),
            next=after.step,
            after=after,
            route=route.id if route else "",
            entries=tuple(story(case, school.names, self._book.me().account, local_words)),
            people=tuple(people_of(case)),
            exhibits=tuple(exhibits_of(case)),
            referrals=tuple(referrals_of(case)),
            papers=tuple(papers_of(case)),
            told=bool(case.told(ConcernRecorded)),
            about=next(iter(sorted(case.subject_kinds, key=list(SubjectKind).index)), SubjectKind.NOT_KNOWN),
            laptop_stopped=case.laptop_stopped,
            taken=route_taken(case, profile),
            elsewhere=LinkingService(self._book).seen_elsewhere(strand),
            deadlines=DeadlineService(self._book).see(case),
            stop=at_a_stop(case),
        )

    def held(self, strand: StrandId) -> tuple[Held, ...]:
        """The hold-back list of a case alone; raises NotReadableError like `see`."""
        return tuple(_held(self._book.load(strand)))

    def _why_stopped(self, case: Case) -> tuple[str, ...]:
        """Everything that keeps the case stopped, in the exact sentences; never a finding."""
        profile, names = self._book.school().profile, self._book.school().names
        answers = {told.at: told.data for told in case.told(TriageAnswered)}
        halts = {told.at: told for told in case.told(Halted)}
        found: list[str] = []
        for ground in case.grounds:
            if ground.at in answers:
                found += result_sentences(answers[ground.at], profile.triage if profile else None)
            elif ground.at in halts:
                halt = halts[ground.at]
                who = ", ".join(names.get(account, "somebody") for account in halt.by)
                found.append(f"Stopped by {who}, {local_words(halt.at_local)}. This is not a finding.")
        return tuple(dict.fromkeys(found)) or (("This case is stopped.",) if case.is_stopped else ())

    def _subtitle(self, case: Case) -> str:
        concern = case.latest(ConcernRecorded)
        kinds = [plain(kind.value) for kind in SubjectKind if kind in case.subject_kinds] or ["not known"]
        title = short_title(concern.data.summary) if concern else "Not written down yet"
        return f"{title} · about: {', '.join(kinds)} · opened {begun_on(case)}"

    def _steps(self, case: Case, seen: Iterable[StepSeen]) -> tuple[StepLine, ...]:
        return tuple(self._line(case, number, step) for number, step in enumerate(seen, 1))

    def _line(self, case: Case, number: int, seen: StepSeen) -> StepLine:
        mine = may_take(case, seen.step, self._book.me())
        ready = seen.state in (StepState.NOT_STARTED, StepState.IN_PROGRESS, StepState.NEEDS_SECOND)
        over = seen.step.done is Fact.TWO_REVIEWERS and bool(case.no_longer_admitted(self._book.today()))
        again = seen.state in (StepState.DONE, StepState.SKIPPED) and (over or seen.step.done in AGAIN)
        opens = mine and not case.closed and (ready or again)
        return StepLine(
            number=number,
            id=seen.step.id,
            title=seen.step.title,
            next=self._next(case, seen, mine=mine, opens=opens),
            waits=waits(case, seen.step.done),
            state=seen.state,
            fact=seen.step.done,
            opens=opens,
            why=seen.step.why,
            skippable=seen.step.skippable,
            agency=seen.step.agency,
        )

    def _next(self, case: Case, seen: StepSeen, *, mine: bool, opens: bool) -> str:
        """What the line says below its title: who must act and what it takes, or why not yet."""
        if seen.state is StepState.NEEDS_SECOND:
            return self._second(case, seen)
        names = [reviewer.name for reviewer in case.reviewers]
        who = post_words(seen.step.by[0].value, self._book.school().profile) if seen.step.by else "anybody here"
        lacking = next((one for one in seen.step.when if not holds(case, one)), Condition.ALWAYS)
        return next_words(seen, reviewers=names, mine=mine, who=who, opens=opens, lacking=lacking,
                          referred=case.referral_decided(), waits=waits(case, seen.step.done))  # fmt: skip

    def _second(self, case: Case, seen: StepSeen) -> str:
        """Who the second person is, in a sentence."""
        if seen.step.done is Fact.TWO_REVIEWERS:
            named = ", ".join(reviewer.name for reviewer in case.reviewers)
            return f"{named} is named. Next: name a second senior person, not involved."
        done = _who_did(case, seen.step.done)
        by = [one.name for one in case.reviewers if one.account in done]
        left = [one.name for one in case.reviewers if one.account not in done]
        if not by or not left:
            return "One has done their part. Next: the other reviewer, signed in as themselves."
        act = _SECOND.get(seen.step.done, "does the same, with their own passphrase")
        return f"{by[0]} has done their part. Next: {left[0]} {act}."


def _who_did(case: Case, fact: Fact) -> frozenset[AccountId]:
    """The reviewers who did their half of a step of two."""
    match fact:
        case Fact.BOTH_DECLARED:
            return frozenset(told.account for told in case.declared())
        case Fact.FINISHED_BY_BOTH:
            return frozenset(case.sessions[-1].finished_by) if case.sessions else frozenset()
        case Fact.BOTH_JUDGED:
            return frozenset(told.by[0] for told in case.current_judgements())
        case Fact.SIGNED_BY_BOTH:
            return frozenset(signed.account for signed in case.sign_off_state().signatures)
        case _:
            return frozenset()


def _state(case: Case, steps: Iterable[StepLine]) -> CaseState:
    if reads_closed(case):
        return CaseState.CLOSED
    if case.is_stopped:
        return CaseState.HALTED if case.grade is Grade.STOP_IMAGES else CaseState.POLICE_FIRST
    if case.sign_off_state().is_valid:
        return CaseState.SIGNED
    waits = any(line.state is StepState.NEEDS_SECOND for line in steps)
    return CaseState.NEEDS_SECOND if waits else CaseState.IN_PROGRESS


def _groups(steps: tuple[StepLine, ...]) -> Iterable[StepGroup]:
    """The steps in the order of their route, a heading where a new part of the work begins."""
    looks = any(line.fact in _LOOKING for line in steps)
    title, wanted = "Before looking" if looks else "What to do", dict[str, list[StepLine]]()
    for line in steps:
        if title != "Afterwards":
            if line.fact in _LOOKING:
                title = "Looking"
            elif line.fact in _DECIDING and title == "Looking":
                title = "Deciding"
            elif line.fact in _AFTER:
                title = "Afterwards"
        wanted.setdefault(title, []).append(line)
    for heading, lines in wanted.items():
        done = sum(line.state in SETTLED for line in lines)
        yield StepGroup(title=heading, summary=_summary(lines), steps=tuple(lines), folded=done > 1)


def _summary(lines: list[StepLine]) -> str:
    first, last = lines[0].number, lines[-1].number
    span = f"Step {first}" if first == last else f"Steps {first} to {last}"
    done = sum(line.state is StepState.DONE for line in lines)
    skipped = sum(line.state is StepState.SKIPPED for line in lines)
    told = [f"{done} done"] if done else []
    told += [f"{skipped} skipped with reason"] if skipped else []
    return f"{span}: {', '.join(told)}" if told else span


def _held(case: Case) -> Iterable[Held]:
    """Who may be told; while advice is open and nobody has decided yet, that everybody waits."""
    if case.is_stopped and not case.hold_back_list():
        yield Held(party="", who="Everybody", words="Wait: nothing is decided yet", decision=HoldBack.WAIT)
    words = {HoldBack.WAIT: "Wait", HoldBack.TOLD: "Told", HoldBack.MAY_TELL: "May tell"}
    for party, held in case.hold_back_list().items():
        told = words[held.decision]
        if held.decision is HoldBack.TOLD and held.told_at:
            told = f"Told {held.told_at}"
        elif held.decision is HoldBack.WAIT and held.until:
            told = f"Wait: {held.until}"
        yield Held(party=party, who=PARTIES.get(party, plain(party)), words=told[:48], decision=held.decision)
