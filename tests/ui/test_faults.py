"""A fault of the program itself: one calm page, a report that names nobody, and everything typed still there."""

from __future__ import annotations

import logging
import re
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qCritical
from PySide6.QtTest import QTest

from dsl_desk import privacy
from dsl_desk.ui.fault_page import FaultPage
from dsl_desk.ui.widgets import Button
from dsl_desk.window_app import faults
from tests.desks import set_up_once, stage
from tests.ui.opened import Hands, remember
from tests.ui.walk import walk

__all__ = ["set_up_once", "stage"]

MARKER = "Zebedee Placeholder"
HOME = "What is waiting for me"


class MarkedError(Exception):
    """Its text carries what must not leave it."""


@pytest.fixture
def hands(qapp, theme, stage, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", privacy._say_type_only)  # as harden_process sets them, before it listens
    monkeypatch.setattr(threading, "excepthook", privacy._say_thread_type_only)
    monkeypatch.setattr(sys, "unraisablehook", privacy._say_unraisable_type_only)
    remember(stage.around, stage.desk_folder)
    hands = Hands(qapp, stage.around)
    hands.on("Unlock the desk")
    hands.opened.faults.listen()
    yield hands
    hands.opened.faults.stop()
    hands.close()


@pytest.fixture
def in_home(hands, stage):
    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.on(HOME)
    return hands


def fail(*_: object) -> None:
    pupil = MARKER
    try:
        raise KeyError(pupil)
    except KeyError as error:
        raise MarkedError(f"{pupil} was here") from error


def reports(stage) -> list[Path]:
    return sorted((stage.around.config / "reports").glob("*.txt"))


def on_fault_page(hands) -> FaultPage:
    hands.until(lambda: isinstance(hands.window.page, FaultPage), "the page of a fault")
    hands.quiet()
    page: FaultPage = hands.window.page
    return page


def test_a_fault_in_a_slot_shows_a_page_and_leaves_a_report_that_names_nobody(in_home, stage, capfd, caplog):
    hands = in_home
    button = Button("Made up")
    button.clicked.connect(fail)
    hands.page.add_to_head(button)
    hands.quiet()
    with caplog.at_level(logging.DEBUG):
        hands.press("Made up")
        page = on_fault_page(hands)

    (report,) = reports(stage)
    told = report.read_text(encoding="utf-8")
    assert MARKER not in told
    assert "Zebedee" not in told + report.name + capfd.readouterr().err + caplog.text + page.code
    assert "MarkedError\n" in told
    assert "KeyError" in told
    assert page.code in told
    assert page.place == str(report)
    assert "DSL Desk 0" in told
    assert report.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    assert walk(hands.window) == []


def test_the_report_names_lines_of_the_program_alone(in_home, stage):
    hands = in_home
    hands.opened.desk.home._services = fail  # a job of Home now runs through the program and then into the test
    hands.window.place_requested.emit("cases")
    on_fault_page(hands)

    told = reports(stage)[0].read_text(encoding="utf-8")
    places = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    assert places
    assert all(re.fullmatch(r"dsl_desk(\.\w+)+:\d+", place) for place in places)
    assert str(Path(__file__).parent) not in told


@pytest.mark.parametrize("way", ["start", "start_aside"])
def test_a_fault_in_work_behind_the_window_shows_the_page_after_the_jobs_own_ending(in_home, stage, way, capfd):
    hands, told = in_home, list[str]()
    getattr(hands.opened.pool, way)(fail, owner=hands.window, failed=told.append)
    page = on_fault_page(hands)

    assert len(told) == 1
    assert "could not be done" in told[0]
    assert MARKER not in told[0] + reports(stage)[0].read_text() + capfd.readouterr().err
    assert page.code in reports(stage)[0].name


def test_a_fault_in_a_thread_of_pythons_own_is_heard(in_home, stage):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    on_fault_page(in_home)
    assert MARKER not in reports(stage)[0].read_text()


def test_a_grave_word_of_qt_is_reported_without_the_word(in_home, stage, capfd):
    qCritical(f"{MARKER} could not be drawn")
    on_fault_page(in_home)

    told = reports(stage)[0].read_text()
    assert "Qt: critical" in told
    assert "Zebedee" not in told + capfd.readouterr().err


def test_a_lesser_word_of_qt_shows_nothing_and_is_not_repeated(in_home, stage, capfd):
    from PySide6.QtCore import qWarning

    qWarning(MARKER)
    in_home.quiet()
    assert in_home.page.title.text() == HOME
    assert reports(stage) == []
    assert "Zebedee" not in capfd.readouterr().err


def test_going_on_comes_back_to_the_same_page_with_what_was_typed(in_home):
    hands = in_home
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    page, finder = hands.page, hands.page.cases.finder
    hands.type("Find cases by reference, name or word", "half a word")
    hands.opened.pool.start(fail, owner=hands.window)
    on_fault_page(hands)

    hands.press("Go on")
    hands.on("Cases")
    assert hands.page is page
    assert finder.text() == "half a word"


def test_a_concern_half_typed_is_kept_as_a_draft_when_the_desk_is_locked_from_the_page(in_home, stage):
    hands = in_home
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.until(lambda: hands.page.title.text() != HOME, "a question")
    hands.quiet()
    asked = hands.page
    hands.opened.pool.start(fail, owner=hands.window)
    on_fault_page(hands)
    hands.press("Lock now")
    assert hands.window.is_locked
    hands.quiet()

    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.until(lambda: hands.page is asked, "the same question")


def test_halt_and_lock_keys_work_over_the_page(in_home):
    hands = in_home
    hands.opened.pool.start(fail, owner=hands.window)
    on_fault_page(hands)
    hands.key(Qt.Key.Key_F8)
    assert hands.window.halt.is_up
    hands.window.release()
    hands.key(Qt.Key.Key_F12)
    assert hands.window.is_locked


def test_the_same_fault_again_and_again_is_one_page_and_one_report(in_home, stage):
    hands = in_home
    for _ in range(30):
        hands.opened.pool.start(fail, owner=hands.window)
    on_fault_page(hands)
    assert len(reports(stage)) == 1

    hands.press("Go on")
    hands.on(HOME)


def test_a_fault_while_locked_is_shown_after_unlocking_and_never_over_the_door(in_home, stage):
    hands = in_home
    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    hands.opened.faults.met(MarkedError(MARKER))
    hands.quiet()
    assert hands.page.title.text() == "Unlock the desk"

    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    on_fault_page(hands)
    hands.press("Go on")
    hands.on(HOME)


def test_at_the_door_nobody_can_lock_what_is_locked(hands):
    hands.opened.faults.met(MarkedError(MARKER))
    page = on_fault_page(hands)
    assert page.lock.isHidden()
    hands.press("Go on")
    hands.on("Unlock the desk")


def test_where_no_report_can_be_written_the_page_says_so(in_home, stage):
    (stage.around.config / "reports").write_text("a file stands in the way")
    in_home.opened.faults.met(MarkedError(MARKER))
    page = on_fault_page(in_home)

    assert page.place == ""
    assert "No report could be written" in page._lies.text()


def test_no_more_reports_are_kept_than_are_of_use(in_home, stage, monkeypatch):
    monkeypatch.setattr(faults, "MOST_KEPT", 3)
    for number in range(6):
        in_home.opened.faults._report((f"Made up {number}",))
    assert len(reports(stage)) == 3


def test_a_page_that_is_gone_meanwhile_leads_home(in_home):
    hands = in_home
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    page = hands.page
    hands.opened.faults.met(MarkedError(MARKER))
    on_fault_page(hands)
    page.deleteLater()
    hands.quiet()
    QTest.qWait(0)
    hands.press("Go on")
    hands.on(HOME)
