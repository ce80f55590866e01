"""Where one stands in a new concern: the rail beside the page, the way back, and everything once more at the end."""

from __future__ import annotations

from collections.abc import Sequence

from dsl_desk.domain.triage import Question
from dsl_desk.ui.concern.people_panel import role_words
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.concern.words_panel import reporters
from dsl_desk.ui.widgets import StepRail, StepState

_QUESTIONS = {
    "q1": "Danger now", "about": "Who it is about", "q2b": "Plainly low-level?", "q3": "Pictures of under-18s",
    "q4": "An adult and a child", "q5a": "Extreme or private pictures", "q5b": "Other crime or harm",
    "q6": "Could looking spoil it", "q7": "What was done already",
}  # fmt: skip
_MARKS = {"about": "2"}
_TOLD = {
    "people": "Who belongs to it", "story": "What was told", "when": "When, and who told", "kind": "What kind",
    "route": "Which route", "voice": "The child’s words", "check": "Check and record",
}  # fmt: skip
_SHORT = {"danger": "q1", "who": "about", "result": "q7"}
_ANSWERS = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}
_ABOUT = {
    "pupil": "a pupil", "staff": "somebody who works here", "headteacher": "the Headteacher", "dsl": "the DSL",
    "chair": "the Chair", "desk_user": "somebody who uses this desk", "other_adult": "another adult",
    "not_known": "not known",
}  # fmt: skip


def rail_of(so_far: SoFar, key: str, *, title: str = "New concern") -> StepRail:
    """The rail of one page: the questions, or what was told."""
    here = _SHORT.get(key, key)
    titles = _QUESTIONS if here in _QUESTIONS else _TOLD
    subtitle = "What is suspected" if titles is _QUESTIONS else "What was told"
    wanted = [page for page in so_far.pages() if page in titles]
    at = wanted.index(here) if here in wanted else 0
    steps = []
    for index, page in enumerate(wanted):
        now = index == at and key != "result"  # every question is answered then
        state = StepState.NOW if now else StepState.DONE if index <= at else StepState.LATER
        steps.append((titles[page], _second(so_far, page, state), state))
    marks = [_MARKS.get(page, page.removeprefix("q")) for page in wanted] if titles is _QUESTIONS else ()
    rail = StepRail(title, subtitle, steps, marks=marks)
    rail.asks = titles is _QUESTIONS
    return rail


def _second(so_far: SoFar, page: str, state: StepState) -> str:
    if state is StepState.NOW:
        return "This question" if page in _QUESTIONS else "This page"
    if page == "about" and so_far.about:
        return f"Answered: {_ABOUT[so_far.about]}"
    if page in _QUESTIONS:
        given = so_far.answers.get(page.removeprefix("q"))
        return f"Answered: {_ANSWERS[given]}" if given else "Not answered yet"
    return "Done" if state is StepState.DONE else "To come"


def back_words(so_far: SoFar, key: str) -> str:
    """What the way back leads to."""
    pages = so_far.pages()
    at = pages.index(key) if key in pages else 0
    if at == 0:
        return "Leave, and come back later"
    before = pages[at - 1]
    if before in _QUESTIONS:  # called as the rail, the papers and the result call them
        return f"Back to question {_MARKS.get(before, before.removeprefix('q'))}"
    words = {"who": "Back to who it is", "danger": "Back to 999",
             "result": "Back to what your answers come to"}  # fmt: skip
    return words.get(before, f"Back to “{_TOLD.get(before, before)}”")


def check_lines(so_far: SoFar) -> list[tuple[str, str, str]]:
    """Everything that will be recorded: label, value, and the page it can be changed on."""
    words = so_far.words
    reporter = dict(reporters()).get(words.get("reporter", ""), "")
    lines = [("What was told", words.get("fact", ""), "story")]
    if words.get("opinion", "").strip():
        lines.append(("Your own view, kept apart", words["opinion"], "story"))
    if words.get("done", "").strip():
        lines.append(("Done at once", words["done"], "story"))
    lines += [
        ("When", words.get("when_words", ""), "when"),
        ("Told by", ", ".join(part for part in (reporter, words.get("reporter_name", "")) if part), "when"),
        ("Kind", words.get("category_title", ""), "kind"),
        ("Route", words.get("route_title", ""), "route"),
        ("People", _people(so_far), "people"),
    ]
    if words.get("place", "").strip():
        lines.insert(-4, ("Where", words["place"], "when"))
    if words.get("route_reason", "").strip():
        lines.insert(-1, ("Why this route", words["route_reason"], "route"))
    if so_far.child_involved:
        spoken = words.get("spoken") == "yes"
        lines.append(("The child’s own words", f"“{words.get('child_words', '')}”", "voice") if spoken else
                     ("The child", f"Not asked yet: {words.get('not_asked_because', '')}", "voice"))  # fmt: skip
    if not so_far.strand:
        asked = [q.value for q in Question if q.value in so_far.answers]
        lines.append(("Questions", _answered(so_far, asked), "q1"))
    return [(label, value.strip() or "–", page) for label, value, page in lines]


def _people(so_far: SoFar) -> str:
    named = [f"{one.name} ({role_words(one.role).lower()})" for one in so_far.people]
    if so_far.who_name:
        named.insert(0, f"{so_far.who_name} (it is about them)")
    return "; ".join(named) or "Nobody named yet"


def _answered(so_far: SoFar, asked: Sequence[str]) -> str:
    """The answers in words: only what was not answered “No” stands out by its name."""
    others = [f"{_QUESTIONS[f'q{q}']}: {_ANSWERS[so_far.answers[q]]}" for q in asked if so_far.answers[q] != "no"]
    if not others:
        return "Every one answered: No"
    return "; ".join(others) + ("" if len(others) == len(asked) else "; every other: No")
