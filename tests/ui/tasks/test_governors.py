"""The governor summary through its pages: preview, what is withheld, release by two."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

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

    played.prove(page.first, "dsl")
    played.prove(page.second, "deputy")
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: "Headteacher or the Chair" in page._notice.words)
    played.prove(page.first, "dsl")
    played.prove(page.second, "head")
    page.primary_requested.emit()

    qtbot.waitUntil(lambda: page.state.text() == "Released")
