"""Further pages of a case that one person fills in: advice, replies, sharing, what was promised, taking up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dsl_desk.domain.case_words import Agency, Consent, Effect
from dsl_desk.domain.follow_up_entries import AdviceRecorded, FollowUpDone, InformationShared, ReplyReceived
from dsl_desk.domain.outside import APPROVED_CHANNELS
from dsl_desk.ui.case.agencies import ADVISERS
from dsl_desk.ui.case.asks import Form, choice, line, pick, text, when
from dsl_desk.ui.case.choices import CaseDesk, Offered

EFFECTS = (
    ("hold_off", "Hold off: wait"), ("continue", "Go on looking"),
    ("school_may_proceed", "The school may proceed by itself"), ("keep", "Keep it where it is"),
    ("hand_over", "Hand it over"), ("destroy", "Destroy it"),
)  # fmt: skip
_SHARED = (("yes", "Shared"), ("no", "Not shared"))
_ASKED = (("yes", "Yes, or it goes to them"), ("no", "No, or not needed"))
_CHANNELS = (*((one, one) for one in APPROVED_CHANNELS), ("Another way", "Another way"))
CONSENTS = (("given", "Given"), ("refused", "Refused"), ("not_sought", "Not sought"))


def _advice(offered: Offered) -> Form:
    marks = tuple(thing.title for thing in offered.seen.exhibits)
    exhibits = (
        line("exhibits", "Which e&xhibits, by their marks", known=True,
             hint=f"Empty means the whole case. Held here: {', '.join(marks)}."),
    ) if marks else ()  # fmt: skip
    return Form(
        key="advice_recorded",
        title="Advice",
        hint="Who said what, in their own words. It opens nothing by itself: two people apply it afterwards.",
        topic="advice",
        asks=(
            pick("agency", "&Agency", ADVISERS, "Choose the agency"),
            line("who", "&Who said it", "Enter who said it", hint="Name, rank or number, and office."),
            line("team", "Force or &team", known=True),
            line("number", "&Number you rang", short=True, known=True),
            when("at", "W&hen", "Enter when they said it, such as today 10:05"),
            text("words", "Their w&ords", "Write their words, as exactly as you can"),
            choice("effect", "What it means for this case", EFFECTS, "Choose what it means for this case"),
            line("reference", "&Log or reference number", short=True, known=True),
            *exhibits,
        ),
    )


def _reply(offered: Offered) -> Form:
    return Form(
        key="reply_received",
        title="A reply",
        hint="What an agency answered to a referral.",
        topic="referral",
        guide="" if offered.referrals else "Nothing was referred yet, so there is nothing to answer.",
        asks=(
            pick("referral", "To which &referral", offered.referrals, "Choose the referral it answers"),
            when("at", "W&hen it came", "Enter when it came"),
            line("outcome", "&What they decided", "Enter what they decided",
                 hint="Such as: no further action, early help, section 17, section 47, investigation."),
            text("words", "In their &own words"),
            line("who", "&Who answered", known=True),
            line("reference", "&Their reference", short=True, known=True),
        ),
    )  # fmt: skip


def _share(_: Offered) -> Form:
    return Form(
        key="information_shared",
        title="Sharing",
        hint="What was shared or not, with whom, why, and on what basis. Either way the reason is kept.",
        topic="sharing",
        asks=(
            choice("shared", "Was it shared?", _SHARED, "Choose whether it was shared"),
            line("what", "&What", "Enter what was shared, or asked for"),
            line("with_whom", "With &whom", "Enter with whom"),
            line("purpose", "What &for", "Enter what for"),
            line("lawful_basis", "On what &basis", "Enter the basis",
                 hint="Such as: public task, safeguarding of children; legal duty."),
            choice("consent", "Consent", CONSENTS, "Choose how consent stood"),
            when("at", "W&hen", "Enter when"),
            text("reason", "&Reason", "Write the reason"),
            replace(choice("asked", "Were the police or a safeguarding team asked first?", _ASKED, "Choose whether"),
                    only_if=("shared", "yes")),
            replace(pick("channel", "How it was s&ent", _CHANNELS, "Choose how it was sent"),
                    only_if=("shared", "yes")),
            line("encryption", "How it was &protected on the way", only_if=("shared", "yes"),
                 hint="Such as: encrypted stick no. 3, sealed. Not needed where it was only spoken."),
            line("authorised_by", "Who all&owed it", only_if=("shared", "yes"),
                 hint="Needed where it went another way than those of the list."),
        ),
    )  # fmt: skip


def _done(offered: Offered) -> Form:
    return Form(
        key="follow_up_done",
        title="Done",
        hint="Something that was decided or promised is done.",
        topic="acting",
        asks=(
            pick("about", "&What was decided", (*offered.actions, ("0", "Something else")), "Choose what was decided"),
            text("what", "What was &done", "Write what was done"),
            when("at", "W&hen", "Enter when it was done"),
        ),
    )


def _reopen(_: Offered) -> Form:
    return Form(
        key="case_reopened",
        title="Take the case up again",
        hint="What stands, stands. A review from here on is a second one, with its own signatures.",
        topic="closing",
        go_on="&Take it up again",
        asks=(text("reason", "&Reason", "Write why it is taken up again"),),
    )


LATER_FORMS: Mapping[str, Callable[[Offered], Form]] = {
    "advice": _advice, "reply": _reply, "share": _share, "done": _done, "reopen": _reopen,
}  # fmt: skip

Words = Mapping[str, str]


def _keep_advice(desk: CaseDesk, offered: Offered, words: Words) -> object:
    marks = tuple(mark.strip() for mark in words.get("exhibits", "").replace(";", ",").split(",") if mark.strip())
    advice = AdviceRecorded(
        who=words["who"], agency=Agency(words["agency"]), at=words["at"], words=words["words"],
        effect=Effect(words["effect"]), number=words["number"], team=words["team"], reference=words["reference"],
        exhibits=marks,
    )  # fmt: skip
    return desk.advice.record(offered.seen.strand, advice)


def _keep_reply(desk: CaseDesk, offered: Offered, words: Words) -> object:
    reply = ReplyReceived(
        referral=int(words["referral"]), at=words["at"], outcome=words["outcome"], words=words["words"],
        reference=words["reference"], who=words["who"],
    )  # fmt: skip
    return desk.referral.reply(offered.seen.strand, reply)


def _keep_share(desk: CaseDesk, offered: Offered, words: Words) -> object:
    shared = InformationShared(
        shared=words["shared"] == "yes", at=words["at"], what=words["what"], with_whom=words["with_whom"],
        purpose=words["purpose"], lawful_basis=words["lawful_basis"], consent=Consent(words["consent"]),
        reason=words["reason"], channel=words["channel"], encryption=words["encryption"],
        authorised_by=words["authorised_by"],
        police_asked_first={"yes": True, "no": False}.get(words["asked"]),
    )  # fmt: skip
    return desk.work.share(offered.seen.strand, shared)


def _keep_done(desk: CaseDesk, offered: Offered, words: Words) -> object:
    done = FollowUpDone(what=words["what"], about=int(words["about"]), at=words["at"])
    return desk.work.follow_up(offered.seen.strand, done)


def _keep_reopen(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.work.reopen(offered.seen.strand, words["reason"])


LATER_KEEPERS: Mapping[str, Callable[[CaseDesk, Offered, Words], object]] = {
    "advice": _keep_advice, "reply": _keep_reply, "share": _keep_share, "done": _keep_done, "reopen": _keep_reopen,
}  # fmt: skip
