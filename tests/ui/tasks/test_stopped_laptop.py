"""After a stop on this very laptop: only the stop page, until two people record why it is used again (flows 4)."""

from __future__ import annotations

import pytest

from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, LaptopResumed, PurposeRecorded
from dsl_desk.domain.case_words import CallOutcome
from dsl_desk.domain.errors import HaltedError
from dsl_desk.domain.follow_up_entries import CallLogged
from dsl_desk.domain.words import Grade
from dsl_desk.ui.case.by_two import ResumePanel
from dsl_desk.ui.case.resume import ResumePresenter
from dsl_desk.ui.halt import HaltState, Stopped
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk, walk_in_each_size


def stop_while_looking_here(stage, strand):
    desk, pair = stage.desk, ("dsl", "deputy")
    for name in pair:
        desk.review.name_reviewer(strand, stage.accounts[name])
    device = DeviceNamed(make="Desk", serial="D-1", location="Office", state="on", this_laptop=True)
    desk.review.name_device(strand, device)
    desk.review.record_access(strand, AccessRecorded(access="filtered", granted_by="The technician", ends_at="tonight"))
    desk.review.record_purpose(strand, PurposeRecorded(reason="A page", purpose="See it", stop_where="Any picture"))
    for name in pair:
        desk.review.declare(strand, stage.proves(name))
    desk.review.open(strand, present=tuple(stage.cast.played[name].name for name in pair), place="Office")
    desk.halt.stop(strand, Grade.STOP_IMAGES)


@pytest.fixture
def stopped(at, qtbot):
    played = at("concern")
    played.on_store(qtbot, lambda stage: stop_while_looking_here(stage, played.strand))
    played.resume = ResumePresenter(played.window, played.pool, lambda: played.stage.desk)
    played.window.show_stopped(Stopped(grade=Grade.STOP_IMAGES, time="14:02", stays=True))
    yield played
    played.window.release()


def test_two_people_record_why_and_only_then_the_stop_page_goes(stopped, qtbot, qapp):
    assert walk(stopped.window) == []
    stopped.window.halt._resume.click()
    page = shown(stopped, qtbot, ResumePanel)
    assert walk_in_each_size(stopped.window, lambda: settle(qapp)) == []
    page.back_requested.emit()
    assert stopped.window.halt.state is HaltState.STOPPED
    stopped.window.halt._resume.click()
    qtbot.waitUntil(lambda: stopped.window.page is not page)
    page = shown(stopped, qtbot, ResumePanel)
    page.primary_requested.emit()
    assert len(page.errors.links) == 6
    page.why.editor.set_key("police")
    page.reference.set_text("LOG-7")
    page.reason.set_text("The officer needs the record.")
    for fields, name in ((page.both.first, "dsl"), (page.both.second, "head")):
        stopped.prove(fields, name)
    with qtbot.waitSignal(stopped.resume.resumed):
        page.primary_requested.emit()

    case = stopped.case(qtbot)
    told = case.latest(LaptopResumed)
    assert (told.data.reason, told.data.police_advised, len(told.by)) == ("The officer needs the record.", True, 2)
    assert case.grade is Grade.STOP_IMAGES
    assert not case.laptop_stopped
    assert not stopped.window.halt.is_up


def test_one_person_twice_leaves_the_laptop_stopped_and_two_codes_stand_for_the_second(stopped, qtbot):
    stopped.window.halt._resume.click()
    page = shown(stopped, qtbot, ResumePanel)
    page.why.editor.set_key("need")
    page.reason.set_text("A child needs it, nobody answers.")
    for fields in (page.both.first, page.both.second):
        stopped.prove(fields, "dsl")
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: "two different people" in page._notice.words)
    call = CallLogged(to="Police", at="2026-11-21", outcome=CallOutcome.ANSWERED)
    assert refused(stopped, qtbot, lambda stage: stage.desk.work.log_call(stopped.strand, call))

    page.both.by_codes.setChecked(True)
    stopped.prove(page.both.first, "dsl")
    first, second = list(stopped.stage.codes)[:2]
    page.both.code_one.set_text(first)
    page.both.code_two.set_text(second)
    with qtbot.waitSignal(stopped.resume.resumed):
        page.primary_requested.emit()
    assert not stopped.case(qtbot).laptop_stopped


def refused(played, qtbot, work):
    def tried(stage):
        try:
            work(stage)
        except HaltedError:
            return True
        return False

    return played.on_store(qtbot, tried)
