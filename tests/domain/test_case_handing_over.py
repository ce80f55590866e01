"""Telling, referring, handing over, closing (flows sections 6, 9, 12)."""

from typing import Any

import msgspec
import pytest

from dsl_desk.domain.case import Case, open_case
from dsl_desk.domain.case_entries import ExhibitAdded
from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    ContinuityAction,
    HoldBack,
    Intake,
    ParentsDecision,
    PersonRole,
)
from dsl_desk.domain.continuity import continuity_faults, continuity_of, next_number, previous_link
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ChildVoiceRecorded,
    ContinuityRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    FollowUpDone,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    PackSealed,
    PaperKept,
    ParentsInformed,
    PersonLinked,
    Printed,
    ReceiptAttached,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
    ScanAttached,
    SupportOffered,
    Viewed,
)
from dsl_desk.domain.referral import police_reference, police_still_to_ring, usual_authors, waiting_for_reply
from dsl_desk.domain.sharing import note_faults
from dsl_desk.domain.words import CaseRef, Grade, PackKind, Role, SubjectKind
from tests.builders import DSL, HEAD, OSL, SENIOR, CaseBuilder, concern, profile, renamed, there


def referral(to: Agency = Agency.POLICE, reference: str = "") -> ReferralMade:
    return ReferralMade(
        to=to,
        reason="A message read like a threat",
        threshold="Possible crime",
        decided_at="2026-11-20T12:10:00+00:00",
        sent_at="2026-11-20T12:12:00+00:00",
        referred_by="Ada Quill",
        reference=reference,
    )


def call(outcome: CallOutcome, agency: Agency = Agency.POLICE, reference: str = "") -> CallLogged:
    return CallLogged(to="101", at="2026-11-20T12:05:00+00:00", outcome=outcome, agency=agency, reference=reference)


def stopped(grade: Grade = Grade.STOP_IMAGES) -> CaseBuilder:
    book = CaseBuilder()
    book.write(book.case.halt(DSL, grade), DSL)
    return book


# ---- opening and protection by one


def test_a_case_begins_with_its_reference_and_keeps_its_profile():
    case = CaseBuilder().case
    opened = there(case.opened)
    assert (case.ref, opened.profile, opened.profile_version) == ("MI-2026-K7Q4", "secondary-2021", 1)
    assert Case().ref == ""
    assert Case().last == 0
    with pytest.raises(InputError, match="not a case reference"):
        open_case(CaseRef("MI-26-1"))
    assert open_case(CaseRef("MI-2026-2222"), by_halt=True).by_halt


def test_a_second_opening_changes_nothing():
    book = CaseBuilder()
    book.write(CaseOpened(reference="MI-2026-2222"), DSL)
    assert book.case.ref == "MI-2026-K7Q4"


@pytest.mark.parametrize("grade", list(Grade))
def test_one_person_may_always_record_refer_call_and_secure(grade):
    book = CaseBuilder()
    if grade is not Grade.OPEN:
        book = stopped(grade)
    for entry in (
        book.case.record_concern(OSL, concern()),
        book.case.refer(OSL, referral()),
        book.case.log_call(OSL, call(CallOutcome.NO_ANSWER)),
        book.case.secure_device(OSL, DeviceSecured(device="tablet", held_by="Dag Finch", place="safe")),
        book.case.start_pack(OSL, book.case.pack_kinds()[-1], medium="usb stick", recipient="police"),
        book.case.set_hold_back(OSL, HoldBackSet(party="parents", decision=HoldBack.WAIT)),
    ):
        book.write(entry, OSL)
    assert book.case.grade is grade


def test_a_call_that_nobody_answered_or_declined_opens_nothing():
    for outcome in (CallOutcome.NO_ANSWER, CallOutcome.DECLINED, CallOutcome.MESSAGE_LEFT):
        book = stopped()
        book.write(book.case.log_call(DSL, call(outcome)), DSL)
        with pytest.raises(InputError, match="Record the advice first"):
            book.case.apply_advice(DSL, HEAD, advice=book.case.last, reason="They declined")


