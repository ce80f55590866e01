"""What can be recorded at any time in a case: grouped by its purpose, first what is most likely as the case stands."""

from __future__ import annotations

from dsl_desk.domain.words import Grade
from dsl_desk.services.case_list import CaseState
from dsl_desk.ui.case.choices import Offered

Acts = tuple[tuple[str, str], ...]
Groups = tuple[tuple[str, Acts], ...]

_LIKELY = "Likely now"
_GROUPS: Groups = (
    ("Calls, agencies and their answers", (
        ("call", "A call"), ("advice", "Advice of police or others"), ("apply_advice", "Two people apply advice"),
        ("referral", "A referral, or why not"), ("reply", "A reply"), ("share", "Information shared, or not"),
        ("disagreement", "We do not agree with an agency"), ("date", "A date that others set"),
    )),
    ("People, and who may know", (
        ("person", "A person"), ("voice", "The child’s words"), ("parents", "Parents"), ("support", "Support"),
        ("welfare", "Asked how somebody is"), ("risk", "Risk"), ("hold_back", "Who must not be told"),
        ("readers", "Who may read this case"),
    )),
    ("Devices and material", (
        ("secure", "A device"), ("material", "Something that was brought"),
        ("change_device", "Another device for looking"),
    )),
    ("The course of the case", (
        ("questions", "The questions again"), ("route", "Another route"), ("stop_reason", "Why it was stopped"),
        ("done", "Something promised is done"), ("feedback", "Feedback"), ("lesson", "A lesson"),
        ("reopen", "A closed case, taken up again"),
    )),
)  # fmt: skip
ACTS: Acts = tuple(act for _, acts in _GROUPS for act in acts)
"""All of them, in the order of their groups."""


def groups_for(found: Offered) -> Groups:
    """The groups of one case: what cannot be yet, or not any more, is left out; nothing stands twice."""
    words = {key: line for key, line in ACTS if _can_be(key, found)}
    likely = [key for key in _likely(found) if key in words]
    groups: list[tuple[str, Acts]] = [(_LIKELY, tuple((key, words[key]) for key in likely))]
    for title, acts in _GROUPS:
        rest = tuple((key, line) for key, line in acts if key in words and key not in likely)
        groups += [(title, rest)] if rest else []
    return tuple(groups)


def _can_be(key: str, found: Offered) -> bool:
    """Whether it can be at all in this case as it stands."""
    closed, stopped = found.seen.state is CaseState.CLOSED, found.seen.grade is not Grade.OPEN
    there = {
        "apply_advice": stopped,
        "stop_reason": bool(found.last_halt),
        "reopen": closed,
        "reply": bool(found.referrals),
        "done": bool(found.actions),
        "change_device": found.device_named and not stopped and not closed,
    }
    return there.get(key, True)


def _likely(found: Offered) -> tuple[str, ...]:
    """What is most likely next, as the case stands."""
    if found.seen.state is CaseState.CLOSED:
        return "reopen", "feedback", "reply"
    if found.seen.grade is not Grade.OPEN:
        return "call", "advice", "apply_advice", "hold_back", "stop_reason"
    return "call", "reply", "done", "voice", "person"
