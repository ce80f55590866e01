"""Around a case: chronology and corrections, the questions again, advice by two, people, papers."""

from __future__ import annotations

import pytest

from dsl_desk.domain.case_entries import AdviceApplied, Corrected, TriageAnswered
from dsl_desk.domain.case_words import Agency, Effect, PersonRole
from dsl_desk.domain.follow_up_entries import AdviceRecorded, PersonLinked, Printed
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import Grade
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.companion import companion_note
from dsl_desk.services.known_people import KnownPeople
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.case.by_two import ApplyPanel, advice_seen
from dsl_desk.ui.case.chronology_panel import ChronologyPanel, CorrectPanel, EntryPanel
from dsl_desk.ui.case.forms import FORMS, OF_STEP
from dsl_desk.ui.concern.again_panels import ChangePanel, OutcomePanel
from dsl_desk.ui.concern.people_panel import PeoplePanel, PersonPanel
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.review.exhibit_panel import ExhibitPanel
from dsl_desk.window_app.joined import PARTS
from tests.ui.case.test_case_place import begun, case_of
from tests.ui.walk import walk


@pytest.fixture
def opened(bench):
    strand = bench.on_store(begun)
    bench.case.open(strand)
    bench.waits_for("MI-")
    return bench


def shown(bench, kind):
    """The page that came up."""
    bench.rest()
    bench.qtbot.waitUntil(lambda: isinstance(bench.page, kind))
    bench.rest()
    bench.rest()
    return bench.page


def act(bench, key, kind):
    bench.case.panel.act_requested.emit(key)
    return shown(bench, kind)


def answer_all(bench, **given):
    """Answer every question “no”, but those that are given."""
    page = shown(bench, ChangePanel)
    bench.go_on()
    assert page.errors.isVisible()
    page.words.set_text("Another pupil says there are pictures.")
    bench.go_on()
    asked = []
    while not isinstance(bench.page, OutcomePanel):
        question = getattr(bench.page, "_question", "")
        asked.append(question)
        if question:
            assert bench.page.tiles.answer is None
            bench.page.tiles.set_answer(given.get(f"_{question}", "no"))
        bench.go_on()
        if bench.window.halt.is_up:
            bench.rest()
            bench.window.release()
        assert len(asked) < 20
    bench.rest()
    bench.rest()
    return bench.page


def prove(bench, both, first="dsl", second="deputy"):
    for fields, name in ((both.first, first), (both.second, second)):
        fields.name.set_text(bench.stage.cast.secret(name).sign_in_name)
        fields.passphrase.set_text(bench.stage.cast.secret(name).passphrase)


def test_an_entry_is_corrected_beside_its_original_which_stays_struck(opened):
    page = act(opened, "chronology", ChronologyPanel)
    assert walk(opened.window) == []
    page.group.editor.set_key("people")
    assert [entry.kind for entry in page._shown] == ["person_linked"]
    page.group.editor.set_key("")
    page.finder.set_text("invented concern")
    opened.go_on()
    entry = shown(opened, EntryPanel)
    assert walk(opened.window) == []
    number = int(entry.title.text().split()[1].rstrip(":"))
    opened.go_on()
    form = shown(opened, CorrectPanel)
    assert walk(opened.window) == []
    opened.go_on()
    assert form.errors.isVisible()
    form.fields["reported_to"].set_text("Sam Sample")
    form.reason.set_text("Sam took the call.")
    opened.go_on()
    shown(opened, EntryPanel)
    assert walk(opened.window) == []
    corrected = case_of(opened).latest(Corrected).data
    assert (corrected.corrects, corrected.changes, corrected.reason) == (
        number, {"reported_to": "Sam Sample"}, "Sam took the call.",
    )  # fmt: skip
    seen = opened.on_store(lambda desk: CasePlaceService(desk.book).see(opened.case.strand))
    original = next(line for line in seen.entries if line.number == number)
    assert original.title == "Concern: An invented concern about an account."
    assert "because Sam took the call." in original.corrected


def test_a_stricter_answer_stops_at_once_and_a_milder_one_opens_nothing(opened):
    act(opened, "questions", ChangePanel)
    assert walk(opened.window) == []
    outcome = answer_all(opened, _5b="yes")
    assert walk(opened.window) == []
    assert case_of(opened).grade is Grade.POLICE_FIRST
    told = case_of(opened).latest(TriageAnswered).data
    assert "Another pupil says there are pictures" in next(a.words for a in told.answers if a.question == "5b")
    assert outcome.title.text() == "Looking is closed"

    act(opened, "questions", ChangePanel)
    answer_all(opened)
    assert case_of(opened).grade is Grade.POLICE_FIRST
    assert walk(opened.window) == []


