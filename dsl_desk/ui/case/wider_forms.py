"""Pages for what the policies ask around a case: searches, risk, staff thresholds, takedowns, lessons passed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_type_hints

import msgspec

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.payload import EntryData
from dsl_desk.ui.case.agencies import ADVISERS
from dsl_desk.ui.case.asks import Ask, Asked, Form, choice, line, pick, text, when
from dsl_desk.ui.case.choices import CaseDesk, Offered

Words = Mapping[str, str]
_YES_NO_UNSURE = (("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure"))
_YES_NO = (("true", "Yes"), ("false", "No"))
_LIMBS = (
    ("has or may have harmed a child", "Has or may have harmed a child"),
    ("possibly committed an offence against or related to a child", "A possible offence against a child"),
    ("behaved so as to indicate a risk of harm", "Behaviour that shows a risk of harm"),
    ("may be unsuitable to work with children", "May be unsuitable to work with children"),
)


def _day(name: str, label: str, missing: str = "") -> Ask:
    hint = "Such as friday or 3/12."
    return Ask(name=name, label=label, how=Asked.TO_COME, missing=missing, known=not missing, hint=hint)


def _child(offered: Offered) -> tuple[Ask, ...]:
    return (pick("person", "For &whom", offered.children, "Choose for whom"),) if offered.children else ()


def _risk(offered: Offered) -> Form:
    return Form(
        key="risk_assessed", topic="support", title="Risk",
        hint="What could happen, and what is done against it. It is looked at again.",
        asks=(
            *_child(offered),
            text("risk", "&What could happen", "Write what could happen"),
            text("control", "What is &done against it", "Write what is done against it"),
            line("owner", "By &whom", "Enter who does it"),
            line("checked_with", "&Agencies that were asked", known=True),
            _day("review_on", "Looked at &again on"),
        ),
    )  # fmt: skip


def _ages(_: Offered) -> Form:
    return Form(
        key="ages_asked", topic="not-looked-at", title="Is an adult involved?",
        hint="From what you were told. Do not look to find out. Not sure counts as yes.",
        asks=(
            choice("adult_involved", "Somebody of 18 or more", _YES_NO_UNSURE, "Choose whether an adult is involved"),
            line("ages", "&Ages, as far as they are known", known=True),
            line("known_from", "&How you know", "Enter how you know"),
            text("coercion", "Pressure, threat or &money", hint="Leave it empty where none is known."),
        ),
    )  # fmt: skip


def _viewing(_: Offered) -> Form:
    seen = ("decision", "viewed")
    return Form(
        key="viewing_decided", topic="not-looked-at", title="Not looked at",
        hint="Nobody looks, and nobody is asked to show it. Words only; never describe a picture.",
        asks=(
            choice(
                "decision", "What holds",
                (("not_viewed", "Nobody looked"), ("seen_before", "Somebody had seen it before it was reported"),
                 ("viewed", "It had to be looked at")),
                "Choose what holds",
            ),
            text("reason", "&Why", "Write why"),
            line("agreed_by", "Agreed &beforehand by the Headteacher", "Enter who agreed", only_if=seen),
            line("viewed_by", "&Who looked", "Enter who looked", only_if=seen),
            line("present", "Who else was in the &room", "Enter who was there", only_if=seen),
            line("place", "Wh&ere", "Enter where", only_if=seen),
            Ask(name="at", label="W&hen", how=Asked.WHEN, missing="Enter when", only_if=seen),
            text("decided", "What was &decided", "Write what was decided", only_if=seen),
        ),
    )  # fmt: skip


def _deletion(offered: Offered) -> Form:
    return Form(
        key="deletion_recorded", topic="deleting", title="Deleting",
        hint="The young person deletes; somebody sees it done. Only after the police said so.",
        guide="" if offered.advices else "There is no advice of the police on record, so nothing is deleted yet. "
        "Go back to the case and take the step in which the police are asked; record there what they say.",
        asks=(
            pick("advice", "The &advice it rests on", offered.advices, "Choose the advice of the police"),
            text("agency_words", "What they &said", "Write what they said"),
            line("deleted_by", "&Who deleted it", "Enter who deleted it"),
            line("witnessed_by", "Who &saw it done", "Enter who saw it done"),
            when("at", "W&hen", "Enter when it was deleted"),
            line("where", "From which &device or account", known=True),
        ),
    )  # fmt: skip


def _search(_: Offered) -> Form:
    return Form(
        key="search_recorded", topic="searching", title="Search or confiscation",
        hint="Recorded whether or not anything was found. A possible sexual picture is never looked at.",
        asks=(
            when("at", "W&hen", "Enter when"),
            line("place", "Wh&ere", "Enter where"),
            line("pupil", "&Whom it concerned", "Enter whom it concerned"),
            choice("authority", "On what it rests",
                   (("consent", "Consent"), ("statutory", "The statutory power"),
                    ("agreement", "The agreement for school devices")), "Choose on what it rests"),
            line("consent_from", "Consent &from", "Enter who consented", only_if=("authority", "consent")),
            text("grounds", "&Grounds", "Write the grounds"),
            line("sought", "What was &looked for", known=True),
            line("searched_by", "&By whom", "Enter who searched"),
            line("present", "Who else was &there", known=True),
            text("found", "What was foun&d", hint="Leave it empty where nothing was found."),
            choice("suspected_picture", "Could it show anyone under 18 nude or sexually?", _YES_NO_UNSURE,
                   "Choose whether it could"),
            line("seal", "&Seal number", short=True, known=True),
            line("storage", "Where it is loc&ked away", known=True),
            line("key_holder", "Who holds the ke&y", known=True),
        ),
    )  # fmt: skip


def _released(_: Offered) -> Form:
    return Form(
        key="item_released", topic="searching", title="What was held",
        hint="To a parent, the police, or kept. Never to somebody who may be involved.",
        asks=(
            line("item", "&What", "Enter what it is"),
            choice("to", "Where it went",
                   (("parent", "To a parent or carer"), ("police", "To the police"),
                    ("owner", "Back to the adult who owns it"), ("retained", "It is kept here")),
                   "Choose where it went"),
            line("to_name", "&Name of who took or keeps it", "Enter the name"),
            choice("may_be_involved", "May they be involved?", _YES_NO_UNSURE, "Choose whether they may be involved"),
            when("at", "W&hen", "Enter when"),
            line("released_by", "&By whom", "Enter by whom"),
            choice("signed", "Signed for?", _YES_NO, "Choose whether it was signed for"),
            line("reference", "&Reference", short=True, known=True),
        ),
    )  # fmt: skip


def _measure(_: Offered) -> Form:
    return Form(
        key="measure_taken", topic="acting", title="Measures",
        hint="Access withdrawn, a page blocked, a device or an account set aside. Nothing is copied or deleted.",
        asks=(
            text("measure", "&What was done", "Write what was done"),
            line("by_whom", "&By whom", "Enter by whom"),
            when("at", "W&hen", "Enter when"),
            line("system", "&System or device", known=True),
            _day("until", "&Until"),
            Ask(name="restored_at", label="&Given back", how=Asked.WHEN, known=True),
        ),
    )  # fmt: skip


def _takedown(_: Offered) -> Form:
    return Form(
        key="takedown_asked", topic="taking-down", title="Taken down",
        hint="Ask the police first: what vanishes cannot be shown. A young person can use Report Remove.",
        asks=(
            line("platform", "&Platform or person asked", "Enter who was asked"),
            text("preserved_first", "Was it kept &first, and who said so", "Write whether it was kept first"),
            when("at", "W&hen", "Enter when"),
            line("what", "&What it is", known=True),
            line("reference", "&Reference", short=True, known=True),
            line("helpline", "&Helpline that helped", known=True),
            Ask(name="removed_at", label="&Gone since", how=Asked.WHEN, known=True),
            line("refused", "Or re&fused, because", known=True),
        ),
    )  # fmt: skip


def _preservation(_: Offered) -> Form:
    return Form(
        key="preservation_asked", topic="taking-down", title="Keep what vanishes",
        hint="Logs, pictures of cameras, an account. Whoever holds it keeps it; you do not look.",
        asks=(
            line("of_whom", "&Who was asked", "Enter who was asked"),
            text("what", "&What they should keep", "Write what they should keep"),
            when("at", "W&hen", "Enter when they were asked"),
            _day("vanishes_on", "Otherwise it is &gone on"),
            line("reference", "&Reference", short=True, known=True),
            text("reply", "What they &said"),
        ),
    )  # fmt: skip


def _sanction(offered: Offered) -> Form:
    return Form(
        key="sanction_recorded", topic="acting", title="What the school does",
        hint="Under which of its policies. Details of employment stay out of the case.",
        asks=(
            *((pick("person", "For &whom", offered.children, ""),) if offered.children else ()),
            line("policy", "Under which &policy", "Enter which policy"),
            text("action", "&What is done", "Write what is done"),
            line("decided_by", "&Decided by", "Enter who decided"),
            when("at", "W&hen", "Enter when it was decided"),
        ),
    )  # fmt: skip


def _told(_: Offered) -> Form:
    return Form(
        key="somebody_told", topic="calls", title="Who was told",
        hint="Inside the school: Headteacher, Chair, proprietor.",
        asks=(
            line("who", "&Who was told", "Enter who was told"),
            line("post", "Their &post", known=True),
            when("at", "W&hen", "Enter when they were told"),
            line("told_by", "&By whom", "Enter by whom"),
            text("why", "W&hy they had to know"),
            text("reply", "What they &said"),
        ),
    )  # fmt: skip


def _threshold(_: Offered) -> Form:
    return Form(
        key="threshold_decided", topic="threshold", title="Is the threshold met?",
        hint="What the LADO advised, and what was decided on it. Until then nobody asks the person and nobody looks.",
        asks=(
            line("adviser", "&Who advised at the LADO’s", "Enter who advised"),
            when("at", "W&hen", "Enter when"),
            text("advice", "What they &advised", "Write what they advised"),
            choice("decision", "What was decided",
                   (("met", "The harm threshold is met"), ("low_level", "It is a low-level concern"),
                    ("not_a_concern", "It is not a concern"), ("not_decided", "Not decided yet")),
                   "Choose what was decided"),
            Ask(name="limbs", label="Which &limb", how=Asked.PICK, options=_LIMBS, missing="Choose which limb",
                only_if=("decision", "met")),
            text("reason", "&Reason", "Write the reason"),
            line("decided_by", "&Decided by", "Enter who decided"),
            line("reference", "&Reference", short=True, known=True),
        ),
    )  # fmt: skip


def _disagreement(_: Offered) -> Form:
    return Form(
        key="disagreement_raised", topic="referral", title="We do not agree",
        hint="Ask for the manager; then the partnership’s own procedure. Nobody thinks less of you for it.",
        asks=(
            pick("agency", "With which &agency", ADVISERS, "Choose the agency"),
            text("what", "What you do &not agree with", "Write what you do not agree with"),
            line("raised_with", "&Raised with", "Enter with whom", hint="Name and post."),
            when("at", "W&hen", "Enter when"),
            text("outcome", "What &came of it"),
            _day("chase_on", "&Ask again on"),
        ),
    )  # fmt: skip


def _date(_: Offered) -> Form:
    return Form(
        key="date_set", topic="calls", title="A date that others set",
        hint="A strategy meeting, a conference, bail, a hearing.",
        asks=(
            line("what", "&What", "Enter what it is"),
            _day("on", "W&hen", "Enter when it is"),
            line("who", "&Who is there", known=True),
            text("outcome", "What came of it"),
        ),
    )  # fmt: skip


def _debrief(_: Offered) -> Form:
    return Form(
        key="debrief_held", topic="closing", title="Pass it on",
        hint="What was learned, to whom it helps. No name, no reference, nothing by which somebody could be known.",
        asks=(
            pick("audience", "To &whom",
                 (("safeguarding", "DSL and online safety lead"), ("staff", "Staff"), ("learners", "Pupils"),
                  ("parents", "Parents"), ("governors", "Governors"), ("authority", "Local authority, agencies")),
                 "Choose to whom"),
            text("text", "&What is passed on", "Write what is passed on"),
            when("at", "W&hen", "Enter when"),
            line("name_check_by", "&Read for names by", "Enter who read it for names"),
        ),
    )  # fmt: skip


def _handling(_: Offered) -> Form:
    return Form(
        key="handling_reviewed", topic="closing", title="How it was handled",
        asks=(
            text("worked", "What wor&ked", "Write what worked"),
            text("not_worked", "What did &not"),
            text("change", "What &changes", "Write what changes, or nothing"),
            line("by_whom", "&By whom", known=True),
            _day("by_when", "By w&hen"),
        ),
    )  # fmt: skip


def _welfare(_: Offered) -> Form:
    return Form(
        key="welfare_asked", topic="whoever-saw-it", title="Whoever saw it",
        hint="Ask how they are. No word of the case.",
        asks=(
            line("person_asked", "&Who was asked", "Enter who was asked"),
            line("asked_by", "&By whom", "Enter by whom"),
            when("at", "W&hen", "Enter when"),
            text("support", "What &support they have"),
        ),
    )  # fmt: skip


def _acknowledged(_: Offered) -> Form:
    return Form(
        key="acknowledgement_given", topic="writing-it-down", title="Whoever reported it",
        hint="That it is being dealt with. No more than that.",
        asks=(
            when("at", "W&hen they were told", "Enter when they were told"),
            line("by_whom", "&By whom", "Enter by whom"),
            line("to_whom", "&Who it was", known=True, hint="Leave it empty where the name is withheld."),
            text("words", "What was &said"),
        ),
    )  # fmt: skip


def _duty(_: Offered) -> Form:
    return Form(
        key="duty_referral_decided", topic="referral", title="DBS and TRA",
        hint="Whether they must be told of this person.",
        asks=(
            pick("agency", "&Which of the two", (("dbs", "Disclosure and Barring Service"),
                 ("tra", "Teaching Regulation Agency")), "Choose which"),
            choice("refer", "Decision", (("true", "They are told"), ("false", "They are not told")),
                   "Choose what was decided"),
            text("reason", "&Reason", "Write the reason"),
            line("decided_by", "&Decided by", "Enter who decided"),
            when("at", "W&hen", "Enter when it was decided"),
            line("reference", "Re&ference", short=True, known=True),
        ),
    )  # fmt: skip


_PAGES: Mapping[str, tuple[Callable[[Offered], Form], type[EntryData]]] = {
    "risk": (_risk, wider.RiskAssessed), "ages": (_ages, wider.AgesAsked), "viewing": (_viewing, wider.ViewingDecided),
    "deletion": (_deletion, wider.DeletionRecorded), "search": (_search, wider.SearchRecorded),
    "released": (_released, wider.ItemReleased), "measure": (_measure, wider.MeasureTaken),
    "takedown": (_takedown, wider.TakedownAsked), "preservation": (_preservation, wider.PreservationAsked),
    "sanction": (_sanction, wider.SanctionRecorded), "somebody_told": (_told, wider.SomebodyTold),
    "threshold": (_threshold, wider.ThresholdDecided), "disagreement": (_disagreement, wider.DisagreementRaised),
    "date": (_date, wider.DateSet), "debrief": (_debrief, wider.DebriefHeld),
    "handling": (_handling, wider.HandlingReviewed), "welfare": (_welfare, wider.WelfareAsked),
    "acknowledged": (_acknowledged, wider.AcknowledgementGiven), "duty_referral": (_duty, wider.DutyReferralDecided),
}  # fmt: skip

WIDER_FORMS: Mapping[str, Callable[[Offered], Form]] = {key: page for key, (page, _) in _PAGES.items()}


def _keeper(kind: type[EntryData]) -> Callable[[CaseDesk, Offered, Words], object]:
    def keep(desk: CaseDesk, offered: Offered, words: Words) -> object:
        return desk.work.note(offered.seen.strand, entry_from(kind, words))

    return keep


def entry_from(kind: type[EntryData], words: Words) -> EntryData:
    """What a page's answers make of a kind: several things in one line are parted by semicolons."""
    hints, given = get_type_hints(kind), dict[str, object]()
    for name, said in words.items():
        if not said.strip():
            continue
        several = str(hints[name]).startswith("tuple")
        given[name] = tuple(part.strip() for part in said.split(";") if part.strip()) if several else said
    if kind is wider.DeletionRecorded:
        given["agency"] = "police"
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as fault:
        raise InputError("Something on this page is not answered yet. Nothing was kept of it.") from fault


WIDER_KEEPERS: Mapping[str, Callable[[CaseDesk, Offered, Words], object]] = {
    key: _keeper(kind) for key, (_, kind) in _PAGES.items()
}
