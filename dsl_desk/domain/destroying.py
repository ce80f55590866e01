"""One exhibit destroyed because the police said so: on whose word, and what else still shows it (flows section 14)."""

from collections.abc import Iterable
from typing import Final

from dsl_desk.domain.case_entries import ExhibitDestroyed
from dsl_desk.domain.case_fold import destruction_advised
from dsl_desk.domain.case_state import CaseState, Told
from dsl_desk.domain.case_words import Agency, Effect
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CaseClosed, PackStarted, Printed

_HOLDS: Final = frozenset({Effect.KEEP, Effect.HOLD_OFF, Effect.HAND_OVER})
"""What the police say later and what keeps an exhibit from being destroyed all the same."""


def newest_advice(case: CaseState, mark: str) -> Told[AdviceRecorded] | None:
    """The newest advice of the police, with a reference, to destroy that exhibit; also one that was overtaken."""
    allowing = [told for told in case.told(AdviceRecorded) if destruction_advised(case, mark, told.at)]
    return allowing[-1] if allowing else None


def advice_to_destroy(case: CaseState, mark: str) -> Told[AdviceRecorded] | None:
    """The newest advice that allows an exhibit to be destroyed; None where there is none, or it was overtaken."""
    said = newest_advice(case, mark)
    return None if said is None or _overtaken(case, mark, said.at) else said


def must_be_advised(case: CaseState, mark: str, advice: int) -> None:
    """Raise ProcedureError where that advice does not allow an exhibit to be destroyed, or the police took it back."""
    if not destruction_advised(case, mark, advice):
        raise ProcedureError("Only police advice that names this exhibit, with its reference, allows this.")
    if advice_to_destroy(case, mark) is None:
        raise ProcedureError("Police have said since that it is to be kept or handed over. Ask them again first.")


def _overtaken(case: CaseState, mark: str, advice: int) -> bool:
    """Whether the police have said since that this exhibit, or the whole case, is to be kept, left or handed over."""
    return any(
        told.at > advice
        and told.data.agency is Agency.POLICE
        and told.data.effect in _HOLDS
        and (not told.data.exhibits or mark in told.data.exhibits)
        for told in case.told(AdviceRecorded)
    )


def stopped_since_closing(case: CaseState) -> bool:
    """Whether looking is closed by something that came after the case was closed last."""
    closed = case.latest(CaseClosed)
    return case.is_stopped and any(ground.at > (closed.at if closed else 0) for ground in case.grounds)


def reads_closed(case: CaseState) -> bool:
    """Whether a list says that a case is closed: it is, and nothing has stopped it since."""
    return bool(case.closed) and not stopped_since_closing(case)


def kept_for_police(case: CaseState) -> str:
    """Why a whole record is kept though its class's day has come; empty where nothing since says so.

    The class and its day are written once, at closing. A stop that came later, and
    police who said "keep", outlast that day until advice lets go of them.
    """
    if stopped_since_closing(case):
        return "It was stopped after it was closed. Record what the police advise, and apply it first."
    said = [told for told in case.told(AdviceRecorded) if told.data.agency is Agency.POLICE]
    kept = [told for told in said if told.data.effect is Effect.KEEP]
    if any(not _let_go(case, keep, said) for keep in kept):
        return "Police said that it is to be kept. Ask them again, and record what they say."
    return ""


def _let_go(case: CaseState, keep: Told[AdviceRecorded], said: Iterable[Told[AdviceRecorded]]) -> bool:
    """Whether police said something else since of all that they wanted kept, or it is gone on their word."""
    held = {exhibit.mark for exhibit in case.exhibits if exhibit.is_held}
    left = {mark for mark in keep.data.exhibits if mark in held}
    if keep.data.exhibits and not left:
        return True
    later = [told.data for told in said if told.at > keep.at and told.data.effect not in _HOLDS]
    named = {mark for one in later for mark in one.exhibits}
    return any(not one.exhibits for one in later) or (bool(left) and left <= named)


def destroyed_on(case: CaseState, exhibit: Exhibit) -> Told[AdviceRecorded] | None:
    """The advice on which an exhibit was destroyed; None while it is held."""
    gone = [told.data for told in case.told(ExhibitDestroyed) if told.at == exhibit.destroyed_at]
    return next((said for said in case.told(AdviceRecorded) if gone and said.at == gone[0].advice), None)


def copies_since(case: CaseState, exhibit: Exhibit) -> tuple[Told[Printed] | Told[PackStarted], ...]:
    """Prints and packs that left after an exhibit came in: each may still show it."""
    made: list[Told[Printed] | Told[PackStarted]] = [*case.told(Printed), *case.told(PackStarted)]
    return tuple(sorted((told for told in made if told.at > exhibit.at), key=lambda told: told.at))
