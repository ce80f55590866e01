"""For each of the five profiles one case through the real window to its end, by what the case itself says is next.

From a case there is one way on, its main button: the next step, the call that a stop asks for, or the answer to it.
Whoever sits there answers the page that it opens. No step is looked up, left out or taken behind the window.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl_desk.domain.procedure import SETTLED, StepState, route_of, steps_of
from dsl_desk.rehearsal import window_concern
from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.reading import names_of
from dsl_desk.rehearsal.seat import Seat
from dsl_desk.rehearsal.window_others import lock_from_stop, reference_on_stop
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.widgets import Choice, Dropdown, Field
from tests.desks import set_up_once, stage
from tests.ui.opened import remember
from tests.ui.profile_cases import REFERRALS, SCRIPTS, USUAL, Answers, Script, referral

__all__ = ["set_up_once", "stage"]
POLICIES = Path(__file__).parents[2] / "resources" / "policies"
MOST_STEPS = 40
OF_A_CHILD = ("Which child", "For whom")
"""Asked only where a child is in the case."""


@pytest.fixture
def seat(qapp, theme, stage):
    made = []

    def sit(profile: str) -> Seat:
        path = POLICIES / f"{profile}.toml"
        stage.sign_in("dsl").set_up.profile(path.read_text(encoding="utf-8"), path.name)
        stage.lock()
        remember(stage.around, stage.desk_folder)
        hands = Hands(qapp, stage.around, patience_ms=120_000)
        hands.window.idle.blockSignals(True)  # on a busy machine a pause can be as long as a sleep
        hands.opened.help.tour.offers = False
        made.append(hands)
        return Seat(stage=stage, hands=hands)

    yield sit
    for hands in made:
        hands.close()


def answer(hands: Hands, label: str, words: str) -> None:
    """Answer one field of the page by its label, as its kind is answered."""
    shown = [field for field in hands.page.findChildren(Field) if field.isVisible()]
    exact = [field for field in shown if label in names_of(field)]
    fields = exact or [field for field in shown if any(one.startswith(f"{label} (") for one in names_of(field))]
    assert len(fields) == 1, f"“{label}” is there {len(fields)} times. {hands.seen()}"
    editor = fields[0].editor
    if isinstance(editor, Dropdown):
        hands.touch.pick(editor, next(at for at in range(1, editor.count()) if editor.itemText(at).startswith(words)))
    elif isinstance(editor, Choice):
        hands.press(words, under=label)
    else:
        hands.touch.write(editor, words)


def answers_for(script: Script, title: str) -> Answers:
    for known in (script.pages, USUAL):
        if title in known:
            return known[title]
    assert title.partition(":")[0] in REFERRALS, f"nothing is said of the page “{title}”"
    return referral(f"What was told is for them: {title}")


def begin(seat: Seat, script: Script) -> str:
    """Danger, whom it is about, every question, the words; gives the reference."""
    hands = seat.hands
    seat.sign_in(script.enters)
    window_concern.ask(seat, script.told)
    if script.stops:
        hands.until(lambda: bool(reference_on_stop(seat)), "The stop page with the case on record")
        reference = reference_on_stop(seat)
        lock_from_stop(seat)
        seat.sign_in(script.leads)
        if script.leads == script.enters:
            hands.on("Looking is closed")
        else:
            seat.case(reference)
        hands.press("Write down what you were told")
    else:
        hands.on("Your answers do not close looking")
        hands.press("Continue")
    return window_concern.write_down(seat, script.told)


def goes_on(hands: Hands) -> bool:
    """Whether the case has a next step for whoever sits there."""
    go = hands.opened.desk.case.panel.go
    return go.isVisible() and go.isEnabled()


def press_go(hands: Hands) -> None:
    hands.press(hands.opened.desk.case.panel.go.accessibleName())


def go_on(seat: Seat, script: Script) -> str:
    """Press the main button of the case and answer its page; gives the page's title."""
    hands = seat.hands
    press_go(hands)
    hands.until(lambda: isinstance(hands.page, FormPanel), "the page of the step")
    title = hands.title
    if title in script.before:
        line, page, first = script.before[title]
        hands.press("Save and come back later")
        hands.comes("MI-")
        seat.record(line, page)
        fill(hands, first)
        seat.saved()
        press_go(hands)
        hands.on(title)
    fill(hands, answers_for(script, title))
    main = hands.page.primary
    assert main is not None
    hands.touch.press(main)
    hands.comes("MI-")
    return title


def fill(hands: Hands, answers: Answers) -> None:
    form = hands.opened.desk.case.form
    assert form is not None
    for label, words in answers.items():
        if label not in OF_A_CHILD or "person" in form.fields:
            answer(hands, label, words)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.profile)
def test_a_case_runs_through_the_window_to_its_end(seat, script):
    seat = seat(script.profile)
    hands, reference = seat.hands, begin(seat, script)
    assert f"Route: {script.route}" in hands.words()
    taken: list[str] = []
    while goes_on(hands):
        assert len(taken) < MOST_STEPS, taken
        taken.append(go_on(seat, script))
    assert taken[-1] == "Close the case"
    assert "Closed" in hands.words()
    case = seat.ask(lambda services: services.book.load(services.desk.find(reference)))
    profile = seat.ask(lambda services: services.book.school().profile_of(case))
    assert profile.id == script.profile
    route = route_of(case, profile)
    assert route is not None
    assert route.title == script.route
    states = {seen.step.id: seen.state for seen in steps_of(case, route)}
    assert set(states.values()) <= SETTLED
    assert StepState.SKIPPED not in states.values(), "every step was taken"
    assert script.kinds <= {kind.KIND for kind in case.kinds}
