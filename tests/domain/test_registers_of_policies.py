"""What the policies ask outside cases has its register: every demanded answer is asked for, kept, and never empty."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dsl_desk.domain import registers as rules
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.register_items import dues, fold_items
from dsl_desk.domain.register_kinds import FieldKind
from dsl_desk.domain.registers import Writer
from dsl_desk.domain.words import Role
from dsl_desk.services.register_files import shipped_kinds
from tests.domain.test_registers import told

NOW = datetime(2026, 9, 3, 14, 0, tzinfo=UTC)
DSL = Writer(name="Ada Example", role=Role.DSL, now=NOW)
HEAD = Writer(name="Bo Sample", role=Role.HEADTEACHER, now=NOW)
KINDS = {kind.id: kind for kind in shipped_kinds()}

# provision -> register, its page, the answers that the policy demands, answers that bring them up
ASKED: dict[str, tuple[str, str, tuple[str, ...], dict[str, str]]] = {
    "P-150": ("monitoring-alerts", "outcome", ("outcome", "outcome_words", "outcome_on"), {}),
    "P-156": ("governor-meetings", "met", ("met_on", "present", "items"), {}),
    "P-162": ("filtering-reviews", "reviewed", ("reviewed_on", "governor_there", "findings", "next_on"), {}),
    "P-164": ("policy-reviews", "reviewed", ("policy", "reviewed_on", "trigger", "changes", "next_on"), {}),
    "P-166": ("filtering-reviews", "reviewed", ("leader", "dsl_there", "it_there", "governor_there"), {}),
    "P-167": ("filtering-checks", "checked", ("checked_on", "trigger", "expected", "actual"), {}),
    "P-168": ("filtering-checks", "checked", ("checked_by", "tests", "result"), {}),
    "P-169": ("filtering-reviews", "reviewed", ("dsl_there", "it_there", "decisions"), {}),
    "P-170": ("filtering-reviews", "reviewed", ("lists",), {}),
    "P-171": ("filtering-reviews", "reviewed", ("scope", "findings"), {}),
    "P-172": ("monitoring-alerts", "seen", ("seen_at", "source", "about", "look_by"), {"source": "log"}),
    "P-173": ("monitoring-alerts", "seen", ("seen_at", "source", "about"), {"source": "report"}),
    "P-175": ("filtering-checks", "checked", ("group", "channel", "device"), {}),
    "P-176": ("filtering-reviews", "reviewed", ("blocked",), {}),
    "P-177": ("filtering-reviews", "reviewed", ("access",), {}),
    "P-178": ("filtering-reviews", "reviewed", ("alerts",), {}),
    "P-179": ("monitoring-alerts", "outcome", ("outcome", "outcome_words", "outcome_on"), {}),
    "P-180": ("monitoring-alerts", "seen", ("rank", "look_by", "group"), {"rank": "now"}),
    "P-186": ("removable-media", "approved", ("approval", "approval_reason"), {}),
    "P-187": ("removable-media", "asked", ("encrypted", "checked"), {}),
    "P-189": ("removable-media", "wiped", ("wiped_on", "wiped_by", "wiped_how"), {}),
    "P-195": ("subject-access", "received", ("received_on", "asked_by", "what", "identity"), {}),
    "P-197": ("data-breaches", "known", ("known_at", "what", "contained"), {}),
    "P-207": ("access-reviews", "reviewed", ("system", "reviewed_on", "reviewed_by", "findings", "next_on"), {}),
    "P-205": ("system-checks", "checked", ("passwords", "next_on"), {}),
    "P-211": ("system-checks", "checked", ("updates", "protection", "backups", "findings", "next_on"), {}),
    "P-215": ("training", "given", ("subject", "group", "given_on"), {}),
    "P-218": ("remote-sessions", "held", ("held_at", "minutes", "how_many", "why_alone", "head_told"),
              {"one_to_one": "yes"}),
}  # fmt: skip


def filled(stage, more):
    """A page filled in as somebody types it, with every answer that belongs."""
    plain = {FieldKind.WHEN: "2026-09-03", FieldKind.DAY: "2026-09-10", FieldKind.NUMBER: "3"}
    return {
        field.id: more.get(field.id) or (field.options[0][0] if field.options else plain.get(field.kind, "Words of it"))
        for field in stage.fields
    }


def begun(kind, upto, more):
    """An item with every page before `upto` filled in."""
    entry = rules.record(kind, "1", filled(kind.stages[0], more), DSL)
    item = fold_items([told(1, entry)])["1"]
    for stage in kind.stages[1:]:
        if stage.id == upto:
            break
        item = after(item, rules.follow(kind, item, stage.id, filled(stage, more), HEAD))
    return item


def after(item, entry):
    return replace(item, fields={**item.fields, **entry.fields})


@pytest.mark.parametrize("provision", ASKED)
def test_the_register_of_a_provision_asks_for_what_the_policy_demands(provision):
    name, page, demanded, more = ASKED[provision]
    kind = KINDS[name]
    stage = next(one for one in kind.stages if one.id == page)
    answers = filled(stage, more)

    def keep(given):
        if stage is kind.stages[0]:
            return rules.record(kind, "1", given, DSL)
        return rules.follow(kind, begun(kind, page, more), page, given, HEAD)

    kept = keep(answers).fields
    for field in demanded:
        assert kept[field] == answers[field]
        with pytest.raises(InputError):
            keep(answers | {field: " "})


def test_a_monitoring_alert_is_due_until_somebody_wrote_what_came_of_it():
    kind = KINDS["monitoring-alerts"]
    answers = filled(kind.stages[0], {"look_by": "2026-09-03", "seen_at": "2026-09-02"})
    item = fold_items([told(1, rules.record(kind, "1", answers, DSL))])["1"]
    assert [due.words for due in dues(kind, [item], NOW)]
    outcome = rules.follow(kind, item, "outcome", filled(kind.stages[1], {}), HEAD)
    assert outcome.fields["outcome_on"]


def test_the_next_review_of_filtering_is_due_on_its_day():
    kind = KINDS["filtering-reviews"]
    item = fold_items([told(1, rules.record(kind, "1", filled(kind.stages[0], {}), DSL))])["1"]
    assert [due.words for due in dues(kind, [item], NOW)]


def test_a_medium_is_approved_by_somebody_else_than_its_holder_and_never_unencrypted():
    kind = KINDS["removable-media"]
    mine = begun(kind, "approved", {"holder": "Bo Sample"})
    approval = filled(kind.stages[1], {"approval": "approved"})
    with pytest.raises(ProcedureError):
        rules.follow(kind, mine, "approved", approval, HEAD)
    open_stick = begun(kind, "approved", {"encrypted": "no"})
    with pytest.raises(ProcedureError):
        rules.follow(kind, open_stick, "approved", approval, HEAD)


def test_a_request_to_see_personal_data_is_due_until_it_is_answered():
    kind = KINDS["subject-access"]
    longer = begun(kind, "weighed", {"due_on": "2026-09-02", "received_on": "2026-08-02"})
    assert [due.is_late(NOW) for due in dues(kind, [longer], NOW)] == [True]
    item = replace(longer, fields={**longer.fields, "due_on": "", "received_on": "2026-08-31"})
    (due,) = dues(kind, [item], NOW)
    assert due.last_day.date().isoformat() == "2026-09-30", "one calendar month, by itself"
    for page in ("weighed", "answered"):
        stage = next(one for one in kind.stages if one.id == page)
        item = after(item, rules.follow(kind, item, page, filled(stage, {}), HEAD))
    assert not dues(kind, [item], NOW)
