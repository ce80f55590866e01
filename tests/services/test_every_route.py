"""A scripted case of every route of every profile runs to its end through the services, over a real store."""

from pathlib import Path

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, HoldBack, ParentsDecision
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    HoldBackSet,
    LessonRecorded,
    ParentsInformed,
    ReferralMade,
    SupportOffered,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.policy_values import Fact, Step
from dsl_desk.domain.procedure import SETTLED, steps_of
from dsl_desk.domain.words import Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.concern import About
from tests.domain.test_entries import sample
from tests.services.scenes import begun

FOLDER = Path(__file__).parents[2] / "resources" / "policies"
REVIEW = "device-or-site-review"
AT = "2026-11-20T14:00:00+00:00"
WIDER: dict[Fact, type[EntryData]] = {
    Fact.RISK: wider.RiskAssessed, Fact.AGES: wider.AgesAsked, Fact.VIEWING: wider.ViewingDecided,
    Fact.SEARCH: wider.SearchRecorded, Fact.MEASURE: wider.MeasureTaken, Fact.TAKEDOWN: wider.TakedownAsked,
    Fact.PRESERVATION: wider.PreservationAsked, Fact.SANCTION: wider.SanctionRecorded,
    Fact.SOMEBODY_TOLD: wider.SomebodyTold, Fact.ACKNOWLEDGED: wider.AcknowledgementGiven,
    Fact.DEBRIEF: wider.DebriefHeld, Fact.HANDLING: wider.HandlingReviewed, Fact.WELFARE: wider.WelfareAsked,
}  # fmt: skip


class Played:
    """One case of one route, taken step by step by whoever may."""

    def __init__(self, desk, strand):
        self.desk, self.strand = desk, strand

    def take(self, step: Step) -> None:
        work, strand = self.desk.work, self.strand
        match step.done:
            case Fact.DEVICE_SECURED:
                work.secure_device(strand, DeviceSecured(device="a phone", held_by="somebody", place="a drawer"))
            case Fact.HOLD_BACK:
                work.hold_back(strand, HoldBackSet(party="parents", decision=HoldBack.MAY_TELL))
            case Fact.CHILD_VOICE:
                work.child_voice(strand, ChildVoiceRecorded(not_asked_because="at home today"))
            case Fact.PARENTS:
                told = ParentsInformed(decision=ParentsDecision.TOLD, reason="agreed", agreed_with="Demo Officer")
                work.parents(strand, told)
            case Fact.SUPPORT:
                work.support(strand, SupportOffered(support="tutor time"))
            case Fact.REFERRAL:
                if step.agency is Agency.OTHER_SETTING:  # the police answer before another school is told
                    asked = CallLogged(to="police", at=AT, outcome=CallOutcome.ANSWERED, agency=Agency.POLICE)
                    work.log_call(strand, asked)
                self.desk.referral.refer(
                    strand,
                    ReferralMade(to=step.agency or Agency.OTHER, reason="made up", threshold="made up", decided_at=AT,
                                 sent_at=AT, referred_by="Demo Placeholder"),
                )  # fmt: skip
            case _:
                self.take_after(step)

    def take_after(self, step: Step) -> None:
        work, strand = self.desk.work, self.strand
        match step.done:
            case Fact.MAIN_SYSTEM:
                work.main_system(strand, ExternalLogMade(system="Made Up", reference="1", note="A note."))
            case Fact.FEEDBACK:
                work.feedback(strand, FeedbackGiven(to="whoever reported it", what="it is dealt with"))
            case Fact.LESSONS:
                work.lesson(strand, LessonRecorded(lesson="nothing new", theme="none"))
            case Fact.CALLED:
                call = CallLogged(
                    to="helpline", at=AT, outcome=CallOutcome.ANSWERED, agency=step.agency or Agency.OTHER
                )
                work.log_call(strand, call)
            case _:
                self.take_wider(step)

    def take_wider(self, step: Step) -> None:
        match step.done:
            case Fact.DELETION:
                advice = AdviceRecorded(who="Demo Officer", at=AT, words="It may go.", agency=Agency.POLICE,
                                        effect=Effect.DESTROY, reference="LOG-1")  # fmt: skip
                case = self.desk.advice.record(self.strand, advice)
                self.note(wider.DeletionRecorded(deleted_by="the pupil", witnessed_by="Cleo", agency=Agency.POLICE,
                                                 advice=case.last, agency_words="It may go.", at=AT))  # fmt: skip
            case Fact.THRESHOLD:
                self.note(wider.ThresholdDecided(decision=wider.Threshold.LOW_LEVEL, adviser="Demo Adviser", at=AT,
                                                 advice="handle it", reason="small", decided_by="Head"))  # fmt: skip
            case Fact.DUTY_REFERRAL:
                self.note(wider.DutyReferralDecided(agency=Agency.DBS, refer=False, reason="no", decided_by="Head"))
            case Fact.RELEASED:
                self.note(wider.ItemReleased(item="a phone", to=wider.Release.POLICE, to_name="Demo Officer", at=AT,
                                             released_by="somebody"))  # fmt: skip
            case Fact.SEARCH:
                self.note(wider.SearchRecorded(at=AT, place="office", pupil="somebody", grounds="made up",
                                               authority=wider.Authority.CONSENT, searched_by="Head"))  # fmt: skip
            case Fact.VIEWING:
                self.note(wider.ViewingDecided(decision=wider.Viewing.NOT_VIEWED, reason="no need"))
            case _:
                self.note(sample(WIDER[step.done]))

    def note(self, data):
        self.desk.work.note(self.strand, data)


