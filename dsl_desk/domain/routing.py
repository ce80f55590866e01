"""Which route a case follows, the sentence that says why, and whether another would be milder.

From who it is about, the answers, and the kinds of concern; the stricter reason
wins, and none of them falls away by answering or describing again, only by two
people who apply advice. One person may follow a stricter route at once with a
reason; a milder one takes recorded advice and two people. Nothing that was
recorded is lost by a change (flows sections 1 and 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case_entries import RouteChosen, TriageAnswered
from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, ConcernRecorded
from dsl_desk.domain.grades import ADVISERS, PERMITTING
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy_values import Condition, Profile, Route
from dsl_desk.domain.words import Answer, Grade, SubjectKind

HEADTEACHER: Final = "about-headteacher"
WORKER: Final = "staff-misuse"
IMAGERY: Final = "youth-imagery"
PRIVATE: Final = "upskirting"
EXPLOITATION: Final = "exploitation"
_YES: Final = frozenset({Answer.YES.value, Answer.NOT_SURE.value})
_WORDS: Final = {Agency.POLICE: "the police", Agency.LADO: "the LADO"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a concern, as far as it decides on a route."""

    kinds: frozenset[SubjectKind] = frozenset()
    """Whom it is about."""
    asked: frozenset[str] = frozenset()
    """Ids of the questions that were answered "yes" or "not sure"."""
    categories: tuple[str, ...] = ()
    """Kinds of concern, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAdvised:
    """A route and why it is the one."""

    route: Route
    because: str
    binds: bool = False
    """Whether only advice and two people may lead away from it, also to one that is as strict: the Headteacher's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One route as a case may take it: held or not, advised or not, milder or not."""

    route: Route
    profile: Profile
    advised: RouteAdvised | None
    leaves: Route | None = None
    """The route that was chosen before, where it is another."""
    moves_from: int = 0
    """The version of the profile that the case leaves with it; 0 where it keeps its own."""
    lost: frozenset[Agency] = frozenset()
    """Whom the case must ask now and would not have to ask then."""
    unbinds: bool = False
    """Whether it leaves the route that binds because of whom it is about."""

    @property
    def is_advised(self) -> bool:
        """Whether it is the one that fits what is known."""
        return self.advised is not None and self.advised.route.id == self.route.id

    @property
    def is_milder(self) -> bool:
        """Whether it takes recorded advice and two people (flows section 1)."""
        return bool(self.lost) or self.unbinds

    @property
    def needs_reason(self) -> bool:
        """Whether somebody must write why: another than advised, another than before, or another version."""
        return not self.is_advised or self.leaves is not None or bool(self.moves_from)

    @property
    def milder_words(self) -> str:
        """Why it is milder, in a sentence; empty where it is not."""
        if self.lost:
            asked = " and ".join(_WORDS.get(one, one.value) for one in sorted(self.lost, key=lambda one: one.value))
            return f"On it nobody would have to ask {asked}."
        return "It is about the Headteacher, and this is not the Headteacher’s route." if self.unbinds else ""


def known_of(case: CaseState) -> Known:
    """What a case knows: all answers since it was last opened again by two, and every kind of concern written down."""
    answered = [told for told in case.told(TriageAnswered) if told.at > case.opened_again_at]
    governs = answered or list(case.told(TriageAnswered)[-1:])
    asked = {one.question for told in governs for one in told.data.answers if one.answer in _YES}
    categories = (name for told in reversed(case.told(ConcernRecorded)) for name in told.data.categories)
    return Known(kinds=case.subject_kinds, asked=frozenset(asked), categories=tuple(dict.fromkeys(categories)))


def route_advised(case: CaseState, profile: Profile) -> RouteAdvised | None:
    """The route that fits what is known of a case; None where the profile has none that fits."""
    return advised_for(known_of(case), profile)


def advised_for(known: Known, profile: Profile) -> RouteAdvised | None:
    """The same for what is known before there is a case."""
    for route_id, because in _reasons(known, profile):
        route = profile.route(route_id)
        if route is not None:
            return RouteAdvised(route=route, because=because, binds=route_id == HEADTEACHER)
    return None


