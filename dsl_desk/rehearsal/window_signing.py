"""Judgement and signatures in the window: each alone, then one conclusion, then both sign the same form."""

from __future__ import annotations

from dsl_desk.rehearsal.seat import Seat


def play(seat: Seat, reference: str) -> None:
    """From the first judgement to the page signed in ink."""
    _judge(seat, reference)
    _conclude(seat, reference)
    _act(seat, reference)
    _sign(seat)
    _ink(seat, reference)


def _judge(seat: Seat, reference: str) -> None:
    """The first judges, locks and leaves; the second signs in and judges without having read it."""
    hands = seat.hands
    seat.step("Judge", "Your judgement")
    hands.press("There is substance in it")
    hands.type("Your own reasons", "Both the offers and the names are there to read, in the week that was reported.")
    hands.picture("your-judgement")
    hands.press("Record my judgement")
    hands.on("Your judgement is recorded")
    hands.picture("the-other-judges-next")
    seat.sign_in("deputy", picture="unlock-the-desk")
    hands.picture("home-of-the-second-reviewer")
    seat.case(reference)
    seat.step("Judge", "Your judgement")
    hands.press("Cannot tell from what was seen")
    hands.type("Your own reasons", "The names are there. Whether anybody in school paid, the page does not show.")
    hands.press("Record my judgement")


def _conclude(seat: Seat, reference: str) -> None:
    hands = seat.hands
    hands.on("What the review comes to")
    hands.type(
        "What you differ about",
        "Whether the trading has substance. Settled: offers yes, payment not shown; both views stand.",
    )
    hands.type(
        "Conclusion", "Substance as to the names; as to the trading, pupils were offered it and a payment is not shown."
    )
    hands.choose("Outcome", "Behaviour policy")
    hands.choose("Severity", "Advice taken from outside")
    hands.picture("what-the-review-comes-to")
    hands.press("Record the conclusion")
    hands.on("What the review came to")
    hands.press(f"Back to {reference}")
    hands.on(reference)


def _act(seat: Seat, reference: str) -> None:
    hands = seat.hands
    seat.sign_in("dsl")
    seat.case(reference)
    seat.step("Act")
    hands.type("What is done", "Talk with both families; trading site added to the filter.")
    hands.type("By whom", seat.name("dsl"))
    hands.type("By when", "friday")
    hands.type("Why this", "It is going on now.")
    hands.type("Others to involve, or why none", "Police told of the trading site, for information.")
    hands.picture("act")
    seat.saved()


def _sign(seat: Seat) -> None:
    """Each reads the whole record as it prints, ticks, and types their own passphrase."""
    hands = seat.hands
    seat.step("Sign", "Sign the review record")
    for at, who in enumerate(("dsl", "deputy")):
        hands.press("Read the whole record")
        hands.on("The review record")
        if at == 0:
            hands.picture("the-record-as-it-prints")
        hands.press("Back to signing")
        hands.on("Sign the review record")
        hands.press("We have each read the form")
        seat.proves(who)
        hands.picture("sign-the-record" if at == 0 else "the-second-signs")
        hands.press("Sign the record")
        hands.says("Signed")
        hands.quiet()


def _ink(seat: Seat, reference: str) -> None:
    """Printed, signed in ink, scanned back; and the signed form kept among the papers."""
    hands = seat.hands
    hands.press("Read the whole record")
    hands.on("The review record")
    seat.save_paper()
    hands.press("Back to signing")
    hands.press("Print the form for ink")
    hands.on("The review record, for ink")
    seat.save_paper()
    hands.picture("saved-as-pdf")
    hands.press("Back to signing")
    hands.on("Sign the review record")
    hands.press("The scan shows the signed paper, and nothing else")
    hands.press("Attach the signed page…")
    hands.file(seat.papers / "form.pdf")
    hands.says("The signed page is attached")
    hands.picture("signed-by-both")
    hands.press(f"Back to {reference}")
    hands.on(reference)
    seat.record("Who must not be told", "Who must not be told yet")
    hands.choose("Who", "Pupils")
    hands.press("May be told", under="What holds for them")
    hands.type("Reason", "signed")
    seat.saved()
