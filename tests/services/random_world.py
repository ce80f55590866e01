"""A made-up school of six people and one case, under any of the five profiles; every act goes through the services."""

import contextlib
import functools
import hashlib
import json
from collections.abc import Callable
from typing import ClassVar

from dsl_desk.domain.case import Offered, StopAnswer
from dsl_desk.domain.case_entries import (
    AccessRecorded,
    DeviceNamed,
    PurposeRecorded,
)
from dsl_desk.domain.case_words import Agency, Effect, Intake, Judgement, PersonRole
from dsl_desk.domain.desk_entries import ProfileChanged, SettingsChanged
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, CaseOpened, ConcernRecorded, PersonLinked
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.procedure import route_of
from dsl_desk.domain.triage import Answers, needed_questions
from dsl_desk.domain.words import AccountId, Answer, Grade, PersonId, SubjectKind
from dsl_desk.paths import resources
from dsl_desk.services.advice import AdviceService
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.exhibits import ExhibitService
from dsl_desk.services.halt import HaltService
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.judgement import JudgementService
from dsl_desk.services.keeping import KeepingService
from dsl_desk.services.preview import Preview
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.referral import ReferralService
from dsl_desk.services.review import ReviewService
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.sign_off import SignOffService
from dsl_desk.services.triage import TriageService
from dsl_desk.store.values import Account, Source
from tests.services.fake_desk import FakeDesk, SteppingClock

PEOPLE = {
    # account: (person, role); one person holds two accounts
    "dsl": ("ada", "dsl"),
    "deputy": ("ben", "deputy"),
    "deputy2": ("ben", "deputy"),
    "head": ("cem", "headteacher"),
    "senior": ("dov", "senior"),
    "osl": ("eve", "osl"),
}
READ = functools.cache(read_profile)


class PlainForms:
    """A form that is its own text: the procedure is tested here, not the page."""

    def unsigned(self, record, frame):
        return f"form {frame.head}".encode()

    def signed(self, form, place, signer, *, first):
        return form + f" signed {place} {signer.account}".encode()

    def detached(self, text, signer):
        return f"cms {signer.account}".encode()

    def check_first(self, form, p7s, text, signed):
        assert form.endswith(p7s.replace(b"cms", b"1"))


class PlainPreviews:
    def draw(self, untrusted):
        return Preview(png=b"")


class Dice:
    """Throws the same way for the same seed, so that a sequence that fails can be played again."""

    def __init__(self, seed):
        self.seed, self.thrown = seed, 0

    def random(self):
        self.thrown += 1
        raw = hashlib.sha256(f"{self.seed}/{self.thrown}".encode()).digest()
        return int.from_bytes(raw[:6], "big") / (1 << 48)

    def choice(self, values):
        return values[int(self.random() * len(values))]


