"""Short scenes that many tests begin with, all made up."""

from dsl_desk.domain.case import Offered
from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Intake, Judgement
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from dsl_desk.domain.words import Answer, SubjectKind
from dsl_desk.rehearsal.lines import all_no, both_say
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.store.values import Source

PAIR = ("dsl", "deputy")
ROUTE = "device-or-site-review"


def concern(summary="A made-up concern"):
    return ConcernRecorded(
        occurred_at="unknown",
        reported_at="2026-11-20T10:00:00+00:00",
        reporter="staff",
        reported_to="the DSL",
        summary=summary,
        categories=("other",),
        suspected=Answer.NO,
        immediate_action="Nobody in danger.",
    )


def begun(stage, about=None, triage=None, people=(), summary="A made-up concern"):
    """A case that was just begun by whoever is signed in."""
    about = about or About(kind=SubjectKind.PUPIL)
    answers = triage if triage is not None else all_no(about.kind)
    return stage.desk.concern.begin(NewConcern(about=about, concern=concern(summary), people=people, triage=answers))


def ready_to_look(stage, pair=PAIR, *, this_laptop=False):
    """A case in which everything before looking is done."""
    strand = begun(stage).strand
    review = stage.desk.review
    for name in pair:
        review.name_reviewer(strand, stage.accounts[name])
    review.name_device(
        strand,
        DeviceNamed(make="Made Up", serial="1", location="office", state="off", this_laptop=this_laptop),
    )
    review.record_access(strand, AccessRecorded(access="filtered", granted_by="somebody"))
    review.record_purpose(strand, PurposeRecorded(reason="report", purpose="to see what is offered"))
    for name in pair:
        review.declare(strand, stage.proves(name))
    return strand


def looking(stage, pair=PAIR, *, this_laptop=False):
    """A case with an open session."""
    strand = ready_to_look(stage, pair, this_laptop=this_laptop)
    names = tuple(stage.cast.played[name].name for name in pair)
    stage.desk.review.open(strand, present=names, place="office")
    return strand


def sighting(stage, strand, pair=PAIR, answer=Answer.NO):
    return stage.desk.review.record_sighting(
        strand,
        address="https://made-up.example.invalid/page",
        seen="a list",
        concern="what it offers",
        reason_to_stop=both_say(stage, pair, answer),
    )


def offered(stage, intake=Intake.SUPPLIED, pair=("dsl",), answer=Answer.NO, **more):
    return Offered(
        intake=intake,
        description="A made-up page",
        source="handed in",
        method="copied once",
        stop_answers=both_say(stage, pair, answer),
        supplied_by="somebody",
        **more,
    )


def picture(stage, name="trading-page.png"):
    return Source.from_path(stage.cast.file(name))


def judged(stage, pair=PAIR):
    """A case that waits for its two signatures, with one exhibit in it."""
    strand = looking(stage, pair)
    sighting(stage, strand, pair)
    stage.desk.exhibits.take_in(strand, offered(stage, Intake.CAPTURE, pair), [picture(stage)])
    for name in pair:
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    for name in pair:
        stage.sign_in(name).judgement.judge(strand, Judgement.SUBSTANCE, f"as seen by {name}")
    stage.desk.judgement.conclude(strand, "There is substance.")
    act(stage, strand)
    return strand


def act(stage, strand):
    return stage.desk.judgement.decide_action(strand, action="a talk", who="DSL", by_when="Friday", reason="now")


def signed(stage, pair=PAIR):
    """A case that both have signed."""
    strand = judged(stage, pair)
    for name in pair:
        sign(stage, strand, name)
    return strand


def closable(stage, pair=PAIR):
    """A case that both have signed and in which every other step is left out with a reason."""
    strand = judged(stage, pair)
    for step in ("secure", "hold-back", "child", "parents", "main-system"):
        stage.desk.work.skip(strand, ROUTE, step, "made up")
    for name in pair:
        sign(stage, strand, name)
    return strand


def sign(stage, strand, name):
    sign_off = stage.desk.sign_off
    return sign_off.sign(strand, sign_off.prepare(strand, stage.accounts[name]), stage.proves(name))
