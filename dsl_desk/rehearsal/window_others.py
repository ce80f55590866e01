"""Cases 2 and 3 in the window: stopped by the halt key over a chooser, and to police in the first half hour."""

from __future__ import annotations

from dsl_desk.app import Services
from dsl_desk.domain.case import Offered
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.errors import HaltedError
from dsl_desk.domain.words import Answer, StrandId
from dsl_desk.rehearsal import window_concern, window_looking
from dsl_desk.rehearsal.lines import both_say
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.seat import DOOR, Seat
from dsl_desk.rehearsal.window_concern import Told
from dsl_desk.rehearsal.window_first_after import pack
from dsl_desk.rehearsal.window_first_case import bring

PAIR = ("dsl", "head")
STOPPED = "A picture, or not sure"


def play_stopped(seat: Seat) -> None:
    """Case 2: over an open chooser one of the two is not sure. F8; everything closes; advice and a stopped pack."""
    with seat.stage.act("case 2: halted at a possible picture"):
        reference = _until_not_sure(seat)
        _stop(seat, reference)
        _after_the_stop(seat, reference)
    with seat.stage.act("case 2: stopped pack"):
        pack(
            seat, kind="Stopped: the record alone, no exhibit", to="Police", medium="encrypted stick no. 4",
            by=("dsl",), picture="stopped-pack",
        )  # fmt: skip
        seat.hands.press(f"Back to {reference}")
        seat.hands.on(reference)


def _until_not_sure(seat: Seat) -> str:
    hands, stage = seat.hands, seat.stage
    seat.sign_in("dsl")
    told = Told(
        facts="A pupil passes round a list of addresses that get past the filter.",
        done="Nobody in danger now; child at home.",
        kind="Other misuse of school technology",
        people=(("wren", "It is about them"),),
        not_asked="The tutor speaks with them tomorrow.",
    )
    window_concern.ask(seat, told)
    hands.on("Your answers do not close looking")
    hands.press("Continue")
    reference = window_concern.write_down(seat, told)
    for who in PAIR:
        seat.step("Two reviewers", "reviewer" if who != PAIR[0] else "Two reviewers")
        hands.choose("Reviewer", seat.name(who))
        seat.saved()
    seat.step("Where you will look")
    for label, words in (
        ("Make and model", "Exemplar Book 14"), ("Number on the label", "EB14-2201"), ("Where it is", "DSL's office"),
        ("How it was found", "shut down"),
    ):  # fmt: skip
        hands.type(label, words)
    hands.press("No", under="Is it this laptop?")
    hands.press("No", under="Do pupils sign in to it?")
    seat.saved()
    seat.step("Access")
    hands.type("What access", "filtered")
    hands.type("Who gave it", seat.name("technician"))
    hands.type("When it was given", "today")
    hands.type("When it ends", "tomorrow 5pm")
    seat.saved()
    seat.step("Why")
    hands.type("Why anybody has to look", "The list")
    hands.type("What you are looking for", "See what the list offers.")
    hands.type("Where you will stop", "At any picture of a person.")
    seat.saved()
    window_looking.declare(seat, PAIR)
    hands.press(f"Back to {reference}")
    hands.on(reference)
    window_looking.begin(seat, PAIR)
    item = stage.cast.material["proxy-list.png"]
    window_looking.sighting(seat, PAIR, address=item.address or "", saw=item.description, why="Ways past the filter.")
    window_looking.exhibit(seat, PAIR, "proxy-list.png")
    hands.type("Address, or what the item is", "http://mirror-three.invalid/start")
    hands.type("What you saw", "a page of thumbnails")
    return reference


def _stop(seat: Seat, reference: str) -> None:
    """F8 from the session, and once more over Qt's own chooser; the first is taken back, the second stands."""
    hands = seat.hands
    hands.key("F8")
    hands.until(lambda: hands.window.halt.is_up, "The stop")
    hands.picture("stop-what-made-you-stop")
    hands.press("Go back, record nothing")
    hands.picture("covered-nothing-was-recorded")
    hands.press("Show the page again")
    hands.until(lambda: not hands.window.halt.is_up, "The page under the stop")
    hands.press("Add a picture or file…")
    hands.on("Add a picture or file")
    hands.type("What does it show, in your words?", "the page of thumbnails")
    hands.type("Where does it come from?", "screen")
    for who in PAIR:
        hands.press("No", under=window_looking.SHOWS.format(name=seat.name(who)))
    hands.press("Choose the file…")
    hands.until(hands.is_choosing, "The chooser of files")
    hands.key("F8")
    hands.until(lambda: hands.window.halt.is_up and not hands.is_choosing(), "The stop over the chooser")
    hands.press(STOPPED)
    hands.until(lambda: reference_on_stop(seat) == reference, "The stop on record")
    hands.picture("stopped-what-to-do")
    hands.press("Show numbers")
    hands.picture("stopped-whom-to-ring")
    lock_from_stop(seat)


def lock_from_stop(seat: Seat) -> None:
    """The one way on from a stop page."""
    seat.hands.press("Lock the desk")
    seat.hands.on(DOOR)
    seat.sits = ""


