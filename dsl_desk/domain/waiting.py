"""Whether a case waits for anybody, told from the case alone, so that a list of thousands need not be opened."""

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.deadlines_clocks import runs
from dsl_desk.domain.follow_up_entries import ExternalLogMade


def waits(case: Case) -> bool:
    """Whether somebody has something to do in this case that Home names; a closed case waits for nobody."""
    if case.closed:
        return False
    return (
        case.is_stopped
        or bool(case.sessions or case.unfinished_packs() or case.actions_waiting())
        or any(held.decision is HoldBack.WAIT for held in case.hold_back_list().values())
        or (case.sign_off_state().is_valid and not case.told(ExternalLogMade))
        or runs(case)
    )
