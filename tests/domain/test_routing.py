"""Which route a case takes: stricter at once by one with a reason, milder only on advice by two (flows 1 and 2)."""

from pathlib import Path

import msgspec
import pytest

from dsl_desk.domain.case_words import Agency, Effect, HoldBack, PersonRole
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, HoldBackSet
from dsl_desk.domain.people import WORKERS
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.procedure import StepState, route_of, steps_of
from dsl_desk.domain.routing import Known, advised_for, asks, route_advised, weigh, weigh_first
from dsl_desk.domain.triage import worker_not_asked_about
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.builders import DEPUTY, DSL, HEAD, SENIOR, CaseBuilder, concern, profile, there

REVIEW, IMAGERY, STAFF, HEADS = "device-or-site-review", "youth-imagery", "staff-misuse", "about-headteacher"
POLICIES = sorted((Path(__file__).parents[2] / "resources" / "policies").glob("*.toml"))
WHY = "a made-up reason"
EVERY_WORKER = [kind for kind in SubjectKind if kind in WORKERS]


@pytest.fixture(params=POLICIES, ids=lambda path: path.stem)
def policy(request):
    return read_profile(request.param.read_text(encoding="utf-8"), request.param.name)


def advice(book, agency=Agency.POLICE, effect=Effect.SCHOOL_MAY_PROCEED, exhibits=()):
    said = AdviceRecorded(who="Demo Officer", agency=agency, at="today", words="Go on.", effect=effect,
                          exhibits=exhibits, reference="LOG-1")  # fmt: skip
    return book.write(said, DSL)


def chosen(book, route, policy=None, reason=WHY):
    book.write(book.case.choose_route(DSL, route, policy or profile(), reason), DSL)
    return book


def test_the_advised_route_needs_no_reason_and_another_as_strict_does():
    book = CaseBuilder()
    book.triage()
    assert book.case.choose_route(DSL, REVIEW, profile()).advised == REVIEW
    with pytest.raises(InputError, match="Write why: this is not"):
        book.case.choose_route(DSL, "bullying", profile(), "  ")
    told = book.case.choose_route(DSL, "bullying", profile(), WHY)
    assert (told.route, told.advised, told.reason, told.moves_from) == ("bullying", REVIEW, WHY, 0)


def test_the_first_choice_cannot_pass_over_the_advice_either():
    book = CaseBuilder()
    book.triage(q3=Answer.NOT_SURE)
    with pytest.raises(ProcedureError, match=r"nobody would have to ask the police.*two people"):
        book.case.choose_route(DSL, REVIEW, profile(), WHY)
    assert book.case.choose_route(DSL, IMAGERY, profile()).route == IMAGERY


def test_a_stricter_route_is_taken_at_once_by_one_with_a_reason(policy):
    book = chosen(CaseBuilder(), "bullying", policy)
    for route in (IMAGERY, "exploitation", "indecent-images", "fraud-blackmail"):
        with pytest.raises(InputError, match="Write why this case leaves"):
            book.case.choose_route(DSL, route, policy)
        assert book.case.choose_route(SENIOR, route, policy, WHY).route == route


def test_a_route_that_asks_the_police_is_left_only_on_police_advice_and_by_two(policy):
    book = chosen(CaseBuilder(), IMAGERY, policy)
    with pytest.raises(ProcedureError, match="two people"):
        book.case.choose_route(DSL, "bullying", policy, WHY)
    for agency, effect, exhibits in (
        (Agency.SOCIAL_CARE, Effect.SCHOOL_MAY_PROCEED, ()), (Agency.POLICE, Effect.HOLD_OFF, ()),
        (Agency.POLICE, Effect.CONTINUE, ("AQ/1",)),
    ):  # fmt: skip
        at = advice(book, agency, effect, exhibits)
        with pytest.raises(ProcedureError):
            book.case.ease_route(DSL, HEAD, "bullying", policy, advice=at, reason=WHY)
    at = advice(book)
    before = book.case.grounds, book.case.grade
    applied, told = book.case.ease_route(DSL, HEAD, "bullying", policy, advice=at, reason=WHY)
    book.write(applied, DSL, HEAD)
    book.write(told, DSL)
    assert there(route_of(book.case, policy)).id == "bullying"
    assert (applied.SIGNERS, applied.advice, applied.route, told.advice) == (2, at, "bullying", at)
    assert (book.case.grounds, book.case.grade) == before


