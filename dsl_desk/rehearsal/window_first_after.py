"""Case 1 goes on in the window: the signed pack to police, what follows for the child, and closing."""

from __future__ import annotations

from dsl_desk.domain.case_words import ContinuityAction
from dsl_desk.domain.words import Mark
from dsl_desk.rehearsal.first_case_after import NOTE
from dsl_desk.rehearsal.seat import Seat

PAPERS = (
    "The chronology", "Referral sheet for police", "What was looked at, and what not", "Labels for the exhibits",
)  # fmt: skip


def hand_over(seat: Seat, reference: str) -> None:
    """Rung, referred, written onto the stick, read back, verified, signed for."""
    _call_and_refer(seat)
    _print(seat, reference)
    pack(
        seat, kind="Signed off: the review record with both signatures", to="Police",
        name=seat.stage.cast.school.police_force, medium="encrypted stick no. 3", seal="B-220017",
        by=("dsl", "deputy"), picture="make-a-pack",
    )  # fmt: skip
    _receipt(seat, reference)


def pack(
    seat: Seat, *, kind: str, to: str, medium: str, by: tuple[str, ...], name: str = "",
    seal: str = "", how: str = "By hand on an encrypted stick in a sealed bag", picture: str = "",
) -> None:  # fmt: skip
    """Plan a pack, write it, and stay on the page that says how it ended."""
    hands = seat.hands
    known = {path.name for path in seat.stage.handover.iterdir()}
    hands.press("Make a pack…")
    hands.comes("Make pack")
    if hands.has(kind):
        hands.press(kind)
    hands.choose("Goes to", to)
    if name:
        hands.type("Force, team or person", name)
    hands.press(how)
    hands.type("Name of the medium", medium)
    if seal:
        hands.type("Number of the seal", seal)
    hands.press("Choose where to write…")
    hands.file(seat.stage.handover)
    seat.proves(by[0])
    for who in by[1:]:
        seat.proves(who, "the other reviewer, if here")
    if picture:
        hands.picture(picture)
    hands.press("Write the pack")
    hands.until(lambda: hands.title.startswith("Pack "), "The finished pack", patience_ms=120_000)
    hands.quiet()
    made = [path for path in seat.stage.handover.iterdir() if path.is_dir() and path.name not in known]
    seat.stage.packs.extend(made)
    if picture == "make-a-pack":
        hands.picture("the-pack-is-verified")


def _call_and_refer(seat: Seat) -> None:
    hands = seat.hands
    seat.record("A call")
    hands.type("Whom you rang", "Police, 101")
    hands.choose("Agency", "Police")
    hands.type("When", "today")
    hands.press("Somebody answered")
    hands.type("What was said", "Bring it in.")
    hands.type("Log or reference number", "LOG-0417")
    hands.picture("a-call")
    seat.saved()
    seat.record("A referral, or why not", "Refer it, or say why not")
    hands.choose("To whom", "Police")
    hands.press("Refer it", under="Decision")
    hands.type("Reason", "Children are asked for gift card codes on a public page.")
    hands.type("Threshold it meets", "for information")
    hands.type("Their reference", "LOG-0417")
    hands.type("What was shared", "signed pack")
    hands.picture("a-referral")
    seat.saved()


def _print(seat: Seat, reference: str) -> None:
    """Papers of the case, each as it prints, saved for the printer; the note for the main system has no page."""
    hands = seat.hands
    for at, paper in enumerate(PAPERS):
        hands.menu("Print a paper…", paper)
        hands.on(paper)
        seat.save_paper()
        if at == 0:
            hands.picture("the-chronology-as-it-prints")
        hands.press("Back to the case")
        hands.on(reference)
    strand = seat.strand(reference)
    seat.stage.paper(
        seat.ask(lambda services: services.printing.print_companion_note(strand, NOTE, "record of the pupil affected"))
    )


