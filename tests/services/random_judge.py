"""Reads a journal with rules of its own, and says what must never be in it."""

from dsl_desk.domain.case_entries import (
    AdviceApplied,
    ExhibitAdded,
    ExhibitDestroyed,
    ExhibitRedacted,
    Halted,
    ReviewOpened,
    ReviewResumed,
    SightingRecorded,
    TriageAnswered,
)
from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, Intake
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    CaseClosed,
    InformationShared,
    PackStarted,
    ReplyReceived,
)
from dsl_desk.domain.wider_entries import DeletionRecorded, ItemReleased, Release
from dsl_desk.domain.words import Grade, PackKind
from tests.services.random_world import PEOPLE
from tests.services.route_rules import Route

REACHED = (
    "stopped", "fell", "looked", "signed", "opened", "closed", "packed", "shared", "destroyed", "deleted", "barred",
    "handed over while stopped",
)  # fmt: skip


class Judge:
    """Reads the journal with rules of its own, entry by entry, and says what must never be in it."""

    PERMITTING = (Effect.CONTINUE, Effect.SCHOOL_MAY_PROCEED)
    LOWER = (Agency.POLICE, Agency.LADO, Agency.SOCIAL_CARE, Agency.EDUCATION_SAFEGUARDING)

    def __init__(self, profile="secondary-2021"):
        self.read, self.route = 0, Route(profile)
        self.reached = dict.fromkeys(REACHED, 0)

    def person(self, account):
        return PEOPLE[account][0] if account in PEOPLE else account

    def watch(self, before, world):
        case = world.case
        for entry in case.entries[self.read :]:
            after = before.apply(entry)
            self.entry(before, after, entry)
            before = after
        self.read = len(case.entries)
        state = case.sign_off_state()
        if state.is_valid:
            self.reached["signed"] += 1
            people = {self.person(signature.account) for signature in state.signatures}
            assert len(people) == 2
            assert not people & case.subjects
            assert not {signature.account for signature in state.signatures} & case.subject_accounts
            assert not [at for at in case.substance if at > state.covers]

    def entry(self, before, after, entry):
        data, by = entry.payload.data, entry.payload.by
        self.route.check(before, data, PEOPLE[by[0]][1] if by[0] in PEOPLE else "")
        match data:
            case TriageAnswered() | Halted():
                assert after.grade.rank >= before.grade.rank
                self.reached["stopped"] += after.grade.rank > before.grade.rank
            case ReviewOpened() | ReviewResumed() | SightingRecorded():
                assert before.grade is Grade.OPEN
                self.reached["looked"] += 1
            case ExhibitAdded():
                assert before.grade is not Grade.STOP_IMAGES
                assert before.grade is Grade.OPEN or data.intake is Intake.SUPPLIED
                assert "viewing" not in {step["done"] for step in self.route.followed(before)["steps"]}
            case _:
                self.leaving(before, data, by)
        if after.grade.rank < before.grade.rank:
            self.reached["fell"] += 1
            assert isinstance(data, AdviceApplied)
            people = {self.person(account) for account in by}
            assert len(people) == 2
            assert people - {reviewer.person for reviewer in before.reviewers}
            assert not people & before.subjects
            if not data.mistake:
                advice = next(told.data for told in before.told(AdviceRecorded) if told.at == data.advice)
                assert advice.effect in self.PERMITTING
                allowed = (Agency.POLICE,) if before.grade is Grade.STOP_IMAGES else self.LOWER
                assert advice.agency in allowed

    def leaving(self, before, data, by):
        """What leaves the school, is destroyed, given back or ended."""
        match data:
            case ExhibitRedacted():
                assert before.grade is Grade.OPEN
            case PackStarted():
                assert (data.contents is PackKind.STOPPED) is (before.grade is Grade.STOP_IMAGES)
                self.reached["packed"] += 1
                self.reached["handed over while stopped"] += before.grade is Grade.POLICE_FIRST
                assert data.recipient in ("police", "social_care", "lado") or self.may_tell_others(before)
            case InformationShared() if data.shared:
                self.reached["shared"] += 1
                assert data.police_asked_first is True or self.may_tell_others(before)
                assert data.channel
            case ExhibitDestroyed() | DeletionRecorded():
                self.destroying(before, data, by)
            case ItemReleased():
                assert data.to is Release.POLICE or before.grade is Grade.OPEN
            case CaseClosed():
                self.reached["closed"] += 1
            case _:
                pass

    def may_tell_others(self, case):
        """Whether the case is not stopped, or somebody who looks into such things was heard."""
        heard = case.told(AdviceRecorded) or case.told(ReplyReceived)
        rung = any(told.data.outcome is CallOutcome.ANSWERED for told in case.told(CallLogged))
        return case.grade is Grade.OPEN or bool(heard) or rung

    def destroying(self, before, data, by):
        """Only on the police's own words, with their reference; what the desk holds by two people and by its mark."""
        advice = next(told.data for told in before.told(AdviceRecorded) if told.at == data.advice)
        assert advice.agency is Agency.POLICE
        assert advice.reference
        if isinstance(data, ExhibitDestroyed):
            self.reached["destroyed"] += 1
            assert data.mark in advice.exhibits
            assert advice.effect is Effect.DESTROY
            assert len({self.person(account) for account in by}) == 2
        else:
            self.reached["deleted"] += 1
            assert advice.effect in (Effect.DESTROY, Effect.SCHOOL_MAY_PROCEED)
            assert data.deleted_by != data.witnessed_by