def test_the_two_are_two_and_one_of_them_was_not_a_reviewer():
    book = CaseBuilder()
    book.triage()
    book.reviewers(DSL, SENIOR)
    chosen(book, IMAGERY)
    at = advice(book)
    for second in (DSL, SENIOR):
        with pytest.raises(ProcedureError):
            book.case.ease_route(DSL, second, "bullying", profile(), advice=at, reason=WHY)
    with pytest.raises(InputError, match="reason"):
        book.case.ease_route(DSL, HEAD, "bullying", profile(), advice=at, reason=" ")
    assert book.case.ease_route(DSL, HEAD, "bullying", profile(), advice=at, reason=WHY)[0].reason == WHY


def test_advice_must_be_on_record_and_newer_than_what_it_answers():
    book = CaseBuilder()
    book.triage()
    old = advice(book)
    chosen(book, IMAGERY)
    with pytest.raises(InputError, match="Record the advice first"):
        book.case.ease_route(DSL, HEAD, REVIEW, profile(), advice=99, reason=WHY)
    with pytest.raises(ProcedureError, match="older"):
        book.case.ease_route(DSL, HEAD, REVIEW, profile(), advice=old, reason=WHY)
    said = advice(book)
    with pytest.raises(ProcedureError, match="not milder"):
        book.case.ease_route(DSL, HEAD, "exploitation", profile(), advice=said, reason=WHY)


def test_a_route_that_asks_the_lado_is_left_on_advice_of_those_who_advise_on_workers():
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF)
    chosen(book, STAFF)
    with pytest.raises(ProcedureError, match="the LADO"):
        book.case.choose_route(DSL, "school-technology", profile(), WHY)
    other = advice(book, Agency.OTHER)
    with pytest.raises(ProcedureError, match="Only advice from police, LADO"):
        book.case.ease_route(DSL, HEAD, "school-technology", profile(), advice=other, reason=WHY)
    said = advice(book, Agency.LADO)
    assert book.case.ease_route(DSL, HEAD, "school-technology", profile(), advice=said, reason=WHY)[1].reason == WHY


def test_a_picture_case_becomes_a_workers_at_once_when_a_worker_is_named(policy):
    book = CaseBuilder()
    book.triage(q3=Answer.YES)
    chosen(book, IMAGERY, policy)
    book.link("p-9", PersonRole.SUBJECT, SubjectKind.STAFF)
    assert there(route_advised(book.case, policy)).route.id == STAFF
    assert book.case.choose_route(DSL, STAFF, policy, WHY).route == STAFF


def test_only_two_lead_away_from_the_headteachers_route(policy):
    book = CaseBuilder()
    book.link("p-9", PersonRole.SUBJECT, SubjectKind.HEADTEACHER)
    assert there(route_advised(book.case, policy)).binds
    with pytest.raises(ProcedureError, match="about the Headteacher"):
        book.case.choose_route(DSL, STAFF, policy, WHY)
    assert book.case.choose_route(DSL, HEADS, policy).route == HEADS
    said = advice(book, Agency.LADO)
    assert book.case.ease_route(DSL, DEPUTY, STAFF, policy, advice=said, reason=WHY)[1].reason == WHY


