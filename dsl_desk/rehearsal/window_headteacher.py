"""Case 4 in the window: about the Headteacher. Kept from them from the first answer on, led by the Chair."""

from __future__ import annotations

from dsl_desk.app import Services
from dsl_desk.domain.words import CaseRef
from dsl_desk.rehearsal import window_concern
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.seat import HOME, Seat
from dsl_desk.rehearsal.window_concern import Told
from dsl_desk.rehearsal.window_others import lock_from_stop, reference_on_stop
from dsl_desk.store.values import CaseQuery


def play_headteacher(seat: Seat) -> None:
    """Case 4: about the Headteacher. The deputy writes, the Chair leads, the Headteacher sees no trace."""
    hands, stage = seat.hands, seat.stage
    with stage.act("case 4: about the Headteacher, restricted from birth"):
        seat.sign_in("deputy")
        told = Told(
            facts="A colleague says that the Headteacher messages a pupil privately late at night.",
            done="Nobody in danger now; child at home.",
            kind="Other",
            about="The Headteacher",
        )
        window_concern.ask(seat, told)
        hands.until(lambda: bool(reference_on_stop(seat)), "The stop page with the case on record")
        stage.references.append(CaseRef(reference_on_stop(seat)))
        hands.picture("about-the-headteacher")
        lock_from_stop(seat)
        _chair_leads(seat, told)
    with stage.act("case 4: no trace for the Headteacher"):
        seat.sign_in("head")
        hands.on(HOME)
        hands.press("Cases")
        hands.on("Cases")
        hands.type("Find cases by reference, name or word", "messages privately night")
        hands.until(lambda: "No case fits" in hands.words(), "An empty list")
        hands.picture("no-trace-for-the-headteacher")
        seat.ask(lambda services: _no_trace(seat, services))


def _chair_leads(seat: Seat, told: Told) -> None:
    """The Chair, who is told in person, writes it down, rings the LADO, and has the sheet for it on paper."""
    hands, reference = seat.hands, seat.stage.references[-1]
    seat.sign_in("chair")
    hands.picture("home-of-the-chair")
    seat.case(reference)
    hands.press("Write down what you were told")
    window_concern.write_down(seat, told)
    seat.record("A referral, or why not", "Refer it, or say why not")
    hands.choose("To whom", "LADO")
    hands.press("Refer it", under="Decision")
    hands.type("Reason", "An allegation about the Headteacher.")
    hands.type("Threshold it meets", "behaved so as to indicate risk")
    hands.type("Their reference", "LADO-2291")
    seat.saved()
    hands.menu("Print a paper…", "Referral sheet for the LADO")
    hands.on("Referral sheet for the LADO")
    seat.save_paper("of-the-chair")
    hands.picture("the-referral-sheet")
    hands.press("Back to the case")
    hands.on(reference)


def _no_trace(seat: Seat, services: Services) -> None:
    """Signed in as the Headteacher: not in a list, not by its reference, not by its words."""
    desk, reference = services.desk, seat.stage.references[-1]
    page = desk.cases(CaseQuery())
    seen = {row.reference for row in (*page.rows, *page.restricted)}
    if reference in seen or desk.find(reference) or desk.search("messages privately night"):
        raise RehearsalFailedError
