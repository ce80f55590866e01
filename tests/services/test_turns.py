"""The route binds where it matters: nobody looks, judges or signs before what the profile puts first (flows 9)."""

import pytest

from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, HoldBack, Intake, Judgement, ParentsDecision
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ChildVoiceRecorded,
    DeviceSecured,
    HoldBackSet,
    ParentsInformed,
    ReferralDeclined,
    ReferralMade,
)
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.home import WaitingKind
from dsl_desk.services.school import School
from tests.services.scenes import PAIR, ROUTE, act, begun, closable, judged, looking, offered, picture, sighting, sign


def named(stage):
    """A case with two reviewers, and nothing else before looking."""
    stage.sign_in("dsl")
    strand = begun(stage).strand
    for name in PAIR:
        stage.desk.review.name_reviewer(strand, stage.accounts[name])
    return strand


def finish(stage, strand):
    for name in PAIR:
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )


def test_judging_waits_for_purpose_declarations_looking_device_and_access_in_the_words_of_the_route(stage):
    strand = named(stage)
    review, skip = stage.desk.review, stage.desk.work.skip
    review.record_purpose(strand, PurposeRecorded(reason="report", purpose="to see"))

    def refused(first):
        before = stage.desk.book.load(strand).last
        with pytest.raises(ProcedureError, match=f"^First: {first}"):
            stage.desk.judgement.judge(strand, Judgement.NONE, "nothing")
        assert stage.desk.book.load(strand).last == before

    refused("Both declare; Look and record")
    for name in PAIR:
        review.declare(strand, stage.proves(name))
    refused("Look and record")
    skip(strand, ROUTE, "look", "papers alone")
    refused("Where you will look; Access")
    review.name_device(strand, DeviceNamed(make="M", serial="1", location="office", state="off", this_laptop=False))
    refused("Access")
    skip(strand, ROUTE, "access", "no network")
    assert stage.desk.judgement.judge(strand, Judgement.NONE, "nothing").current_judgements()


def test_no_session_opens_before_the_access_is_written_down_or_left_out_with_a_reason(stage):
    strand = named(stage)
    review = stage.desk.review
    review.name_device(strand, DeviceNamed(make="M", serial="1", location="office", state="off", this_laptop=False))
    review.record_purpose(strand, PurposeRecorded(reason="report", purpose="to see"))
    for name in PAIR:
        review.declare(strand, stage.proves(name))
    with pytest.raises(ProcedureError, match="First: Access"):
        review.open(strand, present=("A", "B"), place="office")
    review.record_access(strand, AccessRecorded(access="filtered", granted_by="somebody"))
    assert review.open(strand, present=("A", "B"), place="office").session


def test_what_cannot_be_left_out_is_not_left_out(stage):
    strand = named(stage)
    for step in ("suspected", "reviewers", "where", "why", "declare", "judge", "sign"):
        with pytest.raises(ProcedureError, match="cannot be skipped"):
            stage.desk.work.skip(strand, ROUTE, step, "in a hurry")


def test_signing_waits_for_what_is_done_about_it_before_a_form_is_made_and_when_it_is_signed(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    finish(stage, strand)
    for name in PAIR:
        stage.sign_in(name).judgement.judge(strand, Judgement.NONE, "nothing")
    stage.desk.judgement.conclude(strand, "No substance.")
    with pytest.raises(ProcedureError, match=r"^First: Act\."):
        stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])
    act(stage, strand)
    to_sign = stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])
    stage.desk.review.record_purpose(strand, PurposeRecorded(reason="more", purpose="to see more"))
    with pytest.raises(ProcedureError, match="First: Both declare"):
        stage.desk.sign_off.sign(strand, to_sign, stage.proves("dsl"))
    assert stage.desk.book.load(strand).signatures == ()


