"""What no sequence of acts ever reaches, whoever tries, and whatever a journal claims (issue: property tests)."""

from __future__ import annotations

import random  # noqa: TID251 - a test's walk must repeat from its seed
from collections.abc import Callable, Iterator
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import (
    AdviceApplied,
    ExhibitAdded,
    ExhibitDestroyed,
    Halted,
    LaptopResumed,
    ReviewFinished,
    ReviewOpened,
    TriageAnswered,
)
from dsl_desk.domain.case_words import Agency, Decision, Effect, Intake, Judgement, PersonRole
from dsl_desk.domain.errors import DslDeskError, HaltedError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CaseClosed, PersonLinked, SignedOff
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import Actor
from dsl_desk.domain.words import Answer, Grade, PackKind, SubjectKind
from tests.builders import (
    CODES,
    DEPUTY,
    DSL,
    HEAD,
    SENIOR,
    CaseBuilder,
    answers,
    device,
    no_from,
    offered,
    purpose,
    recorded,
    renamed,
    taken,
)

TWIN = renamed(DSL, "7")
PEOPLE = (DSL, SENIOR, HEAD, DEPUTY, TWIN)
PERSON = {who.account: who.person for who in (*PEOPLE, CODES)}
Made = tuple[EntryData, tuple[Actor, ...]]