def about(route: str) -> SubjectKind:
    return {"staff-misuse": SubjectKind.STAFF, "about-headteacher": SubjectKind.OTHER_ADULT}.get(
        route, SubjectKind.PUPIL
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_case_of_every_route_runs_to_its_end(stage, path):
    desk = stage.sign_in("dsl")
    desk.set_up.profile(path.read_text(encoding="utf-8"), path.name)
    for route in desk.book.school().procedure.routes:
        if route.id == REVIEW:
            continue  # played with two people by the rehearsal
        kind = about(route.id)
        strand = begun(stage, About(kind=kind), triage=all_no(kind)).strand
        case = desk.work.choose_route(strand, route.id, "as the policy says")
        played = Played(desk, strand)
        for step in route.steps:
            seen = next(one for one in steps_of(case, route) if one.step.id == step.id)
            if seen.state in SETTLED or step.done is Fact.CLOSED:
                continue
            assert not seen.waits_for, (route.id, step.id, seen.waits_for)
            played.take(step)
            case = desk.book.load(strand)
            after = next(one for one in steps_of(case, route) if one.step.id == step.id)
            assert after.state in SETTLED, (route.id, step.id)
        closed = desk.work.close(strand, outcome="support", retention="transferred", reason="done")
        assert closed.closed, route.id


def test_a_case_is_not_closed_while_a_step_that_protects_is_open(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage, About(kind=SubjectKind.PUPIL)).strand
    desk.work.choose_route(strand, "youth-imagery", "a picture may be in it")
    with pytest.raises(ProcedureError):
        desk.work.close(strand, outcome="support", retention="child", reason="")


def test_a_search_that_may_have_brought_up_a_picture_stops_the_case_first(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage, About(kind=SubjectKind.PUPIL)).strand
    found = wider.SearchRecorded(at=AT, place="office", pupil="somebody", grounds="made up", searched_by="Head",
                                 authority=wider.Authority.STATUTORY, suspected_picture="not_sure")  # fmt: skip
    case = desk.work.note(strand, found)
    assert case.grade is Grade.STOP_IMAGES
    assert case.told(wider.SearchRecorded)


def test_the_route_that_fits_is_advised_with_its_reason(stage):
    desk = stage.sign_in("dsl")
    told = begun(stage, About(kind=SubjectKind.PUPIL))
    advised = desk.work.route_advised(told.strand)
    assert advised is not None
    assert advised.because