def test_a_concern_names_a_category():
    with pytest.raises(InputError, match="category"):
        CaseBuilder().case.record_concern(DSL, msgspec.structs.replace(concern(), categories=()))


def test_a_route_must_be_one_of_the_profile():
    case = CaseBuilder().case
    assert case.choose_route(DSL, "device-or-site-review", profile()).profile_version == 1
    with pytest.raises(InputError, match="no such route"):
        case.choose_route(DSL, "shortcut", profile())


def test_a_case_leaves_a_route_that_was_chosen_only_with_a_reason():
    book = CaseBuilder()
    book.write(book.case.choose_route(DSL, "device-or-site-review", profile()), DSL)
    other = msgspec.structs.replace(profile().routes[0], id="made-up-route")
    both = msgspec.structs.replace(profile(), routes=(*profile().routes, other))
    with pytest.raises(InputError, match="Write why"):
        book.case.choose_route(DSL, "made-up-route", both, " ")
    assert book.case.choose_route(DSL, "made-up-route", both, "It is about a picture.").reason
    assert book.case.choose_route(DSL, "device-or-site-review", both).route == "device-or-site-review"


def test_a_person_is_linked_without_a_name_or_with_a_clean_one():
    case = CaseBuilder().case
    link = PersonLinked(person="p-1", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL)
    assert case.link_person(DSL, link) is link
    with pytest.raises(InputError, match="cannot be seen"):
        case.link_person(DSL, msgspec.structs.replace(link, name="Perry\u202eWink"))


# ---- follow-up


def test_a_reply_belongs_to_a_referral():
    book = CaseBuilder()
    at = book.write(book.case.refer(DSL, referral()), DSL)
    assert [waiting.at for waiting in waiting_for_reply(book.case)] == [at]
    reply = ReplyReceived(referral=at, at="2026-11-21", outcome="NFA", reference="LOG-7")
    with pytest.raises(InputError, match="no such referral"):
        book.case.reply_received(DSL, msgspec.structs.replace(reply, referral=1))
    book.write(book.case.reply_received(DSL, reply), DSL)
    assert waiting_for_reply(book.case) == ()
    assert police_reference(book.case) == "LOG-7"


def test_the_banner_stays_until_police_gave_a_reference():
    book = stopped()
    assert police_still_to_ring(book.case)
    book.write(book.case.log_call(DSL, call(CallOutcome.ANSWERED)), DSL)
    book.write(book.case.log_call(DSL, call(CallOutcome.ANSWERED, Agency.LADO, "LADO-1")), DSL)
    book.write(book.case.refer(DSL, referral(Agency.LADO, "LADO-2")), DSL)
    book.advice(Agency.LADO, reference="LADO-3")
    assert police_still_to_ring(book.case)
    book.write(book.case.refer(DSL, referral(reference="LOG-1")), DSL)
    assert not police_still_to_ring(book.case)
    book.advice(reference="LOG-2")
    assert police_reference(book.case) == "LOG-2"
    assert not police_still_to_ring(CaseBuilder().case)


def test_the_headteacher_normally_refers_to_the_lado():
    assert usual_authors(Agency.LADO) == (Role.HEADTEACHER,)
    assert usual_authors(Agency.SOCIAL_CARE) == (Role.DSL, Role.DEPUTY)


def test_not_referring_needs_reasons():
    case = CaseBuilder().case
    assert case.decline_referral(DSL, ReferralDeclined(to=Agency.POLICE, reasons="No crime")).reasons
    with pytest.raises(InputError, match="reasons"):
        case.decline_referral(DSL, ReferralDeclined(to=Agency.POLICE, reasons=" "))


def test_sharing_needs_its_reason_whether_shared_or_not():
    case = CaseBuilder().case
    shared = InformationShared(
        shared=False, at="now", what="the record", with_whom="a platform", purpose="takedown",
        lawful_basis="public task", consent=Consent.NOT_SOUGHT, reason="police asked to wait",
    )  # fmt: skip
    assert case.share_information(DSL, shared) is shared
    with pytest.raises(InputError, match="reason"):
        case.share_information(DSL, msgspec.structs.replace(shared, reason=""))


