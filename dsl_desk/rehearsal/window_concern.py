"""A new concern in the window: the questions first, then who, what, when, and the child's own words."""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl_desk.domain.words import CaseRef
from dsl_desk.rehearsal.seat import Seat

QUESTIONS = (
    ("3", "picture"), ("4", "adult"), ("5a", "extreme"), ("5b", "threats"), ("6", "spoil"), ("7", "already looked"),
)  # fmt: skip
"""Each question by a word of it that stands in its title."""
LOW_LEVEL = ("2b", "low-level")
WORKERS = ("The Headteacher", "The DSL", "Somebody who works or volunteers here")
"""About whom the question of the low level is asked too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody was told, as it is typed into the pages."""

    facts: str
    done: str
    kind: str
    opinion: str = ""
    about: str = "A pupil"
    which: str = ""
    """Which of the staff, as the page offers them; nothing where it does not ask."""
    people: tuple[tuple[str, str], ...] = ()
    """Who of the cast, and what they are in this case."""
    answers: dict[str, str] = field(default_factory=dict)
    """Answers other than "No", by question."""
    place: str = ""
    teller: str = "A member of staff"
    teller_name: str = ""
    child_words: str = ""
    to_whom: str = ""
    wishes: str = ""
    not_asked: str = ""
    route: str = ""
    """Another route than the one that fits, by its name."""
    why: str = ""
    """Why that one."""


def ask(seat: Seat, told: Told, *, pictures: bool = False) -> None:
    """Ctrl+N, danger first, whom it is about, and every question of triage, up to what they come to."""
    hands = seat.hands
    hands.key("Ctrl+N")
    hands.comes("danger now")
    if pictures:
        hands.picture("is-anyone-in-danger")
    _answer(seat, "No")
    hands.on("Who is it about?")
    if pictures:
        hands.picture("who-is-it-about")
    _answer(seat, told.about)
    if told.which:
        hands.on("Which of them is it about?")
        _answer(seat, told.which)
    for question, part in (LOW_LEVEL, *QUESTIONS) if told.about in WORKERS else QUESTIONS:
        hands.comes(part)
        hands.press(told.answers.get(question, "No"))
        if pictures and question == "3":
            hands.picture("question-of-triage")
        hands.press("Continue")


def _answer(seat: Seat, words: str) -> None:
    seat.hands.press(words)
    seat.hands.press("Continue")


def write_down(seat: Seat, told: Told, *, pictures: bool = False) -> CaseRef:
    """Everything after the questions, up to the case that opens; gives its reference."""
    hands = seat.hands
    _people(seat, told, pictures=pictures)
    hands.on("What were you told?")
    hands.type("The facts", told.facts)
    if told.opinion:
        hands.type("Your own view, if you have one", told.opinion)
    hands.type("What was done at once", told.done)
    if pictures:
        hands.picture("what-were-you-told")
    hands.press("Continue")
    hands.on("When was it, and who told you?")
    hands.type("When it happened", "yesterday 2pm")
    if told.place:
        hands.type("Where, or on what", told.place)
    hands.choose("Who told you", told.teller)
    if told.teller_name:
        hands.type("Their full name", told.teller_name)
    if pictures:
        hands.picture("when-was-it")
    hands.press("Continue")
    _kind_and_route(seat, told, pictures=pictures)
    _child(seat, told, pictures=pictures)
    hands.on("Check what you wrote")
    if pictures:
        hands.picture("check-what-you-wrote")
    hands.press("Record this concern")
    hands.comes("MI-")
    reference = CaseRef(seat.reference())
    if reference not in seat.stage.references:
        seat.stage.references.append(reference)
    return reference


def _kind_and_route(seat: Seat, told: Told, *, pictures: bool) -> None:
    """What kind of concern, and which route it takes: the one that fits, or another with its reason."""
    hands = seat.hands
    hands.on("What kind of concern is it?")
    hands.choose("Kind", told.kind)
    if pictures:
        hands.picture("what-kind")
    hands.press("Continue")
    hands.on("Which route does this take?")
    if told.route:
        hands.choose("Route", told.route)
        hands.type("Why this one", told.why)
    if pictures:
        hands.picture("which-route")
    hands.press("Continue")


def _people(seat: Seat, told: Told, *, pictures: bool) -> None:
    hands = seat.hands
    hands.on("Who belongs to it?")
    for who, role in told.people:
        person = seat.stage.cast.played[who]
        hands.type("Name", person.name)
        hands.press("Somebody new…")
        hands.on("Somebody new")
        hands.choose("Who they are", "Pupil")
        hands.type("Year group", person.year_group)
        hands.press(role)
        if pictures and who == told.people[0][0]:
            hands.picture("somebody-new")
        hands.press("Add this person")
        hands.on("Who belongs to it?")
    if pictures:
        hands.picture("who-belongs-to-it")
    hands.press("Continue")


def _child(seat: Seat, told: Told, *, pictures: bool) -> None:
    hands = seat.hands
    if not (told.child_words or told.not_asked):
        return
    hands.on("Has the child spoken?")
    if told.child_words:
        hands.press("Yes, these were their words")
        hands.type("Their exact words", told.child_words)
        hands.type("To whom", told.to_whom)
        if told.wishes:
            hands.type("What the child wants to happen", told.wishes)
    else:
        hands.press("Not asked yet")
        hands.type("Not asked yet because", told.not_asked)
    if pictures:
        hands.picture("the-childs-own-words")
    hands.press("Continue")
