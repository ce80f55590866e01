"""A new concern, page by page, as somebody fills it in."""

from __future__ import annotations

from dsl_desk.domain.words import PersonId, SubjectKind
from dsl_desk.services.known_people import KnownPerson
from dsl_desk.ui.concern.rails import rail_of
from dsl_desk.ui.concern.so_far import Linked, SoFar
from dsl_desk.ui.concern.words_panel import KeptPanel
from tests.ui.screens.story import Story

WORDS = {
    "fact": "A form tutor passed on what a pupil said: game accounts are offered for gift card codes.",
    "opinion": "The pupil seemed worried about being found out.",
    "done": "Pupil safe, at home with a parent this evening.",
    "when_words": "yesterday 2pm",
    "reporter": "staff",
    "reporter_name": "Tutor Placeholder",
    "place": "Form room 8P",
    "when": "yesterday 2pm",
    "category": "gambling-commerce",
    "category_title": "Gambling and trading online",
    "spoken": "yes",
    "child_words": "He keeps saying it about my shoes.",
}

KNOWN = KnownPerson(
    person=PersonId("one"), name="Quill Sample-Pupil", kind=SubjectKind.PUPIL, year_group="Year 8",
    date_of_birth="3 May 2013", cases=1,
)  # fmt: skip


def play(story: Story) -> None:
    """Every page of a concern about a pupil, and those of a stop."""
    at, concern = story.at, story.desk.concern
    at.window.new_concern_requested.emit()
    at.until(lambda: concern.page is not None and at.page is concern.page, "a new concern")
    story.shoot("concern-1-danger-now")
    at.press("Continue")
    story.shoot("concern-1-nothing-chosen")
    so_far = SoFar(about=SubjectKind.PUPIL.value, words=dict(WORDS))
    so_far.answers = {"1": "no"}
    concern._so_far = so_far
    for number, page in enumerate(so_far.pages()[1:], 2):
        concern._show(page)
        story.shoot(f"concern-{number}-{page}")
        so_far.answers.setdefault(page.removeprefix("q"), "no")
        if page == "people":
            so_far.people.append(Linked(name="Quill Sample-Pupil", kind="pupil", role="subject", year_group="Year 8"))
            so_far.people.append(Linked(name="Pip Placeholder", kind="pupil", role="affected", year_group="Year 8"))
            concern._show(page)
            story.shoot("concern-people-named")
            for known, name in ((KNOWN, "concern-person-known"), (None, "concern-person-new")):
                concern._put(concern._make_person("Quill Sample-Pupil", known))
                story.shoot(name)
            concern._show(page)
    so_far.answers["1"] = "yes"
    concern._show("danger")
    story.shoot("concern-danger-999")
    so_far.about = SubjectKind.STAFF.value
    concern._show("who")
    story.shoot("concern-who")
    concern._put(KeptPanel("MI-2026-K7Q4", rail_of(so_far, "check")))
    story.shoot("concern-kept")
    concern._so_far = SoFar()
    concern._on_later()
    at.on("What is waiting for me")
