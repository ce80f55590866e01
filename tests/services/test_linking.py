"""Seen in 2 other cases: shown to who may open them; to anybody else a case leaves no line and no count."""

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.follow_up_entries import DeviceSecured, PersonLinked
from dsl_desk.domain.links import LinkKind
from dsl_desk.domain.words import Role, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.rehearsal.opening import known
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.linking import MOST_CASES, LinkingService
from tests.desks import let_in, signed_in
from tests.services.test_known_people import concern

PUPIL = SubjectKind.PUPIL
BOTH = ("Quentin Sample", "Phone, SN-12 34")


def linked(person="p1", role=PersonRole.AFFECTED, **more):
    return PersonLinked(**{"person": person, "role": role, "kind": PUPIL, "name": "Quentin Sample", **more})


def phone(serial="SN-12 34"):
    return DeviceSecured(device="Phone", held_by="Office", place="Safe", serial=serial)


def begun(desk, *people, about=None, more=()):
    about = about or About(kind=PUPIL)
    return desk.concern.begin(
        NewConcern(about=about, concern=concern(), people=people, triage=all_no(about.kind), more=more)
    ).strand


def about_head(stage, desk, *people, more=()):
    head = known(stage, "head")
    return begun(
        desk, linked(head, PersonRole.SUBJECT, kind=SubjectKind.HEADTEACHER, name="Somebody"), *people,
        about=About(kind=SubjectKind.HEADTEACHER, person=head), more=more,
    )  # fmt: skip


def seen(desk, strand):
    return {other.strand: other.shares for other in LinkingService(desk.book).seen_elsewhere(strand)}


def rows(desk, strand):
    return desk.desk.unlocked.database.rows("SELECT count(*) FROM link_index WHERE strand = ?", (strand,))[0][0]


def test_person_device_address_and_online_name_lead_to_the_other_cases_the_latest_first(stage):
    desk = stage.sign_in("dsl")
    first = begun(desk, linked(online_names="@blue_fox"), more=(phone(),))
    second = begun(desk, linked("p2", name="Rita Sample", online_names="Blue_Fox"), more=(phone("sn1234"),))
    third = begun(desk, linked(role=PersonRole.WITNESS))

    assert seen(desk, first) == {third: ("Quentin Sample",), second: ("Phone, SN-12 34", "@blue_fox")}
    assert seen(desk, third) == {first: ("Quentin Sample",)}
    place = CasePlaceService(desk.book).see(first)
    assert [one.strand for one in place.elsewhere] == [third, second]
    assert [one.kind for one in place.elsewhere] == [LinkKind.PERSON, LinkKind.DEVICE]
    assert place.elsewhere[0].state.startswith("open, begun ")


def test_a_role_is_of_one_case_and_goes_nowhere_with_the_person(stage):
    desk = stage.sign_in("dsl")
    begun(desk, linked(role=PersonRole.SUBJECT))
    other = begun(desk, linked(role=PersonRole.WITNESS))
    case = desk.book.load(other)
    assert case.people_who_are(PersonRole.WITNESS) == {"p1"}
    assert case.subjects == frozenset()


def test_a_restricted_case_leaves_no_line_and_no_count_to_the_barred(stage):
    desk = stage.sign_in("deputy")
    open_case = begun(desk, linked(), more=(phone(),))
    hidden = about_head(stage, desk, linked(), more=(phone(),))

    assert seen(desk, open_case) == {hidden: BOTH}
    assert seen(desk, hidden) == {open_case: BOTH}
    assert rows(desk, hidden) == 0
    barred = stage.sign_in("head")
    assert seen(barred, open_case) == {}
    with pytest.raises(NotReadableError):
        seen(barred, hidden)


def test_restricting_takes_the_rows_away_and_what_is_left_counts_without_it(stage):
    desk = stage.sign_in("deputy")
    stays, goes, other = (begun(desk, linked(), more=(phone(),)) for _ in range(3))
    assert list(seen(desk, stays)) == [other, goes]
    assert rows(desk, goes) > 0

    head = known(stage, "head")
    subject = linked(head, PersonRole.SUBJECT, kind=SubjectKind.HEADTEACHER, name="Somebody")
    desk.work.link_person(goes, subject)

    assert rows(desk, goes) == 0
    assert list(seen(desk, stays)) == [goes, other]
    barred = stage.sign_in("head")
    assert seen(barred, stays) == {other: BOTH}


def test_disposing_takes_the_rows_away(stage):
    desk = stage.sign_in("dsl")
    stays, goes = (begun(desk, linked(), more=(phone(),)) for _ in range(2))
    last = desk.book.load(goes).last
    signers = [stage.proves("dsl"), stage.proves("head")]
    desk.desk.dispose(goes, 1, last, "DOB+25", desk.book.now(), signers)
    assert rows(desk, goes) == 0
    assert seen(desk, stays) == {}
    assert desk.care.check(rebuild_index=True).index_equal


def test_who_reads_own_cases_alone_is_told_of_no_other(stage):
    desk = stage.sign_in("dsl")
    for _ in range(2):
        begun(desk, linked())
    let_in(stage, "safety", "Mocka Fern", Role.OSL)
    osl = signed_in(stage, "safety")
    own = begun(osl, linked())
    assert seen(osl, own) == {}
    again = begun(osl, linked())
    assert seen(osl, own) == {again: ("Quentin Sample",)}


def test_a_correction_moves_a_device_to_the_cases_it_belongs_to(stage):
    desk = stage.sign_in("dsl")
    first, second = begun(desk, more=(phone("S-771"),)), begun(desk, more=(phone("S-772"),))
    assert seen(desk, first) == {}
    at = next(told.at for told in desk.book.load(second).told(DeviceSecured))
    desk.work.correct(second, at, {"serial": "S-771"}, "Misread.")
    assert seen(desk, first) == {second: ("Phone, S-771",)}
    desk.work.correct(second, at, {"serial": "S-779"}, "Misread again.")
    assert seen(desk, first) == {}


def test_a_long_list_ends(stage):
    desk = stage.sign_in("dsl")
    first = begun(desk, linked())
    for _ in range(MOST_CASES + 2):
        begun(desk, linked())
    assert len(seen(desk, first)) == MOST_CASES
