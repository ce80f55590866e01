"""Which route a case follows, and the sentence that says why: from who it is about, the answers, and the categories.

The stricter reason wins. Nobody is bound by it: one person may follow a stricter
route at once with a reason, and nothing that was recorded is lost by a change
(flows sections 1 and 2).
"""

from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy_values import Profile, Route
from dsl_desk.domain.words import Answer, SubjectKind

HEADTEACHER: Final = "about-headteacher"
WORKER: Final = "staff-misuse"
IMAGERY: Final = "youth-imagery"
PRIVATE: Final = "upskirting"
EXPLOITATION: Final = "exploitation"
_YES: Final = frozenset({Answer.YES.value, Answer.NOT_SURE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteAdvised:
    """A route and why it is the one."""

    route: Route
    because: str


def route_advised(case: Case, profile: Profile) -> RouteAdvised | None:
    """The route that fits what is known of a case; None where the profile has none that fits."""
    for route_id, because in _reasons(case, profile):
        route = profile.route(route_id)
        if route is not None:
            return RouteAdvised(route=route, because=because)
    return None


def _reasons(case: Case, profile: Profile) -> list[tuple[str, str]]:
    found = list[tuple[str, str]]()
    if SubjectKind.HEADTEACHER in case.subject_kinds:
        found.append((HEADTEACHER, "It is about the Headteacher."))
    if case.subject_kinds & WORKERS:
        found.append((WORKER, "It is about somebody who works or volunteers here."))
    found += _of_answers(case)
    found += _of_categories(case, profile)
    if profile.routes:
        found.append((profile.routes[0].id, "Nothing stricter is known yet."))
    return found


def _of_answers(case: Case) -> list[tuple[str, str]]:
    triage = case.triage()
    if triage is None:
        return []
    given = {answered.question: answered.answer for answered in triage.data.answers}
    asked = (("3", IMAGERY), ("5a", PRIVATE), ("4", EXPLOITATION))
    return [
        (route, f"Because of your answer to question {question}. This is not a finding.")
        for question, route in asked
        if given.get(question) in _YES
    ]


def _of_categories(case: Case, profile: Profile) -> list[tuple[str, str]]:
    concern = case.latest(ConcernRecorded)
    if concern is None:
        return []
    known = [category for name in concern.data.categories if (category := profile.category(name)) is not None]
    return [(one.route, f"Because it is about “{one.title}”.") for one in known if one.route]