@pytest.mark.parametrize(
    ("voice", "says"),
    [
        (ChildVoiceRecorded(spoken=True, words="it was sent to me"), "exact words"),
        (ChildVoiceRecorded(spoken=True, to_whom="tutor"), "exact words"),
        (ChildVoiceRecorded(), "not been asked yet"),
    ],
)
def test_the_childs_voice_is_there_or_why_not(voice, says):
    with pytest.raises(InputError, match=says):
        CaseBuilder().case.record_child_voice(DSL, voice)


@pytest.mark.parametrize(
    "voice",
    [
        ChildVoiceRecorded(spoken=True, words="it was sent to me", to_whom="tutor"),
        ChildVoiceRecorded(wishes="that it stops"),
        ChildVoiceRecorded(not_asked_because="away today"),
    ],
)
def test_the_childs_voice_is_recorded(voice):
    assert CaseBuilder().case.record_child_voice(DSL, voice) is voice


def test_parents_are_told_only_once_somebody_agreed_where_the_list_says_wait():
    told = ParentsInformed(decision=ParentsDecision.TOLD, reason="They asked")
    assert CaseBuilder().case.inform_parents(DSL, told) is told
    waiting = CaseBuilder()
    waiting.write(HoldBackSet(party="parents", decision=HoldBack.WAIT), DSL)
    free = CaseBuilder()
    free.write(HoldBackSet(party="parents", decision=HoldBack.MAY_TELL), DSL)
    assert free.case.inform_parents(DSL, told) is told
    for book in (waiting, stopped(Grade.POLICE_FIRST)):
        with pytest.raises(ProcedureError, match="who agreed"):
            book.case.inform_parents(DSL, told)
        assert book.case.inform_parents(DSL, msgspec.structs.replace(told, agreed_with="Officer 12")).agreed_with
        not_told = ParentsInformed(decision=ParentsDecision.NOT_TOLD, reason="Police asked to wait")
        assert book.case.inform_parents(DSL, not_told) is not_told


def test_small_follow_up_is_kept_open_or_closed():
    book = CaseBuilder()
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    for entry in (
        book.case.offer_support(DSL, SupportOffered(support="tutor time")),
        book.case.give_feedback(DSL, FeedbackGiven(to="reporter", what="it was dealt with")),
        book.case.record_lesson(DSL, LessonRecorded(lesson="none", theme="none")),
        book.case.note_view(DSL, Viewed(what="record", reason="to answer police")),
        book.case.note_print(DSL, Printed(paper="form")),
        book.case.keep_paper(DSL, PaperKept(paper="form", blob="b" * 32, sha256="c" * 64, size=3)),
        book.case.attach_scan(DSL, ScanAttached(of="form", blob="b" * 32, sha256="c" * 64, size=3)),
        book.case.note_main_system(DSL, ExternalLogMade(system="main", reference="REF-9")),
    ):
        book.write(entry, DSL)
    assert book.case.closed


def test_the_note_for_the_main_system_is_short():
    with pytest.raises(InputError, match="600"):
        CaseBuilder().case.note_main_system(DSL, ExternalLogMade(system="m", reference="r", note="x" * 601))


def test_the_note_for_the_main_system_names_nobody_else():
    book = CaseBuilder()
    book.link("p-1", PersonRole.AFFECTED)
    note = "A child was upset by a thread."
    assert note_faults(book.case, note, child="p-2") == ()
    assert len(note_faults(book.case, "x" * 601, child="p-2")) == 1
    for bad in ("See www.forum.example", "See forum.com", "See ABC/1", "Perry was there"):
        assert len(note_faults(book.case, bad, child="p-2")) == 1
    assert note_faults(book.case, "Perry was there", child="p-1") == ()


