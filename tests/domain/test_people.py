"""Who leads and who may read (flows sections 5 and 11), cell by cell."""

from dataclasses import replace

import pytest

from dsl_desk.domain.people import (
    BY_CODES,
    Readable,
    SchoolPeople,
    may_read,
    may_read_access_log,
    must_be_restricted,
    readers_of_restricted,
    who_leads,
)
from dsl_desk.domain.words import PersonId, SubjectKind
from tests.builders import CHAIR, DEPUTY, DPO, DSL, EVERYBODY, HEAD, OSL, SCHOOL, SENIOR, renamed

HEAD_IS_DSL = replace(SCHOOL, dsl=HEAD.person)
PROPRIETOR = replace(SCHOOL, headteacher_is_proprietor=True)
NO_DEPUTY = replace(SCHOOL, deputies=())
NO_CHAIR = replace(SCHOOL, chair=None)
UPPER = PersonId("p-upper")
FEDERATION = replace(SCHOOL, site_dsls=((UPPER, "Upper School"),), deputies=())
TWO_SITES = replace(SCHOOL, site_dsls=((UPPER, "Upper School"),))
TEACHER = PersonId("p-teacher")
P = {"head": HEAD.person, "dsl": DSL.person, "deputy": DEPUTY.person, "chair": CHAIR.person, "teacher": TEACHER,
     "senior": SENIOR.person, "upper": UPPER}  # fmt: skip


def people(*names: str) -> frozenset[PersonId]:
    return frozenset(P[name] for name in names)


# subject kind, who, school -> row, leads, keeps, barred, told, LADO told, LADO leads
TABLE = [
    ("pupil", SubjectKind.PUPIL, None, SCHOOL, "pupil", ["dsl"], ["dsl", "deputy"], [], ["head"], False, False),
    ("not known", SubjectKind.NOT_KNOWN, None, SCHOOL, "pupil", ["dsl"], ["dsl", "deputy"], [], ["head"], False, False),
    ("other adult", SubjectKind.OTHER_ADULT, None, SCHOOL, "pupil", ["dsl"], ["dsl", "deputy"], [], ["head"], False,
     False),
    ("staff", SubjectKind.STAFF, "teacher", SCHOOL, "staff", ["head"], ["dsl", "head"], ["teacher"], [], True, False),
    ("staff, not known who", SubjectKind.STAFF, None, SCHOOL, "staff", ["head"], ["dsl", "head"], [], [], True, False),
    ("deputy", SubjectKind.STAFF, "deputy", SCHOOL, "staff", ["head"], ["dsl", "head"], ["deputy"], [], True, False),
    ("desk user", SubjectKind.DESK_USER, "senior", SCHOOL, "staff", ["head"], ["dsl", "head"], ["senior"], [], True,
     False),
    ("DSL", SubjectKind.DSL, None, SCHOOL, "dsl", ["head"], ["deputy"], ["dsl"], [], True, False),
    ("DSL by name", SubjectKind.STAFF, "dsl", SCHOOL, "dsl", ["head"], ["deputy"], ["dsl"], [], True, False),
    ("DSL as desk user", SubjectKind.DESK_USER, "dsl", SCHOOL, "dsl", ["head"], ["deputy"], ["dsl"], [], True, False),
    ("DSL, no deputy", SubjectKind.DSL, "dsl", NO_DEPUTY, "dsl", ["head"], ["head"], ["dsl"], [], True, False),
    ("Headteacher", SubjectKind.HEADTEACHER, None, SCHOOL, "headteacher", ["chair"], ["deputy"], ["head"], ["chair"],
     True, False),
    ("Headteacher by name", SubjectKind.STAFF, "head", SCHOOL, "headteacher", ["chair"], ["deputy"], ["head"],
     ["chair"], True, False),
    ("Headteacher, no deputy", SubjectKind.HEADTEACHER, None, NO_DEPUTY, "headteacher", ["chair"], ["dsl"], ["head"],
     ["chair"], True, False),
    ("Headteacher, no chair", SubjectKind.HEADTEACHER, None, NO_CHAIR, "headteacher", [], ["deputy"], ["head"], [],
     True, True),
    ("Headteacher who is DSL", SubjectKind.HEADTEACHER, None, HEAD_IS_DSL, "headteacher", ["chair"], ["deputy"],
     ["head"], ["chair"], True, False),
    ("DSL who is Headteacher", SubjectKind.DSL, None, HEAD_IS_DSL, "headteacher", ["chair"], ["deputy"], ["head"],
     ["chair"], True, False),
    ("Headteacher who is DSL, no deputy", SubjectKind.DSL, None, replace(HEAD_IS_DSL, deputies=()), "headteacher",
     ["chair"], ["chair"], ["head"], ["chair"], True, False),
    ("Headteacher who is proprietor", SubjectKind.HEADTEACHER, None, PROPRIETOR, "chair_or_proprietor", [],
     ["deputy"], ["head"], [], True, True),
    ("Chair", SubjectKind.CHAIR, None, SCHOOL, "chair_or_proprietor", [], ["deputy"], ["chair"], [], True, True),
    ("Chair by name", SubjectKind.STAFF, "chair", SCHOOL, "chair_or_proprietor", [], ["deputy"], ["chair"], [], True,
     True),
    ("Chair, no deputy", SubjectKind.CHAIR, None, NO_DEPUTY, "chair_or_proprietor", [], ["dsl"], ["chair"], [], True,
     True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "who", "school", "row", "leads", "keeps", "barred", "told", "lado", "lado_leads"),
    [line[1:] for line in TABLE],
    ids=[line[0] for line in TABLE],
)
def test_who_leads_when_who_is_the_subject(kind, who, school, row, leads, keeps, barred, told, lado, lado_leads):
    lead = who_leads(kind, school, subject=P[who] if who else None)
    assert (lead.row, lead.lado_told, lead.lado_leads) == (row, lado, lado_leads)
    assert lead.leads == people(*leads)
    assert lead.keeps == people(*keeps)
    assert lead.barred == people(*barred)
    assert lead.told == people(*told)
    assert not (lead.leads | lead.keeps | lead.helps | lead.told) & lead.barred
    assert lead.on_lados_advice == (row == "chair_or_proprietor")


