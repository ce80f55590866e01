"""The governor summary through its pages: preview, what is withheld, release by two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel

from dsl_desk.services.governors import Period
from dsl_desk.ui.governors.facts_panel import FactsPanel
from dsl_desk.ui.governors.panel import PeriodPanel, SummaryPanel
from dsl_desk.ui.papers.panel import PaperPanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk, walk_in_each_size


def test_facts_stand_beside_the_counts_are_kept_and_name_nobody(at, qtbot, qapp):
    played = at("concern")
    year = played.stage.around.clock.now().local.year
    played.tasks.open_governors()
    page = shown(played, qtbot, PeriodPanel)
    page.label.set_text(f"year {year}")
    page.first.set_text(f"1/1/{year}")
    page.last.set_text(f"31 12 {year}")
    page.primary_requested.emit()
    shown(played, qtbot, SummaryPanel).facts.click()
    facts = shown(played, qtbot, FactsPanel)
    assert walk_in_each_size(played.window, lambda: settle(qapp)) == []
    pupil = played.stage.cast.played["quill"].name
    facts.fields["changes"].set_text(f"One, because of {pupil}.")
    facts.primary_requested.emit()
    qtbot.waitUntil(lambda: "names somebody" in facts._notice.words)
    facts.fields["changes"].set_text("Two, at teachers' request.")
    facts.fields["training"].set_text("All teaching staff, in October.")
    facts.primary_requested.emit()
    panel = shown(played, qtbot, SummaryPanel)
    said = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Two, at teachers' request." in said

    panel.back_requested.emit()
    page = shown(played, qtbot, PeriodPanel)
    assert page.label.text() == f"year {year}"
    page.primary_requested.emit()
    panel = shown(played, qtbot, SummaryPanel)
    assert "All teaching staff, in October." in " ".join(label.text() for label in panel.findChildren(QLabel))


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [
        ("1/9/26", "18 December", ("2026-09-01", "2026-12-18")),
        ("1 September", "31/8/27", ("2026-09-01", "2027-08-31")),
        ("1/9/26", "friday", ("2026-09-01", "2026-09-04")),
        ("1 12 2026", "2 1 2027", ("2026-12-01", "2027-01-02")),
    ],
)
def test_the_days_of_a_period_are_read_as_people_write_them_and_read_back(qtbot, theme, first, last, read):
    page = PeriodPanel(lambda: datetime(2026, 11, 22, 4, 46, tzinfo=UTC))
    qtbot.addWidget(page)
    asked: list[Period] = []
    page.preview_requested.connect(asked.append)
    page.label.set_text("Autumn term")
    page.first.set_text(first)
    page.last.set_text(last)

    page.primary_requested.emit()

    assert [(one.first, one.last) for one in asked] == [read]
    again = PeriodPanel(lambda: datetime(2027, 5, 1, tzinfo=UTC), asked[0])
    qtbot.addWidget(again)
    again.preview_requested.connect(asked.append)
    again.primary_requested.emit()
    assert asked[1] == asked[0]


def test_a_last_day_before_the_first_is_said_at_its_field(qtbot, theme):
    page = PeriodPanel(lambda: datetime(2026, 11, 22, 4, 46, tzinfo=UTC))
    qtbot.addWidget(page)
    page.label.set_text("Autumn term")
    page.first.set_text("1/9/26")
    page.last.set_text("31/8/26")

    page.primary_requested.emit()

    assert page.last.error
    assert not page.first.error


def test_a_summary_is_seen_as_it_prints_and_released_by_two(at, qtbot, qapp):
    played = at("concern")
    year = played.stage.around.clock.now().local.year
    played.tasks.open_governors()
    page = shown(played, qtbot, PeriodPanel)
    settle(qapp)
    faults = [walk(played.window)]
    page.primary_requested.emit()
    assert len(page.errors.links) == 3
    page.label.set_text(f"year {year}")
    page.first.set_text(f"1/1/{year}")
    page.last.set_text(f"31 12 {year}")
    page.primary_requested.emit()
    page = shown(played, qtbot, SummaryPanel)
    for size in ((1366, 768), (683, 384)):
        played.window.resize(*size)
        settle(qapp)
        faults.append(walk(played.window))
    assert faults == [[], [], []]
    page.printed.click()
    shown(played, qtbot, PaperPanel).back_requested.emit()

    page.primary_requested.emit()
    said = [link.accessibleName() for link in page.errors.links]
    assert len(set(said)) == 4  # whose name and whose passphrase

    played.prove(page.first, "dsl")
    played.prove(page.second, "deputy")
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: "Headteacher or the Chair" in page._notice.words)
    played.prove(page.first, "dsl")
    played.prove(page.second, "head")
    page.primary_requested.emit()

    qtbot.waitUntil(lambda: page.state.text() == "Released")
