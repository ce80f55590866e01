"""Builders of made-up people, moments and cases for tests; nobody in here exists."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TypeVar

from dsl_desk.domain.case import Case, Offered, Recorded, StopAnswer, TakenIn, open_case
from dsl_desk.domain.case_entries import BOOK, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, Effect, Intake, Judgement, PersonRole
from dsl_desk.domain.follow_up_entries import AdviceRecorded, ConcernRecorded, PersonLinked
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData, encode_payload
from dsl_desk.domain.people import BY_CODES, Actor, SchoolPeople
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.policy_values import Profile
from dsl_desk.domain.triage import Answers, Question, needed_questions
from dsl_desk.domain.words import (
    AccountId,
    Answer,
    BlobId,
    CaseRef,
    DeviceId,
    Digest,
    Mark,
    PersonId,
    Role,
    SessionId,
    SubjectKind,
)

V = TypeVar("V")

PROFILE_FILE = Path(__file__).parents[1] / "resources" / "policies" / "secondary-2021.toml"
NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
REF = CaseRef("MI-2026-K7Q4")


def there(value: V | None) -> V:
    """The value, where a test knows that there is one."""
    assert value is not None
    return value


def actor(letter: str, role: Role, name: str, person: str | None = None) -> Actor:
    """An account `letter` × 32 of a person, its own unless another is named."""
    return Actor(account=AccountId(letter * 32), person=PersonId(person or f"p-{letter}"), role=role, name=name)


DSL = actor("a", Role.DSL, "Ada Quill")
HEAD = actor("b", Role.HEADTEACHER, "Bertram Oxlip")
DEPUTY = actor("c", Role.DEPUTY, "Cleo Marrow")
OSL = actor("d", Role.OSL, "Dag Finch")
SENIOR = actor("e", Role.SENIOR, "Edie Plum")
CHAIR = actor("f", Role.CHAIR, "Fitz Larch")
DPO = actor("0", Role.DPO, "Gus Teasel")
CODES = BY_CODES
EVERYBODY = (DSL, HEAD, DEPUTY, OSL, SENIOR, CHAIR, DPO)

SCHOOL = SchoolPeople(
    headteacher=HEAD.person,
    dsl=DSL.person,
    deputies=(DEPUTY.person,),
    osl=OSL.person,
    chair=CHAIR.person,
    seniors=(SENIOR.person,),
    account_holders=frozenset(someone.person for someone in EVERYBODY),
)


@cache
def profile() -> Profile:
    """The profile that ships complete."""
    return read_profile(PROFILE_FILE.read_text(encoding="utf-8"), PROFILE_FILE.name)


def moment(minutes: int = 0) -> Moment:
    """Noon on a made-up school day, and so many minutes later."""
    utc = NOON + timedelta(minutes=minutes)
    local = utc.astimezone(timezone(timedelta(0)))
    return Moment(utc=utc, local=local, zone="Europe/London", boot="0" * 32, mono_ms=minutes * 60_000)


def recorded(at: int, data: EntryData, *by: Actor, session: str = "5" * 32) -> Recorded:
    """One entry as a journal would give it back: spelled, read again, numbered."""
    when = moment(at)
    raw = encode_payload(
        data, by=tuple(one.account for one in by), device=DeviceId("9" * 32), session=SessionId(session), at=when
    )
    digest = hashlib.sha256(str(at).encode() + raw).hexdigest()
    return Recorded(seq=at + 100, strand_seq=at, at_utc=when.at_utc, digest=Digest(digest), payload=BOOK.decode(raw))


def missing(at: int, how: str = "disposed") -> Recorded:
    """An entry whose words are gone or not shown."""
    digest = Digest(hashlib.sha256(str(at).encode()).hexdigest())
    return Recorded(seq=at + 100, strand_seq=at, at_utc=moment(at).at_utc, digest=digest, payload=None, missing=how)


class CaseBuilder:
    """A case that grows entry by entry, each through the case's own methods where a shortcut has one."""

    def __init__(self) -> None:
        self.case = Case()
        self.write(open_case(REF, profile=profile()), DSL)

    def write(self, data: EntryData, *by: Actor) -> int:
        """Append an entry; its strand_seq."""
        at = self.case.last + 1
        self.case = self.case.apply(recorded(at, data, *by))
        return at

    def triage(self, by: Actor = DSL, about: SubjectKind = SubjectKind.PUPIL, **given: Answer) -> int:
        """Answer triage; keywords such as q3=Answer.YES, every other question "no" (2b "yes")."""
        return self.write(self.case.answer_triage(by, answers(about, **given), "2026-1"), by)

    def link(self, person: str, role: PersonRole, kind: SubjectKind = SubjectKind.PUPIL, account: str = "") -> int:
        """Link somebody to the case."""
        link = PersonLinked(person=person, role=role, kind=kind, account=account, name="Perry Wink")
        return self.write(self.case.link_person(DSL, link), DSL)

    def reviewers(self, first: Actor = DSL, second: Actor = SENIOR) -> CaseBuilder:
        """Name both reviewers."""
        for who in (first, second):
            self.write(self.case.name_reviewer(DSL, who, position="Senior member of staff"), DSL)
        return self

    def ready(self, first: Actor = DSL, second: Actor = SENIOR, *, this_laptop: bool = False) -> CaseBuilder:
        """Everything done that looking needs."""
        self.triage()
        self.reviewers(first, second)
        self.write(self.case.name_device(first, device(this_laptop=this_laptop)), first)
        self.write(self.case.record_purpose(first, purpose()), first)
        for who in (first, second):
            self.write(self.case.declare(who, "I know of nothing that should go to others first."), who)
        return self

    def looking(self, first: Actor = DSL, second: Actor = SENIOR, *, this_laptop: bool = False) -> CaseBuilder:
        """A session is open."""
        self.ready(first, second, this_laptop=this_laptop)
        opened = self.case.open_review(first, present=(first.name, second.name), place="Room 4")
        self.write(opened, first)
        return self

    def sighting(self, by: Actor = DSL) -> int:
        """One harmless sighting."""
        entry = self.case.record_sighting(
            by,
            address="forum.example.invalid/thread/7",
            seen="Unkind words about a teacher",
            concern="Bullying of staff",
            reason_to_stop=no_from(*self.pair()),
        )
        return self.write(entry, by)

    def pair(self) -> tuple[Actor, ...]:
        """The two reviewers as actors."""
        found = {someone.account: someone for someone in EVERYBODY}
        return tuple(found[reviewer.account] for reviewer in self.case.reviewers)

    def exhibit(self, by: Actor = DSL, intake: Intake = Intake.CAPTURE) -> Mark:
        """One harmless exhibit."""
        told = offered(intake, no_from(*(self.pair() if intake is not Intake.SUPPLIED else (by,))))
        mark = self.case.next_mark(by.name, by.person)
        self.write(self.case.add_exhibit(by, told, taken(mark, by)), by)
        return mark

    def finished(self) -> CaseBuilder:
        """Both confirm the end of the session."""
        for who in self.pair():
            done = self.case.finish_review(who, access_withdrawn=True, device_locked_away=True, times_right=True)
            self.write(done, who)
        return self

    def judged(self, *, same: bool = True) -> CaseBuilder:
        """Both judge, alike or not."""
        for who, judgement in zip(
            self.pair(), (Judgement.SUBSTANCE, Judgement.SUBSTANCE if same else Judgement.NONE), strict=True
        ):
            self.write(self.case.judge(who, judgement, "What stood in the thread."), who)
        return self

    def concluded(self) -> CaseBuilder:
        """Looked, finished, judged and concluded."""
        self.looking()
        self.sighting()
        self.finished().judged()
        self.write(self.case.conclude(DSL, "The thread is about a teacher.", outcome="behaviour", severity="low"), DSL)
        return self

    def signed(self) -> CaseBuilder:
        """Signed off by both over the present head."""
        self.concluded()
        covers = self.case.last
        for who in self.pair():
            self.sign(who, covers)
        return self

    def sign(self, who: Actor, covers: int, text: str = "1" * 64) -> int:
        """One signature."""
        entry = self.case.sign_off(who, covers=covers, sign_off=text, p7s="2" * 64, form="3" * 64)
        return self.write(entry, who)

    def advice(
        self,
        agency: Agency = Agency.POLICE,
        effect: Effect = Effect.SCHOOL_MAY_PROCEED,
        exhibits: tuple[str, ...] = (),
        reference: str = "LOG-0042",
    ) -> int:
        """Recorded advice."""
        said = AdviceRecorded(
            who="Made-up Officer 12",
            agency=agency,
            at="2026-11-20T13:00:00+00:00",
            words="The school may go on.",
            effect=effect,
            reference=reference,
            exhibits=exhibits,
        )
        return self.write(self.case.record_advice(DSL, said), DSL)