def _reasons(known: Known, profile: Profile) -> Iterable[tuple[str, str]]:
    if SubjectKind.HEADTEACHER in known.kinds:
        yield HEADTEACHER, "It is about the Headteacher."
    if known.kinds & WORKERS:
        yield WORKER, "It is about somebody who works or volunteers here."
    for question, route in (("3", IMAGERY), ("5a", PRIVATE), ("4", EXPLOITATION)):
        if question in known.asked:
            yield route, f"Because of your answer to question {question}. This is not a finding."
    yield from _of_categories(known, profile)
    if profile.routes:
        yield profile.routes[0].id, "Nothing stricter is known yet."


def _of_categories(known: Known, profile: Profile) -> list[tuple[str, str]]:
    """Of several kinds the one whose route asks somebody outside, else the latest."""
    kinds = [category for name in known.categories if (category := profile.category(name)) is not None]
    found = [(one.route, f"Because it is about “{one.title}”.") for one in kinds if one.route]
    return sorted(found, key=lambda one: not asks(profile.route(one[0]), known))


def asks(route: Route | None, known: Known) -> frozenset[Agency]:
    """Whom a route makes everybody ask who follows it: agencies of steps that cannot be left out."""
    if route is None:
        return frozenset()
    worker = bool(known.kinds & WORKERS)
    return frozenset(
        step.agency
        for step in route.steps
        if step.agency is not None and not step.skippable and (worker or Condition.ABOUT_WORKER not in step.when)
    )


def weigh(case: CaseState, route_id: str, own: Profile, moved_to: Profile | None = None) -> Choice:
    """What it means for a case to follow a route; raises InputError where the profile does not have it.

    `own` is the version the case is handled under; `moved_to` the one that it would
    move to, where that is wanted and recorded.
    """
    profile = moved_to or own
    route = profile.route(route_id)
    if route is None:
        raise InputError("The school’s profile has no such route. Choose one of the list.")
    before = case.latest(RouteChosen)
    held = own.route(before.data.route) if before is not None else None
    moves = (profile.id, profile.version) != (own.id, own.version)
    leaves = held if before is not None and before.data.route != route_id else None
    choice = Choice(
        route=route, profile=profile, advised=route_advised(case, profile), leaves=leaves,
        moves_from=own.version if moves else 0,
    )  # fmt: skip
    known = known_of(case)
    return _weighed(choice, held, known, advised_for(known, own) if moves else None)


def weigh_first(known: Known, route: Route, profile: Profile) -> Choice:
    """The same before there is a case."""
    return _weighed(Choice(route=route, profile=profile, advised=advised_for(known, profile)), None, known)


def _weighed(choice: Choice, held: Route | None, known: Known, before: RouteAdvised | None = None) -> Choice:
    """Milder is a route that leaves out whom the one held or advised makes the school ask.

    To follow what is advised is never milder where that asks somebody too: a pupil's
    picture case becomes a worker's at once. That holds within one version: a move to
    another takes nothing away that the version before asks (`before`: its advice).
    """
    mine, advised = asks(choice.route, known), choice.advised
    if not choice.moves_from and advised is not None and choice.is_advised and (mine or advised.binds):
        return choice
    wanted = asks(held, known) | asks(advised.route if advised else None, known)
    wanted |= asks(before.route if before else None, known)
    unbinds = any(one is not None and one.binds and one.route.id != choice.route.id for one in (advised, before))
    return Choice(
        route=choice.route, profile=choice.profile, advised=advised, leaves=choice.leaves,
        moves_from=choice.moves_from, lost=wanted - mine, unbinds=unbinds,
    )  # fmt: skip


def easing_fault(choice: Choice, case: CaseState, advice: AdviceRecorded, at: int) -> str | None:
    """Why this advice does not lead to that milder route, or None."""
    if Agency.POLICE in choice.lost and advice.agency is not Agency.POLICE:
        return "Only police advice leads away from a route on which the police must be asked."
    if advice.agency not in ADVISERS[Grade.POLICE_FIRST]:
        return "Only advice from police, LADO, social care or the education safeguarding team leads to a milder route."
    if advice.effect not in PERMITTING or advice.exhibits:
        return "This advice does not say that the school may go on with the case. The route stays."
    since = max((told.at for kind in (RouteChosen, TriageAnswered) for told in case.told(kind)), default=0)
    if at < since:
        return "This advice is older than the route or the answers. Ask again and record what is said now."
    return None