def test_actions_wait_until_somebody_did_them():
    book = CaseBuilder().concluded()
    action = book.case.decide_action(DSL, action="Talk", who="Tutor", by_when="Friday", reason="proportionate")
    at = book.write(action, DSL)
    assert book.case.actions_waiting() == (at,)
    with pytest.raises(InputError, match="no entry of that number"):
        book.case.follow_up(DSL, FollowUpDone(what="x", about=999))
    book.write(book.case.follow_up(DSL, FollowUpDone(what="done", about=at)), DSL)
    assert book.case.actions_waiting() == ()
    assert book.case.follow_up(DSL, FollowUpDone(what="rang again")).what


# ---- continuity


def moved(case: Case, mark: str, **more) -> ContinuityRecorded:
    told: dict[str, Any] = {"no": next_number(case), "mark": mark, "at": "now", "action": ContinuityAction.SEALED,
            "from_whom": "Room 4", "to_whom": "safe", "by_whom": "Ada Quill",
            "previous": previous_link(case, mark)} | more  # fmt: skip
    return ContinuityRecorded(**told)


def test_continuity_is_numbered_and_linked():
    book = CaseBuilder().looking()
    first, second = book.exhibit(), book.exhibit()
    for mark in (first, second, first):
        book.write(book.case.record_continuity(DSL, moved(book.case, mark)), DSL)
    assert [told.data.no for told in continuity_of(book.case, first)] == [1, 3]
    assert continuity_faults(book.case) == ()


@pytest.mark.parametrize("wrong", [{"no": 7}, {"previous": "0" * 64}])
def test_continuity_that_does_not_follow_is_refused_and_found(wrong):
    book = CaseBuilder().looking()
    mark = book.exhibit()
    entry = moved(book.case, mark, **wrong)
    with pytest.raises(ProcedureError, match="came first"):
        book.case.record_continuity(DSL, entry)
    book.write(entry, DSL)
    assert len(continuity_faults(book.case)) == 1


def test_continuity_belongs_to_an_exhibit():
    book = CaseBuilder()
    assert previous_link(book.case, "AQ/1") == ""
    entry = moved(book.case, "AQ/1")
    with pytest.raises(InputError, match="no exhibit"):
        book.case.record_continuity(DSL, entry)
    book.write(entry, DSL)
    assert len(continuity_faults(book.case)) == 1


# ---- files and packs


def test_no_file_comes_in_behind_a_stop_for_pictures():
    case = stopped().case
    with pytest.raises(HaltedError, match="no file comes in"):
        case.attach_scan(DSL, ScanAttached(of="form", blob="b" * 32, sha256="c" * 64, size=3))
    receipt = ReceiptAttached(received_by="Officer 12", at="now", blob="b" * 32)
    with pytest.raises(HaltedError, match="in words"):
        case.attach_receipt(DSL, receipt)
    assert case.attach_receipt(DSL, msgspec.structs.replace(receipt, blob="")).received_by


def test_a_receipt_is_for_a_pack_that_was_made():
    book = CaseBuilder()
    receipt = ReceiptAttached(received_by="Officer 12", at="now", pack=1)
    with pytest.raises(InputError, match="no pack"):
        book.case.attach_receipt(DSL, receipt)
    book.write(book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="usb", recipient="police"), DSL)
    assert book.case.attach_receipt(DSL, receipt) is receipt


@pytest.mark.parametrize(
    ("book", "kinds"),
    [
        (CaseBuilder(), (PackKind.AS_IT_STANDS,)),
        (stopped(), (PackKind.STOPPED,)),
        (stopped(Grade.POLICE_FIRST), (PackKind.AS_IT_STANDS,)),
        (CaseBuilder().concluded(), (PackKind.AS_IT_STANDS,)),
        (CaseBuilder().signed(), (PackKind.SIGNED_OFF, PackKind.AS_IT_STANDS)),
    ],
    ids=["first minute", "pictures", "police first", "concluded", "signed"],
)
def test_the_kind_of_pack_must_fit(book, kinds):
    assert book.case.pack_kinds() == kinds
    for kind in PackKind:
        if kind in kinds:
            assert book.case.start_pack(DSL, kind, medium="usb", recipient="police").no == 1
        else:
            with pytest.raises(ProcedureError):
                book.case.start_pack(DSL, kind, medium="usb", recipient="police")


