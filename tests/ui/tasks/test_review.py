"""A session of looking through the real pages: both declare, sightings, exhibits, a stop, the end by both."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QScrollBar

from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.words import Grade
from dsl_desk.ui.review.before_panels import DeclarePanel, FinishPanel, StartPanel
from dsl_desk.ui.review.exhibit_panel import CapturePanel, ExhibitPanel
from dsl_desk.ui.review.screen import SECONDS
from dsl_desk.ui.review.session_panel import SECONDS_SHOWN, SessionPanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk


def begin(played, qtbot):
    """A session is open."""
    played.tasks.open_part(played.strand, "looked")
    page = shown(played, qtbot, StartPanel)
    page.primary_requested.emit()
    assert page.errors.isVisible()
    for box in page.present:
        box.setChecked(True)
    page.place.set_text("DSL's office")
    page.primary_requested.emit()
    return shown(played, qtbot, SessionPanel)


def see(page, *answers, address="social.example/badge"):
    """Fill the form of one sighting."""
    page.address.set_text(address)
    page.saw.set_text("The page shows the school badge.")
    page.concern.set_text("It is used without leave.")
    for tiles, answer in zip(page.stops, answers, strict=True):
        tiles.set_answer(answer)
    page.primary_requested.emit()


def drop(page, path):
    """A file is dropped on a page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(QPoint(5, 5)), copy, data, left, none))


def test_nobody_looks_before_both_have_declared(at, qtbot):
    played = at("named")
    played.tasks.open_part(played.strand, "both_declared")
    for name in ("dsl", "deputy"):
        page = shown(played, qtbot, DeclarePanel)
        played.prove(page.proof, name)
        page.primary_requested.emit()
        qtbot.waitUntil(lambda page=page: played.window.page is not page)

    assert len(played.case(qtbot).declared()) == 2


