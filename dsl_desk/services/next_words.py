"""What happens next at each step, in a sentence: who must act, and what that takes."""

from collections.abc import Mapping, Sequence

from dsl_desk.domain.policy_values import Condition, Fact
from dsl_desk.domain.procedure import StepSeen, StepState

WHAT: Mapping[Fact, str] = {
    Fact.CHILD_SAFE: "Say whether everyone is safe.",
    Fact.SUBJECT: "Say who it is about.",
    Fact.TRIAGE: "Answer from what you have been told.",
    Fact.DEVICE_SECURED: "Write who has the device and where it is locked away.",
    Fact.HOLD_BACK: "Write who must not be told yet, and until when.",
    Fact.TWO_REVIEWERS: "Name two senior people, neither involved.",
    Fact.DEVICE_NAMED: "Name the one device that is used for looking.",
    Fact.ACCESS: "Write what access is used, who gave it and when it ends.",
    Fact.PURPOSE: "Write why anybody has to look, and where you will stop.",
    Fact.BOTH_DECLARED: "Each declares, with their own passphrase.",
    Fact.LOOKED: "Look together, and write down each thing as you see it.",
    Fact.FINISHED_BY_BOTH: "Each confirms the end, with their own passphrase.",
    Fact.BOTH_JUDGED: "Each judges alone, before reading the other’s words.",
    Fact.CONCLUDED: "Write what the review comes to.",
    Fact.ACTION: "Write what is done, by whom and by when.",
    Fact.CHILD_VOICE: "Write what the child said and wants, or why nobody has asked yet.",
    Fact.PARENTS: "Decide whether parents are told, and why.",
    Fact.SIGNED_BY_BOTH: "Each reads the record and signs it, with their own passphrase.",
    Fact.FORM_PRINTED: "Print the form, or save it where a printer is.",
    Fact.SCAN_ATTACHED: "Sign the printed form in ink, and attach the scan.",
    Fact.MAIN_SYSTEM: "Write a short note into the main system, and type its reference back.",
    Fact.REFERRAL: "Decide to whom it is referred, or why it is not.",
    Fact.ADVICE: "Write down the advice, who gave it and when.",
    Fact.LESSONS: "Write what the school learned, or that there is nothing.",
    Fact.CLOSED: "Give feedback, say how long it is kept, and close it.",
}
"""What a step takes of whoever does it; a step that is not here says it in the profile's own words."""

_NOTHING = "Nothing more to do here."

AGAIN: Mapping[Fact, str] = {
    Fact.TRIAGE: "You may answer again; the latest answers count.",
    Fact.SUBJECT: "You may add somebody.",
    Fact.DEVICE_SECURED: "You may add another device.",
    Fact.HOLD_BACK: "You may change who must not be told.",
    Fact.ACCESS: "You may write down other access.",
    Fact.PURPOSE: "You may write another purpose; both then declare anew.",
    Fact.ACTION: "You may add an action.",
    Fact.CHILD_VOICE: "You may add what the child says later.",
    Fact.PARENTS: "You may add what is decided later.",
    Fact.MAIN_SYSTEM: "You may add a note for another child.",
}
"""What can still be done at a step that is done."""

NAMED_ANEW = "One reviewer’s time here is over: name them with a later day, or another one."
"""Why the step of two reviewers opens again, which else it never does."""

ONLY: Mapping[Condition, str] = {
    Condition.ALWAYS: "Nothing to do: it does not belong to this case.",
    Condition.NOT_STOPPED: "Not while the case is stopped.",
    Condition.STOPPED: "Only after a stop.",
    Condition.ABOUT_PUPIL: "Only where it is about a pupil.",
    Condition.ABOUT_WORKER: "Only where it is about somebody who works here.",
    Condition.CHILD_INVOLVED: "Only where a child is involved.",
    Condition.LOOKING_DONE: "Only once somebody has looked.",
    Condition.DEVICE_HELD: "Only where a device was secured.",
    Condition.ADULT_INVOLVED: "Only where an adult may be involved.",
}
"""Why a step does not apply, by the condition under which it does."""

WAITS: Mapping[Fact, str] = {
    Fact.PARENTS: "Wait with this until police or social care have answered, unless a child is in danger now.",
    Fact.TAKEDOWN: "Wait with this: ask the police first. What is gone is gone as evidence.",
    Fact.RELEASED: "Wait with this: the police may want it as it is. To them it may go at once.",
    Fact.SANCTION: "Wait with this: it tells the person concerned. Ask police or social care first.",
    Fact.DEBRIEF: "Wait with this: nobody is told before police or social care have answered.",
    Fact.FEEDBACK: "Wait with this: nobody is told before police or social care have answered.",
    Fact.DELETION: "Wait with this: nobody deletes anything before the police say so.",
    Fact.CLOSED: "Wait with this: a stopped case stays open until somebody outside has answered.",
}
"""What a step says while the hold-back list, or a stop that nobody outside has answered, stands before it."""


def next_words(
    seen: StepSeen, *, reviewers: Sequence[str], mine: bool, who: str, opens: bool, lacking: Condition,
    referred: bool = True, waits: bool = False,
) -> str:  # fmt: skip
    """The sentence below a step's title, where nobody is half-way through it.

    `who` is the post that must act, `lacking` the condition that keeps a step out of this case, `referred` whether it
    is on record that somebody outside was told, or why not: without that no case is closed, on whichever route;
    `waits` whether the procedure says to wait with it.
    """
    fact = seen.step.done
    if waits and seen.state in (StepState.NOT_STARTED, StepState.IN_PROGRESS):
        return WAITS[fact]
    if fact is Fact.CLOSED and not referred and seen.state is StepState.NOT_STARTED:
        return f"First: write to whom it was referred, or why not. {WHAT[fact]}"
    own = seen.step.why if seen.step.agency else ""  # whom to ring first is the policy's to say, not the same for all
    what = own or WHAT.get(fact) or seen.step.why or "Open it to see what it takes."
    match seen.state:
        case StepState.CANNOT_START:
            return f"After: {', '.join(seen.waits_for)}"
        case StepState.SKIPPED:
            return f"Reason: {seen.skipped_because}"
        case StepState.DOES_NOT_APPLY:
            return ONLY[lacking]
        case StepState.DONE:
            again = NAMED_ANEW if fact is Fact.TWO_REVIEWERS else AGAIN.get(fact, _NOTHING)
            return again if opens else _NOTHING
    if seen.step.people > 1:
        names = " and ".join(reviewers) if len(reviewers) > 1 else "two senior people"
        return f"Next: {names}. {what}"
    return f"Next: {'you' if mine else who}. {what}"
