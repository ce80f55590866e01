"""Two policies side by side: who is told, deadlines, kinds of concern, routes step by step; what differs, in words."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dsl_desk.domain.deadlines_terms import counted_as, report_rule, urgent_report_rule
from dsl_desk.domain.policy_values import Category, Condition, Escalation, Profile, RetentionClass, Route, Step
from dsl_desk.domain.words import Grade, Role
from dsl_desk.services.deadline_words import term_words
from dsl_desk.services.posts import POSTS
from dsl_desk.services.told import plain

_WHEN = {
    Condition.ALWAYS: "", Condition.NOT_STOPPED: "only while not stopped", Condition.STOPPED: "only after a stop",
    Condition.ABOUT_PUPIL: "only about a pupil", Condition.ABOUT_WORKER: "only about somebody who works there",
    Condition.CHILD_INVOLVED: "only where a child is involved", Condition.LOOKING_DONE: "only once somebody looked",
    Condition.DEVICE_HELD: "only where a device is held", Condition.ADULT_INVOLVED: "only where an adult is involved",
}  # fmt: skip
_GRADES = {Grade.STOP_IMAGES: "stops everything", Grade.POLICE_FIRST: "stops the looking", Grade.OPEN: ""}
_RULES = {
    "dob_plus_years": "date of birth plus {n} years", "close_plus_years": "closed plus {n} years",
    "transfer_plus_years": "file handed on plus {n} years", "hold": "held until people decide",
}  # fmt: skip


class Stands(enum.Enum):
    """How one thing stands in the two policies."""

    SAME = "the same"
    DIFFERS = "differs"
    ONLY_FIRST = "only in the first"
    ONLY_SECOND = "only in the second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One thing of a policy beside the same thing of the other."""

    title: str
    first: str
    second: str

    @property
    def stands(self) -> Stands:
        """Whether it is the same in both."""
        if self.first and not self.second:
            return Stands.ONLY_FIRST
        if self.second and not self.first:
            return Stands.ONLY_SECOND
        return Stands.SAME if self.first == self.second else Stands.DIFFERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Things of one kind, those that differ first."""

    key: str
    """Name that holds while the page is open."""
    title: str
    rows: tuple[Compared, ...]

    @property
    def differing(self) -> tuple[Compared, ...]:
        """Those that are not the same in both."""
        return tuple(row for row in self.rows if row.stands is not Stands.SAME)

    @property
    def same(self) -> tuple[Compared, ...]:
        """Those that are."""
        return tuple(row for row in self.rows if row.stands is Stands.SAME)


def compare(first: Profile, second: Profile) -> tuple[Part, ...]:
    """Every part of two policies, one beside the other, in the order in which a school reads them."""
    routes = _joined([(one.id, one.title) for one in first.routes], [(one.id, one.title) for one in second.routes])
    return (
        _part("told", "Who is told, and how soon", _told(first), _told(second)),
        _part("deadlines", "Deadlines", _terms_of(first), _terms_of(second)),
        _part("categories", "Kinds of concern", _kinds(first), _kinds(second)),
        _part("escalation", "What goes to others at once", _escalations(first), _escalations(second)),
        *(_part(f"route:{key}", f"Steps: {title}", _steps(first.route(key)), _steps(second.route(key)))
          for key, title in routes.items()),
        _part("governors", "What governors get", _governors(first), _governors(second)),
        _part("retention", "How long records are kept", _kept(first.retention), _kept(second.retention)),
        _part("posts", "Who may look and judge", _posts_of(first), _posts_of(second)),
        _part("silent", "Where it says nothing", _silent(first), _silent(second)),
    )  # fmt: skip


_Things = Mapping[str, tuple[str, str]]
"""By an id that holds in both policies: the title, and what holds for it."""


def _part(key: str, title: str, first: _Things, second: _Things) -> Part:
    names = _joined([(one, told[0]) for one, told in first.items()], [(one, told[0]) for one, told in second.items()])
    rows = [Compared(title=said, first=_said(first, one), second=_said(second, one)) for one, said in names.items()]
    return Part(key=key, title=title, rows=tuple(sorted(rows, key=lambda row: row.stands is Stands.SAME)))


def _said(things: _Things, key: str) -> str:
    return things[key][1] if key in things else ""


def _joined(first: Iterable[tuple[str, str]], second: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What either of them names, in the order of the first; its title is the first one's."""
    named = dict(first)
    return {**named, **{key: title for key, title in second if key not in named}}