def test_advice_of_police_opens_a_stop_only_when_two_apply_it(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="5b"))
    bench.case.open(strand)
    bench.waits_for("MI-")
    page = act(bench, "apply_advice", ApplyPanel)
    assert walk(bench.window) == []
    bench.go_on()  # nothing on record opens it: write it down first
    bench.waits_for("Advice")
    at = bench.on_store(lambda desk: desk.book.now().at_local)
    bench.on_store(
        lambda desk: desk.advice.record(
            strand,
            AdviceRecorded(who="Officer 12", agency=Agency.POLICE, at=at, words="Go on.", effect=Effect.CONTINUE),
        )
    )
    page = act(bench, "apply_advice", ApplyPanel)
    assert walk(bench.window) == []
    bench.go_on()
    assert page.errors.isVisible()
    page.which.editor.setCurrentIndex(1)
    page.reason.set_text("Police have what they need.")
    prove(bench, page.both, second="dsl")
    bench.go_on()
    assert case_of(bench).grade is Grade.POLICE_FIRST  # one person twice is one person
    page.which.editor.setCurrentIndex(1)
    prove(bench, page.both)
    bench.go_on()
    bench.waits_for("MI-")
    assert case_of(bench).grade is Grade.OPEN
    assert case_of(bench).latest(AdviceApplied).data.reason == "Police have what they need."


def test_a_person_in_two_roles_is_one_person_and_a_namesake_is_told_apart(opened):
    page = act(opened, "person", PeoplePanel)
    assert walk(opened.window) == []
    page.name.set_text("Ro")
    page.typed.emit("Ro")
    opened.rest()
    page.chosen.emit(opened.on_store(lambda desk: known(desk, "Ro")))
    card = shown(opened, PersonPanel)
    assert walk(opened.window) == []
    card.role.set_key("witness")
    opened.go_on()
    opened.waits_for("MI-")
    links = [told.data for told in case_of(opened).told(PersonLinked)]
    assert {(link.person, link.role) for link in links} == {
        ("robin", PersonRole.AFFECTED),
        ("robin", PersonRole.WITNESS),
    }
    assert [person.second for person in opened.case._offered.seen.people] == ["Affected and witness, pupil"]

    act(opened, "person", PeoplePanel).new_requested.emit("Robin Sample")
    card = shown(opened, PersonPanel)
    card.who.editor.set_key("pupil")
    card.year.set_text("Year 9")
    card.role.set_key("other")
    opened.go_on()
    opened.waits_for("MI-")
    namesakes = [(one.name, one.second) for one in opened.case._offered.seen.people]
    assert namesakes == [("Robin Sample", "Affected and witness, pupil"), ("Robin Sample", "Other, pupil, Year 9")]


def known(desk, words):
    return KnownPeople(desk.book, desk.listing).find(words)[0]


def test_every_step_of_every_route_has_a_page(opened):
    profile = opened.on_store(lambda desk: desk.book.school().procedure)
    facts = [step.done for route in profile.routes for step in route.steps]
    assert len(facts) > 18
    for fact in Fact:
        assert fact.value in opened.tasks.parts or OF_STEP.get(fact) in FORMS, fact
    assert {fact.value for fact in PARTS} <= set(opened.tasks.parts)


def test_the_note_for_the_main_system_prints_before_its_reference_is_known(opened):
    act(opened, "main_system", FormPanel)
    opened.page.fields["note"].set_text("Support is in place. Detail held by the DSL.")
    opened.page.later.click()
    opened.waits_for("MI-")
    note, about = opened.on_store(lambda desk: companion_note(desk.book, opened.case.strand))
    assert (note, about) == ("Support is in place. Detail held by the DSL.", "the child’s record")
    act(opened, "print:companion", PaperPanel)
    assert "companion" in case_of(opened).latest(Printed).data.paper


def test_a_note_for_the_main_system_that_says_too_much_warns_before_it_is_retyped(opened):
    act(opened, "main_system", FormPanel)
    opened.page.fields["note"].set_text("It was seen on www.forum.example, exhibit ABC/1.")
    opened.page.later.click()
    opened.waits_for("MI-")
    act(opened, "print:companion", PaperPanel)
    words = opened.page._notice.words
    assert "It holds an address" in words
    assert "It names an exhibit" in words


def test_what_is_brought_and_the_papers_are_reached_from_the_case(opened):
    act(opened, "material", ExhibitPanel)
    opened.page.back_requested.emit()
    opened.waits_for("MI-")
    act(opened, "print:chronology", PaperPanel)
    assert walk(opened.window) == []
    opened.page.back_requested.emit()
    opened.waits_for("MI-")
    assert any(paper.title == "Chronology" for paper in opened.case._offered.seen.papers)


def test_advice_is_listed_with_the_time_when_it_was_said_not_typed(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="5b"))

    def said(at):
        bench.on_store(
            lambda desk: desk.advice.record(
                strand,
                AdviceRecorded(who="Officer 12", agency=Agency.POLICE, at=at, words="Go on.", effect=Effect.CONTINUE),
            )
        )
        return bench.on_store(lambda desk: advice_seen(desk.book.load(strand)))[0].title

    assert said("2026-01-05T04:26+00:00") == "Police, Officer 12, 5 January 2026, 04:26: go on looking"
    assert said("2026-01-05") == "Police, Officer 12, 5 January 2026: go on looking"