def test_a_sighting_is_recorded_only_when_both_answered_no_and_the_list_grows(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    assert page.looking
    assert all(tiles.answer is None for tiles in page.stops)
    see(page, "no", None)
    assert page.errors.isVisible()
    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")

    assert all(tiles.answer is None for tiles in page.stops)
    assert [one.address for one in page._seen.sightings] == ["social.example/badge"]

    page.pause.click()
    page.why_pause.set_text("Fire bell")
    page.pause.click()
    qtbot.waitUntil(lambda: page.clock.text() == "Paused")
    assert not page.looking
    page.pause.click()
    assert page.errors.isVisible()
    for box in page.back_in:
        box.setChecked(True)
    page.pause.click()
    qtbot.waitUntil(lambda: page.looking)

    page.finish.click()
    for name in ("deputy", "dsl"):
        end = shown(played, qtbot, FinishPanel)
        for box in (end.access, end.locked, end.times):
            box.setChecked(True)
        played.prove(end.proof, name)
        end.primary_requested.emit()
        qtbot.waitUntil(lambda end=end: played.window.page is not end)
    assert len(played.case(qtbot).sessions[0].finished_by) == 2


def test_not_sure_of_either_stops_the_case_at_once(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    see(page, "no", "not_sure")

    qtbot.waitUntil(lambda: played.window.halt.is_up)

    case = played.case(qtbot)
    assert case.grade is Grade.STOP_IMAGES
    assert case.session is None
    played.window.release()


def test_a_dropped_picture_comes_in_after_the_question_and_is_covered_by_halt_and_clock(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")
    page.add_exhibit.click()
    form = shown(played, qtbot, ExhibitPanel)
    picture = played.stage.cast.file("trading-page.png")
    drop(form, picture)
    assert form.errors.isVisible()
    form.shows.set_text("The front page with the badge")
    form.source.set_text("Review laptop")
    for _, tiles in form.answers:
        tiles.set_answer("no")
    drop(form, picture)
    page = shown(played, qtbot, SessionPanel)
    assert page.covered.is_covered
    page.covered.button.click()
    page.show_it.click()
    assert page.errors.isVisible()
    page.reason.set_text("to compare the address")
    page.show_it.click()

    qtbot.waitUntil(lambda: not page.covered.is_covered)
    played.window.halt_now()
    assert page.covered.is_covered
    played.window.release()
    page.show_picture(page.mark, QImage(8, 8, QImage.Format.Format_RGB32))
    for _ in range(SECONDS_SHOWN):
        page._on_tick()
    assert page.covered.is_covered
    assert played.case(qtbot).exhibits[0].data.sighting == 1
    page.uncover_requested.disconnect()
    page.reason.set_text("once more")
    page.show_it.click()
    page.cover_all()
    page.show_picture(page.mark, QImage(8, 8, QImage.Format.Format_RGB32))
    assert page.covered.is_covered


class FakeScreen:
    """Gives what a test says, and counts how often it was asked."""

    def __init__(self, image):
        self.image, self.asked = image, 0

    def grab(self, beside):
        assert not beside.isVisible()
        self.asked += 1
        return self.image


def two_colours():
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    for x in range(32):
        for y in range(48):
            image.setPixel(x, y, 0x336699)
    return image


def ask_for_capture(played, qtbot, page, *answers):
    page.capture.click()
    form = shown(played, qtbot, CapturePanel)
    form.primary_requested.emit()
    assert form.errors.isVisible()
    assert all(tiles.answer is None for _, tiles in form.answers)
    form.shows.set_text("The front page with the badge")
    form.source.set_text("Review laptop")
    for (_, tiles), answer in zip(form.answers, answers, strict=True):
        tiles.set_answer(answer)
    form.primary_requested.emit()
    return form


def count_down(capture, qtbot):
    qtbot.waitUntil(lambda: capture.strip is not None)
    strip = capture.strip
    for _ in range(SECONDS):
        strip.tick()


def test_a_picture_of_the_screen_is_taken_after_the_questions_while_the_desk_gives_way(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    capture, screen = played.tasks.review.capture, FakeScreen(two_colours())
    capture.screen = screen
    ask_for_capture(played, qtbot, page, "no", "no")
    qtbot.waitUntil(lambda: capture.strip is not None)
    assert not played.window.isVisible()
    assert capture.strip.isVisible()
    assert walk(capture.strip) == []
    count_down(capture, qtbot)
    shown(played, qtbot, SessionPanel)

    exhibit = played.case(qtbot).exhibits[0].data
    assert (screen.asked, exhibit.intake, exhibit.original_name) == (1, Intake.CAPTURE, "screen.png")
    assert exhibit.stop_questions_answered_no_by == tuple(one.name for one in played.case(qtbot).reviewers)
    assert played.window.isVisible()
    assert page.covered.is_covered


def test_a_sighting_names_every_exhibit_that_belongs_to_it(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")
    capture = played.tasks.review.capture
    capture.screen = FakeScreen(two_colours())
    for count in (1, 2):
        ask_for_capture(played, qtbot, page, "no", "no")
        count_down(capture, qtbot)
        page = shown(played, qtbot, SessionPanel)
        qtbot.waitUntil(lambda count=count: len(played.case(qtbot).exhibits) == count)

    marks = [str(one.mark) for one in played.case(qtbot).exhibits]
    seen = page._seen.sightings[0].mark
    assert seen == ", ".join(marks)


def test_a_halt_drops_the_picture_that_was_about_to_be_taken(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    capture, screen = played.tasks.review.capture, FakeScreen(two_colours())
    capture.screen = screen
    ask_for_capture(played, qtbot, page, "no", "no")
    qtbot.waitUntil(lambda: capture.strip is not None)
    strip = capture.strip
    strip.tick()
    played.window.halt_now()

    assert played.window.isVisible()
    assert played.window.halt.is_up
    strip.due.emit()
    assert screen.asked == 0
    assert played.case(qtbot).exhibits == ()
    played.window.release()


def test_a_reason_to_stop_takes_no_picture_and_asks_which_stop(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    capture, screen = played.tasks.review.capture, FakeScreen(two_colours())
    capture.screen = screen
    ask_for_capture(played, qtbot, page, "no", "not_sure")

    assert played.window.halt.is_up
    assert screen.asked == 0
    played.window.release()


def test_where_the_laptop_gives_no_picture_it_says_so_and_keeps_nothing(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    form = ask_for_capture(played, qtbot, page, "no", "no")  # the tests' own screen gives none, as Wayland
    count_down(played.tasks.review.capture, qtbot)
    qtbot.waitUntil(form.refusal.isVisible)

    assert "gives no picture" in form.refusal.words
    assert played.case(qtbot).exhibits == ()


def test_not_sure_leaves_the_file_where_it_is(at, qtbot):
    played = at("concern")
    played.tasks.open_material(played.strand)
    form = shown(played, qtbot, ExhibitPanel)
    form.shows.set_text("A picture somebody sent")
    form.source.set_text("A pupil's telephone")
    form.supplied_by.set_text("A parent")
    form.seen_by.set_text("Nobody")
    for _, tiles in form.answers:
        tiles.set_answer("not_sure")
    form.primary_requested.emit()

    qtbot.waitUntil(form.refusal.isVisible)

    assert played.case(qtbot).exhibits == ()


def test_every_page_of_a_review_can_be_named_reached_hit_and_read(at, qtbot, qapp):
    played = at("prepared")
    faults: list[object] = []

    def look(name, sizes=((683, 384), (1366, 768))):
        for size in sizes:
            played.window.resize(*size)
            settle(qapp)
            faults.extend((name, size, one) for one in walk(played.window))

    for kind, page_kind in (("both_declared", DeclarePanel), ("looked", StartPanel), ("finished_by_both", FinishPanel)):
        played.tasks.open_part(played.strand, kind)
        shown(played, qtbot, page_kind)
        look(kind)
    page = begin(played, qtbot)
    look("session", ((1366, 768),))
    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")
    look("session with a line", ((1366, 768),))
    page.add_exhibit.click()
    form = shown(played, qtbot, ExhibitPanel)
    look("exhibit")
    form.back_requested.emit()
    shown(played, qtbot, SessionPanel).capture.click()
    shown(played, qtbot, CapturePanel)
    look("capture")

    assert faults == []


def test_whoever_signs_in_next_does_not_come_back_to_the_half_written_sighting(at, qtbot):
    played = at("prepared")
    page = begin(played, qtbot)
    page.saw.set_text("Half a sentence of somebody else")
    left: list[object] = []
    played.tasks.left.connect(left.append)

    played.tasks.start_anew()  # as the window does when somebody else has come in
    played.tasks.open_part(played.strand, "finished_by_both")
    shown(played, qtbot, FinishPanel).back_requested.emit()

    assert played.tasks.review.session is None
    assert left == [played.strand]


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (683, 384)])
def test_after_a_sighting_the_form_stands_at_its_top_and_says_what_was_recorded(at, qtbot, qapp, size):
    played = at("prepared")
    page = begin(played, qtbot)
    played.window.resize(*size)
    settle(qapp)
    for bar in page.findChildren(QScrollBar):
        bar.setValue(bar.maximum())

    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")
    settle(qapp)

    assert played.window.focusWidget() is page.address.editor
    for part in (page.heading, page.said, page.address, page.address.editor):
        assert part.visibleRegion().boundingRect().height() == part.height(), part
    assert page.said.text() == "Sighting 1 is recorded."
    assert walk(played.window) == []