def test_answering_or_describing_again_never_softens_what_is_advised():
    book = CaseBuilder()
    book.triage(q4=Answer.YES)
    book.triage()
    assert there(route_advised(book.case, profile())).route.id == "exploitation"
    plain = CaseBuilder()
    for kind in ("sexual-images-child", "hate", "bullying"):
        plain.write(msgspec.structs.replace(concern(), categories=(kind,)), DSL)
    assert there(route_advised(plain.case, profile())).route.id == IMAGERY


def test_of_several_plain_kinds_the_latest_is_followed():
    known = Known(categories=("hate", "bullying", "no-such-kind"))
    assert there(advised_for(known, profile())).route.id == "hate"


def test_after_two_applied_advice_only_what_is_answered_since_counts():
    book = CaseBuilder()
    book.triage(q4=Answer.YES)
    said = advice(book)
    book.write(book.case.apply_advice(DSL, HEAD, advice=said, reason=WHY), DSL, HEAD)
    assert book.case.grade is Grade.OPEN
    assert there(route_advised(book.case, profile())).route.id == "exploitation"
    book.triage()
    assert there(route_advised(book.case, profile())).route.id == REVIEW


def test_a_case_keeps_its_version_unless_the_move_is_recorded_with_a_reason():
    newer = msgspec.structs.replace(profile(), version=7)
    book = chosen(CaseBuilder(), REVIEW)
    assert book.case.choose_route(DSL, REVIEW, profile()).profile_version == 1
    with pytest.raises(InputError, match="Write why"):
        book.case.choose_route(DSL, REVIEW, profile(), moved_to=newer)
    told = book.case.choose_route(DSL, REVIEW, profile(), WHY, moved_to=newer)
    assert (told.profile_version, told.moves_from) == (7, 1)
    assert book.case.choose_route(DSL, REVIEW, profile(), moved_to=profile()).moves_from == 0


def test_a_newer_version_that_asks_nobody_is_milder_too():
    book = chosen(CaseBuilder(), IMAGERY)
    bare = tuple(
        msgspec.structs.replace(route, steps=tuple(step for step in route.steps if step.agency is None))
        for route in profile().routes
    )
    newer = msgspec.structs.replace(profile(), version=7, routes=bare)
    with pytest.raises(ProcedureError, match="the police"):
        book.case.choose_route(DSL, IMAGERY, profile(), WHY, moved_to=newer)


def test_a_route_whose_profile_never_had_it_binds_nobody():
    book = CaseBuilder()
    chosen(book, IMAGERY)
    fewer = msgspec.structs.replace(profile(), routes=tuple(one for one in profile().routes if one.id != IMAGERY))
    assert weigh(book.case, "bullying", fewer).lost == frozenset()
    assert asks(None, Known()) == frozenset()


def test_before_there_is_a_case_the_same_holds():
    known = Known(asked=frozenset({"3"}))
    first, other = (there(profile().route(one)) for one in (IMAGERY, "bullying"))
    assert weigh_first(known, first, profile()).is_advised
    assert weigh_first(known, other, profile()).milder_words
    bare = msgspec.structs.replace(profile(), routes=(other,))
    assert not weigh_first(Known(), other, bare).needs_reason
    assert weigh_first(Known(), other, msgspec.structs.replace(bare, routes=())).advised is None
    assert advised_for(Known(kinds=WORKERS, categories=("bullying",)), bare) is not None
    assert advised_for(Known(), msgspec.structs.replace(bare, routes=())) is None


def test_a_route_that_the_profile_does_not_have_is_refused():
    with pytest.raises(InputError, match="no such route"):
        CaseBuilder().case.choose_route(DSL, "shortcut", profile())


