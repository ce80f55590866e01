"""Case 1 in the window: concern to signatures, two people at one laptop, each with their own passphrase."""

from __future__ import annotations

from dsl_desk.domain.words import Mark
from dsl_desk.rehearsal import first_case, window_concern, window_first_after, window_looking, window_signing
from dsl_desk.rehearsal.seat import Seat
from dsl_desk.rehearsal.window_concern import Told


def play(seat: Seat) -> None:
    """Play the whole of case 1 by clicks and keys."""
    reference, stage = _until_signed(seat), seat.stage
    with stage.act("case 1: pack, verification, receipt"):
        window_first_after.hand_over(seat, reference)
    with stage.act("case 1: follow-up and closing"):
        window_first_after.close(seat, reference)


def _until_signed(seat: Seat) -> str:
    """From the door to both signatures; gives the reference."""
    stage = seat.stage
    with stage.act("case 1: concern, triage, child's voice"):
        seat.sign_in("dsl")
        reference = _concern(seat)
    with stage.act("case 1: reviewers, device, looking"):
        _protect(seat)
        _prepare(seat)
        window_looking.play(seat, reference)
        _supplied(seat, reference)
    with stage.act("case 1: judgement and sign-off"):
        window_signing.play(seat, reference)
    return reference


def _concern(seat: Seat) -> str:
    told = Told(
        facts="A form tutor passed on what a pupil said: game accounts are offered for gift card codes on a trading "
        "site, and another pupil calls him names in a chat room.",
        opinion="It may be about money as well as about shoes.",
        done="Pupil safe, at home with parent this evening.",
        kind="Gambling, advertising or private business",
        people=(("quill", "It is about them"), ("pip", "Affected by it")),
        place="Form room 8P",
        teller_name=seat.name("tutor"),
        child_words="I only wanted the skin. He keeps saying it about my shoes.",
        to_whom=seat.name("tutor"),
        wishes="That it stops, and that nobody in 8P hears that he told.",
        route="Device or site review",
        why="Two of us must see what is offered there.",
    )
    window_concern.ask(seat, told, pictures=True)
    seat.hands.on("Your answers do not close looking")
    seat.hands.picture("what-the-answers-come-to")
    seat.hands.press("Continue")
    reference = window_concern.write_down(seat, told, pictures=True)
    seat.hands.picture("the-case-is-open")
    return reference


def _protect(seat: Seat) -> None:
    """The device under lock, and who must not be told yet."""
    hands = seat.hands
    seat.step("Secure it")
    for label, words in (
        ("Device", "School tablet"),
        ("Make, model or number on the label", "Sampletab 10, ST10-00417"),
        ("Who has it now", seat.name("technician")),
        ("Where it is locked away", "Safe in the DSL's office"),
        ("Seal number", "S-100201"),
        ("Who holds the key", seat.name("dsl")),
        ("When it was secured", "today"),
    ):
        hands.type(label, words)
    hands.press("Off", under="How it was")
    hands.picture("secure-it")
    seat.saved()
    seat.step("Hold back", "Who must not be told yet")
    hands.choose("Who", "Pupils")
    hands.press("Wait", under="What holds for them")
    hands.type("Until when, or until whose word", "the review is signed")
    hands.type("Reason", "to protect him")
    hands.picture("who-must-not-be-told-yet")
    seat.saved()


def _prepare(seat: Seat) -> None:
    """Two reviewers, a device that pupils do not use, access, and the purpose in writing."""
    hands = seat.hands
    seat.step("Two reviewers")
    hands.choose("Reviewer", seat.name("dsl"))
    seat.saved()
    seat.step("Two reviewers", "Name the second reviewer")
    hands.choose("Reviewer", seat.name("deputy"))
    hands.picture("the-second-reviewer")
    seat.saved()
    seat.step("Where you will look")
    hands.type("Make and model", "Exemplar Book 14")
    hands.type("Number on the label", "EB14-2201")
    hands.type("Where it is", "DSL's office, locked")
    hands.type("How it was found", "shut down, battery full")
    hands.press("No", under="Is it this laptop?")
    hands.press("No", under="Do pupils sign in to it?")
    hands.picture("where-you-will-look")
    seat.saved()
    seat.step("Access")
    hands.type("What access", "filtered, both addresses allowed for one hour")
    hands.type("Who gave it", seat.name("technician"))
    hands.type("When it was given", "today")
    hands.type("When it ends", "tomorrow 5pm")
    hands.picture("access")
    seat.saved()
    seat.step("Why")
    hands.type("Why anybody has to look", "Report of the form tutor")
    hands.type(
        "What you are looking for",
        "See whether game accounts are sold for gift card codes, and what is said about the pupil. The trading page "
        "and the chat room of Year 8, this week.",
    )
    hands.type(
        "Where you will stop",
        "At any picture of a person, at anything sexual, at any adult who writes to a pupil.",
    )
    hands.picture("why-you-look")
    seat.saved()
    hands.picture("the-case-before-looking")


def _supplied(seat: Seat, reference: str) -> None:
    """What people bring, asked about before it is opened; and a copy with names covered, for which there is no page."""
    brought = (("filter-log.csv", "technician"), ("form-tutor-report.eml", "tutor"), ("chat-export.txt", "pip_parent"))
    for file, who in brought:
        bring(seat, file, who, picture="something-that-was-brought" if file == "filter-log.csv" else "")
    strand, why = seat.strand(reference), "to show parents what was written without who wrote it"
    seat.ask(
        lambda services: services.redaction.redact(
            strand, Mark("DP/2"), first_case.covered_areas(), why, description="Chat, user names covered"
        )
    )


def bring(seat: Seat, file: str, who: str, *, picture: str = "") -> None:
    """Somebody hands something in, outside a session."""
    hands, item, reference = seat.hands, seat.stage.cast.material[file], seat.hands.title
    hands.press("Take in what was brought…")
    hands.on("Something that was brought")
    hands.type("What does it show, in your words?", item.description)
    hands.type("Where does it come from?", item.source)
    hands.type("Who brought it?", seat.name(who))
    hands.type("Has someone here seen it?", "nobody else in school")
    hands.press("No", under=window_looking.SHOWS.format(name=seat.name(seat.sits)))
    if picture:
        hands.picture(picture)
    hands.press("Choose the file…")
    hands.file(seat.stage.cast.file(file))
    hands.on(reference)
