"""The halt card: the stop page on paper, printed at set-up (flows 3)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import Fact, PageFrame

STOP_STEPS: tuple[str, ...] = (
    "Do not look again. Turn the screen away or switch the monitor off. Leave the computer as it is: do not close "
    "its lid, shut it down, close or scroll the page. [K]",
    "Do not copy, photograph, print, send, delete or show it to anyone.",
    "If someone is in danger, or a child needs help today: 999. Otherwise 101: say “suspected child sexual abuse "
    "images, school device”. Ask for a log number and what to do about the network and power.",
    "Stay with the device or lock the room. Note who had it and who has the key. Unplug a network cable; leave "
    "settings alone until police advise. [K]",
    "Tell the DSL. If it is about the DSL: the Headteacher. About the Headteacher: the Chair and LADO, not the "
    "Headteacher. If any worker is involved: LADO.",
    "Wait for police or social care before telling parents, the person concerned or other pupils, unless a child is "
    "in danger now.",
    "Write down on the card: times, who was in the room, the address if you remember it, what made you stop in a few "
    "plain words. No description of the body or act.",
    "Both of you: take ten minutes with someone you trust.",
)
POLICE_FIRST_STEP = "Keep what you already hold; seek no more."


@dataclass(frozen=True, slots=True, kw_only=True)
class HaltCard:
    """The steps as the school's profile words them, and whom to ring."""

    numbers: tuple[Fact, ...]
    """Name or role, and number, in the order to ring; 999 and 101 always stand first without being named here."""
    steps: tuple[str, ...] = STOP_STEPS


def halt_card_pdf(content: HaltCard, frame: PageFrame) -> bytes:
    """One page: steps, numbers, and the card to write on."""
    raise NotImplementedError