def answers(about: SubjectKind = SubjectKind.PUPIL, **given: Answer) -> Answers:
    """Triage answers; q3=Answer.YES and so on, every other question "no" (2b "yes")."""
    told = dict.fromkeys(needed_questions(about), Answer.NO)
    if Question.LOW_LEVEL in told:
        told[Question.LOW_LEVEL] = Answer.YES
    told |= {Question(key.removeprefix("q")): answer for key, answer in given.items()}
    return Answers(about=about, given=told, words={})


def device(*, this_laptop: bool = False) -> DeviceNamed:
    """A made-up designated device."""
    return DeviceNamed(
        make="Plainbook 3", serial="PB-0001", location="Room 4", state="off, locked away", this_laptop=this_laptop
    )


def purpose() -> PurposeRecorded:
    """A made-up purpose."""
    return PurposeRecorded(reason="A teacher was named in a thread", purpose="Read the thread, stop at its end")


def concern() -> ConcernRecorded:
    """A made-up concern."""
    return ConcernRecorded(
        occurred_at="2026-11-19",
        reported_at="2026-11-20T09:00:00+00:00",
        reporter="staff",
        reported_to="DSL",
        summary="A thread names a teacher.",
        categories=("bullying",),
        suspected=Answer.NO,
    )


def no_from(*people: Actor, answer: Answer = Answer.NO) -> tuple[StopAnswer, ...]:
    """The same answer to the stop question from each of these people."""
    return tuple(StopAnswer(account=who.account, name=who.name, answer=answer) for who in people)


def offered(intake: Intake, stop_answers: tuple[StopAnswer, ...]) -> Offered:
    """Harmless made-up material that somebody offers."""
    return Offered(
        intake=intake,
        description="A page of the thread",
        source="Plainbook 3",
        method="screen capture",
        stop_answers=stop_answers,
        supplied_by="Made-up Parent" if intake is Intake.SUPPLIED else "",
    )


def taken(mark: Mark, by: Actor) -> TakenIn:
    """What the store would tell of the sealed bytes."""
    return TakenIn(
        mark=mark,
        blob=BlobId(hashlib.sha256(mark.encode()).hexdigest()[:32]),
        sha256=hashlib.sha256(mark.encode()).hexdigest(),
        size=1234,
        original_name="page.png",
        media_type="image/png",
        produced_by=by.name,
        produced_by_person=by.person,
        role="DSL",
        made_at_utc=moment().at_utc,
        made_at_local=moment().at_local,
    )


def renamed(who: Actor, letter: str) -> Actor:
    """The same person under a second account."""
    return replace(who, account=AccountId(letter * 32))
