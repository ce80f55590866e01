"""Looking in the window: both declare, sightings, exhibits by file, covered previews, a pause, and the end by both."""

from __future__ import annotations

from dsl_desk.rehearsal.seat import Seat
from dsl_desk.rehearsal.touch import HandsError
from dsl_desk.ui.review.session_panel import SessionPanel

PAIR = ("dsl", "deputy")
STOP = "Any reason to stop? {name} answers"
SHOWS = "Could it show anyone under 18 nude or sexually? {name}"


def play(seat: Seat, reference: str) -> None:
    """One session from the first declaration to the second confirmation."""
    declare(seat, PAIR, picture="both-declare")
    seat.hands.press(f"Back to {reference}")
    seat.hands.on(reference)
    begin(seat, PAIR, picture="begin-a-session")
    _look(seat)
    _pause(seat)
    _uncover(seat)
    _finish(seat)
    seat.hands.press(f"Back to {reference}")
    seat.hands.on(reference)


def declare(seat: Seat, pair: tuple[str, ...], *, picture: str = "") -> None:
    """Each of the two, with their own passphrase, on the same page."""
    hands = seat.hands
    seat.step("Both declare")
    for at, who in enumerate(pair):
        seat.proves(who)
        if picture and at == 0:
            hands.picture(picture)
        hands.press("Declare this")
        hands.until(lambda at=at: hands.words().count("\nDeclared") > at, "The declaration")  # type: ignore[misc] # bound now
        hands.quiet()


def begin(seat: Seat, pair: tuple[str, ...], *, picture: str = "") -> None:
    """Both in the room, where, and how the device is."""
    hands = seat.hands
    seat.step("Look and record", "Begin a review session")
    for who in pair:
        hands.press(seat.name(who))
    hands.type("Where", "DSL's office")
    hands.type("How the device is now", "on, locked, battery full")
    if picture:
        hands.picture(picture)
    hands.press("Begin looking")
    hands.comes("Review session")


def sighting(seat: Seat, pair: tuple[str, ...], *, address: str, saw: str, why: str, picture: str = "") -> None:
    """One line of what was seen, and both say that there is no reason to stop."""
    hands, number = seat.hands, panel(seat).heading.text()
    hands.type("Address, or what the item is", address)
    hands.type("What you saw", saw)
    hands.type("Why it worries you", why)
    for who in pair:
        hands.press("No", under=STOP.format(name=seat.name(who)))
    if picture:
        hands.picture(picture)
    hands.press("Record sighting")
    hands.until(lambda: panel(seat).heading.text() != number, "The next sighting")
    hands.quiet()


def exhibit(seat: Seat, pair: tuple[str, ...], file: str, *, picture: str = "") -> None:
    """What it shows first, then the question, then the file, through Qt's own chooser."""
    hands, item = seat.hands, seat.stage.cast.material[file]
    here = hands.title
    hands.press("Add a picture or file…")
    hands.on("Add a picture or file")
    hands.type("What does it show, in your words?", item.description)
    hands.type("Where does it come from?", item.source)
    for who in pair:
        hands.press("No", under=SHOWS.format(name=seat.name(who)))
    if picture:
        hands.picture(picture)
    hands.press("Choose the file…")
    hands.file(seat.stage.cast.file(file), picture=f"{picture}-chosen" if picture else "")
    hands.on(here)


def panel(seat: Seat) -> SessionPanel:
    """The open session."""
    page = seat.hands.page
    if not isinstance(page, SessionPanel):
        raise HandsError(f"No session is open. {seat.hands.seen()}")
    return page


def _look(seat: Seat) -> None:
    for number, file in enumerate(("trading-page.png", "group-chat.png"), 1):
        item = seat.stage.cast.material[file]
        sighting(
            seat, PAIR, address=item.address or "", saw=item.description,
            why="Gift card codes asked of children." if number == 1 else "One pupil is called names by several.",
            picture="a-sighting" if number == 1 else "",
        )  # fmt: skip
        exhibit(seat, PAIR, file, picture="add-a-picture" if number == 1 else "")
    seat.hands.picture("exhibits-covered")


def _pause(seat: Seat) -> None:
    hands = seat.hands
    hands.press("Pause…")
    hands.type("Why do you pause?", "Fire bell")
    hands.press("Pause…")
    hands.until(lambda: panel(seat).clock.text() == "Paused", "The pause")
    hands.picture("paused")
    for name in PAIR:
        hands.press(f"{seat.stage.cast.played[name].name} is in the room again")
    hands.press("Resume")
    hands.until(lambda: panel(seat).clock.text() != "Paused", "The session after the pause")


def _uncover(seat: Seat) -> None:
    """Once, for a stated reason; covered again by hand before the time is over."""
    hands = seat.hands
    hands.choose("Exhibit", "DP/1")
    hands.press("Uncover DP/1 for a reason")
    hands.type("Why is it uncovered?", "to write the judgement")
    hands.press("Show it for 20 seconds")
    hands.until(lambda: not _covered(seat), "The uncovered exhibit")
    hands.picture("uncovered-for-a-reason")
    hands.press("Cover DP/1 now")
    hands.until(lambda: _covered(seat), "The covered exhibit")


def _covered(seat: Seat) -> bool:
    covered = panel(seat).covered
    return covered is None or covered.is_covered


def _finish(seat: Seat) -> None:
    hands = seat.hands
    hands.press("Finish looking…")
    hands.on("Finish looking")
    for at, who in enumerate(PAIR):
        for words in ("The access is withdrawn", "The device is locked away", "The times are right"):
            hands.press(words)
        seat.proves(who)
        if at == 0:
            hands.picture("finish-looking")
        hands.press("Confirm the end")
        hands.until(lambda at=at: hands.words().count("\nConfirmed") > at, "The confirmation")  # type: ignore[misc] # bound now
        hands.quiet()
