"""The route of a case through the window: why this one, another with a reason, a milder one by two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.case_words import Agency, Effect
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.words import SubjectKind
from dsl_desk.services.concern import About
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.case.choices import offered
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.case.taken import TakenRoute
from dsl_desk.ui.widgets import Button, Notice, Text
from tests.services.scenes import begun
from tests.ui.walk import walk

IMAGERY = "youth-imagery"


@pytest.fixture
def strand(bench):
    return bench.on_store(lambda _: begun(bench.stage, About(kind=SubjectKind.PUPIL)).strand)


def opened(bench, strand):
    bench.case.open(strand)
    bench.rest()
    return bench.case.panel


def route_page(bench, strand):
    opened(bench, strand)
    bench.case._on_act("route")
    bench.rest()
    assert bench.title == "Which route this case takes"
    assert walk(bench.window) == []
    return bench.page


def errors(bench):
    return [label.text() for label in bench.page.errors.findChildren(QAbstractButton)]


def take(page, route):
    page.part.route.editor.set_key(route)


def test_the_case_says_which_route_it_takes_and_why(bench, strand):
    panel = opened(bench, strand)
    taken = panel.findChildren(TakenRoute)[-1]
    said = [text.text() for text in taken.findChildren(Text)]
    assert said[0] == "Route: Device or site review"
    assert "Nobody has chosen yet." in said


def test_another_route_asks_why_and_what_is_known_is_said_beside_it(bench, strand):
    page = route_page(bench, strand)
    assert "(fits what is known)" in page.part.route.editor.itemText(0)
    take(page, IMAGERY)
    assert "police" in page.part.told.words
    bench.go_on()
    assert errors(bench) == ["Write why this one"]
    page.part.reason.set_text("A picture may be in it.")
    bench.go_on()
    told = bench.on_store(lambda desk: desk.book.load(strand).latest(RouteChosen)).data
    assert (told.route, told.reason) == (IMAGERY, "A picture may be in it.")
    lines = {line.id: line.state for group in bench.case.panel._case.groups for line in group.steps}
    assert {lines["who"], lines["suspected"]} == {StepState.DONE}  # on the other route too
    taken = bench.case.panel.findChildren(TakenRoute)[-1]
    assert "leads to “Device or site review”" in taken.findChildren(Notice)[0].words
    page = route_page(bench, strand)
    bench.go_on()
    assert errors(bench) == ["The case follows this one already. Choose another, or go back."]


def test_a_milder_route_is_left_only_by_two_with_their_advice(bench, strand):
    bench.on_store(lambda desk: desk.work.choose_route(strand, IMAGERY, "made up"))
    page = route_page(bench, strand)
    take(page, "bullying")
    assert page.no_advice.isVisible()
    assert "It takes recorded advice, and two people." in page.part.told.words
    assert not page.both.isVisible()
    page.part.reason.set_text("Police have seen to it.")
    bench.go_on()
    assert errors(bench) == ["Record the advice first: who said it, when, and their words"]
    said = AdviceRecorded(who="Demo Officer", agency=Agency.POLICE, at="today", words="The school may go on.",
                          effect=Effect.SCHOOL_MAY_PROCEED, reference="LOG-1")  # fmt: skip
    at = bench.on_store(lambda desk: desk.advice.record(strand, said)).last
    page = route_page(bench, strand)
    take(page, "bullying")
    page.part.reason.set_text("Police have seen to it.")
    assert page.both.isVisible()
    bench.rest()
    assert walk(bench.window) == []
    page.which.editor.set_key(str(at))
    for fields, name in ((page.both.first, "dsl"), (page.both.second, "head")):
        secret = bench.stage.cast.secret(name)
        fields.name.set_text(secret.sign_in_name)
        fields.passphrase.set_text(secret.passphrase)
    bench.go_on()
    eased = bench.on_store(lambda desk: desk.book.load(strand).latest(RouteChosen))
    assert eased is not None, [notice.words for notice in bench.page.findChildren(Notice)]
    assert (eased.data.route, eased.data.advice) == ("bullying", at)
    assert "Nothing recorded was lost" in " ".join(notice.words for notice in bench.case.panel.findChildren(Notice))


def test_closing_says_that_the_referral_decision_is_wanted_first(bench, strand):
    panel = opened(bench, strand)
    lines = [line for group in panel._case.groups for line in group.steps]
    assert next(line for line in lines if line.fact.value == "closed").next.startswith("First: write to whom")
    bench.case._open_form("close", "")
    bench.rest()
    assert any(notice.words.startswith("First write to whom") for notice in bench.page.findChildren(Notice))
    ways = [button for button in bench.page.findChildren(Button) if button.accessibleName().startswith("Refer it")]
    assert walk(bench.window) == []
    bench.page.fields["reason"].set_text("The page is gone.")
    ways[0].click()
    bench.rest()
    assert bench.page.title.text() == "Refer it, or say why not"
    bench.case._open_form("close", "")
    bench.rest()
    assert bench.page.fields["reason"].text() == "The page is gone."  # kept on the way there


def test_closing_begins_with_the_outcome_that_both_concluded(bench, strand):
    opened(bench, strand)
    found = bench.on_store(lambda desk: offered(desk, strand))
    concluded = replace(found, outcome=found.outcomes[2][0])
    for at, first in ((found, ""), (concluded, found.outcomes[2][0])):
        page = FormPanel(FORMS["close"](at), lambda: bench.case._now().local, back="Back", skippable=True)
        bench.window.show_page(page)
        assert page.words()["outcome"] == first
