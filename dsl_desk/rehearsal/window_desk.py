"""The desk as a whole in the window: the summary for governors, a check of everything, a backup on a stick."""

from __future__ import annotations

from dsl_desk.paths import make_private
from dsl_desk.rehearsal.lines import years_played
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.seat import HOME, Seat

STICK = "backup-stick"


def play(seat: Seat) -> None:
    """What is done with the desk itself once cases are in it."""
    seat.sign_in("dsl")
    seat.home()
    seat.hands.picture("home-with-cases")
    with seat.stage.act("governor summary, released by two"):
        _summary(seat)
    with seat.stage.act("check everything"):
        _check(seat)
    with seat.stage.act("backup, read back and verified"):
        _backup(seat)


def _summary(seat: Seat) -> None:
    hands = seat.hands
    name, first, last = years_played(seat.stage.around.clock.now().local)
    hands.press("Governor summary")
    hands.on("Governor summary")
    hands.type("Name of the period", name)
    hands.type("First day", f"1 1 {first.year}")
    hands.type("Last day", f"31 12 {last.year}")
    hands.picture("governor-summary-period")
    hands.press("See the preview")
    hands.comes(name)
    hands.picture("governor-summary-preview")
    seat.proves("dsl", "the DSL or deputy")
    seat.proves("head", "the Headteacher or the Chair")
    hands.press("Release the summary")
    hands.until(lambda: "\nReleased" in hands.words(), "The release")
    hands.press("See it as printed")
    hands.on("Governor summary")
    seat.save_paper()
    hands.picture("governor-summary-as-printed")
    hands.press("Back to the summary")
    hands.comes(name)
    seat.home()


def _check(seat: Seat) -> None:
    hands = seat.hands
    hands.press("Check everything")
    hands.on("Check everything")
    hands.says("Everything is as it should be")
    hands.picture("everything-checked")
    hands.press("Go to Home")
    hands.on(HOME)
    checkup = seat.ask(lambda services: services.care.check(rebuild_index=True))
    if not checkup.is_good:
        raise RehearsalFailedError
    seat.stage.journal_head = seat.ask(lambda services: services.desk.head().digest)


def _backup(seat: Seat) -> None:
    hands = seat.hands
    hands.press("Back up")
    hands.file(make_private(seat.stage.out / STICK))
    hands.on("Back up")
    hands.says("The backup is finished")
    hands.picture("backed-up")
    hands.press("Go to Home")
    hands.on(HOME)
    seat.stage.journal_head = seat.ask(lambda services: services.desk.head().digest)
    hands.picture("home-at-the-end")
    for place, name in (("Cases", "all-cases"), ("Packs", "all-packs"), ("Settings", "settings"), ("Help", "help")):
        hands.press(place)
        hands.comes(place)
        hands.picture(name)
