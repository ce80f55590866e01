"""A redacted copy made in the window: marked by keys and by mouse, covered again by itself, sealed as an exhibit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from dsl_desk.domain.case_entries import ExhibitRedacted
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.words import Grade
from dsl_desk.ui.case.exhibit_panel import OneExhibitPanel
from dsl_desk.ui.case.redact_panel import SECONDS_SHOWN, RedactPanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk, walk_in_each_size


def on_a_picture(played, qtbot) -> OneExhibitPanel:
    played.tasks.open_part(played.strand, "exhibits")
    page = shown(played, qtbot, OneExhibitPanel)
    page.which.editor.setCurrentIndex(page.which.editor.count() - 1)
    qtbot.waitUntil(lambda: played.window.page is not page)
    found: OneExhibitPanel = shown(played, qtbot, OneExhibitPanel)
    return found


def mark_two(page: RedactPanel) -> None:
    """One part by keys, one by mouse; one more is taken back."""
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(page.picture, key)
    QTest.keyClick(page.picture, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    page.frame.click()
    assert len(page.picture.areas) == 2
    QTest.keyClick(page.picture, Qt.Key.Key_Backspace)
    room = page.picture._room()
    corner, end = room.topLeft() + QPoint(4, 4), room.center()
    QTest.mousePress(page.picture, Qt.MouseButton.LeftButton, pos=corner.toPoint())
    QTest.mouseMove(page.picture, end.toPoint())
    QTest.mouseRelease(page.picture, Qt.MouseButton.LeftButton, pos=end.toPoint())


def test_parts_of_a_picture_are_covered_for_good_in_a_copy_of_its_own(at, qtbot, qapp):
    played = at("looked")
    exhibit = on_a_picture(played, qtbot)
    mark, before = exhibit._shown.mark, len(played.case(qtbot).exhibits)
    exhibit.redact.click()
    page = shown(played, qtbot, RedactPanel)
    assert walk_in_each_size(played.window, lambda: settle(qapp)) == []
    page.primary_requested.emit()
    assert len(page.errors.links) == 2
    page.show_it.click()
    assert not page.picture.has_picture
    page.why.set_text("For the parents, without who wrote it")
    page.show_it.click()
    qtbot.waitUntil(lambda: page.picture.has_picture or bool(page._notice.words))
    assert page.picture.has_picture, page._notice.words
    assert "To make a redacted copy" in played.case(qtbot).latest(Viewed).data.reason
    settle(qapp)
    assert walk(played.window) == []

    mark_two(page)
    for _ in range(SECONDS_SHOWN):
        page.tick()
    assert not page.picture.has_picture
    marked = len(page.picture.areas)
    assert marked >= 1
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: played.window.page is not page or bool(page._notice.words))
    assert played.window.page is not page, page._notice.words
    copy = shown(played, qtbot, OneExhibitPanel)
    assert "a redacted copy of" in copy._notice.words
    case = played.case(qtbot)
    told = case.latest(ExhibitRedacted).data
    assert (told.parent, told.areas, told.mark) == (mark, marked, case.exhibits[-1].mark)
    assert len(case.exhibits) == before + 1


def test_a_halt_covers_the_picture_and_a_stopped_case_offers_no_copy(at, qtbot):
    played = at("looked")
    exhibit = on_a_picture(played, qtbot)
    exhibit.redact.click()
    page = shown(played, qtbot, RedactPanel)
    page.why.set_text("For the parents")
    page.show_it.click()
    qtbot.waitUntil(lambda: page.picture.has_picture)
    page.picture.cover_frame()
    played.window.halt.covered.emit()
    assert not page.picture.has_picture
    played.on_store(qtbot, lambda stage: stage.desk.halt.stop(played.strand, Grade.POLICE_FIRST))
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: "stopped" in page._notice.words)
    played.tasks.open_part(played.strand, "exhibits")
    assert not shown(played, qtbot, OneExhibitPanel).redact.isVisible()


def test_a_picture_that_was_asked_for_before_all_was_covered_is_not_shown_when_it_comes(at, qtbot):
    """Drawing takes a moment: the stop was asked for and taken back meanwhile, and what was covered stays covered."""
    played = at("looked")
    exhibit = on_a_picture(played, qtbot)
    exhibit.uncover_requested.disconnect()  # nothing is drawn here but what comes late
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    exhibit.covered.button.click()
    exhibit.reason.set_text("to compare")
    exhibit.show_it.click()
    played.window.halt_now()
    played.window.halt._back.click()
    played.window.halt._uncover.click()
    assert exhibit.isVisible()
    exhibit.show_picture(picture)
    assert exhibit.covered.is_covered
    exhibit.show_it.click()
    exhibit.show_picture(picture)
    assert exhibit._left_s > 0

    exhibit.redact.click()
    page = shown(played, qtbot, RedactPanel)
    page.uncover_requested.disconnect()
    page.why.set_text("For the parents")
    page.show_it.click()
    page.cover()
    page.show_picture(picture)
    assert not page.picture.has_picture
    page.show_it.click()
    page.show_picture(picture)
    assert page._left_s > 0
