"""A scripted case of each profile: what somebody was told, and what they answer on each page that the case leads to."""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl_desk.rehearsal.window_concern import Told

Answers = dict[str, str]
"""What is answered on one page, by the label of its field; the rest of the page stays as it is."""
OFFICER, POLICE_WORDS = "Demo Officer 417", "It may be deleted by the pupil, with one of you watching."


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One case from the first question to its end."""

    profile: str
    route: str
    """The route as the policy calls it."""
    told: Told
    stops: bool = True
    """Whether the answers close looking, so that the stop page is up first."""
    leads: str = "dsl"
    """Who writes it down and goes on with it."""
    enters: str = "dsl"
    """Who answers the first questions."""
    pages: dict[str, Answers] = field(default_factory=dict)
    """By the title of a page, what is answered there beside the usual."""
    before: dict[str, tuple[str, str, Answers]] = field(default_factory=dict)
    """By the title of a page: what is recorded first, by the line of the menu, its page, and what is answered there."""
    kinds: frozenset[str] = frozenset()
    """Kinds of entry that this case must hold at its end beside what every case holds."""


def referral(why: str, threshold: str = "as the policy says") -> Answers:
    """Referred, with its reason."""
    return {"Decision": "Refer it", "Reason": why, "Threshold it meets": threshold, "Their reference": "MADE-UP-1"}


USUAL: dict[str, Answers] = {
    "Secure it": {
        "Device": "a grey phone with a cracked corner", "Who has it now": "Demo Placeholder",
        "Where it is locked away": "safe in the office", "Seal number": "A-100200",
        "How it was": "Off", "When it was secured": "today",
    },
    "Who must not be told yet": {
        "Who": "Parents", "What holds for them": "May be told", "Reason": "Agreed with the police, MADE-UP-1",
    },
    "A call": {
        "Whom you rang": "Police, 101", "Agency": "Police", "When": "today", "How it ended": "Somebody answered",
        "What was said": "Keep what you have and wait.",
    },
    "Advice": {
        "Agency": "Police", "Who said it": OFFICER, "When": "today", "Their words": "Keep it; we have what we need.",
        "What it means for this case": "Keep it", "Log or reference number": "LOG-2025",
    },
    "Measures": {"What was done": "The page is blocked for everybody", "By whom": "IT services", "When": "today"},
    "Risk": {
        "For whom": "", "What could happen": "It is passed on again", "What is done against it": "An adult at break",
        "By whom": "Demo Tutor", "Looked at again on": "friday",
    },
    "The child": {"Which child": "", "Has the child spoken?": "No", "Not asked yet because": "At home today"},
    "Parents": {"What was decided": "Not told", "Reason": "The police ask us to wait"},
    "Support": {"For whom": "", "What support they have": "Weekly talk with the tutor"},
    "Taken down": {
        "Platform or person asked": "a made-up platform", "Was it kept first, and who said so": "Yes, MADE-UP-1",
        "When": "today",
    },
    "Keep what vanishes": {
        "Who was asked": "IT services", "What they should keep": "Logs of last week", "When": "today",
    },
    "Whoever saw it": {"Who was asked": "Demo Tutor", "By whom": "Demo Placeholder", "When": "today"},
    "How it was handled": {"What worked": "It was told the same hour", "What changes": "Nothing"},
    "Who was told": {"Who was told": "Demo Head", "When": "today", "By whom": "Demo Placeholder"},
    "Is the threshold met?": {
        "Who advised at the LADO’s": "Demo Adviser", "When": "today", "What they advised": "Handle it in school",
        "What was decided": "It is a low-level concern", "Reason": "No child could have been harmed",
        "Decided by": "Demo Head",
    },
    "What the school does": {
        "Under which policy": "Code of conduct", "What is done": "A talk, on record", "Decided by": "Demo Head",
        "When": "today",
    },
    "DBS and TRA": {
        "Which of the two": "Disclosure and Barring", "Decision": "They are not told",
        "Reason": "The threshold is not met", "Decided by": "Demo Head", "When": "today",
    },
    "Pass it on": {
        "To whom": "Staff", "What is passed on": "Report what gets through the filter the same hour", "When": "today",
        "Read for names by": "Demo Head",
    },
    "Main system": {
        "Which child": "", "System": "the main system", "The note, as it stands there": "See the desk.",
        "Its reference, typed back": "CP-1",
    },
    "Feedback": {"To whom": "whoever reported it", "What they were told": "It is dealt with"},
    "What the school learned": {"Lesson, or that there is none": "Nothing new", "Theme for the governors": ""},
    "Close the case": {"Outcome": "", "How long it is kept": ""},
}  # fmt: skip
"""What is answered on the pages that many routes share; nothing after a label is the first line of its list."""

REFERRALS = (
    "Police", "Children’s social care", "Children’s social care", "CEOP", "LADO", "Internet Watch Foundation",
    "What the police’s specialist team should know", "Another school", "Refer it, or say why not",
)  # fmt: skip

IMAGERY = Script(
    profile="primary-2024",
    route="Pictures that young people made",
    told=Told(
        facts="A pupil says that a picture of another pupil goes round in a group chat.",
        done="Nobody in danger now; the phone is in the safe, off.",
        kind="Possible sexual picture",
        people=(("wren", "It is about them"), ("pip", "Affected by it")),
        answers={"3": "Yes"},
        not_asked="Police are rung first.",
    ),
    pages={
        "Is an adult involved?": {"Somebody of 18 or more": "No", "How you know": "from what the pupil said"},
        "Not looked at": {
            "What holds": "It had to be looked at", "Why": "No other way to know which child needs help now",
            "Agreed beforehand by the Headteacher": "Demo Head", "Who looked": "Demo Placeholder",
            "Who else was in the room": "Demo Deputy", "Where": "the DSL’s office", "When": "today",
            "What was decided": "Police were rung",
        },
        "Advice": {
            "Agency": "Police", "Who said it": OFFICER, "When": "today", "Their words": POLICE_WORDS,
            "What it means for this case": "Destroy it", "Log or reference number": "LOG-2024",
        },
        "Deleting": {
            "The advice it rests on": OFFICER, "What they said": POLICE_WORDS, "Who deleted it": "the pupil",
            "Who saw it done": "Demo Deputy", "When": "today",
        },
        "What was held": {
            "What": "the grey phone", "Where it went": "To the police", "Name of who took or keeps it": OFFICER,
            "May they be involved?": "No", "When": "today", "By whom": "Demo Placeholder", "Signed for?": "Yes",
        },
    },
    kinds=frozenset({"viewing_decided", "ages_asked", "deletion_recorded", "item_released", "takedown_asked"}),
)  # fmt: skip

HEADTEACHER = Script(
    profile="federation-2019",
    route="Allegation about the Headteacher",
    told=Told(
        facts="A colleague says that the Headteacher messages a pupil privately late at night.",
        done="Nobody in danger now; child at home.",
        kind="Other",
        about="The Headteacher",
    ),
    enters="deputy",
    leads="chair",
    pages={"Who was told": {"Who was told": "Demo Chair", "When": "today", "By whom": "Demo Deputy"}},
    kinds=frozenset({"somebody_told", "threshold_decided", "duty_referral_decided"}),
)

FILTERING = Script(
    profile="secondary-2021",
    route="Something got through the filter",
    told=Told(
        facts="A page with games that are blocked opened in the library.",
        done="Nobody in danger now; the screen was switched off.",
        kind="Hacking, malware or getting round the filter",
        people=(("wren", "It is about them"),),
        not_asked="The tutor speaks with them tomorrow.",
        route="Something got through the filter",
        why="The filter let it through.",
    ),
    stops=False,
    kinds=frozenset({"measure_taken", "debrief_held"}),
)

WORKER = Script(
    profile="primary-2023",
    route="Somebody who works or volunteers here",
    told=Told(
        facts="A coach writes to a pupil from a private account.",
        done="Nobody in danger now; child at home.",
        kind="Other",
        about="Somebody who works or volunteers here",
        which="Somebody who is not in this list, or I do not know who",
        people=(("pip", "Affected by it"),),
        answers={"2b": "No"},
        not_asked="The LADO is rung first.",
    ),
    kinds=frozenset({"somebody_told", "threshold_decided", "sanction_recorded", "duty_referral_decided"}),
)

EXPLOITATION = Script(
    profile="independent-prep-2023",
    route="Sexual or criminal exploitation",
    told=Told(
        facts="Somebody whose age nobody knows asked a pupil for a meeting and sent gift cards.",
        done="Nobody in danger now; child at home with both parents.",
        kind="Sexual or unsafe contact by an adult",
        people=(("pip", "Affected by it"),),
        answers={"4": "Yes"},
        not_asked="Police are rung first.",
    ),
    before={
        "Another school: refer it, or say why not": ("A call", "A call", {
            "Whom you rang": "Police, 101", "Agency": "Police", "When": "today", "How it ended": "Somebody answered",
            "What was said": "The other school may be told.",
        }),
    },
    kinds=frozenset({"preservation_asked", "risk_assessed", "call_logged"}),
)  # fmt: skip

SCRIPTS = (EXPLOITATION, WORKER, FILTERING, HEADTEACHER, IMAGERY)
"""One of each profile, each a different kind of route."""