class Chance:
    """One random walk: a few kinds of act, by random people, through the case or straight into the journal."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.book = CaseBuilder()
        self.chosen = self.acts()
        start = self.pick.randrange(5)
        if start == 1:
            self.book.ready()
        elif start == 2:
            self.book.looking()
            self.book.exhibit()
        elif start == 3:
            self.book.concluded()
        elif start == 4:
            self.book.signed()

    @property
    def case(self) -> Case:
        return self.book.case

    def who(self) -> Actor:
        likely = [who for who in PEOPLE if self.case.is_reviewer(who.account)]
        return self.pick.choice(likely if likely and self.pick.random() < 0.5 else PEOPLE)

    def grade(self) -> Grade:
        return self.pick.choice(list(Grade))

    def mark(self) -> str:
        return self.pick.choice([exhibit.mark for exhibit in self.case.exhibits] or ["AQ/1"])

    def at(self, kind: type[EntryData]) -> int:
        return self.pick.choice([told.at for told in self.case.told(kind)] or [0])

    def acts(self) -> list[Callable[[], Made]]:
        """One or two bundles of acts that belong together, and forgery."""
        bundles = [
            [self.halt, self.triage, self.advise, self.apply, self.apply],
            [self.halt, self.triage, self.mistake, self.mistake, self.reviewer],
            [self.sign] * 8 + [self.link, self.purpose],
            [self.reviewer, self.device, self.purpose, self.declare, self.open_review, self.pause, self.resume],
            [self.sight, self.take_in, self.finish, self.judge, self.conclude],
            [self.laptop, self.destroy, self.advise, self.pack, self.close, self.reopen],
        ]
        first, second = self.pick.sample(bundles, k=2)
        return [*first, *(second if self.pick.random() < 0.6 else ()), self.forged]

    def triage(self) -> Made:
        by = self.who()
        worst = {f"q{self.pick.choice(['1', '3', '4', '5a', '6'])}": self.pick.choice(list(Answer))}
        return self.case.answer_triage(by, answers(self.pick.choice(list(SubjectKind)), **worst), "1"), (by,)

    def halt(self) -> Made:
        by = self.who()
        return self.case.halt(by, self.grade()), (by,)

    def link(self) -> Made:
        by, who = self.who(), self.who()
        link = PersonLinked(person=who.person, role=self.pick.choice(list(PersonRole)), kind=SubjectKind.STAFF,
                            account=self.pick.choice(["", who.account]))  # fmt: skip
        return self.case.link_person(by, link), (by,)

    def reviewer(self) -> Made:
        by = self.who()
        place = self.pick.choice([None, 1, 2])
        return self.case.name_reviewer(by, self.who(), position="Senior", place=place, reason="needed"), (by,)

    def device(self) -> Made:
        by = self.who()
        return self.case.name_device(by, device(this_laptop=self.pick.random() < 0.3)), (by,)

    def purpose(self) -> Made:
        by = self.who()
        return self.case.record_purpose(by, purpose()), (by,)

    def declare(self) -> Made:
        by = self.who()
        return self.case.declare(by, "I know of nothing"), (by,)

    def open_review(self) -> Made:
        by = self.who()
        return self.case.open_review(by, present=("Ada", "Edie"), place="Room 4"), (by,)

    def pause(self) -> Made:
        by = self.who()
        return self.case.pause(by, "tea"), (by,)

    def resume(self) -> Made:
        by = self.who()
        return self.case.resume(by, present=("Ada", "Edie")), (by,)

    def finish(self) -> Made:
        by = self.who()
        return self.case.finish_review(by, access_withdrawn=True, device_locked_away=True, times_right=True), (by,)

    def sight(self) -> Made:
        by, said = self.who(), no_from(self.who(), self.who(), answer=self.pick.choice(list(Answer)))
        return self.case.record_sighting(by, address="a.invalid", seen="x", concern="y", reason_to_stop=said), (by,)

    def take_in(self) -> Made:
        by = self.who()
        said = no_from(by, self.who(), self.who(), answer=self.pick.choice([Answer.NO, Answer.NO, Answer.YES]))
        mark = self.case.next_mark(by.name, by.person)
        return self.case.add_exhibit(by, offered(self.pick.choice(list(Intake)), said), taken(mark, by)), (by,)

    def judge(self) -> Made:
        by = self.who()
        return self.case.judge(by, self.pick.choice(list(Judgement)), "reasons"), (by,)

    def conclude(self) -> Made:
        by = self.who()
        return self.case.conclude(by, "conclusion", disagreement="differ"), (by,)

    def sign(self) -> Made:
        covers = self.case.sign_off_state().covers or self.case.last
        by, text = self.who(), self.pick.choice("1112") * 64
        return self.case.sign_off(by, covers=covers, sign_off=text, p7s="2", form="3"), (by,)

    def advise(self) -> Made:
        by = self.who()
        said = AdviceRecorded(
            who="Officer 12", at="now", words="words",
            agency=self.pick.choice([Agency.POLICE, Agency.LADO, Agency.IWF]),
            effect=self.pick.choice([Effect.SCHOOL_MAY_PROCEED, Effect.HOLD_OFF, Effect.DESTROY]), reference="LOG-1",
            exhibits=self.pick.choice([(), (self.mark(),)]),
        )  # fmt: skip
        return self.case.record_advice(by, said), (by,)

    def pair(self) -> tuple[Actor, Actor]:
        return self.who(), self.pick.choice((*PEOPLE, CODES))

    def apply(self) -> Made:
        by, second = self.pair()
        return self.case.apply_advice(by, second, advice=self.at(AdviceRecorded), reason="advised"), (by, second)

    def mistake(self) -> Made:
        by, second = self.pair()
        return self.case.undo_mistaken_halt(by, second, "elbow"), (by, second)

    def laptop(self) -> Made:
        by, second = self.pair()
        return self.case.resume_laptop(by, second, reason="police", police_advised=True), (by, second)

    def destroy(self) -> Made:
        by, second = self.pair()
        entry = self.case.destroy_exhibit(
            by, second, mark=self.mark(), advice=self.at(AdviceRecorded), reference="LOG-1", method="key destroyed"
        )
        return entry, (by, second)

    def pack(self) -> Made:
        by = self.who()
        return self.case.start_pack(by, self.pick.choice(list(PackKind)), medium="usb", recipient="police"), (by,)

    def close(self) -> Made:
        by = self.who()
        return self.case.close_case(by, outcome="support", retention="child", unfinished=()), (by,)

    def reopen(self) -> Made:
        by = self.who()
        return self.case.reopen(by, "again"), (by,)

    def forged(self) -> Made:
        """What the procedure never decides on, written into the journal all the same, by anybody."""
        marks = tuple(exhibit.mark for exhibit in self.case.exhibits)
        advice, covers = self.at(AdviceRecorded), self.case.last
        held = self.case.told(ExhibitAdded)
        by = tuple(self.pick.choices((*PEOPLE, CODES), k=self.pick.choice([0, 1, 1, 2, 3])))
        lies: list[EntryData] = [
            AdviceApplied(reason="x", grade_after=Grade.OPEN, advice=advice, exhibits=marks),
            AdviceApplied(reason="x", grade_after=Grade.OPEN, mistake=True, answers=(1, 2)),
            SignedOff(decision=Decision.AGREE, sign_off="1" * 64, p7s="2", form="3", covers=covers),
            ReviewOpened(no=9, present=("x", "y"), place="x", this_laptop=False),
            ReviewFinished(no=1, access_withdrawn=True, device_locked_away=True, times_right=True),
            LaptopResumed(reason="x", police_advised=True),
            ExhibitDestroyed(mark=self.mark(), advice=advice, reference="x", method="x"),
            CaseClosed(outcome="x", retention="x"),
            Halted(grade=Grade.OPEN, adds_to=covers),
            *(told.data for told in held[:1]),
        ]
        return self.pick.choice(lies), by

    def walk(self, steps: int) -> Iterator[tuple[Case, Case, Made]]:
        """Try so many acts; each that is allowed, with the case before and after it."""
        for _ in range(steps):
            before = self.case
            act = self.pick.choice(self.chosen)
            try:
                made = act()
            except DslDeskError:
                continue
            self.book.case = before.apply(recorded(before.last + 1, made[0], *made[1]))
            yield before, self.case, made


def never(before: Case, after: Case, made: Made) -> None:
    entry, by = made
    accounts = [who.account for who in by]
    if after.grade is Grade.STOP_IMAGES:
        for exhibit in after.exhibits:
            with pytest.raises(HaltedError):
                after.reachable(exhibit.mark)
        assert after.pack_kinds() == (PackKind.STOPPED,)
    if after.is_stopped:
        assert after.session is None
        assert PackKind.SIGNED_OFF not in after.pack_kinds()
    released = {e.mark for e in before.quarantined()} - {e.mark for e in after.quarantined()}
    if after.grade.rank < before.grade.rank or (released and not isinstance(entry, ExhibitDestroyed)):
        assert isinstance(entry, AdviceApplied)
        assert len(accounts) == len(set(accounts)) == 2
        assert not {r.account for r in before.reviewers} >= set(accounts)
        assert not set(accounts) & before.subject_accounts
        assert_grounds_for(before, entry)
    if before.laptop_stopped and not after.laptop_stopped:
        assert isinstance(entry, LaptopResumed)
        assert len(set(accounts)) == 2
    if after.sign_off_state().is_valid:
        signers = [signature.account for signature in after.sign_off_state().signatures]
        assert len({PERSON[account] for account in signers}) == 2
        assert not {PERSON[account] for account in signers} & after.subjects
        assert not set(signers) & after.subject_accounts


def assert_grounds_for(before: Case, entry: AdviceApplied) -> None:
    if entry.mistake:
        own = {told.by for told in before.told(TriageAnswered) if told.data.grade.rank < before.grade.rank}
        assert {(reviewer.account,) for reviewer in before.reviewers} <= own
        assert len(before.reviewers) == 2
        return
    advice = next(told for told in before.told(AdviceRecorded) if told.at == entry.advice)
    assert advice.data.effect is Effect.SCHOOL_MAY_PROCEED
    allowed = {Agency.POLICE} if before.grade is Grade.STOP_IMAGES else {Agency.POLICE, Agency.LADO}
    assert advice.data.agency in allowed
    assert advice.at > max(ground.at for ground in before.grounds if ground.grade is before.grade)


@settings(max_examples=60)
@given(st.integers(0, 2**63))
def test_no_sequence_of_acts_passes_a_stop_or_signs_alone(seed):
    for before, after, made in Chance(seed).walk(40):
        never(before, after, made)


@pytest.mark.heavy
def test_ten_thousand_sequences_pass_no_stop(heavy):
    reached: dict[str, int] = {}
    for seed in range(heavy(300, 10_000)):
        chance = Chance(seed)
        for before, after, made in chance.walk(40):
            never(before, after, made)
            if after.grade.rank < before.grade.rank:
                reached["fell"] = reached.get("fell", 0) + 1
            if after.sign_off_state().is_valid and not before.sign_off_state().is_valid:
                reached["signed"] = reached.get("signed", 0) + 1
        assert reduce(Case.apply, chance.case.entries, Case()) == chance.case
    assert {"fell", "signed"} <= set(reached), "the walks must get far enough to mean something"
