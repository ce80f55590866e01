"""The profile's route read anew from its file, with rules of its own: what must be done before who may do what."""

import tomllib
from typing import ClassVar

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
    SightingRecorded,
    StepSkipped,
    TriageAnswered,
)
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import PersonLinked, SignedOff
from dsl_desk.domain.words import Grade
from dsl_desk.paths import resources

ROUTE = tomllib.loads((resources() / "policies" / "secondary-2021.toml").read_text(encoding="utf-8"))["routes"][0]


class Route:
    """Says of each judgement, signature and look whether anything before it was open."""

    STEP_OF: ClassVar[dict[type, str]] = {
        Judged: "judge", SignedOff: "sign", ReviewOpened: "look", ReviewResumed: "look", SightingRecorded: "look",
    }  # fmt: skip

    def __init__(self):
        self.steps = {step["id"]: step for step in ROUTE["steps"]}

    def before(self, step):
        """Every step that stands before one, however far."""
        found, waiting = set(), set(self.steps[step].get("needs", ()))
        while waiting:
            found |= waiting
            waiting = {further for name in waiting for further in self.steps[name].get("needs", ())} - found
        return found

    def check(self, case, data, role):
        step = self.STEP_OF.get(type(data))
        if step is None:
            return
        assert role in self.steps[step]["by"]
        for name in self.before(step):
            if self.applies(case, name) and not self.skipped(case, name):
                assert getattr(self, self.steps[name]["done"])(case), f"{step} while {name} is open"

    def applies(self, case, name):
        holds = {
            "not_stopped": case.grade is Grade.OPEN, "looking_done": bool(case.told(ReviewOpened)), "always": True,
        }  # fmt: skip
        return all(holds[condition] for condition in self.steps[name].get("when", ("always",)))

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
