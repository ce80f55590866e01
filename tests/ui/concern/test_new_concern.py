"""A concern entered by keyboard alone, through the real window into the real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.errors import DiskFullError
from dsl_desk.domain.follow_up_entries import ChildVoiceRecorded, ConcernRecorded, PersonLinked
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.services.triage import TriageService
from dsl_desk.ui.concern.again import AgainPresenter
from dsl_desk.ui.concern.people_panel import year_words
from dsl_desk.ui.concern.so_far import Linked
from dsl_desk.ui.halt import HaltState
from dsl_desk.ui.widgets import Text
from tests.services.scenes import begun
from tests.ui.concern.kit import Bench
from tests.ui.walk import walk

QUESTIONS = 9


def ask_until_result(bench: Bench, about: str = "A pupil", **others: str) -> None:
    """Answer every question by keyboard; `others` names those that are not "No"."""
    bench.new_concern()
    bench.waits_for("danger now")
    bench.answer("No")
    bench.waits_for("Who is it about?")
    bench.answer(about)
    for question, part in (("3", "picture"), ("4", "adult"), ("5a", "extreme"), ("5b", "threats"), ("6", "spoil"),
                           ("7", "already looked")):  # fmt: skip
        bench.waits_for(part)
        assert walk(bench.window) == []
        bench.answer(others.get(f"q{question}", "No"))


def choose_another(bench: Bench, title: str) -> None:
    """Another route than the one prepared: only with its reason, and never a milder one here."""
    part = bench.part("part")
    editor = part.route.editor
    names = [editor.itemText(index) for index in range(editor.count())]
    assert names[0].endswith("(fits what is known)")
    bench.choose("Route", next(index for index, name in enumerate(names) if name.startswith(title)))
    bench.go_on()
    assert [label.text() for label in bench.page.errors.findChildren(QAbstractButton)] == ["Write why this one"]
    bench.fill("Why this one", "It is about the account.")


def tell_the_story(bench: Bench, other: str = "") -> None:
    """Everything after the result page, by keyboard."""
    bench.waits_for("Who belongs to it?")
    bench.type("Robin Sample")
    bench.press("Somebody new")
    bench.waits_for("Somebody new")
    assert bench.part("name").text() == "Robin Sample"
    bench.choose("Who they are", 1)
    bench.fill("Year group", "Year 8")
    bench.tick("Affected by it")
    bench.go_on()
    bench.waits_for("Who belongs to it?")
    bench.go_on()
    bench.waits_for("What were you told?")
    bench.fill("The facts", "Robin Sample said that a gaming account was sold to another pupil.")
    bench.fill("Your own view", "It may be about money.")
    bench.fill("What was done at once", "Robin is safe at home.")
    bench.go_on()
    bench.waits_for("When was it")
    bench.fill("When it happened", "yesterday 2pm")
    assert "14:00" in bench.part("when").hint.text()
    bench.fill("Where", "Form room")
    bench.choose("Who told you", 3)
    bench.go_on()
    bench.waits_for("What kind")
    bench.choose("Kind", 7)
    bench.go_on()
    bench.waits_for("Which route")
    assert walk(bench.window) == []
    if other:
        choose_another(bench, other)
    bench.go_on()
    bench.waits_for("Has the child spoken?")
    bench.tick("Yes, these")
    bench.fill("Their exact words", "He said he would give it back.")
    bench.fill("To whom", "Their tutor")
    bench.go_on()
    bench.waits_for("Check what you wrote")
    assert walk(bench.window) == []


def test_a_concern_is_entered_by_keyboard_alone_and_its_case_opens(bench):
    ask_until_result(bench)
    bench.waits_for("do not close looking")
    bench.go_on()
    tell_the_story(bench, other="Scams, fraud")
    bench.go_on()
    bench.waits_for("MI-")
    assert bench.page._notice.words.startswith("The concern is recorded.")
    case = bench.on_store(lambda desk: desk.book.load(bench.case.strand))
    concern = case.latest(ConcernRecorded).data
    route = case.latest(RouteChosen).data
    assert (route.route, route.advised, route.reason) == ("fraud-blackmail", "bullying", "It is about the account.")
    assert case.grade is Grade.OPEN
    assert concern.summary.startswith("Robin Sample said")
    assert concern.opinion == "It may be about money."
    assert concern.child_words == "He said he would give it back."
    assert "T14:00" in concern.occurred_at
    assert case.latest(PersonLinked).data.name == "Robin Sample"
    assert case.latest(ChildVoiceRecorded).data.spoken
    assert case.subject_kinds == {SubjectKind.PUPIL}
    assert bench.on_store(lambda desk: desk.desk.drafts()) == ()
    assert walk(bench.window) == []


@pytest.mark.parametrize(
    ("answers", "grade", "because"),
    [
        ({"q3": "Not sure"}, Grade.STOP_IMAGES, "3"),
        ({"q5b": "Yes"}, Grade.POLICE_FIRST, "5b"),
    ],
)
def test_an_answer_that_closes_looking_shows_the_stop_page_at_once_with_the_case_on_record(
    bench, answers, grade, because
):
    ask_until_result(bench, **answers)
    assert bench.window.halt.state is HaltState.STOPPED
    assert bench.window.halt.standing.grade is grade
    assert bench.window.halt.standing.reference.startswith("MI-")
    assert "closed" in bench.title
    sentence = f"The desk has closed looking because of your answer to question {because}. This is not a finding."
    assert sentence in [label.text() for label in bench.page.findChildren(type(bench.page.title))]
    bench.window.release()
    bench.rest()
    assert walk(bench.window) == []
    bench.go_on()
    tell_the_story(bench)
    bench.go_on()
    bench.waits_for("MI-")
    case = bench.on_store(lambda desk: desk.book.load(bench.case.strand))
    assert case.grade is grade
    assert case.latest(ConcernRecorded).data.suspected is not Answer.NO


def test_a_concern_about_a_member_of_staff_stops_and_is_kept_from_them(bench):
    bench.new_concern()
    bench.answer("No")
    bench.waits_for("Who is it about?")
    bench.answer("Somebody who works or volunteers")
    bench.waits_for("Which of them")
    assert walk(bench.window) == []
    bench.answer("not in this list")
    bench.waits_for("low-level")
    bench.answer("Not sure")
    for part in ("picture", "adult", "extreme", "threats", "spoil", "already looked"):
        bench.waits_for(part)
        bench.answer("No")
    assert bench.window.halt.standing.grade is Grade.POLICE_FIRST
    bench.window.release()


def test_a_question_without_an_answer_says_so_and_stays(bench):
    bench.new_concern()
    bench.go_on()
    assert "danger now" in bench.title
    assert bench.page.errors.isVisible()
    assert bench.page.field.error == "Choose an answer. “Not sure” is one."
    assert walk(bench.window) == []


def test_danger_shows_999_before_the_other_questions(bench):
    bench.new_concern()
    bench.answer("Yes")
    bench.waits_for("Ring 999 now")
    assert walk(bench.window) == []
    bench.go_on()
    bench.waits_for("Who is it about?")


def test_what_was_typed_is_kept_and_taken_up_again(bench):
    ask_until_result(bench)
    bench.go_on()
    bench.waits_for("Who belongs")
    bench.go_on()
    bench.waits_for("What were you told?")
    bench.fill("The facts", "Half a sentence that must not be lost")
    bench.press("Save and come back later")
    bench.waits_for("Home")
    bench.new_concern()
    bench.waits_for("What were you told?")
    assert bench.page.fact.text() == "Half a sentence that must not be lost"
    bench.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    bench.waits_for("Who belongs")


def test_answers_that_could_not_be_recorded_are_drafted_on(bench, monkeypatch):
    strand = bench.on_store(lambda _desk: begun(bench.stage).strand)
    again = AgainPresenter(bench.window, bench.pool, bench.desk, bench.stage.around.clock.now)
    again.open(strand)
    bench.waits_for("What has changed")

    def full(*_: object, **__: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(TriageService, "answer", full)
    again._record()
    bench.rest()
    assert "disk" in bench.page._notice.words.lower()
    bench.part("words").set_text("A second pupil told us.")
    again._save()
    bench.rest()

    assert [kept.strand for kept in bench.on_store(lambda desk: desk.desk.drafts())] == [strand]
    again.start_anew()


def test_a_date_that_cannot_be_read_is_asked_again_with_an_example(bench):
    ask_until_result(bench)
    bench.go_on()
    bench.go_on()
    bench.fill("The facts", "Something was said.")
    bench.go_on()
    bench.waits_for("When was it")
    bench.fill("When it happened", "24th of last month")
    bench.go_on()
    assert "such as 3/9/26" in bench.page.when.error
    assert walk(bench.window) == []


def test_somebody_of_an_earlier_case_is_found_by_the_first_letters_and_made_sure_of(bench):
    ask_until_result(bench)
    bench.go_on()
    tell_the_story(bench)
    bench.go_on()
    bench.waits_for("MI-")
    ask_until_result(bench)
    bench.go_on()
    bench.waits_for("Who belongs")
    bench.type("ro")
    bench.qtbot.waitUntil(lambda: bench.page._found.count() > 0)
    bench.rest()
    bench.press("Robin Sample")
    bench.waits_for("right person")
    assert walk(bench.window) == []
    bench.tick("Saw or heard")
    bench.go_on()
    bench.waits_for("Who belongs")
    assert [one.role for one in bench.concern._so_far.people] == ["witness"]


def test_a_case_opened_by_halt_is_told_afterwards(bench):
    strand = bench.on_store(lambda desk: desk.concern.begin_by_halt(Grade.POLICE_FIRST).strand)
    bench.case.tell_requested.connect(bench.concern.tell)
    bench.case.open(strand)
    bench.waits_for("MI-")
    bench.press("Write down what you were told")
    tell_the_story(bench)
    bench.go_on()
    bench.waits_for("MI-")
    case = bench.on_store(lambda desk: desk.book.load(strand))
    assert case.grade is Grade.POLICE_FIRST
    assert case.latest(ConcernRecorded).data.suspected is Answer.NOT_SURE


def test_a_name_that_was_typed_and_added_to_nobody_is_not_dropped_in_silence(bench):
    ask_until_result(bench)
    bench.go_on()
    bench.waits_for("Who belongs")
    bench.type("Robin Sample")
    bench.go_on()

    assert "Who belongs" in bench.title
    assert "Somebody new" in bench.page.name.error
    bench.page.name.editor.clear()
    bench.go_on()
    bench.waits_for("What were you told")


def test_somebody_taken_out_by_a_slip_is_put_back_by_one_press(bench):
    ask_until_result(bench)
    bench.go_on()
    people = bench.concern._so_far.people
    for name in ("Robin Sample", "Pat Example"):
        people.append(Linked(name=name, kind="pupil", role="witness"))
    bench.page.show_linked(people)
    bench.press("Robin Sample")
    assert [one.name for one in people] == ["Pat Example"]

    bench.press("Put Robin Sample back")

    assert [one.name for one in people] == ["Robin Sample", "Pat Example"]
    assert not bench.page.put_back.isVisible()
    assert walk(bench.window) == []


def test_each_answer_has_its_own_way_to_be_changed_and_the_way_back_is_short(bench):
    ask_until_result(bench)
    bench.go_on()
    tell_the_story(bench)
    page = bench.page
    assert {"What was told", "When", "Kind", "Route", "People", "The child’s own words"} <= set(page.changes)
    for label, change in page.changes.items():
        assert label in change.accessibleName()
        line = next(text for text in page.findChildren(Text) if text.accessibleName().startswith(f"{label}:"))
        assert abs(change.mapTo(page, QPoint()).y() - line.mapTo(page, QPoint()).y()) < 12, label

    bench.press("Change: What was told")
    bench.waits_for("What were you told?")
    bench.fill("The facts", "Robin Sample said it twice.")
    bench.go_on()

    bench.waits_for("Check what you wrote")
    assert any("said it twice" in text.accessibleName() for text in bench.page.findChildren(Text))


def test_another_kind_asks_for_its_route_before_it_leads_back(bench):
    ask_until_result(bench)
    bench.go_on()
    tell_the_story(bench)
    bench.press("Change: Kind")
    bench.waits_for("What kind")
    bench.choose("Kind", 3)
    bench.go_on()
    bench.waits_for("Which route")
    bench.go_on()
    bench.waits_for("Check what you wrote")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", "Year 9"), ("09", "Year 9"), (" y9 ", "Year 9"), ("yr 10", "Year 10"), ("Year 7", "Year 7"),
        ("9b", "Year 9b"), ("Reception", "Reception"), ("Sixth form", "Sixth form"), ("", ""), ("2026", "2026"),
    ],
)  # fmt: skip
def test_a_year_group_is_never_a_bare_number_that_reads_as_an_age(typed, read):
    assert year_words(typed) == read