def test_a_purpose_written_anew_stops_recording_until_both_declare_again_but_never_a_halt(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    stage.desk.review.record_purpose(strand, PurposeRecorded(reason="more", purpose="to see more"))
    with pytest.raises(ProcedureError, match="First: Both declare"):
        sighting(stage, strand)
    with pytest.raises(ProcedureError, match="First: Both declare"):
        stage.desk.exhibits.take_in(strand, offered(stage, Intake.CAPTURE, PAIR), [picture(stage)])
    stage.desk.review.pause(strand, "to declare again")
    with pytest.raises(ProcedureError, match="First: Both declare"):
        stage.desk.review.resume(strand, present=("A", "B"))
    for name in PAIR:
        stage.desk.review.declare(strand, stage.proves(name))
    stage.desk.review.resume(strand, present=("A", "B"))
    sighting(stage, strand)
    stage.desk.review.record_purpose(strand, PurposeRecorded(reason="more", purpose="to see still more"))
    assert sighting(stage, strand, answer=Answer.NOT_SURE).grade is Grade.STOP_IMAGES


def test_what_protects_a_child_waits_for_no_step(stage):
    """Before triage, and again behind a stop: each of these is kept at once."""
    stage.sign_in("dsl")
    strand = begun(stage, triage=all_no(SubjectKind.PUPIL, _5b=Answer.YES)).strand
    desk = stage.desk
    acts = (
        lambda: desk.work.secure_device(strand, DeviceSecured(device="tablet", held_by="DSL", place="safe")),
        lambda: desk.work.hold_back(strand, HoldBackSet(party="parents", decision=HoldBack.WAIT)),
        lambda: desk.work.log_call(strand, CallLogged(to="Police", at="now", outcome=CallOutcome.ANSWERED)),
        lambda: desk.work.child_voice(strand, ChildVoiceRecorded(not_asked_because="at home")),
        lambda: desk.referral.refer(
            strand,
            ReferralMade(
                to=Agency.POLICE, reason="now", threshold="t", decided_at="now", sent_at="now", referred_by="DSL"
            ),
        ),
        lambda: desk.referral.decline(strand, ReferralDeclined(to=Agency.LADO, reasons="no worker")),
        lambda: desk.advice.record(
            strand,
            AdviceRecorded(who="Officer", agency=Agency.POLICE, at="now", words="Wait", effect=Effect.HOLD_OFF),
        ),
        lambda: desk.triage.answer(strand, all_no(SubjectKind.PUPIL)),
        lambda: desk.halt.stop(strand, Grade.STOP_IMAGES),
    )
    for one in (*acts, *acts):
        before = desk.book.load(strand).last
        one()
        assert desk.book.load(strand).last > before


def test_leave_to_tell_and_telling_parents_are_for_whom_the_policy_names(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    told = ParentsInformed(decision=ParentsDecision.TOLD, reason="they ask", who="mother", at="now")
    assert stage.desk.work.parents(strand, told).told(ParentsInformed)
    allowed = HoldBackSet(party="pupils", decision=HoldBack.MAY_TELL)
    assert stage.desk.work.hold_back(strand, allowed).told(HoldBackSet)


def test_nothing_that_takes_two_begins_before_a_profile_is_chosen(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    monkeypatch.setattr(School, "profile", None)
    monkeypatch.setattr(School, "profile_of", lambda _school, _case: None)
    with pytest.raises(ProcedureError, match="No policy profile"):
        stage.desk.book.check(stage.desk.book.load(strand), Fact.BOTH_JUDGED, stage.desk.book.me())
    stage.desk.book.check(stage.desk.book.load(strand), Fact.PARENTS, stage.desk.book.me())


def test_a_case_closes_only_once_the_service_itself_finds_every_step_settled(stage):
    stage.sign_in("dsl")
    strand = judged(stage)
    desk = stage.sign_in("dsl")
    desk.referral.decline(strand, ReferralDeclined(to=Agency.POLICE, reasons="no crime"))
    with pytest.raises(ProcedureError, match=r"Not finished: Secure it; .*Sign"):
        desk.work.close(strand, outcome="no-substance", retention="no-substance")
    for name in PAIR:
        sign(stage, strand, name)
    with pytest.raises(ProcedureError, match="Not finished: Secure it; Hold back"):
        desk.work.close(strand, outcome="no-substance", retention="no-substance")


def test_a_case_with_every_step_settled_is_closed(stage):
    stage.sign_in("dsl")
    strand = closable(stage)
    desk = stage.sign_in("dsl")
    desk.referral.decline(strand, ReferralDeclined(to=Agency.POLICE, reasons="no crime"))
    assert desk.work.close(strand, outcome="no-substance", retention="no-substance").closed


def test_home_says_for_whom_a_case_still_waits_and_counts_the_others(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    for party in ("parents", "press"):
        stage.desk.work.hold_back(strand, HoldBackSet(party=party, decision=HoldBack.WAIT))
    stage.desk.work.hold_back(strand, HoldBackSet(party="staff", decision=HoldBack.MAY_TELL))

    def told() -> list[str]:
        return [one.what for one in stage.desk.home.look().waiting if one.kind is WaitingKind.HOLD_BACK]

    assert told() == ["Still to wait: Parents; Press."]
    for party in ("pupils", "platform"):
        stage.desk.work.hold_back(strand, HoldBackSet(party=party, decision=HoldBack.WAIT))
    assert told()[0].endswith(", and 1 more.")
