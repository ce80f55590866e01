"""People found by their first letters: one letter is enough, among all cases, and nobody of a case one may not read."""

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import ConcernRecorded, PersonLinked
from dsl_desk.domain.words import Answer, PackKind, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.rehearsal.opening import known
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.handover import Handover
from dsl_desk.services.known_people import KnownPeople
from dsl_desk.services.packs import PackRegister
from tests.desks import set_up_once, stage  # noqa: F401 - fixtures


def concern():
    return ConcernRecorded(
        occurred_at="unknown", reported_at="2026-11-21T09:00+00:00", reporter="staff", reported_to="Pat Example",
        summary="An invented concern.", categories=("bullying",), suspected=Answer.NO, immediate_action="Safe.",
    )  # fmt: skip


def begun(desk, name, person, year):
    link = PersonLinked(person=person, role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name=name, year_group=year)
    about = About(kind=SubjectKind.PUPIL)
    return desk.concern.begin(
        NewConcern(about=about, concern=concern(), people=(link,), triage=all_no(SubjectKind.PUPIL))
    ).strand


def find(desk, typed):
    return [(one.name, one.year_group, one.cases) for one in KnownPeople(desk.book, desk.listing).find(typed)]


def test_one_letter_finds_the_oldest_case_too_and_namesakes_stay_two(stage):  # noqa: F811 - a fixture
    desk = stage.sign_in("dsl")
    begun(desk, "Quentin Oldest", "p1", "Year 7")
    for number in range(45):
        begun(desk, f"Aaron Number{number}", f"a{number}", "Year 8")
    begun(desk, "Quentin Oldest", "p2", "Year 9")
    begun(desk, "Quentin Oldest", "p1", "Year 7")

    assert find(desk, "q") == [("Quentin Oldest", "Year 7", 2), ("Quentin Oldest", "Year 9", 1)]
    assert find(desk, "quentin ol") == find(desk, "ol")
    assert find(desk, "") == []


def test_a_restricted_case_shows_its_people_and_packs_to_its_readers_alone(stage):  # noqa: F811 - a fixture
    desk = stage.sign_in("deputy")
    head = known(stage, "head")
    link = PersonLinked(person="p9", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name="Quentin Hidden")
    subject = PersonLinked(person=head, role=PersonRole.SUBJECT, kind=SubjectKind.HEADTEACHER, name="Somebody")
    new = NewConcern(
        about=About(kind=SubjectKind.HEADTEACHER, person=head), concern=concern(), people=(subject, link),
        triage=all_no(SubjectKind.HEADTEACHER),
    )  # fmt: skip
    strand = desk.concern.begin(new).strand
    plan = Handover(kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="stick no. 5", recipient="lado")
    desk.handover.make(strand, plan, [stage.proves("deputy")])

    assert find(desk, "qu") == [("Quentin Hidden", "", 1)]
    assert [line.number for line in PackRegister(desk.book).all()] == [1]
    assert PackRegister(desk.book).one(strand, 1).number == 1
    with pytest.raises(InputError):
        PackRegister(desk.book).one(strand, 2)
    barred = stage.sign_in("head")
    assert find(barred, "qu") == []
    assert PackRegister(barred.book).all() == ()
