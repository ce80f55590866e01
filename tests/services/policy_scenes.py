"""One made-up school under each of the five profiles, and the short ways its people go; shared by tests of policies."""

import msgspec

from dsl_desk.domain.case import Offered, StopAnswer
from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, Intake, Judgement
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CallLogged, ReferralMade
from dsl_desk.domain.procedure import StepState, steps_of
from dsl_desk.domain.triage import Answers, Question, needed_questions
from dsl_desk.domain.words import AccountId, Answer, SubjectKind
from dsl_desk.store.values import Source
from tests.services.random_wider import AT, WiderWorld

PREP, FIRST, SECONDARY, FEDERATION, LATEST = ALL = (
    "independent-prep-2023", "primary-2023", "secondary-2021", "federation-2019", "primary-2024",
)  # fmt: skip
REVIEW = "device-or-site-review"
LOOKING_IN_SCHOOL = {FIRST, SECONDARY}
"""Whose policies describe a check of devices or sites in school."""
PAIR = ("dsl", "deputy")


class Scene(WiderWorld):
    """The same world without chance: what people do is said by the test."""

    def __init__(self, keys, profile):
        super().__init__(keys, 0, profile)
        self.sign_in("dsl")

    @property
    def policy(self):
        return self.school.procedure

    def answer(self, about=SubjectKind.PUPIL, **given):
        """Answer triage; every other question "no" (2b "yes")."""
        told = dict.fromkeys(needed_questions(about), Answer.NO)
        if Question.LOW_LEVEL in told:
            told[Question.LOW_LEVEL] = Answer.YES
        told |= {Question(key.removeprefix("q")): answer for key, answer in given.items()}
        return self.triage.answer(self.strand, Answers(about=about, given=told, words={}))

    def on(self, route, **given):
        """Triage answered and that route followed."""
        self.answer(**given)
        self.work.choose_route(self.strand, route, "as the policy says")
        return self

    def state(self, step):
        """How a step of the followed route stands."""
        return next(one.state for one in steps_of(self.case, self.route) if one.step.id == step)

    def step(self, step):
        return next(one for one in self.route.steps if one.id == step)

    def must(self, route):
        """Ids of the steps of a route that nobody can leave out."""
        return {step.id for step in self.policy.route(route).steps if not step.skippable}

    def name_both(self, *names):
        for name in names or PAIR:
            self.review.name_reviewer(self.strand, name)

    def name_a_device(self, **more):
        device = DeviceNamed(make="Plainbook", serial="1", location="office", state="off", this_laptop=False)
        self.review.name_device(self.strand, msgspec.structs.replace(device, **more))

    def ready(self, *, access=True):
        """Everything before looking."""
        self.answer()
        self.name_both()
        self.name_a_device()
        if access:
            self.review.record_access(self.strand, AccessRecorded(access="filtered", granted_by="somebody"))
        self.review.record_purpose(self.strand, PurposeRecorded(reason="made up", purpose="made up"))
        for name in PAIR:
            self.review.declare(self.strand, self.signer(name))
        return self

    def open(self):
        self.review.open(self.strand, present=("Made Up Dsl", "Made Up Deputy"), place="office")
        return self

    def looking(self):
        return self.ready().open()

    def see(self, address="https://made-up.invalid", seen="a list", concern="what it offers", answer=Answer.NO):
        told = tuple(StopAnswer(account=AccountId(name), name=name, answer=answer) for name in PAIR)
        return self.review.record_sighting(
            self.strand, address=address, seen=seen, concern=concern, reason_to_stop=told
        )

    def bring(self, intake=Intake.SUPPLIED, answer=Answer.NO):
        names = ("dsl",) if intake is Intake.SUPPLIED else PAIR
        offered = Offered(
            intake=intake, description="made up", source="made up", method="made up", supplied_by="somebody",
            stop_answers=tuple(StopAnswer(account=AccountId(name), name=name, answer=answer) for name in names),
        )  # fmt: skip
        return self.exhibits.take_in(self.strand, offered, [Source.from_bytes("made-up.png", b"made up")])

    def judged(self):
        self.looking()
        self.see()
        for name in PAIR:
            self.review.finish(
                self.strand, self.signer(name), access_withdrawn=True, device_locked_away=True, times_right=True
            )
        for name in PAIR:
            self.sign_in(name)
            self.judgement.judge(self.strand, Judgement.SUBSTANCE, f"as seen by {name}")
        self.judgement.conclude(self.strand, "There is substance.")
        return self

    def refer_to(self, agency):
        return self.referral.refer(
            self.strand,
            ReferralMade(to=agency, reason="made up", threshold="made up", decided_at=AT, sent_at=AT, referred_by="x"),
        )

    def rung(self, agency=Agency.POLICE):
        """Somebody there answered."""
        call = CallLogged(to="somebody", at=AT, outcome=CallOutcome.ANSWERED, agency=agency)
        return self.work.log_call(self.strand, call)

    def advised(self, agency=Agency.POLICE, effect=Effect.DESTROY, reference="LOG-1"):
        """Advice on record; its place in the case."""
        said = AdviceRecorded(who="Demo Officer", at=AT, words="As said.", agency=agency, effect=effect,
                              reference=reference)  # fmt: skip
        return self.advice.record(self.strand, said).last

    def leave_out(self, *steps):
        """Leave steps out with a reason; without names every open one that may be."""
        for seen in steps_of(self.case, self.route):
            wanted = seen.step.id in steps if steps else seen.step.skippable
            if wanted and seen.state not in (StepState.DONE, StepState.DOES_NOT_APPLY) and seen.step.id != "close":
                self.work.skip(self.strand, self.route.id, seen.step.id, "made up")

    def end(self, retention="child"):
        return self.work.close(self.strand, outcome="support", retention=retention, reason="")


def column(scene, **of):
    """What the table says of this school's profile; p000 to p004 are the policies by number."""
    return of[f"p{ALL.index(scene.profile):03}"]
