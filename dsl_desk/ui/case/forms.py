"""The pages of a case that one person fills in: what each asks, in the words of the procedure (flows section 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dsl_desk.domain.policy_values import Fact
from dsl_desk.services.told import PARTIES
from dsl_desk.ui.case.agencies import AGENCIES
from dsl_desk.ui.case.asks import Ask, Asked, Form, choice, line, pick, text, when
from dsl_desk.ui.case.choices import Offered
from dsl_desk.ui.case.deadlines import DEADLINE_FORMS
from dsl_desk.ui.case.later_forms import LATER_FORMS
from dsl_desk.ui.case.stopped import STOP_FORMS
from dsl_desk.ui.case.wider_forms import WIDER_FORMS

YES_NO = (("yes", "Yes"), ("no", "No"))
REASON = "Write the reason"


def _secure(_: Offered) -> Form:
    return Form(
        key="device_secured",
        topic="secure",
        title="Secure it",
        hint="On stays on, off stays off. Lock it away; note the seal and the key holder.",
        asks=(
            line("device", "&Device", "Enter what it is, such as a grey tablet", hint="What it is, and whose."),
            line("make", "&Make, model or number on the label", known=True),
            line("held_by", "&Who has it now", "Enter who has it now"),
            line("place", "Where it is &locked away", "Enter where it is locked away"),
            line("seal", "Sea&l number", known=True),
            line("key_holder", "Who holds the &key", known=True),
            choice(
                "power", "How it was", (("on", "On"), ("off", "Off"), ("unknown", "Not known")), "Choose how it was"
            ),
            choice("pin_known", "Is its PIN known?", YES_NO, ""),
            line("touched_by", "Who &touched it", known=True, hint="Full names, one after another, with commas."),
            when("secured_at", "When it was &secured", "Enter the date the device was secured, such as 3/9/26"),
        ),
    )


def _hold_back(_: Offered) -> Form:
    return Form(
        key="hold_back_set",
        topic="hold-back",
        title="Who must not be told yet",
        hint="The child comes first. If police or social care advise, their word goes before the school’s.",
        asks=(
            pick("party", "&Who", tuple(PARTIES.items()), "Choose who it is about"),
            choice("decision", "What holds for them", (("wait", "Wait"), ("may_tell", "May be told"), ("told", "Told")),
                   "Choose what holds for them"),
            line("until", "&Until when, or until whose word", hint="Such as: until police agree.", known=True,
                 only_if=("decision", "wait")),
            when("told_at", "When they were &told", "Enter when they were told", only_if=("decision", "told")),
            text("reason", "&Reason", REASON),
        ),
    )  # fmt: skip


def _reviewer(offered: Offered) -> Form:
    named = ", ".join(offered.named)
    return Form(
        key="reviewer_named",
        topic="two-people",
        title="Name the second reviewer" if len(offered.named) == 1 else "Two reviewers",
        hint="Two senior people, neither involved, named one after the other. It protects you both.",
        guide=f"{named} is named. Now the other one." if named else offered.one_senior,
        asks=(
            pick("account", "&Reviewer", offered.reviewers, "Choose a reviewer"),
            text("interest", "Anything that ties them to it", hint="Related, reporting, targeted or line-managing."),
            text("reason", "Why this person all the same, or why the change"),
            Ask(
                name="until",
                label="For somebody from outside: until &when",
                how=Asked.TO_COME,
                known=True,
                hint="Their last day here, such as 30 11 2026.",
            ),
        ),
    )


OTHER_DEVICE = "other"


def _where(offered: Offered) -> Form:
    """One of the school's registered devices, or another that is described here."""
    listed = [(one.id, f"{one.name}, {one.make}, {one.kept_at}"[:90]) for one in offered.devices]
    which = choice("registered", "Which device?", [*listed, (OTHER_DEVICE, "Another device")], "Choose the device")
    only = ("registered", OTHER_DEVICE) if listed else None
    return Form(
        key="device_named",
        topic="where-to-look",
        title="Where you will look",
        hint="A device pupils do not use. The same one to the end.",
        asks=(
            *((which,) if listed else ()),
            line("make", "&Make and model", "Enter the make and model", only_if=only),
            line("serial", "&Number on the label", "Enter the number on the label", short=True, only_if=only),
            line("location", "Where it &is", "Enter where it is", only_if=only),
            line("state", "&How it was found", "Enter how it was, such as switched off, charged"),
            choice("this_laptop", "Is it this laptop?", YES_NO, "Choose whether it is this laptop"),
            choice("pupils_use_it", "Do pupils sign in to it?", YES_NO, "Choose whether pupils sign in to it"),
        ),
    )