def test_a_route_switched_in_the_middle_loses_nothing_and_done_steps_stay_done(policy):
    book = chosen(CaseBuilder(), "bullying", policy)
    book.triage()
    before = {
        (seen.step.done, seen.step.agency)
        for seen in steps_of(book.case, there(policy.route("bullying"))) if seen.state is StepState.DONE
    }  # fmt: skip
    entries = book.case.entries
    assert before
    chosen(book, IMAGERY, policy)
    assert book.case.entries[: len(entries)] == entries
    now = {(seen.step.done, seen.step.agency): seen.state for seen in steps_of(book.case, there(policy.route(IMAGERY)))}
    assert {now[one] for one in before if one in now} == {StepState.DONE}
    assert before <= set(now)


# ---- an allegation against a worker, cell by cell


@pytest.mark.parametrize("about", EVERY_WORKER, ids=str)
@pytest.mark.parametrize("low", [Answer.YES, Answer.NO, Answer.NOT_SURE])
def test_a_worker_who_is_not_plainly_low_level_is_police_first(about, low):
    book = CaseBuilder().ready()
    book.triage(about=about, q2b=low)
    if low is Answer.YES:
        assert book.case.grade is Grade.OPEN
        return
    assert book.case.grade is Grade.POLICE_FIRST
    with pytest.raises(ProcedureError):
        book.case.open_review(DSL, present=(DSL.name, SENIOR.name), place="office")
    for party in ("subject", "question"):
        told = HoldBackSet(party=party, decision=HoldBack.MAY_TELL)
        with pytest.raises(ProcedureError, match="nobody outside has advised"):
            book.case.set_hold_back(DSL, told)
        advice(book, Agency.LADO, Effect.HOLD_OFF)
        with pytest.raises(ProcedureError, match="nobody outside has advised"):
            book.case.set_hold_back(DSL, told)
        assert book.case.set_hold_back(DSL, HoldBackSet(party=party, decision=HoldBack.WAIT)).party == party
    advice(book, Agency.LADO, Effect.KEEP)
    told = HoldBackSet(party="subject", decision=HoldBack.MAY_TELL)
    assert book.case.set_hold_back(DSL, told) == told


@pytest.mark.parametrize("about", EVERY_WORKER, ids=str)
def test_a_worker_named_in_a_case_that_nobody_asked_about_one(about):
    book = CaseBuilder()
    book.triage()
    book.link("p-8", PersonRole.WITNESS, about)
    assert not worker_not_asked_about(book.case)
    book.link("p-9", PersonRole.SUBJECT, about)
    assert worker_not_asked_about(book.case)
    book.triage(about=about, q2b=Answer.YES)
    assert not worker_not_asked_about(book.case)


def test_a_move_to_another_version_takes_nothing_away_that_the_one_before_asks():
    old = profile()
    softer = [
        msgspec.structs.replace(
            route, steps=tuple(step for step in route.steps if route.id != IMAGERY or step.agency is not Agency.POLICE)
        )
        for route in old.routes
    ]
    new = msgspec.structs.replace(old, version=old.version + 1, routes=tuple(softer))
    assert Agency.POLICE not in asks(new.route(IMAGERY), Known()), "the newer version asks others alone"
    book = CaseBuilder()
    book.triage(q3=Answer.NOT_SURE)
    for held in (False, True):
        if held:
            chosen(book, IMAGERY, old)
        with pytest.raises(ProcedureError, match="ask the police"):
            book.case.choose_route(DSL, IMAGERY, old, WHY, moved_to=new)
    at = advice(book)
    _, told = book.case.ease_route(DSL, HEAD, IMAGERY, old, advice=at, reason=WHY, moved_to=new)
    assert told.moves_from == old.version


def test_a_milder_route_lets_no_stop_fall():
    book = CaseBuilder()
    book.triage(q3=Answer.YES)
    chosen(book, IMAGERY)
    at = advice(book)
    stopped = book.case.grade
    assert book.case.is_stopped
    for entry, by in zip(book.case.ease_route(DSL, HEAD, "bullying", profile(), advice=at, reason=WHY),
                         ((DSL, HEAD), (DSL,)), strict=True):  # fmt: skip
        book.write(entry, *by)
    assert book.case.grade is stopped
