"""What the school keeps beside its cases: a check of the filter, a data breach with its clock, a low-level concern."""

from datetime import timedelta
from typing import Final

from dsl_desk.domain.low_level import REGISTER
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.saving import save_table

CHECKS: Final = "filtering-checks"
BREACHES: Final = "data-breaches"
CONCERN: Final = "Laughed with two pupils about a colleague’s hat."
"""The words of the low-level concern; they stand sealed in the Headteacher's strand and nowhere else."""


def play(stage: Stage) -> None:
    """Recorded by the DSL, one table and one paper out; then the Headteacher's own register."""
    with stage.act("registers: a check, a breach within its 72 hours, a low-level concern, a table and a paper"):
        _check(stage)
        _breach(stage)
        _concern(stage)
        stage.journal_head = stage.desk.desk.head().digest


def _check(stage: Stage) -> None:
    desk, now = stage.sign_in("dsl"), stage.around.clock.now()
    desk.registers.record(
        CHECKS,
        {
            "checked_on": now.at_local, "checked_by": "Dolor Cablewright", "witness": "nobody", "trigger": "planned",
            "system": "both", "device": "A pupils’ tablet", "place": "on-site", "group": "pupils",
            "channel": "The browser", "tests": "The test page of the filter’s maker.",
            "expected": "It is blocked.", "actual": "It was blocked, and the alert came.", "result": "works",
        },
    )  # fmt: skip
    (stage.out / "papers").mkdir(exist_ok=True)
    save_table(stage.out / "papers" / f"{CHECKS}.csv", desk.registers.table(CHECKS, names=False))
    stage.paper(desk.registers.print_list(CHECKS))


def _breach(stage: Stage) -> None:
    """Known yesterday: it is due within 72 hours of then, and Home says so."""
    desk, now = stage.desk, stage.around.clock.now()
    known = (now.local - timedelta(days=1)).replace(microsecond=0)
    item = desk.registers.record(
        BREACHES,
        {
            "known_at": known.isoformat(), "what": "A letter went to another school’s office.", "cause": "astray",
            "data": "Two made-up pupils’ names.", "contained": "The other office shredded it.",
            "told_by": "Ipsum Formtutor",
        },
    )  # fmt: skip
    due = [one for one in desk.registers.due(now) if one.item == item]
    if len(due) != 1 or due[0].late:
        raise RehearsalFailedError
    desk.registers.follow(BREACHES, item, "weighed", {"risk": "unlikely", "risk_reason": "It was never read."})


def _concern(stage: Stage) -> None:
    desk, now = stage.sign_in("head"), stage.around.clock.now()
    item = desk.registers.record(
        REGISTER,
        {
            "about": "Dolor Cablewright", "post": "Technician", "happened": "not known",
            "shared_on": now.local.date().isoformat(), "sharer": "self", "details": CONCERN,
            "context": "In the corridor, at lunch.", "why_low": "Nobody was named and nobody was hurt.",
        },
    )  # fmt: skip
    if not any(line.id == item for line in desk.registers.list(REGISTER).lines):
        raise RehearsalFailedError
