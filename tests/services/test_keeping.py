"""Whom a case is about is kept from it under every account, post and code they hold (flows section 5)."""

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.words import Mark, PackKind, PersonId, Role, SubjectKind
from dsl_desk.rehearsal.lines import all_no, linked
from dsl_desk.services.concern import About
from dsl_desk.services.handover import Handover
from dsl_desk.services.school import Person
from dsl_desk.store.issuing import Secret
from tests.services.scenes import begun, offered, picture
from tests.services.test_destroying import advised


@pytest.fixture
def second(stage):
    """The deputy holds two accounts; the second one's id."""
    stage.sign_in("dsl")
    person = stage.cast.person("deputy")
    return stage.desk.set_up.issue(
        Person(id=PersonId(person.id), name="Mocka Second", role=Role.DEPUTY, title="Deputy", initials="MS"),
        Secret(sign_in_name="mocka2", passphrase="another made up passphrase"),
        (stage.proves("dsl"), stage.proves("head")),
    )


def test_restricting_shuts_out_every_account_of_whom_a_case_is_about(stage, second):
    strand = begun(stage).strand
    one = stage.accounts["deputy"]
    unnamed = PersonLinked(person="x", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, account=one)
    stage.desk.work.link_person(strand, unnamed)  # the account alone is known, and not whose person it is

    stage.desk.keeping.restrict(strand, [stage.accounts["dsl"], one, second])

    assert stage.desk.desk.readers(strand) == (stage.accounts["dsl"],)
    with pytest.raises(ProcedureError, match="Name at least one reader"):
        stage.desk.keeping.restrict(strand, [one, second])
    with pytest.raises(ProcedureError, match="not in the desk’s register"):
        stage.desk.keeping.restrict(strand, [stage.accounts["dsl"], "f" * 32])


def test_a_second_account_of_whom_a_case_is_about_destroys_nothing_in_it(stage, second):
    strand = begun(stage).strand
    stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage)])
    advised(stage, strand)
    unnamed = PersonLinked(person="x", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, account=second)
    stage.desk.work.link_person(strand, unnamed)  # the account alone is known, and not whose person it is
    with pytest.raises(ProcedureError, match="Whom a case is about"):
        stage.desk.destroying.destroy_exhibit(strand, Mark("DP/1"), (stage.proves("dsl"), stage.proves("deputy")))
    assert stage.desk.book.load(strand).exhibits[0].is_held


def test_naming_a_person_shuts_out_both_accounts_at_once(stage, second):
    strand = begun(stage).strand
    stage.desk.work.link_person(strand, linked(stage, "deputy", PersonRole.SUBJECT, SubjectKind.STAFF))
    readers = stage.desk.desk.readers(strand)
    assert stage.accounts["dsl"] in readers
    assert not {second, stage.accounts["deputy"]} & set(readers)


def test_the_answer_about_the_headteacher_names_the_headteacher_for_good(stage):
    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.HEADTEACHER)).strand
    case = stage.sign_in("deputy").book.load(strand)

    assert case.subjects == {stage.cast.person("head").id}
    assert case.subject_accounts == {stage.accounts["head"]}
    assert case.told(PersonLinked)[0].data.name == stage.cast.person("head").name
    with pytest.raises(ProcedureError, match="cannot review this case"):
        stage.desk.review.name_reviewer(strand, stage.accounts["head"])
    with pytest.raises(NotReadableError):
        stage.sign_in("head").book.load(strand)


def test_somebody_named_by_person_is_not_named_once_more_by_the_post(stage):
    stage.sign_in("deputy")
    head = linked(stage, "head", PersonRole.SUBJECT, SubjectKind.HEADTEACHER)
    strand = begun(stage, About(kind=SubjectKind.HEADTEACHER), people=(head,)).strand
    assert len(stage.desk.book.load(strand).told(PersonLinked)) == 1


