"""Who it is about comes first: it decides who may read, before any story is told."""

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import HaltedError, InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.words import Answer, Grade, PersonId, Role, SubjectKind
from dsl_desk.rehearsal.lines import all_no, linked
from dsl_desk.rehearsal.opening import known
from dsl_desk.services.concern import About
from dsl_desk.services.school import Person
from dsl_desk.store.values import CaseQuery
from tests.desks import let_in, signed_in
from tests.services.scenes import begun, offered, picture


def test_a_concern_about_a_pupil_is_readable_to_those_who_read_pupil_cases(stage):
    stage.sign_in("dsl")
    new = begun(stage)

    assert new.care.readers is None
    assert stage.sign_in("deputy").book.load(new.strand).ref == new.reference
    assert stage.desk.desk.search("made-up concern")


def test_a_concern_about_the_headteacher_leaves_no_trace_for_the_headteacher(stage):
    stage.sign_in("deputy")
    new = begun(
        stage,
        About(kind=SubjectKind.HEADTEACHER, person=known(stage, "head")),
        people=(linked(stage, "head", PersonRole.SUBJECT, SubjectKind.HEADTEACHER),),
        summary="Walrus words nobody else writes",
    )

    assert new.case is not None
    desk = stage.sign_in("head").desk
    page = desk.cases(CaseQuery())
    assert (page.rows, page.restricted) == ((), ())
    assert desk.find(new.reference) is None
    assert desk.search("walrus") == ()
    with pytest.raises(NotReadableError):
        desk.records(new.strand)
    assert stage.sign_in("chair").desk.find(new.reference) == new.strand


def test_an_author_who_is_not_among_the_readers_writes_it_and_reads_it_no_more(stage):
    stage.sign_in("dsl")
    new = begun(stage, About(kind=SubjectKind.HEADTEACHER, person=known(stage, "head")))

    assert new.case is None
    assert not new.care.author_reads
    with pytest.raises(NotReadableError):
        stage.desk.book.load(new.strand)
    assert stage.sign_in("deputy").book.load(new.strand).grade is Grade.POLICE_FIRST


def test_a_concern_about_somebody_who_uses_the_desk_asks_who_before_any_story(stage):
    with pytest.raises(InputError, match="which of the people"):
        stage.sign_in("deputy").concern.care(About(kind=SubjectKind.DESK_USER))


def test_a_concern_about_the_dsl_is_kept_from_the_dsl(stage):
    stage.sign_in("deputy")
    care = stage.desk.concern.care(About(kind=SubjectKind.DESK_USER, person=known(stage, "dsl")))

    assert care.readers is not None
    assert stage.accounts["dsl"] not in care.readers
    assert set(care.readers) == {stage.accounts["head"], stage.accounts["deputy"]}


def test_naming_the_deputy_as_subject_midway_shuts_the_deputy_out(stage):
    strand = begun_by(stage, "dsl")
    stage.desk.work.link_person(strand, linked(stage, "deputy", PersonRole.SUBJECT, SubjectKind.STAFF))

    with pytest.raises(NotReadableError):
        stage.sign_in("deputy").book.load(strand)


def begun_by(stage, name):
    stage.sign_in(name)
    return begun(stage).strand


def test_naming_oneself_as_subject_gives_the_case_away_at_once(stage):
    strand = begun_by(stage, "dsl")
    left = stage.desk.work.link_person(strand, linked(stage, "dsl", PersonRole.SUBJECT, SubjectKind.DSL))

    assert left is None
    with pytest.raises(NotReadableError):
        stage.desk.book.load(strand)


def test_a_halt_with_no_case_open_begins_one(stage):
    stage.sign_in("dsl")
    new = stage.desk.concern.begin_by_halt(Grade.STOP_IMAGES, where="home")

    assert new.case is not None
    assert new.case.grade is Grade.STOP_IMAGES
    assert new.case.opened.by_halt
    with pytest.raises(HaltedError):
        stage.desk.exhibits.take_in(new.strand, offered(stage), [picture(stage)])


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ({"_3": Answer.NOT_SURE}, Grade.STOP_IMAGES),
        ({"_5a": Answer.YES}, Grade.STOP_IMAGES),
        ({"_4": Answer.NOT_SURE}, Grade.POLICE_FIRST),
        ({"_6": Answer.YES}, Grade.POLICE_FIRST),
        ({}, Grade.OPEN),
    ],
)
def test_triage_closes_looking_and_never_opens_it_again(stage, answers, grade):
    strand = begun_by(stage, "dsl")
    result = stage.desk.triage.answer(strand, all_no(SubjectKind.PUPIL, **answers))

    assert result.grade is grade
    assert bool(result.sentences) is (grade is not Grade.OPEN)
    assert stage.desk.triage.answer(strand, all_no(SubjectKind.PUPIL)).grade is grade


