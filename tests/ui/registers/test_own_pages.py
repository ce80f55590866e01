"""Data breaches, checks, alerts and media have pages of their own: what their work needs first stands on top."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dsl_desk.domain.moments import before
from dsl_desk.domain.words import Grade
from dsl_desk.rehearsal import registers_kept
from dsl_desk.ui.registers.item_panel import ItemPanel
from dsl_desk.ui.registers.own_pages import OWN_PAGES, AlertPage, BreachPage, CheckPage, MediumPage, item_page
from dsl_desk.ui.widgets import Status, Text
from tests.ui.gallery import window
from tests.ui.tasks.played import settle
from tests.ui.walk import walk_in_each_size

BREACH = {
    "what": "A letter went astray.", "cause": "astray", "data": "Two names.", "contained": "It was shredded.",
    "told_by": "Sam Sample",
}  # fmt: skip
ALERT = {
    "source": "alert", "system": "The filter", "group": "pupils", "about": "A word was typed.", "rank": "today",
}  # fmt: skip
MEDIUM = {
    "medium": "Stick 1", "owner": "school", "holder": "Sam Sample", "purpose": "A trip", "data": "A list",
    "encrypted": "yes", "checked": "no",
}  # fmt: skip


@pytest.fixture
def shell(qapp, theme):
    made = window(qapp)
    made.show()
    yield made
    made.close()


def shown(shell, qapp, seen):
    page = item_page(seen, shell)
    shell.show_page(page)
    assert walk_in_each_size(shell, lambda: settle(qapp)) == []
    return page


def words(page):
    texts = [text.text() for text in page.findChildren(Text) if text.isVisible()]
    return " | ".join([*texts, *(status.accessibleName() for status in page.findChildren(Status))])


def test_a_breach_shows_its_72_hours_large_and_what_the_ico_asks_for(shell, qapp, stage):
    desk, now = stage.sign_in("dsl"), stage.around.clock.now()
    known = before(now.local, timedelta(hours=30)).isoformat(timespec="minutes")
    item = desk.registers.record(registers_kept.BREACHES, {**BREACH, "known_at": known})
    page = shown(shell, qapp, desk.registers.item(registers_kept.BREACHES, item))
    assert isinstance(page, BreachPage)
    assert "72 hours" in words(page)
    assert "41 hours" in words(page) or "42 hours" in words(page)
    assert "Not yet" in words(page)
    late = before(now.local, timedelta(hours=80)).isoformat(timespec="minutes")
    item = desk.registers.record(registers_kept.BREACHES, {**BREACH, "known_at": late})
    assert "over" in words(shown(shell, qapp, desk.registers.item(registers_kept.BREACHES, item)))


def test_a_check_shows_who_was_there_and_the_next_one(shell, qapp, stage):
    registers_kept._check(stage)
    (item,) = stage.desk.registers.items(registers_kept.CHECKS)
    page = shown(shell, qapp, stage.desk.registers.item(registers_kept.CHECKS, item.id))
    assert isinstance(page, CheckPage)
    assert "Dolor Cablewright" in words(page)
    assert "No day is set" in words(page)
    assert "Works as it should" in words(page)


def test_an_alert_leads_to_the_case_it_became(shell, qapp, stage, qtbot):
    desk, now = stage.sign_in("dsl"), stage.around.clock.now()
    item = desk.registers.record("monitoring-alerts", {**ALERT, "seen_at": now.at_local, "look_by": tomorrow(now)})
    assert "Nobody has said yet" in words(shown(shell, qapp, desk.registers.item("monitoring-alerts", item)))
    told = {"outcome": "case", "case": "MI-2026-K7Q4", "outcome_words": "It is a case.", "outcome_on": now.at_local}
    desk.registers.follow("monitoring-alerts", item, "outcome", told)
    page = shown(shell, qapp, desk.registers.item("monitoring-alerts", item))
    assert isinstance(page, AlertPage)
    with qtbot.waitSignal(page.case_wanted) as wanted:
        page.open_case.click()
    assert wanted.args == ["MI-2026-K7Q4"]
    assert desk.registers.case_called("MI-2026-K7Q4") is None
    begun = desk.stop_at_once.stop(None, Grade.POLICE_FIRST)
    assert desk.registers.case_called(begun.reference) == begun.strand


def tomorrow(now):
    return (now.local + timedelta(days=1)).date().isoformat()


def test_a_medium_says_whether_it_is_approved_encrypted_checked_and_wiped(shell, qapp, stage):
    desk, now = stage.sign_in("dsl"), stage.around.clock.now()
    item = desk.registers.record("removable-media", {**MEDIUM, "asked_on": now.at_local})
    page = shown(shell, qapp, desk.registers.item("removable-media", item))
    assert isinstance(page, MediumPage)
    for label in ("Approved", "Encrypted", "Checked for malware", "Wiped"):
        assert label in words(page)


def test_the_other_registers_have_the_common_page(stage):
    kinds = {kind.id for kind in stage.sign_in("dsl").registers.kinds()}
    assert set(OWN_PAGES) <= kinds
    assert kinds - set(OWN_PAGES)
    assert all(issubclass(page, ItemPanel) for page in OWN_PAGES.values())