def _access(_: Offered) -> Form:
    return Form(
        key="access_recorded",
        topic="access",
        title="Access",
        hint="What internet access, who gave it, when does it end?",
        asks=(
            line("access", "&What access", "Enter what access is used"),
            line("granted_by", "&Who gave it", "Enter who gave it"),
            when("granted_at", "W&hen it was given", "Enter when it was given"),
            Ask(name="ends_at", label="When it &ends", how=Asked.TO_COME, missing="Enter when it ends",
                hint="Such as tomorrow 5pm."),
        ),
    )  # fmt: skip


def _purpose(_: Offered) -> Form:
    return Form(
        key="purpose_recorded",
        topic="purpose",
        title="Why",
        hint="Written before anything is opened. Both reviewers agree to it.",
        asks=(
            text("reason", "&Why anybody has to look", "Write why anybody has to look"),
            text("purpose", "What you are looking &for", "Write what you are looking for"),
            text("stop_where", "Where you will &stop", "Write where you will stop"),
        ),
    )


def _call(_: Offered) -> Form:
    outcomes = (("answered", "Somebody answered"), ("no_answer", "No answer"), ("message_left", "Message left"),
                ("declined", "They declined"))  # fmt: skip
    return Form(
        key="call_logged",
        topic="calls",
        title="A call",
        hint="Ring first, write later. “Rang, no answer” is worth writing down.",
        asks=(
            line("to", "&Whom you rang", "Enter whom you rang", hint="Name and office."),
            pick("agency", "&Agency", AGENCIES, "Choose the agency"),
            line("number", "&Number", short=True, known=True),
            when("at", "W&hen", "Enter when you rang, such as today 10:05"),
            choice("outcome", "How it ended", outcomes, "Choose how it ended"),
            text("words", "What was &said"),
            line("reference", "&Log or reference number", short=True, known=True),
        ),
    )


def _voice(offered: Offered) -> Form:
    yes, no = ("spoken", "yes"), ("spoken", "no")
    return Form(
        key="child_voice_recorded",
        topic="child",
        title="The child",
        hint=offered.voice_hint,
        asks=(
            *((pick("person", "&Which child", offered.children, "Choose which child"),) if offered.children else ()),
            choice("spoken", "Has the child spoken?", YES_NO, "Choose whether the child has spoken"),
            text("words", "Their exact &words", "Write the child’s exact words", only_if=yes),
            line("to_whom", "T&o whom", "Write to whom they were said", only_if=yes),
            line("prompted_how", "What they were asked", known=True, only_if=yes),
            text("wishes", "What the child wants to happen", only_if=yes),
            text(
                "not_asked_because", "Not asked yet &because", "Write why the child has not been asked yet", only_if=no
            ),
        ),
    )


def _parents(_: Offered) -> Form:
    told = ("decision", "told")
    decisions = (("told", "Told"), ("not_told", "Not told"), ("wait", "Wait"))
    return Form(
        key="parents_informed",
        topic="parents",
        title="Parents",
        hint="Told, or not, and why. Agreed with police or social care where a crime is possible.",
        asks=(
            choice("decision", "What was decided", decisions, "Choose what was decided"),
            text("reason", "&Reason", REASON),
            line("who", "&Who was told, and by whom", "Enter who was told, and by whom", only_if=told),
            line("agreed_with", "&Agreed with", hint="Name and office, where police or social care agreed."),
            when("at", "W&hen", "Enter when they were told", only_if=told),
            line("complaint", "&Complaint", short=True, known=True, hint="Its reference, where parents complained."),
        ),
    )


