"""The profile's routes read anew from their file, with rules of their own: what must be done before who may do what."""

import functools
import tomllib
from typing import ClassVar

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_entries import (
    AccessRecorded,
    ActionDecided,
    Declared,
    DeviceNamed,
    Judged,
    PurposeRecorded,
    ReviewerNamed,
    ReviewFinished,
    ReviewOpened,
    ReviewResumed,
    RouteChosen,
    SightingRecorded,
    StepSkipped,
    TriageAnswered,
)
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseClosed,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    HoldBackSet,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
    ReferralDeclined,
    ReferralMade,
    SignedOff,
    SupportOffered,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import Grade, SubjectKind
from dsl_desk.paths import resources

REVIEW = "device-or-site-review"
WORKERS = {SubjectKind.STAFF, SubjectKind.HEADTEACHER, SubjectKind.DSL, SubjectKind.CHAIR, SubjectKind.DESK_USER}
EVIDENCE: dict[str, tuple[type[EntryData], ...]] = {
    "device_secured": (DeviceSecured,), "hold_back": (HoldBackSet,), "child_voice": (ChildVoiceRecorded,),
    "parents": (ParentsInformed,), "main_system": (ExternalLogMade,), "lessons": (LessonRecorded,),
    "called": (CallLogged,), "risk": (wider.RiskAssessed,), "support": (SupportOffered,), "ages": (wider.AgesAsked,),
    "viewing": (wider.ViewingDecided,), "deletion": (wider.DeletionRecorded,), "search": (wider.SearchRecorded,),
    "released": (wider.ItemReleased,), "measure": (wider.MeasureTaken,), "takedown": (wider.TakedownAsked,),
    "preservation": (wider.PreservationAsked,), "sanction": (wider.SanctionRecorded,),
    "somebody_told": (wider.SomebodyTold,), "threshold": (wider.ThresholdDecided,), "feedback": (FeedbackGiven,),
    "acknowledged": (wider.AcknowledgementGiven,), "debrief": (wider.DebriefHeld,),
    "handling": (wider.HandlingReviewed,), "welfare": (wider.WelfareAsked,), "triage": (TriageAnswered,),
    "duty_referral": (wider.DutyReferralDecided,), "referral": (ReferralMade, ReferralDeclined),
}  # fmt: skip
"""What stands in the journal where a step was taken."""


@functools.cache
def routes_of(profile):
    """Every route of a profile by its id, as the file has it."""
    text = (resources() / "policies" / f"{profile}.toml").read_text(encoding="utf-8")
    return {route["id"]: route for route in tomllib.loads(text)["routes"]}