def _receipt(seat: Seat, reference: str) -> None:
    """Verified again, papers for the counter printed, and who signed for it recorded."""
    hands = seat.hands
    hands.press("Verify again")
    hands.says("Verified again")
    for button, title in (
        ("Print the receipt", "Handover receipt"),
        ("Print the cover sheet", "Cover sheet"),
        ("Print the officer summary", "Officer summary"),
    ):
        hands.press(button)
        hands.on(title)
        seat.save_paper()
        if button == "Print the receipt":
            hands.picture("the-receipt-as-it-prints")
        hands.press("Back to pack")
        hands.comes("Pack ")
    hands.type("Received by", "the officer at the counter")
    hands.type("Their reference", "LOG-0417")
    hands.press("Record the receipt")
    hands.says("The receipt is recorded")
    hands.picture("the-receipt-is-recorded")
    hands.press(f"Back to {reference}")
    hands.on(reference)


def close(seat: Seat, reference: str) -> None:
    """Parents, support, the main system, feedback, lesson, a later pack for social care; then the case is closed."""
    hands = seat.hands
    seat.step("Parents")
    hands.press("Told", under="What was decided")
    hands.type("Reason", "Both families need to know.")
    hands.type("Who was told, and by whom", "both mothers")
    hands.type("Agreed with", "Police, LOG-0417")
    hands.type("When", "today")
    hands.picture("parents")
    seat.saved()
    seat.record("Support")
    hands.choose("For whom", seat.name("pip"))
    hands.type("What support they have", "Weekly talk with the tutor")
    seat.saved()
    seat.step("Main system")
    hands.choose("Which child", seat.name("pip"))
    hands.type("The note, as it stands there", NOTE)
    hands.type("Its reference, typed back", "MS-5521")
    hands.picture("main-system")
    seat.saved()
    seat.record("Feedback")
    hands.type("To whom", "form tutor")
    hands.type("What they were told", "that it was looked into and acted on")
    seat.saved()
    seat.record("A lesson", "What the school learned")
    hands.type("Lesson, or that there is none", "Trading sites were not on the filter's list.")
    hands.choose("Theme for the governors", "Something got through the filter")
    seat.saved()
    _shared(seat, reference)
    pack(
        seat, kind="Signed off: the review record with both signatures", to="Social care",
        medium="encrypted stick no. 6", by=("dsl", "deputy"),
    )  # fmt: skip
    hands.press(f"Back to {reference}")
    hands.on(reference)
    seat.step("Close", "Close the case")
    hands.choose("Outcome", "Behaviour policy")
    hands.choose("How long it is kept", "Child protection file")
    hands.type("Reason", "Everything done.")
    hands.picture("close-the-case")
    hands.press("Close this case")
    hands.comes("MI-")
    hands.picture("the-case-is-closed")


def _shared(seat: Seat, reference: str) -> None:
    """What was shared with whom and why; that the action is done; and, without a page, where an exhibit went."""
    hands, strand = seat.hands, seat.strand(reference)
    seat.record("Information shared, or not", "Sharing")
    hands.press("Shared", under="Was it shared?")
    hands.type("What", "signed pack")
    hands.type("With whom", "police")
    hands.type("What for", "to protect other children")
    hands.type("On what basis", "public task; safeguarding of children")
    hands.press("Not sought", under="Consent")
    hands.type("When", "today")
    hands.type("Reason", "asking first could have warned the sellers")
    hands.press("Yes, or it goes to them", under="Were the police or a safeguarding team asked first?")
    hands.choose("How it was sent", "Encrypted stick or disk")
    hands.type("How it was protected on the way", "encrypted stick no. 3, in a sealed bag")
    hands.picture("information-shared")
    seat.saved()
    seat.record("Something promised is done", "Done")
    hands.choose("What was decided", "Talk with both families")
    hands.type("What was done", "done as decided")
    hands.type("When", "today")
    seat.saved()
    seat.ask(
        lambda services: services.exhibits.moved(
            strand, Mark("DP/1"), ContinuityAction.HANDED_OVER, from_whom="the desk",
            to_whom=seat.stage.cast.school.police_force, reason="copy in pack 1",
        )
    )  # fmt: skip
