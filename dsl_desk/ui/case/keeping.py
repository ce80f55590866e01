"""From a filled-in page of a case to the service that keeps it; the same words in the services' shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, CallOutcome, HoldBack, ParentsDecision
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    HoldBackSet,
    LessonRecorded,
    ParentsInformed,
    ReferralDeclined,
    ReferralMade,
    SupportOffered,
)
from dsl_desk.domain.words import AccountId
from dsl_desk.ui.case.choices import CaseDesk, Offered
from dsl_desk.ui.case.deadlines import DEADLINE_KEEPERS
from dsl_desk.ui.case.later_forms import LATER_KEEPERS
from dsl_desk.ui.case.stopped import STOP_KEEPERS
from dsl_desk.ui.case.wider_forms import WIDER_KEEPERS

Words = Mapping[str, str]


def keep(desk: CaseDesk, offered: Offered, key: str, words: Words) -> bool:
    """Record a page; gives whether who recorded it may still read the case.

    Raises InputError or ProcedureError where the case refuses, StoreError where it could not be kept.
    """
    return _KEEPERS[key](desk, offered, words) is not None


def _secure(desk: CaseDesk, offered: Offered, words: Words) -> object:
    device = DeviceSecured(
        device=words["device"], make=words["make"], held_by=words["held_by"], place=words["place"],
        seal=words["seal"], key_holder=words["key_holder"], power=words["power"], secured_at=words["secured_at"],
        pin_known={"yes": True, "no": False}.get(words["pin_known"]),
        touched_by=tuple(name.strip() for name in words["touched_by"].split(",") if name.strip()),
    )  # fmt: skip
    return desk.work.secure_device(offered.seen.strand, device)


def _hold_back(desk: CaseDesk, offered: Offered, words: Words) -> object:
    held = HoldBackSet(
        party=words["party"], decision=HoldBack(words["decision"]), until=words["until"], told_at=words["told_at"],
        reason=words["reason"],
    )  # fmt: skip
    return desk.work.hold_back(offered.seen.strand, held)


def _reviewer(desk: CaseDesk, offered: Offered, words: Words) -> object:
    account = AccountId(words["account"])
    return desk.review.name_reviewer(
        offered.seen.strand, account, interest=words["interest"], reason=words["reason"],
        admitted_until=words["until"][:10],
    )  # fmt: skip


def _where(desk: CaseDesk, offered: Offered, words: Words) -> object:
    known = next((one for one in offered.devices if one.id == words.get("registered")), None)
    device = DeviceNamed(
        make=known.make if known else words["make"], serial=known.serial if known else words["serial"],
        location=known.kept_at if known else words["location"], state=words["state"],
        this_laptop=words["this_laptop"] == "yes", pupils_use_it=words["pupils_use_it"] == "yes",
        registered=known.id if known else "", name=known.name if known else "",
    )  # fmt: skip
    return desk.review.name_device(offered.seen.strand, device)


def _call(desk: CaseDesk, offered: Offered, words: Words) -> object:
    call = CallLogged(
        to=words["to"], at=words["at"], outcome=CallOutcome(words["outcome"]), number=words["number"],
        words=words["words"], reference=words["reference"], agency=Agency(words["agency"]),
    )  # fmt: skip
    return desk.work.log_call(offered.seen.strand, call)


def _voice(desk: CaseDesk, offered: Offered, words: Words) -> object:
    spoken = words["spoken"] == "yes"
    voice = ChildVoiceRecorded(
        person=words.get("person", ""), spoken=spoken, words=words["words"] if spoken else "",
        to_whom=words["to_whom"] if spoken else "", prompted_how=words["prompted_how"] if spoken else "",
        wishes=words["wishes"], not_asked_because="" if spoken else words["not_asked_because"],
    )  # fmt: skip
    return desk.work.child_voice(offered.seen.strand, voice)


def _parents(desk: CaseDesk, offered: Offered, words: Words) -> object:
    informed = ParentsInformed(
        decision=ParentsDecision(words["decision"]), reason=words["reason"], who=words["who"], at=words["at"],
        agreed_with=words["agreed_with"], complaint=words["complaint"],
    )  # fmt: skip
    return desk.work.parents(offered.seen.strand, informed)


def _support(desk: CaseDesk, offered: Offered, words: Words) -> object:
    support = SupportOffered(support=words["support"], person=words.get("person", ""), by_whom=words["by_whom"])
    return desk.work.support(offered.seen.strand, support)


def _referral(desk: CaseDesk, offered: Offered, words: Words) -> object:
    at, to = desk.book.now().local.isoformat(timespec="minutes"), Agency(words["to"])
    if words["decided"] == "no":
        declined = ReferralDeclined(to=to, reasons=words["reason"], decided_at=at)
        return desk.referral.decline(offered.seen.strand, declined)
    made = ReferralMade(
        to=to, reason=words["reason"], threshold=words["threshold"], decided_at=at, sent_at=at,
        referred_by=words.get("referred_by", "") or offered.me,
        person_at_agency=words["person_at_agency"], reference=words["reference"],
        shared=words["shared"], chase_on=words.get("chase_on", ""),
    )  # fmt: skip
    return desk.referral.refer(offered.seen.strand, made)


def _conclude(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.judgement.conclude(
        offered.seen.strand, words["conclusion"], outcome=words["outcome"], severity=words["severity"],
        disagreement=words["disagreement"],
    )  # fmt: skip


def _act(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.judgement.decide_action(
        offered.seen.strand, action=words["action"], who=words["who"], by_when=words["by_when"],
        reason=words["reason"], others=words["others"],
    )  # fmt: skip


def _main_system(desk: CaseDesk, offered: Offered, words: Words) -> object:
    made = ExternalLogMade(
        system=words["system"], reference=words["reference"], person=words.get("person", ""), note=words["note"]
    )
    return desk.work.main_system(offered.seen.strand, made)


def _stop_reason(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.halt.add_reason(
        offered.seen.strand, offered.last_halt, words["reason"], police_reference=words["police_reference"]
    )


def _close(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.work.close(
        offered.seen.strand, outcome=words["outcome"], retention=words["retention"], reason=words["reason"]
    )


def _access(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.review.record_access(offered.seen.strand, AccessRecorded(**words))


def _purpose(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.review.record_purpose(offered.seen.strand, PurposeRecorded(**words))


def _lesson(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.work.lesson(offered.seen.strand, LessonRecorded(lesson=words["lesson"], theme=words["theme"]))


def _feedback(desk: CaseDesk, offered: Offered, words: Words) -> object:
    return desk.work.feedback(offered.seen.strand, FeedbackGiven(to=words["to"], what=words["what"]))


_KEEPERS: Mapping[str, Callable[[CaseDesk, Offered, Words], object]] = {
    **DEADLINE_KEEPERS,
    **STOP_KEEPERS,
    **LATER_KEEPERS,
    **WIDER_KEEPERS,
    "secure": _secure, "hold_back": _hold_back, "reviewer": _reviewer, "where": _where, "access": _access,
    "purpose": _purpose, "call": _call, "voice": _voice, "parents": _parents, "support": _support,
    "referral": _referral, "conclude": _conclude, "act": _act, "main_system": _main_system,
    "stop_reason": _stop_reason, "lesson": _lesson, "feedback": _feedback, "close": _close,
}  # fmt: skip
