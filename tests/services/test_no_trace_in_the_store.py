"""Nobody whom a case is about finds a trace of it in the real store, whatever was done in it and whatever they ask."""

from __future__ import annotations

import contextlib
import random  # noqa: TID251 - the same sequence again by its number
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec
import pytest

from dsl_desk.domain.case_entries import ActionDecided, DeviceNamed
from dsl_desk.domain.case_words import Agency, Effect, PersonRole
from dsl_desk.domain.errors import DslDeskError, NotReadableError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    DeviceSecured,
    FollowUpDone,
    PersonLinked,
    ReferralMade,
    SupportOffered,
)
from dsl_desk.domain.links import LinkKind
from dsl_desk.domain.low_level import REGISTER
from dsl_desk.domain.wider_entries import DateSet
from dsl_desk.domain.words import Grade, PersonId, SubjectKind
from dsl_desk.rehearsal.lines import linked
from dsl_desk.services.case_list import CaseFilter, ListState
from dsl_desk.services.concern import About
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.entrance import entered
from dsl_desk.services.governors import Period
from dsl_desk.services.known_people import KnownPeople
from dsl_desk.services.linking import LinkingService
from dsl_desk.services.packs import PackRegister
from dsl_desk.store.values import CaseQuery
from tests.desks import copied
from tests.services.scenes import begun, offered, picture
from tests.services.test_low_level import answers

SUMMARY, PERSON, DEVICE, DRAFT = "Quagga summary", "Zyzzyva Quoll", "Numbat Tablet", "Bandicoot draft"
ACTION, DATE, HELP, ADVICE = "Wombat action", "Potoroo date", "Bilby support", "Dunnart advice"
LOW = "Kowari door"
"""Of a low-level concern, which the Headteacher alone may read."""
MARKERS = (SUMMARY, PERSON, DEVICE, DRAFT, ACTION, DATE, HELP, ADVICE)
ALL_TIME = Period(label="All time", first="2000-01-01", last="2999-12-31")
ABOUT = {"head": SubjectKind.HEADTEACHER, "dsl": SubjectKind.DSL, "deputy": SubjectKind.STAFF}
EACH = 8
THEN = "2026-03-03T14:02:00+00:00"