class World:
    """One case, six people, and a dice."""

    def __init__(self, keys, seed, profile="secondary-2021"):
        self.dice, self.profile = Dice(seed), profile
        self.keys = keys
        accounts = tuple(
            Account(
                account=AccountId(name), name=f"Made Up {name.title()}", role=role, duties=(), person=PersonId(person),
                certificate_sha256=name, issued_at_utc="",
            )
            for name, (person, role) in PEOPLE.items()
        )  # fmt: skip
        self.desk = FakeDesk(me=accounts[0], people=accounts, root=keys.root)
        self.clock = SteppingClock()
        people = [
            {"id": person, "name": person, "role": role, "title": role, "initials": "AB"}
            for name, (person, role) in PEOPLE.items()
            if name != "deputy2"
        ]
        text = (resources() / "policies" / f"{profile}.toml").read_text(encoding="utf-8")
        self.desk.write(
            self.desk.desk_strand,
            SettingsChanged(
                settings={
                    "school": "Made-up School",
                    "people": json.dumps(people),
                    "envelopes_handed_out": "yes",
                }
            ),
            ProfileChanged(profile=profile, version=1, text=text),
            at=self.clock.now(),
        )
        register = SchoolRegister(self.desk, READ)
        self.book = CaseBook(self.desk, self.clock, register, HaltSwitch())
        keeping, halts = KeepingService(self.book), HaltService(self.book)
        printing = PrintingService(self.book)
        self.referral = ReferralService(self.book)
        self.work = CaseWorkService(self.book, keeping, HaltService(self.book))
        self.triage, self.halts = TriageService(self.book, keeping, halts), halts
        self.review, self.exhibits = ReviewService(self.book, halts), ExhibitService(self.book, PlainPreviews())
        self.advice, self.judgement = AdviceService(self.book), JudgementService(self.book)
        self.sign_off = SignOffService(self.book, printing, PlainForms())
        self.strand = self.desk.begin_case(
            CaseOpened(reference="MI-2026-K7Q4"),
            ConcernRecorded(
                occurred_at="unknown", reported_at="now", reporter="staff", reported_to="dsl", summary="made up",
                categories=("other",), suspected=Answer.NO,
            ),
            at=self.clock.now(),
        )  # fmt: skip

    @property
    def case(self):
        return self.desk.folded[self.strand]

    @property
    def school(self):
        return self.book.school()

    @property
    def route(self):
        """The route that the case follows."""
        return route_of(self.case, self.school.profile_of(self.case))

    def pick(self, values):
        return self.dice.choice(tuple(values))

    def anyone(self):
        return self.pick(PEOPLE)

    def signer(self, name):
        return self.keys.signers[name]

    def stop_answers(self):
        """Mostly the two reviewers and mostly "no", but not always."""
        names = [reviewer.account for reviewer in self.case.reviewers] or [self.anyone()]
        if self.dice.random() < 0.2:
            names = [self.anyone()]
        answers = [Answer.NO if self.dice.random() < 0.93 else self.pick(Answer) for _ in names]
        return tuple(StopAnswer(account=n, name=n, answer=a) for n, a in zip(names, answers, strict=True))

    # acts: each may be refused, and none may do harm
    def someone_else(self):
        self.sign_in(self.anyone())

    def sign_in(self, account):
        self.desk.me = next(row for row in self.desk.people if row.account == account)

    def answer_triage(self):
        about = self.pick((SubjectKind.PUPIL, SubjectKind.PUPIL, SubjectKind.STAFF, SubjectKind.NOT_KNOWN))
        calm = self.dice.random() < 0.8
        given = {
            question: Answer.NO if calm or self.dice.random() < 0.85 else self.pick(Answer)
            for question in needed_questions(about)
        }
        self.triage.answer(self.strand, Answers(about=about, given=given, words={}))

    def halt(self):
        self.halts.stop(self.strand, self.pick(Grade))

    def link(self):
        person = self.pick(("pupil", "pupil", *(person for person, _ in PEOPLE.values())))
        account = next((name for name, (held_by, _) in PEOPLE.items() if held_by == person), "")
        role = self.pick((PersonRole.SUBJECT, PersonRole.WITNESS, PersonRole.AFFECTED))
        kind = SubjectKind.PUPIL if person == "pupil" else SubjectKind.STAFF
        self.work.link_person(
            self.strand, PersonLinked(person=person, role=role, kind=kind, account=self.pick(("", account)))
        )

    def name_reviewer(self):
        self.review.name_reviewer(
            self.strand, self.anyone(), place=self.pick((None, 1, 2)), reason=self.pick(("", "because"))
        )

    def prepare(self):
        steps = [
            lambda: self.review.name_device(self.strand, self.device()),
            lambda: self.review.record_purpose(self.strand, PurposeRecorded(reason="made up", purpose="made up")),
            lambda: self.review.record_access(self.strand, AccessRecorded(access="made up", granted_by="made up")),
            lambda: self.review.declare(self.strand, self.signer(self.anyone())),
        ]
        self.pick(steps)()

    def skip(self):
        """Leave any step out, in or out of its turn, or one that can never be left out."""
        route = self.route
        self.work.skip(self.strand, route.id, self.pick(route.steps).id, "made up")

    def decide(self):
        self.judgement.decide_action(self.strand, action="made up", who="dsl", by_when="Friday", reason="made up")

    def tried(self, *acts):
        """Do what can be done of several acts; what is refused is left out."""
        for act in acts:
            with contextlib.suppress(DslDeskError):
                act()

    def everything_before_looking(self):
        """The straight way, so that the deep states are reached often."""
        given = dict.fromkeys(needed_questions(SubjectKind.PUPIL), Answer.NO)
        answers = Answers(about=SubjectKind.PUPIL, given=given, words={})
        self.sign_in(self.pick(("dsl", "deputy", "head")))
        self.tried(
            lambda: self.triage.answer(self.strand, answers),
            *(lambda name=name: self.review.name_reviewer(self.strand, name) for name in ("dsl", self.anyone())),
            lambda: self.review.name_device(self.strand, self.device()),
            *(self.access_or_not() for _ in range(self.dice.random() < 0.9)),
            lambda: self.review.record_purpose(self.strand, PurposeRecorded(reason="made up", purpose="made up")),
        )
        for reviewer in self.case.reviewers:
            self.tried(lambda name=reviewer.account: self.review.declare(self.strand, self.signer(name)))
        self.as_one_of_them()
        self.tried(
            lambda: self.review.open(self.strand, present=("Made Up One", "Made Up Two"), place="office"),
            self.sight,
            self.take_in,
        )

    def access_or_not(self):
        """Write the access down, or say why not."""
        if self.dice.random() < 0.3:
            return lambda: self.work.skip(self.strand, self.route.id, "access", "no network")
        return lambda: self.review.record_access(self.strand, AccessRecorded(access="made up", granted_by="made up"))

    def device(self):
        return DeviceNamed(
            make="Made Up", serial="1", location="office", state="off", this_laptop=self.dice.random() < 0.1
        )

    def as_one_of_them(self):
        """Sign in as one of the reviewers."""
        if self.case.reviewers:
            self.sign_in(self.pick(self.case.reviewers).account)

    def look(self):
        steps = [
            lambda: self.review.open(self.strand, present=("Made Up One", "Made Up Two"), place="office"),
            lambda: self.review.open(self.strand, present=("Made Up One", "Made Up Two"), place="office"),
            lambda: self.review.pause(self.strand, "bell"),
            lambda: self.review.resume(self.strand, present=("Made Up One", "Made Up Two")),
        ]
        self.pick(steps)()

    def sight(self):
        self.review.record_sighting(
            self.strand, address="https://made-up.invalid", seen="text", concern="made up",
            reason_to_stop=self.stop_answers(),
        )  # fmt: skip

    def finish(self):
        self.review.finish(
            self.strand, self.signer(self.anyone()), access_withdrawn=True, device_locked_away=True, times_right=True
        )

    def take_in(self):
        offered = Offered(
            intake=self.pick(Intake), description="made up", source="made up", method="made up",
            stop_answers=self.stop_answers(), supplied_by="somebody",
        )  # fmt: skip
        self.exhibits.take_in(self.strand, offered, [Source.from_bytes("made-up.png", b"made up")])

    def uncover(self):
        marks = [exhibit.mark for exhibit in self.case.exhibits] or ["AB/1"]
        self.exhibits.uncover(self.strand, self.pick(marks), "to see")

    def advise(self):
        marks = tuple(exhibit.mark for exhibit in self.case.exhibits)
        self.advice.record(
            self.strand,
            AdviceRecorded(
                who="somebody", agency=self.pick(Agency), at="now", words="made up", effect=self.pick(Effect),
                reference="LOG-1", exhibits=self.pick(((), marks, marks[:1])),
            ),
        )  # fmt: skip

    def good_advice(self):
        marks = tuple(exhibit.mark for exhibit in self.case.quarantined())
        self.advice.record(
            self.strand,
            AdviceRecorded(
                who="somebody", agency=Agency.POLICE, at="now", words="made up", effect=Effect.SCHOOL_MAY_PROCEED,
                reference="LOG-1", exhibits=marks if self.case.grade is Grade.STOP_IMAGES else (),
            ),
        )  # fmt: skip

    def two(self):
        names = [*PEOPLE, "root", self.desk.me.account]
        return self.signer(self.pick((self.desk.me.account, self.anyone()))), self.signer(self.pick(names))

    def apply_advice(self):
        advised = [told.at for told in self.case.told(AdviceRecorded)] or [0]
        self.advice.apply(
            self.strand, self.two(), advice=self.pick((advised[-1], self.pick(advised))), reason="made up"
        )

    def undo(self):
        self.advice.undo_mistake(self.strand, self.two(), "slipped")

    def resume_laptop(self):
        self.advice.resume_laptop(self.strand, self.two(), reason="made up", police_advised=True)

    def judge(self):
        self.judgement.judge(self.strand, self.pick(Judgement), "made up")

    def conclude(self):
        self.judgement.conclude(self.strand, "made up", disagreement=self.pick(("", "made up")))

    def sign(self):
        name = self.anyone()
        to_sign = self.sign_off.prepare(self.strand, name)
        if self.dice.random() < 0.2:
            self.pick((self.judge, self.halt, self.prepare, self.answer_triage, self.link))()
        self.sign_off.sign(self.strand, to_sign, self.signer(self.pick((name, name, self.anyone()))))

    def as_reviewer(self):
        """Sign in as one of the reviewers, so that judging and looking happen at all."""
        for reviewer in self.case.reviewers:
            self.sign_in(reviewer.account)
            self.pick((self.judge, self.judge, self.look, self.sight, self.take_in, self.answer_triage))()

    def to_the_end(self):
        """The straight way from looking to signing."""
        for reviewer in self.case.reviewers:
            signer = self.signer(reviewer.account)
            self.tried(
                lambda signer=signer: self.review.finish(
                    self.strand, signer, access_withdrawn=True, device_locked_away=True, times_right=True
                )
            )
        for reviewer in self.case.reviewers:
            self.sign_in(reviewer.account)
            self.tried(self.judge)
        self.tried(lambda: self.judgement.conclude(self.strand, "made up", disagreement="made up"))
        self.sign_in(self.pick(("dsl", "deputy", "head", "osl")))
        if self.dice.random() < 0.8:
            self.tried(self.decide)
        for reviewer in self.case.reviewers:
            if self.dice.random() < 0.8:
                self.tried(lambda name=reviewer.account: self.sign_as(name))

    def sign_as(self, name):
        self.sign_off.sign(self.strand, self.sign_off.prepare(self.strand, name), self.signer(name))

    ACTS: ClassVar[tuple[Callable[..., None], ...]] = (
        someone_else, someone_else, someone_else, answer_triage, halt, link, name_reviewer, prepare, prepare,
        everything_before_looking, everything_before_looking, look, look, sight, finish, take_in, take_in, uncover,
        uncover, advise, good_advice, apply_advice, apply_advice, undo, resume_laptop, judge, conclude, sign, sign,
        sign, as_reviewer, as_reviewer, to_the_end, to_the_end, skip, decide,
    )  # fmt: skip