def _support(offered: Offered) -> Form:
    return Form(
        key="support_offered",
        topic="support",
        title="Support",
        asks=(
            *((pick("person", "For &whom", offered.children, "Choose for whom"),) if offered.children else ()),
            text("support", "What &support they have", "Write what support they have"),
            line("by_whom", "&By whom", known=True),
        ),
    )


def _referral(offered: Offered) -> Form:
    yes = ("decided", "yes")
    decided = (("yes", "Refer it"), ("no", "Considered, and not referred"))
    return Form(
        key="referral",
        topic="referral",
        title="Refer it, or say why not",
        hint="“Considered, not referred” is a decision too, and it needs its reason.",
        asks=(
            pick("to", "To &whom", AGENCIES, "Choose to whom"),
            choice("decided", "Decision", decided, "Choose what was decided"),
            text("reason", "&Reason", REASON),
            line("threshold", "&Threshold it meets", "Write which threshold it meets", only_if=yes),
            Ask(name="referred_by", label="&By whom", missing="Enter who makes the referral", only_if=yes,
                first=offered.me, hint=offered.usual),
            line("person_at_agency", "&Who took it there", known=True, only_if=yes),
            line("reference", "Their re&ference", short=True, known=True, only_if=yes),
            text("shared", "What was &shared", only_if=yes),
            Ask(name="chase_on", label="Ask a&gain on", how=Asked.TO_COME, known=True, only_if=yes,
                hint="Such as friday. Empty: after as many days as the policy says."),
        ),
    )  # fmt: skip


def _conclude(offered: Offered) -> Form:
    return Form(
        key="concluded",
        topic="judging",
        title="What the review comes to",
        hint="Both have judged. Where you differ, both views stand.",
        asks=(
            text("conclusion", "&Conclusion", "Write what the review comes to"),
            pick("outcome", "&Outcome", offered.outcomes, "Choose the nearest outcome"),
            pick("severity", "&Severity", offered.severities, "Choose the nearest severity"),
            text("disagreement", "Where you &differ, and why", hint="Leave it empty where you agree."),
        ),
    )


def _act(_: Offered) -> Form:
    return Form(
        key="action_decided",
        topic="acting",
        title="Act",
        hint="What is done, by whom, by when.",
        asks=(
            text("action", "&What is done", "Write what is done"),
            line("who", "&By whom", "Enter who does it"),
            Ask(name="by_when", label="By w&hen", how=Asked.TO_COME, missing="Enter by when, such as friday",
                hint="Such as friday or 3/12."),
            text("reason", "&Why this", REASON),
            text("others", "Others to &involve, or why none"),
        ),
    )  # fmt: skip


def _main_system(offered: Offered) -> Form:
    system = offered.main_system or "the main system"
    return Form(
        key="external_log_made",
        topic="main-system",
        title="Main system",
        hint=f"A short note for each child in {system}, retyped from here. No other child’s name, no exhibits.",
        asks=(
            *((pick("person", "&Which child", offered.children, "Choose which child"),) if offered.children else ()),
            Ask(name="system", label="&System", missing="Enter the system", first=offered.main_system),
            text(
                "note",
                "The &note, as it stands there",
                hint="At most 600 characters. Save it for later to print it from the case, and retype it there.",
            ),
            line("reference", "Its &reference, typed back", "Enter the reference it has there", short=True),
        ),
    )


def _stop_reason(_: Offered) -> Form:
    return Form(
        key="halt_reason",
        topic="stops",
        title="Why it was stopped",
        hint="In a few plain words. No description of the body or act.",
        asks=(
            text("reason", "What made you &stop", "Write what made you stop, in a few plain words"),
            line("police_reference", "Police &log number", short=True, known=True),
        ),
    )


def _lesson(offered: Offered) -> Form:
    return Form(
        key="lesson_recorded",
        topic="closing",
        title="What the school learned",
        hint="Only the theme ever reaches governors, never these words.",
        asks=(
            text("lesson", "&Lesson, or that there is none", "Write the lesson, or that there is none"),
            pick("theme", "&Theme for the governors", offered.themes, "Choose the nearest theme"),
        ),
    )


