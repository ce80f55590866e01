"""The hold-back list as the window shows it, and what it says before an act that it stands before (flows section 7)."""

from __future__ import annotations

from collections.abc import Iterable

from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.words import Grade
from dsl_desk.services.case_place import CaseSeen, Held
from dsl_desk.ui.widgets import HoldState

_STATES = {HoldBack.WAIT: HoldState.WAIT, HoldBack.TOLD: HoldState.TOLD, HoldBack.MAY_TELL: HoldState.TELL}
_BEFORE = {
    "parents": "Before parents are told: wait for police or social care, unless a child is in danger now. To write "
    "down that you wait, and why, is always right.",
    "released": "Before a device is given back: police may want it as it is. Ask them first; to them it may go at "
    "once.",
    "takedown": "Before a platform is asked to take anything down: ask the police first. What is gone is gone as "
    "evidence, and whoever put it there may learn of it.",
    "voice": "Before a child is asked anything further: wait for police or social care. Write down what the child says "
    "unasked; ask only enough to keep them safe.",
}


def audiences(held: Iterable[Held]) -> list[tuple[str, str, HoldState]]:
    """Who, in which words, and the state, for the strip of every page."""
    return [(one.who, one.words, _STATES[one.decision]) for one in held]


def before_act(key: str, seen: CaseSeen) -> str:
    """What is read above the page of an act that the list stands before, while advice is open or somebody waits."""
    waiting = [one.who for one in seen.held if one.decision is HoldBack.WAIT]
    if key not in _BEFORE or (not waiting and seen.grade is Grade.OPEN):
        return ""
    return f"{_BEFORE[key]} On the list as waiting: {', '.join(waiting)}." if waiting else _BEFORE[key]