def test_a_pack_is_finished_or_recorded_as_lost():
    book = CaseBuilder()
    for no in (1, 2):
        book.write(book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="usb", recipient="police"), DSL)
        assert book.case.packs[-1].no == no
    assert book.case.unfinished_packs() == (1, 2)
    book.write(book.case.seal_pack(DSL, 1, tagmanifest="a" * 64, p7s="b" * 64), DSL)
    book.write(book.case.lose_pack(DSL, 2, "The stick was pulled out."), DSL)
    assert book.case.unfinished_packs() == ()
    with pytest.raises(ProcedureError, match="being made"):
        book.case.seal_pack(DSL, 2, tagmanifest="a", p7s="b")
    with pytest.raises(ProcedureError, match="could be lost"):
        book.case.lose_pack(DSL, 2, "again")
    assert book.case.lose_pack(DSL, 1, "The sealed stick is missing.").no == 1
    assert book.case.next_pack_no() == 3
    book.write(PackSealed(no=9, tagmanifest="a", p7s="b"), DSL)
    assert len(book.case.packs) == 2


# ---- closing


def test_a_case_closes_only_with_everything_said():
    book = CaseBuilder().looking()
    close = {"outcome": "support", "retention": "child"}
    with pytest.raises(ProcedureError, match="Finish the open session"):
        book.case.close_case(DSL, **close, unfinished=())
    book.finished()
    with pytest.raises(ProcedureError, match="referred, or why not"):
        book.case.close_case(DSL, **close, unfinished=())
    book.write(book.case.decline_referral(DSL, ReferralDeclined(to=Agency.POLICE, reasons="No crime")), DSL)
    with pytest.raises(ProcedureError, match="Not finished: Judge; Sign"):
        book.case.close_case(DSL, **close, unfinished=("Judge", "Sign"))
    book.write(book.case.start_pack(DSL, PackKind.AS_IT_STANDS, medium="usb", recipient="police"), DSL)
    with pytest.raises(ProcedureError, match="pack was begun"):
        book.case.close_case(DSL, **close, unfinished=())
    book.write(book.case.lose_pack(DSL, 1, "pulled out"), DSL)
    book.write(book.case.close_case(DSL, **close, unfinished=()), DSL)
    assert book.case.closed
    with pytest.raises(ProcedureError, match="Reopen it first"):
        book.triage()
    book.write(book.case.halt(DSL, Grade.STOP_IMAGES), DSL)
    assert book.case.is_stopped


def test_only_a_closed_case_is_reopened():
    book = CaseBuilder()
    with pytest.raises(ProcedureError, match="is open"):
        book.case.reopen(DSL, "x")
    book.write(CaseReopened(reason="x"), DSL)
    assert book.case.review_no == 1


def test_a_second_account_of_a_subject_is_barred_too():
    book = CaseBuilder()
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF)
    with pytest.raises(ProcedureError, match="nothing here"):
        book.case.log_call(renamed(SENIOR, "7"), call(CallOutcome.ANSWERED))


def test_what_decides_who_may_read_comes_from_the_case():
    book = CaseBuilder().signed()
    book.link("p-x", PersonRole.SUBJECT)
    facts = book.case.readable(author=OSL.person)
    assert facts.barred == {"p-x"}
    assert facts.assigned == {DSL.person, SENIOR.person}
    assert (facts.author, facts.signed, facts.readers) == (OSL.person, True, None)


def test_exhibits_keep_who_brought_them():
    book = CaseBuilder()
    book.exhibit(DSL, Intake.SUPPLIED)
    exhibit = book.case.exhibits[0]
    assert isinstance(exhibit.data, ExhibitAdded)
    assert (exhibit.data.supplied_by, exhibit.producer, len(exhibit.blob)) == ("Made-up Parent", DSL.person, 32)