def _feedback(_: Offered) -> Form:
    return Form(
        key="feedback_given",
        topic="closing",
        title="Feedback",
        hint="Who was told how it ended.",
        asks=(
            line("to", "&To whom", "Enter who was told"),
            text("what", "&What they were told", "Write what they were told"),
        ),
    )


def _close(offered: Offered) -> Form:
    open_steps = [
        step.title for group in offered.seen.groups for step in group.steps
        if step.fact is not Fact.CLOSED and step.state.value not in ("done", "skipped", "does_not_apply")
    ]  # fmt: skip
    guide = f"Still open: {', '.join(open_steps)}. Closing needs a reason." if open_steps else ""
    if not offered.seen.referrals:
        guide = f"First write to whom it was referred, or why not: “Refer it, or say why not”. {guide}".strip()
    return Form(
        key="case_closed",
        topic="closing",
        title="Close the case",
        hint="Nothing is deleted. It can be taken up again, with a reason.",
        guide=guide,
        go_on="&Close this case",
        asks=(
            replace(pick("outcome", "&Outcome", offered.outcomes, "Choose the outcome"), first=offered.outcome),
            pick("retention", "How long it is &kept", offered.retention, "Choose how long it is kept"),
            text("reason", "&Reason", REASON if open_steps else ""),
        ),
    )


def skip_form(title: str) -> Form:
    """Leave a step out, with the reason that prints on the form."""
    return Form(
        key="skip",
        topic="leaving-out",
        title=f"Leave out: {title}",
        hint="The reason prints on the form that both reviewers sign.",
        go_on="&Leave this step out",
        asks=(text("reason", "&Reason", REASON),),
    )


OF_STEP: Mapping[Fact, str] = {
    Fact.DEVICE_SECURED: "secure", Fact.HOLD_BACK: "hold_back", Fact.TWO_REVIEWERS: "reviewer",
    Fact.DEVICE_NAMED: "where", Fact.ACCESS: "access", Fact.PURPOSE: "purpose", Fact.ACTION: "act",
    Fact.CHILD_VOICE: "voice", Fact.PARENTS: "parents", Fact.MAIN_SYSTEM: "main_system",
    Fact.REFERRAL: "referral", Fact.ADVICE: "advice", Fact.LESSONS: "lesson", Fact.CONCLUDED: "conclude",
    Fact.CLOSED: "close", Fact.CALLED: "call", Fact.RISK: "risk", Fact.SUPPORT: "support", Fact.AGES: "ages",
    Fact.VIEWING: "viewing", Fact.DELETION: "deletion", Fact.SEARCH: "search", Fact.RELEASED: "released",
    Fact.MEASURE: "measure", Fact.TAKEDOWN: "takedown", Fact.PRESERVATION: "preservation", Fact.SANCTION: "sanction",
    Fact.SOMEBODY_TOLD: "somebody_told", Fact.THRESHOLD: "threshold", Fact.ACKNOWLEDGED: "acknowledged",
    Fact.SHARING: "share", Fact.FEEDBACK: "feedback", Fact.DEBRIEF: "debrief", Fact.HANDLING: "handling",
    Fact.WELFARE: "welfare", Fact.DUTY_REFERRAL: "duty_referral",
}  # fmt: skip
"""Which page a step opens, where it is a page of one person."""

FORMS: Mapping[str, Callable[[Offered], Form]] = {
    **DEADLINE_FORMS,
    **STOP_FORMS,
    **LATER_FORMS,
    **WIDER_FORMS,
    "secure": _secure, "hold_back": _hold_back, "reviewer": _reviewer, "where": _where, "access": _access,
    "purpose": _purpose, "call": _call, "voice": _voice, "parents": _parents, "support": _support,
    "referral": _referral, "conclude": _conclude, "act": _act, "main_system": _main_system,
    "stop_reason": _stop_reason, "lesson": _lesson, "feedback": _feedback, "close": _close,
}  # fmt: skip