# subject kind, who, site, school -> row, leads, keeps, barred
SITES = [
    ("pupil at the upper site", SubjectKind.PUPIL, None, "upper school", TWO_SITES, "pupil", ["upper"],
     ["dsl", "upper", "deputy"], []),
    ("pupil elsewhere", SubjectKind.PUPIL, None, "Lower School", TWO_SITES, "pupil", ["dsl"],
     ["dsl", "upper", "deputy"], []),
    ("pupil, no site told", SubjectKind.PUPIL, None, "", TWO_SITES, "pupil", ["dsl"], ["dsl", "upper", "deputy"], []),
    ("staff at the upper site", SubjectKind.STAFF, "teacher", "Upper School", TWO_SITES, "staff", ["head"],
     ["upper", "head"], ["teacher"]),
    ("DSL of the upper site by name", SubjectKind.STAFF, "upper", "Upper School", TWO_SITES, "dsl", ["head"],
     ["deputy"], ["upper"]),
    ("the DSL of that site", SubjectKind.DSL, None, "Upper School", TWO_SITES, "dsl", ["head"], ["deputy"], ["upper"]),
    ("the DSL, no site told: every one is shut out", SubjectKind.DSL, None, "", TWO_SITES, "dsl", ["head"],
     ["deputy"], ["dsl", "upper"]),
    ("a DSL, no deputy: the other site's keeps it", SubjectKind.DSL, "dsl", "", FEDERATION, "dsl", ["head"],
     ["upper"], ["dsl"]),
    ("every DSL, no deputy: the Headteacher keeps it", SubjectKind.DSL, None, "", FEDERATION, "dsl", ["head"],
     ["head"], ["dsl", "upper"]),
    ("Headteacher, no deputy", SubjectKind.HEADTEACHER, None, "", FEDERATION, "headteacher", ["chair"], ["dsl"],
     ["head"]),
    ("Headteacher who is the DSL, no deputy", SubjectKind.HEADTEACHER, None, "", replace(FEDERATION, dsl=HEAD.person),
     "headteacher", ["chair"], ["upper"], ["head"]),
    ("Chair, no deputy", SubjectKind.CHAIR, None, "", FEDERATION, "chair_or_proprietor", [], ["dsl"], ["chair"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "who", "site", "school", "row", "leads", "keeps", "barred"),
    [line[1:] for line in SITES],
    ids=[line[0] for line in SITES],
)
def test_who_leads_in_a_federation_with_a_dsl_at_each_site(kind, who, site, school, row, leads, keeps, barred):
    lead = who_leads(kind, school, subject=P[who] if who else None, site=site)
    assert lead.row == row
    assert lead.leads == people(*leads)
    assert lead.keeps == people(*keeps)
    assert lead.barred == people(*barred)
    assert not (lead.leads | lead.keeps | lead.helps | lead.told) & lead.barred


def test_the_dsl_of_the_site_helps_where_the_headteacher_agrees_and_a_site_without_one_has_the_schools():
    agreed = replace(TWO_SITES, headteacher_lets_dsl_help=True)
    assert who_leads(SubjectKind.STAFF, agreed, subject=TEACHER, site="Upper School").helps == people("upper")
    assert TWO_SITES.dsl_of("Lower School") == DSL.person
    assert SchoolPeople(site_dsls=((UPPER, "Upper School"),)).dsls == (UPPER,)


def test_the_dsl_helps_with_a_colleague_only_if_the_headteacher_agrees():
    assert not who_leads(SubjectKind.STAFF, SCHOOL, subject=TEACHER).helps
    agreed = replace(SCHOOL, headteacher_lets_dsl_help=True)
    assert who_leads(SubjectKind.STAFF, agreed, subject=TEACHER).helps == people("dsl")


@pytest.mark.parametrize(
    "school",
    [
        replace(SCHOOL, account_holders=people("head")),
        SchoolPeople(headteacher=HEAD.person, dsl=HEAD.person, account_holders=people("head", "teacher")),
    ],
    ids=["only account", "only senior"],
)
def test_the_only_senior_or_only_account_goes_on_the_paper_card(school):
    lead = who_leads(SubjectKind.HEADTEACHER, school, subject=HEAD.person)
    assert (lead.on_paper_card, lead.lado_told, lead.keeps, lead.leads) == (True, True, frozenset(), frozenset())


def test_a_school_that_has_not_said_who_is_who_still_gets_an_answer():
    empty = SchoolPeople()
    for kind in SubjectKind:
        lead = who_leads(kind, empty)
        assert not lead.leads
        assert not lead.on_paper_card


def test_a_case_is_restricted_from_birth_when_its_subject_has_an_account_or_a_code():
    assert must_be_restricted(people("senior"), SCHOOL)
    assert not must_be_restricted(people("teacher"), SCHOOL)
    assert must_be_restricted(people("teacher"), replace(SCHOOL, code_holders=people("teacher")))


def test_readers_of_a_restricted_case_are_those_who_lead_keep_or_are_told():
    lead = who_leads(SubjectKind.HEADTEACHER, SCHOOL)
    assert readers_of_restricted(lead, SCHOOL) == people("chair", "deputy")
    assert readers_of_restricted(lead, replace(SCHOOL, account_holders=people("deputy"))) == people("deputy")


# ---- default access, flows section 11

PUPIL = Readable(kinds=frozenset({SubjectKind.PUPIL}))
STAFF = Readable(kinds=frozenset({SubjectKind.STAFF}))
ABOUT_HEAD = Readable(kinds=frozenset({SubjectKind.HEADTEACHER}), barred=people("head"))


@pytest.mark.parametrize(
    ("case", "readers"),
    [
        (PUPIL, {DSL, DEPUTY, HEAD}),
        (replace(PUPIL, author=OSL.person), {DSL, DEPUTY, HEAD, OSL}),
        (replace(PUPIL, assigned=frozenset({OSL.person})), {DSL, DEPUTY, HEAD, OSL}),
        (replace(PUPIL, assigned=frozenset({SENIOR.person})), {DSL, DEPUTY, HEAD, SENIOR}),
        (replace(PUPIL, assigned=frozenset({SENIOR.person}), signed=True), {DSL, DEPUTY, HEAD}),
        (replace(STAFF, author=OSL.person), {DSL, DEPUTY, HEAD}),
        (ABOUT_HEAD, {DSL, DEPUTY, CHAIR}),
        (replace(PUPIL, assigned=frozenset({CHAIR.person})), {DSL, DEPUTY, HEAD, CHAIR}),
        (replace(ABOUT_HEAD, readers=people("deputy", "chair")), {DEPUTY, CHAIR}),
        (replace(STAFF, barred=people("dsl", "deputy")), {HEAD}),
    ],
)
def test_default_access(case, readers):
    assert {someone for someone in EVERYBODY if may_read(someone, case)} == readers


def test_a_barred_person_reads_nothing_under_any_account_even_as_named_reader():
    case = replace(PUPIL, barred=people("dsl"), readers=people("dsl"))
    assert not may_read(DSL, case)
    assert not may_read(renamed(DSL, "7"), case)


def test_the_root_reads_nothing():
    assert BY_CODES.is_root
    assert not may_read(BY_CODES, PUPIL)


def test_the_access_log_is_for_the_dpo_and_those_who_lead():
    assert {someone for someone in EVERYBODY if may_read_access_log(someone)} == {DPO, DSL, HEAD}