class World:
    """One made-up school with one case about somebody who holds an account."""

    def __init__(self, stage, seed):
        self.stage, self.dice = stage, random.Random(seed)
        self.subject = self.dice.choice(sorted(ABOUT))
        self.author = self.dice.choice([name for name in ("dsl", "deputy", "head") if name != self.subject])
        stage.sign_in("dsl")
        self.other = begun(stage, summary="An ordinary concern").strand
        self.link_other()
        self.strand = self.begin()

    def begin(self):
        """From birth, or an ordinary case of which it turns out later whom it is about."""
        desk, kind = self.stage.sign_in(self.author), ABOUT[self.subject]
        person = linked(self.stage, self.subject, PersonRole.SUBJECT, kind)
        if self.dice.random() < 0.5:
            case = begun(
                self.stage, About(kind=kind, person=PersonId(person.person)), people=(person,), summary=SUMMARY
            )
        else:
            case = begun(self.stage, summary=SUMMARY)
            for _ in range(self.dice.randrange(3)):
                self.act(case.strand)
            desk.work.link_person(case.strand, person)
        self.reference = str(case.reference)
        return case.strand

    def link_other(self):
        """An ordinary case that names the same child and device: a link would show the way."""
        self.stage.desk.work.link_person(self.other, self.child("The same child"))
        self.stage.desk.review.name_device(
            self.other, DeviceNamed(make="Plain", serial="SN-1", location="office", state="off", this_laptop=False)
        )

    def child(self, name):
        return PersonLinked(person="c" * 32, role=PersonRole.WITNESS, kind=SubjectKind.PUPIL, name=name)

    def act(self, strand):
        with contextlib.suppress(DslDeskError):
            self.dice.choice(ACTS)(self, strand)

    def low_level(self):
        """The Headteacher records a small concern, and begins another."""
        registers = self.stage.sign_in("head").registers
        registers.record(REGISTER, answers(details=LOW))
        registers.drafts.save(REGISTER, "new", {"details": LOW})

    def play(self):
        for _ in range(EACH):
            readers = self.readers()
            if readers:
                self.stage.sign_in(self.dice.choice(readers))
                self.act(self.strand)

    def readers(self):
        named = self.stage.desk.desk.readers(self.strand) if self.reads() else None
        accounts = {self.stage.accounts[name]: name for name in ABOUT}
        return [accounts[account] for account in named or () if account in accounts]

    def reads(self):
        for name in ABOUT:
            if name != self.subject:
                try:
                    self.stage.sign_in(name).book.load(self.strand)
                except NotReadableError:
                    continue
                return True
        return False

    # -- what is done in it

    def person(self, strand):
        self.stage.desk.work.link_person(strand, self.child(PERSON))

    def device(self, strand):
        named = DeviceNamed(make=DEVICE, serial="SN-1", location="office", state="off", this_laptop=False)
        self.stage.desk.review.name_device(strand, named)

    def secured(self, strand):
        self.stage.desk.work.secure_device(strand, DeviceSecured(device=DEVICE, held_by="office", place="safe"))

    def draft(self, strand):
        DraftService(self.stage.desk.book).save(Unfinished(page="call", strand=strand, words={"words": DRAFT}))

    def action(self, strand):
        decided = ActionDecided(
            action=ACTION, who="DSL", by_when=self.dice.choice(("soon", "2026-01-05")), reason="now"
        )  # fmt: skip
        desk = self.stage.desk  # past the steps before it, which would take two reviewers and a session
        desk.desk.write(strand, decided, at=desk.book.now())

    def date(self, strand):
        self.stage.desk.work.note(strand, DateSet(what=DATE, on="2026-01-05"))

    def support(self, strand):
        self.stage.desk.work.support(strand, SupportOffered(support=HELP))

    def advice(self, strand):
        told = AdviceRecorded(
            who="PC Mock", agency=Agency.POLICE, at=THEN, words=ADVICE, effect=Effect.KEEP,
            reference="LOG-9",
        )  # fmt: skip
        self.stage.desk.advice.record(strand, told)

    def stop(self, strand):
        self.stage.desk.halt.stop(strand, self.dice.choice((Grade.STOP_IMAGES, Grade.POLICE_FIRST)))

    def refer(self, strand):
        self.stage.desk.referral.refer(
            strand,
            ReferralMade(
                to=Agency.LADO, reason=ADVICE, threshold="harm", decided_at=THEN, sent_at=THEN, referred_by="DSL"
            ),
        )

    def bring(self, strand):
        self.stage.desk.exhibits.take_in(strand, offered(self.stage), [picture(self.stage)])

    def paper(self, strand):
        self.stage.desk.printing.print_chronology(strand)

    def opened(self, strand):
        self.stage.desk.access_log.note_opened(strand)

    def followed(self, strand):
        self.stage.desk.work.follow_up(strand, FollowUpDone(what=ACTION, about=1, at=THEN))

    def readers_named(self, strand):
        """The one whom it is about is named a reader, as if by mistake."""
        self.stage.desk.keeping.restrict(strand, [self.stage.accounts[name] for name in (self.subject, self.author)])


ACTS = (
    World.person, World.device, World.secured, World.draft, World.action, World.date, World.support, World.advice,
    World.stop, World.refer, World.bring, World.paper, World.opened, World.followed, World.readers_named,
)  # fmt: skip


