"""What somebody does next in a case: a step of its route, or the call and the answer that a stop waits for.

Nothing is offered that the procedure says to wait with (flows sections 3 and 7); the order of the first half hour is
that of flows section 10: safe and secured, the questions, the calls, then the rest.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.grades import ADVISERS
from dsl_desk.domain.outside_first import Outside, outside_first
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import SETTLED, StepState

_BEFORE_CALLS = frozenset({Fact.CHILD_SAFE, Fact.SUBJECT, Fact.TRIAGE, Fact.DEVICE_SECURED})
_CALLS = frozenset({Fact.REFERRAL, Fact.CALLED, Fact.ADVICE})


class NextAct(enum.Enum):
    """Something that is next and no step of the route, by the key of its page."""

    RING = "call"
    ANSWER = "advice"
    APPLY = "apply_advice"
    HELD = "hold_back"
    """Only what the hold-back list stops is left: it is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of the task list."""

    number: int
    id: str
    title: str
    next: str
    """Who must act, or what stands; a sentence."""
    state: StepState
    fact: Fact
    opens: bool
    why: str
    """What the policy says of this step, in its own words."""
    skippable: bool
    agency: Agency | None = None
    """Whom a referral, a call or advice of this step is to or from."""
    waits: bool = False
    """Whether the procedure says to wait with it; it opens all the same, for a child may be in danger now."""

    @property
    def left(self) -> bool:
        """Whether whoever is signed in can still do it."""
        return self.opens and self.state not in SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSeen:
    """What is next: a step, else an act, else nothing; and what waits meanwhile."""

    step: StepLine | None = None
    act: NextAct | None = None
    waiting: tuple[str, ...] = ()
    """Titles of the steps that are left and wait."""


def next_of(case: Case, steps: Sequence[StepLine]) -> NextSeen:
    """What is next for whoever is signed in."""
    free = [line for line in steps if line.left and not line.waits]
    waiting = tuple(line.title for line in steps if line.left and line.waits)
    outside = None if case.closed or case.laptop_stopped else outside_first(case)
    urgent = next((line for line in free if line.fact in _BEFORE_CALLS), None)
    match outside:
        case Outside.RING:
            urgent = urgent or next((line for line in free if _is_a_call(case, line)), None)
            return NextSeen(step=urgent, act=None if urgent else NextAct.RING, waiting=waiting)
        case Outside.APPLY:
            return NextSeen(step=urgent, act=None if urgent else NextAct.APPLY, waiting=waiting)
    if free:
        return NextSeen(step=free[0], waiting=waiting)
    if outside is Outside.ANSWER:
        return NextSeen(act=NextAct.ANSWER, waiting=waiting)
    return NextSeen(act=NextAct.HELD if waiting else None, waiting=waiting)


def _is_a_call(case: Case, line: StepLine) -> bool:
    """Whether a step of the route is the call itself: to somebody whose advice can open this stop."""
    return line.fact in _CALLS and line.agency in ADVISERS[case.grade]