def test_an_answer_that_fears_pictures_shuts_away_what_was_taken_in_before(stage):
    strand = begun_by(stage, "dsl")
    stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage)])
    mark = stage.desk.book.load(strand).exhibits[0].mark
    stage.desk.exhibits.uncover(strand, mark, "to describe it")

    case = stage.desk.triage.answer(strand, all_no(SubjectKind.PUPIL, _3=Answer.NOT_SURE)).case

    assert stage.desk.desk.is_quarantined(case.exhibits[0].blob)
    with pytest.raises(HaltedError):
        stage.desk.exhibits.uncover(strand, mark, "to look again")


def test_a_worker_who_is_named_by_post_is_kept_out_by_triage_too(stage):
    strand = begun_by(stage, "deputy")
    stage.desk.triage.answer(strand, all_no(SubjectKind.HEADTEACHER))

    with pytest.raises(NotReadableError):
        stage.sign_in("head").book.load(strand)


def test_where_only_the_subject_has_an_account_the_concern_goes_on_the_paper_card(stage, tmp_path):
    from dsl_desk import app
    from dsl_desk.store.creation import SetUp
    from dsl_desk.store.issuing import NewPerson

    person = stage.cast.person("dsl")
    alone = NewPerson(name=person.name, role=Role.DSL, secret=stage.cast.secret("dsl"), person=person.id)
    plan = SetUp(school="Made-up School", people=[alone], rehearsal=True)
    desk = app.begin_desk(tmp_path / "alone", plan, stage.around).desk
    services = app.services(desk, stage.around.clock)
    services.set_up.people([person])
    try:
        with pytest.raises(ProcedureError, match="printed card"):
            services.concern.care(About(kind=SubjectKind.DSL, person=person.id))
    finally:
        services.close()


def test_a_senior_reads_only_the_case_they_review_and_only_until_it_is_signed(stage):
    stage.sign_in("dsl")
    person = Person(id=PersonId("sen"), name="Made Up Senior", role=Role.SENIOR, title="Head of Year", initials="MUS")
    stage.cast.passphrases["tutor"] = "gravel tulip monday saddle"
    secret = stage.cast.secret("tutor")
    account = stage.desk.set_up.issue(person, secret, (stage.proves("dsl"), stage.proves("head")))
    strand, other = begun(stage).strand, begun(stage).strand
    stage.desk.review.name_reviewer(strand, account)

    desk = stage.sign_in("tutor")
    page = desk.listing.cases(CaseQuery())
    assert ([row.strand for row in page.rows], page.total) == ([strand], 1)
    assert {hit.strand for hit in desk.listing.search("made-up concern")} == {strand}
    with pytest.raises(NotReadableError):
        desk.book.load(other)


def test_reading_a_restricted_case_is_itself_on_record(stage):
    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.HEADTEACHER, person=known(stage, "head"))).strand
    before = stage.desk.book.load(strand).last

    case = stage.sign_in("chair").work.read(strand, "to lead it")

    assert case.entries[before].payload is not None
    assert [told.data.reason for told in case.told(Viewed)] == ["to lead it"]


@pytest.mark.parametrize("role", [Role.SENIOR, Role.DPO])
def test_whose_post_reads_no_case_records_and_stops_all_the_same(stage, role):
    let_in(stage, "watcher", "Mocka Fern", role)
    desk = signed_in(stage, "watcher")
    new = begun(stage)
    assert new.case is None
    stopped = desk.concern.begin_by_halt(Grade.POLICE_FIRST)
    assert stopped.case is None
    with pytest.raises(NotReadableError):
        desk.book.load(new.strand)
    dsl = stage.sign_in("dsl")
    assert dsl.book.load(new.strand).ref == new.reference
    assert dsl.book.load(stopped.strand).grade is Grade.POLICE_FIRST
