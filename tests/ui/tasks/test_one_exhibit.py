"""One exhibit: shown for a stated reason and a counted time, and where it went; closed behind a stop for pictures."""

from __future__ import annotations

from dsl_desk.domain.case_words import ContinuityAction
from dsl_desk.domain.follow_up_entries import ContinuityRecorded, Viewed
from dsl_desk.domain.words import Grade
from dsl_desk.ui.case.exhibit_panel import SECONDS_SHOWN, OneExhibitPanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk_in_each_size


def test_an_exhibit_is_shown_for_a_reason_and_its_way_is_told(at, qtbot, qapp):
    played = at("looked")
    played.tasks.open_part(played.strand, "exhibits")
    page = shown(played, qtbot, OneExhibitPanel)
    assert walk_in_each_size(played.window, lambda: settle(qapp)) == []
    page.which.editor.setCurrentIndex(page.which.editor.count() - 1)  # the first that came in, a picture
    mark = page.which.editor.key
    qtbot.waitUntil(lambda: played.window.page is not page)
    page = shown(played, qtbot, OneExhibitPanel)
    assert page._shown.mark == mark

    page.covered.button.click()
    page.show_it.click()
    assert page.errors.isVisible()
    page.reason.set_text("to compare the address")
    page.show_it.click()
    qtbot.waitUntil(lambda: not page.covered.is_covered or bool(page._notice.words))
    assert not page.covered.is_covered, (page._notice.words, page._shown)
    for _ in range(SECONDS_SHOWN):
        page.tick()
    assert page.covered.is_covered
    assert played.case(qtbot).latest(Viewed).data.reason == "to compare the address"

    page.primary_requested.emit()
    assert len(page.errors.links) == 3
    page.action.editor.set_key("moved")
    page.from_whom.set_text("DSL's office")
    page.to_whom.set_text("Safe")
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: played.window.page is not page)
    moved = played.case(qtbot).latest(ContinuityRecorded).data
    assert (moved.action, moved.to_whom) == (ContinuityAction.MOVED, "Safe")


def test_behind_a_stop_for_pictures_an_exhibit_stays_closed(at, qtbot):
    played = at("looked")
    played.on_store(qtbot, lambda stage: stage.desk.halt.stop(played.strand, Grade.STOP_IMAGES))
    played.tasks.open_part(played.strand, "exhibits")
    page = shown(played, qtbot, OneExhibitPanel)
    assert not page.covered.isVisible()
    assert "behind a stop for pictures" in page._shown.closed
    assert page.halted
