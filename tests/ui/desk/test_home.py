"""Home and the list of cases on a real desk: what waits, found as one types, opened by mouse and by key."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dsl_desk.domain.wider_entries import DateSet
from dsl_desk.domain.words import Grade
from dsl_desk.services.case_list import CaseFilter, ListOrder, ListState
from dsl_desk.services.home import HomeService, Waiting, WaitingKind
from dsl_desk.ui.desk.panel import MOST_SHOWN, WaitingList
from tests.builders import there
from tests.services.scenes import begun, judged, sign
from tests.ui.halts import busier, spent_s
from tests.ui.opened import Hands, remember
from tests.ui.walk import walk

HOME = "What is waiting for me"


@pytest.fixture
def open_desk(qapp, theme, stage):
    opened: list[Hands] = []

    def open_it(name="dsl"):
        stage.lock()
        remember(stage.around, stage.desk_folder)
        hands = Hands(qapp, stage.around)
        opened.append(hands)
        hands.on("Unlock the desk")
        secret = stage.cast.secret(name)
        hands.unlock(secret.sign_in_name, secret.passphrase)
        hands.on(HOME)
        return hands

    yield open_it
    for hands in opened:
        hands.close()


def test_a_halted_case_stands_first_with_its_next_step(stage, open_desk):
    desk = stage.sign_in("dsl")
    calm = begun(stage, summary="A list of proxies was passed round")
    stopped = begun(stage, summary="A picture on a phone")
    desk.halt.stop(stopped.strand, Grade.STOP_IMAGES)
    hands = open_desk()
    first = hands.rows()[0]
    assert first.text() == f"{stopped.reference} is halted"
    assert "Secure the device" in first.accessibleName()
    assert "Now" in first.accessibleName()
    table = hands.page.cases.table.model()
    shown = {table.index(row, 0).data() for row in range(table.rowCount())}
    assert shown == {calm.reference, stopped.reference}
    assert walk(hands.window) == []


def test_a_sign_off_is_asked_of_the_second_reviewer_alone(stage, open_desk):
    stage.sign_in("dsl")
    strand = judged(stage)
    sign(stage, strand, "dsl")
    hands = open_desk("deputy")
    asked = [row.accessibleName() for row in hands.rows()]
    assert any("Your sign-off is asked for" in words and "Demo Placeholder signed" in words for words in asked)
    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    secret = stage.cast.secret("dsl")
    hands.unlock(secret.sign_in_name, secret.passphrase)
    hands.on(HOME)
    assert not any("sign-off is asked" in row.accessibleName() for row in hands.rows())


def test_no_place_and_no_search_opens_while_this_very_laptop_is_stopped(stage, open_desk):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    hands = open_desk()
    home = hands.window.page
    hands.opened.desk.desks.switch.stop_laptop(strand)
    for key in ("cases", "packs", "governors", "settings"):
        hands.window.place_requested.emit(key)
        hands.quiet()
        assert hands.window.page is home, key
    hands.window.search_requested.emit("proxies")
    hands.quiet()
    assert hands.window.page is home


def test_cases_are_found_as_one_types(stage, open_desk):
    stage.sign_in("dsl")
    begun(stage, summary="A list of proxies was passed round")
    wanted = begun(stage, summary="Money asked for in a game")
    hands = open_desk()
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    model = hands.page.cases.model
    for typed in ("money", "Money asked", wanted.reference[-4:].lower(), "gam"):
        hands.type("Find cases by reference, name or word", typed)
        hands.until(lambda: model.total == 1, typed)
        assert model.case_at(0).reference == wanted.reference
    hands.type("Find cases by reference, name or word", "no such thing at all")
    hands.until(lambda: model.total == 0, "nothing")
    assert "No case fits" in hands.page.cases.none.text()
    assert walk(hands.window) == []


def test_return_goes_to_the_rows_and_opens_one(stage, open_desk):
    stage.sign_in("dsl")
    only = begun(stage, summary="Money asked for in a game")
    hands = open_desk()
    hands.type("Find cases by reference, name or word", "money")
    hands.quiet()
    opened: list[str] = []
    hands.page.cases.case_opened.connect(opened.append)
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    assert opened == [only.strand]


def test_filters_ask_the_database(stage, open_desk):
    desk = stage.sign_in("dsl")
    halted = begun(stage, triage=None, summary="First")
    desk.halt.stop(halted.strand, Grade.POLICE_FIRST)
    stage.sign_in("deputy")
    other = begun(stage, summary="Second")
    lists = stage.sign_in("dsl").lists
    me = lists.choices().me

    def found(**wanted):
        return [row.reference for row in lists.page(CaseFilter(**wanted), 0, 40).rows]

    assert found(state=ListState.HALTED) == [halted.reference]
    assert found(state=ListState.CLOSED) == []
    assert set(found(state=ListState.ALL)) == {halted.reference, other.reference}
    assert found(person=me) == [halted.reference]
    assert found(order=ListOrder.REFERENCE, descending=False) == sorted([halted.reference, other.reference])
    assert set(found(category="other")) == {halted.reference, other.reference}
    assert found(category="bullying") == []
    stage.desk.review.name_reviewer(other.strand, me)
    assert set(found(person=me)) == {halted.reference, other.reference}


def test_words_with_signs_of_a_query_are_plain_words(stage):
    stage.sign_in("dsl")
    one = begun(stage, summary='50% of "it" is a_b and ~tilde')
    begun(stage, summary="something else")
    lists = stage.desk.lists

    def found(words):
        return [row.reference for row in lists.page(CaseFilter(words=words), 0, 40).rows]

    for words in ("50%", "a_b", "~tilde", '"it"'):
        assert found(words) == [one.reference], words
    assert found("50_") == []


def test_pages_further_down_are_asked_for_once_and_shown(stage, open_desk, monkeypatch):
    monkeypatch.setattr("dsl_desk.ui.desk.model.PAGE", 4)
    monkeypatch.setattr("dsl_desk.ui.desk.presenter.PAGE", 4)
    stage.sign_in("dsl")
    references = {begun(stage, summary=f"Concern {number}").reference for number in range(9)}
    hands = open_desk()
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    model = hands.page.cases.model
    asked: list[object] = []
    model.page_wanted.connect(asked.append)
    assert model.rowCount() == 9
    hands.until(lambda: all(model.index(row, 0).data() != "…" for row in range(9)), "every row")
    assert {model.case_at(row).reference for row in range(9)} == references
    assert len(asked) == len(set(asked))


def test_f8_stops_the_case_that_is_open_and_writes_it_down(stage, open_desk):
    stage.sign_in("dsl")
    case = begun(stage)
    hands = open_desk()
    hands.rows()
    hands.page.cases.case_opened.emit(case.strand)
    hands.quiet()
    before = spent_s()
    hands.key(Qt.Key.Key_F8)
    hands.window.halt.chosen.emit(Grade.STOP_IMAGES)
    assert hands.opened.desk.desks.switch.grade(case.strand) is Grade.STOP_IMAGES
    hands.quiet()
    assert spent_s() - before < 5 * busier()
    assert hands.window.halt.standing.reference == case.reference
    hands.opened.close()
    assert stage.sign_in("deputy").desk.case(case.strand).grade is Grade.STOP_IMAGES


def test_f8_with_no_case_open_begins_one(stage, open_desk):
    stage.sign_in("dsl")
    hands = open_desk()
    hands.key(Qt.Key.Key_F8)
    hands.window.halt.chosen.emit(Grade.POLICE_FIRST)
    hands.quiet()
    reference = hands.window.halt.standing.reference
    assert reference.startswith("MI-")
    hands.opened.close()
    desk = stage.sign_in("dsl")
    assert desk.desk.case(desk.desk.find(reference)).grade is Grade.POLICE_FIRST


def test_set_up_and_care_are_named_beside_what_waits(stage, open_desk):
    stage.sign_in("dsl")
    begun(stage, triage=None)
    hands = open_desk()
    words = " ".join(text.text() for text in hands.page.care.findChildren(type(hands.page.title)))
    assert "No backup yet" in words
    assert "Not checked yet" in words
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    hands.press("Back to Home")
    hands.on(HOME)


def test_everything_is_checked_and_the_verdict_stands_on_home(stage, open_desk):
    stage.sign_in("dsl")
    hands = open_desk()
    hands.press("Check everything")
    hands.on("Check everything")
    hands.until(lambda: hands.page.verdict is not None, "a verdict")
    assert "as it should be" in hands.page.verdict.accessibleName()
    assert walk(hands.window) == []
    hands.press("Go to Home")
    hands.on(HOME)
    words = " ".join(text.text() for text in hands.page.care.findChildren(type(hands.page.title)) if text.isVisible())
    assert "Everything checked today" in words


def test_a_backup_is_written_read_back_and_told(stage, open_desk, tmp_path):
    stage.sign_in("dsl")
    hands = open_desk()
    stick = tmp_path / "stick"
    stick.mkdir()
    hands.opened.desk.care.back_up(stick)
    hands.on("Back up")
    hands.until(lambda: hands.page.verdict is not None, "an end")
    assert "finished" in hands.page.verdict.accessibleName()
    assert any(stick.iterdir())
    hands.press("Go to Home")
    hands.on(HOME)
    words = " ".join(text.text() for text in hands.page.care.findChildren(type(hands.page.title)) if text.isVisible())
    assert "Backed up today" in words


def test_the_search_above_goes_on_in_the_list_of_all_cases(stage, open_desk):
    stage.sign_in("dsl")
    only = begun(stage, summary="Money asked for in a game")
    begun(stage, summary="Something else")
    hands = open_desk()
    hands.window.search_requested.emit("mon")
    hands.on("Cases")
    finder = hands.page.cases.finder
    assert finder.hasFocus()
    assert finder.text() == "mon"
    hands.until(lambda: hands.page.cases.model.total == 1, "one case")
    assert hands.page.cases.model.case_at(0).reference == only.reference


def test_home_shows_more_of_what_waits_as_it_is_asked_for(stage, open_desk, monkeypatch):
    monkeypatch.setattr("dsl_desk.ui.desk.presenter.MOST", 2)
    desk = stage.sign_in("dsl")
    look = desk.home.look
    for number in range(7):
        strand = begun(stage, summary=f"Made-up concern {number}").strand
        day = (stage.around.clock.now().local.date() - timedelta(days=number + 1)).isoformat()
        desk.work.note(strand, DateSet(what="Strategy meeting", on=day))
    assert not look().more
    monkeypatch.setattr(HomeService.look, "__defaults__", (2,))
    hands = open_desk()
    waiting = hands.page.waiting
    assert [len(waiting.rows), waiting.more.text()] == [2, "More is waiting: show more"]
    for shown in (4, 6, 7):
        before = len(waiting.rows)
        QTest.mouseClick(waiting.more, Qt.MouseButton.LeftButton)
        hands.until(lambda shown=shown: len(waiting.rows) == shown, "more is shown")
        focused = hands.window.focusWidget()
        assert focused is waiting.rows[before], focused.accessibleName()
        assert walk(hands.window) == []
    assert waiting.more is None
    first, last = waiting.rows[0].accessibleName(), waiting.rows[-1].accessibleName()
    assert "Was due" in first
    assert first != last


def test_showing_all_goes_to_the_first_line_that_was_not_in_sight(qapp, qtbot, theme):
    kept = WaitingList()
    qtbot.addWidget(kept)
    kept.show()
    waiting = tuple(Waiting(kind=WaitingKind.NOTE, title=f"Thing {number}", what="Do it.") for number in range(7))
    kept.show_waiting(waiting)
    assert there(kept.more).text() == "Show all 7 things that wait"
    rows = kept.rows
    kept.show_waiting(waiting)
    assert kept.rows is rows, "nothing has changed: the lines stay"
    there(kept.more).click()
    assert (len(kept.rows), kept.more) == (7, None)
    assert kept.window().focusWidget() is kept.rows[MOST_SHOWN]
    kept.show_waiting(waiting, further=True)
    assert there(kept.more).text() == "Show the first 7 things that wait"
