"""The halt card: the stop page on paper, printed at set-up (flows 3)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import BOLD, FINE, SANS, SMALL_STRONG, STRONG, Style
from dsl_desk.exports.papers.frame import Fact, PageFrame
from dsl_desk.exports.papers.page import LEFT, MEASURE
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Field, Line, Slot, set_lines

_STEP = Style(SANS, 10, 13)
_NUMBER = Style(BOLD, 11.5, 13)

STOP_STEPS: tuple[str, ...] = (
    (
        "Do not look again. Turn the screen away or switch the monitor off. Leave the computer as it is: do not close "
        "its lid, shut it down, close or scroll the page. [K]"
    ),
    "Do not copy, photograph, print, send, delete or show it to anyone.",
    (
        "If someone is in danger, or a child needs help today: 999. Otherwise 101: say “suspected child sexual abuse "
        "images, school device”. Ask for a log number and what to do about the network and power."
    ),
    (
        "Stay with the device or lock the room. Note who had it and who has the key. Unplug a network cable; leave "
        "settings alone until police advise. [K]"
    ),
    (
        "Tell the DSL. If it is about the DSL: the Headteacher. About the Headteacher: the Chair and LADO, not the "
        "Headteacher. If any worker is involved: LADO."
    ),
    (
        "Wait for police or social care before telling parents, the person concerned or other pupils, unless a child "
        "is in danger now."
    ),
    (
        "Write down on the card: times, who was in the room, the address if you remember it, what made you stop in a "
        "few plain words. No description of the body or act."
    ),
    "Both of you: take ten minutes with someone you trust.",
)
"""The stop page, word for word (flows 3); [K] marks practice that a police reader has still to confirm."""
POLICE_FIRST_STEP = "Keep what you already hold; seek no more."


@dataclass(frozen=True, slots=True, kw_only=True)
class HaltCard:
    """The steps as the school's profile words them, and whom to ring."""

    numbers: tuple[Fact, ...]
    """Name or role, and number, in the order to ring; 999 and 101 always stand first without being named here."""
    steps: tuple[str, ...] = STOP_STEPS


def halt_card_pdf(content: HaltCard, frame: PageFrame) -> bytes:
    """One page: steps, numbers, and the card to write on."""
    lead = "For a picture that may show anyone under 18, or when you are not sure."
    sheet = Sheet(frame, "Halt card", heading="STOPPED. You did the right thing.", lead=lead)
    for number, step in enumerate(content.steps, 1):
        sheet.row(
            (
                Slot((Line(str(number), _NUMBER),), LEFT - 5, 26),
                Slot(set_lines(step, _STEP, MEASURE - 24), LEFT + 16, MEASURE - 16),
            ),
            boxed=False,
        )
    sheet.space(5)
    sheet.text(f"If it is something else, not a picture: {POLICE_FIRST_STEP} Then steps 3 to 8.", SMALL_STRONG, after=2)
    if any("[K]" in step for step in content.steps):
        sheet.text("[K] Practice to be confirmed by a police reader.", FINE, after=2)
    sheet.heading("Ring")
    numbers = (
        Fact(label="Danger now", value="999"),
        Fact(label="Police, not an emergency", value="101"),
        *content.numbers,
    )
    for at in range(0, len(numbers), 3):
        row = [Field(label=fact.label, value=fact.value, style=STRONG) for fact in numbers[at : at + 3]]
        sheet.fields(*row, *[Field(label="") for _ in range(3 - len(row))])
    sheet.heading("Write down: no description of the body or act", keep_with=120)
    sheet.ink("Date, time of the stop", "Log number", "Officer or call handler")
    sheet.ink("Who was in the room", "Who had the device; who has the key", lines=2)
    sheet.ink("Address, if you remember it; what made you stop, in a few plain words", lines=3)
    return sheet.pdf()