def test_answering_later_that_it_is_about_the_dsl_names_and_shuts_out_the_dsl(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    desk = stage.sign_in("head")
    desk.triage.answer(strand, all_no(SubjectKind.DSL))
    assert desk.book.load(strand).subjects == {stage.cast.person("dsl").id}
    desk.triage.answer(strand, all_no(SubjectKind.DSL))
    assert len(desk.book.load(strand).told(PersonLinked)) == 1
    with pytest.raises(NotReadableError):
        stage.sign_in("dsl").book.load(strand)


def test_codes_that_a_subject_holds_open_nothing_also_after_envelopes_changed_hands(stage):
    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.CHAIR)).strand  # the Chair holds code B
    assert stage.desk.desk.readership(strand).pairs == 1

    stage.sign_in("dsl").set_up.envelopes_handed_out({"A": "safe", "B": "deputy", "C": "chair"})

    desk = stage.sign_in("deputy").desk
    assert desk.readership(strand).pairs == 0
    assert desk.readership(strand).one_loss_away
    assert desk.is_kept_as_it_should(strand)


def test_a_keeper_of_an_envelope_told_by_name_is_that_person_and_shut_out_of_a_case_about_them(stage):
    """Set-up asks for names, typed as they come; two names of one person are no two keepers."""
    chair, set_up = stage.cast.person("chair"), stage.sign_in("dsl").set_up
    with pytest.raises(InputError, match="different holders"):
        set_up.envelopes_handed_out({"A": chair.name, "B": f"  {chair.name.upper()} ", "C": "safe"})
    set_up.envelopes_handed_out({"A": f" {chair.name.lower()}", "B": "the trust", "C": "the safe"})
    assert chair.id in stage.desk.book.school().posts.code_holders

    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.CHAIR)).strand
    assert stage.desk.desk.readership(strand).pairs == 0  # the Chair had B when they were made, and has A now


def test_a_second_subject_who_holds_a_code_and_is_no_reader_loses_its_pairs_at_once(stage):
    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.DSL)).strand
    desk = stage.sign_in("head")
    assert desk.desk.readership(strand).pairs == 3
    before = desk.desk.readers(strand)

    desk.work.link_person(strand, linked(stage, "chair", PersonRole.SUBJECT, SubjectKind.CHAIR))

    assert desk.desk.readers(strand) == before
    assert desk.desk.readership(strand).pairs == 1


def test_whom_a_case_is_about_seals_no_pack_of_it(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    stage.desk.work.link_person(strand, linked(stage, "deputy", PersonRole.SUBJECT, SubjectKind.STAFF))
    plan = Handover(kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="stick", recipient="police")

    with pytest.raises(ProcedureError, match="seals nothing of it"):
        stage.desk.handover.make(strand, plan, [stage.proves("dsl"), stage.proves("deputy")])

    assert stage.desk.book.load(strand).packs == ()
    assert list(stage.handover.iterdir()) == []


def test_an_account_or_a_code_that_comes_later_keeps_what_was_written_before_from_whoever_gets_it(stage):
    stage.sign_in("dsl")
    cases = {}
    for name in ("osl", "tutor"):
        person = PersonLinked(
            person=stage.cast.played[name].id, role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name=name
        )
        cases[name] = begun(stage, About(kind=SubjectKind.STAFF), people=(person,)).strand
    assert [stage.desk.desk.readers(strand) for strand in cases.values()] == [None, None]

    person = stage.cast.person("osl")
    secret = Secret(sign_in_name="sample", passphrase="a made up passphrase of somebody")
    stage.accounts["osl"] = stage.desk.set_up.issue(person, secret, (stage.proves("dsl"), stage.proves("head")))
    readers = stage.desk.desk.readers(cases["osl"])
    assert readers is not None
    assert stage.accounts["osl"] not in readers
    assert stage.desk.desk.readers(cases["tutor"]) is None

    stage.desk.set_up.envelopes_handed_out({"A": stage.cast.played["tutor"].id, "B": "chair", "C": "safe"})
    assert stage.desk.desk.readers(cases["tutor"]) is not None
    assert stage.desk.desk.readership(cases["tutor"]).pairs == 1
    assert stage.desk.care.check().report.findings == ()