def everything_asked(world: World) -> Iterator[tuple[str, object]]:
    """Every list, search, count and log of whoever is signed in."""
    desk = world.stage.desk
    kept, book = desk.desk, desk.book
    words = ("", world.reference, *(word for marker in MARKERS for word in marker.split()))
    yield "at the door", entered(kept, desk.register)
    yield "home", desk.home.look(10_000)
    yield "waiting", desk.home.waiting()
    yield "choices", desk.lists.choices()
    for state in ListState:
        yield "lists", desk.lists.page(CaseFilter(state=state), 0, 500)
    for word in words:
        yield "cases", desk.listing.cases(CaseQuery(words=word, limit=500))
        yield "lists by words", desk.lists.page(CaseFilter(words=word), 0, 500)
        yield "search", desk.listing.search(word) if word else ()
        yield "people", KnownPeople(book, desk.listing).find(word)
        yield "named", kept.named(word) if word else ()
    yield "by reference", desk.listing.cases(CaseQuery(reference=world.reference))
    yield "found", (kept.find(world.reference), desk.registers.case_called(world.reference))
    yield "staff", KnownPeople(book, desk.listing).staff()
    yield "linked", LinkingService(book).seen_elsewhere(world.other)
    yield "links", [kept.links(kind.value, value) for kind in LinkKind for value in ("c" * 32, "sn-1", "SN-1", PERSON)]
    yield "deadlines", DeadlineService(book).see(book.load(world.other))
    yield "kinds", [(kind, kept.waiting_cases(kind, 500)) for kind in kept.waiting_kinds()]
    yield "own", kept.own_waiting(list(world.stage.accounts.values()))
    yield "restricted", (kept.restricted_cases(), desk.readers.see(), desk.readers.left())
    for kind in desk.registers.kinds():
        yield "register", [desk.registers.item(kind.id, item.id) for item in desk.registers.items(kind.id)]
        yield "register", (desk.registers.list(kind.id), desk.registers.see())
    yield "registers due", desk.registers.due(book.now())
    if desk.access_log.may_see():
        yield "access", desk.access_log.see(desk.access_log.last_days(365))
    yield "packs", PackRegister(book).all()
    yield "to dispose", desk.disposing.over()
    yield "governors", desk.governors.preview(ALL_TIME)
    yield "drafts", (kept.drafts(), kept.register(REGISTER), kept.register_strands(REGISTER))
    yield "set-up", desk.set_up.left()
    yield "check", desk.care.check().report.findings


def said(thing: object) -> Iterator[str]:
    """Every word in a value, also in what its own words leave out."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, bytes):
        yield thing.decode("utf-8", "replace")
    else:
        for part in parts(thing):
            yield from said(part)


def parts(thing: Any) -> list[object]:
    """What a value is made of; nothing where it has no parts."""
    if isinstance(thing, Mapping):
        return [*thing.keys(), *thing.values()]
    if is_dataclass(thing) and not isinstance(thing, type):
        return [getattr(thing, field.name) for field in fields(thing)]
    if isinstance(thing, msgspec.Struct):
        return [getattr(thing, name) for name in thing.__struct_fields__]
    return list(thing) if isinstance(thing, list | tuple | set | frozenset) else []


def traces(world: World) -> dict[str, list[str]]:
    """Where a word of the case, its reference or its strand came back, by what was asked."""
    marks = (LOW, *MARKERS, world.reference, str(world.strand))
    found: dict[str, list[str]] = {}
    for asked, answer in everything_asked(world):
        words = "\n".join(said(answer))
        here = [mark for mark in marks if mark in words]
        if here:
            found.setdefault(asked, []).extend(here)
    return found


def test_every_act_of_the_sequences_is_one_that_the_desk_allows(stage):
    """They are played whatever is refused; of what is always refused no trace could ever be found."""
    world = World(stage, 1)
    kept = stage.sign_in(world.author).desk
    for act in ACTS:
        strand, drafts = begun(stage).strand, len(kept.drafts())
        head = kept.head()
        act(world, strand)
        assert kept.head() != head or len(kept.drafts()) > drafts, act.__name__


@pytest.mark.heavy
def test_nobody_whom_a_case_is_about_finds_a_trace_of_it(set_up_once, tmp_path, heavy):
    seen_by_others: set[str] = set()
    for seed in range(heavy(3, 200)):
        world = World(copied(set_up_once, tmp_path / str(seed)), seed)
        world.low_level()
        world.play()
        world.stage.sign_in(world.subject)
        with pytest.raises(NotReadableError):
            world.stage.desk.book.load(world.strand)
        low = {"register", "drafts"} if world.subject == "head" else set()
        found = {(asked, mark) for asked, marks in traces(world).items() for mark in marks}
        assert found <= {(asked, LOW) for asked in low}, f"sequence {seed}, about the {world.subject}"
        for name in world.readers():
            world.stage.sign_in(name)
            others = traces(world)
            assert name == "head" or not any(LOW in marks for marks in others.values()), f"sequence {seed}: {name}"
            seen_by_others |= set(others)
        world.stage.lock()
    assert {"home", "cases", "restricted", "found"} <= seen_by_others  # what is asked does answer those who may read
