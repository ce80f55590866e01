"""What the domain rules mark with ★ cannot be left empty on its page: said at the field, before anything is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.case.wider_forms import WIDER_FORMS

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
ONE = (("1", "The first"),)
OFFERED: Any = SimpleNamespace(
    children=ONE, advices=ONE, referrals=ONE, actions=ONE, outcomes=ONE, severities=ONE, retention=ONE, themes=ONE,
    reviewers=ONE, devices=(), named=(), routes=ONE, main_system="", voice_hint="", one_senior="", channels=ONE,
    seen=SimpleNamespace(strand="s", exhibits=(), groups=(), deadlines=()), me="", now=NOW, last_halt=1,
    usual="", copies=ONE,
)  # fmt: skip
BY_THE_RULES: dict[str, dict[str, set[str]]] = {
    "search": {"": {"at", "place", "pupil", "authority", "grounds", "searched_by", "suspected_picture"}},
    "released": {"": {"item", "to", "to_name", "at", "released_by", "signed"}},
    "referral": {"decided=yes": {"to", "decided", "reason", "threshold", "referred_by"},
                 "decided=no": {"to", "decided", "reason"}},
    "reply": {"": {"referral", "at", "outcome"}},
    "advice": {"": {"agency", "who", "at", "words", "effect"}},
    "share": {"shared=yes": {"shared", "at", "what", "with_whom", "purpose", "lawful_basis", "consent", "reason"},
              "shared=no": {"shared", "at", "what", "with_whom", "purpose", "lawful_basis", "consent", "reason"}},
    "parents": {"decision=told": {"decision", "reason", "who", "at"}, "decision=not_told": {"decision", "reason"}},
    "risk": {"": {"risk", "control", "owner"}},
    "support": {"": {"support"}},
    "feedback": {"": {"to", "what"}},
    "debrief": {"": {"audience", "text", "at", "name_check_by"}},
    "lesson": {"": {"lesson"}},
    "sanction": {"": {"policy", "action", "decided_by"}},
    "main_system": {"": {"system", "reference"}},
    "secure": {"": {"device", "held_by", "place"}},
    "disagreement": {"": {"agency", "what", "raised_with", "at"}},
    "voice": {"spoken=yes": {"spoken", "words", "to_whom"}, "spoken=no": {"spoken", "not_asked_because"}},
    "conclude": {"": {"conclusion"}},
    "act": {"": {"action", "who", "by_when", "reason"}},
    "access": {"": {"access", "granted_by"}},
    "purpose": {"": {"reason", "purpose"}},
    "where": {"": {"make", "serial", "location", "state", "pupils_use_it"}},
    "call": {"": {"to", "at", "outcome"}},
    "viewing": {"decision=viewed": {"decision", "reason", "agreed_by", "viewed_by", "present", "place", "at",
                                    "decided"},
                "decision=not_viewed": {"decision", "reason"}},
    "threshold": {"decision=met": {"adviser", "at", "advice", "decision", "limbs", "reason", "decided_by"}},
}  # fmt: skip
"""By page, and by the answer that opens more fields: what cannot be empty, of the field lists in the domain rules."""
CASES = [(page, when, names) for page, cases in BY_THE_RULES.items() for when, names in cases.items()]


def refused(page: str, when: str) -> set[str]:
    """Names of the fields at which an empty page says that something is missing."""
    panel = FormPanel(FORMS[page](OFFERED), lambda: NOW, back="Back", skippable=False)
    if when:
        name, _, key = when.partition("=")
        panel.show_words({name: key})
    at = {field for field, _ in panel.problems()}
    found = {name for name, field in panel.fields.items() if field in at}
    return found | ({when.partition("=")[0]} if when else set())


@pytest.mark.parametrize(("page", "when", "names"), CASES, ids=lambda part: part if isinstance(part, str) else "")
def test_what_the_rules_ask_for_is_refused_where_it_is_empty(page, when, names, qapp, theme):
    assert names - refused(page, when) == set()


@pytest.mark.parametrize("page", WIDER_FORMS)
def test_the_pages_ask_for_every_starred_field_of_the_wider_records(page, qapp, theme):
    kind = next(kind for kind in wider.WIDER_KINDS if WIDER_FORMS[page](OFFERED).key == kind.KIND)
    assert set(kind.STARRED) - refused(page, "") == set()