class Route:
    """Says of each judgement, signature, look and end whether anything before it was open."""

    STEP_OF: ClassVar[dict[type, str]] = {
        Judged: "judge", SignedOff: "sign", ReviewOpened: "look", ReviewResumed: "look", SightingRecorded: "look",
    }  # fmt: skip

    def __init__(self, profile="secondary-2021"):
        self.routes = routes_of(profile)
        self.steps = {step["id"]: step for step in self.routes.get(REVIEW, {"steps": ()})["steps"]}

    def followed(self, case):
        """The route that a case follows: the one chosen last, or the profile's first."""
        chosen = case.told(RouteChosen)
        return self.routes[chosen[-1].data.route] if chosen else next(iter(self.routes.values()))

    def before(self, step):
        """Every step that stands before one, however far."""
        found, waiting = set(), set(self.steps[step].get("needs", ()))
        while waiting:
            found |= waiting
            waiting = {further for name in waiting for further in self.steps[name].get("needs", ())} - found
        return found

    def check(self, case, data, role):
        step = self.STEP_OF.get(type(data))
        if isinstance(data, CaseClosed):
            self.closing(case)
        if step is None:
            return
        assert self.followed(case)["id"] == REVIEW, "looking, judging or signing on a route without it"
        assert role in self.steps[step]["by"]
        for name in self.before(step):
            if self.applies(case, name) and not self.skipped(case, name):
                assert getattr(self, self.steps[name]["done"])(case), f"{step} while {name} is open"

    def closing(self, case):
        """No case closes with an unreasoned gap: each step that applies was taken, or left out with words."""
        assert case.told(ReferralMade) or case.told(ReferralDeclined), "closed without a word on referring"
        for step in self.followed(case)["steps"]:
            if step["done"] == "closed" or not self.holds(case, step):
                continue
            left_out = step.get("skippable", True) and any(
                told.data.step == step["id"] and told.data.reason.strip() for told in case.told(StepSkipped)
            )
            assert left_out or self.taken(case, step), f"closed with a gap at {step['id']}"

    def taken(self, case, step):
        """Whether the journal shows that a step was taken."""
        kinds = EVIDENCE.get(step["done"])
        if kinds is None:
            return getattr(self, step["done"], lambda _: True)(case)
        found = [told.data for kind in kinds for told in case.told(kind)]
        wanted = step.get("agency")
        return any(wanted is None or getattr(data, "to" if step["done"] == "referral" else "agency").value == wanted
                   for data in found)  # fmt: skip

    def applies(self, case, name):
        return self.holds(case, self.steps[name])

    def holds(self, case, step):
        """Whether a step is one of this case."""
        kinds = case.subject_kinds
        pupils = any(told.data.kind is SubjectKind.PUPIL for told in case.told(PersonLinked))
        holds = {
            "not_stopped": case.grade is Grade.OPEN, "looking_done": bool(case.told(ReviewOpened)), "always": True,
            "stopped": case.grade is not Grade.OPEN, "about_pupil": SubjectKind.PUPIL in kinds,
            "about_worker": bool(kinds & WORKERS), "device_held": bool(case.told(DeviceSecured)),
            "child_involved": pupils or not kinds or not kinds <= WORKERS | {SubjectKind.OTHER_ADULT},
            "adult_involved": any(told.data.adult_involved != "no" for told in case.told(wider.AgesAsked)),
        }  # fmt: skip
        return all(holds[condition] for condition in step.get("when", ("always",)))

    def skipped(self, case, name):
        return self.steps[name].get("skippable", True) and any(
            told.data.step == name and told.data.reason.strip() for told in case.told(StepSkipped)
        )

    def subject(self, case):
        named = any(told.data.role is PersonRole.SUBJECT for told in case.told(PersonLinked))
        return named or bool(case.told(TriageAnswered))

    def triage(self, case):
        return bool(case.told(TriageAnswered))

    def two_reviewers(self, case):
        return len({reviewer.person for reviewer in case.reviewers}) == 2

    def device_named(self, case):
        return bool(case.told(DeviceNamed))

    def access(self, case):
        return bool(case.told(AccessRecorded))

    def purpose(self, case):
        return bool(case.told(PurposeRecorded))

    def both_declared(self, case):
        purposes = [told.at for told in case.told(PurposeRecorded)]
        return bool(purposes) and all(
            any(
                told.by == (reviewer.account,) and told.at > max(purposes[-1], reviewer.named_at, case.opened_again_at)
                for told in case.told(Declared)
            )
            for reviewer in case.reviewers
        )

    def looked(self, case):
        finished = {told.data.no for told in case.told(ReviewFinished)}
        return bool(finished) and case.session is None

    def finished_by_both(self, case):
        said = {(told.data.no, told.by[0]) for told in case.told(ReviewFinished)}
        named = case.told(ReviewerNamed)
        for opened in case.told(ReviewOpened):
            there = {one.data.place: one.data.account for one in named if one.at < opened.at}
            for reviewer in case.reviewers:
                ended = any(no == opened.data.no for no, _ in said)
                if ended and reviewer.account in there.values() and (opened.data.no, reviewer.account) not in said:
                    return False
        return bool(said)

    def both_judged(self, case):
        since = max([0, *(told.at for told in case.told(ReviewOpened))])
        judged = {told.by[0] for told in case.told(Judged) if told.at > since}
        return len(case.reviewers) == 2 and {reviewer.account for reviewer in case.reviewers} <= judged

    def action(self, case):
        return bool(case.told(ActionDecided))
