"""The routes a case may take: the one that fits and why, the others beside it, what each would change; and by two."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.people import Actor
from dsl_desk.domain.policy_values import Profile, Route
from dsl_desk.domain.procedure import SETTLED, StepState, route_of, steps_of
from dsl_desk.domain.routing import Choice, Known, advised_for, asks, easing_fault, known_of, weigh, weigh_first
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.case_things import local_words
from dsl_desk.services.told import plain
from dsl_desk.signatures import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOffer:
    """One route, and what it would mean to follow it."""

    id: str
    title: str
    advised: bool
    held: bool
    milder: str
    """Why it takes advice and two people; empty where one person may choose it."""
    asks: str
    """Whom everybody must ask who follows it."""
    kept: str = ""
    """What of its steps is done already."""
    leaves_out: tuple[str, ...] = ()
    """Open steps of the route held that are not on this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceOffer:
    """Advice on record that leads to one milder route."""

    number: int
    title: str
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesSeen:
    """What the page of the routes shows."""

    offers: tuple[RouteOffer, ...]
    """The advised one first."""
    because: str
    """Why that one, in a sentence."""
    strand: StrandId | None = None
    reference: str = ""
    me: str = ""
    chosen: bool = False
    """Whether somebody has chosen a route for this case."""
    version: int = 0
    """Of the profile that the case is handled under."""
    newest: int = 0
    """Of the profile in force, where it is another."""
    moves: bool = False
    """Whether these are the routes of the profile in force, to which the case would move."""
    advice: tuple[AdviceOffer, ...] = ()

    @property
    def advised(self) -> RouteOffer | None:
        """The route that fits what is known."""
        return next((offer for offer in self.offers if offer.advised), None)

    @property
    def held(self) -> RouteOffer | None:
        """The route that the case follows now."""
        return next((offer for offer in self.offers if offer.held), None)

    def offer(self, route: str) -> RouteOffer | None:
        """One of them by its id."""
        return next((offer for offer in self.offers if offer.id == route), None)


def first_routes(known: Known, profile: Profile) -> RoutesSeen:
    """The routes for a concern that is not on record yet."""
    advised = advised_for(known, profile)
    offers = [_offer(weigh_first(known, route, profile), known) for route in profile.routes]
    return RoutesSeen(offers=_advised_first(offers), because=advised.because if advised else "")


class RouteService:
    """Shows the routes of a case, and lets one or two people choose."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def see(self, strand: StrandId, *, newest: bool = False) -> RoutesSeen:
        """The routes as they stand for a case, or those of the profile in force; raises NotReadableError."""
        case, school = self._book.load(strand), self._book.school()
        own, in_force = school.profile_of(case) or school.procedure, school.procedure
        moved = in_force if newest and _is_other(own, in_force) else None
        profile, known = moved or own, known_of(case)
        held = route_of(case, own)
        advised = advised_for(known, profile)
        weighed = [weigh(case, route.id, own, moved) for route in profile.routes]
        return RoutesSeen(
            offers=_advised_first([_of_case(case, choice, known, held) for choice in weighed]),
            because=advised.because if advised else "",
            strand=strand,
            reference=case.ref,
            me=self._book.me().name,
            chosen=case.latest(RouteChosen) is not None,
            version=own.version,
            newest=in_force.version if _is_other(own, in_force) else 0,
            moves=moved is not None,
            advice=_advice(case, weighed),
        )

    def choose(self, strand: StrandId, route: str, reason: str = "", *, newest: bool = False) -> Case:
        """One person follows a route of the case's own profile, or moves it to the profile in force with a reason."""

        def decide(case: Case, me: Actor) -> RouteChosen:
            own, moved = self._profiles(case, newest=newest)
            return case.choose_route(me, route, own, reason, moved_to=moved)

        return self._book.record(strand, decide)

    def choose_by_two(
        self, strand: StrandId, signers: tuple[Signer, Signer], route: str, *, advice: int, reason: str,
        newest: bool = False,
    ) -> Case:  # fmt: skip
        """Two people choose a milder route on recorded advice; the root may be the second."""
        self._book.switch.ask_laptop()
        first, second = (self._book.actor(signer.account) for signer in signers)
        before = self._book.load(strand)
        own, moved = self._profiles(before, newest=newest)
        eased = before.ease_route(first, second, route, own, advice=advice, reason=reason, moved_to=moved)
        return after(before, self._book.desk.write(strand, *eased, at=self._book.now(), also=signers))

    def _profiles(self, case: Case, *, newest: bool) -> tuple[Profile, Profile | None]:
        school = self._book.school()
        own = school.profile_of(case) or school.procedure
        if not newest:
            return own, None
        if not _is_other(own, school.procedure):
            raise ProcedureError("This case follows the policy in force already. Choose one of its routes.")
        return own, school.procedure