def reference_on_stop(seat: Seat) -> str:
    """The case that the stop page names; nothing where none is up, or its entry is not written yet."""
    standing = seat.hands.window.halt.standing
    return standing.reference if standing is not None else ""


def _after_the_stop(seat: Seat, reference: str) -> None:
    """Why, the device under lock, and what police said; nothing of the case can be looked at."""
    hands = seat.hands
    seat.sign_in("dsl")
    hands.on(reference)
    hands.picture("a-halted-case")
    seat.home()
    hands.picture("home-with-a-halted-case")
    seat.case(reference)
    seat.record("Why it was stopped")
    hands.type("What made you stop", "A thumbnail that could have shown a child.")
    hands.type("Police log number", "LOG-0931")
    seat.saved()
    seat.record("A device", "Secure it")
    for label, words in (
        ("Device", "Review laptop"), ("Make, model or number on the label", "Exemplar Book 14, EB14-2201"),
        ("Who has it now", seat.name("dsl")), ("Where it is locked away", "DSL's office, locked"),
        ("Who holds the key", "the DSL"), ("When it was secured", "today"),
    ):  # fmt: skip
        hands.type(label, words)
    hands.press("On", under="How it was")
    seat.saved()
    _advice(seat)
    strand = seat.strand(reference)
    seat.ask(lambda services: _nothing_comes_in(seat, services, strand))


def _advice(seat: Seat) -> None:
    """What police said, in their own words."""
    hands = seat.hands
    seat.record("Advice of police or others", "Advice")
    hands.choose("Agency", "Police")
    hands.type("Who said it", "Control room operator 417")
    hands.type("Number you rang", "101")
    hands.type("When", "today")
    hands.type("Their words", "Leave it on, lock the room, an officer comes today.")
    hands.press("Hold off: wait")
    hands.type("Log or reference number", "LOG-0931")
    hands.picture("what-police-said")
    seat.saved()


def _nothing_comes_in(seat: Seat, services: Services, strand: StrandId) -> None:
    """After the stop the desk refuses what it took a moment before."""
    item = seat.stage.cast.material["proxy-list.png"]
    offered = Offered(
        intake=Intake.CAPTURE, description=item.description, source=item.source, method="screen capture",
        stop_answers=both_say(seat.stage, PAIR, Answer.NO), sighting=1,
    )  # fmt: skip
    try:
        services.exhibits.capture(strand, offered, "after-the-stop.png", seat.stage.cast.file(item.file).read_bytes())
    except HaltedError:
        return
    raise RehearsalFailedError


def play_police_first(seat: Seat) -> None:
    """Case 3: one person, the first thirty minutes, police first; an as-it-stands pack, also as an encrypted ZIP."""
    hands = seat.hands
    with seat.stage.act("case 3: police first, the first thirty minutes"):
        reference = _rung_first(seat)
    with seat.stage.act("case 3: as-it-stands pack, also as encrypted ZIP"):
        pack(
            seat, kind="As it stands: everything recorded so far, marked unsigned", to="Police",
            medium="encrypted stick no. 5", by=("dsl",), how="As an encrypted ZIP; they need 7-Zip",
            picture="as-it-stands",
        )  # fmt: skip
        code = hands.said().partition("opens with ")[2].partition(". It is shown")[0]
        archives = sorted(seat.stage.handover.glob("*.zip"))
        if len(archives) != 1 or not code:
            raise RehearsalFailedError
        seat.stage.archive_codes[archives[0].name] = code
        hands.press(f"Back to {reference}")
        hands.on(reference)


def _rung_first(seat: Seat) -> str:
    hands = seat.hands
    seat.sign_in("dsl")
    told = Told(
        facts="A page that imitates the school's filter asks pupils for account and password.",
        done="Nobody in danger now; child at home.",
        kind="Hacking, malware or getting round the filter",
        about="Not known",
        people=(("juno", "Affected by it"),),
        answers={"5b": "Yes", "6": "Not sure"},
        not_asked="Police are rung first.",
    )
    window_concern.ask(seat, told)
    hands.until(lambda: bool(reference_on_stop(seat)), "The stop page with the case on record")
    hands.picture("police-first")
    lock_from_stop(seat)
    seat.sign_in("dsl")
    hands.on("Looking is closed")
    hands.picture("looking-is-closed")
    hands.press("Write down what you were told")
    reference = window_concern.write_down(seat, told)
    seat.record("Who must not be told", "Who must not be told yet")
    hands.choose("Who", "Subject")
    hands.press("Wait", under="What holds for them")
    hands.type("Until when, or until whose word", "police say so")
    hands.type("Reason", "It could spoil their inquiry.")
    seat.saved()
    for file in ("spoof-filter-page.png", "filter-log.csv"):
        bring(seat, file, "technician")
    seat.record("A call")
    hands.type("Whom you rang", "Police, 101")
    hands.choose("Agency", "Police")
    hands.type("When", "today")
    hands.press("Somebody answered")
    hands.type("What was said", "Send us what you have.")
    hands.type("Log or reference number", "LOG-1188")
    seat.saved()
    hands.picture("police-first-case")
    return reference
