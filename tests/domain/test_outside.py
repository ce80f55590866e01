"""Before anything leaves the school: asked first, why, by whose leave, and how it is protected on its way."""

import msgspec
import pytest

from dsl_desk.domain.case_words import Agency, CallOutcome, Consent, Effect
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    InformationShared,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.outside import APPROVED_CHANNELS, SPOKEN, must_ask_first, why_and_leave
from dsl_desk.domain.turns import check_material
from dsl_desk.domain.wider_entries import DeletionRecorded
from dsl_desk.domain.words import Grade, PackKind
from tests.builders import DSL, OSL, CaseBuilder, profile

AT = "2026-11-20T12:10:00+00:00"


def shared(**more):
    told = {
        "shared": True, "at": AT, "what": "the record", "with_whom": "another school", "purpose": "to protect a child",
        "lawful_basis": "public task", "consent": Consent.NOT_SOUGHT, "reason": "a child is at risk",
        "channel": APPROVED_CHANNELS[2], "encryption": "stick no. 3, encrypted",
    }  # fmt: skip
    return InformationShared(**(told | more))  # type: ignore[arg-type] # made-up keys of one entry


def referral(to):
    return ReferralMade(to=to, reason="made up", threshold="made up", decided_at=AT, sent_at=AT, referred_by="Ada")


def stopped():
    book = CaseBuilder()
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    return book


def refer(book, to):
    return book.write(book.case.refer(DSL, referral(to)), DSL)


def said(agency):
    return AdviceRecorded(who="Made-up Officer", agency=agency, at=AT, words="Go on.", effect=Effect.CONTINUE)


ANSWERS = [
    lambda book: book.write(said(Agency.EDUCATION_SAFEGUARDING), DSL),
    lambda book: book.write(CallLogged(to="101", at=AT, outcome=CallOutcome.ANSWERED, agency=Agency.POLICE), DSL),
    lambda book: book.write(ReplyReceived(referral=refer(book, Agency.SOCIAL_CARE), at=AT, outcome="s47"), DSL),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=["advice", "call", "reply"])
def test_others_outside_wait_until_police_or_a_safeguarding_team_was_asked(answer):
    book = stopped()
    for act in (
        lambda: book.case.share_information(DSL, shared()),
        lambda: book.case.refer(DSL, referral(Agency.OTHER_SETTING)),
        lambda: book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="stick", recipient="other"),
    ):
        with pytest.raises(ProcedureError, match="Ask the police"):
            act()
    answer(book)
    book.case.share_information(DSL, shared())
    book.case.refer(DSL, referral(Agency.OTHER_SETTING))
    book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="stick", recipient="other")


def test_a_referral_with_their_reference_is_no_answer_and_the_refusal_says_what_to_press():
    """P-063: somebody speaks with the police first; that they took a report says nothing of telling others."""
    book = CaseBuilder()
    book.write(book.case.refer(DSL, msgspec.structs.replace(referral(Agency.POLICE), reference="LOG-1")), DSL)
    with pytest.raises(ProcedureError, match="press “A call”, “Advice of police or others” or “A reply”"):
        book.case.share_information(DSL, shared())
    book.case.share_information(DSL, shared(police_asked_first=True))


def test_a_call_nobody_answered_and_a_helpline_are_not_enough():
    book = stopped()
    book.write(CallLogged(to="101", at=AT, outcome=CallOutcome.NO_ANSWER, agency=Agency.POLICE), DSL)
    book.write(CallLogged(to="helpline", at=AT, outcome=CallOutcome.ANSWERED, agency=Agency.OTHER), DSL)
    book.write(ReplyReceived(referral=refer(book, Agency.IWF), at=AT, outcome="taken down"), DSL)
    assert must_ask_first(book.case)


def test_whoever_shares_may_say_that_they_were_asked():
    stopped().case.share_information(DSL, shared(police_asked_first=True))


def test_police_and_those_who_protect_children_wait_for_nobody():
    book = stopped()
    for to in (Agency.POLICE, Agency.SOCIAL_CARE, Agency.LADO, Agency.IWF, Agency.CHANNEL):
        book.case.refer(DSL, referral(to))
    for recipient in ("police", "social_care", "lado", "iwf"):
        book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="stick", recipient=recipient)


def test_a_referral_that_the_police_have_not_answered_holds_others_back_and_an_open_case_does_not():
    book = CaseBuilder()
    assert not must_ask_first(book.case)
    at = refer(book, Agency.POLICE)
    assert must_ask_first(book.case)
    book.write(ReplyReceived(referral=at, at=AT, outcome="no further action"), DSL)
    assert not must_ask_first(book.case)


def test_what_is_not_shared_needs_no_way_and_no_asking():
    stopped().case.share_information(DSL, shared(shared=False, channel="", encryption=""))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"channel": " "}, "how it was sent"),
        ({"encryption": ""}, "protected on the way"),
        ({"channel": "A private phone"}, "who allowed it"),
    ],
)
def test_information_goes_a_protected_way_that_the_school_knows(more, says):
    case = CaseBuilder().case
    with pytest.raises(InputError, match=says):
        case.share_information(DSL, shared(**more))


def test_a_talk_needs_no_protection_and_another_way_needs_leave():
    case = CaseBuilder().case
    case.share_information(DSL, shared(channel=SPOKEN, encryption=""))
    case.share_information(DSL, shared(channel="By courier", authorised_by="The Headteacher"))


def test_a_pack_says_why_it_goes_and_who_let_it_leave():
    why, leave = why_and_leave(DSL, "police", "", "")
    assert why.startswith("So that the police")
    assert leave == "Ada Quill"
    assert why_and_leave(OSL, "court", "ordered", "Bertram Oxlip") == ("ordered", "Bertram Oxlip")
    with pytest.raises(InputError, match="what it goes to them for"):
        why_and_leave(DSL, "other", " ", "")
    with pytest.raises(InputError, match="who allowed it"):
        why_and_leave(OSL, "police", "", "")


def test_no_file_comes_in_on_a_route_about_pictures_of_children():
    policy = profile()
    refused = {"youth-imagery", "computer-made-images"}
    for route in policy.routes:
        if route.id in refused:
            with pytest.raises(ProcedureError, match="no file comes in"):
                check_material(route)
        else:
            check_material(route)


def test_advice_from_before_a_stop_deletes_nothing_after_it():
    book = CaseBuilder()
    advice = book.write(msgspec.structs.replace(said(Agency.POLICE), effect=Effect.DESTROY, reference="LOG-1"), DSL)
    deleted = DeletionRecorded(
        deleted_by="the pupil", witnessed_by="Cleo", agency=Agency.POLICE, advice=advice, agency_words="May go.", at=AT
    )
    book.case.note(DSL, deleted)
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    with pytest.raises(ProcedureError, match="ask the police"):
        book.case.note(DSL, deleted)