def _told(profile: Profile) -> _Things:
    soon = profile.reporting
    told = {
        "first": ("A concern first goes to", _roles(soon.first_report_to)),
        "always": ("Always reaches", _roles(soon.always_reaches)),
        "deadline": ("How soon, in its words", soon.deadline),
        "within": ("Counted as", term_words(report_rule(soon))),
        "urgent": ("Counted as, where a crime or serious harm is suspected", term_words(urgent_report_rule(soon))),
    }
    return {**told, **{f"when:{one.when.casefold()}": (one.when, ", ".join(one.who)) for one in profile.told}}


def _terms_of(profile: Profile) -> _Things:
    return {one.id: (one.title, term_words(counted_as(one))) for one in profile.deadlines}


def _kinds(profile: Profile) -> _Things:
    return {one.id: (one.title, _kind(one, profile)) for one in profile.categories}


def _kind(one: Category, profile: Profile) -> str:
    route = profile.route(one.route)
    follows = f"Takes the route “{route.title}”." if route is not None else ""
    advice = "Ask for advice." if one.ask_for_advice else ""
    return _sentences(one.title, one.definition, ", ".join(risk.value for risk in one.risk), follows, advice)


def _escalations(profile: Profile) -> _Things:
    return {one.id: (one.title, _escalation(one)) for one in profile.escalation}


def _escalation(one: Escalation) -> str:
    return _sentences(f"To {', '.join(one.to)}", _GRADES[one.grade])


def _steps(route: Route | None) -> _Things:
    if route is None:
        return {}
    titles = {step.id: step.title for step in route.steps}
    return {step.id: (step.title, _step(step, titles)) for step in route.steps}


def _step(step: Step, titles: Mapping[str, str]) -> str:
    """What holds for a step; not its number, for one step more would make all that follow differ."""
    return _sentences(
        step.title,
        f"By {_roles(step.by)}" if step.people < 2 else f"By two of {_roles(step.by)}",
        f"asks {plain(step.agency.value)}" if step.agency is not None else "",
        f"after “{'”, “'.join(titles[name] for name in step.needs)}”" if step.needs else "",
        "; ".join(filter(None, (_WHEN[one] for one in step.when))),
        "may be left out with a reason" if step.skippable else "never left out",
        step.why,
    )


def _governors(profile: Profile) -> _Things:
    told = profile.governors
    return {
        "interval": ("How often", f"{told.interval}; every {told.interval_months} months at the latest"),
        "body": ("To whom", told.body),
        "beyond": ("Beyond counts", ", ".join(told.beyond_counts) or "nothing"),
        "fewer": ("Counts below this are not shown", str(told.fewer_than)),
    }


def _kept(classes: Iterable[RetentionClass]) -> _Things:
    return {one.id: (one.title, _sentences(_RULES[one.rule].format(n=one.years), one.note)) for one in classes}


def _posts_of(profile: Profile) -> _Things:
    return {
        one.id.value: (one.title, _sentences(one.title, "may review" if one.may_review else "does not review"))
        for one in profile.roles
    }


def _silent(profile: Profile) -> _Things:
    return {one.casefold(): (one, "It says nothing; the common default stands.") for one in profile.silent}


def _roles(roles: Sequence[Role]) -> str:
    return "any of the senior staff" if len(roles) >= 6 else ", ".join(POSTS[role] for role in roles)


def _sentences(*parts: str) -> str:
    """Parts one after the other, each ended."""
    told = (part.strip() for part in parts)
    return " ".join(
        f"{part[:1].upper()}{part[1:]}{'' if part.endswith(('.', '?', '!')) else '.'}" for part in told if part
    )
