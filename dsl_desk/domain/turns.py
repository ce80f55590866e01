"""Which act is which step: an entry that is a step waits for its turn on the route (design section 6, flows 9).

What protects a child waits for nothing and stands in no table here: a concern,
triage, a halt, advice, a referral, a call, a device secured, who it is about, what
a child said, and the end of a session.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dsl_desk.domain import case_entries as told
from dsl_desk.domain import follow_up_entries as after
from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import Actor
from dsl_desk.domain.policy_values import Fact, Route
from dsl_desk.domain.procedure import check_step

_STEPS: Final[Mapping[type[EntryData], Fact]] = MappingProxyType(
    {
        told.ReviewerNamed: Fact.TWO_REVIEWERS,
        told.DeviceNamed: Fact.DEVICE_NAMED,
        told.DeviceChanged: Fact.DEVICE_NAMED,
        told.AccessRecorded: Fact.ACCESS,
        told.PurposeRecorded: Fact.PURPOSE,
        told.Declared: Fact.BOTH_DECLARED,
        told.ReviewOpened: Fact.LOOKED,
        told.ReviewResumed: Fact.LOOKED,
        told.SightingRecorded: Fact.LOOKED,
        told.Judged: Fact.BOTH_JUDGED,
        told.Concluded: Fact.CONCLUDED,
        told.ActionDecided: Fact.ACTION,
        after.SignedOff: Fact.SIGNED_BY_BOTH,
        after.ParentsInformed: Fact.PARENTS,
        after.ExternalLogMade: Fact.MAIN_SYSTEM,
        after.LessonRecorded: Fact.LESSONS,
        after.CaseClosed: Fact.CLOSED,
        wider.AgesAsked: Fact.AGES,
        wider.ViewingDecided: Fact.VIEWING,
        wider.DeletionRecorded: Fact.DELETION,
        wider.ThresholdDecided: Fact.THRESHOLD,
        wider.DutyReferralDecided: Fact.DUTY_REFERRAL,
    }
)

LOOKING: Final = frozenset(
    {
        Fact.TWO_REVIEWERS, Fact.DEVICE_NAMED, Fact.ACCESS, Fact.PURPOSE, Fact.BOTH_DECLARED, Fact.LOOKED,
        Fact.BOTH_JUDGED, Fact.SIGNED_BY_BOTH,
    }
)  # fmt: skip
"""What belongs to a review in school: on a route without it, nothing of it can be done."""


def step_taken_by(data: EntryData) -> Fact | None:
    """The step that an entry takes; None where it may be written at any time by whoever may write at all.

    Of the hold-back list only "may tell" is a step: "wait" protects, and "told" has happened already.
    """
    if isinstance(data, after.HoldBackSet):
        return Fact.HOLD_BACK if data.decision is HoldBack.MAY_TELL else None
    return _STEPS.get(type(data))


def check_turn(case: Case, route: Route, fact: Fact, actor: Actor) -> None:
    """Raise ProcedureError where the route's step of that fact is another role's, or waits for others, or is none here.

    A route without such a step leaves it to what every case asks for, but a route
    without looking has nothing of a review. A step that is done may be taken again
    as long as what it needs still holds.
    """
    step = next((step for step in route.steps if step.done is fact), None)
    if step is not None:
        check_step(case, route, step.id, actor)
    elif fact in LOOKING:
        raise ProcedureError(
            f"The route “{route.title}” has no looking in school. Nobody looks; ask those who are named on its steps."
        )


def check_material(route: Route) -> None:
    """Raise ProcedureError on a route about pictures of children: no file comes in there at any grade (P-095, P-109).

    Such a route is known by its step that asks whether a picture was viewed; nothing
    of it asks for a file, and a file would be the copy that nobody may make.
    """
    if any(step.done is Fact.VIEWING for step in route.steps):
        raise ProcedureError(
            f"On the route “{route.title}” no file comes in, whatever it shows. Leave it on its owner’s device, lock "
            "that away, and write down in words what you were told."
        )
