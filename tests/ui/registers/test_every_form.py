"""Every page of every register: named, reached, not clipped, small and large; a date that is looked at survives."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from dsl_desk.domain.register_items import Act, Item
from dsl_desk.services.register_files import shipped_kinds
from dsl_desk.ui.registers.forms import FIELD, REASON, RegisterForm, close_form, correct_form, stage_form
from tests.ui.gallery import window
from tests.ui.walk import walk

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
ACT = Act(seq=1, by=(), at_local="2026-11-20T09:00:00+00:00")
KINDS = {kind.id: kind for kind in shipped_kinds()}


@pytest.fixture
def shell(qapp, theme):
    made = window(qapp)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("name", KINDS)
def test_every_page_of_a_register_can_be_used(shell, qapp, name):
    kind = KINDS[name]
    forms = [stage_form(kind, stage) for stage in kind.stages]
    for form in [*forms, *([close_form(kind)] if kind.closing else [])]:
        page = RegisterForm(form, lambda: NOW, back=kind.title)
        shell.show_page(page)
        for size in ((683, 384), (1366, 768))[: 2 if form is forms[0] else 1]:
            shell.resize(*size)
            for _ in range(6):
                qapp.processEvents()
            assert walk(shell) == [], (form.title, size)
        assert not page.later.isVisible()


def test_a_date_that_is_only_looked_at_stays_as_it_was_recorded(shell):
    kind = KINDS["data-breaches"]
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))).isoformat(timespec="minutes")
    said = {
        "known_at": summer, "what": "A list", "cause": "astray", "data": "30 pupils", "contained": "Rang",
        "told_by": "Sam Sample", "dpo_told_at": "2026-07-02", "happened_at": "some day",
    }  # fmt: skip
    item = Item(id="1", fields=said, recorded=ACT)
    page = RegisterForm(correct_form(kind, item), lambda: NOW, back="Back", parent=shell)
    page.show_item(item, kind)
    assert page.fields[FIELD + "known_at"].text() == "1 July 2026 09:30"
    page.fields[FIELD + "happened_at"].set_text("30 June 2026")
    page.fields[REASON].set_text("It was the day before")
    assert page.problems() == []
    told = page.told()
    assert told[REASON] == "It was the day before"
    assert {name: told[name] for name in said} == {**said, "happened_at": "2026-06-30"}