def _is_other(own: Profile, in_force: Profile) -> bool:
    return (own.id, own.version) != (in_force.id, in_force.version)


def _advised_first(offers: list[RouteOffer]) -> tuple[RouteOffer, ...]:
    return tuple(sorted(offers, key=lambda offer: not offer.advised))


def _offer(choice: Choice, known: Known, *, held: bool = False, kept: str = "", leaves_out: tuple[str, ...] = ()
           ) -> RouteOffer:  # fmt: skip
    asked = sorted(plain(one.value) for one in asks(choice.route, known))
    return RouteOffer(
        id=choice.route.id, title=choice.route.title, advised=choice.is_advised, held=held, milder=choice.milder_words,
        asks=", ".join(asked), kept=kept, leaves_out=leaves_out,
    )  # fmt: skip


def _of_case(case: Case, choice: Choice, known: Known, held: Route | None) -> RouteOffer:
    steps = steps_of(case, choice.route)
    done = sum(seen.state is StepState.DONE for seen in steps)
    there = {(step.done, step.agency) for step in choice.route.steps}
    left = tuple(
        seen.step.title
        for seen in (steps_of(case, held) if held is not None else ())
        if seen.state not in SETTLED and (seen.step.done, seen.step.agency) not in there
    )
    return _offer(
        choice, known, held=held is not None and held.id == choice.route.id,
        kept=f"{done} of its {len(steps)} steps are done already", leaves_out=left,
    )  # fmt: skip


def _advice(case: Case, weighed: list[Choice]) -> tuple[AdviceOffer, ...]:
    """Which advice leads to which milder route, the latest first."""
    return tuple(
        AdviceOffer(
            number=told.at, route=choice.route.id,
            title=f"{plain(told.data.agency.value).capitalize()}, {told.data.who}, {local_words(told.at_local)}",
        )
        for choice in weighed
        if choice.is_milder
        for told in reversed(case.told(AdviceRecorded))
        if easing_fault(choice, case, told.data, told.at) is None
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTaken:
    """The route of a case as its place shows it."""

    title: str
    words: str
    """Why this one, or that nobody has chosen yet."""
    other: str = ""
    """What is known now leads to another: which, and why; empty where it does not."""
    knowingly: bool = False
    """Whether that was known when this one was chosen."""


def route_taken(case: Case, profile: Profile | None) -> RouteTaken | None:
    """The route that a case follows, and what fits now; None before a profile is chosen."""
    route = route_of(case, profile)
    if route is None or profile is None:
        return None
    chosen, advised = case.latest(RouteChosen), advised_for(known_of(case), profile)
    fits = advised is None or advised.route.id == route.id
    why = advised.because if advised is not None else ""
    words = "Nobody has chosen yet."
    if chosen is not None:
        words = chosen.data.reason.strip() or (why if fits else "As what was known then led to it.")
    other = "" if fits or advised is None else f"What is known leads to “{advised.route.title}”. {why}"
    knowingly = bool(other) and chosen is not None and advised is not None and chosen.data.advised == advised.route.id
    return RouteTaken(title=route.title, words=words, other=other, knowingly=knowingly)
