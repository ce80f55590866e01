"""What the stop page says: the starting words here, a school's own from its profile."""

from __future__ import annotations

from dataclasses import dataclass

STOP_IMAGES = (
    (
        "Do not look again. Turn the screen away or switch the monitor off. Leave the computer as it is: do not close "
        "its lid, shut it down, close or scroll the page."
    ),
    "Do not copy, photograph, print, send, delete or show it to anyone.",
    (
        "If someone is in danger, or a child needs help today: 999. Otherwise 101: say “suspected child sexual abuse "
        "images, school device”. Ask for a log number and what to do about the network and power."
    ),
    (
        "Stay with the device or lock the room. Note who had it and who has the key. Unplug a network cable; leave "
        "settings alone until police advise."
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
POLICE_FIRST = (
    "Keep what you already hold; seek no more.",
    (
        "If someone is in danger, or a child needs help today: 999. Otherwise 101. Ask for a log number and what to do "
        "about the network and power."
    ),
    *STOP_IMAGES[3:],
)
_LEADS = (
    "Do not copy, photograph, print, send, delete or show it",
    "If someone is in danger, or a child needs help today: 999. Otherwise 101:",
    "If someone is in danger, or a child needs help today: 999. Otherwise 101.",
    "Wait for police or social care",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWords:
    """The words of a stop, as a profile gives them (flows section 3)."""

    stop_images: tuple[str, ...] = STOP_IMAGES
    police_first: tuple[str, ...] = POLICE_FIRST
    buttons: tuple[str, str] = ("A picture, or not sure", "Something else")
    right_thing: str = "You did the right thing."


def lead_of(step: str) -> int:
    """How many letters of a step are set strong: what to do, before how."""
    for lead in _LEADS:
        if step.startswith(lead):
            return len(lead)
    ends = [at + 1 for sign in (". ", ": ") if 0 < (at := step.find(sign)) < 72]
    return min(ends, default=len(step) if len(step) < 60 else 0)
